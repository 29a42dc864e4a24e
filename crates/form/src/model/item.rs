//! What holds questions: sections, groups, repeats.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Question, Text};
use crate::expr::Expr;

/// A top-level group: one page of the questionnaire.
#[derive(Debug, Clone)]
pub struct Section {
    /// Name, unique in the questionnaire; stands in the page's address.
    pub name: String,
    /// Printed number: "1", "2", ... by place in the file.
    pub number: String,
    /// Heading.
    pub label: Text,
    /// Text under the heading.
    pub hint: Option<Text>,
    /// Condition under which the section is asked.
    pub relevant: Option<Expr>,
    /// Offers one "don't know" for all its questions (`{section}.nw`).
    pub dont_know: bool,
    /// Row of the report that the section feeds.
    pub report_row: Option<String>,
    /// Contents in document order.
    pub items: Vec<Item>,
    /// Keys this version does not know, kept as they are.
    pub extra: BTreeMap<String, String>,
}

/// One thing inside a section, group or repeat.
#[derive(Debug, Clone)]
pub enum Item {
    /// A question, note or calculation.
    Question(Arc<Question>),
    /// A group inside a section.
    Group(Box<Group>),
    /// A list of entries.
    Repeat(Arc<Repeat>),
}

/// A group inside a section.
#[derive(Debug, Clone)]
pub struct Group {
    /// Name, unique in the questionnaire.
    pub name: String,
    /// Heading; empty where the author gave none.
    pub label: Text,
    /// Text under the heading.
    pub hint: Option<Text>,
    /// Condition under which the group is asked.
    pub relevant: Option<Expr>,
    /// Offers one "don't know" for all its questions (`{group}.nw`).
    pub dont_know: bool,
    /// How it is drawn: `grid` for a table of alike questions.
    pub appearance: Option<String>,
    /// Contents in document order.
    pub items: Vec<Item>,
    /// Keys this version does not know, kept as they are.
    pub extra: BTreeMap<String, String>,
}

/// A list of entries with the same questions in each.
#[derive(Debug, Clone)]
pub struct Repeat {
    /// Name, unique in the questionnaire.
    pub name: String,
    /// Printed number, e.g. "1.3".
    pub number: String,
    /// Heading.
    pub label: Text,
    /// Text under the heading.
    pub hint: Option<Text>,
    /// What counts and what does not.
    pub guidance_hint: Option<Text>,
    /// Condition under which the list exists.
    pub relevant: Option<Expr>,
    /// How many entries are expected: a number or `${integer}`.
    pub repeat_count: Option<Expr>,
    /// Fewest entries; fewer block sending.
    pub min: Option<u32>,
    /// Most entries; more are a warning.
    pub max: Option<u32>,
    /// Row of the report that the list feeds.
    pub report_row: Option<String>,
    /// Name of the section it stands in.
    pub section: String,
    /// Questions and groups; never another repeat.
    pub items: Vec<Item>,
    /// Keys this version does not know, kept as they are.
    pub extra: BTreeMap<String, String>,
}

impl Repeat {
    /// The questions of one entry in document order, those in groups included.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        questions_in(&self.items)
    }
}

impl Section {
    /// The questions of the section in document order, those in groups and repeats included.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        questions_in(&self.items)
    }
}

fn questions_in(items: &[Item]) -> Vec<&Question> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Question(question) => found.push(question.as_ref()),
            Item::Group(group) => found.extend(questions_in(&group.items)),
            Item::Repeat(repeat) => found.extend(questions_in(&repeat.items)),
        }
    }
    found
}
