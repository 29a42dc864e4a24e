//! A chapter that people have edited comes back: what would change in it, and the document with the numbers of now.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::super::State;
use super::super::answer::{ok, page};
use super::super::pages::{Cell, Column, DeskFailurePage, Fact, RefreshedPage, Table};
use super::super::upload::{File, LIMIT, Upload};
use super::desk::{self, Desk};
use super::edition_name;
use super::files::kept;
use super::missing::sentence;
use crate::service::page::value;
use crate::service::report::{Changed, Refreshed, Told, UpdateError, not_refreshed};
use crate::service::{EditionName, Refused, Service};

/// The field with the document.
const DOCUMENT: &str = "dokument";
const FILE_NAME: &str = "rozdzial-odswiezony.docx";

/// What came of a document.
enum Outcome {
    /// It cannot be used, and why.
    Unusable(String),
    /// The list of what would change.
    Preview(Box<Told>),
    /// The refreshed document.
    Document(Vec<u8>),
}

/// `POST /panel/{programme}/{edition}/rozdzial`
pub(super) async fn refresh(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
    form: Multipart,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    let work = |service: &Service, member: &_, name: &_, sent| refreshed(service, member, name, &sent);
    desk::take(&request, &state, &name, (form, DOCUMENT), work, |desk, outcome| match outcome {
        Outcome::Unusable(why) => unusable(desk, why),
        Outcome::Preview(told) => ok(&preview(desk, &told)),
        Outcome::Document(bytes) => kept(&name, FILE_NAME, bytes),
    })
    .await
}

fn refreshed(
    service: &Service,
    member: &crate::service::panel::Member,
    name: &EditionName,
    sent: &Upload,
) -> Result<Outcome, Refused> {
    let bytes = match &sent.file {
        File::Empty => {
            return Ok(Outcome::Unusable("Nie wybrano pliku albo plik jest pusty.".into()));
        }
        File::TooLarge => {
            let most = LIMIT >> 20;
            return Ok(Outcome::Unusable(format!(
                "Plik ma więcej niż {most} MB. Proszę w Wordzie skompresować dołożone obrazy i zapisać dokument ponownie."
            )));
        }
        File::Bytes(bytes) => bytes,
    };
    let frozen = value(&sent.pairs, "stan").filter(|state| !state.is_empty());
    let is_preview = value(&sent.pairs, "pokaz").is_some();
    let done = match is_preview {
        true => service.report_preview(name, frozen, bytes),
        false => service.report_update(name, frozen, bytes, &member.actor()),
    };
    match done {
        Ok(Refreshed { told, .. }) if is_preview => Ok(Outcome::Preview(Box::new(told))),
        Ok(Refreshed { bytes, .. }) => Ok(Outcome::Document(bytes)),
        Err(error) => match (not_refreshed(&error, name), error) {
            (Some(why), _) => Ok(Outcome::Unusable(sentence(&why))),
            (None, UpdateError::Refused(refused)) => Err(refused),
            (None, error) => Err(Refused::Unreadable { what: "document", cause: error.to_string() }),
        },
    }
}

fn unusable(desk: &Desk<'_>, why: String) -> HttpResponse {
    let remedy = "Dokument jest tylko u Państwa: nie zapisujemy go i nic się w nim nie zmieniło.";
    let refused = DeskFailurePage {
        layout: desk.layout("Nie odświeżono dokumentu").with_errors(true),
        troubles: vec![why, remedy.into()],
        back: desk.address("rozdzial"),
        typed: Vec::new(),
    };
    page(StatusCode::UNPROCESSABLE_ENTITY, &refused)
}

fn preview(desk: &Desk<'_>, told: &Told) -> RefreshedPage {
    let doubtful: Vec<&Changed> = told.changes.iter().filter(|change| !change.doubts.is_empty()).collect();
    RefreshedPage {
        layout: desk.layout(format!("Co się zmieni w dokumencie, edycja {}", desk.name)),
        facts: vec![
            fact("Zmienią się liczby w miejscach", form::polish::integer(told.changes.len() as u64)),
            fact("Zdania do sprawdzenia", form::polish::integer(doubtful.len() as u64)),
            fact("Skrót liczb (SHA-256)", told.hash.clone()),
        ],
        doubts: doubts(&doubtful),
        changes: changes(&told.changes),
        pictures: pictures(told),
        lists: told.lists(),
        back: desk.address("rozdzial"),
    }
}

fn fact(term: &str, value: String) -> Fact {
    Fact { term: term.into(), value }
}

fn doubts(doubtful: &[&Changed]) -> Table {
    let rows = doubtful.iter().map(|change| {
        vec![
            Cell::from(plain(&change.sentence)),
            Cell::from(format!("{} → {}", change.old, change.new)),
            Cell::from(change.doubts.join("; ")),
        ]
    });
    Table {
        caption: "Zdania, które mogą już nie pasować".into(),
        columns: ["Zdanie po odświeżeniu", "Zmiana", "Co sprawdzić"].map(Column::words).into(),
        rows: rows.collect(),
        empty: "Nie znaleziono zdań, które przestałyby pasować do liczb.".into(),
    }
}

fn changes(changes: &[Changed]) -> Table {
    let rows = changes.iter().map(|change| {
        vec![
            Cell::from(change.title.clone()).noting(change.key.clone()),
            Cell::from(change.old.clone()),
            Cell::from(change.new.clone()),
            Cell::from(plain(&change.sentence)).noting(place(change.place)),
        ]
    });
    Table {
        caption: "Liczby, które się zmienią".into(),
        columns: vec![
            Column::words("Liczba"),
            Column::numbers("Jest"),
            Column::numbers("Będzie"),
            Column::words("Zdanie po odświeżeniu"),
        ],
        rows: rows.collect(),
        empty: "Żadna liczba w dokumencie się nie zmieni.".into(),
    }
}

fn pictures(told: &Told) -> Table {
    let rows = told.pictures.iter();
    Table {
        caption: "Rysunki".into(),
        columns: ["Rysunek", "Co się z nim stanie"].map(Column::words).into(),
        rows: rows.map(|one| vec![Cell::from(one.title.clone()), Cell::from(one.remark)]).collect(),
        empty: "Żaden rysunek się nie zmieni.".into(),
    }
}

fn place(place: &str) -> &'static str {
    match place {
        "footnote" => "w przypisie",
        "header" => "w nagłówku",
        "footer" => "w stopce",
        _ => "",
    }
}

/// A paragraph on one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
