//! The workbook: a sheet per table, all numbers with their definitions, codebooks, answers that may be published.

use std::io::Cursor;

use form::number::Rational;
use sheet::document::{Block, Document, Inline, Row, Table};
use sheet::html::Definition;
use sheet::xlsx::{About, Column, Format, Workbook, XlsxError};
use sheet::{Decimal, Value};
use store::Tx;

use super::Material;
use super::files::ReportError;
use crate::service::Service;
use crate::service::coding::files as codes;
use crate::service::export::{Level, Sheets};
use crate::service::figures::{Figure, Figures};
use crate::service::measure_tables::plain;
use crate::service::programmes::Known;

/// The bytes of the workbook. Answers are read in the transaction that the numbers were read in.
pub(super) fn write(
    service: &Service,
    tx: &mut Tx<'_>,
    programme: &Known,
    material: &Material,
    document: &Document,
    definitions: &[Definition],
    level: Level,
) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new(&about(material, document, level))?;
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (number, table) in (1..).zip(tables) {
        of_table(&mut book, number, table, &material.figures)?;
    }
    plain_table(&mut book, "Liczby", &figures_table(material))?;
    plain_table(&mut book, "Kody odpowiedzi", &codes::table(&material.measures))?;
    meanings(&mut book, definitions)?;
    // Of a state there are no answers but those that are still the counted ones.
    for asked in material.forms.iter().filter(|_| material.is_current()) {
        let (label, names) = (asked.label.clone(), service.export_names(&asked.model, level));
        let mut sheets =
            Sheets::new(book, move |name| names.contains(&name.to_owned()).then(|| title(name, &label)));
        service.export_within(
            tx,
            programme.scope(),
            &material.edition,
            (&asked.form, &asked.model),
            (level, material.figures.synthetic),
            &mut sheets,
        )?;
        book = sheets.finish()?;
    }
    let mut out = Cursor::new(Vec::new());
    book.save(&mut out)?;
    Ok(out.into_inner())
}

/// How a table of answers is called.
fn title(name: &str, form: &str) -> String {
    match name {
        "odpowiedzi" => format!("Odpowiedzi {form}"),
        "slownik" => format!("Pytania {form}"),
        "listy" => format!("Kody {form}"),
        list => format!("{form} {list}"),
    }
}

fn about(material: &Material, document: &Document, level: Level) -> About {
    let answers = match level {
        _ if !material.is_current() => "nie ma ich: od zamrożenia stanu odpowiedzi się zmieniły",
        Level::Published => {
            "tylko pytania, które można publikować z nazwą jednostki (publish = \"unit\"); bez odpowiedzi własnymi słowami"
        }
        Level::Inside => {
            "wszystkie poza odpowiedziami własnymi słowami: do pracy wewnątrz urzędu, nie do przekazywania"
        }
    };
    let mut lines = vec![
        ("Edycja".to_owned(), material.name.to_string()),
        ("Policzono do zdarzenia nr".to_owned(), material.figures.as_of.seq.to_string()),
        ("Arkusze odpowiedzi".to_owned(), answers.to_owned()),
    ];
    lines.extend(material.state.iter().map(|state| ("Zamrożony stan".to_owned(), state.label.clone())));
    lines.extend(material.notice().map(|notice| ("Uwaga".to_owned(), notice)));
    About {
        title: document.title.clone(),
        subject: document.properties.subject.clone(),
        organisation: document.properties.organisation.clone(),
        hash: material.hash.clone(),
        made: document.properties.made,
        lines,
    }
}

fn of_table(book: &mut Workbook, number: usize, table: &Table, figures: &Figures) -> Result<(), XlsxError> {
    let titles = table.header.first().map(|row| row.cells.iter().map(|cell| words(&cell.paragraphs)));
    let rows: Vec<Vec<(Value, bool)>> = table.rows.iter().map(|row| cells(row, figures)).collect();
    let columns: Vec<Column> = titles
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(place, title)| {
            let shares = rows.iter().filter_map(|row| row.get(place)).filter(|(_, share)| *share).count();
            Column::new(title, if shares > 0 { Format::Percent } else { Format::Plain })
        })
        .collect();
    let mut sheet = book.sheet(&format!("Tabela {number}"), &columns)?;
    for row in rows {
        sheet.row(&row.into_iter().map(|(value, _)| value).collect::<Vec<_>>())?;
    }
    book.close(sheet)
}

/// Typed cells, each with whether it is a share.
fn cells(row: &Row, figures: &Figures) -> Vec<(Value, bool)> {
    row.cells.iter().map(|cell| typed(&cell.paragraphs, figures)).collect()
}

/// A cell that holds one number and nothing else is that number; others are text.
fn typed(paragraphs: &[Vec<Inline>], figures: &Figures) -> (Value, bool) {
    if let [content] = paragraphs
        && let [Inline::Number(number)] = content.as_slice()
        && let Some(figure) = figures.figures.get(&number.key)
        && let Some(value) = &figure.value
    {
        return (number_cell(value), number.text.ends_with('%'));
    }
    let text = words(paragraphs);
    (if text.is_empty() { Value::Empty } else { Value::Text(text) }, false)
}

fn number_cell(value: &Rational) -> Value {
    let text = plain(value);
    text.parse()
        .map(Value::Integer)
        .unwrap_or_else(|_| Decimal::parse(&text).map_or(Value::Text(text), Value::Decimal))
}

/// The text of paragraphs, one per line; footnotes are left out.
pub(super) fn words(paragraphs: &[Vec<Inline>]) -> String {
    paragraphs.iter().map(|content| line(content)).collect::<Vec<_>>().join("\n")
}

fn line(content: &[Inline]) -> String {
    let text = content.iter().map(|inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { content: inner, .. } => line(inner),
        Inline::Number(number) => number.text.clone(),
        Inline::Place(_) | Inline::Reference(_) | Inline::Footnote(_) => String::new(),
    });
    text.collect()
}

/// A table as a sheet.
fn plain_table(book: &mut Workbook, name: &str, table: &sheet::Table) -> Result<(), XlsxError> {
    let columns: Vec<Column> =
        table.columns.iter().map(|column| Column::new(column.title.clone(), Format::Plain)).collect();
    let mut sheet = book.sheet(name, &columns)?;
    for row in &table.rows {
        sheet.row(row)?;
    }
    book.close(sheet)
}

/// Every number with its key, as a number and as printed.
pub(super) fn figures_table(material: &Material) -> sheet::Table {
    let columns = [
        ("Edycja", "edycja"),
        ("Klucz liczby", "klucz"),
        ("Opis", "opis"),
        ("Wartość", "wartosc"),
        ("Wartość dokładna", "wartosc_dokladna"),
        ("Jak w dokumencie", "tekst"),
        ("Znaki", "znaki"),
        ("Stan liczenia", "stan_liczenia"),
        ("Skrót liczb (SHA-256)", "skrot_liczb"),
        ("Uwaga o danych", "uwaga_o_danych"),
    ];
    let text = |words: &str| if words.is_empty() { Value::Empty } else { Value::Text(words.to_owned()) };
    let signs = |figure: &Figure| figure.flags.iter().map(|flag| flag.sign()).collect::<Vec<_>>().join(" ");
    let notice = material.notice().unwrap_or_default();
    let rows = material.figures.figures.iter().map(|(key, figure)| {
        let exact = figure.value.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![
            text(&material.name.to_string()),
            text(key),
            text(&figure.label),
            figure.value.as_ref().map_or(Value::Empty, number_cell),
            text(&exact),
            text(&figure.text),
            text(&signs(figure)),
            Value::Integer(material.figures.as_of.seq),
            text(&material.hash),
            text(&notice),
        ]
    });
    let rows = rows.collect();
    sheet::Table { columns: columns.map(|(title, name)| sheet::Column::named(title, name)).into(), rows }
}

fn meanings(book: &mut Workbook, definitions: &[Definition]) -> Result<(), XlsxError> {
    let columns = ["Klucz liczby", "Opis", "Co", "Jak"].map(|title| Column::new(title, Format::Plain));
    let mut sheet = book.sheet("Definicje", &columns)?;
    for definition in definitions {
        for (what, how) in &definition.lines {
            let row = [&definition.key, &definition.title, what, how];
            sheet.row(&row.map(|words| Value::Text(words.clone())))?;
        }
    }
    book.close(sheet)
}
