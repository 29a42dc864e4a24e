//! What happened to each field since a page was drawn, seen from that page.

use std::collections::BTreeMap;

use form::answers::{Path, Raw};

use super::{FieldChange, RowRef};

/// The changes after a page's `_rev`, by field.
pub(super) struct History<'a> {
    fields: BTreeMap<&'a Path, Seen<'a>>,
    /// Whether another page had the last word on a row.
    rows: BTreeMap<RowRef, bool>,
}

struct Seen<'a> {
    /// What the page knows: what it showed, or what it saved itself since.
    known: &'a str,
    /// Whether another page had the last word.
    foreign: bool,
}

impl<'a> History<'a> {
    pub(super) fn new(changes: &'a [FieldChange], page: &str) -> Self {
        let mut fields: BTreeMap<&Path, Seen<'_>> = BTreeMap::new();
        let mut rows = BTreeMap::new();
        for change in changes {
            let seen =
                fields.entry(&change.path).or_insert(Seen { known: change.old.as_str(), foreign: false });
            seen.foreign = change.page != page;
            if !seen.foreign {
                seen.known = change.new.as_str();
            }
            if let Some(row) = RowRef::of(&change.path) {
                rows.insert(row, seen.foreign);
            }
        }
        Self { fields, rows }
    }

    /// Whether another page wrote the field last.
    pub(super) fn is_foreign(&self, path: &Path) -> bool {
        self.fields.get(path).is_some_and(|seen| seen.foreign)
    }

    /// The text that the page knows of a field.
    pub(super) fn known(&self, path: &Path, draft: &Raw) -> String {
        let current = || draft.get(path).unwrap_or_default();
        self.fields.get(path).map_or_else(current, |seen| seen.known).to_owned()
    }

    /// Whether the row is gone because somebody emptied it since the page was drawn.
    pub(super) fn is_removed(&self, row: &RowRef, draft: &Raw) -> bool {
        row.find(draft).is_none() && self.rows.contains_key(row)
    }

    /// Whether the row is gone and another page had the last word on it.
    pub(super) fn is_removed_elsewhere(&self, row: &RowRef, draft: &Raw) -> bool {
        row.find(draft).is_none() && self.rows.get(row) == Some(&true)
    }

    /// Whether the row holds a text that another page wrote and this one does not know.
    pub(super) fn is_edited_elsewhere(&self, row: &RowRef, draft: &Raw) -> bool {
        let current = |path: &Path| draft.get(path).unwrap_or_default();
        self.of_row(row).any(|(path, seen)| seen.foreign && current(path) != seen.known)
    }

    /// What the page knows of a row, filled fields only.
    pub(super) fn known_of_row(&self, row: &RowRef) -> Vec<(Path, String)> {
        self.of_row(row)
            .filter(|(_, seen)| !seen.known.is_empty())
            .map(|(path, seen)| (path.clone(), seen.known.to_owned()))
            .collect()
    }

    fn of_row<'b>(&'b self, row: &'b RowRef) -> impl Iterator<Item = (&'b Path, &'b Seen<'a>)> {
        self.fields
            .iter()
            .filter(|(path, _)| RowRef::of(path).as_ref() == Some(row))
            .map(|(path, seen)| (*path, seen))
    }
}
