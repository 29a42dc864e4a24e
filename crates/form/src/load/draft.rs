//! A form as rows of cells, each with its place, before anything is checked.

use std::collections::BTreeMap;

use super::source::Span;

/// All tables of a form.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) settings: Record,
    /// The language that is shown where a row has no plain label.
    pub(super) language: Option<String>,
    pub(super) survey: Vec<Record>,
    pub(super) choices: Vec<DraftList>,
    pub(super) measures: Vec<Record>,
    pub(super) report: Vec<Record>,
    pub(super) retired: Vec<Record>,
}

impl Draft {
    /// Labels in some language in rows without a plain label, in document order.
    pub(super) fn translated(&self) -> impl Iterator<Item = &Cell> {
        let records = self.survey.iter().chain(self.choices.iter().flat_map(|list| &list.choices));
        let cells = records.filter(|record| record.get("label").is_none()).flat_map(|record| &record.cells);
        cells.filter(|cell| cell.key.starts_with("label::") && !cell.text.is_empty())
    }
}

/// A list of choices.
pub(super) struct DraftList {
    pub(super) name: String,
    pub(super) span: Span,
    pub(super) choices: Vec<Record>,
}

/// One row of a table.
#[derive(Default, Clone)]
pub(super) struct Record {
    /// The header `[[survey]]`, or the braces of a choice.
    pub(super) span: Span,
    pub(super) cells: Vec<Cell>,
}

/// One key with its value.
#[derive(Clone)]
pub(super) struct Cell {
    /// Key in its canonical spelling.
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) text: String,
    pub(super) span: Span,
    /// Elements of an array; none for a text.
    pub(super) items: Vec<(String, Span)>,
    /// Made by a conversion: a part of its text has no place of its own.
    pub(super) made: bool,
}

impl Record {
    /// The cell of a key; an empty one counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.key == key && !(cell.text.is_empty() && cell.items.is_empty()))
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).map(|cell| cell.text.as_str())
    }

    /// The text of a key, to keep.
    pub(super) fn owned(&self, key: &str) -> Option<String> {
        self.text(key).map(str::to_owned)
    }

    /// Place of a key's value, or of the whole record.
    pub(super) fn span_of(&self, key: &str) -> &Span {
        self.get(key).map_or(&self.span, |cell| &cell.span)
    }

    /// Cells whose keys are none of these.
    pub(super) fn others(&self, known: &[&str]) -> BTreeMap<String, String> {
        let others = self.cells.iter().filter(|cell| !known.contains(&base_of(&cell.key)));
        others.map(|cell| (cell.key.clone(), cell.text.clone())).collect()
    }

    /// Adds or replaces a cell made by a conversion.
    pub(super) fn make(&mut self, key: &str, text: String, span: &Span) {
        self.cells.retain(|cell| cell.key != key);
        self.cells.push(Cell {
            key: key.to_owned(),
            key_span: span.clone(),
            text,
            span: span.clone(),
            items: Vec::new(),
            made: true,
        });
    }
}

/// A key without its language: `label::English (en)` is a `label`.
pub(super) fn base_of(key: &str) -> &str {
    key.split_once("::").map_or(key, |(base, _)| base)
}
