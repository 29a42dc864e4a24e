//! What one measure sees in one response: the state of `of` and the places that are behind the value.

use std::borrow::Cow;

use form::evaluate::{Evaluation, Status};
use form::expr::{Expr, Value};
use form::model::{Kind, Model, Question};
use form::number::Rational;
use form::plan::{Base, Function, Measure};

use num_traits::Zero;

use crate::key::key;

/// What a place is worth to a measure.
#[derive(Debug)]
pub(crate) enum Worth {
    /// One more.
    One,
    /// A value to sum or to sort.
    Number(Rational),
    /// The key of a thing.
    Thing(String),
    /// Chosen answers.
    Codes(Vec<String>),
    /// An open answer that analysts give codes to.
    Open,
    /// An answer to be listed.
    Text(String),
}

/// A response as one measure sees it.
#[derive(Debug)]
pub(crate) struct Look {
    /// State of `of` in the whole response, in a repeat the best of its rows; none without `of`.
    pub(crate) status: Option<Status>,
    /// Whether every value of `of` in the response is a real zero.
    pub(crate) zero: bool,
    /// Whether the response is in the measure's base; yes where it has none.
    pub(crate) in_base: bool,
    /// Places behind the value: the row's position in the repeat counted over (none outside) and its worth.
    pub(crate) hits: Vec<(Option<usize>, Worth)>,
}

/// Looks at a response for a measure. A response outside of the base has nothing behind the value.
pub(crate) fn look(measure: &Measure, model: &Model, evaluation: &Evaluation) -> Look {
    let eyes = Eyes { measure, model, evaluation };
    let rows = eyes.rows();
    let answers: Vec<_> = rows.iter().map(|row| eyes.answer(*row)).collect();
    let status = measure.of.as_ref().map(|_| {
        let of_rows = answers.iter().map(|(status, _)| *status);
        best(of_rows).unwrap_or_else(|| eyes.status_without_rows())
    });
    let mut values = answers.iter().filter(|(status, _)| *status == Status::Answered).map(|(_, value)| value);
    let is_zero = |value: &Cow<'_, Value>| value.to_number().rational().is_some_and(Zero::is_zero);
    let zero = status == Some(Status::Answered) && values.all(is_zero);
    let in_base = match base_of(measure) {
        None | Some(Base::All | Base::Sent) => true,
        Some(Base::Relevant) => status.is_some_and(|status| status != Status::NotRelevant),
        Some(Base::Answered) => status == Some(Status::Answered),
    };
    let mut hits = Vec::new();
    if in_base {
        for (row, (status, value)) in rows.into_iter().zip(answers) {
            if let Some(worth) = eyes.worth(row, status, &value) {
                hits.push((row, worth));
            }
        }
    }
    Look { status, zero, in_base, hits }
}

/// The rows that name something a measure of distinct things can count, whatever it filters out: position (none outside
/// of repeats) and text.
pub(crate) fn named(
    measure: &Measure,
    model: &Model,
    evaluation: &Evaluation,
) -> Vec<(Option<usize>, String)> {
    let eyes = Eyes { measure, model, evaluation };
    let text = |row| match eyes.answer(row) {
        (Status::Answered, value) if !matches!(*value, Value::List(_)) => {
            Some((row, value.to_text().into_owned()))
        }
        _ => None,
    };
    eyes.rows().into_iter().filter_map(text).filter(|(_, text)| !key(text).is_empty()).collect()
}

/// The base of a count or share; other functions are no part of anything, so `base` changes nothing in them.
pub(crate) fn base_of(measure: &Measure) -> Option<Base> {
    measure.base.filter(|_| matches!(measure.function, Function::Count | Function::Share))
}

/// The list of codes that analysts give to an open answer; a question with choices of its own needs none.
pub(crate) fn code_frame(question: &Question) -> Option<&str> {
    question.coding.as_deref().filter(|_| question.kind.list().is_none())
}

/// One measure, one response.
struct Eyes<'a> {
    measure: &'a Measure,
    model: &'a Model,
    evaluation: &'a Evaluation,
}

impl<'a> Eyes<'a> {
    /// The rows counted over; the response itself where the measure counts responses.
    fn rows(&self) -> Vec<Option<usize>> {
        match &self.measure.over {
            None => vec![None],
            Some(repeat) => (0..self.evaluation.rows(repeat).len()).map(Some).collect(),
        }
    }

    /// State and value of `of` at a row.
    fn answer(&self, row: Option<usize>) -> (Status, Cow<'a, Value>) {
        let Some(of) = &self.measure.of else {
            return (Status::NotRelevant, Cow::Borrowed(Value::empty_ref()));
        };
        let question = self.measure.question.as_deref().and_then(|name| self.model.question(name));
        if let Some(question) = question
            && (question.repeat.is_none() || question.repeat == self.measure.over)
        {
            let name = &question.name;
            return (self.evaluation.status(name, row), Cow::Borrowed(self.evaluation.value(name, row)));
        }
        let value = self.evaluation.eval(of, self.measure.over.as_deref().zip(row));
        (self.status(of, row, &value), Cow::Owned(value))
    }

    /// State of a composed `of`: answered when it has a value and one of its questions has; an expression such as
    /// `coalesce(${a}, 0)` has a value even where nobody answered anything.
    fn status(&self, of: &Expr, row: Option<usize>, value: &Value) -> Status {
        match best(of.references().map(|name| self.reference(name, row))) {
            Some(Status::Answered) | None if value.is_storable() => Status::Answered,
            Some(Status::Answered) | None => Status::Missing,
            Some(other) => other,
        }
    }

    /// State of a question or repeat inside an expression; seen from outside its repeat, the best of the rows.
    fn reference(&self, name: &str, row: Option<usize>) -> Status {
        let Some(question) = self.model.question(name) else { return self.repeat(name, Status::Answered) };
        match &question.repeat {
            Some(repeat) if question.repeat != self.measure.over => {
                let rows = 0..self.evaluation.rows(repeat).len();
                let states = rows.map(|row| self.evaluation.status(name, Some(row)));
                best(states).unwrap_or_else(|| self.repeat(repeat, Status::Missing))
            }
            _ => self.evaluation.status(name, row),
        }
    }

    /// State of a repeat: `filled` when it has rows.
    fn repeat(&self, name: &str, filled: Status) -> Status {
        match (self.evaluation.repeat_relevant(name), self.evaluation.rows(name).is_empty()) {
            (false, _) => Status::NotRelevant,
            (true, true) => Status::Missing,
            (true, false) => filled,
        }
    }

    /// State of `of` in a response without rows to count over.
    fn status_without_rows(&self) -> Status {
        self.measure.over.as_deref().map_or(Status::Missing, |repeat| self.repeat(repeat, Status::Missing))
    }

    /// What the row is worth, when `where` lets it through and, unless rows are only counted, `of` is answered.
    fn worth(&self, row: Option<usize>, status: Status, value: &Value) -> Option<Worth> {
        let counted = matches!(self.measure.function, Function::Count | Function::Share);
        if !counted && (status != Status::Answered || matches!(value, Value::List(_))) {
            return None;
        }
        let place = self.measure.over.as_deref().zip(row);
        let passes = |filter: &Expr| self.evaluation.eval(filter, place).to_bool();
        if !self.measure.filter.as_ref().is_none_or(passes) {
            return None;
        }
        match self.measure.function {
            Function::Count | Function::Share => Some(Worth::One),
            Function::Sum | Function::Mean | Function::Median | Function::Min | Function::Max => {
                value.to_number().rational().cloned().map(Worth::Number)
            }
            Function::Distinct => Some(key(&value.to_text())).filter(|key| !key.is_empty()).map(Worth::Thing),
            Function::Frequencies => self.choices(value),
            Function::List => {
                Some(value.to_text().into_owned()).filter(|text| !text.is_empty()).map(Worth::Text)
            }
        }
    }

    /// The chosen answers: the names of a question with several choices one by one, anything else whole. An open
    /// answer with a code frame has none by itself.
    fn choices(&self, value: &Value) -> Option<Worth> {
        let question = self.measure.question.as_deref().and_then(|name| self.model.question(name));
        if question.is_some_and(|question| code_frame(question).is_some()) {
            return Some(Worth::Open);
        }
        let several =
            question.is_some_and(|question| matches!(question.kind, Kind::SelectMultiple(_) | Kind::Rank(_)));
        let text = value.to_text();
        let codes: Vec<String> = match several {
            true => text.split_whitespace().map(str::to_owned).collect(),
            false => vec![text.into_owned()],
        };
        (!codes.iter().all(String::is_empty)).then_some(Worth::Codes(codes))
    }
}

/// The best of several states: answered, don't know, missing (or unreadable), not relevant; none of none.
pub(crate) fn best(states: impl Iterator<Item = Status>) -> Option<Status> {
    states.max_by_key(|status| match status {
        Status::NotRelevant => 0,
        Status::Unreadable => 1,
        Status::Missing => 2,
        Status::DontKnow => 3,
        Status::Answered => 4,
    })
}
