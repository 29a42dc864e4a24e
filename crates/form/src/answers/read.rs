//! From typed texts to answers.

use std::collections::BTreeMap;

use super::kinds::{self, Trouble};
use super::{Answer, AnswerProblem, Path, Raw, RawRow, Typed, TypedRepeat};
use crate::model::{Compiled, Kind, Model, RepeatRef};
use crate::problem::Severity;

/// The texts of one place: outside repeats, or of one entry.
struct Fields<'a> {
    all: &'a BTreeMap<String, String>,
    /// Those whose key is not the name of a question: "don't know" and places of a rank. Mostly there are few, and a look
    /// through them costs less than asking for the key of every question.
    dotted: Vec<(&'a str, &'a str)>,
}

impl<'a> Fields<'a> {
    fn of(all: &'a BTreeMap<String, String>) -> Self {
        let own = |key: &str| !key.starts_with('_') && key.contains('.');
        let dotted = all.iter().filter(|(key, _)| own(key)).map(|(key, text)| (key.as_str(), text.as_str()));
        Self { all, dotted: dotted.collect() }
    }

    fn ticked(&self, key: &str) -> bool {
        self.dotted.iter().any(|(other, text)| *other == key && text.trim() == "1")
    }

    /// Whether something was typed for a place of this question.
    fn has_places(&self, question: &str) -> bool {
        self.dotted
            .iter()
            .any(|(key, _)| key.strip_prefix(question).is_some_and(|rest| rest.starts_with('.')))
    }
}

/// Reads the texts of a response. Never fails: what cannot be read is kept as such and reported.
///
/// The problems are only about texts that cannot be read; [`crate::evaluate()`] tells those that matter, because a
/// question that is not asked troubles nobody. An entry exists when one of its fields is filled; one without any
/// field at all exists too (that is how a submission keeps an entry whose answers were all left out).
#[must_use]
pub fn read(model: &Model, raw: &Raw) -> (Typed, Vec<AnswerProblem>) {
    let compiled = &*model.compiled;
    let mut typed = Typed { single: Vec::with_capacity(compiled.single), ..Typed::default() };
    let mut problems = Vec::new();
    let fields = Fields::of(&raw.fields);
    let mut texts = vec![None; compiled.questions.len()];
    for (key, text) in &raw.fields {
        if let Some(number) = compiled.question_of(key) {
            texts[number] = Some(text.as_str());
        }
    }
    for (number, slot) in compiled.slots.iter().enumerate() {
        if slot.repeat.is_none() {
            let answer = read_one(compiled, number, texts[number], (&fields, &fields));
            problems.extend(problem(compiled, number, &answer, None));
            typed.single.push(answer);
        }
    }
    for found in &compiled.repeats {
        let rows = raw.repeats.get(&found.repeat.name).map_or(&[][..], Vec::as_slice);
        typed.repeats.push(read_rows(compiled, found, rows, &fields, &mut problems));
    }
    let own = raw.fields.range("_".to_owned()..).take_while(|(key, _)| key.starts_with('_'));
    let own = own.filter(|(key, _)| key.starts_with("_ok.") || key.starts_with("_why."));
    typed.confirmed = own.map(|(key, text)| (key.clone(), text.clone())).collect();
    (typed, problems)
}

fn read_rows(
    compiled: &Compiled,
    found: &RepeatRef,
    rows: &[RawRow],
    outside: &Fields<'_>,
    problems: &mut Vec<AnswerProblem>,
) -> TypedRepeat {
    let mut typed = TypedRepeat::default();
    for row in rows.iter().filter(|row| exists(row)) {
        let mut answers = Vec::with_capacity(found.questions.len());
        let fields = Fields::of(&row.fields);
        for &question in &found.questions {
            let text = row.fields.get(&compiled.questions[question].name).map(String::as_str);
            let answer = read_one(compiled, question, text, (&fields, outside));
            problems.extend(problem(compiled, question, &answer, Some((&found.repeat.name, &row.id))));
            answers.push(answer);
        }
        typed.ids.push(row.id.clone());
        typed.rows.push(answers);
    }
    typed
}

fn exists(row: &RawRow) -> bool {
    row.fields.is_empty() || row.fields.values().any(|text| !text.trim().is_empty())
}

/// One answer from its text and the fields beside it; `outside` are the fields outside repeats, where the "don't know"
/// of sections stands.
fn read_one(
    compiled: &Compiled,
    number: usize,
    text: Option<&str>,
    (fields, outside): (&Fields<'_>, &Fields<'_>),
) -> Answer {
    let (question, slot) = (&compiled.questions[number], &compiled.slots[number]);
    if !question.kind.is_asked() || question.calculation.is_some() {
        return Answer::Empty;
    }
    let typed = match question.kind {
        Kind::Rank(_) if fields.has_places(&question.name) => kinds::rank_places(&question.name, fields.all),
        _ => text.map(str::trim).filter(|text| !text.is_empty()).map(Into::into),
    };
    if slot.dont_know && fields.ticked(&slot.dont_know_key) {
        return Answer::DontKnow { set_aside: typed.map(|text| text.into_owned()) };
    }
    let Some(text) = typed else {
        let (around, inside) = &slot.dont_know_around;
        let ticked =
            around.iter().any(|key| outside.ticked(key)) || inside.iter().any(|key| fields.ticked(key));
        return if ticked { Answer::DontKnow { set_aside: None } } else { Answer::Empty };
    };
    match kinds::read(&question.kind, slot.list.as_deref(), question.max, &text) {
        Ok(Some(value)) => Answer::Value(value),
        Ok(None) => Answer::DontKnow { set_aside: None },
        Err(Trouble { kind, message }) => Answer::Unreadable { text: text.into_owned(), kind, message },
    }
}

fn problem(
    compiled: &Compiled,
    number: usize,
    answer: &Answer,
    row: Option<(&str, &str)>,
) -> Option<AnswerProblem> {
    let Answer::Unreadable { kind, message, .. } = answer else {
        return None;
    };
    let question = &compiled.questions[number];
    let path = match row {
        None => Path::Question(question.name.clone()),
        Some((repeat, row)) => {
            Path::Row { repeat: repeat.to_owned(), row: row.to_owned(), question: question.name.clone() }
        }
    };
    Some(AnswerProblem {
        path,
        section: question.section.clone(),
        severity: Severity::Error,
        kind: *kind,
        message: message.clone(),
        acknowledged: false,
    })
}
