//! A POST of a section page after reading.

use std::collections::BTreeMap;

use form::answers::Path;

use super::RowRef;

/// A parsed POST: only the fields that it named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Submitted {
    /// The revision of the draft at which the page was drawn (`_rev`).
    pub rev: u64,
    /// The drawn page (`_page`): 1 to 32 letters and digits.
    pub page: String,
    /// Fields in the order of the page, each once; the empty text empties.
    pub fields: Vec<(Path, String)>,
    /// Fields of questions marked personal. They are no part of the draft: the last one to save wins.
    pub personal: Vec<(Path, String)>,
    /// The button that was pressed.
    pub button: Option<Button>,
    /// Decisions about conflicts by the name that the conflict carries.
    pub keep: BTreeMap<String, Keep>,
}

/// The buttons of a section page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// `_save`: save and stay.
    Save,
    /// `_next`: save, check and go on.
    Next,
    /// `_add={repeat}`: save and draw one more blank row. Nothing is stored until it is filled.
    Add(String),
    /// `_remove={repeat}.{row}`: save and remove the row.
    Remove(RowRef),
    /// `_undo={repeat}.{row}`: save and bring a removed row back.
    Undo(RowRef),
    /// `_copy={question}`: save, and answer the question as in the edition before.
    Copy(Path),
    /// `_take={repeat}.{row}`: save, and take a row over from the edition before.
    Take(RowRef),
}

/// Whose value stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What this page posted.
    Mine,
    /// What the draft holds.
    Theirs,
}

/// A decision about one conflict (`_keep.{name}`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// Whose value stays.
    pub side: Side,
    /// The other value as it was shown (`_theirs.{name}`, optional). When it has changed once more since, the decision
    /// was about something else and is asked for again.
    pub shown: Option<String>,
}

impl Submitted {
    /// The decision about a name, if one was made.
    pub(super) fn side(&self, name: &str) -> Option<Side> {
        self.keep.get(name).map(|keep| keep.side)
    }

    /// The row that the POST removes.
    pub fn removes(&self) -> Option<&RowRef> {
        match &self.button {
            Some(Button::Remove(row)) => Some(row),
            _ => None,
        }
    }
}
