//! Lists of choices of two editions.

use crate::model::{Choice, ChoiceList, Comparable};

use super::years::Years;

/// One difference between two lists.
pub(super) struct ListChange<'a> {
    /// The choice of the previous edition; none where a choice is new.
    pub(super) old: Option<&'a Choice>,
    /// The choices that continue it, or the new one; none where it was dropped.
    pub(super) new: Vec<&'a Choice>,
    /// Whether its own keys say how to compare.
    pub(super) explained: bool,
}

impl ListChange<'_> {
    /// How far the answers can be compared, as the choices say: the most cautious of them.
    pub(super) fn comparable(&self) -> Option<Comparable> {
        self.new.iter().filter_map(|choice| choice.comparable).max()
    }
}

/// Names of the choices of the previous edition that a choice continues: `was` (several with spaces), or its own.
pub(super) fn sources(choice: &Choice) -> Vec<&str> {
    match &choice.was {
        Some(was) => was.split_whitespace().collect(),
        None => vec![choice.name.as_str()],
    }
}

/// What changed, old choices first. The order of choices and years in their texts do not count.
pub(super) fn changes<'a>(old: &'a ChoiceList, new: &'a ChoiceList, years: &Years) -> Vec<ListChange<'a>> {
    let mut changes = Vec::new();
    for before in &old.choices {
        let after: Vec<&Choice> =
            new.choices.iter().filter(|choice| sources(choice).contains(&before.name.as_str())).collect();
        let same_text = after.len() == 1 && years.same(&before.label.plain(), &after[0].label.plain());
        let alone = after.len() == 1 && sources(after[0]).len() == 1;
        if same_text && alone && after[0].name == before.name && after[0].comparable.is_none() {
            continue;
        }
        let said = !after.is_empty() && after.iter().all(|choice| choice.comparable.is_some());
        changes.push(ListChange { old: Some(before), explained: said || (same_text && alone), new: after });
    }
    let is_new = |choice: &&Choice| sources(choice).iter().all(|name| old.choice(name).is_none());
    changes.extend(new.choices.iter().filter(is_new).map(|choice| ListChange {
        old: None,
        // A `was` that names nothing is a problem of its own.
        explained: choice.comparable.is_some() || choice.was.is_some(),
        new: vec![choice],
    }));
    changes
}
