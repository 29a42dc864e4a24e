//! `/ankieta`: the list of sections with their states.
use askama::Template;
use form::evaluate::{Evaluation, SectionState};
use form::model::Model;
use form::problem::Severity;

use super::layout::Layout;

/// The list of sections.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/sections.html")]
pub struct SectionsPage {
    /// Surroundings; its title is the questionnaire's.
    pub layout: Layout,
    /// The last day in words.
    pub deadline: String,
    /// The sections that are asked.
    pub entries: Vec<SectionEntry>,
    /// What can be done with the whole.
    pub stage: Stage,
    /// Token of the button that starts a correction.
    pub csrf: String,
    /// What just happened, such as „Zapisano o godz. 12:34.”.
    pub notice: Option<String>,
}

/// One section in the list.
#[derive(Debug, Clone)]
pub struct SectionEntry {
    /// Address of its page; none when this access does not lead to it or nothing can be written any more.
    pub href: Option<String>,
    /// Heading of the section.
    pub label: String,
    /// How far it is filled in.
    pub state: SectionState,
    /// Whether it may stay as it is: nothing was answered and nothing has to be.
    pub optional: bool,
}

impl SectionEntry {
    fn words(&self) -> &'static str {
        match self.state {
            SectionState::NotStarted if self.optional => "Nieobowiązkowa",
            SectionState::NotStarted => "Nierozpoczęta",
            SectionState::InProgress => "W trakcie",
            SectionState::Complete => "Ukończona",
            SectionState::NeedsFix => "Wymaga poprawy",
        }
    }

    fn class(&self) -> &'static str {
        match self.state {
            SectionState::NotStarted => "none",
            SectionState::InProgress => "part",
            SectionState::Complete => "full",
            SectionState::NeedsFix => "fix",
        }
    }

    /// The sections that are asked, in order. `allowed` says which ones this access leads to.
    pub fn all(model: &Model, evaluation: &Evaluation, allowed: impl Fn(&str) -> bool) -> Vec<SectionEntry> {
        let wrong = |name: &str| {
            evaluation
                .problems()
                .iter()
                .any(|found| found.section == name && found.severity == Severity::Error)
        };
        let asked = model.sections.iter().filter(|section| evaluation.section_relevant(&section.name));
        let entries = asked.map(|section| {
            let state = evaluation.section_state(&section.name);
            SectionEntry {
                href: allowed(&section.name).then(|| format!("/ankieta/czesc/{}", section.name)),
                label: section.label.render(evaluation, None),
                state,
                optional: state == SectionState::NotStarted && !wrong(&section.name),
            }
        });
        entries.collect()
    }
}

/// What can be done with the whole questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is being filled in for the first time.
    Drafting,
    /// It was sent under this number; nothing is being changed.
    Submitted {
        /// Number of the confirmation.
        number: String,
        /// Whether a correction can still be started.
        open: bool,
    },
    /// It was sent under this number and is being corrected.
    Correcting {
        /// Number of the confirmation.
        number: String,
    },
    /// The edition was closed with a draft that was never sent.
    Closed,
}

impl SectionsPage {
    /// How many sections are complete.
    fn complete(&self) -> usize {
        self.entries.iter().filter(|entry| entry.state == SectionState::Complete).count()
    }

    /// How many sections have to be complete: all but those that may stay empty.
    fn expected(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.optional).count()
    }

    /// Whether the whole can be checked and sent.
    fn ready(&self) -> bool {
        self.complete() == self.expected()
    }

    /// Whether answers are being written.
    fn writing(&self) -> bool {
        matches!(self.stage, Stage::Drafting | Stage::Correcting { .. })
    }
}
