//! The smallest step of a draft, and how it is taken.

use std::fmt;
use std::str::FromStr;

use form::answers::{Path, Raw, RawRow};
use serde::{Deserialize, Serialize};

/// One field of a draft went from one text to another; the empty text stands for no answer.
///
/// `old` and `new` are equal only where a page repeated what another one had just saved: it is noted that the page
/// knows the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which field.
    pub path: Path,
    /// Its text before.
    pub old: String,
    /// Its text since.
    pub new: String,
    /// The drawn page that it came from.
    pub page: String,
}

/// A row of a repeat; printed `repeat.row` as in the buttons of the page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RowRef {
    /// Name of the repeat.
    pub repeat: String,
    /// Id of the row.
    pub row: String,
}

/// The text is not `repeat.row`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a row of a repeat: {0}")]
pub struct BadRow(pub String);

impl RowRef {
    /// The row that a field belongs to. `_ok.` and `_why.` about a field of a row belong to the response: they are kept
    /// when the row goes, count for nothing then, and are there again when it comes back.
    pub fn of(path: &Path) -> Option<Self> {
        match path {
            Path::Row { repeat, row, .. } => Some(Self { repeat: repeat.clone(), row: row.clone() }),
            Path::Question(_) => None,
        }
    }

    /// The row as it stands in a draft.
    pub(super) fn find<'a>(&self, draft: &'a Raw) -> Option<&'a RawRow> {
        draft.row(&self.repeat, &self.row)
    }

    /// All filled fields of the row in a draft.
    pub(super) fn filled(&self, draft: &Raw) -> Vec<(Path, String)> {
        let fields = self.find(draft).into_iter().flat_map(|row| &row.fields);
        fields.map(|(question, text)| (self.path(question), text.clone())).collect()
    }

    fn path(&self, question: &str) -> Path {
        let question = question.to_owned();
        Path::Row { repeat: self.repeat.clone(), row: self.row.clone(), question }
    }
}

impl fmt::Display for RowRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.repeat, self.row)
    }
}

impl FromStr for RowRef {
    type Err = BadRow;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The rules for names and row ids are those of an address inside the row.
        match format!("{text}.x").parse() {
            Ok(Path::Row { repeat, row, .. }) => Ok(Self { repeat, row }),
            _ => Err(BadRow(text.to_owned())),
        }
    }
}

/// Takes a step: a draft is its changes applied in order. Empty texts are not kept, nor rows without any text.
pub fn apply(draft: &mut Raw, change: &FieldChange) {
    if change.new.is_empty() {
        empty(draft, &change.path);
    } else {
        draft.set(&change.path, &change.new);
    }
}

fn empty(draft: &mut Raw, path: &Path) {
    match path {
        Path::Question(key) => {
            draft.fields.remove(key);
        }
        Path::Row { repeat, row, question } => {
            let Some(rows) = draft.repeats.get_mut(repeat) else { return };
            if let Some(found) = rows.iter_mut().find(|found| found.id == *row) {
                found.fields.remove(question);
            }
            rows.retain(|found| found.fields.values().any(|text| !text.is_empty()));
            if rows.is_empty() {
                draft.repeats.remove(repeat);
            }
        }
    }
}
