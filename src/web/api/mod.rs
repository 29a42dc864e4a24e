//! The read-only API: JSON and CSV with bearer keys; errors as RFC 9457.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use sheet::Profile;

use super::address::{Address, Who, at, get, resource};
use super::answer::{failure_of, later, problem, request_id};
use super::pages::Failure;
use super::{State, blocking};
use crate::service::{EditionName, Refused, measure_tables};

pub(super) const ADDRESSES: &[Address] = &[
    at("GET", "/api/v1/editions/{programme}/{edition}/measures", Who::BearerKey),
    at("GET", "/api/v1/editions/{programme}/{edition}/measures.csv", Who::BearerKey),
];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/api/v1/editions/{programme}/{edition}/measures").route(get().to(measures)))
        .service(resource("/api/v1/editions/{programme}/{edition}/measures.csv").route(get().to(csv)));
}

async fn measures(request: HttpRequest, state: State, path: web::Path<(String, String)>) -> HttpResponse {
    match read(&request, &state, &path).await {
        Ok(measures) => HttpResponse::Ok()
            .content_type("application/json; charset=utf-8")
            .body(measure_tables::json(&measures)),
        Err(refusal) => refused(&request, &refusal),
    }
}

/// What the address asks for under a name. `?state=dla-rkres` gives the numbers of a frozen state.
fn asked(request: &HttpRequest, name: &str) -> Option<String> {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).ok()?;
    pairs.into_inner().into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// `?profil=excel` gives the profile for Polish Excel, else open data.
async fn csv(request: HttpRequest, state: State, path: web::Path<(String, String)>) -> HttpResponse {
    let profile = if asked(&request, "profil").as_deref() == Some("excel") { Profile::ExcelPl } else { Profile::OpenData };
    match read(&request, &state, &path).await {
        Ok(measures) => HttpResponse::Ok()
            .content_type("text/csv; charset=utf-8")
            .body(measure_tables::csv(&measures, profile)),
        Err(refusal) => refused(&request, &refusal),
    }
}

async fn read(
    request: &HttpRequest,
    state: &State,
    path: &web::Path<(String, String)>,
) -> Result<crate::service::measures::Measures, Refused> {
    let bearer = bearer(request).ok_or(Refused::NoSession)?;
    let name = EditionName { programme: path.0.clone(), edition: path.1.clone() };
    let frozen = asked(request, "state").filter(|state| !state.is_empty());
    blocking(state, move |service| {
        let key = service.api_key_programme(&bearer)?;
        // A key of another programme does not learn what exists here.
        let unknown = || Refused::UnknownEdition(name.to_string());
        if service.programme(&name.programme)?.row.id != key {
            return Err(unknown());
        }
        service.audit_export(&name, "api", "measures")?;
        match &frozen {
            Some(state) => service.state_measures(&name, state),
            None => service.measures(&name),
        }
    })
    .await
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(|key| key.trim().to_owned())
}

fn refused(request: &HttpRequest, refusal: &Refused) -> HttpResponse {
    let reason = failure_of(refusal, &request_id(request));
    let title = match reason {
        Failure::NoSession => "Potrzebny jest ważny klucz API (nagłówek Authorization: Bearer …)",
        Failure::UnknownPage => "Nie ma takiej edycji albo stanu",
        _ => reason.title(),
    };
    let mut response = later(problem(request, reason.status(), title), &reason);
    if reason == Failure::NoSession {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
