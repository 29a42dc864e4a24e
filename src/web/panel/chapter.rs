//! The chapter of the report and its files.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use store::FrozenState;

use super::super::State;
use super::super::pages::{Cell, ChapterPage, Column, Fact, Link, Table};
use super::super::post;
use super::desk::{self, Desk};
use super::edition_name;
use super::files::{kept, no_file};
use crate::service::page::value;
use crate::service::panel::Member;
use crate::service::report::{Material, ReportError, Wish};
use crate::service::{EditionName, Refused, Service};

/// A file: its name in the address, its path in a report, what the link says.
type File = (&'static str, &'static str, &'static str);

/// The files in the order of the page.
const FILES: [File; 12] = [
    ("rozdzial.docx", "rozdzial.docx", "Rozdział (Word)"),
    (
        "rozdzial.html",
        "rozdzial.html",
        "Rozdział jako strona, na której każda liczba prowadzi do definicji (HTML)",
    ),
    ("tabele.xlsx", "tabele.xlsx", "Tabele, definicje i liczby (Excel)"),
    ("liczby-excel.csv", "excel/liczby.csv", "Wszystkie liczby (CSV dla polskiego Excela)"),
    ("mierniki-excel.csv", "excel/mierniki.csv", "Mierniki (CSV dla polskiego Excela)"),
    ("kody-excel.csv", "excel/kody.csv", "Kody odpowiedzi otwartych (CSV dla polskiego Excela)"),
    ("liczby.csv", "dane/liczby.csv", "Wszystkie liczby (CSV jako otwarte dane)"),
    ("mierniki.csv", "dane/mierniki.csv", "Mierniki (CSV jako otwarte dane)"),
    ("kody.csv", "dane/kody.csv", "Kody odpowiedzi otwartych (CSV jako otwarte dane)"),
    ("datapackage.json", "dane/datapackage.json", "Opis paczki danych (Data Package)"),
    ("liczby.json", "liczby.json", "Wszystkie liczby (JSON)"),
    ("liczby-kanoniczne.json", "liczby-kanoniczne.json", "Liczby pod sumą kontrolną (JSON)"),
];

/// The workbook with answers, which stays inside the office.
const WITH_ANSWERS: &str = "tabele-z-odpowiedziami.xlsx";

/// The frozen state that the address asks for: `?stan=dla-rkres`.
fn asked(request: &HttpRequest) -> Option<String> {
    value(&post::query(request), "stan").filter(|state| !state.is_empty()).map(str::to_owned)
}

/// `GET /panel/{programme}/{edition}/rozdzial`
pub(super) async fn chapter(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    let wanted = asked(&request);
    let of = wanted.clone();
    let read = move |service: &Service, name: &EditionName| -> Result<_, Refused> {
        let (material, _) = service.chapter(name, of.as_deref())?;
        Ok((material, service.states(name)?))
    };
    desk::show(&request, &state, &name, read, |desk, (material, states)| {
        page(desk, &material, &states, wanted.as_deref())
    })
    .await
}

fn page(desk: &Desk<'_>, material: &Material, states: &[FrozenState], wanted: Option<&str>) -> ChapterPage {
    let address = desk.address("rozdzial");
    let query = wanted.map(|state| format!("?stan={state}")).unwrap_or_default();
    let link = |file: &str, text: &str| Link {
        href: format!("{address}/{file}{query}"),
        text: text.to_owned(),
        current: false,
    };
    let mut downloads: Vec<Link> = FILES.iter().map(|(file, _, text)| link(file, text)).collect();
    downloads.push(link(WITH_ANSWERS, "Tabele z odpowiedziami, do pracy wewnątrz urzędu (Excel)"));
    ChapterPage {
        layout: desk.layout(format!("Rozdział raportu, edycja {}", desk.name)),
        facts: facts(material),
        states: choices(&address, states, wanted),
        downloads,
        missing: missing(desk, material),
        action: address,
        csrf: desk.csrf(),
        state: wanted.unwrap_or_default().to_owned(),
    }
}

fn choices(address: &str, states: &[FrozenState], wanted: Option<&str>) -> Vec<Link> {
    let now = Link { href: address.to_owned(), text: "liczby bieżące".into(), current: wanted.is_none() };
    let frozen = states.iter().rev().map(|state| Link {
        href: format!("{address}?stan={}", state.name),
        text: format!("zamrożony stan „{}”", state.label),
        current: wanted == Some(&state.name),
    });
    std::iter::once(now).chain(frozen).collect()
}

fn facts(material: &Material) -> Vec<Fact> {
    let fact = |term: &str, value: String| Fact { term: term.into(), value };
    let words = match (&material.state, material.is_whole) {
        (None, _) => "powstaje teraz, z bieżących tekstów notatnika",
        (Some(_), true) => "taki, jaki był w chwili zamrożenia, razem z tekstami",
        (Some(_), false) => {
            "liczby z zamrożonego stanu, teksty z bieżącego notatnika: stan jest starszy niż zamrażanie rozdziału"
        }
    };
    vec![
        fact("Policzono do", format!("zdarzenia nr {}", material.figures.as_of.seq)),
        fact("Liczb", polish::integer(material.figures.figures.len() as u64)),
        fact("Skrót liczb (SHA-256)", material.hash.clone()),
        fact("Rozdział", words.into()),
    ]
}

/// Rows in which a source that the programme names has not said anything and no survey speaks for it.
fn missing(desk: &Desk<'_>, material: &Material) -> Table {
    let rows = material.programme.actions.iter().filter_map(|action| {
        let silent = material.silent(action);
        let address = desk.address(&format!("notatnik/{}", action.code));
        (!silent.is_empty()).then(|| {
            vec![
                Cell::link(format!("{}. {}", action.code, action.name), address),
                Cell::from(silent.join(", ")),
            ]
        })
    });
    Table {
        caption: "Wiersze bez tekstu źródła".into(),
        columns: ["Wiersz", "Źródła, które nic nie podały"].map(Column::words).into(),
        rows: rows.collect(),
        empty: "Każde źródło coś podało.".into(),
    }
}

/// `GET /panel/{programme}/{edition}/rozdzial/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    let frozen = asked(&request);
    let name = file.clone();
    let make = move |service: &Service, member: &Member, edition: &EditionName| {
        let answers = file == WITH_ANSWERS;
        let known = FILES.iter().find(|(name, _, _)| *name == file).map(|(_, path, _)| *path);
        let path = if answers { Some("tabele.xlsx") } else { known };
        let path = path.ok_or_else(|| no_file(edition, &file))?;
        let wish = Wish { state: frozen, template: None, answers, only: Some(path.to_owned()) };
        match service.report(edition, &wish, &member.actor()) {
            Ok(mut bundle) => bundle.files.remove(path).ok_or_else(|| no_file(edition, &file)),
            Err(ReportError::Refused(refused)) => Err(refused),
            Err(other) => Err(Refused::Unreadable { what: "report", cause: other.to_string() }),
        }
    };
    let edition = edition_name(&programme, &edition);
    desk::read(&request, &state, &edition, make, |desk, body| kept(desk.name, &name, body)).await
}
