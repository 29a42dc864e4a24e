//! The order of evaluation: relevance and calculations by dependency, then checks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::Grid;
use super::scope::RowScope;
use super::{Context, Evaluation, Status, checks};
use crate::answers::{Answer, Raw, Typed, read};
use crate::expr::Value;
use crate::model::{Compiled, Kind, Model, NodeRef, Step};
use crate::number::Number;

/// Evaluates the answers of a response. Depends on nothing but its arguments. `typed` must come from the same model.
#[must_use]
pub fn evaluate(model: &Model, typed: &Typed, context: &Context) -> Evaluation {
    let mut evaluation = settled(model, typed.clone(), context);
    evaluation.problems = checks::problems(&evaluation, typed);
    evaluation
}

/// Reads and evaluates what was sent: as [`evaluate`] does, but without looking for problems, of which the evaluation
/// then has none. Answers were checked when they were sent, and those who count or print them need no more.
#[must_use]
pub fn settle(model: &Model, sent: &Raw, context: &Context) -> Evaluation {
    settled(model, read(model, sent).0, context)
}

/// Answers move from `typed` into the evaluation.
fn settled(model: &Model, mut typed: Typed, context: &Context) -> Evaluation {
    let mut evaluation = blank(&model.compiled, &typed, context);
    for step in &model.compiled.order {
        match *step {
            Step::Relevance(node) => relevance(&mut evaluation, &mut typed, node),
            Step::Calculation(question) => calculation(&mut evaluation, question),
        }
    }
    evaluation
}

/// Nothing relevant, nothing answered, one cell per entry and one for a blank entry.
fn blank(compiled: &Arc<Compiled>, typed: &Typed, context: &Context) -> Evaluation {
    let height = |repeat: Option<usize>| {
        repeat.map_or(1, |repeat| typed.repeats.get(repeat).map_or(0, |rows| rows.ids.len()) + 1)
    };
    let questions = || compiled.slots.iter().map(|slot| height(slot.repeat));
    Evaluation {
        compiled: Arc::clone(compiled),
        context: context.clone(),
        rows: vec![Vec::new(); compiled.repeats.len()],
        relevant: Grid::new(compiled.nodes.iter().map(|node| height(node.repeat)), false),
        values: Grid::new(questions(), Value::empty()),
        statuses: Grid::new(questions(), Status::NotRelevant),
        unreadable: BTreeMap::new(),
        confirmed: typed.confirmed.clone(),
        problems: Vec::new(),
    }
}

/// Finds whether a node is relevant in every entry and lets its answers in.
fn relevance(evaluation: &mut Evaluation, typed: &mut Typed, node: usize) {
    let compiled = Arc::clone(&evaluation.compiled);
    let (found, own) = (&compiled.nodes[node], compiled.nodes[node].repeat);
    for row in 0..evaluation.relevant.height(node) {
        let above = found.parent.is_none_or(|parent| {
            let parent_row = if compiled.nodes[parent].repeat == own { row } else { 0 };
            *evaluation.relevant.at(parent, parent_row)
        });
        let place = own.map(|repeat| (repeat, row));
        let relevant = above
            && found
                .relevant
                .as_ref()
                .is_none_or(|condition| RowScope { evaluation, row: place, here: None }.holds(condition));
        evaluation.relevant.set(node, row, relevant);
        if !relevant {
            continue;
        }
        match found.holder {
            NodeRef::Question(question) => let_in(evaluation, typed, question, row),
            NodeRef::Repeat(repeat) => {
                evaluation.rows[repeat] =
                    typed.repeats.get(repeat).map_or_else(Vec::new, |rows| rows.ids.clone());
            }
            NodeRef::Group => {}
        }
    }
}

/// Takes over the answer of a relevant question.
fn let_in(evaluation: &mut Evaluation, typed: &mut Typed, question: usize, row: usize) {
    let slot = &evaluation.compiled.slots[question];
    let status = match typed.take(slot.repeat, slot.place, row) {
        Answer::Empty => Status::Missing,
        Answer::DontKnow { .. } => Status::DontKnow,
        Answer::Unreadable { text, .. } => {
            evaluation.unreadable.insert((question, row), text);
            Status::Unreadable
        }
        Answer::Value(value) => {
            evaluation.values.set(question, row, value);
            Status::Answered
        }
    };
    evaluation.statuses.set(question, row, status);
}

/// Finds a calculated value in every entry where the question is relevant.
fn calculation(evaluation: &mut Evaluation, question: usize) {
    let compiled = Arc::clone(&evaluation.compiled);
    let (found, slot) = (&compiled.questions[question], &compiled.slots[question]);
    let Some(calculation) = &found.calculation else {
        return;
    };
    for row in 0..evaluation.values.height(question) {
        if !evaluation.relevant.at(slot.node, row) {
            continue;
        }
        let place = slot.repeat.map(|repeat| (repeat, row));
        let value = RowScope { evaluation, row: place, here: None }.value_of(calculation);
        let value = fit(&found.kind, value);
        let status = if value.is_empty() { Status::Missing } else { Status::Answered };
        evaluation.values.set(question, row, value);
        evaluation.statuses.set(question, row, status);
    }
}

/// A calculated value as the question's kind; what does not fit, NaN included, is empty.
fn fit(kind: &Kind, value: Value) -> Value {
    if !value.is_storable() {
        return Value::empty();
    }
    match kind {
        Kind::Calculate => value.scalar().clone(),
        Kind::Integer | Kind::Decimal => match value.to_number().into_owned() {
            number @ Number::Finite(_) => Value::Number(number),
            _ => Value::empty(),
        },
        Kind::Date if matches!(value, Value::Date(_)) => value,
        Kind::Date => Value::empty(),
        _ => Value::text(value.to_text()),
    }
}
