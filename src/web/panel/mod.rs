//! The panel: logging in, editions, numbers by row of the report.

mod chapter;
mod coding;
mod cross;
mod cross_pictures;
mod decisions;
mod definition;
mod desk;
mod entities;
mod files;
mod gminy;
mod indicators;
mod known;
mod login;
mod missing;
mod nonresponse;
mod notebook;
mod numbers;
mod refreshing;
mod states;
mod things;
mod years;

use actix_web::{HttpRequest, web};

use super::address::{Address, Who, at, get, resource};
use super::cookies::Jar;
use super::pages::{Layout, Link, PanelBar};
use super::{State, blocking};
use crate::service::panel::Member;
use crate::service::{EditionName, Refused, Service};

pub(super) const ADDRESSES: &[Address] = &[
    at("GET", "/panel/logowanie", Who::Anybody),
    at("POST", "/panel/logowanie", Who::Anybody),
    at("POST", "/panel/wyloguj", Who::Member),
    at("GET", "/panel", Who::Member),
    at("GET", "/panel/{programme}/{edition}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/liczby", Who::Member),
    at("GET", "/panel/{programme}/{edition}/liczby/{file}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie/klucz/{frame}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/kodowanie/klucz/{frame}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie/{form}/{question}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/kodowanie/{form}/{question}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/cofnij", Who::Member),
    at("POST", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/bez-odpowiedzi", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/wyniki", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/csv", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/kod/{code}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/drugie", Who::Member),
    at("POST", "/panel/{programme}/{edition}/kodowanie/{form}/{question}/drugie", Who::Member),
    at("GET", "/panel/{programme}/{edition}/liczby/{form}/{measure}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/ankieta/{invitation}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/przekroje", Who::Member),
    at("GET", "/panel/{programme}/{edition}/przekroje/{file}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/gminy", Who::Member),
    at("GET", "/panel/{programme}/{edition}/braki-odpowiedzi", Who::Member),
    at("GET", "/panel/{programme}/{edition}/braki-odpowiedzi/{file}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/decyzje", Who::Member),
    at("POST", "/panel/{programme}/{edition}/decyzje", Who::Member),
    at("POST", "/panel/{programme}/{edition}/decyzje/uchyl", Who::Member),
    at("GET", "/panel/{programme}/{edition}/decyzje/{file}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/decyzje/{decision}/potwierdz", Who::Member),
    at("GET", "/panel/{programme}/{edition}/notatnik", Who::Member),
    at("GET", "/panel/{programme}/{edition}/notatnik/fakty", Who::Member),
    at("GET", "/panel/{programme}/{edition}/notatnik/fakty/nowy", Who::Member),
    at("POST", "/panel/{programme}/{edition}/notatnik/fakty/nowy", Who::Member),
    at("GET", "/panel/{programme}/{edition}/notatnik/fakty/{fact}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/notatnik/fakty/{fact}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/notatnik/{row}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/notatnik/{row}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/rozdzial", Who::Member),
    at("POST", "/panel/{programme}/{edition}/rozdzial", Who::Member),
    at("GET", "/panel/{programme}/{edition}/rozdzial/{file}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/stany", Who::Member),
    at("POST", "/panel/{programme}/{edition}/stany", Who::Member),
    at("POST", "/panel/{programme}/{edition}/stany/odmroz", Who::Member),
    at("GET", "/panel/{programme}/{edition}/stany/{state}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/stany/{state}/{file}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/errata", Who::Member),
    at("GET", "/panel/{programme}/{edition}/errata/{no}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/errata/{no}/zmiany.csv", Who::Member),
    at("GET", "/panel/{programme}/{edition}/wskazniki", Who::Member),
    at("GET", "/panel/{programme}/{edition}/wskazniki/pliki/{table}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/wskazniki/{indicator}", Who::Member),
    at("POST", "/panel/{programme}/{edition}/wskazniki/{indicator}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/podmioty", Who::Member),
    at("POST", "/panel/{programme}/{edition}/podmioty/koniec", Who::Member),
    at("GET", "/panel/{programme}/{edition}/laczenie", Who::Member),
    at("GET", "/panel/{programme}/{edition}/laczenie/{form}/{list}", Who::Member),
    at("GET", "/panel/{programme}/{edition}/laczenie/{form}/{list}/grupy.csv", Who::Member),
    at("GET", "/panel/{programme}/{edition}/laczenie/{form}/{list}/grupy-excel.csv", Who::Member),
    at("POST", "/panel/{programme}/{edition}/laczenie/{form}/{list}/polacz", Who::Member),
    at("POST", "/panel/{programme}/{edition}/laczenie/{form}/{list}/odrzuc", Who::Member),
    at("POST", "/panel/{programme}/{edition}/laczenie/{form}/{list}/rozdziel", Who::Member),
    at("POST", "/panel/{programme}/{edition}/laczenie/{form}/{list}/potwierdz", Who::Member),
    at("POST", "/panel/{programme}/{edition}/laczenie/{form}/{list}/cofnij", Who::Member),
    at("GET", "/panel/{programme}/{edition}/podane", Who::Member),
    at("POST", "/panel/{programme}/{edition}/podane", Who::Member),
    at("GET", "/panel/{programme}/{edition}/porownanie", Who::Member),
    at("GET", "/panel/{programme}/{edition}/porownanie/{file}", Who::Member),
];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            resource("/panel/logowanie").route(get().to(login::form)).route(web::post().to(login::log_in)),
        )
        .service(resource("/panel/wyloguj").route(web::post().to(login::log_out)))
        .service(resource("/panel").route(get().to(numbers::editions)))
        .service(resource("/panel/{programme}/{edition}").route(get().to(numbers::edition)))
        .service(resource("/panel/{programme}/{edition}/liczby").route(get().to(numbers::numbers)))
        .service(resource("/panel/{programme}/{edition}/liczby/{file}").route(get().to(numbers::download)))
        .service(resource("/panel/{programme}/{edition}/notatnik").route(get().to(notebook::notebook)))
        .service(resource("/panel/{programme}/{edition}/notatnik/fakty").route(get().to(notebook::facts)))
        .service(
            resource("/panel/{programme}/{edition}/notatnik/fakty/nowy")
                .route(get().to(notebook::new_fact))
                .route(web::post().to(notebook::save_new_fact)),
        )
        .service(
            resource("/panel/{programme}/{edition}/notatnik/fakty/{fact}")
                .route(get().to(notebook::one_fact))
                .route(web::post().to(notebook::save_fact)),
        )
        .service(
            resource("/panel/{programme}/{edition}/notatnik/{row}")
                .route(get().to(notebook::row))
                .route(web::post().to(notebook::save_row)),
        )
        .service(
            resource("/panel/{programme}/{edition}/rozdzial")
                .route(get().to(chapter::chapter))
                .route(web::post().to(refreshing::refresh)),
        )
        .service(resource("/panel/{programme}/{edition}/rozdzial/{file}").route(get().to(chapter::download)))
        .service(
            resource("/panel/{programme}/{edition}/stany")
                .route(get().to(states::states))
                .route(web::post().to(states::freeze)),
        )
        .service(
            resource("/panel/{programme}/{edition}/stany/odmroz").route(web::post().to(states::unfreeze)),
        )
        .service(resource("/panel/{programme}/{edition}/stany/{state}").route(get().to(states::one)))
        .service(
            resource("/panel/{programme}/{edition}/stany/{state}/{file}").route(get().to(states::download)),
        )
        .service(resource("/panel/{programme}/{edition}/errata").route(web::post().to(states::add_erratum)))
        .service(resource("/panel/{programme}/{edition}/errata/{no}").route(get().to(states::erratum)))
        .service(
            resource("/panel/{programme}/{edition}/errata/{no}/zmiany.csv")
                .route(get().to(states::erratum_file)),
        )
        .configure(indicators::routes)
        .configure(coding::routes)
        .configure(explaining)
        .configure(comparing)
        .configure(deciding)
        .configure(naming);
}

/// Years beside each other, and numbers of years without answers.
fn comparing(config: &mut web::ServiceConfig) {
    let edition = "/panel/{programme}/{edition}";
    config
        .service(
            resource(&format!("{edition}/podane"))
                .route(get().to(known::show))
                .route(web::post().to(known::save)),
        )
        .service(resource(&format!("{edition}/porownanie")).route(get().to(years::show)))
        .service(resource(&format!("{edition}/porownanie/{{file}}")).route(get().to(years::download)));
}

/// What numbers mean, broken down, and who they lack.
fn explaining(config: &mut web::ServiceConfig) {
    let edition = "/panel/{programme}/{edition}";
    config
        .service(
            resource(&format!("{edition}/liczby/{{form}}/{{measure}}"))
                .route(get().to(definition::definition)),
        )
        .service(resource(&format!("{edition}/ankieta/{{invitation}}")).route(get().to(definition::answers)))
        .service(resource(&format!("{edition}/przekroje")).route(get().to(cross::cross)))
        .service(resource(&format!("{edition}/przekroje/{{file}}")).route(get().to(cross::download)))
        .service(resource(&format!("{edition}/gminy")).route(get().to(gminy::gminy)))
        .service(resource(&format!("{edition}/braki-odpowiedzi")).route(get().to(nonresponse::nonresponse)))
        .service(
            resource(&format!("{edition}/braki-odpowiedzi/{{file}}")).route(get().to(nonresponse::download)),
        );
}

/// Decisions about numbers.
fn deciding(config: &mut web::ServiceConfig) {
    let decisions = "/panel/{programme}/{edition}/decyzje";
    config
        .service(
            resource(decisions)
                .route(get().to(decisions::decisions))
                .route(web::post().to(decisions::decide)),
        )
        .service(resource(&format!("{decisions}/uchyl")).route(web::post().to(decisions::end)))
        .service(resource(&format!("{decisions}/{{file}}")).route(get().to(decisions::download)))
        .service(
            resource(&format!("{decisions}/{{decision}}/potwierdz"))
                .route(web::post().to(decisions::confirm)),
        );
}

/// What lists name, and the public lists of entities.
fn naming(config: &mut web::ServiceConfig) {
    let at = |rest: &str| resource(&format!("/panel/{{programme}}/{{edition}}/laczenie{rest}"));
    let listed = "/panel/{programme}/{edition}/podmioty";
    config
        .service(resource(listed).route(get().to(entities::entities)))
        .service(resource(&format!("{listed}/koniec")).route(web::post().to(entities::end)))
        .service(at("").route(get().to(things::lists)))
        .service(at("/{form}/{list}").route(get().to(things::workbench)))
        .service(at("/{form}/{list}/grupy.csv").route(get().to(things::open_table)))
        .service(at("/{form}/{list}/grupy-excel.csv").route(get().to(things::excel_table)))
        .service(at("/{form}/{list}/polacz").route(web::post().to(things::merge)))
        .service(at("/{form}/{list}/odrzuc").route(web::post().to(things::apart)))
        .service(at("/{form}/{list}/rozdziel").route(web::post().to(things::split)))
        .service(at("/{form}/{list}/potwierdz").route(web::post().to(things::confirm)))
        .service(at("/{form}/{list}/cofnij").route(web::post().to(things::undo)));
}

/// The edition that an address names.
fn edition_name(programme: &str, edition: &str) -> EditionName {
    EditionName { programme: programme.to_owned(), edition: edition.to_owned() }
}

/// Resolves the panel cookie and runs a use case for its member.
async fn as_member<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    work: impl FnOnce(&Service, &Member) -> Result<T, Refused> + Send + 'static,
) -> Result<(Member, T), Refused> {
    let cookie = Jar::Panel.read(request, &state.service.settings).ok_or(Refused::NoSession)?;
    blocking(state, move |service| {
        let member = service.member(&cookie)?;
        let result = work(service, &member)?;
        Ok((member, result))
    })
    .await
}

/// Surroundings of a page of the panel.
fn layout(state: &State, member: &Member, title: impl Into<String>, path: &str) -> Layout {
    let places = [("/panel", "Edycje")];
    let links =
        places.map(|(href, text)| Link { href: href.into(), text: text.into(), current: href == path });
    let csrf = state.service.panel_csrf(member);
    Layout::new(&state.site, title).of_panel(PanelBar {
        login: member.user.login.clone(),
        links: links.into(),
        csrf,
    })
}
