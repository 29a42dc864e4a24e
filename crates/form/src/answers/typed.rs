//! Answers as read.

use std::collections::BTreeMap;

use super::ProblemKind;
use crate::expr::Value;

/// What a question was answered with, before relevance is known.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Answer {
    /// Nothing.
    #[default]
    Empty,
    /// "Don't know / no data".
    DontKnow {
        /// An answer given at the same time, which does not count.
        set_aside: Option<String>,
    },
    /// A text that cannot be read.
    Unreadable {
        /// The text as typed.
        text: String,
        /// What kind of trouble.
        kind: ProblemKind,
        /// Why, in Polish.
        message: String,
    },
    /// A value of the question's kind.
    Value(Value),
}

/// The answers of a response, read. Made by [`super::read`] for one model and evaluated with the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Typed {
    /// Answers outside repeats by place.
    pub(crate) single: Vec<Answer>,
    /// Entries by repeat.
    pub(crate) repeats: Vec<TypedRepeat>,
    /// Confirmed warnings and explanations: the `_ok.` and `_why.` keys with their texts.
    pub(crate) confirmed: BTreeMap<String, String>,
}

/// Entries of a repeat.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TypedRepeat {
    /// Ids of the entries.
    pub(crate) ids: Vec<String>,
    /// Their answers by place, one vector per entry.
    pub(crate) rows: Vec<Vec<Answer>>,
}

impl Typed {
    /// The answer at a question's place; nothing for an entry that does not exist.
    pub(crate) fn answer(&self, repeat: Option<usize>, place: usize, row: usize) -> &Answer {
        let row = match repeat {
            None => Some(&self.single),
            Some(repeat) => self.repeats.get(repeat).and_then(|repeat| repeat.rows.get(row)),
        };
        row.and_then(|answers| answers.get(place)).unwrap_or(&Answer::Empty)
    }

    /// Takes the answer at a question's place out.
    pub(crate) fn take(&mut self, repeat: Option<usize>, place: usize, row: usize) -> Answer {
        let row = match repeat {
            None => Some(&mut self.single),
            Some(repeat) => self.repeats.get_mut(repeat).and_then(|repeat| repeat.rows.get_mut(row)),
        };
        row.and_then(|answers| answers.get_mut(place)).map(std::mem::take).unwrap_or_default()
    }
}
