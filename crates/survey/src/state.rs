//! States of an invitation, and what may be done in which.
//!
//! A use case loads a [`State`], asks [`decide`], stores the events and what they imply. A state is changed by
//! [`State::apply`] only. Nothing here ever takes a submission out of the count but withdrawing it.

mod decide;
mod event;

#[cfg(test)]
mod tests;

pub use decide::{Command, Refusal, decide};
pub use event::{Counts, Event, Outcome, Review};

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::calendar::{Phase, Window};

/// How far a respondent is. There is no „opened”: looking changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Respondent {
    /// Nothing was ever posted.
    NotStarted,
    /// There is a draft and no submission that counts.
    Started,
    /// The draft is as submitted.
    Submitted,
    /// A submission counts and is being corrected.
    Correcting,
}

/// What is known of a submission without its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sent {
    /// 1 for the first submission of the response, then 2, 3, ...
    pub ordinal: u32,
    /// Taken out of the count.
    pub withdrawn: bool,
}

/// Everything that decides what may happen to an invitation next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// How far the respondent is.
    pub respondent: Respondent,
    /// How far checking is; `None` before the first submission.
    pub review: Option<Review>,
    /// What was learnt otherwise than through the questionnaire.
    pub outcome: Option<Outcome>,
    /// The draft's revision: 0 for a new one, one more with every stored step.
    pub rev: u64,
    /// Pages drawn before this revision save nothing any more: it is that of the last submission or correction.
    pub floor: u64,
    /// All submissions in their order.
    pub sent: Vec<Sent>,
    /// The invitation's own window: the edition's, or a longer one.
    pub window: Window,
    /// Set when somebody closed the invitation by hand.
    pub closed_at: Option<Timestamp>,
}

impl State {
    /// An invitation that has just been sent.
    pub fn new(window: Window) -> Self {
        Self {
            respondent: Respondent::NotStarted,
            review: None,
            outcome: None,
            rev: 0,
            floor: 0,
            sent: Vec::new(),
            window,
            closed_at: None,
        }
    }

    /// Ordinal of the submission that is counted: the newest that is not withdrawn, whatever is drafted since.
    pub fn counted(&self) -> Option<u32> {
        self.sent.iter().filter(|sent| !sent.withdrawn).map(|sent| sent.ordinal).max()
    }

    /// Where `now` lies. Closing by hand has no grace.
    pub fn phase(&self, now: Timestamp) -> Phase {
        match self.closed_at {
            Some(closed) if closed <= now => Phase::Closed,
            _ => self.window.phase(now),
        }
    }

    /// Takes a step.
    pub fn apply(&mut self, event: &Event) {
        match *event {
            Event::Started => self.respondent = Respondent::Started,
            Event::Saved { rev } => self.rev = rev,
            Event::Submitted { ordinal, rev } => {
                self.sent.push(Sent { ordinal, withdrawn: false });
                self.move_to(Respondent::Submitted, rev);
                self.review = Some(Review::Received);
            }
            Event::CorrectionBegun { rev } => self.move_to(Respondent::Correcting, rev),
            Event::Withdrawn { ordinal } => self.withdraw(ordinal),
            Event::Reopened { closes_on } => {
                self.window.closes_on = closes_on;
                self.closed_at = None;
            }
            Event::Closed { at } => self.closed_at = Some(at),
            Event::Reviewed { review } => self.review = Some(review),
            Event::OutcomeRecorded { outcome } => self.outcome = outcome,
        }
    }

    fn move_to(&mut self, respondent: Respondent, rev: u64) {
        self.respondent = respondent;
        self.rev = rev;
        self.floor = rev;
    }

    fn withdraw(&mut self, ordinal: u32) {
        for sent in self.sent.iter_mut().filter(|sent| sent.ordinal == ordinal) {
            sent.withdrawn = true;
        }
        if self.counted().is_none() {
            self.respondent = Respondent::Started;
            self.review = None;
        }
    }
}
