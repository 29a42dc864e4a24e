//! What analysts decide about answers after they were given, applied only when a measure is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::amount::{Place, Things};
use crate::bag::Bag;

/// Decisions about the things named in answers: "what this row names is the thing with that key".
///
/// A decision is kept with the place (repeat or question, response, row), not with the spelling, so that it
/// touches neither answers nor contributions and can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(String, Place, Arc<str>)>", into = "Vec<(String, Place, Arc<str>)>")]
pub struct Merges {
    things: BTreeMap<String, BTreeMap<Place, Arc<str>>>,
}

impl Merges {
    /// Decides that what `place` of `list` names is the thing with this key. `list` is the repeat that is counted
    /// over or, outside of repeats, the question.
    pub fn merge(&mut self, list: &str, place: Place, key: &str) {
        self.things.entry(list.to_owned()).or_default().insert(place, Arc::from(key));
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

impl From<Vec<(String, Place, Arc<str>)>> for Merges {
    fn from(decisions: Vec<(String, Place, Arc<str>)>) -> Self {
        let mut merges = Merges::default();
        for (list, place, key) in decisions {
            merges.merge(&list, place, &key);
        }
        merges
    }
}

impl From<Merges> for Vec<(String, Place, Arc<str>)> {
    fn from(merges: Merges) -> Self {
        let of_list = |(list, things): (String, BTreeMap<Place, Arc<str>>)| {
            things.into_iter().map(move |(place, key)| (list.clone(), place, key))
        };
        merges.things.into_iter().flat_map(of_list).collect()
    }
}
