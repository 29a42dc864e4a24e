//! What one measure holds of the counted submissions: one element of a commutative group.

use std::ops::Bound;
use std::sync::Arc;

use form::evaluate::Status;
use form::number::Rational;
use num_bigint::BigInt;
use num_traits::Zero;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use crate::bag::Bag;
use crate::ranked::Ranked;

/// Everything a measure needs of a response, a stratum or an edition. The same shape for every `fn`; what a
/// measure does not need stays zero and is not serialised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Amount {
    /// Responses by the state of `of`.
    #[serde(skip_serializing_if = "is_default")]
    pub statuses: Statuses,
    /// Responses in the base.
    #[serde(skip_serializing_if = "is_default")]
    pub base: i64,
    /// Responses in the base that are behind the value.
    #[serde(skip_serializing_if = "is_default")]
    pub numerator: i64,
    /// Responses, or rows of the repeat counted over, that are behind the value.
    #[serde(skip_serializing_if = "is_default")]
    pub hits: i64,
    /// Sum of the values.
    #[serde(skip_serializing_if = "is_default")]
    pub sum: Rational,
    /// The values themselves, for median, minimum and maximum.
    #[serde(skip_serializing_if = "Ranked::is_empty")]
    pub numbers: Ranked,
    /// Chosen answers, for frequencies.
    #[serde(skip_serializing_if = "Bag::is_empty")]
    pub codes: Bag<Arc<str>>,
    /// Distinct things with the places where they are named.
    #[serde(skip_serializing_if = "Things::is_empty")]
    pub things: Things,
    /// Open answers that analysts sort into a code frame, for frequencies of codes.
    #[serde(skip_serializing_if = "Bag::is_empty")]
    pub open: Bag<Place>,
    /// Answers to be listed.
    #[serde(skip_serializing_if = "Bag::is_empty")]
    pub lines: Bag<Line>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Amount {
    /// Adds `times` times the other amount; −1 takes it out again.
    pub(crate) fn put_all(&mut self, other: &Amount, times: i64) {
        self.statuses.put_all(&other.statuses, times);
        self.base += other.base * times;
        self.numerator += other.numerator * times;
        self.hits += other.hits * times;
        match times {
            _ if other.sum.is_zero() => {}
            1 => self.sum += &other.sum,
            _ => self.sum += &other.sum * BigInt::from(times),
        }
        self.numbers.put_all(&other.numbers, times);
        self.codes.put_all(&other.codes, times);
        self.things.put_all(&other.things, times);
        self.open.put_all(&other.open, times);
        self.lines.put_all(&other.lines, times);
    }

    /// Whether nothing is in it.
    pub(crate) fn is_zero(&self) -> bool {
        let counts = [self.base, self.numerator, self.hits];
        counts == [0; 3]
            && self.statuses == Statuses::default()
            && self.sum.is_zero()
            && self.numbers.is_empty()
            && self.codes.is_empty()
            && self.things.is_empty()
            && self.open.is_empty()
            && self.lines.is_empty()
    }
}

/// Responses by the state of the question that a measure is about. In a repeat any row decides, the best first:
/// answered, then don't know, then missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statuses {
    /// Has a value.
    pub answered: i64,
    /// Was asked and left empty (or holds what cannot be read).
    pub missing: i64,
    /// "Don't know / no data".
    pub dont_know: i64,
    /// Was not asked.
    pub not_relevant: i64,
    /// Of the missing, those where something was typed that cannot be read.
    #[serde(default)]
    pub unreadable: i64,
    /// Of the answered, those whose every value is a real zero.
    #[serde(default)]
    pub zero: i64,
}

impl Statuses {
    /// Counts one more response in this state; `zero` tells whether its every value is a real zero.
    pub(crate) fn count(&mut self, status: Status, zero: bool) {
        match status {
            Status::Answered => self.answered += 1,
            Status::DontKnow => self.dont_know += 1,
            Status::Missing | Status::Unreadable => self.missing += 1,
            Status::NotRelevant => self.not_relevant += 1,
        }
        self.unreadable += i64::from(status == Status::Unreadable);
        self.zero += i64::from(status == Status::Answered && zero);
    }

    fn put_all(&mut self, other: &Statuses, times: i64) {
        self.answered += other.answered * times;
        self.missing += other.missing * times;
        self.dont_know += other.dont_know * times;
        self.not_relevant += other.not_relevant * times;
        self.unreadable += other.unreadable * times;
        self.zero += other.zero * times;
    }
}

/// Where a thing is named: a response and, in a repeat, the id of its row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The response.
    pub response: Uuid,
    /// The row's id, in a repeat.
    pub row: Option<Arc<str>>,
}

/// Distinct things: each with the places where it is named, so that merges can be applied when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Bag<(Place, Arc<str>)>")]
pub struct Things {
    named: Bag<(Place, Arc<str>)>,
    /// How many places name each key; follows from `named`, kept so that reading need not walk it.
    keys: Bag<Arc<str>>,
}

impl Things {
    /// Puts in the thing with this key, named at this place.
    pub fn put(&mut self, place: Place, key: Arc<str>, times: i64) {
        self.keys.put(Arc::clone(&key), times);
        self.named.put((place, key), times);
    }

    fn put_all(&mut self, other: &Things, times: i64) {
        self.named.put_all(&other.named, times);
        self.keys.put_all(&other.keys, times);
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// Key by key, how many places name it.
    pub fn keys(&self) -> &Bag<Arc<str>> {
        &self.keys
    }

    /// The keys of the things named at `place` with their numbers; one, unless a response is being exchanged.
    pub fn at<'a>(&'a self, place: &Place) -> impl Iterator<Item = (&'a Arc<str>, i64)> + use<'a> {
        let place = place.clone();
        let start = Bound::Included((place.clone(), Arc::from("")));
        self.named
            .range((start, Bound::Unbounded))
            .take_while(move |((at, _), _)| *at == place)
            .map(|((_, key), n)| (key, n))
    }
}

impl Serialize for Things {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.named.serialize(serializer)
    }
}

impl From<Bag<(Place, Arc<str>)>> for Things {
    fn from(named: Bag<(Place, Arc<str>)>) -> Self {
        let mut keys = Bag::default();
        for ((_, key), n) in named.iter() {
            keys.put(Arc::clone(key), n);
        }
        Things { named, keys }
    }
}

/// An answer to be listed; the order of lines is the order in which they are printed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// Sort key of the unit.
    pub unit: Arc<[u8]>,
    /// The response, for units that sort alike.
    pub response: Uuid,
    /// Position of the row in its repeat, from 0; 0 outside of repeats.
    pub row: u32,
    /// The answer.
    pub text: Arc<str>,
}
