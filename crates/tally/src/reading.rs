//! One measure as it is read: the number, what it is a part of and how the question was answered.

use std::sync::Arc;

use form::number::{Rational, half_up};
use form::plan::{Base, Function};
use serde::{Serialize, Serializer};

/// Decimal places with which numbers are handed out; inside they stay exact.
const PLACES: u32 = 6;

/// A measure with its value. Serialised as in the `measures` document, where the field is called `fn`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Name of the measure.
    pub name: String,
    /// What it says, in words.
    pub label: String,
    /// How it was counted.
    #[serde(rename = "fn", serialize_with = "function")]
    pub function: Function,
    /// What was counted.
    pub value: Figure,
    /// Of distinct things: how many places name them, before any two fall together.
    #[serde(skip)]
    pub entries: Option<u64>,
    /// Responses in the base that are behind the value; none without a base.
    pub numerator: Option<u64>,
    /// Responses in the base; none without a base.
    pub denominator: Option<u64>,
    /// The same number as the denominator.
    pub base: Option<u64>,
    /// Which responses are the base.
    #[serde(serialize_with = "base_kind")]
    pub base_kind: Option<Base>,
    /// Numerator by denominator, exact, from 0 to 1; none without a base and for an empty one.
    #[serde(serialize_with = "json_number")]
    pub share: Option<Rational>,
    /// The share in whole percent ("40%"), "–" for an empty base, and in what is handed out for one that is too small for
    /// a percentage; none without a base.
    pub share_text: Option<String>,
    /// Responses in which `of` has a value; like the next three none without `of`.
    pub answered: Option<u64>,
    /// Responses that were asked and left it empty.
    pub missing: Option<u64>,
    /// Responses that answered "don't know / no data".
    pub dont_know: Option<u64>,
    /// Responses that were not asked.
    pub not_relevant: Option<u64>,
    /// Of the missing, those where something was typed that cannot be read; not in the document.
    #[serde(skip)]
    pub unreadable: Option<u64>,
    /// Of the answered, those whose every value is a real zero; not in the document.
    #[serde(skip)]
    pub zero: Option<u64>,
    /// Rows of the report in which the measure stands.
    pub rows: Vec<String>,
    /// A footnote that goes with the number.
    pub caveat: Option<String>,
}

impl Reading {
    /// Whether nothing was counted, so that a zero would be said of nobody: no response, or none with a value although
    /// some were asked.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        let was_asked = self.missing.unwrap_or_default() + self.dont_know.unwrap_or_default() > 0;
        self.value == Figure::Nothing
            || (self.answered == Some(0) && (was_asked || self.not_relevant == Some(0)))
    }

    /// The share where its base is large enough for a percentage; of smaller ones only counts are given.
    #[must_use]
    pub fn percentage(&self, smallest_base: u64) -> Option<&Rational> {
        self.share.as_ref().filter(|_| self.base.is_some_and(|base| base >= smallest_base))
    }
}

/// The value of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// There is none: nothing was answered. Not the same as zero.
    Nothing,
    /// One number, exact.
    Number(Rational),
    /// A count per choice, in the order of the list.
    Frequencies(Vec<Frequency>),
    /// The answers, ordered by unit and row.
    Texts(Vec<Arc<str>>),
}

/// How often a choice was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Frequency {
    /// Name of the choice.
    pub code: String,
    /// Its text; the code again where the list has no such choice any more.
    pub label: String,
    /// Responses (or rows) that took it.
    pub count: u64,
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Figure::Nothing => serializer.serialize_none(),
            Figure::Number(value) => number(value, serializer),
            Figure::Frequencies(frequencies) => frequencies.serialize(serializer),
            Figure::Texts(texts) => texts.serialize(serializer),
        }
    }
}

/// `number` of a value that may be missing; for `serde(serialize_with)`.
///
/// # Errors
/// Those of the serializer.
pub fn json_number<S: Serializer>(value: &Option<Rational>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// A JSON number: whole numbers as such, others half-up at six places.
fn number<S: Serializer>(value: &Rational, serializer: S) -> Result<S::Ok, S::Error> {
    let text = half_up(value, PLACES);
    let plain = text.trim_end_matches('0').trim_end_matches('.');
    if let Ok(whole) = plain.parse::<i64>() {
        return serializer.serialize_i64(whole);
    }
    // The double nearest to six decimals prints as these decimals.
    let near: f64 = plain.parse().map_err(serde::ser::Error::custom)?;
    serializer.serialize_f64(near)
}

fn function<S: Serializer>(function: &Function, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(function.name())
}

fn base_kind<S: Serializer>(base: &Option<Base>, serializer: S) -> Result<S::Ok, S::Error> {
    base.map(Base::name).serialize(serializer)
}
