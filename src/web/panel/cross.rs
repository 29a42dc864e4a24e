//! Cross-tables: what is chosen stands in the address, so that a table can be sent as a link.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use form::polish;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sheet::Profile;
use tally::{By, Figure};

use super::super::State;
use super::super::pages::{
    Cell, Choosable, Column, CrossPage, Link, Select, SheetBlock, Table, coverage, value_words,
};
use super::super::post::{Pairs, query};
use super::cross_pictures::picture;
use super::desk::{self, Desk};
use super::edition_name;
use super::files::{self, File, no_file};
use crate::service::cross::{CrossTable, CrossTables, CrossWanted};
use crate::service::cross_tables::{self, Reader};
use crate::service::figures::share_words;
use crate::service::page::value;
use crate::service::{EditionName, Refused, Service};

/// How a group without a value stands in an address.
const NONE: &str = "-";
/// What is said of a number that stays inside.
pub(super) const INSIDE: &str = "tylko w panelu";

/// `GET /panel/{programme}/{edition}/przekroje`
pub(super) async fn cross(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let asked = query(&request);
    let place = request.query_string().to_owned();
    desk::show(
        &request,
        &state,
        &edition_name(&path.0, &path.1),
        move |service, name| read(service, name, &asked),
        move |desk, found| page(desk, &found, &place),
    )
    .await
}

/// What the address asks for; the first measure by kind when it says nothing.
fn read(service: &Service, name: &EditionName, asked: &Pairs) -> Result<CrossTables, Refused> {
    let mut wanted = wanted(asked);
    if wanted.measures.is_empty() {
        let first = service.cross_measures(name)?.into_iter().next();
        wanted.measures.extend(first.map(|(form, measure, _)| format!("{form}.{measure}")));
    }
    service.cross_tables(name, &wanted)
}

fn wanted(asked: &Pairs) -> CrossWanted {
    let chosen = |field: &str| value(asked, field).filter(|text| !text.is_empty()).map(str::to_owned);
    let filters = asked.iter().filter(|(name, text)| {
        !["miernik", "wiersze", "kolumny"].contains(&name.as_str()) && !text.is_empty()
    });
    let only = filters.map(|(name, text)| (name.clone(), Some(text.clone()).filter(|text| text != NONE)));
    CrossWanted {
        measures: chosen("miernik").into_iter().collect(),
        by: By {
            rows: chosen("wiersze").unwrap_or_else(|| "kind".into()),
            columns: chosen("kolumny"),
            only: only.collect::<BTreeMap<_, _>>(),
        },
    }
}

fn page(desk: &Desk<'_>, found: &CrossTables, place: &str) -> CrossPage {
    let address = desk.address("przekroje");
    let download = |file: &str, text: &str| Link {
        href: format!(
            "{address}/{file}?{}",
            if place.is_empty() { default_place(found) } else { place.to_owned() }
        ),
        text: text.to_owned(),
        current: false,
    };
    let downloads = if found.tables.is_empty() {
        Vec::new()
    } else {
        vec![
            download("przekroje-excel.csv", "CSV dla polskiego Excela (bez małych grup)"),
            download("przekroje.csv", "CSV jako otwarte dane (bez małych grup)"),
            download("przekroje.json", "JSON (bez małych grup)"),
        ]
    };
    let lead = vec![
        "Każda liczba, także „ogółem”, jest policzona osobno z odpowiedzi swojej grupy. Odsetki, mediany i różne rzeczy nie sumują się z komórek: to samo wydarzenie może być w dwóch grupach.".to_owned(),
        format!(
            "Napis „{INSIDE}” stoi przy liczbach grup mniejszych niż {} urzędów i przy tych, z których dałoby się je wyliczyć. Pliki, API i dokumenty ich nie zawierają.",
            found.rules.smallest_group
        ),
    ];
    CrossPage {
        layout: desk.layout("Przekroje"),
        lead,
        action: address.clone(),
        selects: selects(found),
        downloads,
        blocks: found.tables.iter().map(|table| block(found, table)).collect(),
    }
}

fn default_place(found: &CrossTables) -> String {
    let measure =
        found.tables.first().map(|table| format!("{}.{}", table.form, table.cross.total.reading.name));
    let measure = measure.unwrap_or_default();
    format!("miernik={}&wiersze={}", utf8_percent_encode(&measure, NON_ALPHANUMERIC), found.by.rows)
}

fn selects(found: &CrossTables) -> Vec<Select> {
    let chosen_measure =
        found.tables.first().map(|table| format!("{}.{}", table.form, table.cross.total.reading.name));
    let measures = found.offered.iter().map(|(form, measure, label)| {
        let name = format!("{form}.{measure}");
        let label = format!("{}: {label}", form.to_uppercase());
        Choosable { chosen: chosen_measure.as_ref() == Some(&name), name, label }
    });
    let attribute = |chosen: Option<&str>, none: Option<&str>| -> Vec<Choosable> {
        let first = none.map(|label| Choosable {
            name: String::new(),
            label: label.into(),
            chosen: chosen.is_none(),
        });
        let all = found.names.attributes.iter().map(|(code, name)| Choosable {
            name: code.clone(),
            label: name.clone(),
            chosen: chosen == Some(code),
        });
        first.into_iter().chain(all).collect()
    };
    let select =
        |name: &str, label: &str, options| Select { name: name.into(), label: label.into(), options };
    let mut selects = vec![
        select("miernik", "Miernik", measures.collect()),
        select("wiersze", "Wiersze", attribute(Some(&found.by.rows), None)),
        select("kolumny", "Kolumny", attribute(found.by.columns.as_deref(), Some("bez kolumn"))),
    ];
    for (code, label) in &found.names.attributes {
        selects.push(select(code, &format!("Tylko: {label}"), filter(found, code)));
    }
    selects
}

fn filter(found: &CrossTables, code: &str) -> Vec<Choosable> {
    let chosen = found.by.only.get(code);
    let first = Choosable { name: String::new(), label: "wszystkie".into(), chosen: chosen.is_none() };
    let values = found.values.get(code).into_iter().flatten().map(|value| Choosable {
        name: value.clone().unwrap_or_else(|| NONE.into()),
        label: found.names.value(code, value.as_deref()),
        chosen: chosen == Some(value),
    });
    [first].into_iter().chain(values).collect()
}

fn block(found: &CrossTables, table: &CrossTable) -> SheetBlock {
    let total = &table.cross.total.reading;
    let only = cross_tables::only(found);
    let mut paragraphs = Vec::new();
    if !only.is_empty() {
        paragraphs.push(format!("Tylko jednostki: {only}."));
    }
    if let Some(caveat) = &total.caveat {
        paragraphs.push(format!("Uwaga: {caveat}"));
    }
    let pictures = picture(found, table).into_iter().collect();
    let table = if matches!(total.value, Figure::Frequencies(_)) {
        choices(found, table)
    } else {
        numbers(found, table)
    };
    SheetBlock {
        id: "tabela".into(),
        heading: total.label.clone(),
        paragraphs,
        pictures,
        tables: vec![table],
        ..SheetBlock::default()
    }
}

/// One number per cell: count first, percent second, base and coverage under it.
fn numbers(found: &CrossTables, table: &CrossTable) -> Table {
    let (cross, shown) = (&table.cross, &table.shown);
    let rows_name = found.names.attribute(&found.by.rows).unwrap_or_default();
    let column_names: Vec<String> = match &found.by.columns {
        Some(columns) => {
            cross.columns.iter().map(|value| found.names.value(columns, value.as_deref())).collect()
        }
        None => Vec::new(),
    };
    let mut columns = vec![Column::words(rows_name)];
    columns.extend(column_names.iter().map(|name| Column::numbers(name)));
    columns.push(Column::numbers("Ogółem"));
    let smallest = found.rules.smallest_base;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for (at, value) in cross.rows.iter().enumerate() {
        let mut row = vec![Cell::from(found.names.value(&found.by.rows, value.as_deref()))];
        row.extend(
            cross.cells[at]
                .iter()
                .zip(&shown.cells[at])
                .map(|(cell, is_shown)| number(cell, *is_shown, smallest)),
        );
        row.push(number(&cross.row_totals[at], shown.rows[at], smallest));
        rows.push(row);
    }
    let mut last = vec![Cell::from("Ogółem")];
    last.extend(
        cross
            .column_totals
            .iter()
            .zip(&shown.columns)
            .map(|(cell, is_shown)| number(cell, *is_shown, smallest)),
    );
    last.push(number(&cross.total, shown.total, smallest));
    rows.push(last);
    Table {
        caption: format!("Według: {rows_name}. Pod liczbą: złożone z wysłanych ankiet."),
        columns,
        rows,
        empty: String::new(),
    }
}

fn number(cell: &tally::Cell, is_shown: bool, smallest_base: u64) -> Cell {
    if cell.asked == 0 && cell.responses == 0 {
        return Cell::from("–").noting("nikogo nie pytano");
    }
    Cell::from(number_words(cell, smallest_base)).noting(under(cell, is_shown, smallest_base))
}

/// Count first, percent second, base always.
pub(super) fn number_words(cell: &tally::Cell, smallest_base: u64) -> String {
    let text = value_words(&cell.reading.value);
    let (Some(share), Some(base)) = (share_words(&cell.reading, smallest_base), cell.reading.base) else {
        return text;
    };
    let is_small = base < smallest_base;
    let base = polish::integer(base);
    if is_small { format!("{text} (n = {base})") } else { format!("{text} ({share}; n = {base})") }
}

fn under(cell: &tally::Cell, is_shown: bool, smallest_base: u64) -> String {
    let coverage = coverage(cell.responses, cell.asked, smallest_base);
    if is_shown { coverage } else { format!("{coverage}; {INSIDE}") }
}

/// A table of answers: a column per answer.
fn choices(found: &CrossTables, table: &CrossTable) -> Table {
    let (cross, shown) = (&table.cross, &table.shown);
    let rows_name = found.names.attribute(&found.by.rows).unwrap_or_default();
    let listed = |cell: &tally::Cell| match &cell.reading.value {
        Figure::Frequencies(choices) => choices.clone(),
        _ => Vec::new(),
    };
    let all = listed(&cross.total);
    let mut columns = vec![Column::words(rows_name)];
    columns.extend(all.iter().map(|choice| Column::numbers(&choice.label)));
    columns.push(Column::numbers("Złożone z wysłanych"));
    let row = |name: String, cell: &tally::Cell, is_shown: bool| {
        let own = listed(cell);
        let times =
            |code: &str| own.iter().find(|choice| choice.code == code).map_or(0, |choice| choice.count);
        let mut row = vec![Cell::from(name)];
        row.extend(all.iter().map(|choice| Cell::from(times(&choice.code))));
        let note = if is_shown { "" } else { INSIDE };
        let answered = coverage(cell.responses, cell.asked, found.rules.smallest_base);
        row.push(Cell::from(answered).noting(note));
        row
    };
    let named = cross.rows.iter().map(|value| found.names.value(&found.by.rows, value.as_deref()));
    let mut rows: Vec<Vec<Cell>> =
        named.enumerate().map(|(at, name)| row(name, &cross.row_totals[at], shown.rows[at])).collect();
    rows.push(row("Ogółem".into(), &cross.total, shown.total));
    let caption = format!("Według: {rows_name}. Przy tabeli odpowiedzi kolumnami są odpowiedzi.");
    Table { caption, columns, rows, empty: String::new() }
}

/// `GET /panel/{programme}/{edition}/przekroje/{file}`
pub(super) async fn download(
    request: HttpRequest,
    state: State,
    path: web::Path<(String, String, String)>,
) -> HttpResponse {
    let (programme, edition, file) = path.into_inner();
    let asked = query(&request);
    files::file(&request, &state, &edition_name(&programme, &edition), move |service, edition| {
        let found = || read(service, edition, &asked);
        let body = match file.as_str() {
            "przekroje.json" => cross_tables::json(&found()?, Reader::Outside),
            "przekroje.csv" => cross_tables::csv(&found()?, Profile::OpenData, Reader::Outside),
            "przekroje-excel.csv" => cross_tables::csv(&found()?, Profile::ExcelPl, Reader::Outside),
            _ => return Err(no_file(edition, &file)),
        };
        Ok(File::of("cross_tables", file, body))
    })
    .await
}
