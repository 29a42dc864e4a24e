//! The read-only API: JSON and CSV with bearer keys; errors as RFC 9457.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use sheet::Profile;

use super::address::{Address, Who, at, get, resource};
use super::answer::{failure_of, later, problem, request_id};
use super::pages::Failure;
use super::post::query;
use super::{State, blocking};
use crate::service::cross::CrossWanted;
use crate::service::cross_tables::{self, Reader};
use crate::service::indicators::tables as indicator_tables;
use crate::service::measures::Measures;
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service, measure_tables};

pub(super) const ADDRESSES: &[Address] = &[
    at("GET", "/api/v1/editions/{programme}/{edition}/measures", Who::BearerKey),
    at("GET", "/api/v1/editions/{programme}/{edition}/measures.csv", Who::BearerKey),
    at("GET", "/api/v1/editions/{programme}/{edition}/indicators", Who::BearerKey),
    at("GET", "/api/v1/editions/{programme}/{edition}/indicators.csv", Who::BearerKey),
];

/// What the addresses of measures know in their query, without and with a breakdown.
const PLAIN: &[&str] = &["state"];
const PLAIN_CSV: &[&str] = &["state", "profil"];
const BROKEN_DOWN: &[&str] = &["by", "where", "measure"];
const BROKEN_DOWN_CSV: &[&str] = &["by", "where", "measure", "profil"];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/api/v1/editions/{programme}/{edition}/measures").route(get().to(measures)))
        .service(resource("/api/v1/editions/{programme}/{edition}/measures.csv").route(get().to(csv)))
        .service(resource("/api/v1/editions/{programme}/{edition}/indicators").route(get().to(indicators)))
        .service(
            resource("/api/v1/editions/{programme}/{edition}/indicators.csv").route(get().to(indicators_csv)),
        );
}

/// `?by=nuts3` (twice for rows and columns) breaks the measures down; `where=kind=gmina_wiejska` and
/// `measure=jst.media_jst` choose. Small groups never leave this way.
async fn measures(request: HttpRequest, state: State, path: web::Path<(String, String)>) -> HttpResponse {
    let body = match broken_down(&request) {
        None => read(&request, &state, &path, "measures", PLAIN, measures_of(&request))
            .await
            .map(|found| measure_tables::json(&found)),
        Some(wanted) => read(&request, &state, &path, "measures", BROKEN_DOWN, |service, name| {
            service.cross_tables(name, &wanted?)
        })
        .await
        .map(|found| cross_tables::json(&found, Reader::Outside)),
    };
    answered(&request, body, "application/json; charset=utf-8")
}

/// `?profil=excel` gives the profile for Polish Excel, else open data.
async fn csv(request: HttpRequest, state: State, path: web::Path<(String, String)>) -> HttpResponse {
    let is_excel = value(&query(&request), "profil") == Some("excel");
    let profile = if is_excel { Profile::ExcelPl } else { Profile::OpenData };
    let body = match broken_down(&request) {
        None => read(&request, &state, &path, "measures", PLAIN_CSV, measures_of(&request))
            .await
            .map(|found| measure_tables::csv(&found, profile)),
        Some(wanted) => read(&request, &state, &path, "measures", BROKEN_DOWN_CSV, |service, name| {
            service.cross_tables(name, &wanted?)
        })
        .await
        .map(|found| cross_tables::csv(&found, profile, Reader::Outside)),
    };
    answered(&request, body, "text/csv; charset=utf-8")
}

/// The measures that may leave; `?state=dla-rkres` gives the numbers of a frozen state.
fn measures_of(
    request: &HttpRequest,
) -> impl FnOnce(&Service, &EditionName) -> Result<Measures, Refused> + Send + 'static {
    let frozen = value(&query(request), "state").filter(|state| !state.is_empty()).map(str::to_owned);
    move |service, name| {
        let now = service.measures(name)?;
        match frozen {
            Some(state) => Ok(service.state_measures(name, &state)?.published_as(&now)),
            None => Ok(now.published()),
        }
    }
}

/// What the query wants broken down, if anything.
fn broken_down(request: &HttpRequest) -> Option<Result<CrossWanted, Refused>> {
    let asked = query(request);
    let all = |field: &str| -> Vec<String> {
        let pairs = asked.iter().filter(|(name, text)| name == field && !text.is_empty());
        pairs.map(|(_, text)| text.clone()).collect()
    };
    let by = all("by");
    (!by.is_empty()).then(|| CrossWanted::parse(&by, &all("where"), all("measure")))
}

fn answered(
    request: &HttpRequest,
    body: Result<Vec<u8>, Refused>,
    content_type: &'static str,
) -> HttpResponse {
    match body {
        Ok(body) => HttpResponse::Ok().content_type(content_type).body(body),
        Err(Refused::Input(lines)) => problem(request, 400, &lines.join("; ")),
        Err(refusal) => refused(request, &refusal),
    }
}

/// The indicators of the programme as of the edition's year, with the history of their values.
async fn indicators(request: HttpRequest, state: State, path: web::Path<(String, String)>) -> HttpResponse {
    let found = read(&request, &state, &path, "indicators", &[], Service::indicators_published).await;
    answered(&request, found.map(|found| indicator_tables::json(&found)), "application/json; charset=utf-8")
}

/// The same two profiles as for measures.
async fn indicators_csv(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let is_excel = value(&query(&request), "profil") == Some("excel");
    let profile = if is_excel { Profile::ExcelPl } else { Profile::OpenData };
    let found = read(&request, &state, &path, "indicators", &["profil"], Service::indicators_published).await;
    answered(&request, found.map(|found| indicator_tables::csv(&found, profile)), "text/csv; charset=utf-8")
}

/// What a key may see; that it was read is noted as `what`.
async fn read<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    path: &web::Path<(String, String)>,
    what: &'static str,
    known: &[&str],
    work: impl FnOnce(&Service, &EditionName) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let bearer = bearer(request).ok_or(Refused::NoSession)?;
    let name = EditionName { programme: path.0.clone(), edition: path.1.clone() };
    let unknown_keys = unknown_keys(request, known);
    blocking(state, move |service| {
        let key = service.api_key_programme(&bearer)?;
        // A key of another programme does not learn what exists here.
        let unknown = || Refused::UnknownEdition(name.to_string());
        if service.programme(&name.programme)?.row.id != key {
            return Err(unknown());
        }
        if !unknown_keys.is_empty() {
            return Err(Refused::Input(unknown_keys));
        }
        service.audit_export(&name, "api", what)?;
        work(service, &name)
    })
    .await
}

/// A parameter that this address does not know would be passed over, and the numbers would not be those asked for.
fn unknown_keys(request: &HttpRequest, known: &[&str]) -> Vec<String> {
    let asked = query(request);
    let unknown = asked.iter().map(|(name, _)| name.as_str()).filter(|name| !known.contains(name));
    let path = request.path().trim_end_matches(".csv");
    let here = if known.is_empty() { "żadnych".to_owned() } else { known.join(", ") };
    unknown
        .map(|name| {
            format!(
                "ten adres nie zna tu parametru „{name}” (zna: {here}). JSON jest pod {path}, CSV pod {path}.csv \
                 (dla Excela ?profil=excel), przekroje mierników pod {path}?by=kind"
            )
        })
        .collect()
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
