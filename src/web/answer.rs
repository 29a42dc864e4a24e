//! Answers: pages, redirects, and the one place where a refusal becomes a status and a Polish sentence.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use askama::Template;
use store::StoreError;

use super::State;
use super::headers::RequestId;
use super::pages::{Fact, Failure, FailurePage, Layout, deadline_words};
use crate::service::Refused;

/// Seconds after which a busy service is worth another try.
const RETRY_AFTER: u32 = 5;

/// A rendered page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> HttpResponse {
    match template.render() {
        Ok(html) => HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A page with status 200.
pub(super) fn ok(template: &impl Template) -> HttpResponse {
    page(StatusCode::OK, template)
}

/// 303 to an address of this service.
pub(super) fn see_other(place: &str) -> HttpResponse {
    let location = HeaderValue::from_str(place).unwrap_or_else(|_| HeaderValue::from_static("/"));
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

/// The id of the request, for pages.
pub(super) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// The page of a failure.
pub(super) fn failure(
    request: &HttpRequest,
    state: &State,
    failure: &Failure,
    typed: Vec<Fact>,
) -> HttpResponse {
    let layout = Layout::new(&state.site, failure.title());
    let page_of = FailurePage::new(layout, failure, &request_id(request)).showing(typed);
    let status = StatusCode::from_u16(failure.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    later(page(status, &page_of), failure)
}

/// Says with the answer when another try is worth it, where waiting helps.
pub(super) fn later(mut response: HttpResponse, failure: &Failure) -> HttpResponse {
    let wait = match failure {
        Failure::TooManyTries { wait } => Some(*wait),
        Failure::Busy => Some(RETRY_AFTER),
        _ => None,
    };
    if let Some(seconds) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The answer to a refused use case.
pub(super) fn refused(request: &HttpRequest, state: &State, refusal: &Refused) -> HttpResponse {
    failure(request, state, &failure_of(refusal, &request_id(request)), Vec::new())
}

/// What people are told about a refusal. Causes that are nobody's business go to the log under the request's id.
pub(super) fn failure_of(refusal: &Refused, request_id: &str) -> Failure {
    match refusal {
        Refused::UnknownLink => Failure::UnknownLink,
        Refused::ReplacedLink => Failure::ReplacedLink,
        Refused::RevokedLink => Failure::RevokedLink,
        Refused::NotYetOpen(day) => Failure::NotYetOpen { opens: deadline_words(*day) },
        Refused::Closed(day) => Failure::Closed { closed: deadline_words(*day) },
        Refused::NoSession => Failure::NoSession,
        Refused::BadToken => Failure::ForeignForm,
        Refused::ForeignPage => Failure::OtherOffice,
        Refused::NotAllowed => Failure::NotAllowed,
        Refused::UnknownSection
        | Refused::UnknownEdition(_)
        | Refused::NotThere(_)
        | Refused::UnknownUnit(_) => Failure::UnknownPage,
        Refused::BadPost(_) | Refused::Input(_) => Failure::Unreadable,
        Refused::TooMany(wait) => Failure::TooManyTries { wait: *wait },
        Refused::Store(StoreError::Busy | StoreError::Unavailable(_) | StoreError::DiskFull) => {
            tracing::warn!(request = request_id, error = %refusal, "busy");
            Failure::Busy
        }
        Refused::Submitted
        | Refused::Stale
        | Refused::Overtaken(_)
        | Refused::Incomplete
        | Refused::BadLogin
        | Refused::Keys(_)
        | Refused::Store(_)
        | Refused::Unreadable { .. } => {
            tracing::error!(request = request_id, error = %refusal, "failed");
            Failure::Internal
        }
    }
}

/// An error as RFC 9457 describes it.
pub(super) fn problem(request: &HttpRequest, status: u16, title: &str) -> HttpResponse {
    let body = serde_json::json!({
        "type": "about:blank",
        "title": title,
        "status": status,
        "instance": format!("urn:request:{}", request_id(request)),
    });
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    HttpResponse::build(status).content_type("application/problem+json").body(body.to_string())
}

/// Every address that there is not.
pub(super) async fn unknown_page(request: HttpRequest, state: State) -> HttpResponse {
    if request.path().starts_with("/api/") {
        return problem(&request, 404, "Nie ma takiego adresu");
    }
    failure(&request, &state, &Failure::UnknownPage, Vec::new())
}
