//! What an office keeps: confirmation, own copy, blank form.

use actix_web::{HttpRequest, HttpResponse};
use form::{Evaluation, Raw};
use store::Submission;
use survey::calendar::Phase;
use survey::unit::Email;

use super::super::State;
use super::super::answer::{ok, refused, see_other};
use super::super::pages::{
    Answers, BlankPage, ConfirmationPage, CopyPage, Fact, answer_sections, blank_sections, deadline_words,
};
use super::{layout, response};
use crate::service::Refused;
use crate::service::outbox::local_time;
use crate::service::seat::Response;

/// `GET /ankieta/potwierdzenie`
pub(super) async fn confirmation(request: HttpRequest, state: State) -> HttpResponse {
    let response = match response(&request, &state).await {
        Ok(response) => response,
        Err(refusal) => return refused(&request, &state, &refusal),
    };
    let Some(sent) = response.counted() else { return see_other("/ankieta") };
    let open = response.phase(state.service.now()) == Phase::Open;
    ok(&ConfirmationPage {
        layout: layout(&state, &response.seat, "Ankieta przyjęta"),
        number: response.number(sent),
        received: local_time(&response.seat.programme, sent.at),
        correct_until: open.then(|| deadline_words(response.seat.last_day())),
        receipt_to: receipt_to(&response),
    })
}

/// The address in the contact, masked.
fn receipt_to(response: &Response) -> Option<String> {
    response.contact.fields.values().find_map(|text| Email::parse(text).ok()).map(|email| email.masked())
}

/// `GET /ankieta/kopia`: as sent; before the first sending, the draft.
pub(super) async fn copy(request: HttpRequest, state: State) -> HttpResponse {
    match response(&request, &state).await {
        // The copy shows every answer.
        Ok(response) if !response.seat.access.sections.may_submit() => {
            refused(&request, &state, &Refused::NotAllowed)
        }
        Ok(response) => ok(&copy_page(&state, &response)),
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

fn copy_page(state: &State, response: &Response) -> CopyPage {
    let seat = &response.seat;
    let mut facts =
        vec![fact("Jednostka", seat.unit_words()), fact("Ankieta", seat.model.settings.form_title.clone())];
    let (raw, evaluation) = match response.counted() {
        Some(sent) => {
            facts.push(fact("Numer", response.number(sent)));
            facts.push(fact("Przyjęto", local_time(&seat.programme, sent.at)));
            let raw = response.sent(sent);
            let evaluation = evaluate(response, &raw, sent);
            (raw, evaluation)
        }
        None => {
            facts.push(fact("Stan", "wersja robocza, jeszcze niewysłana".into()));
            (response.typed(), response.evaluation.clone())
        }
    };
    let answers = Answers { model: &seat.model, raw: &raw, evaluation: &evaluation };
    CopyPage {
        layout: layout(state, seat, "Kopia odpowiedzi"),
        facts,
        sections: answer_sections(answers, |_| false),
    }
}

fn evaluate(response: &Response, raw: &Raw, sent: &Submission) -> Evaluation {
    let (typed, _) = form::read(&response.seat.model, raw);
    form::evaluate(&response.seat.model, &typed, &sent.context)
}

fn fact(term: &str, value: String) -> Fact {
    Fact { term: term.to_owned(), value }
}

/// `GET /ankieta/wzor`
pub(super) async fn blank(request: HttpRequest, state: State) -> HttpResponse {
    match response(&request, &state).await {
        Ok(response) => {
            let seat = &response.seat;
            ok(&BlankPage {
                layout: layout(&state, seat, format!("Wzór: {}", seat.model.settings.form_title)),
                deadline: deadline_words(seat.last_day()),
                sections: blank_sections(&seat.model),
            })
        }
        Err(refusal) => refused(&request, &state, &refusal),
    }
}
