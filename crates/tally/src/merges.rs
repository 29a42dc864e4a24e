//! What analysts decide about answers after they were given, applied only when a measure is read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use form::CodeFrame;
use serde::{Deserialize, Serialize};

use crate::amount::{Place, Things};
use crate::bag::Bag;

/// Decisions about answers: "what this row names is the thing with that key", "this open answer has these codes".
///
/// A decision is kept with the place (repeat or question, response, row), not with what was typed, so that it touches
/// neither answers nor contributions and can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Saved", into = "Saved")]
pub struct Merges {
    things: BTreeMap<String, BTreeMap<Place, Arc<str>>>,
    codes: BTreeMap<String, BTreeMap<Place, BTreeSet<Arc<str>>>>,
    frames: BTreeMap<String, CodeFrame>,
}

impl Merges {
    /// Decides that what `place` of `list` names is the thing with this key. `list` is the repeat that is counted
    /// over or, outside of repeats, the question.
    pub fn merge(&mut self, list: &str, place: Place, key: &str) {
        self.things.entry(list.to_owned()).or_default().insert(place, Arc::from(key));
    }

    /// Gives the answer to `question` at `place` these codes of its code frame, instead of those it had.
    pub fn code<'a>(&mut self, question: &str, place: Place, codes: impl IntoIterator<Item = &'a str>) {
        let codes = codes.into_iter().map(Arc::from).collect();
        self.codes.entry(question.to_owned()).or_default().insert(place, codes);
    }

    /// Says what the codes of the answers to `question` mean.
    pub fn frame(&mut self, question: &str, frame: CodeFrame) {
        self.frames.insert(question.to_owned(), frame);
    }

    /// What the codes of the answers to `question` mean, when that was said.
    #[must_use]
    pub fn frame_of(&self, question: &str) -> Option<&CodeFrame> {
        self.frames.get(question)
    }

    /// The answers to `question` that have codes, or had them taken away.
    pub fn codes_of(&self, question: &str) -> impl Iterator<Item = (&Place, &BTreeSet<Arc<str>>)> {
        self.codes.get(question).into_iter().flatten()
    }

    /// How often each code was given to one of these open answers to `question`.
    pub(crate) fn coded(&self, question: &str, open: &Bag<Place>) -> Bag<Arc<str>> {
        let mut counts = Bag::default();
        for (place, codes) in self.codes.get(question).into_iter().flatten() {
            let times = open.times(place);
            codes.iter().for_each(|code| counts.put(Arc::clone(code), times));
        }
        counts
    }

    /// The number of different things after the decisions about `list`. O(m log n) for m decisions.
    pub(crate) fn distinct(&self, list: Option<&str>, things: &Things) -> u64 {
        let mut moved: Bag<Arc<str>> = Bag::default();
        for (place, into) in list.and_then(|list| self.things.get(list)).into_iter().flatten() {
            for (key, times) in things.at(place) {
                moved.put(Arc::clone(key), -times);
                moved.put(Arc::clone(into), times);
            }
        }
        let mut different = things.keys().different() as u64;
        for (key, change) in moved.iter() {
            let before = things.keys().times(key);
            if before > 0 && before + change <= 0 {
                different -= 1;
            } else if before <= 0 && before + change > 0 {
                different += 1;
            }
        }
        different
    }
}

/// [`Merges`] without nested keys, which JSON does not have.
#[derive(Serialize, Deserialize)]
struct Saved {
    things: Vec<(String, Place, Arc<str>)>,
    codes: Vec<(String, Place, BTreeSet<Arc<str>>)>,
    #[serde(default)]
    frames: BTreeMap<String, CodeFrame>,
}

impl From<Saved> for Merges {
    fn from(saved: Saved) -> Self {
        Merges { things: nested(saved.things), codes: nested(saved.codes), frames: saved.frames }
    }
}

impl From<Merges> for Saved {
    fn from(merges: Merges) -> Self {
        Saved { things: flat(merges.things), codes: flat(merges.codes), frames: merges.frames }
    }
}

fn nested<T>(flat: Vec<(String, Place, T)>) -> BTreeMap<String, BTreeMap<Place, T>> {
    let mut nested: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for (list, place, decision) in flat {
        nested.entry(list).or_default().insert(place, decision);
    }
    nested
}

fn flat<T>(nested: BTreeMap<String, BTreeMap<Place, T>>) -> Vec<(String, Place, T)> {
    let of_list = |(list, decisions): (String, BTreeMap<Place, T>)| {
        decisions.into_iter().map(move |(place, decision)| (list.clone(), place, decision))
    };
    nested.into_iter().flat_map(of_list).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::sync::Arc;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::Merges;
    use crate::amount::{Place, Things};
    use crate::bag::Bag;

    fn place(number: u8) -> Place {
        Place {
            response: Uuid::from_u128(u128::from(number / 3)),
            row: Some(Arc::from((number % 3).to_string())),
        }
    }

    #[test]
    fn a_decision_about_one_row_leaves_the_same_spelling_elsewhere_alone() {
        let mut things = Things::default();
        things.put(place(0), Arc::from("kurier"), 1);
        things.put(place(1), Arc::from("kurier"), 1);
        let mut merges = Merges::default();
        merges.merge("medium", place(0), "kurier lubelski");
        assert_eq!(merges.distinct(Some("medium"), &things), 2);
        assert_eq!(merges.distinct(Some("dokument"), &things), 1);
        assert_eq!(merges.distinct(None, &things), 1);
    }

    #[test]
    fn codes_count_only_where_the_answer_is_counted() {
        let mut open = Bag::default();
        open.put(place(0), 1);
        open.put(place(1), 1);
        let mut merges = Merges::default();
        merges.code("potrzeby", place(0), ["finanse", "kadra"]);
        merges.code("potrzeby", place(1), ["kadra"]);
        merges.code("potrzeby", place(2), ["kadra"]);
        let counts = merges.coded("potrzeby", &open);
        assert_eq!((counts.times("finanse"), counts.times("kadra")), (1, 2));
        merges.code("potrzeby", place(0), []);
        assert_eq!(merges.coded("potrzeby", &open).times("finanse"), 0);
    }

    proptest! {
        #[test]
        fn distinct_things_are_the_different_keys_after_the_decisions(
            named in prop::collection::btree_map(0u8..12, "[a-d]", 0..12),
            decided in prop::collection::btree_map(0u8..12, "[a-e]", 0..12),
        ) {
            let (mut things, mut merges) = (Things::default(), Merges::default());
            for (at, key) in &named {
                things.put(place(*at), Arc::from(key.as_str()), 1);
            }
            for (at, key) in &decided {
                merges.merge("medium", place(*at), key);
                merges.code("potrzeby", place(*at), [key.as_str()]);
            }
            let after: BTreeMap<_, _> = named.iter().map(|(at, key)| (at, decided.get(at).unwrap_or(key))).collect();
            let different: BTreeSet<_> = after.values().collect();
            prop_assert_eq!(merges.distinct(Some("medium"), &things), different.len() as u64);
            let saved = serde_json::to_string(&merges).unwrap();
            prop_assert_eq!(serde_json::from_str::<Merges>(&saved).unwrap(), merges);
        }
    }
}
