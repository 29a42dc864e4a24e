//! Checking and sending, and opening what was sent for correcting.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use survey::calendar::Phase;
use survey::state::Respondent;

use super::super::State;
use super::super::answer::{failure, ok, page, refused, see_other};
use super::super::pages::{Answers, CheckPage, deadline_words};
use super::super::post::{self, Body};
use super::{at_seat, hidden, layout, response};
use crate::service::Refused;
use crate::service::page::value;
use crate::service::seat::Response;

const TITLE: &str = "Sprawdź odpowiedzi przed wysłaniem";
const CHANGED: &str =
    "Odpowiedzi zmieniły się, odkąd otwarto tę stronę. Proszę sprawdzić je jeszcze raz i wysłać ponownie.";

/// `GET /ankieta/sprawdz`
pub(super) async fn check(request: HttpRequest, state: State) -> HttpResponse {
    match response(&request, &state).await {
        Ok(response) if !response.seat.access.sections.may_submit() => {
            refused(&request, &state, &Refused::NotAllowed)
        }
        Ok(response) if response.state.respondent == Respondent::Submitted => {
            see_other("/ankieta/potwierdzenie")
        }
        Ok(response) => ok(&check_page(&state, &response, None)),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

fn check_page(state: &State, response: &Response, trouble: Option<&str>) -> CheckPage {
    let seat = &response.seat;
    let typed = response.typed();
    let answers = Answers { model: &seat.model, raw: &typed, evaluation: &response.evaluation };
    let open = matches!(response.phase(state.service.now()), Phase::Open | Phase::Grace);
    let correcting = response.state.respondent == Respondent::Correcting;
    let (layout, deadline) = (layout(state, seat, TITLE), deadline_words(seat.last_day()));
    let correcting = response.counted().filter(|_| correcting).map(|sent| response.number(sent));
    if !open {
        return CheckPage { correcting, ..CheckPage::closed(layout, answers, deadline) };
    }
    let changeable = |section: &str| seat.access.sections.permits(section);
    CheckPage {
        not_sent: trouble.map(str::to_owned),
        correcting,
        ..CheckPage::new(layout, answers, changeable, hidden(state, response), deadline)
    }
}

/// `POST /ankieta/wyslij`
pub(super) async fn send(request: HttpRequest, state: State, body: Body) -> HttpResponse {
    let pairs = match post::only(&request, body, &["_csrf", "_inv", "_page", "_rev"]) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    let sent = at_seat(&request, &state, move |service, seat| {
        service.check_page(seat, &pairs)?;
        let drawn_at = value(&pairs, "_rev").and_then(|rev| rev.parse().ok());
        let drawn_at = drawn_at.ok_or_else(|| Refused::BadPost(vec!["_rev".into()]))?;
        service.submit(seat, drawn_at)
    });
    match sent.await {
        // A second click finds the first one's submission.
        Ok(()) | Err(Refused::Submitted) => see_other("/ankieta/potwierdzenie"),
        Err(Refused::Incomplete) => again(&request, &state, StatusCode::UNPROCESSABLE_ENTITY, None).await,
        Err(Refused::Stale) => again(&request, &state, StatusCode::CONFLICT, Some(CHANGED)).await,
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

/// The check page once more, with what keeps the questionnaire from being sent.
async fn again(
    request: &HttpRequest,
    state: &State,
    status: StatusCode,
    trouble: Option<&str>,
) -> HttpResponse {
    match response(request, state).await {
        Ok(response) => page(status, &check_page(state, &response, trouble)),
        Err(refusal) => refused(request, state, &refusal),
    }
}

/// `POST /ankieta/popraw`
pub(super) async fn correct(request: HttpRequest, state: State, body: Body) -> HttpResponse {
    let pairs = match post::only(&request, body, &["_csrf", "_inv"]) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    let begun = at_seat(&request, &state, move |service, seat| {
        service.check_page(seat, &pairs)?;
        service.begin_correction(seat)
    });
    match begun.await {
        Ok(()) | Err(Refused::Incomplete) => see_other("/ankieta"),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}
