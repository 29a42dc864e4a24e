//! Answers as people read them.

use super::{Evaluation, Status};
use crate::expr::Value;
use crate::polish;

impl Evaluation {
    /// The answer as people read it: labels of choices joined by a comma, Polish numbers and dates. None when there
    /// is no value. For a question of a repeat seen from outside it, all entries' answers joined by a comma.
    #[must_use]
    pub fn shown(&self, question: &str, row: Option<usize>) -> Option<String> {
        let number = self.compiled.question_of(question)?;
        match (self.compiled.slots[number].repeat, row) {
            (None, _) => self.shown_cell(number, 0),
            (Some(repeat), Some(row)) if row < self.rows[repeat].len() => self.shown_cell(number, row),
            (Some(_), Some(_)) => None,
            (Some(repeat), None) => {
                let rows = 0..self.rows[repeat].len();
                let shown: Vec<String> = rows.filter_map(|row| self.shown_cell(number, row)).collect();
                (!shown.is_empty()).then(|| shown.join(", "))
            }
        }
    }

    fn shown_cell(&self, question: usize, row: usize) -> Option<String> {
        if *self.statuses.at(question, row) != Status::Answered {
            return None;
        }
        let value = self.values.at(question, row);
        let Some(list) = &self.compiled.slots[question].list else {
            return Some(shown_value(value));
        };
        let names = value.to_text();
        let labels = names
            .split(' ')
            .map(|name| list.choice(name).map_or_else(|| name.to_owned(), |choice| choice.label.plain()));
        Some(labels.collect::<Vec<_>>().join(", "))
    }
}

fn shown_value(value: &Value) -> String {
    match value {
        Value::Number(number) => number.rational().map(polish::typed).unwrap_or_default(),
        Value::Date(date) => polish::date_short(*date),
        Value::Bool(true) => "tak".to_owned(),
        Value::Bool(false) => "nie".to_owned(),
        other => other.to_text().into_owned(),
    }
}
