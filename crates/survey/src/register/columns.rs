//! Which column of an upload holds what.

use std::borrow::Cow;

use super::cell::{Cell, RawRow};
use super::code::{self, Written};

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

impl NameColumns {
    /// The name as it stands; in a column of powiats with the word that the column leaves out.
    pub(super) fn name<'a>(&self, row: &'a RawRow) -> Cow<'a, str> {
        let Self::Of(columns) = self else { return Cow::Borrowed("") };
        let filled = columns.iter().find(|(column, _)| !row.cell(*column).is_blank());
        let Some((column, level)) = filled else { return Cow::Borrowed("") };
        let text = row.cell(*column).text();
        let word = level.word();
        let has_word = super::name::key(&text).starts_with(word);
        if has_word { text } else { Cow::Owned(format!("{word}{text}")) }
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
