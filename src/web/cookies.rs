//! The two cookies: one of a respondent, one of the panel.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpRequest, HttpResponse};
use survey::access::RandomSecret;

use crate::config::Settings;

/// Whose session a cookie holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Jar {
    Respondent,
    Panel,
}

impl Jar {
    /// Hands a new session over with an answer.
    pub(super) fn give(
        self,
        mut answer: HttpResponse,
        secret: &RandomSecret,
        settings: &Settings,
    ) -> HttpResponse {
        put(&mut answer, &self.cookie(secret.reveal(), settings));
        answer
    }

    /// Takes the session back: the cookie removes itself.
    pub(super) fn take(self, mut answer: HttpResponse, settings: &Settings) -> HttpResponse {
        let mut cookie = self.cookie(String::new(), settings);
        cookie.make_removal();
        put(&mut answer, &cookie);
        answer
    }

    /// The name: `__Host-` wherever the browser would send it over https.
    fn name(self, settings: &Settings) -> &'static str {
        match (self, settings.plain_loopback()) {
            (Self::Respondent, true) => "sesja",
            (Self::Respondent, false) => "__Host-sesja",
            (Self::Panel, true) => "panel",
            (Self::Panel, false) => "__Host-panel",
        }
    }

    /// The value of the cookie in a request.
    pub(super) fn read(self, request: &HttpRequest, settings: &Settings) -> Option<String> {
        request.cookie(self.name(settings)).map(|cookie| cookie.value().to_owned())
    }

    /// A cookie that lasts as long as the browser.
    fn cookie(self, value: String, settings: &Settings) -> Cookie<'static> {
        Cookie::build(self.name(settings), value)
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(!settings.plain_loopback())
            .finish()
    }
}

fn put(answer: &mut HttpResponse, cookie: &Cookie<'_>) {
    if let Err(error) = answer.add_cookie(cookie) {
        tracing::error!(%error, "a cookie cannot be set");
    }
}
