//! From one counted submission to its contribution.

use std::sync::Arc;

use form::Model;
use form::evaluate::{Evaluation, Status};
use form::plan::{Coding, Function, Measure, Plan};
use uuid::Uuid;

use crate::amount::{Amount, Line, Place};
use crate::coded::amount_name;
use crate::look::{self, Look, Worth, base_of, best, look};
use crate::tally::{Amounts, Contribution, Stratum};

/// A unit as lists of answers sort and name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitKey {
    /// Sort key of the name.
    pub sort: Vec<u8>,
    /// The name itself.
    pub name: String,
}

/// A submission that counts: the newest of a response that is not withdrawn.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// The response.
    pub response: Uuid,
    /// Whose response it is.
    pub unit: UnitKey,
    /// The unit's attributes, as copied into the frame.
    pub stratum: Stratum,
    /// The version of the questionnaire that the submission was checked against.
    pub model: &'a Model,
    /// Its answers, evaluated against that version.
    pub evaluation: &'a Evaluation,
}

/// What a submission adds to the tally of its edition. Depends on nothing but its arguments, so the contribution of an
/// older submission can be made again to take it out.
pub fn contribute(plan: &Plan, counted: &Counted<'_>) -> Contribution {
    let mut amounts = nothing(plan);
    pour(plan, counted, &mut amounts);
    Contribution { stratum: counted.stratum.clone(), amounts: named_amounts(plan, 1, amounts) }
}

/// An empty amount for each measure and coded question of the plan, in the order in which [`pour`] fills them.
pub(crate) fn nothing(plan: &Plan) -> Vec<Amount> {
    vec![Amount::default(); plan.measures.len() + plan.codings.len()]
}

/// Adds what a submission amounts to.
pub(crate) fn pour(plan: &Plan, counted: &Counted<'_>, amounts: &mut [Amount]) {
    let (measures, codings) = amounts.split_at_mut(plan.measures.len());
    let unit: Arc<[u8]> = Arc::from(counted.unit.sort.as_slice());
    for (measure, amount) in plan.measures.iter().zip(measures) {
        let look = look(measure, counted.model, counted.evaluation);
        Writer { measure, counted, unit: &unit }.pour(look, amount);
    }
    for (coding, amount) in plan.codings.iter().zip(codings) {
        pour_open(coding, counted, amount);
    }
}

/// Amounts by the names under which they are read; those that are zero are left out.
pub(crate) fn named_amounts(plan: &Plan, responses: i64, amounts: Vec<Amount>) -> Amounts {
    let measures = plan.measures.iter().map(|measure| measure.name.clone());
    let names = measures.chain(plan.codings.iter().map(|coding| amount_name(&coding.question)));
    let measures = names.zip(amounts).filter(|(_, amount)| !amount.is_zero()).collect();
    Amounts { responses, measures }
}

/// The places of the answers to a coded question, and the state of the question in the response: the best of its rows.
fn pour_open(coding: &Coding, counted: &Counted<'_>, amount: &mut Amount) {
    let evaluation = counted.evaluation;
    let mut state = None;
    let rows = coding.repeat.as_deref().map(|repeat| evaluation.rows(repeat));
    let places: Vec<(Option<usize>, Option<&str>)> = match rows {
        None => vec![(None, None)],
        Some(rows) => rows.iter().enumerate().map(|(at, id)| (Some(at), Some(id.as_str()))).collect(),
    };
    // A question that this version of the questionnaire did not have was not asked.
    if counted.model.question(&coding.question).is_some() {
        for (at, row) in places {
            let status = evaluation.status(&coding.question, at);
            state = best(state.into_iter().chain([status]));
            if status == Status::Answered {
                amount.open.put(Place { response: counted.response, row: row.map(Arc::from) }, 1);
            }
        }
    }
    amount.statuses.count(state.unwrap_or(Status::NotRelevant), false);
}

/// The way back from a number: the rows of this response that are behind the measure's value, by id, or one `None` for
/// the response itself where the measure counts responses. Empty when the response is not behind it.
pub fn behind(measure: &Measure, counted: &Counted<'_>) -> Vec<Option<String>> {
    let hits = look(measure, counted.model, counted.evaluation).hits;
    hits.into_iter()
        .map(|(row, _)| row.and_then(|row| row_id(measure, counted, row)).map(str::to_owned))
        .collect()
}

/// A place of a response that names a thing, as it is shown to whoever decides what is the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Where.
    pub place: Place,
    /// The row's position in its repeat, from 0.
    pub position: Option<usize>,
    /// What stands there.
    pub raw: String,
}

/// The places of a response that name things of the list which `measure` counts, whether the measure counts them or
/// filters them out: what is the same thing does not depend on a filter.
pub fn named(measure: &Measure, counted: &Counted<'_>) -> Vec<Named> {
    let rows = look::named(measure, counted.model, counted.evaluation);
    let place = |row: Option<usize>| {
        let row = row.and_then(|row| row_id(measure, counted, row));
        Place { response: counted.response, row: row.map(Arc::from) }
    };
    rows.into_iter().map(|(position, raw)| Named { place: place(position), position, raw }).collect()
}

fn row_id<'a>(measure: &Measure, counted: &Counted<'a>, row: usize) -> Option<&'a str> {
    let rows = counted.evaluation.rows(measure.over.as_deref()?);
    rows.get(row).map(String::as_str)
}

struct Writer<'a> {
    measure: &'a Measure,
    counted: &'a Counted<'a>,
    unit: &'a Arc<[u8]>,
}

impl Writer<'_> {
    fn pour(&self, look: Look, amount: &mut Amount) {
        if let Some(status) = look.status {
            amount.statuses.count(status, look.zero);
        }
        if base_of(self.measure).is_some() {
            amount.base += i64::from(look.in_base);
            amount.numerator += i64::from(!look.hits.is_empty());
        }
        for (row, worth) in look.hits {
            amount.hits += 1;
            self.put(amount, row, worth);
        }
    }

    fn put(&self, amount: &mut Amount, row: Option<usize>, worth: Worth) {
        match worth {
            Worth::One => {}
            Worth::Number(value) => match self.measure.function {
                Function::Sum | Function::Mean => amount.sum += value,
                _ => amount.numbers.put(&value, 1),
            },
            Worth::Thing(key) => amount.things.put(self.place(row), Arc::from(key), 1),
            Worth::Open => amount.open.put(self.place(row), 1),
            Worth::Codes(codes) => codes.into_iter().for_each(|code| amount.codes.put(Arc::from(code), 1)),
            Worth::Text(text) => amount.lines.put(self.line(row, text), 1),
        }
    }

    fn place(&self, row: Option<usize>) -> Place {
        let row = row.and_then(|row| row_id(self.measure, self.counted, row));
        Place { response: self.counted.response, row: row.map(Arc::from) }
    }

    fn line(&self, row: Option<usize>, text: String) -> Line {
        Line {
            unit: Arc::clone(self.unit),
            response: self.counted.response,
            // More rows than fit are refused long before; they would share the last position.
            row: u32::try_from(row.unwrap_or(0)).unwrap_or(u32::MAX),
            text: Arc::from(text),
        }
    }
}
