//! Canonical forms and their hashes.

use std::collections::BTreeMap;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::draft::{Draft, Record};
use super::names::Form;

/// Columns of the survey that belong to the plan, or that nobody is shown.
const PLAN_COLUMNS: [&str; 3] = ["coding", "report_row", "note"];

type Row<'a> = BTreeMap<&'a str, &'a str>;

/// Hash over settings, survey and the choices that respondents see.
pub(super) fn survey(form: &Form<'_>, draft: &Draft) -> String {
    let survey: Vec<Row<'_>> =
        form.rows.entries.iter().map(|entry| row(&entry.record, &PLAN_COLUMNS)).collect();
    let places: Vec<(Option<usize>, usize)> =
        form.rows.entries.iter().map(|entry| (entry.parent, entry.section)).collect();
    let choices = lists(draft, |list| form.offers_list(list));
    hash(&(row(&draft.settings, &[]), survey, places, choices))
}

/// Hash over measures, report rows, code frames and the columns of the survey that belong to the plan.
pub(super) fn plan(form: &Form<'_>, draft: &Draft) -> String {
    let columns: Vec<Row<'_>> = form
        .rows
        .entries
        .iter()
        .map(|entry| {
            row(&entry.record, &[]).into_iter().filter(|(key, _)| PLAN_COLUMNS.contains(key)).collect()
        })
        .collect();
    let frames = lists(draft, |list| !form.offers_list(list));
    let tables = [&draft.measures, &draft.report, &draft.retired];
    let tables: Vec<Vec<(Row<'_>, Vec<&str>)>> = tables
        .iter()
        .map(|table| table.iter().map(|record| (row(record, &[]), items(record))).collect())
        .collect();
    hash(&(columns, frames, tables))
}

fn lists(draft: &Draft, wanted: impl Fn(&str) -> bool) -> BTreeMap<&str, Vec<Row<'_>>> {
    let wanted = draft.choices.iter().filter(|list| wanted(&list.name));
    wanted
        .map(|list| (list.name.as_str(), list.choices.iter().map(|choice| row(choice, &[])).collect()))
        .collect()
}

fn row<'a>(record: &'a Record, without: &[&str]) -> Row<'a> {
    let cells =
        record.cells.iter().filter(|cell| !cell.text.is_empty() && !without.contains(&cell.key.as_str()));
    cells.map(|cell| (cell.key.as_str(), cell.text.as_str())).collect()
}

fn items(record: &Record) -> Vec<&str> {
    record.cells.iter().flat_map(|cell| &cell.items).map(|(text, _)| text.as_str()).collect()
}

fn hash(canonical: &impl serde::Serialize) -> String {
    let bytes = serde_json::to_vec(canonical).expect("maps of texts always serialize");
    let mut hex = String::new();
    for byte in Sha256::digest(&bytes) {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
    }
    hex
}
