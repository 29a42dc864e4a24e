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
    let mut steps = changes.iter().filter(|change| RowRef::of(&change.path).as_ref() == Some(row)).rev();
    let Some(last) = steps.next() else { return Vec::new() };
    let mut lost: BTreeMap<&Path, &str> = BTreeMap::new();
    // The removal is the newest run of emptied fields by one page, each field once.
    for step in std::iter::once(last).chain(steps) {
        let removal = step.page == last.page && step.new.is_empty() && !lost.contains_key(&step.path);
        if !removal {
            break;
        }
        lost.insert(&step.path, &step.old);
    }
    lost.into_iter()
        .filter(|(_, old)| !old.is_empty())
        .map(|(path, old)| FieldChange {
            path: path.clone(),
            old: draft.get(path).unwrap_or_default().to_owned(),
            new: old.to_owned(),
            page: page.to_owned(),
        })
        .collect()
}
