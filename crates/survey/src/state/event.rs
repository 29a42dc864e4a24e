//! What can have happened to an invitation.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How far the checking of a submission is. Never changes what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Came in.
    Received,
    /// Looked at.
    Checked,
    /// The office was asked to look again.
    Returned,
    /// Done with.
    Accepted,
}

/// What was learnt otherwise than through the questionnaire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The answers came on paper or by telephone and were entered by an analyst.
    AnsweredOtherwise,
    /// The office said that it will not answer.
    Refused,
    /// The questionnaire does not concern the unit.
    NotApplicable,
    /// The invitation was taken back.
    Withdrawn,
}

/// What an outcome means for the response rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counts {
    /// As a unit that answered.
    Answered,
    /// As a unit that did not.
    NotAnswered,
    /// Not at all: the unit leaves the frame.
    LeavesFrame,
}

impl Outcome {
    /// What the outcome means for the response rate.
    pub fn counts(self) -> Counts {
        match self {
            Self::AnsweredOtherwise => Counts::Answered,
            Self::Refused => Counts::NotAnswered,
            Self::NotApplicable | Self::Withdrawn => Counts::LeavesFrame,
        }
    }
}

/// A step that was decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The first POST.
    Started,
    /// The draft changed.
    Saved {
        /// Its new revision.
        rev: u64,
    },
    /// The draft was copied into a submission.
    Submitted {
        /// Which one of the response.
        ordinal: u32,
        /// The draft's new revision.
        rev: u64,
    },
    /// The respondent began to correct.
    CorrectionBegun {
        /// The draft's new revision.
        rev: u64,
    },
    /// A submission was taken out of the count.
    Withdrawn {
        /// Which one of the response.
        ordinal: u32,
    },
    /// The invitation was opened again, or for longer.
    Reopened {
        /// Its new last day.
        closes_on: NaiveDate,
    },
    /// The invitation was closed by hand.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// The checking went on.
    Reviewed {
        /// To where.
        review: Review,
    },
    /// An outcome was recorded, or taken back.
    OutcomeRecorded {
        /// Which one.
        outcome: Option<Outcome>,
    },
}
