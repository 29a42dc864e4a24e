//! Distinct things: what the rows of a list name, which of it is the same, and what analysts decided about that.
//!
//! Rows fall together by their keys. A decision moves a row to another thing, is kept with its place and never touches
//! an answer; measures apply it when they are read. What is not the same is told apart and proposed no more. Every
//! decision can be taken back, and the next edition shows it again.

mod apart;
mod change;
mod decide;
mod gather;
mod history;
mod log;
mod propose;
mod table;

use std::collections::BTreeMap;

use form::plan::Measure;
use store::{ThingAct, ThingDecision};
use survey::ActId;
use tally::Place;

pub use decide::ThingWish;
pub(super) use gather::counted_lists;
pub use log::DecisionTables;
pub use table::table;

/// A list whose things are counted, with the numbers before and after things fall together.
#[derive(Debug, Clone)]
pub struct ThingList {
    /// Questionnaire.
    pub form: String,
    /// The repeat or, outside of repeats, the question.
    pub list: String,
    /// What people call it.
    pub title: String,
    /// Places that name something.
    pub entries: usize,
    /// Different things after everything that was decided.
    pub things: usize,
    /// Different things by keys alone.
    pub automatic: usize,
    /// Decisions that a person should look at again.
    pub waiting: usize,
    /// Groups that may be one thing and nobody decided about.
    pub proposals: usize,
    /// Measures that count it.
    pub measures: Vec<String>,
}

/// Everything about one list.
#[derive(Debug, Clone)]
pub struct Workbench {
    /// The list with its numbers.
    pub list: ThingList,
    /// The newest decision that this shows; a change says it, so that nobody overwrites what they have not seen.
    pub rev: i64,
    /// The things, those with most entries first.
    pub groups: Vec<Group>,
    /// Groups that may be one thing: those of an earlier edition, the most alike, and last those that an earlier
    /// edition told apart.
    pub proposals: Vec<Proposal>,
    /// Decisions whose answer changed since.
    pub changed: Vec<Changed>,
    /// Decisions about places that are not counted any more.
    pub gone: Vec<ThingDecision>,
    /// What was decided, the newest first.
    pub history: Vec<Act>,
    /// Whether numbers, and so decisions about them, are final.
    pub frozen: bool,
}

/// One thing with the entries that name it.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its key: what names it in a change.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// Who named it how.
    pub entries: Vec<Entry>,
}

impl Group {
    /// Its different spellings.
    pub fn spellings(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.entries.iter().map(|entry| entry.raw.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// A place that names a thing.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where.
    pub place: Place,
    /// Name of the office.
    pub unit: String,
    /// Its powiat.
    pub powiat: Option<String>,
    /// What stands there.
    pub raw: String,
    /// Its key without any decision.
    pub own_key: String,
    /// What the first question of its row says, where that is another text: the name beside a number.
    pub called: String,
    /// What else stands in its row: label and answer.
    pub details: Vec<(String, String)>,
    /// Answers of its row to questions with one choice, by question.
    pub facts: BTreeMap<String, String>,
    /// The decision that holds.
    pub decision: Option<ThingDecision>,
}

/// Groups that may be one thing.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Keys of the groups.
    pub groups: Vec<String>,
    /// Why.
    pub why: Why,
}

/// Why groups are proposed to be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// They look alike, so much of 1000.
    Alike(u32),
    /// They were merged in an earlier edition.
    Earlier {
        /// Title of the edition.
        edition: String,
        /// What the thing was called.
        name: String,
        /// The reason given then.
        reason: String,
    },
    /// They look alike, but were told apart in an earlier edition.
    ToldApart {
        /// Title of the edition.
        edition: String,
        /// The reason given then.
        reason: String,
    },
}

/// A decision and what stands in its place now.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The decision that holds.
    pub decision: ThingDecision,
    /// Whose answer it is.
    pub unit: String,
    /// What stands there now.
    pub now: String,
}

/// Decisions made at one stroke.
#[derive(Debug, Clone)]
pub struct Act {
    /// What it is taken back by.
    pub act: ActId,
    /// Number of its first decision.
    pub number: i64,
    /// What was done.
    pub done: Done,
    /// Why.
    pub reason: String,
    /// Who.
    pub actor: String,
    /// When it was, as people of the programme read it.
    pub when: String,
    /// Whether something of it still holds.
    pub holds: bool,
}

/// What an act did.
#[derive(Debug, Clone)]
pub enum Done {
    /// It moved entries.
    Places {
        /// How.
        kind: ThingAct,
        /// What the entries are called since.
        thing: String,
        /// The office and what it wrote.
        entries: Vec<(String, String)>,
    },
    /// It told things apart, or took that back.
    Pairs {
        /// Which of the two.
        apart: bool,
        /// What the things were called.
        pairs: Vec<[String; 2]>,
    },
}

/// The beginning of a name for people; the whole of one that is not longer.
pub fn short(name: &str, most: usize) -> String {
    match name.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

/// A list with what it is read by.
#[derive(Clone)]
pub(super) struct Counted {
    form: String,
    list: String,
    title: String,
    /// Id of the question that names the things.
    question: String,
    measure: Measure,
    measures: Vec<String>,
}

impl Counted {
    /// How decisions about it name it, and in words.
    pub(super) fn subject(&self) -> (String, String) {
        (format!("{}.{}", self.form, self.list), self.title.clone())
    }
}
