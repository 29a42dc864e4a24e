//! Editions, and the numbers of one by row of the report.

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use sheet::Profile;
use store::EditionState;

use super::super::State;
use super::super::answer::{ok, see_other};
use super::super::pages::{
    Cell, Column, EditionsPage, Fact, Link, NumberRow, NumbersPage, ReportPart, Table, coverage,
};
use super::coding::code_table;
use super::desk::{self, Desk};
use super::edition_name;
use super::files::{self, File, no_file};
use super::login::turned_away;
use super::{as_member, layout};
use crate::service::coding::files as codes;
use crate::service::definition::footnotes;
use crate::service::measures::{FormReading, Measures, Reconciled, ReportLine};
use crate::service::panel::{Member, Shelf};
use crate::service::{Service, measure_tables};

/// `GET /panel`
pub(super) async fn editions(request: HttpRequest, state: State) -> HttpResponse {
    match as_member(&request, &state, Service::shelves).await {
        Ok((member, shelves)) => ok(&editions_page(&state, &member, &shelves)),
        Err(refusal) => turned_away(&request, &state, &refusal),
    }
}

fn editions_page(state: &State, member: &Member, shelves: &[Shelf]) -> EditionsPage {
    let rows = shelves.iter().flat_map(|shelf| {
        shelf.editions.iter().map(|edition| {
            let address = format!("/panel/{}/{}/liczby", shelf.programme.slug, edition.slug);
            vec![
                Cell::link(edition.title.clone(), address),
                Cell::from(shelf.programme.name.clone()),
                Cell::from(state_words(edition.state)),
                Cell::from(format!(
                    "{}–{}",
                    polish::date_short(edition.opens_on),
                    polish::date_short(edition.closes_on)
                )),
            ]
        })
    });
    let synthetic = shelves.iter().any(|shelf| shelf.programme.synthetic);
    EditionsPage {
        layout: layout(state, member, "Edycje", "/panel").synthetic(synthetic),
        editions: Table {
            caption: "Edycje, do których mają Państwo dostęp".into(),
            columns: ["Edycja", "Program", "Stan", "Wypełnianie"].map(Column::words).into(),
            rows: rows.collect(),
            empty: "Nie ma jeszcze żadnej edycji. Tworzy ją polecenie: miernik edition create.".into(),
        },
    }
}

fn state_words(state: EditionState) -> &'static str {
    match state {
        EditionState::Draft => "w przygotowaniu",
        EditionState::Open => "otwarta",
        EditionState::Closed => "zamknięta",
    }
}

/// `GET /panel/{programme}/{edition}`: an edition begins with its numbers.
pub(super) async fn edition(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::read(&request, &state, &name, |_, _, _| Ok(()), |desk, ()| see_other(&desk.address("liczby"))).await
}

/// `GET /panel/{programme}/{edition}/liczby`
pub(super) async fn numbers(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let name = edition_name(&path.0, &path.1);
    desk::show(&request, &state, &name, Service::report_lines, |desk, (measures, lines)| {
        numbers_page(desk, &measures, &lines)
    })
    .await
}

fn numbers_page(desk: &Desk<'_>, measures: &Measures, lines: &[ReportLine]) -> NumbersPage {
    let address = desk.address("liczby");
    let download = |file: &str, text: &str| Link {
        href: format!("{address}/{file}"),
        text: text.to_owned(),
        current: false,
    };
    NumbersPage {
        layout: desk.layout(format!("Liczby edycji {}", desk.name)),
        facts: facts(measures),
        smallest_base: measures.smallest_base,
        downloads: vec![
            download("mierniki-excel.csv", "CSV dla polskiego Excela"),
            download("mierniki.csv", "CSV jako otwarte dane"),
            download("kody-excel.csv", "Kody odpowiedzi otwartych: CSV dla polskiego Excela"),
            download("kody.csv", "Kody odpowiedzi otwartych: CSV jako otwarte dane"),
            download("mierniki.json", "JSON"),
        ],
        parts: parts(desk, measures, lines),
    }
}

fn facts(measures: &Measures) -> Vec<Fact> {
    let counts = measures.forms.iter().map(|(form, counts)| Fact {
        term: format!("Ankieta {}: złożone z wysłanych", form.to_uppercase()),
        value: format!("{} z {}", polish::integer(counts.submitted), polish::integer(counts.invited)),
    });
    let state = Fact { term: "Policzono do".into(), value: format!("zdarzenia nr {}", measures.as_of.seq) };
    counts.chain([state]).collect()
}

fn parts(desk: &Desk<'_>, measures: &Measures, lines: &[ReportLine]) -> Vec<ReportPart> {
    let address = &desk.address("liczby");
    let rows = lines.iter().map(|line| {
        let reconciled = line.reconciled.iter().map(reconciled).collect();
        let mut part = ReportPart::new(&line.row, &line.name, line.sentences.clone(), reconciled);
        part.codes = line.codes.iter().map(|table| code_table(desk, table, measures.smallest_base)).collect();
        filled(part, address, measures, line.measures.iter())
    });
    let without_row = measures.measures.iter().filter(|m| m.reading.rows.is_empty());
    let rest = filled(ReportPart::new("", "", Vec::new(), Vec::new()), address, measures, without_row);
    rows.chain((!rest.numbers.is_empty()).then_some(rest)).collect()
}

/// A whole and its parts in words; a part larger than its whole is said aloud.
fn reconciled(found: &Reconciled) -> String {
    let warning = if found.line.fits { "" } else { " Uwaga: część jest większa od całości." };
    format!("{}: {}.{warning}", found.label, found.line.text)
}

fn filled<'a>(
    mut part: ReportPart,
    address: &str,
    measures: &Measures,
    readings: impl Iterator<Item = &'a FormReading>,
) -> ReportPart {
    for found in readings {
        let counts = measures.forms.get(&found.form).copied().unwrap_or_default();
        let mut number = NumberRow::new(&found.form, &found.reading, measures.smallest_base);
        number.coverage = coverage(counts.submitted, counts.invited, measures.smallest_base);
        number.href = format!("{address}/{}/{}", found.form, found.reading.name);
        part.put(number, &footnotes(found));
    }
    part
}

/// `GET /panel/{programme}/{edition}/liczby/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let measures = || service.measures(edition).map(Measures::published);
        let body = match file.as_str() {
            "mierniki.json" => measure_tables::json(&measures()?),
            "mierniki.csv" => measure_tables::csv(&measures()?, Profile::OpenData),
            "mierniki-excel.csv" => measure_tables::csv(&measures()?, Profile::ExcelPl),
            "kody.csv" => codes::csv(&measures()?, Profile::OpenData),
            "kody-excel.csv" => codes::csv(&measures()?, Profile::ExcelPl),
            _ => return Err(no_file(edition, &file)),
        };
        Ok(File::of("measures", file, body))
    })
    .await
}
