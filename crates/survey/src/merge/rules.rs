//! The rules of merging.

use std::collections::BTreeMap;

use form::answers::{Path, Raw};

use super::history::History;
use super::{FieldChange, RowRef, Side, Submitted, apply};

/// What became of a POST. The draft is the former one with `changes` applied in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// The new draft; holds everything that did not conflict.
    pub draft: Raw,
    /// What changed; empty when the POST brought nothing new.
    pub changes: Vec<FieldChange>,
    /// What a person must decide; none of it is in the draft yet.
    pub conflicts: Vec<Conflict>,
}

/// Two pages want different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Both changed a field.
    Field {
        /// Which field.
        path: Path,
        /// What this page posted.
        mine: String,
        /// What the draft holds.
        theirs: String,
    },
    /// This page removes a row that another one has edited since.
    RemovedHere {
        /// Which row.
        row: RowRef,
        /// Its filled fields as the draft holds them.
        theirs: Vec<(Path, String)>,
    },
    /// This page edits a row that another one has removed since.
    RemovedThere {
        /// Which row.
        row: RowRef,
        /// Its filled fields as this page would have them.
        mine: Vec<(Path, String)>,
    },
}

impl Conflict {
    /// The name under which the decision is posted: `_keep.{name}` = `mine` or `theirs`.
    pub fn name(&self) -> String {
        match self {
            Self::Field { path, .. } => path.to_string(),
            Self::RemovedHere { row, .. } | Self::RemovedThere { row, .. } => row.to_string(),
        }
    }
}

/// Merges a POST into the draft.
///
/// `base_changes` are the changes of the response after the page's revision, oldest first; `theirs` is the draft now.
/// Never fails: what conflicts is reported, the rest is in the result.
pub fn merge(base_changes: &[FieldChange], theirs: &Raw, mine: &Submitted) -> Merged {
    let history = History::new(base_changes, &mine.page);
    let merged = Merged { draft: theirs.clone(), ..Merged::default() };
    let mut merging = Merging { history, before: theirs, mine, merged };
    merging.plain_fields();
    for (row, fields) in rows_in_page_order(mine) {
        merging.row(&row, &fields);
    }
    if let Some(row) = mine.removes() {
        merging.removal(row);
    }
    merging.merged
}

type Posted<'a> = (&'a Path, &'a str);

/// Posted fields by row; the rows in the order of the page, in which new ones are stored.
fn rows_in_page_order(mine: &Submitted) -> Vec<(RowRef, Vec<Posted<'_>>)> {
    let mut places = BTreeMap::new();
    let mut rows: Vec<(RowRef, Vec<Posted<'_>>)> = Vec::new();
    for (path, text) in &mine.fields {
        let Some(row) = RowRef::of(path) else { continue };
        let place = *places.entry(row.clone()).or_insert_with(|| {
            rows.push((row, Vec::new()));
            rows.len() - 1
        });
        rows[place].1.push((path, text));
    }
    rows
}

struct Merging<'a> {
    history: History<'a>,
    /// The draft as it was before the POST.
    before: &'a Raw,
    mine: &'a Submitted,
    merged: Merged,
}

impl Merging<'_> {
    fn plain_fields(&mut self) {
        let mine = self.mine;
        for (path, text) in mine.fields.iter().filter(|(path, _)| RowRef::of(path).is_none()) {
            self.field(path, text);
        }
    }

    fn row(&mut self, row: &RowRef, posted: &[Posted<'_>]) {
        if self.mine.removes() == Some(row) && self.leaves_removed_row_alone(row) {
            return;
        }
        if self.history.is_removed_elsewhere(row, self.before) {
            return self.removed_there(row, posted);
        }
        posted.iter().for_each(|(path, text)| self.field(path, text));
    }

    /// The rule for one field.
    fn field(&mut self, path: &Path, text: &str) {
        let current = self.merged.draft.get(path).unwrap_or_default().to_owned();
        let known = self.history.known(path, &self.merged.draft);
        let foreign = self.history.is_foreign(path);
        if text == current {
            if foreign && text != known {
                self.change(path, text);
            }
            return;
        }
        let decision = self.mine.keep.get(&path.to_string());
        let decided = decision.filter(|keep| {
            keep.side == Side::Theirs || keep.shown.as_ref().is_none_or(|shown| *shown == current)
        });
        match decided.map(|keep| keep.side) {
            Some(Side::Theirs) => {}
            Some(Side::Mine) => self.change(path, text),
            None if !foreign || current == known => self.change(path, text),
            None if text == known => {}
            None => self.merged.conflicts.push(Conflict::Field {
                path: path.clone(),
                mine: text.to_owned(),
                theirs: current,
            }),
        }
    }

    /// The page posts a row that another one removed since.
    fn removed_there(&mut self, row: &RowRef, posted: &[Posted<'_>]) {
        let known = |path: &Path| self.history.known(path, &self.merged.draft);
        if posted.iter().all(|(path, text)| known(path) == *text) {
            return;
        }
        let mut whole: BTreeMap<Path, String> = self.history.known_of_row(row).into_iter().collect();
        for (path, text) in posted {
            whole.insert((*path).clone(), (*text).to_owned());
        }
        whole.retain(|_, text| !text.is_empty());
        match self.mine.side(&row.to_string()) {
            Some(Side::Theirs) => {}
            Some(Side::Mine) => {
                whole.iter().for_each(|(path, text)| self.change(path, text));
                posted.iter().for_each(|(path, text)| self.field(path, text));
            }
            None if whole.is_empty() => {}
            None => {
                let mine = whole.into_iter().collect();
                self.merged.conflicts.push(Conflict::RemovedThere { row: row.clone(), mine });
            }
        }
    }

    /// Whether what was typed into a row that this POST removes is passed over: the row is gone already, or the
    /// removal itself is in question. Otherwise it is saved first, so that undoing brings it back.
    fn leaves_removed_row_alone(&self, row: &RowRef) -> bool {
        self.mine.side(&row.to_string()).is_some()
            || self.history.is_removed(row, self.before)
            || self.history.is_edited_elsewhere(row, self.before)
    }

    fn removal(&mut self, row: &RowRef) {
        let theirs = row.filled(&self.merged.draft);
        let asks = row.find(self.before).is_some() && self.history.is_edited_elsewhere(row, self.before);
        match self.mine.side(&row.to_string()) {
            Some(Side::Theirs) => {}
            None if asks => {
                self.merged.conflicts.push(Conflict::RemovedHere { row: row.clone(), theirs });
            }
            _ => theirs.iter().for_each(|(path, _)| self.change(path, "")),
        }
    }

    fn change(&mut self, path: &Path, new: &str) {
        let change = FieldChange {
            path: path.clone(),
            old: self.merged.draft.get(path).unwrap_or_default().to_owned(),
            new: new.to_owned(),
            page: self.mine.page.clone(),
        };
        apply(&mut self.merged.draft, &change);
        self.merged.changes.push(change);
    }
}
