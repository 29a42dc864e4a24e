//! `/ankieta/czesc/{section}`: one section, drawn and saved.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use form::Model;
use form::answers::AnswerProblem;
use form::problem::Severity;
use survey::calendar::Phase;
use survey::merge::{Button, Submitted};
use survey::state::Respondent;

use super::super::answer::{failure, failure_of, ok, page, refused, request_id, see_other};
use super::super::pages::{
    Answers, Beside, ConflictPage, Contested, CopyPage, ExpiredPage, Fact, Failure, Hidden, Layout, Notice,
    Reveal, SectionPage, answer_sections, draw_beside, field_id, rows_id, typed_facts,
};
use super::super::post::{self, Body, Pairs};
use super::super::{State, blocking};
use super::{at_seat, hidden, layout, response};
use crate::service::page::value;
use crate::service::respond::Saved;
use crate::service::seat::{Response, Seat};
use crate::service::{Refused, Service};

/// `?z=sprawdz`: the person came from the check page and goes back there.
const FROM_CHECK: &str = "z=sprawdz";
/// So many blank entries of a list are drawn at the most, whatever the address asks for.
const MOST_BLANK: usize = 20;

/// `GET /ankieta/czesc/{section}`
pub(super) async fn show(request: HttpRequest, state: State, section: web::Path<String>) -> HttpResponse {
    let response = match response(&request, &state).await {
        Ok(response) => response,
        Err(refusal) => return refused(&request, &state, &refusal),
    };
    match place(&response, &section) {
        Place::Unknown => refused(&request, &state, &Refused::UnknownSection),
        Place::NotAllowed => failure(&request, &state, &Failure::NotAllowed, Vec::new()),
        Place::Irrelevant => see_other("/ankieta"),
        Place::Asked if !writable(&state, &response) => ok(&read_only(&state, &response, &section)),
        Place::Asked => {
            let asked = Asked::of(&request);
            let reveal = if asked.from_check { Reveal::All } else { Reveal::Typed };
            match section_page(&state, &response, &section, reveal, &asked) {
                Some(drawn) => ok(&drawn),
                None => refused(&request, &state, &Refused::UnknownSection),
            }
        }
    }
}

/// Where an address leads in this response.
enum Place {
    Unknown,
    NotAllowed,
    Irrelevant,
    Asked,
}

fn place(response: &Response, section: &str) -> Place {
    if response.seat.model.section(section).is_none() {
        Place::Unknown
    } else if !response.seat.access.sections.permits(section) {
        Place::NotAllowed
    } else if !response.evaluation.section_relevant(section) {
        Place::Irrelevant
    } else {
        Place::Asked
    }
}

fn writable(state: &State, response: &Response) -> bool {
    let open = matches!(response.phase(state.service.now()), Phase::Open | Phase::Grace);
    open && response.state.respondent != Respondent::Submitted
}

/// What the query of a section page asks for besides.
#[derive(Default)]
struct Asked {
    from_check: bool,
    blank: BTreeMap<String, usize>,
    notice: Option<Notice>,
}

impl Asked {
    fn of(request: &HttpRequest) -> Self {
        let mut asked = Self::default();
        for part in request.query_string().split('&') {
            match part.split_once('=') {
                Some(("z", "sprawdz")) => asked.from_check = true,
                Some(("wpis", repeat)) => {
                    let blank = asked.blank.entry(repeat.to_owned()).or_default();
                    *blank = (*blank + 1).min(MOST_BLANK);
                }
                Some(("usunieto", row)) => asked.notice = Some(Notice::Removed(row.to_owned())),
                Some(("przywrocono", _)) => asked.notice = Some(Notice::Restored),
                _ => {}
            }
        }
        asked
    }
}

fn section_page(
    state: &State,
    response: &Response,
    name: &str,
    reveal: Reveal<'_>,
    asked: &Asked,
) -> Option<SectionPage> {
    let seat = &response.seat;
    let section = seat.model.section(name)?;
    let typed = response.typed();
    let answers = Answers { model: &seat.model, raw: &typed, evaluation: &response.evaluation };
    let beside = seat.last.as_ref().map(|last| Beside { when: last.when(), last });
    let drawn = draw_beside(answers, beside, section, reveal, &asked.blank, &mut || row_id(state));
    let surroundings = layout(state, seat, section.label.render(&response.evaluation, None));
    let mut drawn =
        SectionPage::new(surroundings, name, step(response, name), drawn, hidden(state, response));
    drawn.hint = section.hint.as_ref().map(|hint| hint.render(&response.evaluation, None));
    drawn.from_check = asked.from_check;
    drawn.notice.clone_from(&asked.notice);
    Some(drawn)
}

/// Eight letters or digits: the id of a blank row.
fn row_id(state: &State) -> String {
    state.service.page_name().chars().take(8).collect()
}

/// Which of the relevant sections this is, from 1, and of how many.
fn step(response: &Response, name: &str) -> (usize, usize) {
    let asked = relevant(response);
    let place = asked.iter().position(|section| *section == name).map_or(1, |place| place + 1);
    (place, asked.len())
}

fn relevant(response: &Response) -> Vec<&str> {
    let sections = response.seat.model.sections.iter().map(|section| section.name.as_str());
    sections.filter(|section| response.evaluation.section_relevant(section)).collect()
}

/// A section that can only be read: after sending or closing.
fn read_only(state: &State, response: &Response, name: &str) -> CopyPage {
    let seat = &response.seat;
    let label = seat.model.section(name).map(|section| section.label.render(&response.evaluation, None));
    let label = label.unwrap_or_default();
    let typed = response.typed();
    let answers = Answers { model: &seat.model, raw: &typed, evaluation: &response.evaluation };
    let mut sections = answer_sections(answers, |_| false);
    sections.retain(|section| section.label == label);
    CopyPage { layout: layout(state, seat, label), facts: Vec::new(), sections }
}

/// `POST /ankieta/czesc/{section}`
pub(super) async fn save(
    request: HttpRequest,
    state: State,
    section: web::Path<String>,
    body: Body,
) -> HttpResponse {
    let pairs = match post::pairs(&request, body) {
        Ok(pairs) => pairs,
        Err(reason) => return failure(&request, &state, &reason, Vec::new()),
    };
    let (section, at, posted) = (section.to_string(), section.into_inner(), pairs.clone());
    let stored = at_seat(&request, &state, move |service, seat| {
        let stored = misplaced(seat, &at).is_none().then(|| store(service, seat, &posted));
        Ok((seat.clone(), stored))
    });
    match stored.await {
        Ok((seat, Some(stored))) => after(&request, &state, &seat, Some(&section), &pairs, stored).await,
        Ok((seat, None)) => match misplaced(&seat, &section) {
            Some(Place::NotAllowed) => {
                failure(&request, &state, &Failure::NotAllowed, typed_facts(&seat.model, &pairs))
            }
            _ => refused(&request, &state, &Refused::UnknownSection),
        },
        Err(Refused::NoSession) => expired(&request, &state, pairs).await,
        Err(refusal) => refused(&request, &state, &refusal),
    }
}

/// Keeps a POST without a session in the page that asks for the code, if it came from one of our pages.
async fn expired(request: &HttpRequest, state: &State, pairs: Pairs) -> HttpResponse {
    let posted = pairs.clone();
    match blocking(state, move |service| service.waiting_model(&posted)).await {
        Ok(Some(model)) => page(StatusCode::UNAUTHORIZED, &waiting(state, &model, &pairs)),
        Ok(None) => refused(request, state, &Refused::NoSession),
        Err(refusal) => refused(request, state, &refusal),
    }
}

/// The page that keeps a POST until the code is entered.
pub(super) fn waiting(state: &State, model: &Model, pairs: &Pairs) -> ExpiredPage {
    let layout = Layout::new(&state.site, Failure::NoSession.title());
    ExpiredPage::new(layout, "/kod", pairs, typed_facts(model, pairs))
}

/// Why a section cannot be saved at a seat.
fn misplaced(seat: &Seat, section: &str) -> Option<Place> {
    if seat.model.section(section).is_none() {
        Some(Place::Unknown)
    } else if !seat.access.sections.permits(section) {
        Some(Place::NotAllowed)
    } else {
        None
    }
}

/// Checks and saves a POST.
fn store(service: &Service, seat: &Seat, pairs: &Pairs) -> Result<(Saved, Submitted), Refused> {
    service.check_page(seat, pairs)?;
    let submitted = service.read_post(seat, pairs)?;
    Ok((service.save(seat, submitted.clone())?, submitted))
}

/// Saves a page that waited for the code and answers it; without a conflict the answer leads to the list of sections.
pub(super) async fn save_at(request: &HttpRequest, state: &State, seat: Seat, pairs: Pairs) -> HttpResponse {
    let (at, posted) = (seat.clone(), pairs.clone());
    let stored = blocking(state, move |service| store(service, &at, &posted)).await;
    after(request, state, &seat, None, &pairs, stored).await
}

/// Answers a POST.
async fn after(
    request: &HttpRequest,
    state: &State,
    seat: &Seat,
    section: Option<&str>,
    pairs: &Pairs,
    stored: Result<(Saved, Submitted), Refused>,
) -> HttpResponse {
    match stored {
        Ok((saved, submitted)) if !saved.conflicts.is_empty() => {
            conflict(state, &saved, &submitted, section, pairs)
        }
        Ok((saved, submitted)) => after_save(request, state, &saved, &submitted, section),
        Err(refusal) => not_saved(request, state, seat, pairs, refusal).await,
    }
}

/// Says why nothing was saved, and shows what was typed.
async fn not_saved(
    request: &HttpRequest,
    state: &State,
    seat: &Seat,
    pairs: &Pairs,
    refusal: Refused,
) -> HttpResponse {
    let typed: Vec<Fact> = typed_facts(&seat.model, pairs);
    let reason = match refusal {
        Refused::Submitted => {
            let at = seat.clone();
            let number = blocking(state, move |service| {
                let response = service.respond(&at)?;
                Ok(response.counted().map(|sent| response.number(sent)))
            });
            Failure::AlreadySubmitted { number: number.await.ok().flatten().unwrap_or_default() }
        }
        other => failure_of(&other, &request_id(request)),
    };
    failure(request, state, &reason, typed)
}

fn conflict(
    state: &State,
    saved: &Saved,
    submitted: &Submitted,
    section: Option<&str>,
    pairs: &Pairs,
) -> HttpResponse {
    let seat = &saved.response.seat;
    let model = &seat.model;
    let tokens = state.service.page_tokens(seat);
    // A page that waited for the code has no section of its own: the first conflict says where it belongs.
    let first = || saved.conflicts.first().and_then(|found| section_of(seat, &found.name()));
    let section = section.map(str::to_owned).or_else(first).unwrap_or_default();
    let carried_page = value(pairs, "_page").unwrap_or(&submitted.page).to_owned();
    let conflict = ConflictPage {
        layout: layout(state, seat, "Dwie osoby zmieniły tę samą odpowiedź"),
        action: format!("/ankieta/czesc/{section}"),
        hidden: Hidden {
            rev: submitted.rev,
            page: carried_page,
            invitation: tokens.invitation,
            csrf: tokens.csrf,
        },
        contested: saved.conflicts.iter().map(|conflict| Contested::new(model, conflict)).collect(),
    };
    page(StatusCode::CONFLICT, &conflict)
}

/// The section in which a field or row of a conflict stands.
fn section_of(seat: &Seat, name: &str) -> Option<String> {
    let question =
        name.rsplit('.').find(|part| seat.model.section_of(part).is_some()).or(name.split('.').next())?;
    seat.model.section_of(question).map(|section| section.name.clone())
}

fn after_save(
    request: &HttpRequest,
    state: &State,
    saved: &Saved,
    submitted: &Submitted,
    section: Option<&str>,
) -> HttpResponse {
    let Some(section) = section else { return see_other("/ankieta?zapisano") };
    let response = &saved.response;
    let from_check = request.query_string().split('&').any(|part| part == FROM_CHECK);
    let back = if from_check { "&z=sprawdz" } else { "" };
    let here = format!("/ankieta/czesc/{section}");
    let background = request.headers().contains_key("x-requested-with");
    if !response.evaluation.section_relevant(section) {
        return see_other("/ankieta");
    }
    match &submitted.button {
        Some(Button::Next) => next(state, saved, section, from_check),
        Some(Button::Add(repeat)) => see_other(&format!("{here}?wpis={repeat}{back}#{}", rows_id(repeat))),
        Some(Button::Remove(row)) => see_other(&format!("{here}?usunieto={row}{back}")),
        Some(Button::Copy(path)) => {
            see_other(&format!("{here}{}#{}", from_check_query(from_check), field_id(&path.to_string())))
        }
        Some(Button::Take(row)) => {
            see_other(&format!("{here}{}#{}", from_check_query(from_check), rows_id(&row.to_string())))
        }
        Some(Button::Undo(_)) => see_other(&format!("{here}?przywrocono=1{back}")),
        Some(Button::Save) | None if background => see_other(&here),
        Some(Button::Save) | None => see_other("/ankieta?zapisano"),
    }
}

fn from_check_query(from_check: bool) -> &'static str {
    if from_check { "?z=sprawdz" } else { "" }
}

/// `_next`: the page again while something on it is wrong, else the next section.
fn next(state: &State, saved: &Saved, section: &str, from_check: bool) -> HttpResponse {
    let response = &saved.response;
    let wrong = |problem: &AnswerProblem| problem.section == section && problem.severity == Severity::Error;
    if response.evaluation.problems().iter().any(wrong) {
        let asked = Asked { from_check, ..Asked::default() };
        let before = state.service.evaluation_before(saved);
        let drawn = section_page(state, response, section, Reveal::Seen(&before), &asked);
        if let Some(again) = drawn.filter(SectionPage::must_stay) {
            return page(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
    }
    if from_check {
        return see_other("/ankieta/sprawdz");
    }
    let following = relevant(response).into_iter().skip_while(|name| *name != section).skip(1);
    let mut following = following.filter(|name| response.seat.access.sections.permits(name));
    match following.next() {
        Some(next) => see_other(&format!("/ankieta/czesc/{next}")),
        None => see_other("/ankieta/sprawdz"),
    }
}
