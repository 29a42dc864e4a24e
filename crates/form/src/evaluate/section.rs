//! How far a section is filled in.

use serde::Serialize;

use super::{Evaluation, Status};
use crate::answers::ProblemKind;
use crate::problem::Severity;

/// How far a section is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionState {
    /// Nothing was answered yet.
    NotStarted,
    /// Something was answered, something required is missing.
    InProgress,
    /// Nothing blocks sending.
    Complete,
    /// An answer has to be corrected.
    NeedsFix,
}

impl Evaluation {
    /// How far the section is filled in. A section that is not asked, or asks nothing, is complete.
    #[must_use]
    pub fn section_state(&self, section: &str) -> SectionState {
        let (asked, started) = self.asked_and_started(section);
        let mut errors = self
            .problems
            .iter()
            .filter(|problem| problem.section == section && problem.severity == Severity::Error)
            .map(|problem| problem.kind)
            .peekable();
        let missing = errors.peek().is_some();
        if errors.any(|kind| !matches!(kind, ProblemKind::Required | ProblemKind::TooFewRows)) {
            SectionState::NeedsFix
        } else if asked && !started {
            SectionState::NotStarted
        } else if missing {
            SectionState::InProgress
        } else {
            SectionState::Complete
        }
    }

    /// Whether the section asks anything, and whether anything of it was answered.
    fn asked_and_started(&self, section: &str) -> (bool, bool) {
        let (mut asked, mut started) = (false, false);
        for (number, question) in self.compiled.questions.iter().enumerate() {
            if question.section != section || !question.is_answerable() {
                continue;
            }
            let rows = self.compiled.slots[number].repeat.map_or(1, |repeat| self.rows[repeat].len());
            for status in &self.statuses.column(number)[..rows] {
                asked |= *status != Status::NotRelevant;
                started |= !matches!(status, Status::NotRelevant | Status::Missing);
            }
        }
        let lists = self.compiled.repeats.iter().filter(|found| found.repeat.section == section);
        for found in lists {
            asked |= *self.relevant.at(found.node, 0);
        }
        (asked, started)
    }
}
