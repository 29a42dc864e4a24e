//! Bringing a removed row back.

use std::collections::BTreeMap;

use form::answers::{Path, Raw};

use super::{FieldChange, RowRef};

/// The changes that bring a removed row back as it was when it was removed; none when it stands in the draft or was
/// never there. `changes` are the response's changes, oldest first, at least those of the row.
pub fn undo_removal(changes: &[FieldChange], draft: &Raw, row: &RowRef, page: &str) -> Vec<FieldChange> {
    if row.find(draft).is_some() {
        return Vec::new();
    }
    let of_row = |change: &&FieldChange| RowRef::of(&change.path).as_ref() == Some(row);
    let steps: Vec<&FieldChange> =
        changes.iter().filter(of_row).filter(|change| change.old != change.new).rev().collect();
    let Some(last) = steps.first() else { return Vec::new() };
    // The removal is the newest run of fields that one page emptied.
    let removal = steps.iter().take_while(|step| step.page == last.page && step.new.is_empty());
    let lost: BTreeMap<&Path, &str> = removal.map(|step| (&step.path, step.old.as_str())).collect();
    lost.into_iter()
        .map(|(path, old)| FieldChange {
            path: path.clone(),
            old: draft.get(path).unwrap_or_default().to_owned(),
            new: old.to_owned(),
            page: page.to_owned(),
        })
        .collect()
}
