//! The checked questionnaire: sections, questions, lists of choices. Immutable after loading.

mod choice;
mod compiled;
mod item;
mod question;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use choice::{Choice, ChoiceList};
pub(crate) use compiled::{Compiled, Node, NodeRef, RepeatRef, Slot, Step};
pub use item::{Group, Item, Repeat, Section};
pub use question::{Comparable, Kind, Prefill, Publish, Question};
pub use text::{Part, Text};

/// A questionnaire as respondents see it. Built by [`crate::load()`] only.
#[derive(Debug, Clone)]
pub struct Model {
    /// Title, version and the like.
    pub settings: Settings,
    /// Top-level groups in document order.
    pub sections: Vec<Section>,
    /// Lists of choices by name.
    pub choices: BTreeMap<String, Arc<ChoiceList>>,
    /// What reading and evaluating need, found once at load.
    pub(crate) compiled: Arc<Compiled>,
}

/// The `[settings]` table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// Name of the series of questionnaires ("jst"), the same every year.
    pub form_id: String,
    /// Version of the text ("2024", corrected "2024.1").
    pub version: String,
    /// Title on the first page.
    pub form_title: String,
    /// Language of labels without `::language`.
    pub default_language: Option<String>,
    /// Version this one is compared with.
    pub previous: Option<String>,
    /// Kind of units that get the questionnaire.
    pub respondents: Option<String>,
    /// Settings this version does not know, kept as they are.
    pub extra: BTreeMap<String, String>,
}

impl Model {
    /// The question of this name, at any depth.
    #[must_use]
    pub fn question(&self, name: &str) -> Option<&Question> {
        let slot = self.compiled.question_of(name)?;
        Some(&self.compiled.questions[slot])
    }

    /// All questions in document order, at all depths.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.compiled.questions.iter().map(AsRef::as_ref)
    }

    /// Whether anything in it depends on answers of the edition before: a question with `prefill`, or an expression
    /// with `previous()`.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        self.compiled.looks_back
    }

    /// The repeat of this name.
    #[must_use]
    pub fn repeat(&self, name: &str) -> Option<&Repeat> {
        self.repeats().find(|repeat| repeat.name == name)
    }

    /// All repeats in document order.
    pub fn repeats(&self) -> impl Iterator<Item = &Repeat> {
        self.compiled.repeats.iter().map(|repeat| repeat.repeat.as_ref())
    }

    /// The section (top-level group) of this name.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The section in which the question, group or repeat of this name stands.
    #[must_use]
    pub fn section_of(&self, name: &str) -> Option<&Section> {
        let node = self.compiled.node_of(name)?;
        self.sections.get(self.compiled.nodes[node].section)
    }

    /// The list of choices that a question offers, if it is a select or a rank.
    #[must_use]
    pub fn list_of(&self, question: &Question) -> Option<&ChoiceList> {
        self.choices.get(question.kind.list()?).map(AsRef::as_ref)
    }
}
