//! From one counted submission to its contribution.

use std::sync::Arc;

use form::Model;
use form::evaluate::{Evaluation, Status};
use form::plan::{Coding, Function, Measure, Plan};
use uuid::Uuid;

use crate::amount::{Amount, Line, Place, Statuses};
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
    let mut amounts = Amounts { responses: 1, ..Amounts::default() };
    let unit: Arc<[u8]> = Arc::from(counted.unit.sort.as_slice());
    for measure in &plan.measures {
        let look = look(measure, counted.model, counted.evaluation);
        let amount = Writer { measure, counted, unit: &unit }.amount(look);
        if !amount.is_zero() {
            amounts.measures.insert(measure.name.clone(), amount);
        }
    }
    for coding in &plan.codings {
        let amount = open_answers(coding, counted);
        if !amount.is_zero() {
            amounts.measures.insert(amount_name(&coding.question), amount);
        }
    }
    Contribution { stratum: counted.stratum.clone(), amounts }
}

/// The places of the answers to a coded question, and the state of the question in the response: the best of its rows.
fn open_answers(coding: &Coding, counted: &Counted<'_>) -> Amount {
    let evaluation = counted.evaluation;
    let mut amount = Amount::default();
    let mut states = Vec::new();
    let rows = coding.repeat.as_deref().map(|repeat| evaluation.rows(repeat));
    let places: Vec<(Option<usize>, Option<&str>)> = match rows {
        None => vec![(None, None)],
        Some(rows) => rows.iter().enumerate().map(|(at, id)| (Some(at), Some(id.as_str()))).collect(),
    };
    // A question that this version of the questionnaire did not have was not asked.
    if counted.model.question(&coding.question).is_some() {
        for (at, row) in places {
            let status = evaluation.status(&coding.question, at);
            states.push(status);
            if status == Status::Answered {
                amount.open.put(Place { response: counted.response, row: row.map(Arc::from) }, 1);
            }
        }
    }
    amount.statuses = statuses(best(states.into_iter()).unwrap_or(Status::NotRelevant), false);
    amount
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
    fn amount(&self, look: Look) -> Amount {
        let has_base = base_of(self.measure).is_some();
        let mut amount = Amount {
            statuses: look.status.map(|status| statuses(status, look.zero)).unwrap_or_default(),
            base: i64::from(has_base && look.in_base),
            numerator: i64::from(has_base && !look.hits.is_empty()),
            ..Amount::default()
        };
        for (row, worth) in look.hits {
            amount.hits += 1;
            self.put(&mut amount, row, worth);
        }
        amount
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

fn statuses(status: Status, zero: bool) -> Statuses {
    let mut statuses = Statuses::default();
    match status {
        Status::Answered => (statuses.answered, statuses.zero) = (1, i64::from(zero)),
        Status::DontKnow => statuses.dont_know = 1,
        Status::Missing => statuses.missing = 1,
        Status::Unreadable => (statuses.missing, statuses.unreadable) = (1, 1),
        Status::NotRelevant => statuses.not_relevant = 1,
    }
    statuses
}
