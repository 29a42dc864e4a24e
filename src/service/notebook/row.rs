//! What is written about a row of the report.

use std::collections::BTreeMap;

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
    /// a fact.
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
            placeholders(&note.text).into_iter().chain(note.facts.iter().map(String::as_str))
        })
    }

    /// The note in the form in which it is stored.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong.
    pub(super) fn checked(&self, book: &Notebook, sources: &[&str]) -> Result<Self, Refused> {
        let mut wrong = Vec::new();
        let mut note = Self {
            state: self.state,
            owner: cleaned("odpowiedzialny", &self.owner, 200, &mut wrong),
            deadline: cleaned("termin", &self.deadline, 100, &mut wrong),
            sources: BTreeMap::new(),
        };
        for (source, said) in &self.sources {
            if !sources.contains(&source.as_str()) {
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
            wrong.extend(strangers(source, &said, book));
            if !said.is_empty() {
                note.sources.insert(source.clone(), said);
            }
        }
        if wrong.is_empty() { Ok(note) } else { Err(Refused::Input(wrong)) }
    }
}

/// Facts that there are not, and numbers of facts without one.
fn strangers(source: &str, said: &SourceNote, book: &Notebook) -> Vec<String> {
    let missing = said.facts.iter().filter(|slug| book.fact(slug).is_none());
    let mut wrong: Vec<String> =
        missing.map(|slug| format!("{source}: w notatniku nie ma faktu „{slug}”")).collect();
    for slug in placeholders(&said.text) {
        match book.fact(slug) {
            None => wrong.push(format!("{source}: w notatniku nie ma faktu „{slug}”, a tekst go używa")),
            Some(fact) if fact.number.is_none() => {
                wrong.push(format!("{source}: fakt „{slug}” nie ma liczby, a tekst jej używa"));
            }
            Some(_) => {}
        }
    }
    wrong
}
