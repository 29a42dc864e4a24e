//! From what stands in a cell to the text of an answer.

use form::answers::clean;
use form::model::{ChoiceList, Kind, Question};
use form::polish::read_date;

use super::map::Column;
use crate::collate::fold;
use crate::register::Cell;

/// What a cell says about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// Nothing.
    Nothing,
    /// "Don't know / no data".
    DontKnow,
    /// An answer in the words of the questionnaire.
    Answer(String),
    /// Something that the map does not explain: kept as typed.
    Typed(String),
}

/// The text of a cell. Whole numbers have no fraction, others a comma, so that nobody takes `1.125` for thousands.
pub(super) fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Error(text) => text.clone(),
        Cell::Number(number) => number.to_string().replace('.', ","),
        Cell::Bool(true) => "tak".to_owned(),
        Cell::Bool(false) => "nie".to_owned(),
    }
}

/// The text without what no answer can hold; and whether anything had to go.
pub(super) fn tidy(text: &str) -> (String, bool) {
    match clean(text) {
        Ok(clean) => (clean, false),
        Err(_) => {
            let plain: String = text
                .chars()
                .map(|c| if c.is_control() && c != '\n' && c != '\t' { ' ' } else { c })
                .collect();
            (plain.trim().to_owned(), true)
        }
    }
}

/// What a cell says, as its column is mapped.
pub(super) fn said(column: &Column, question: &Question, list: Option<&ChoiceList>, text: &str) -> Said {
    let is_one_of = |texts: &[String]| {
        texts.iter().any(|other| fold(other) == fold(text) && other.is_empty() == text.is_empty())
    };
    if text.is_empty() || is_one_of(&column.empty) {
        return Said::Nothing;
    }
    if is_one_of(&column.dont_know) {
        return Said::DontKnow;
    }
    let found = match (&question.kind, list) {
        (Kind::SelectOne(_), Some(list)) => one(column, list, text),
        (Kind::SelectMultiple(_) | Kind::Rank(_), Some(list)) => several(column, list, text),
        (Kind::Acknowledge, _) => ticked(text).and_then(|yes| yes.then(|| "OK".to_owned())),
        (Kind::Date, _) => Some(day(text)),
        _ => Some(value(column, text).unwrap_or(text).to_owned()),
    };
    match found {
        Some(answer) => Said::Answer(answer),
        None => Said::Typed(text.to_owned()),
    }
}

/// What the map says that a text means.
fn value<'a>(column: &'a Column, text: &str) -> Option<&'a str> {
    let exact = column.values.get(text);
    let folded = || column.values.iter().find(|(other, _)| fold(other) == fold(text)).map(|(_, name)| name);
    exact.or_else(folded).map(String::as_str)
}

/// The choice: by the map, by its name, by what it says.
fn one(column: &Column, list: &ChoiceList, text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(name) = value(column, text) {
        return Some(name.to_owned());
    }
    let same = |other: &str| !fold(text).is_empty() && fold(other) == fold(text);
    let named = list.choices.iter().find(|choice| choice.name == text || same(&choice.name));
    let mut said = list.choices.iter().filter(|choice| same(&choice.label.plain()));
    let by_label = said.next().filter(|_| said.next().is_none());
    named.or(by_label).map(|choice| choice.name.clone())
}

/// Several choices in one cell. All of them must be known, else the whole text is kept.
fn several(column: &Column, list: &ChoiceList, text: &str) -> Option<String> {
    if let Some(single) = one(column, list, text) {
        return Some(single);
    }
    let parts = |separator: &str| -> Option<String> {
        let parts: Vec<&str> = text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        let names: Option<Vec<String>> = parts.iter().map(|part| one(column, list, part)).collect();
        names.filter(|names| !names.is_empty()).map(|names| names.join(" "))
    };
    match &column.separator {
        Some(separator) => parts(separator),
        None => [";", "\n", "|", " ", ","].into_iter().find_map(parts),
    }
}

/// Yes or no in a column that is a tick for one choice.
pub(super) fn ticked(text: &str) -> Option<bool> {
    match fold(text).as_str() {
        "1" | "tak" | "t" | "x" | "yes" | "true" | "prawda" | "ok" | "wybrano" | "zaznaczono" => Some(true),
        "0" | "nie" | "n" | "no" | "false" | "falsz" | "nie wybrano" => Some(false),
        _ if text.trim() == "✓" => Some(true),
        _ => None,
    }
}

/// A day without the time that other tools put behind it.
fn day(text: &str) -> String {
    let first = text.split([' ', 'T']).next().unwrap_or(text);
    if read_date(first).is_ok() { first.to_owned() } else { text.to_owned() }
}
