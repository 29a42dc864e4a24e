//! Relevance, calculations, constraints and warnings of one response.

mod checks;
mod context;
mod finals;
mod grid;
mod rows;
mod run;
mod scope;
mod section;
mod shown;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use context::Context;
pub use section::SectionState;

use crate::answers::{AnswerProblem, Path};
use crate::expr::{Expr, Value, eval_condition};
use crate::model::{Choice, Compiled};
use grid::Grid;
pub use run::{evaluate, settle};
use scope::{ChoiceScope, RowScope};

/// The five things an answer can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Status {
    /// Not asked.
    #[default]
    NotRelevant,
    /// Asked, no answer.
    Missing,
    /// "Don't know / no data".
    DontKnow,
    /// Typed, but it cannot be read.
    Unreadable,
    /// A value, a real zero included.
    Answered,
}

/// A response evaluated. Keeps what it needs of the model, so it can outlive it.
#[derive(Debug, Clone)]
pub struct Evaluation {
    compiled: Arc<Compiled>,
    context: Context,
    /// Ids of the entries that count, by repeat; none where the repeat is not relevant.
    rows: Vec<Vec<String>>,
    /// Relevance by node and entry; after the last entry that of a blank one, for the page.
    relevant: Grid<bool>,
    /// Value by question and entry.
    values: Grid<Value>,
    /// Status by question and entry.
    statuses: Grid<Status>,
    /// Texts that cannot be read, for the final answers.
    unreadable: BTreeMap<(usize, usize), String>,
    /// Confirmed warnings and explanations.
    confirmed: BTreeMap<String, String>,
    problems: Vec<AnswerProblem>,
}

impl Evaluation {
    /// Whether the question (group, section, repeat) at this address is asked.
    ///
    /// For an entry that does not exist (yet) the answer is that for a blank entry. Unknown names are not relevant.
    #[must_use]
    pub fn relevant(&self, path: &Path) -> bool {
        let Some(node) = self.compiled.node_of(path.question()) else {
            return false;
        };
        let row = match (path, self.compiled.nodes[node].repeat) {
            (Path::Question(_), None) => Some(0),
            (Path::Row { repeat, row, .. }, Some(own)) if self.compiled.repeat_of(repeat) == Some(own) => {
                let known = self.rows[own].iter().position(|id| id == row);
                Some(known.unwrap_or(self.relevant.height(node) - 1))
            }
            _ => None,
        };
        row.and_then(|row| self.relevant.get(node, row)).copied().unwrap_or(false)
    }

    /// Whether the section is asked.
    #[must_use]
    pub fn section_relevant(&self, section: &str) -> bool {
        self.single_relevant(section)
    }

    /// Whether the repeat is asked.
    #[must_use]
    pub fn repeat_relevant(&self, repeat: &str) -> bool {
        self.single_relevant(repeat)
    }

    /// Ids of the entries that count; none where the repeat is not relevant.
    #[must_use]
    pub fn rows(&self, repeat: &str) -> &[String] {
        self.compiled.repeat_of(repeat).map_or(&[], |repeat| &self.rows[repeat])
    }

    /// What the answer is. `row` is the place of the entry for a question in a repeat, else none.
    #[must_use]
    pub fn status(&self, question: &str, row: Option<usize>) -> Status {
        self.cell(question, row).and_then(|(q, row)| self.statuses.get(q, row)).copied().unwrap_or_default()
    }

    /// The value; the empty text when there is none.
    #[must_use]
    pub fn value(&self, question: &str, row: Option<usize>) -> &Value {
        self.cell(question, row).and_then(|(q, row)| self.values.get(q, row)).unwrap_or(Value::empty_ref())
    }

    /// The value of an expression, as measures need it; empty where the evaluation fails. `row` is a repeat with the
    /// place of the entry.
    #[must_use]
    pub fn eval(&self, expr: &Expr, row: Option<(&str, usize)>) -> Value {
        let row = row.and_then(|(repeat, row)| Some((self.compiled.repeat_of(repeat)?, row)));
        RowScope { evaluation: self, row, here: None }.value_of(expr)
    }

    /// The choices that a question offers here: all of its list, or those that its filter lets through.
    #[must_use]
    pub fn choices(&self, question: &str, row: Option<usize>) -> Vec<&Choice> {
        let Some(number) = self.compiled.question_of(question) else {
            return Vec::new();
        };
        let choices = self.compiled.slots[number].list.iter().flat_map(|list| &list.choices);
        choices.filter(|choice| self.offers(number, row.unwrap_or_default(), choice)).collect()
    }

    /// What is wrong or worth a look, in document order.
    #[must_use]
    pub fn problems(&self) -> &[AnswerProblem] {
        &self.problems
    }

    /// What the evaluation depended on besides the answers.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Whether the filter of a question lets a choice through.
    fn offers(&self, question: usize, row: usize, choice: &Choice) -> bool {
        let Some(filter) = &self.compiled.questions[question].choice_filter else {
            return true;
        };
        let row = self.compiled.slots[question].repeat.map(|repeat| (repeat, row));
        let outer = RowScope { evaluation: self, row, here: None };
        eval_condition(filter, &ChoiceScope { outer, choice }).unwrap_or(false)
    }

    fn is_confirmed(&self, path: &Path) -> bool {
        self.confirmed.get(&path.ok_key()).is_some_and(|text| text == "1")
    }

    /// The address of a question's answer.
    fn path(&self, question: usize, row: usize) -> Path {
        let name = self.compiled.questions[question].name.clone();
        match self.compiled.slots[question].repeat {
            None => Path::Question(name),
            Some(repeat) => Path::Row {
                repeat: self.compiled.repeats[repeat].repeat.name.clone(),
                row: self.rows[repeat][row].clone(),
                question: name,
            },
        }
    }

    fn single_relevant(&self, name: &str) -> bool {
        self.compiled.node_of(name).and_then(|node| self.relevant.get(node, 0)).copied().unwrap_or(false)
    }

    fn cell(&self, question: &str, row: Option<usize>) -> Option<(usize, usize)> {
        let number = self.compiled.question_of(question)?;
        match (self.compiled.slots[number].repeat, row) {
            (None, _) => Some((number, 0)),
            (Some(repeat), Some(row)) if row < self.rows[repeat].len() => Some((number, row)),
            (Some(_), _) => None,
        }
    }
}
