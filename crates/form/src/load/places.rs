//! Where rows and keys stand in the file: kept after loading, so that later checks can point at them.

use std::collections::{BTreeMap, HashMap};

use super::draft::{Draft, Record};
use super::report::Report;
use super::rows::Rows;
use super::source::{Source, Span};

/// A stretch of one line of the source; line and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    pub(crate) line: u32,
    pub(crate) col: u32,
    pub(crate) end_col: u32,
}

/// A row with its keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowPlaces {
    row: Place,
    /// Place of the key, then of its value.
    keys: BTreeMap<String, (Place, Place)>,
}

/// Places of a whole questionnaire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    /// The file as named by the caller.
    pub(crate) file: String,
    pub(crate) settings: RowPlaces,
    /// By name of the question, group or repeat.
    pub(crate) survey: HashMap<String, RowPlaces>,
    /// By list and name of the choice.
    pub(crate) choices: HashMap<(String, String), RowPlaces>,
    /// By id.
    pub(crate) retired: HashMap<String, RowPlaces>,
}

impl RowPlaces {
    /// Place of a key's name, or of the row where it has no such key.
    pub(crate) fn key(&self, key: &str) -> Place {
        self.keys.get(key).map_or(self.row, |(name, _)| *name)
    }

    /// Place of a key's value, or of the row where it has no such key.
    pub(crate) fn value(&self, key: &str) -> Place {
        self.keys.get(key).map_or(self.row, |(_, value)| *value)
    }
}

/// The places of all rows that have a name.
pub(super) fn read(report: &Report<'_>, draft: &Draft, rows: &Rows) -> Places {
    let source = &report.source;
    let named = |record: &Record, key: &str| Some((record.owned(key)?, row(source, record)));
    let choice =
        |list: &str, record: &Record| Some(((list.to_owned(), record.owned("name")?), row(source, record)));
    Places {
        file: source.file.to_owned(),
        settings: row(source, &draft.settings),
        survey: rows.entries.iter().filter_map(|entry| named(&entry.record, "name")).collect(),
        choices: draft
            .choices
            .iter()
            .flat_map(|list| list.choices.iter().filter_map(|record| choice(&list.name, record)))
            .collect(),
        retired: draft.retired.iter().filter_map(|record| named(record, "id")).collect(),
    }
}

fn row(source: &Source<'_>, record: &Record) -> RowPlaces {
    let keys = record
        .cells
        .iter()
        .map(|cell| (cell.key.clone(), (place(source, &cell.key_span), place(source, &cell.span))));
    RowPlaces { row: place(source, &record.span), keys: keys.collect() }
}

fn place(source: &Source<'_>, span: &Span) -> Place {
    let (line, col) = source.at(span.start);
    let number = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    Place { line: number(line), col: number(col), end_col: number(source.end_col(span)) }
}
