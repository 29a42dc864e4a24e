//! Duties, help, files and health: addresses for everybody.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::address::{Address, Who, at, get, resource};
use super::answer::{failure, ok, refused};
use super::assets::CACHE_CONTROL;
use super::pages::{Clause, DeclarationPage, Fact, Failure, HelpPage, Layout, PrivacyPage};
use super::{State, blocking, remote};
use crate::service::Service;

pub(super) const ADDRESSES: &[Address] = &[
    at("GET", "/informacja-rodo", Who::Anybody),
    at("GET", "/deklaracja-dostepnosci", Who::Anybody),
    at("GET", "/pomoc", Who::Anybody),
    at("GET", "/static/{file}", Who::Anybody),
    at("GET", "/health/live", Who::Anybody),
    at("GET", "/health/ready", Who::Anybody),
    at("GET", "/metrics", Who::Operator),
];

const TERMS: [(&str, &str); 6] = [
    (
        "ES",
        "ekonomia społeczna: działalność na rzecz społeczności lokalnej, w tym reintegracja, miejsca pracy i usługi społeczne",
    ),
    (
        "PES",
        "podmiot ekonomii społecznej, na przykład spółdzielnia socjalna, fundacja, stowarzyszenie, CIS, KIS, WTZ, ZAZ",
    ),
    ("PS", "przedsiębiorstwo społeczne: podmiot, któremu wojewoda nadał ten status"),
    ("RESiS", "Rzecznik Ekonomii Społecznej i Solidarnej"),
    ("OWES", "ośrodek wsparcia ekonomii społecznej"),
    ("Kod z pisma", "dwadzieścia znaków w pięciu grupach, zastępuje odnośnik z wiadomości"),
];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/informacja-rodo").route(get().to(privacy)))
        .service(resource("/deklaracja-dostepnosci").route(get().to(declaration)))
        .service(resource("/pomoc").route(get().to(help)))
        .service(resource("/static/{file}").route(get().to(file)))
        .service(resource("/health/live").route(get().to(live)))
        .service(resource("/health/ready").route(get().to(ready)))
        .service(resource("/metrics").route(get().to(metrics)));
}

/// What every programme declares: the address names none, and people come here from the pages of each.
async fn privacy(request: HttpRequest, state: State) -> HttpResponse {
    let programmes = match blocking(&state, Service::programmes).await {
        Ok(programmes) => programmes,
        Err(refusal) => return refused(&request, &state, &refusal),
    };
    let clauses = programmes.iter().map(|known| Clause::new(&known.row.name, &known.declared.privacy));
    let layout = Layout::new(&state.site, "Informacja o przetwarzaniu danych osobowych");
    ok(&PrivacyPage { layout, clauses: clauses.collect() })
}

async fn declaration(state: State) -> HttpResponse {
    let layout = Layout::new(&state.site, "Deklaracja dostępności");
    ok(&DeclarationPage { layout, statement: state.service.settings.accessibility.clone() })
}

async fn help(state: State) -> HttpResponse {
    let terms = TERMS.map(|(term, value)| Fact { term: term.into(), value: value.into() });
    ok(&HelpPage { layout: Layout::new(&state.site, "Pomoc"), terms: terms.into() })
}

async fn file(request: HttpRequest, state: State) -> HttpResponse {
    match state.assets.find(request.path()) {
        Some(asset) => HttpResponse::Ok()
            .insert_header((header::CACHE_CONTROL, CACHE_CONTROL))
            .content_type(asset.content_type)
            .body(asset.body),
        None => failure(&request, &state, &Failure::UnknownPage, Vec::new()),
    }
}

/// Touches neither pool nor database.
async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Asks the database once.
async fn ready(state: State) -> HttpResponse {
    let asked = blocking(&state, Service::reach_database).await;
    let (mut response, text) = match asked {
        Ok(()) => (HttpResponse::Ok(), "ok\n"),
        Err(_) => (HttpResponse::ServiceUnavailable(), "baza danych nie odpowiada\n"),
    };
    response.content_type("text/plain; charset=utf-8").body(text)
}

/// For the addresses of the setting `metrics_from`; for everybody else there is no such page.
async fn metrics(request: HttpRequest, state: State) -> HttpResponse {
    if !state.service.settings.metrics_from.contains(&remote(&request, &state)) {
        return failure(&request, &state, &Failure::UnknownPage, Vec::new());
    }
    match blocking(&state, Service::mails_by_state).await {
        Ok(mails) => HttpResponse::Ok()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .body(state.meters.text(state.service.store.load(), &mails)),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}
