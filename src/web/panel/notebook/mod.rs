//! The notebook: texts of the report's rows, and the facts of the year.

mod facts;
mod row;

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use store::RowState;
use survey::programme::{Action, Programme};

use super::super::State;
use super::super::pages::{Cell, Column, Fact, NotebookPage, Table};
use super::desk::{self, Desk};
use super::edition_name;
use crate::service::notebook::{Notebook, RowNote, state_words};
use crate::service::{EditionName, Refused, Service};

pub(super) use facts::{facts, new_fact, one_fact, save_fact, save_new_fact};
pub(super) use row::{row, save_row};

/// `GET /panel/{programme}/{edition}/notatnik`
pub(super) async fn notebook(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    let read = |service: &Service, name: &EditionName| -> Result<_, Refused> {
        Ok((service.edition(name)?.0.declared.clone(), service.notebook(name)?))
    };
    desk::show(&request, &state, &name, read, |desk, (programme, book)| page(desk, &programme, &book)).await
}

fn page(desk: &Desk<'_>, programme: &Programme, book: &Notebook) -> NotebookPage {
    let parts = programme.goals.iter().map(|goal| {
        let actions = programme.actions.iter().filter(|action| action.goal == goal.number);
        let table = Table {
            caption: format!("Tabela {}. Działania celu {}", goal.table, goal.number),
            columns: ["Działanie", "Odpowiedzialny", "Termin", "Stan", "Teksty źródeł"]
                .map(Column::words)
                .into(),
            rows: actions.map(|action| line(desk, action, book)).collect(),
            empty: "Ten cel nie ma działań.".into(),
        };
        (format!("Cel {}. {}", goal.number, goal.name), table)
    });
    let written = programme.actions.iter().filter(|action| is_whole(action, book.row(&action.code))).count();
    let fact = |term: &str, value: String| Fact { term: term.into(), value };
    NotebookPage {
        layout: desk.layout(format!("Notatnik edycji {}", desk.name)),
        facts_address: desk.address("notatnik/fakty"),
        facts: vec![
            fact("Wiersze gotowe", format!("{written} z {}", programme.actions.len())),
            fact("Fakty roku", polish::integer(book.facts().count() as u64)),
        ],
        parts: parts.collect(),
    }
}

/// Whether every declared source of a row has said something.
fn is_whole(action: &Action, note: Option<&RowNote>) -> bool {
    note.is_some_and(|note| action.sources.iter().all(|source| note.sources.contains_key(source)))
}

fn line(desk: &Desk<'_>, action: &Action, book: &Notebook) -> Vec<Cell> {
    let note = book.row(&action.code);
    let said = |source: &String| {
        let what = match note.and_then(|note| note.sources.get(source)) {
            None => "brak",
            Some(said) if said.nothing_new => "nic nowego",
            Some(_) => "jest",
        };
        format!("{source}: {what}")
    };
    let address = desk.address(&format!("notatnik/{}", action.code));
    vec![
        Cell::link(format!("{}. {}", action.code, action.name), address),
        Cell::from(note.map(|note| note.owner.clone()).unwrap_or_default()),
        Cell::from(note.map(|note| note.deadline.clone()).unwrap_or_default()),
        Cell::from(note.map_or("", |note| state_words(note.state))),
        Cell::from(action.sources.iter().map(said).collect::<Vec<_>>().join(", ")),
    ]
}

/// In the order of a list to choose from.
const STATES: [RowState; 6] = [
    RowState::Planned,
    RowState::InProgress,
    RowState::Done,
    RowState::Continuous,
    RowState::NotStarted,
    RowState::Dropped,
];
