//! The ways in: the landing page, the letter code, the link.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use survey::calendar::Phase;
use survey::state::Respondent;

use super::super::answer::{failure, failure_of, ok, page, refused, request_id, see_other};
use super::super::cookies::Jar;
use super::super::pages::{
    Entry, Fact, Failure, LandingPage, Layout, StartPage, deadline_words, typed_facts,
};
use super::super::post::{self, Body, Pairs};
use super::super::{State, blocking, remote};
use super::section;
use crate::service::Refused;
use crate::service::entry::{Arrival, Begun, Way};
use crate::service::page::value;
use crate::service::seat::Seat;

/// What filling in takes when there is nothing to report, in minutes.
const SHORT_WAY_MINUTES: u32 = 3;
const LANDING: &str = "Ankieta monitorująca ekonomię społeczną";

/// `GET /`
pub(super) async fn landing(state: State) -> HttpResponse {
    ok(&LandingPage::new(Layout::new(&state.site, LANDING)))
}

/// `GET /a/{token}`: shows, changes nothing.
pub(super) async fn start(request: HttpRequest, state: State, token: web::Path<String>) -> HttpResponse {
    let from = remote(&request, &state);
    let address = format!("/a/{token}");
    match blocking(&state, move |service| service.arrive(Way::Link(&token), from)).await {
        Ok(arrival) => ok(&start_page(&state, &arrival, address)),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

fn start_page(state: &State, arrival: &Arrival, action: String) -> StartPage {
    let response = &arrival.response;
    let seat = &response.seat;
    let about = seat.programme.declared.questionnaire(&seat.invitation.form_id);
    let submitted = response.counted().map(|sent| response.number(sent));
    StartPage {
        layout: Layout::new(&state.site, seat.model.settings.form_title.clone()).synthetic(seat.synthetic()),
        unit: seat.unit_words(),
        about: seat.about_unit().into_iter().map(|(term, value)| Fact { term: term.into(), value }).collect(),
        action,
        deadline: deadline(seat.last_day(), arrival.phase),
        minutes: (about.map_or(20, |about| about.minutes), SHORT_WAY_MINUTES),
        needed: about.map(|about| about.needs.clone()).unwrap_or_default(),
        entry: match (submitted, response.state.respondent) {
            (Some(number), _) => Entry::Submitted { number, open: arrival.phase == Phase::Open },
            (None, Respondent::NotStarted) => Entry::Begin,
            (None, _) => Entry::Continue,
        },
        blank: None,
    }
}

fn deadline(day: chrono::NaiveDate, phase: Phase) -> String {
    match phase {
        Phase::Closed | Phase::Grace => {
            format!("{} (ankieta jest zamknięta, można ją tylko przeczytać)", deadline_words(day))
        }
        Phase::Open | Phase::NotYetOpen { .. } => deadline_words(day),
    }
}

/// `POST /a/{token}`: begins or continues. The button of an office that has not begun leads on to the first section,
/// so that an office with nothing to report never needs the list of sections.
pub(super) async fn begin(
    request: HttpRequest,
    state: State,
    token: web::Path<String>,
    body: Body,
) -> HttpResponse {
    let pairs = match post::only(&request, body, &["_next"]) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    let (from, onward) = (remote(&request, &state), value(&pairs, "_next").is_some());
    match blocking(&state, move |service| service.begin(Way::Link(&token), from)).await {
        Ok(begun) if onward => seated(&state, &begun, see_other(&first_section(&begun.seat))),
        Ok(begun) => seated(&state, &begun, see_other("/ankieta")),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

/// Address of the first section that the access leads to.
fn first_section(seat: &Seat) -> String {
    let first = seat.model.sections.iter().find(|section| seat.access.sections.permits(&section.name));
    first.map_or_else(|| "/ankieta".to_owned(), |section| format!("/ankieta/czesc/{}", section.name))
}

/// `POST /kod`: begins or continues with a letter code, and saves a page that waited for it.
pub(super) async fn code(request: HttpRequest, state: State, body: Body) -> HttpResponse {
    let pairs = match post::pairs(&request, body) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    // A page that waits for the code brings its own fields; they are checked when it is saved.
    if value(&pairs, "_page").is_none() && pairs.iter().any(|(name, _)| name != "kod") {
        return failure(&request, &state, &Failure::Unreadable, Vec::new());
    }
    let typed = value(&pairs, "kod").unwrap_or_default().to_owned();
    let from = remote(&request, &state);
    let code = typed.clone();
    match blocking(&state, move |service| service.begin(Way::Code(&code), from)).await {
        Ok(begun) => {
            let answer = waiting(&request, &state, &begun, pairs).await;
            seated(&state, &begun, answer)
        }
        Err(refusal) => wrong_code(&request, &state, &typed, pairs, &refusal).await,
    }
}

/// Saves what was carried through the code page; without such a page just goes on.
async fn waiting(request: &HttpRequest, state: &State, begun: &Begun, mut pairs: Pairs) -> HttpResponse {
    pairs.retain(|(name, _)| name != "kod");
    if value(&pairs, "_page").is_none() {
        return see_other("/ankieta");
    }
    section::save_at(request, state, begun.seat.clone(), pairs).await
}

/// Says what is wrong with the code; a page that waits for it goes on waiting.
async fn wrong_code(
    request: &HttpRequest,
    state: &State,
    typed: &str,
    pairs: Pairs,
    refusal: &Refused,
) -> HttpResponse {
    let posted = pairs.clone();
    let model = match blocking(state, move |service| service.waiting_model(&posted)).await {
        Ok(model) => model,
        Err(refusal) => return refused(request, state, &refusal),
    };
    let reason = failure_of(refusal, &request_id(request));
    let Some(trouble) = code_trouble(&reason, typed) else {
        let lost = model.map(|model| typed_facts(&model, &pairs));
        return failure(request, state, &reason, lost.unwrap_or_default());
    };
    let status = StatusCode::from_u16(reason.status()).unwrap_or(StatusCode::NOT_FOUND);
    match model {
        Some(model) => page(status, &section::waiting(state, &model, &pairs).refused(typed, trouble)),
        None => page(status, &LandingPage::refused(Layout::new(&state.site, LANDING), typed, trouble)),
    }
}

/// What to write beside the code, where another try makes sense at once.
fn code_trouble(reason: &Failure, typed: &str) -> Option<&'static str> {
    match reason {
        Failure::UnknownLink if typed.trim().is_empty() => Some("Proszę wpisać kod z pisma."),
        Failure::UnknownLink => Some(
            "Nie ma takiego kodu. Proszę sprawdzić, czy przepisano wszystkie znaki: pięć grup po cztery.",
        ),
        Failure::ReplacedLink => Some("Ten kod zastąpiono nowym. Proszę wpisać kod z najnowszego pisma."),
        Failure::RevokedLink => Some("Ten kod wycofano. W razie pytań proszę się z nami skontaktować."),
        _ => None,
    }
}

fn seated(state: &State, begun: &Begun, answer: HttpResponse) -> HttpResponse {
    Jar::Respondent.give(answer, &begun.secret, &state.service.settings)
}
