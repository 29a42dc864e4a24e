//! The respondent's way, from the link to the confirmation.

mod entrance;
mod leaving;
mod reading;
mod section;
mod sections;
mod sending;

use actix_web::{HttpRequest, web};

use super::address::{Address, Who, at, get, resource};
use super::cookies::Jar;
use super::pages::{Hidden, Layout};
use super::{State, blocking};
use crate::service::seat::{Response, Seat};
use crate::service::{Refused, Service};

/// Addresses of the area.
pub(super) const ADDRESSES: &[Address] = &[
    at("GET", "/", Who::Anybody),
    at("POST", "/kod", Who::HolderOfSecret),
    at("GET", "/a/{token}", Who::HolderOfSecret),
    at("POST", "/a/{token}", Who::HolderOfSecret),
    at("GET", "/ankieta", Who::Respondent),
    at("GET", "/ankieta/czesc/{section}", Who::Respondent),
    at("POST", "/ankieta/czesc/{section}", Who::Respondent),
    at("GET", "/ankieta/sprawdz", Who::Respondent),
    at("POST", "/ankieta/wyslij", Who::Respondent),
    at("POST", "/ankieta/popraw", Who::Respondent),
    at("POST", "/ankieta/wyjdz", Who::Respondent),
    at("GET", "/ankieta/potwierdzenie", Who::Respondent),
    at("GET", "/ankieta/kopia", Who::Respondent),
    at("GET", "/ankieta/wzor", Who::Respondent),
];

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(resource("/").route(get().to(entrance::landing)))
        .service(resource("/kod").route(web::post().to(entrance::code)))
        .service(
            resource("/a/{token}").route(get().to(entrance::start)).route(web::post().to(entrance::begin)),
        )
        .service(resource("/ankieta").route(get().to(sections::list)))
        .service(
            resource("/ankieta/czesc/{section}")
                .route(get().to(section::show))
                .route(web::post().to(section::save)),
        )
        .service(resource("/ankieta/sprawdz").route(get().to(sending::check)))
        .service(resource("/ankieta/wyslij").route(web::post().to(sending::send)))
        .service(resource("/ankieta/popraw").route(web::post().to(sending::correct)))
        .service(resource("/ankieta/wyjdz").route(web::post().to(leaving::leave)))
        .service(resource("/ankieta/potwierdzenie").route(get().to(reading::confirmation)))
        .service(resource("/ankieta/kopia").route(get().to(reading::copy)))
        .service(resource("/ankieta/wzor").route(get().to(reading::blank)));
}

/// Resolves the session cookie and runs a use case at its seat.
async fn at_seat<T: Send + 'static>(
    request: &HttpRequest,
    state: &State,
    work: impl FnOnce(&Service, &Seat) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let cookie = Jar::Respondent.read(request, &state.service.settings).ok_or(Refused::NoSession)?;
    blocking(state, move |service| {
        let seat = service.seated(&cookie)?;
        work(service, &seat)
    })
    .await
}

/// The response at the session's seat.
async fn response(request: &HttpRequest, state: &State) -> Result<Response, Refused> {
    at_seat(request, state, Service::respond).await
}

/// Surroundings of a page of a seat.
fn layout(state: &State, seat: &Seat, title: impl Into<String>) -> Layout {
    Layout::new(&state.site, title).of_unit(seat.unit_words()).synthetic(seat.synthetic())
}

/// Hidden fields of a page drawn now.
fn hidden(state: &State, response: &Response) -> Hidden {
    let tokens = state.service.page_tokens(&response.seat);
    Hidden {
        rev: response.state.rev,
        page: state.service.page_name(),
        invitation: tokens.invitation,
        csrf: tokens.csrf,
    }
}
