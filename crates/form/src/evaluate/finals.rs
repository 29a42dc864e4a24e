//! What a submission stores.

use std::collections::BTreeMap;

use super::{Evaluation, Status};
use crate::answers::{Raw, RawRow};
use crate::expr::Value;
use crate::model::{Choice, Kind};

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
        for problem in self.problems.iter().filter(|problem| problem.acknowledged) {
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
            Status::Answered => {
                keep_value(&question.name, &question.kind, self.values.at(number, row), fields)
            }
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

fn keep_value(name: &str, kind: &Kind, value: &Value, fields: &mut BTreeMap<String, String>) {
    let text = value.to_text();
    match kind {
        Kind::Rank(_) => {
            for (place, choice) in text.split(' ').enumerate() {
                fields.insert(format!("{name}.{}", place + 1), choice.to_owned());
            }
        }
        _ => {
            fields.insert(name.to_owned(), text.into_owned());
        }
    }
}
