//! What is written about a row of the report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use store::RowState;

use super::fact::placeholders;
use super::{Notebook, cleaned};
use crate::service::Refused;

/// An action of the programme in this year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNote {
    /// How far it is.
    pub state: RowState,
    /// Who is in charge.
    pub owner: String,
    /// When it is due; a day, or words such as „co roku”.
    pub deadline: String,
    /// What each source says, by its code.
    pub sources: BTreeMap<String, SourceNote>,
}

/// What one source says about a row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceNote {
    /// The answer „nic nowego”.
    pub nothing_new: bool,
    /// The text: paragraphs between empty lines, items after hyphens, headings after `##`; `{slug}` is the number of
    /// a fact, `{form.measure}` and `{form.measure.share}` are those of a measure.
    pub text: String,
    /// Short names of the facts under the text, in their order.
    pub facts: Vec<String>,
}

impl Default for RowNote {
    fn default() -> Self {
        Self {
            state: RowState::Planned,
            owner: String::new(),
            deadline: String::new(),
            sources: BTreeMap::new(),
        }
    }
}

impl SourceNote {
    /// Whether nothing at all was said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.nothing_new && self.text.is_empty() && self.facts.is_empty()
    }
}

impl RowNote {
    /// Short names of all facts that stand in the row, in texts and under them.
    pub fn facts(&self) -> impl Iterator<Item = &str> {
        self.sources.values().flat_map(|note| {
            let cited = placeholders(&note.text).into_iter().filter(|name| !is_measure(name));
            cited.chain(note.facts.iter().map(String::as_str))
        })
    }

    /// The note in the form in which it is stored.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong.
    pub(super) fn checked(&self, known: &Known<'_>) -> Result<Self, Refused> {
        let mut wrong = Vec::new();
        let mut note = Self {
            state: self.state,
            owner: cleaned("odpowiedzialny", &self.owner, 200, &mut wrong),
            deadline: cleaned("termin", &self.deadline, 100, &mut wrong),
            sources: BTreeMap::new(),
        };
        for (source, said) in &self.sources {
            if !known.sources.contains(&source.as_str()) {
                wrong.push(format!("program nie zna źródła „{source}”"));
                continue;
            }
            let said = SourceNote {
                nothing_new: said.nothing_new,
                text: cleaned(&format!("tekst {source}"), &said.text, 20_000, &mut wrong),
                facts: said.facts.clone(),
            };
            if said.nothing_new && !(said.text.is_empty() && said.facts.is_empty()) {
                wrong.push(format!("{source}: „nic nowego” nie może stać obok tekstu ani faktów"));
            }
            wrong.extend(strangers(source, &said, known));
            if known.surveyed.contains(&source.as_str()) {
                wrong.extend(
                    typed_percents(&said.text).into_iter().map(|percent| percent_words(source, &percent)),
                );
            }
            if !said.is_empty() {
                note.sources.insert(source.clone(), said);
            }
        }
        if wrong.is_empty() { Ok(note) } else { Err(Refused::Input(wrong)) }
    }
}

/// What a note is checked against.
pub(super) struct Known<'a> {
    /// The notebook before it is saved.
    pub(super) book: &'a Notebook,
    /// Codes of the programme's sources.
    pub(super) sources: Vec<&'a str>,
    /// Those of them whose data a questionnaire collects.
    pub(super) surveyed: Vec<&'a str>,
    /// `form.measure` and `form.measure.share` of everything that has one number.
    pub(super) measures: BTreeSet<String>,
}

/// Whether a name between braces is that of a measure: short names of facts have no dot.
#[must_use]
pub fn is_measure(name: &str) -> bool {
    name.contains('.')
}

/// Percents typed by hand.
fn typed_percents(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('%') {
        let before = text[..at].trim_end();
        let number: String =
            before.chars().rev().take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.')).collect();
        if number.contains(|c: char| c.is_ascii_digit()) {
            found.push(number.chars().rev().chain(['%']).collect());
        }
    }
    found
}

fn percent_words(source: &str, percent: &str) -> String {
    format!(
        "{source}: odsetek {percent} jest wpisany ręcznie, a odsetki z ankiet liczą miary. Proszę wstawić go nazwą miary w \
         klamrach, na przykład {{jst.media_jst.share}}; nazwy są w załączniku rozdziału i na stronie liczb"
    )
}

/// Facts that there are not, numbers of facts without one, and measures that there are not.
fn strangers(source: &str, said: &SourceNote, known: &Known<'_>) -> Vec<String> {
    let missing = said.facts.iter().filter(|slug| known.book.fact(slug).is_none());
    let mut wrong: Vec<String> =
        missing.map(|slug| format!("{source}: w notatniku nie ma faktu „{slug}”")).collect();
    for name in placeholders(&said.text) {
        match known.book.fact(name) {
            _ if is_measure(name) && known.measures.contains(name) => {}
            _ if is_measure(name) => wrong.push(format!(
                "{source}: edycja nie ma miary „{name}” z jedną liczbą, a tekst jej używa. Miarę podaje się jako \
                 {{ankieta.miara}}, a jej odsetek jako {{ankieta.miara.share}}"
            )),
            None => wrong.push(format!("{source}: w notatniku nie ma faktu „{name}”, a tekst go używa")),
            Some(fact) if fact.number.is_none() => {
                wrong.push(format!("{source}: fakt „{name}” nie ma liczby, a tekst jej używa"));
            }
            Some(_) => {}
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_percents_are_found_whatever_stands_between() {
        let found =
            typed_percents("22 urzędy, czyli 63% z 35, 6,5\u{a0}% i 7 % JST; {jst.x.share} i znak %.");
        assert_eq!(found, ["63%", "6,5%", "7%"]);
    }
}
