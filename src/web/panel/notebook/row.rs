//! One row of the report.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use store::RowState;
use survey::calendar::Zone;
use survey::programme::{Action, Programme};

use super::super::super::State;
use super::super::super::pages::{Fact, Link, NotebookRowPage, PlacedFact, SourceForm, VersionView};
use super::super::super::post::{Body, Pairs};
use super::super::desk::{self, Desk, Outcome};
use super::super::edition_name;
use super::super::states::{moment, person};
use super::STATES;
use crate::service::notebook::{Notebook, RowNote, Saved, SourceNote, Version, state_words};
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service};

/// Everything that the page of a row is drawn from.
struct Sheet {
    programme: Programme,
    zone: Zone,
    action: Action,
    book: Notebook,
    /// Sentences of the surveys by source.
    sentences: BTreeMap<String, Vec<String>>,
}

/// What is to be drawn instead of the stored note.
#[derive(Default)]
struct Attempt {
    mine: Option<RowNote>,
    rev: Option<i32>,
    troubles: Vec<String>,
    theirs: Option<Version<RowNote>>,
}

fn sheet(service: &Service, name: &EditionName, code: &str) -> Result<Sheet, Refused> {
    let (programme, _) = service.edition(name)?;
    let action = programme.declared.actions.iter().find(|action| action.code == code).cloned();
    let action = action.ok_or_else(|| Refused::NotThere(format!("{name}, wiersz {code}")))?;
    let (_, lines) = service.report_lines(name)?;
    let mut sentences = BTreeMap::new();
    for line in lines.into_iter().filter(|line| line.row == code) {
        for told in line.told {
            let sources = programme.declared.sources.iter();
            for source in sources.filter(|source| source.form.as_ref() == Some(&told.form)) {
                sentences.entry(source.code.clone()).or_insert_with(Vec::new).push(told.text());
            }
        }
    }
    Ok(Sheet {
        zone: programme.zone(),
        programme: programme.declared.clone(),
        action,
        book: service.notebook(name)?,
        sentences,
    })
}

/// `GET /panel/{programme}/{edition}/notatnik/{row}`
pub(in crate::web::panel) async fn row(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, code) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let read = move |service: &Service, name: &EditionName| sheet(service, name, &code);
    desk::show(&request, &state, &name, read, |desk, sheet| page(desk, &sheet, Attempt::default())).await
}

/// `POST /panel/{programme}/{edition}/notatnik/{row}`
pub(in crate::web::panel) async fn save_row(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
    body: Body,
) -> HttpResponse {
    let (programme, edition, code) = path.into_inner();
    let name = edition_name(&programme, &edition);
    let work = move |service: &Service, actor: &str, name: &EditionName, pairs: &Pairs| {
        let sheet = sheet(service, name, &code)?;
        let rev = value(pairs, "_rev").and_then(|rev| rev.parse().ok()).unwrap_or(-1);
        let mine = typed(&sheet.programme, pairs);
        match service.row_save(name, &code, rev, &mine, actor) {
            Ok(Saved::Stored(_) | Saved::Same) => Ok(Outcome::Done(format!("/panel/{name}/notatnik/{code}"))),
            Ok(Saved::Overtaken(theirs)) => {
                let attempt =
                    Attempt { mine: Some(mine), rev: None, troubles: Vec::new(), theirs: Some(theirs) };
                Ok(Outcome::Again(StatusCode::CONFLICT, (sheet, attempt)))
            }
            Err(Refused::Input(troubles)) => {
                let attempt = Attempt { mine: Some(mine), rev: Some(rev), troubles, theirs: None };
                Ok(Outcome::Again(StatusCode::UNPROCESSABLE_ENTITY, (sheet, attempt)))
            }
            Err(other) => Err(other),
        }
    };
    desk::save(&request, &state, &name, body, work, |desk, (sheet, attempt)| page(desk, &sheet, attempt))
        .await
}

/// What was typed into the form.
fn typed(programme: &Programme, pairs: &Pairs) -> RowNote {
    let field = |name: &str| pairs.iter().rev().find(|(key, _)| key == name).map(|(_, text)| text.as_str());
    let mut sources = BTreeMap::new();
    for source in &programme.sources {
        let facts = format!("fakty.{}", source.code);
        let note = SourceNote {
            nothing_new: field(&format!("nic.{}", source.code)) == Some("1"),
            text: field(&format!("tekst.{}", source.code)).unwrap_or_default().trim().to_owned(),
            facts: pairs
                .iter()
                .filter(|(key, slug)| *key == facts && !slug.is_empty())
                .map(|(_, slug)| slug.clone())
                .collect(),
        };
        if !note.is_empty() {
            sources.insert(source.code.clone(), note);
        }
    }
    RowNote {
        state: field("stan").and_then(RowState::parse).unwrap_or(RowState::Planned),
        owner: field("odpowiedzialny").unwrap_or_default().to_owned(),
        deadline: field("termin").unwrap_or_default().to_owned(),
        sources,
    }
}

fn page(desk: &Desk<'_>, sheet: &Sheet, attempt: Attempt) -> NotebookRowPage {
    let stored = sheet.book.rows.get(&sheet.action.code);
    let newest = stored.map(|history| history.newest());
    let note =
        attempt.mine.clone().or_else(|| newest.map(|version| version.content.clone())).unwrap_or_default();
    let code = &sheet.action.code;
    let wrong = !attempt.troubles.is_empty() || attempt.theirs.is_some();
    NotebookRowPage {
        layout: desk.layout(format!("Wiersz {code}, edycja {}", desk.name)).with_errors(wrong),
        back: desk.address("notatnik"),
        csrf: desk.csrf(),
        action: desk.address(&format!("notatnik/{code}")),
        name: sheet.action.name.clone(),
        about: about(&sheet.action),
        rev: attempt.rev.unwrap_or_else(|| newest.map_or(0, |version| version.rev)),
        states: STATES.map(|state| (state.as_str(), state_words(state), state == note.state)).into(),
        overtaken: attempt.theirs.as_ref().map(|theirs| {
            let (who, when) = (person(&theirs.actor), moment(sheet.zone, theirs.at));
            format!("W międzyczasie ten wiersz zapisał(a) {who} ({when}).")
        }),
        theirs: attempt.theirs.as_ref().map(|theirs| said(&theirs.content)).unwrap_or_default(),
        troubles: attempt.troubles,
        sources: forms(sheet, &note),
        around: around(desk, sheet),
        history: stored
            .into_iter()
            .flat_map(|history| history.versions())
            .map(|v| view(sheet.zone, v))
            .collect(),
        owner: note.owner,
        deadline: note.deadline,
    }
}

fn about(action: &Action) -> Vec<Fact> {
    let fact = |term: &str, value: String| Fact { term: term.into(), value };
    let mut about = vec![
        fact("Wskaźnik produktu", action.products.join("\n")),
        fact("Źródła danych w tabeli", action.sources.join(", ")),
    ];
    about.extend(action.area.clone().map(|area| fact("Obszar", area)));
    about
}

/// Declared sources first, then the others.
fn forms(sheet: &Sheet, note: &RowNote) -> Vec<SourceForm> {
    let declared = |code: &String| sheet.action.sources.contains(code);
    let own = sheet.action.sources.iter();
    let others = sheet.programme.sources.iter().map(|source| &source.code).filter(|code| !declared(code));
    own.chain(others)
        .map(|code| {
            let said = note.sources.get(code).cloned().unwrap_or_default();
            let name = sheet.programme.sources.iter().find(|source| source.code == *code);
            SourceForm {
                code: code.clone(),
                name: name.map(|source| source.name.clone()).unwrap_or_default(),
                declared: declared(code),
                sentences: sheet.sentences.get(code).cloned().unwrap_or_default(),
                nothing_new: said.nothing_new,
                facts: placed(&sheet.book, &said),
                placed: !said.facts.is_empty(),
                text: said.text,
            }
        })
        .collect()
}

fn placed(book: &Notebook, said: &SourceNote) -> Vec<PlacedFact> {
    let all = book.facts().map(|(slug, fact)| PlacedFact {
        chosen: said.facts.iter().any(|name| name == slug),
        slug: slug.to_owned(),
        text: fact.event.clone(),
    });
    all.collect()
}

fn around(desk: &Desk<'_>, sheet: &Sheet) -> Vec<Link> {
    let place = sheet.programme.actions.iter().position(|action| action.code == sheet.action.code);
    let Some(place) = place else { return Vec::new() };
    let link = |place: Option<usize>, word: &str| {
        let action = sheet.programme.actions.get(place?)?;
        let text = format!("{word}: {}. {}", action.code, action.name);
        Some(Link { href: desk.address(&format!("notatnik/{}", action.code)), text, current: false })
    };
    [link(place.checked_sub(1), "Poprzedni wiersz"), link(place.checked_add(1), "Następny wiersz")]
        .into_iter()
        .flatten()
        .collect()
}

fn view(zone: Zone, version: &Version<RowNote>) -> VersionView {
    VersionView {
        title: format!("Wersja {}: {}, {}", version.rev, person(&version.actor), moment(zone, version.at)),
        facts: said(&version.content),
    }
}

/// A note as terms and texts.
fn said(note: &RowNote) -> Vec<Fact> {
    let fact = |term: &str, value: String| Fact { term: term.into(), value };
    let mut facts = vec![
        fact("Stan", state_words(note.state).into()),
        fact("Odpowiedzialny", note.owner.clone()),
        fact("Termin", note.deadline.clone()),
    ];
    for (source, said) in &note.sources {
        let mut text = if said.nothing_new { "nic nowego".to_owned() } else { said.text.clone() };
        if !said.facts.is_empty() {
            text += &format!("\nFakty: {}", said.facts.join(", "));
        }
        facts.push(fact(source, text));
    }
    facts
}
