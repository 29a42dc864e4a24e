//! Leaving: for computers that several people use.

use actix_web::{HttpRequest, HttpResponse};

use super::super::answer::{failure, refused, see_other};
use super::super::cookies::Jar;
use super::super::post::{self, Body};
use super::super::{State, blocking};
use super::at_seat;

/// `POST /ankieta/wyjdz`: ends the session; everything saved stays.
pub(super) async fn leave(request: HttpRequest, state: State, body: Body) -> HttpResponse {
    let pairs = match post::only(&request, body, &["_csrf", "_inv"]) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    if let Err(refusal) =
        at_seat(&request, &state, move |service, seat| service.check_page(seat, &pairs)).await
    {
        return refused(&request, &state, &refusal);
    }
    let cookie = Jar::Respondent.read(&request, &state.service.settings).unwrap_or_default();
    match blocking(&state, move |service| service.leave(&cookie)).await {
        Ok(()) => Jar::Respondent.take(see_other("/"), &state.service.settings),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}
