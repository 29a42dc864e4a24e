//! Logging in and out.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use validator::Validate;

use super::super::answer::{failure, failure_of, ok, page, refused, request_id, see_other};
use super::super::cookies::Jar;
use super::super::pages::{Failure, Layout, LoginPage};
use super::super::post::{self, Body};
use super::super::{State, blocking};
use crate::service::Refused;
use crate::service::page::value;

const TITLE: &str = "Logowanie do panelu";

/// What the login form posts.
#[derive(Debug, Deserialize, Validate)]
struct Login {
    #[validate(length(min = 1, max = 100))]
    login: String,
    #[validate(length(min = 1, max = 1000))]
    password: String,
}

/// `GET /panel/logowanie`
pub(super) async fn form(state: State) -> HttpResponse {
    ok(&LoginPage::new(Layout::new(&state.site, TITLE), &state.service.login_csrf()))
}

/// `POST /panel/logowanie`
pub(super) async fn log_in(request: HttpRequest, state: State, body: Body) -> HttpResponse {
    let pairs = match post::pairs(&request, body) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    let field = |name| value(&pairs, name).unwrap_or_default().to_owned();
    let typed = Login { login: field("login").trim().to_owned(), password: field("haslo") };
    let login = typed.login.clone();
    let posted = field("_csrf");
    let logged_in = blocking(&state, move |service| {
        service.check_login_csrf(&posted)?;
        typed.validate().map_err(|_| Refused::BadLogin)?;
        service.log_in(&typed.login, &typed.password)
    });
    match logged_in.await {
        Ok(secret) => Jar::Panel.give(see_other("/panel"), &secret, &state.service.settings),
        Err(Refused::BadLogin) => {
            let layout = Layout::new(&state.site, TITLE);
            page(StatusCode::UNAUTHORIZED, &LoginPage::refused(layout, &state.service.login_csrf(), &login))
        }
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

/// `POST /panel/wyloguj`
pub(super) async fn log_out(request: HttpRequest, state: State, body: Body) -> HttpResponse {
    let pairs = match post::pairs(&request, body) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    let left = super::as_member(&request, &state, move |service, member| {
        service.check_panel_csrf(member, value(&pairs, "_csrf").unwrap_or_default())?;
        service.log_out(member)
    });
    match left.await {
        Ok(_) | Err(Refused::NoSession) => {
            Jar::Panel.take(see_other("/panel/logowanie"), &state.service.settings)
        }
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

/// Without a session people are asked to log in; everything else is a failure page. Only the edition can be unknown to
/// whoever is not inside of one.
pub(super) fn turned_away(request: &HttpRequest, state: &State, refusal: &Refused) -> HttpResponse {
    match failure_of(refusal, &request_id(request)) {
        Failure::UnknownPage => failure(request, state, &Failure::UnknownEdition, Vec::new()),
        Failure::NoSession => {
            let layout = Layout::new(&state.site, TITLE);
            page(StatusCode::UNAUTHORIZED, &LoginPage::new(layout, &state.service.login_csrf()))
        }
        reason => failure(request, state, &reason, Vec::new()),
    }
}
