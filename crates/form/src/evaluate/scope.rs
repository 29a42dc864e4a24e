//! How an expression sees a response.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Evaluation, Status};
use crate::expr::{Expr, Scope, Value, eval, eval_condition};
use crate::model::{Kind, NodeRef};
use crate::number::Number;

/// A response seen from outside repeats, or from one entry.
pub(super) struct RowScope<'a> {
    pub(super) evaluation: &'a Evaluation,
    /// Repeat and place of the entry.
    pub(super) row: Option<(usize, usize)>,
    /// What `.` stands for.
    pub(super) here: Option<&'a Value>,
}

impl RowScope<'_> {
    /// The value of an expression; empty where the evaluation fails.
    pub(super) fn value_of(&self, expr: &Expr) -> Value {
        eval(expr, self).unwrap_or_else(|_| Value::empty())
    }

    /// Whether a condition holds; a condition that fails does not.
    pub(super) fn holds(&self, expr: &Expr) -> bool {
        eval_condition(expr, self).unwrap_or(false)
    }

    /// Number and entry of a question as seen from here; none for a question of another place's repeat.
    fn cell(&self, name: &str) -> Option<(usize, usize)> {
        let compiled = &self.evaluation.compiled;
        let question = compiled.question_of(name)?;
        match (compiled.slots[question].repeat, self.row) {
            (None, _) => Some((question, 0)),
            (Some(repeat), Some((own, row))) if repeat == own => Some((question, row)),
            (Some(_), _) => None,
        }
    }

    fn question_value(&self, question: usize) -> Cow<'_, Value> {
        let evaluation = self.evaluation;
        match (evaluation.compiled.slots[question].repeat, self.row) {
            (None, _) => Cow::Borrowed(evaluation.values.at(question, 0)),
            (Some(repeat), Some((own, row))) if repeat == own => {
                Cow::Borrowed(evaluation.values.at(question, row))
            }
            (Some(repeat), _) => {
                let rows = evaluation.rows[repeat].len();
                Cow::Owned(Value::List(evaluation.values.column(question)[..rows].to_vec()))
            }
        }
    }
}

impl Scope for RowScope<'_> {
    fn value(&self, name: &str) -> Option<Cow<'_, Value>> {
        let compiled = &self.evaluation.compiled;
        match compiled.nodes[compiled.node_of(name)?].holder {
            NodeRef::Question(question) => Some(self.question_value(question)),
            NodeRef::Repeat(repeat) => {
                let rows = self.evaluation.rows[repeat].len();
                Some(Cow::Owned(Value::List(vec![Value::empty(); rows])))
            }
            NodeRef::Group => None,
        }
    }

    fn this(&self) -> Option<Cow<'_, Value>> {
        self.here.map(Cow::Borrowed)
    }

    fn position(&self) -> Option<u64> {
        self.row.map(|(_, row)| row as u64 + 1)
    }

    fn today(&self) -> Option<NaiveDate> {
        Some(self.evaluation.context.today)
    }

    fn is_unknown(&self, name: &str) -> bool {
        self.cell(name).is_some_and(|(question, row)| {
            self.evaluation.statuses.get(question, row) == Some(&Status::DontKnow)
        })
    }

    fn unit(&self, attribute: &str) -> Option<Cow<'_, str>> {
        self.evaluation.context.unit.get(attribute).map(|text| Cow::Borrowed(text.as_str()))
    }

    fn previous(&self, name: &str) -> Option<Cow<'_, Value>> {
        let text = self.evaluation.context.previous.get(name)?;
        let compiled = &self.evaluation.compiled;
        let kind = &compiled.questions[compiled.question_of(name)?].kind;
        Some(Cow::Owned(previous_value(kind, text)))
    }

    fn choice_label(&self, question: &str, choice: &str) -> Option<Cow<'_, str>> {
        let compiled = &self.evaluation.compiled;
        let list = compiled.slots[compiled.question_of(question)?].list.as_ref()?;
        list.choice(choice).map(|choice| Cow::Owned(choice.label.plain()))
    }
}

/// A canonical text of another edition as a value; empty where it does not fit this edition's kind.
fn previous_value(kind: &Kind, text: &str) -> Value {
    match kind {
        Kind::Integer | Kind::Decimal => match Number::parse(text) {
            Number::NaN => Value::empty(),
            number => Value::Number(number),
        },
        Kind::Date => text.parse::<NaiveDate>().map_or_else(|_| Value::empty(), Value::Date),
        _ => Value::text(text),
    }
}

/// A response seen from one choice, for a choice filter.
pub(super) struct ChoiceScope<'a> {
    pub(super) outer: RowScope<'a>,
    pub(super) choice: &'a crate::model::Choice,
}

impl Scope for ChoiceScope<'_> {
    fn value(&self, name: &str) -> Option<Cow<'_, Value>> {
        self.outer.value(name)
    }

    fn column(&self, name: &str) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.choice.extra.get(name).map_or("", String::as_str)))
    }
}
