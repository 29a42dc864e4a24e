//! Labels, hints and messages: `${question}` insertions.

use std::ops::Range;

use super::codes;
use super::draft::{Cell, Record};
use super::report::{Finding, Report};
use crate::answers::is_name;
use crate::expr::codes as expr_codes;
use crate::model::{Part, Text};

/// What a text may insert: the name is a question with a value.
pub(super) trait Insertable {
    /// Whether the name is a question with a value.
    fn has_value(&self, name: &str) -> bool;
    /// Whether the name stands in another repeat than the row of this name.
    fn in_another_repeat(&self, name: &str, owner: &str) -> bool;
    /// The nearest name with its place, for "did you mean".
    fn nearest(&self, name: &str) -> Option<String>;
}

/// The text of a column with its translations; none where the default language has none.
pub(super) fn text(
    report: &mut Report<'_>,
    names: &dyn Insertable,
    record: &Record,
    key: &str,
    default_language: Option<&str>,
) -> Option<Text> {
    let own = record.get(key).or_else(|| record.get(&format!("{key}::{}", default_language?)));
    let mut text = own.map(|cell| Text::new(parts(report, names, record, cell)))?;
    for cell in &record.cells {
        let Some((base, language)) = cell.key.split_once("::") else { continue };
        if base == key && Some(language) != default_language && !cell.text.is_empty() {
            text.translate(language, parts(report, names, record, cell));
        }
    }
    Some(text)
}

fn parts(report: &mut Report<'_>, names: &dyn Insertable, record: &Record, cell: &Cell) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut end = 0;
    for (start, _) in cell.text.match_indices("${") {
        if start < end {
            continue;
        }
        let close = cell.text[start..].find('}').map(|close| start + close);
        let whole = start..close.map_or(cell.text.len(), |close| close + 1);
        let name = cell.text[start + 2..close.unwrap_or(cell.text.len())].trim();
        if let Some(finding) = refusal(names, record, name, close.is_some(), &place(report, cell, &whole)) {
            report.add(finding.about(record.text("name").unwrap_or_default()));
        }
        push_words(&mut parts, &cell.text[end..start]);
        parts.push(Part::Answer(name.to_owned()));
        end = whole.end;
    }
    push_words(&mut parts, &cell.text[end..]);
    parts
}

fn push_words(parts: &mut Vec<Part>, words: &str) {
    if !words.is_empty() {
        parts.push(Part::Plain(words.to_owned()));
    }
}

/// Place of a part of a cell's text.
pub(super) fn place(report: &Report<'_>, cell: &Cell, part: &Range<usize>) -> Range<usize> {
    if cell.made { cell.span.clone() } else { report.source.inside(&cell.span, part) }
}

fn refusal(
    names: &dyn Insertable,
    record: &Record,
    name: &str,
    closed: bool,
    span: &Range<usize>,
) -> Option<Finding> {
    if !closed || !is_name(name) {
        let help = "proszę dodać wiersz type = \"calculate\" i wstawić jego nazwę.";
        let message = "w tekst można wstawić tylko odpowiedź, np. ${liczba}, a nie wyrażenie";
        return Some(Finding::new(codes::TEXT_EXPRESSION, span, message).help(help));
    }
    // A choice has a name too, but it is no row of the survey.
    let owner = record.text("type").and_then(|_| record.text("name")).unwrap_or_default();
    if names.in_another_repeat(name, owner) {
        let message = format!("„{name}” stoi w innej liście, więc nie wiadomo, który wpis wstawić");
        return Some(Finding::new(expr_codes::LIST_OUTSIDE, span, message));
    }
    if names.has_value(name) {
        return None;
    }
    let message = format!("nie ma pytania o nazwie „{name}”");
    let finding = Finding::new(expr_codes::UNKNOWN_NAME, span, message);
    Some(match names.nearest(name) {
        Some(nearest) => finding.help(format!("czy chodziło o {nearest}?")),
        None => finding,
    })
}
