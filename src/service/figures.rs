//! Every number of an edition under a key that stays: what documents are bound to, what frozen states are made of and
//! what two states are compared by.
//!
//! Keys: `{form}.invited`, `{form}.submitted`, `{form}.{measure}`, its parts `{form}.{measure}.share`, `.numerator`,
//! `.base`, `.entries` (of different things, before any two fall together), and `{form}.{measure}.{choice}` for a table
//! of frequencies. Answers themselves (`list`) are no figures.

use std::collections::{BTreeMap, BTreeSet};

use form::number::Rational;
use form::polish;
use serde::Serialize;
use sha2::{Digest, Sha256};
use tally::{Figure as Counted, Reading};

use super::measures::{AsOf, Measures};
use super::{EditionName, Refused, Service, hex};

/// All figures of an edition at one state of counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// `programme/edition`.
    pub edition: String,
    /// Up to which event they count.
    pub as_of: AsOf,
    /// Whether the answers are made up.
    pub synthetic: bool,
    /// The figures by key.
    pub figures: BTreeMap<String, Figure>,
}

/// One number, exact and as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it says.
    pub label: String,
    /// The number; none where there is no value.
    #[serde(serialize_with = "exact")]
    pub value: Option<Rational>,
    /// As it stands in a document: `1 090`, `48,46%`, `–`.
    pub text: String,
    /// Why it has to be read with care; printed as footnotes.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
}

/// Why a number has to be read with care. Goes over to every number computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Some of what it counts is not there yet.
    Incomplete,
    /// The question or the rule changed: not comparable with earlier years.
    DefinitionChanged,
    /// There is no data where there should be some.
    NoData,
}

impl Figure {
    /// A count.
    #[must_use]
    pub fn count(label: impl Into<String>, number: u64) -> Self {
        Self::number(label, &Rational::from_integer(number.into()))
    }

    /// A number; whole ones without decimals, others with two.
    #[must_use]
    pub fn number(label: impl Into<String>, number: &Rational) -> Self {
        let text = match number.is_integer() {
            true => polish::integer(number.to_integer()),
            false => polish::decimal(number, 2),
        };
        Self { label: label.into(), value: Some(number.clone()), text, flags: BTreeSet::new() }
    }

    /// A place without a number.
    #[must_use]
    pub fn nothing(label: impl Into<String>) -> Self {
        Self { label: label.into(), value: None, text: "–".into(), flags: BTreeSet::new() }
    }
}

impl Figures {
    /// The same numbers give the same bytes: keys in order, numbers as fractions, no spaces.
    ///
    /// # Panics
    /// Never: keys are texts and numbers are written as texts.
    #[must_use]
    pub fn canonical(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a document with texts as keys")
    }

    /// SHA-256 of [`Figures::canonical`], 64 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.canonical()))
    }

    /// The figures of all measures.
    fn of(measures: &Measures) -> Self {
        let mut figures = BTreeMap::new();
        for (form, counts) in &measures.forms {
            let label = |what: &str| format!("Ankieta {}: {what}", form.to_uppercase());
            figures.insert(format!("{form}.invited"), Figure::count(label("wysłane"), counts.invited));
            figures.insert(format!("{form}.submitted"), Figure::count(label("złożone"), counts.submitted));
        }
        for measure in &measures.measures {
            let key = format!("{}.{}", measure.form, measure.reading.name);
            figures.extend(of_reading(&key, &measure.reading));
        }
        Self {
            edition: measures.edition.clone(),
            as_of: measures.as_of,
            synthetic: measures.synthetic,
            figures,
        }
    }
}

impl Service {
    /// All figures of an edition at this moment.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn figures(&self, name: &EditionName) -> Result<Figures, Refused> {
        Ok(Figures::of(&self.measures(name)?))
    }
}

fn of_reading(key: &str, reading: &Reading) -> Vec<(String, Figure)> {
    let label = || reading.label.clone();
    let mut found = match &reading.value {
        Counted::Nothing => vec![(key.to_owned(), Figure::nothing(label()))],
        Counted::Number(number) => vec![(key.to_owned(), Figure::number(label(), number))],
        Counted::Frequencies(choices) => choices
            .iter()
            .map(|one| {
                let label = format!("{}: {}", reading.label, one.label);
                (format!("{key}.{}", one.code), Figure::count(label, one.count))
            })
            .collect(),
        Counted::Texts(_) => Vec::new(),
    };
    let parts = [("numerator", reading.numerator), ("base", reading.base), ("entries", reading.entries)];
    found.extend(
        parts
            .into_iter()
            .filter_map(|(part, number)| Some((format!("{key}.{part}"), Figure::count(label(), number?)))),
    );
    if let Some(text) = &reading.share_text {
        let share = Figure { text: text.clone(), value: reading.share.clone(), ..Figure::nothing(label()) };
        found.push((format!("{key}.share"), share));
    }
    found
}

/// A fraction in lowest terms, `135` or `61/127`.
fn exact<S: serde::Serializer>(value: &Option<Rational>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(serializer)
}
