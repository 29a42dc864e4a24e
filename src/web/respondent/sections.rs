//! `/ankieta`: the list of sections.

use actix_web::{HttpRequest, HttpResponse};
use survey::calendar::Phase;
use survey::state::Respondent;

use super::super::State;
use super::super::answer::{ok, refused};
use super::super::pages::{SectionEntry, SectionsPage, Stage, deadline_words};
use super::{layout, response};
use crate::service::seat::Response;

/// `GET /ankieta`
pub(super) async fn list(request: HttpRequest, state: State) -> HttpResponse {
    match response(&request, &state).await {
        Ok(response) => ok(&sections_page(&state, &response, saved_notice(&request))),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

/// `?zapisano` says that the person has just saved.
fn saved_notice(request: &HttpRequest) -> Option<String> {
    (request.query_string() == "zapisano").then(|| "Zapisano odpowiedzi.".to_owned())
}

fn sections_page(state: &State, response: &Response, notice: Option<String>) -> SectionsPage {
    let seat = &response.seat;
    let phase = response.phase(state.service.now());
    let writing =
        matches!(phase, Phase::Open | Phase::Grace) && response.state.respondent != Respondent::Submitted;
    let reading = response.state.respondent != Respondent::Submitted;
    let allowed = |section: &str| (writing || reading) && seat.access.sections.permits(section);
    SectionsPage {
        layout: layout(state, seat, seat.model.settings.form_title.clone()),
        deadline: deadline_words(seat.last_day()),
        entries: SectionEntry::all(&seat.model, &response.evaluation, allowed),
        stage: stage(response, phase),
        csrf: state.service.page_tokens(seat).csrf,
        notice,
    }
}

fn stage(response: &Response, phase: Phase) -> Stage {
    let number = response.counted().map(|sent| response.number(sent));
    let open = phase == Phase::Open;
    match (response.state.respondent, number) {
        (Respondent::Correcting, Some(number)) if open => Stage::Correcting { number },
        (_, Some(number)) => Stage::Submitted { number, open },
        (_, None) if phase == Phase::Closed => Stage::Closed,
        (_, None) => Stage::Drafting,
    }
}
