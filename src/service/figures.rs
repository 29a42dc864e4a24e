//! Every number of an edition under a key that stays: what documents are bound to, what frozen states are made of and
//! what two states are compared by.
//!
//! Keys: `{form}.invited`, `{form}.submitted`, `{form}.submitted.share`, `{form}.{measure}`, its parts
//! `{form}.{measure}.share`, `.numerator`, `.base`, `.entries` (of different things, before any two fall together), and
//! `{form}.{measure}.{choice}` for a table of frequencies. Answers themselves (`list`) are no figures.
//! Facts of the notebook: `fakt.{fact}`.
//! Indicators: `wskaznik.{code}.{years}` and its siblings, see [`super::indicators`].
//! Public lists of entities: `lista.{kind}.{day}` and what follows from them.
//! Codes of open answers: `{form}.{question}.kody.{code}` with `.answered` and `.all` for its parts, and
//! `{form}.{question}.odpowiedzi` with `.saying` (of which `.answered` of a code is the part), `.coded`, `.off_topic`,
//! `.illegible`.

use std::collections::{BTreeMap, BTreeSet};

use form::number::Rational;
use form::polish;
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use store::{Edition, Tx};
use tally::{Figure as Counted, Reading};

use super::coding::tables::CodeTable;
use super::entities::JOBS;
use super::measures::{AsOf, Measures};
use super::notebook::read_notebook;
use super::programmes::Known;
use super::{EditionName, Refused, Service, hex, indicators};

/// All figures of an edition at one state of counting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// `programme/edition`.
    pub edition: String,
    /// Up to which event they count. That an edition is frozen changes no number, so the canonical form leaves it out.
    #[serde(serialize_with = "counted_up_to")]
    pub as_of: AsOf,
    /// Whether the answers are made up.
    pub synthetic: bool,
    /// The figures by key.
    pub figures: BTreeMap<String, Figure>,
}

/// One number, exact and as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it says.
    pub label: String,
    /// The number; none where there is no value.
    #[serde(serialize_with = "exact", deserialize_with = "fraction")]
    pub value: Option<Rational>,
    /// As it stands in a document: `1 090`, `48,46%`, `–`.
    pub text: String,
    /// Why it has to be read with care; printed as footnotes.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub flags: BTreeSet<Flag>,
}

/// Why a number has to be read with care. Goes over to every number computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Some of what it counts is not there yet.
    Incomplete,
    /// The question or the rule changed: not comparable with earlier years.
    DefinitionChanged,
    /// There is no data where there should be some.
    NoData,
}

impl Flag {
    /// The sign that stands beside the number, as the statistical office has it: `k`, `M`, `b.d.`.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Incomplete => "k",
            Self::DefinitionChanged => "M",
            Self::NoData => "b.d.",
        }
    }
}

impl Figure {
    /// A count.
    #[must_use]
    pub fn count(label: impl Into<String>, number: u64) -> Self {
        Self::number(label, &Rational::from_integer(number.into()))
    }

    /// A number, printed as in sentences: with as few decimals as it needs, two at most.
    #[must_use]
    pub fn number(label: impl Into<String>, number: &Rational) -> Self {
        let text = tally::printed(number);
        Self { label: label.into(), value: Some(number.clone()), text, flags: BTreeSet::new() }
    }

    /// A share in whole percent; counts of a whole that is too small for a percentage; a dash of nothing.
    #[must_use]
    pub fn share(label: impl Into<String>, part: u64, whole: u64, smallest_base: u64) -> Self {
        if whole == 0 {
            return Self::nothing(label);
        }
        if whole < smallest_base {
            return Self { text: counts_words(part, whole), ..Self::nothing(label) };
        }
        let value = Rational::new(part.into(), whole.into());
        let text = polish::percent(&value, 0);
        Self { label: label.into(), value: Some(value), text, flags: BTreeSet::new() }
    }

    /// A value that nobody gave: not a zero.
    #[must_use]
    pub fn no_data(label: impl Into<String>) -> Self {
        Self { text: tally::NO_DATA.into(), ..Self::nothing(label) }
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
        hash_of(&self.canonical())
    }

    /// The figures of all measures.
    fn of(measures: &Measures) -> Self {
        let mut figures = BTreeMap::new();
        for (form, counts) in &measures.forms {
            let label = |what: &str| format!("Ankieta {}: {what}", form.to_uppercase());
            figures.insert(format!("{form}.invited"), Figure::count(label("wysłane"), counts.invited));
            figures.insert(format!("{form}.submitted"), Figure::count(label("złożone"), counts.submitted));
            let words = label("złożone z wysłanych");
            let share = Figure::share(words, counts.submitted, counts.invited, measures.smallest_base);
            figures.insert(format!("{form}.submitted.share"), share);
        }
        for measure in &measures.measures {
            let key = format!("{}.{}", measure.form, measure.reading.name);
            let flags: BTreeSet<Flag> = measure.notes.iter().map(|(flag, _)| *flag).collect();
            let flagged = of_reading(&key, &measure.reading, measures.smallest_base).into_iter();
            figures.extend(flagged.map(|(key, figure)| (key, Figure { flags: flags.clone(), ..figure })));
        }
        for table in &measures.codes {
            figures.extend(of_codes(table, measures.smallest_base));
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
        self.store.read("figures", |tx| {
            let (programme, edition) = self.edition_in(tx, name)?;
            self.read_figures(tx, name, &programme, &edition)
        })
    }

    /// All figures of an edition as one snapshot has them. Whoever makes new numbers adds them here.
    pub(super) fn read_figures(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        programme: &Known,
        edition: &Edition,
    ) -> Result<Figures, Refused> {
        // Documents, states and files are made of figures, so only what may leave the panel is among them.
        let (measures, _) = self.read_measures(tx, name, programme, edition)?;
        let measures = measures.published();
        let mut figures = Figures::of(&measures);
        let indicators = self.read_indicators(tx, name, programme, edition, &measures)?;
        figures.figures.extend(indicators::figures(&indicators));
        let book = read_notebook(tx, programme.scope(), edition.id)?;
        figures.figures.extend(book.figures());
        let jobs = programme.declared.jobs.as_ref().map(|jobs| jobs.form.as_str());
        let of_few = jobs.is_some_and(|form| measures.is_too_few(form));
        let lists = self.list_figures(tx, programme, edition)?.into_iter().map(|(key, figure)| {
            let is_hidden = of_few && key.starts_with(JOBS);
            let figure = if is_hidden { Figure::no_data(figure.label) } else { figure };
            (key, figure)
        });
        figures.figures.extend(lists);
        if edition.frozen {
            figures.as_of.frozen = self.holds(tx, programme, edition, &figures)?;
        }
        Ok(figures)
    }
}

/// SHA-256 of a canonical form, 64 hexadecimal digits.
pub(super) fn hash_of(canonical: &[u8]) -> String {
    hex(&Sha256::digest(canonical))
}

fn of_reading(key: &str, reading: &Reading, smallest_base: u64) -> Vec<(String, Figure)> {
    let label = || reading.label.clone();
    let mut found = match &reading.value {
        Counted::Nothing => vec![(key.to_owned(), Figure::no_data(label()))],
        Counted::Number(number) => vec![(key.to_owned(), Figure::number(label(), number))],
        Counted::Frequencies(choices) => choices
            .iter()
            .map(|one| {
                let label = format!("{}: {}", reading.label, one.label);
                let number = || Figure::count(&label, one.count);
                let figure = if reading.is_unknown() { Figure::no_data(&label) } else { number() };
                (format!("{key}.{}", one.code), figure)
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
    if let Some(text) = share_words(reading, smallest_base) {
        let value = reading.percentage(smallest_base).cloned();
        let share = Figure { text, value, ..Figure::nothing(label()) };
        found.push((format!("{key}.share"), share));
    }
    found
}

fn fraction<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Rational>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom)).transpose()
}

/// Units by code, and how many of the answers say anything.
fn of_codes(table: &CodeTable, smallest_base: u64) -> Vec<(String, Figure)> {
    let reading = &table.reading;
    let key = format!("{}.{}", table.form, reading.question);
    let mut found: Vec<(String, Figure)> = [
        ("", "z odpowiedzią", reading.answered),
        (".saying", "z odpowiedzią na temat", reading.saying()),
        (".coded", "z odpowiedzią, która ma kod", reading.coded),
        (".off_topic", "z odpowiedzią nie na temat", reading.off_topic),
        (".illegible", "z odpowiedzią nieczytelną", reading.illegible),
    ]
    .map(|(part, what, number)| {
        (format!("{key}.odpowiedzi{part}"), Figure::count(format!("{}: {what}", reading.label), number))
    })
    .into();
    for code in &reading.codes {
        let (key, label) =
            (format!("{key}.kody.{}", code.code), format!("{}: {}", reading.label, code.label));
        let saying = (!code.kind.says_nothing()).then(|| reading.saying());
        for (part, base) in [("answered", saying), ("all", Some(reading.responses))] {
            let share = Figure::share(&label, code.count, base.unwrap_or_default(), smallest_base);
            found.push((format!("{key}.{part}"), share));
        }
        found.push((key, Figure::count(label, code.count)));
    }
    if reading.uncoded() > 0 {
        found.iter_mut().for_each(|(_, figure)| _ = figure.flags.insert(Flag::Incomplete));
    }
    found
}

fn counted_up_to<S: serde::Serializer>(as_of: &AsOf, serializer: S) -> Result<S::Ok, S::Error> {
    BTreeMap::from([("seq", as_of.seq)]).serialize(serializer)
}

/// A fraction in lowest terms, `135` or `61/127`.
fn exact<S: serde::Serializer>(value: &Option<Rational>, serializer: S) -> Result<S::Ok, S::Error> {
    value.as_ref().map(ToString::to_string).serialize(serializer)
}

/// A share as it is printed: a percentage, or the counts where the base is too small for one.
#[must_use]
pub fn share_words(reading: &Reading, smallest_base: u64) -> Option<String> {
    let base = reading.base?;
    let counts = || counts_words(reading.numerator.unwrap_or_default(), base);
    if reading.share.is_some() && reading.percentage(smallest_base).is_none() {
        Some(counts())
    } else {
        reading.share_text.clone()
    }
}

/// Part and whole where a percent of so few would only look exact.
fn counts_words(part: u64, whole: u64) -> String {
    format!("{} z {}", polish::integer(part), polish::integer(whole))
}
