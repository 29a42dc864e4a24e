//! A fact of the year: an event or a number with its source.

use chrono::NaiveDate;
use form::number::Rational;
use form::polish;
use serde::{Deserialize, Serialize};

use super::cleaned;
use crate::service::Refused;

/// An event or a number, entered once and placed in any number of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What happened, or what is counted.
    pub event: String,
    /// First day, where it has one.
    pub from: Option<NaiveDate>,
    /// Last day, where it took several.
    pub to: Option<NaiveDate>,
    /// The number as a decimal number with a point; kept as text, so that nothing is rounded.
    pub number: Option<String>,
    /// Of what: one word, or three forms (1, 2–4, others) with strokes between them.
    pub unit: String,
    /// The sentence of the report; `{liczba}`, `{jednostka}` and `{data}` stand for the number, its unit and the days.
    /// Without one the sentence is made of the event, the days and the number.
    pub text: String,
    /// Where it is known from.
    pub source: FactSource,
    /// Whether it was entered by mistake.
    #[serde(default)]
    pub withdrawn: bool,
}

/// Where a fact is known from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactSource {
    /// Title or address of the document.
    pub document: String,
    /// Page.
    pub page: String,
    /// Day on which it was read.
    pub accessed: Option<NaiveDate>,
}

impl Fact {
    /// The fact in the form in which it is stored.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong.
    pub(super) fn checked(&self) -> Result<Self, Refused> {
        let mut wrong = Vec::new();
        let fact = Self {
            event: cleaned("wydarzenie lub liczba", &self.event, 200, &mut wrong),
            from: self.from,
            to: self.to.filter(|to| Some(*to) != self.from),
            number: self.number.clone().filter(|number| !number.is_empty()),
            unit: cleaned("jednostka", &self.unit, 200, &mut wrong),
            text: cleaned("zdanie", &self.text, 2000, &mut wrong),
            source: FactSource {
                document: cleaned("dokument", &self.source.document, 500, &mut wrong),
                page: cleaned("strona", &self.source.page, 50, &mut wrong),
                accessed: self.source.accessed,
            },
            withdrawn: self.withdrawn,
        };
        if fact.event.is_empty() {
            wrong.push("proszę podać, co się wydarzyło albo co policzono".into());
        }
        if fact.to.is_some() && fact.to < fact.from {
            wrong.push("ostatni dzień jest wcześniej niż pierwszy".into());
        }
        if fact.from.is_none() && fact.to.is_some() {
            wrong.push("proszę podać też pierwszy dzień".into());
        }
        if fact.number.is_some() && fact.number().is_none() {
            wrong.push("liczby nie da się odczytać".into());
        }
        if ![1, 3].contains(&fact.unit.split('|').count()) {
            wrong.push("jednostka: jedno słowo albo trzy formy, np. artykuł|artykuły|artykułów".into());
        }
        if fact.number.is_some() && fact.source.document.is_empty() {
            wrong.push("liczba musi mieć źródło: proszę podać dokument".into());
        }
        for name in placeholders(&fact.text) {
            if !["liczba", "jednostka", "data"].contains(&name) {
                wrong.push(format!(
                    "{{{name}}} nic nie znaczy; można użyć {{liczba}}, {{jednostka}} i {{data}}"
                ));
            } else if name != "data" && fact.number.is_none() {
                wrong.push(format!("zdanie używa {{{name}}}, a liczby nie podano"));
            } else if name == "data" && fact.from.is_none() {
                wrong.push("zdanie używa {data}, a dnia nie podano".into());
            }
        }
        if wrong.is_empty() { Ok(fact) } else { Err(Refused::Input(wrong)) }
    }

    /// The number, exact.
    #[must_use]
    pub fn number(&self) -> Option<Rational> {
        polish::read_number(self.number.as_deref()?).ok()
    }

    /// The days as they are printed; empty without any.
    #[must_use]
    pub fn days(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{}–{} r.", polish::date_short(from), polish::date_short(to)),
            (Some(from), None) => format!("{} r.", polish::date_short(from)),
            (None, _) => String::new(),
        }
    }

    /// The form of the unit that goes with the number.
    #[must_use]
    pub fn unit_word(&self) -> String {
        let forms: Vec<&str> = self.unit.split('|').map(str::trim).collect();
        match (forms.as_slice(), self.number()) {
            ([one, few, many], Some(number)) => polish::plural(&number, one, few, many).to_owned(),
            _ => self.unit.clone(),
        }
    }

    /// The sentence with its placeholders; made of the other fields where nobody wrote one.
    #[must_use]
    pub fn sentence(&self) -> String {
        if !self.text.is_empty() {
            return self.text.clone();
        }
        let days = if self.from.is_some() { ", {data}" } else { "" };
        let number = match (self.number.is_some(), self.unit.is_empty()) {
            (false, _) => "",
            (true, true) => ": {liczba}",
            (true, false) => ": {liczba} {jednostka}",
        };
        let end = if days.is_empty() || !number.is_empty() { "." } else { "" };
        format!("{}{days}{number}{end}", self.event)
    }

    /// The source as a footnote says it; none where no document was given.
    #[must_use]
    pub fn footnote(&self) -> Option<String> {
        if self.source.document.is_empty() {
            return None;
        }
        let mut text = format!("Źródło: {}", self.source.document);
        if !self.source.page.is_empty() {
            text += &format!(", s. {}", self.source.page);
        }
        if let Some(day) = self.source.accessed {
            text += &format!(" [data dostępu: {} r.]", polish::date_short(day));
        }
        Some(text + ".")
    }
}

/// The names between braces, in order.
pub(super) fn placeholders(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        found.push(name);
        rest = after;
    }
    found
}
