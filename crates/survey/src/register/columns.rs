//! Which column of an upload holds what.

use std::borrow::Cow;

use super::cell::{Cell, RawRow, is_uncomputed};
use super::code::{self, Written};
use super::known::Known;

/// Where the codes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CodeColumns {
    /// Whole codes; where the first column is blank, the next one is looked at.
    Whole(Vec<usize>),
    /// Voivodeship, powiat, gmina and type; a missing one counts as blank.
    Split([Option<usize>; 4]),
    /// There are none.
    None,
}

/// Where the names are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameColumns {
    /// One column, with the columns to look at where it is blank.
    Of(Vec<(usize, Level)>),
    /// There are none.
    None,
}

/// What a column of names leaves out because its header says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Nothing.
    Any,
    /// The word `powiat`.
    Powiat,
    /// The word `województwo`.
    Voivodeship,
}

impl Level {
    fn word(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::Powiat => "powiat ",
            Self::Voivodeship => "województwo ",
        }
    }
}

/// Which column holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) code: CodeColumns,
    pub(super) name: NameColumns,
    /// In the order of the sheet.
    pub(super) emails: Vec<usize>,
}

impl CodeColumns {
    /// What the row has as its code.
    pub(super) fn written(&self, row: &RawRow) -> Written {
        match self {
            Self::Whole(columns) => {
                let filled = columns.iter().map(|column| row.cell(*column)).find(|cell| !cell.is_blank());
                code::written(filled.unwrap_or(&Cell::Empty))
            }
            Self::Split(columns) => {
                code::split(columns.map(|column| column.map_or(&Cell::Empty, |c| row.cell(c))))
            }
            Self::None => Written::Missing,
        }
    }

    /// The cells as they stand.
    pub(super) fn shown(&self, row: &RawRow) -> String {
        let columns: Vec<usize> = match self {
            Self::Whole(columns) => {
                columns.iter().copied().find(|c| !row.cell(*c).is_blank()).into_iter().collect()
            }
            Self::Split(columns) => columns.iter().flatten().copied().collect(),
            Self::None => Vec::new(),
        };
        columns.iter().map(|column| row.cell(*column).text()).collect::<Vec<_>>().join(" ").trim().to_owned()
    }
}

/// A name as it stands in a row, and whether it may be that of a level above the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GivenName<'a> {
    /// Empty when there is none.
    pub(super) text: Cow<'a, str>,
    level: Level,
}

impl GivenName<'_> {
    /// Whether the name says anything about this unit: a powiat beside a gmina without a name does not.
    pub(super) fn is_about(&self, unit: &Known) -> bool {
        let powiat = unit.code.teryt().and_then(|code| code.powiat().map(str::to_owned));
        !self.text.is_empty()
            && match self.level {
                Level::Any => true,
                Level::Powiat => !unit.is_gmina(),
                Level::Voivodeship => powiat.is_none(),
            }
    }
}

impl NameColumns {
    /// The name as it stands; in a column of powiats with the word that the column leaves out. A formula whose result is
    /// not known says nothing.
    pub(super) fn name<'a>(&self, row: &'a RawRow) -> GivenName<'a> {
        let none = GivenName { text: Cow::Borrowed(""), level: Level::Any };
        let Self::Of(columns) = self else { return none };
        let says_nothing =
            |cell: &Cell| cell.is_blank() || matches!(cell, Cell::Text(text) if is_uncomputed(text));
        let Some((column, level)) = columns.iter().find(|(column, _)| !says_nothing(row.cell(*column)))
        else {
            return none;
        };
        let text = row.cell(*column).text();
        let word = level.word();
        let has_word = super::name::key(&text).starts_with(word);
        let text = if has_word { text } else { Cow::Owned(format!("{word}{text}")) };
        GivenName { text, level: *level }
    }
}

impl Columns {
    /// The addresses of the row as one text; the same text twice counts once. `None` when the file has no addresses.
    pub(super) fn email(&self, row: &RawRow) -> Option<String> {
        if self.emails.is_empty() {
            return None;
        }
        let mut texts: Vec<Cow<'_, str>> = Vec::new();
        for column in &self.emails {
            let cell = row.cell(*column);
            let text = cell.text();
            if !cell.is_blank() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        Some(texts.join("; "))
    }
}
