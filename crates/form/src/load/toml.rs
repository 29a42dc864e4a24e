//! TOML text to rows of cells.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::codes;
use super::columns::{self, canonical};
use super::draft::{Cell, Draft, DraftList, Record};
use super::report::{Finding, Report};
use super::source::Span;
use super::syntax;

type Value<'i> = Spanned<DeValue<'i>>;

/// The tables of the file; none when it is no TOML.
pub(super) fn draft(report: &mut Report<'_>) -> Option<Draft> {
    let text = report.source.text;
    let table = match DeTable::parse(text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let (message, help) = syntax::explain(error.message());
            let span = error.span().unwrap_or(0..1);
            report.add(Finding::new(codes::SYNTAX, &span, message).help(help));
            return None;
        }
    };
    let mut draft = Draft::default();
    for (key, value) in &table {
        let name: &str = key.get_ref();
        match name {
            "settings" => draft.settings = settings(report, value),
            "survey" => draft.survey = rows(report, name, value),
            "choices" => draft.choices = lists(report, value),
            "measures" => draft.measures = rows(report, name, value),
            "report" => draft.report = rows(report, name, value),
            "retired" => draft.retired = rows(report, name, value),
            other => {
                let known = ["settings", "survey", "choices", "measures", "report", "retired"];
                let message = format!("nieznana tabela „{other}”; zachowujemy ją, ale nic nie zmienia");
                report.add(
                    Finding::new(codes::UNKNOWN_KEY, &key.span(), message).near(super::near(other, known)),
                );
            }
        }
    }
    Some(draft)
}

fn settings(report: &mut Report<'_>, value: &Value<'_>) -> Record {
    match value.get_ref() {
        DeValue::Table(table) => record(report, value.span(), table),
        _ => {
            shape(report, &value.span(), "[settings] powinno być tabelą");
            Record::default()
        }
    }
}

fn rows(report: &mut Report<'_>, name: &str, value: &Value<'_>) -> Vec<Record> {
    let DeValue::Array(array) = value.get_ref() else {
        shape(
            report,
            &value.span(),
            &format!("każdy wiersz zaczyna się od nagłówka [[{name}]] w podwójnych nawiasach"),
        );
        return Vec::new();
    };
    let mut rows = Vec::new();
    for item in array.iter() {
        match item.get_ref() {
            DeValue::Table(table) => rows.push(record(report, item.span(), table)),
            _ => shape(report, &item.span(), &format!("w tabeli [[{name}]] stoi coś, co nie jest wierszem")),
        }
    }
    rows
}

fn lists(report: &mut Report<'_>, value: &Value<'_>) -> Vec<DraftList> {
    let DeValue::Table(table) = value.get_ref() else {
        shape(report, &value.span(), "[choices] powinno być tabelą list odpowiedzi");
        return Vec::new();
    };
    let mut lists = Vec::new();
    for (key, value) in table {
        let name: &str = key.get_ref();
        lists.push(DraftList {
            name: name.to_owned(),
            span: key.span(),
            choices: rows(report, &format!("choices.{name}"), value),
        });
    }
    lists
}

fn record(report: &mut Report<'_>, span: Span, table: &DeTable<'_>) -> Record {
    let cells = table.iter().filter_map(|(key, value)| cell(report, key.get_ref(), key.span(), value));
    let mut cells: Vec<Cell> = cells.collect();
    cells.sort_by_key(|cell| cell.key_span.start);
    for place in 1..cells.len() {
        if cells[..place].iter().any(|before| before.key == cells[place].key) {
            let message =
                format!("kolumna „{}” stoi w tym wierszu drugi raz w innej pisowni", cells[place].key);
            report.add(Finding::new(codes::SHAPE, &cells[place].key_span, message));
        }
    }
    Record { span, cells }
}

fn cell(report: &mut Report<'_>, key: &str, key_span: Span, value: &Value<'_>) -> Option<Cell> {
    let mut cell = Cell {
        key: canonical(key),
        key_span,
        text: String::new(),
        span: value.span(),
        items: Vec::new(),
        made: false,
    };
    match value.get_ref() {
        DeValue::Array(array) if cell.key == "rows" => {
            for item in array.iter() {
                if let Some(text) = scalar(item) {
                    cell.items.push((text, item.span()));
                }
            }
        }
        _ => match scalar(value) {
            Some(text) => cell.text = text,
            None if columns::is_known(&cell.key) => {
                shape(
                    report,
                    &value.span(),
                    &format!("wartość klucza „{key}” powinna być tekstem w cudzysłowie"),
                );
                return None;
            }
            None => cell.text = report.source.text.get(value.span()).unwrap_or_default().to_owned(),
        },
    }
    Some(cell)
}

/// A single value as text: `true` is `yes`, numbers as they are written.
fn scalar(value: &Value<'_>) -> Option<String> {
    match value.get_ref() {
        DeValue::String(text) => Some(text.clone().into_owned()),
        DeValue::Boolean(truth) => Some(if *truth { "yes" } else { "no" }.to_owned()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn shape(report: &mut Report<'_>, span: &Span, message: &str) {
    report.add(Finding::new(codes::SHAPE, span, message));
}
