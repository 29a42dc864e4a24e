//! One questionnaire in two editions: what stayed, what changed, and whether the changes are explained.
//!
//! [`diff()`] tells the differences by the questions' `id`, [`check_against()`] what the new edition fails to explain,
//! [`threads()`] which numbers of the editions stand in one series and where it breaks.

mod carry;
mod check;
pub mod codes;
mod groups;
mod links;
mod lists;
mod measures;
mod pairs;
mod questions;
mod series;
mod table;
mod years;

use std::collections::BTreeMap;

use serde::Serialize;

pub use carry::{Before, Carry};
pub use check::check_against;
pub use groups::Group;
pub use links::{Cut, Edition, Missing};
pub use series::{Step, Thread, threads};

use crate::Questionnaire;
use crate::model::Comparable;

/// What changed from one edition of a questionnaire to the next. Serializes as `form diff --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormDiff {
    /// `form_id` of the new edition.
    pub form: String,
    /// Version of the old edition.
    pub old: String,
    /// Version of the new edition.
    pub new: String,
    /// Questions with an `id` in the order of the new edition, then those that are gone.
    pub questions: Vec<QuestionDiff>,
    /// Measures in the order of the new edition, then those that are gone.
    pub measures: Vec<MeasureDiff>,
}

/// One question in both editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionDiff {
    /// Its `id`.
    pub id: String,
    /// The weightiest of its changes.
    pub class: Class,
    /// Calculated, not asked.
    pub calculated: bool,
    /// In the old edition; none for a new question.
    pub old: Option<Side>,
    /// In the new edition; none for a question that is gone.
    pub new: Option<Side>,
    /// What changed besides the name.
    pub changes: Vec<Change>,
    /// Whether answers can be compared, as the question or its choices say.
    pub comparable: Option<Comparable>,
    /// What changed in the author's words, or why the question was retired.
    pub note: Option<String>,
}

/// A question in one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Side {
    /// Name of its column.
    pub name: String,
    /// Its text; "…" stands for answers inserted into it.
    pub label: String,
}

/// One changed part of a question or measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Which part.
    pub what: What,
    /// Before; empty where there was none.
    pub old: String,
    /// After; empty where there is none.
    pub new: String,
}

/// Parts of a question or measure whose change may break a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The text of the question, or what a measure says.
    Label,
    /// The help under it.
    Hint,
    /// What counts and what does not.
    Guidance,
    /// Unit of measure.
    Unit,
    /// Type of the question, function of a measure.
    Type,
    /// One choice of the list, with those that continue it.
    Choice,
    /// How a value is calculated, what a measure counts.
    Expression,
    /// Which responses or entries a measure counts.
    Filter,
    /// The list whose entries a measure counts.
    Over,
    /// What a measure is a part of.
    Base,
}

/// Classes of questions, in the order in which they are counted aloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The same question.
    Unchanged,
    /// The same question under another name.
    Renamed,
    /// Another text, help or unit, another way of calculating.
    Wording,
    /// Other choices.
    List,
    /// Another type.
    Type,
    /// The same text; the author says that it means something else now.
    Definition,
    /// Not in the old edition.
    New,
    /// Not in the new edition.
    Removed,
}

/// One measure in both editions, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeasureDiff {
    /// Its name.
    pub name: String,
    /// What it says in the newest edition that has it.
    pub label: String,
    /// What happened to it.
    pub class: MeasureClass,
    /// What changed.
    pub changes: Vec<Change>,
}

/// Classes of measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureClass {
    /// Says and counts the same.
    Unchanged,
    /// Says or counts something else.
    Changed,
    /// Not in the old edition.
    New,
    /// Not in the new edition.
    Removed,
}

/// Compares two editions. Questions without an `id` and notes cannot be followed and are left out.
#[must_use]
pub fn diff(old: &Questionnaire, new: &Questionnaire) -> FormDiff {
    let pairs = pairs::pair(&old.model, &new.model);
    let years = years::Years::new(&old.model.settings.version, &new.model.settings.version);
    let renames = pairs::renames(&pairs);
    FormDiff {
        form: new.model.settings.form_id.clone(),
        old: old.model.settings.version.clone(),
        new: new.model.settings.version.clone(),
        questions: questions::compare(old, new, &pairs, &years, &renames),
        measures: measures::compare(&old.plan, &new.plan, &years, &renames),
    }
}

impl FormDiff {
    /// Asked questions of each class.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<Class, usize> {
        count(self.questions.iter().filter(|question| !question.calculated).map(|question| question.class))
    }
}

fn count<T: Ord>(classes: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for class in classes {
        *counts.entry(class).or_default() += 1;
    }
    counts
}
