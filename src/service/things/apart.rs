//! What analysts told apart: two keys that are proposed to be one thing no more.
//!
//! Unlike a merge this is kept by spelling and not by place: it changes no number, only what is worth looking at. Two
//! groups stay apart while any spelling of one was told apart from any spelling of the other, so a merge of one of them
//! with a third does not bring the question back.

use std::collections::BTreeMap;

use store::{ThingDecision, ThingsApart};

use super::Group;
use super::propose::APART;

/// Everything that was ever decided about one list.
pub(super) struct Decided {
    /// About places, in the order of numbers.
    pub(super) places: Vec<ThingDecision>,
    /// About pairs of keys, in the order of numbers.
    pub(super) pairs: Vec<ThingsApart>,
}

impl Decided {
    /// Number of the newest decision; 0 without one.
    pub(super) fn rev(&self) -> i64 {
        let places = self.places.last().map(|decision| decision.number);
        let pairs = self.pairs.last().map(|decision| decision.number);
        places.max(pairs).unwrap_or_default()
    }
}

/// The newest decision about each pair, whatever it says, from all in the order of their numbers.
pub(super) fn newest(rows: &[ThingsApart]) -> BTreeMap<(&str, &str), &ThingsApart> {
    rows.iter().map(|row| ((row.one_key.as_str(), row.other_key.as_str()), row)).collect()
}

/// The decision that tells two groups apart, the newest of several.
pub(super) fn told<'a>(rows: &'a [ThingsApart], one: &Group, other: &Group) -> Option<&'a ThingsApart> {
    let about = |row: &&ThingsApart| {
        let (first, second) = (row.one_key.as_str(), row.other_key.as_str());
        one.spells(first) && other.spells(second) || one.spells(second) && other.spells(first)
    };
    let standing = newest(rows).into_values().filter(|row| row.apart).filter(about);
    standing.max_by_key(|row| row.number)
}

impl Group {
    /// Whether a key names the group or one of its entries. What was split out of a group shares no spelling with it.
    fn spells(&self, key: &str) -> bool {
        self.key == key || !self.is_split() && self.entries.iter().any(|entry| entry.own_key == key)
    }

    /// Whether an analyst split it out of what its entries spell.
    fn is_split(&self) -> bool {
        self.key.starts_with(APART)
    }

    /// Whether one of the two was split out of the other.
    pub(super) fn was_split_from(&self, other: &Self) -> bool {
        let shared =
            || self.entries.iter().any(|one| other.entries.iter().any(|two| one.own_key == two.own_key));
        (self.is_split() || other.is_split()) && shared()
    }
}
