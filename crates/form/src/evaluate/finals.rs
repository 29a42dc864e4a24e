//! What a submission stores.

use std::collections::BTreeMap;

use super::{Evaluation, Status};
use crate::answers::{ProblemKind, Raw, RawRow};
use crate::expr::Value;
use crate::model::{Choice, Kind, Question};
use crate::number::Number;
use crate::polish;

/// Decimal places tried first; most typed numbers need fewer.
const PLACES: u32 = 6;
/// No typed number is kept that needs more.
const MOST_PLACES: u32 = 1_300;

impl Evaluation {
    /// What a submission stores: relevant answers only, as canonical texts, calculated values and confirmed warnings
    /// included, personal questions left out. Read and evaluated again it gives the same statuses and values.
    #[must_use]
    pub fn final_answers(&self) -> Raw {
        let mut raw = Raw::default();
        for (number, slot) in self.compiled.slots.iter().enumerate() {
            if slot.repeat.is_none() {
                self.keep(number, 0, &mut raw.fields);
            }
        }
        for (number, found) in self.compiled.repeats.iter().enumerate() {
            if !self.rows[number].is_empty() {
                raw.repeats.insert(found.repeat.name.clone(), self.final_rows(number));
            }
        }
        // An answer beside "don't know" is not stored, so neither is the warning about it.
        let lasting = |kind| kind != ProblemKind::AnswerAndDontKnow;
        for problem in self.problems.iter().filter(|problem| problem.acknowledged && lasting(problem.kind)) {
            for key in [problem.path.ok_key(), problem.path.why_key()] {
                if let Some(text) = self.confirmed.get(&key).filter(|text| !text.is_empty()) {
                    raw.fields.insert(key, text.clone());
                }
            }
        }
        raw
    }

    fn final_rows(&self, repeat: usize) -> Vec<RawRow> {
        let ids = self.rows[repeat].iter().enumerate();
        ids.map(|(row, id)| {
            let mut fields = BTreeMap::new();
            for &question in &self.compiled.repeats[repeat].questions {
                self.keep(question, row, &mut fields);
            }
            RawRow { id: id.clone(), fields }
        })
        .collect()
    }

    fn keep(&self, number: usize, row: usize, fields: &mut BTreeMap<String, String>) {
        let question = &self.compiled.questions[number];
        if question.personal {
            return;
        }
        match self.statuses.at(number, row) {
            Status::NotRelevant | Status::Missing => {}
            Status::DontKnow => {
                let (key, text) = self.dont_know(number);
                fields.insert(key, text);
            }
            Status::Unreadable => {
                let text = self.unreadable.get(&(number, row)).cloned().unwrap_or_default();
                fields.insert(question.name.clone(), text);
            }
            Status::Answered => keep_value(question, self.values.at(number, row), fields),
        }
    }

    /// A choice that means "don't know" where the list has one, else the tick.
    fn dont_know(&self, number: usize) -> (String, String) {
        let slot = &self.compiled.slots[number];
        let choice = slot.list.iter().flat_map(|list| &list.choices).find(|choice| choice.dont_know);
        let name = |choice: &Choice| (self.compiled.questions[number].name.clone(), choice.name.clone());
        choice.map_or_else(|| (slot.dont_know_key.clone(), "1".to_owned()), name)
    }
}

fn keep_value(question: &Question, value: &Value, fields: &mut BTreeMap<String, String>) {
    let name = &question.name;
    match (&question.kind, value) {
        (Kind::Rank(_), _) => {
            for (place, choice) in value.to_text().split(' ').enumerate() {
                fields.insert(format!("{name}.{}", place + 1), choice.to_owned());
            }
        }
        (Kind::Integer | Kind::Decimal, Value::Number(number)) if question.calculation.is_none() => {
            fields.insert(name.clone(), typed_number(number));
        }
        _ => {
            fields.insert(name.clone(), value.to_text().into_owned());
        }
    }
}

/// A typed number in full, with a point, so that expressions and people's spelling both read it as the same number:
/// `1.125` typed by a person would be asked back, so a fraction of three digits gets a zero.
fn typed_number(number: &Number) -> String {
    let text = (PLACES..=MOST_PLACES)
        .filter_map(|places| number.half_up(places))
        .find(|text| Number::parse(text) == *number)
        .unwrap_or_else(|| number.to_text());
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    if polish::read_number(&text).is_ok() { text } else { format!("{text}0") }
}
