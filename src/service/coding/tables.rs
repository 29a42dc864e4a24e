//! Tables of codes: how many units gave each, of those that answered and of all, with the same codes as respondents
//! chose them beside. The two are never added: most who wrote something had also chosen.

use std::collections::BTreeMap;

use form::plan::Function;
use form::{Kind, polish};
use serde::{Deserialize, Serialize};
use tally::{CodeReading, Figure, Merges, Reading, Tally};

use super::super::counting::Source;
use super::super::{EditionName, Refused, Service};
use super::CodedQuestion;
use super::bench::BenchAnswer;

/// The codes of one question, counted. They may leave the office whatever the question's `publish` says: that is about
/// the words, and categories are what can be published of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeTable {
    /// The questionnaire.
    pub form: String,
    /// The counts.
    pub reading: CodeReading,
    /// The question on the same topic with choices, when there is one.
    pub beside: Option<Beside>,
}

/// The same categories as respondents chose them from a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The question.
    pub question: String,
    /// The measure that counts it.
    pub measure: String,
    /// What it asks.
    pub label: String,
    /// Responses that answered it.
    pub answered: u64,
    /// Responses by code.
    pub counts: BTreeMap<String, u64>,
}

/// Units behind a code.
#[derive(Debug, Clone)]
pub struct Reporters {
    /// The question.
    pub asked: CodedQuestion,
    /// The code.
    pub code: form::Code,
    /// The answers that have it, in the order of units.
    pub answers: Vec<BenchAnswer>,
    /// The question with choices on the same topic.
    pub beside: Option<String>,
    /// Units that chose the same category from the list, by unit code.
    pub chosen: BTreeMap<String, store::Invitation>,
    /// Answers whose codes who asks must not see yet; they may have this code or not.
    pub covered: usize,
}

impl CodeTable {
    /// Who answered, and how many of them not to the point: `12 z 135, w tym 2 nie na temat`.
    pub fn base_words(&self) -> String {
        let reading = &self.reading;
        let number = |count: u64| polish::integer(count);
        let mut words = format!(
            "odpowiedzi: {} z {} złożonych ankiet",
            number(reading.answered),
            number(reading.responses)
        );
        let parts = [
            (reading.off_topic, "nie na temat"),
            (reading.illegible, "nieczytelne"),
            (reading.uncoded(), "jeszcze bez kodu"),
        ];
        let mut first = true;
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            words += if first { ", w tym " } else { ", " };
            words += &format!("{} {what}", number(count));
            first = false;
        }
        words
    }
}

/// The tables of a questionnaire.
pub(in crate::service) fn of_source(
    source: &Source,
    tally: &Tally,
    merges: &Merges,
    readings: &[Reading],
) -> Vec<CodeTable> {
    let readings_of_codes = tally::read_codes(&source.plan, tally, merges).into_iter();
    readings_of_codes
        .map(|reading| CodeTable {
            form: source.form.clone(),
            beside: beside(source, &reading, readings),
            reading,
        })
        .collect()
}

/// The question whose choices have the names of codes, counted by a measure of the plan.
fn beside(source: &Source, reading: &CodeReading, readings: &[Reading]) -> Option<Beside> {
    let question = listed(&source.model, reading.codes.iter().map(|code| code.code.as_str()))?;
    let measure = source.plan.measures.iter().find(|measure| {
        measure.function == Function::Frequencies
            && measure.filter.is_none()
            && measure.question.as_deref() == Some(question)
    })?;
    let counted = readings.iter().find(|one| one.name == measure.name)?;
    let Figure::Frequencies(choices) = &counted.value else { return None };
    Some(Beside {
        question: question.to_owned(),
        measure: measure.name.clone(),
        label: source.model.question(question)?.label.plain(),
        answered: counted.answered.unwrap_or_default(),
        counts: choices.iter().map(|choice| (choice.code.clone(), choice.count)).collect(),
    })
}

/// The first question outside of lists that offers one of these codes.
fn listed<'a>(model: &'a form::Model, codes: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let offers = |question: &&form::Question| {
        let several = matches!(question.kind, Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_));
        let list = model.list_of(question);
        several
            && question.repeat.is_none()
            && list.is_some_and(|list| codes.clone().any(|code| list.choice(code).is_some()))
    };
    model.questions().find(offers).map(|question| question.name.as_str())
}

impl Service {
    /// The table of codes of one question.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when the question is not coded.
    pub fn code_table(&self, name: &EditionName, asked: &CodedQuestion) -> Result<CodeTable, Refused> {
        let unknown = || Refused::UnknownEdition(format!("{name}/{}/{}", asked.form, asked.question));
        let tables = self.measures(name)?.codes;
        let wanted = |table: &CodeTable| table.form == asked.form && table.reading.question == asked.question;
        tables.into_iter().find(wanted).ok_or_else(unknown)
    }

    /// The units that gave a code in their own words, as far as `actor` may see it, and those that chose it from the list
    /// of the same topic.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also for an unknown question or code.
    pub fn reporters(
        &self,
        name: &EditionName,
        actor: &str,
        asked: &CodedQuestion,
        code: &str,
    ) -> Result<Reporters, Refused> {
        let bench = self.bench_for(name, actor, asked)?;
        self.store.read("reporters", |tx| {
            let subject = self.subject(tx, name, asked)?;
            let known = bench.frame.frame.code(code).cloned();
            let known = known.ok_or_else(|| Refused::UnknownEdition(format!("{name}/{code}")))?;
            let codes = std::iter::once(code);
            let beside = listed(&subject.model, codes).map(str::to_owned);
            let mut chosen = BTreeMap::new();
            let mut after = None;
            while let Some(question) = &beside {
                let (scope, form) = (subject.scope(), Some(subject.form.as_str()));
                let page =
                    tx.submission_page_counted(scope, subject.edition.id, form, after.as_ref(), super::PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.invitation.place());
                for counted in page {
                    if chose(&counted.submission.answers, question, code) {
                        chosen.insert(counted.invitation.unit_code.clone(), counted.invitation);
                    }
                }
            }
            let covered = bench.progress().covered;
            let has = |one: &BenchAnswer| one.codes.iter().any(|own| own == code);
            let answers = bench.answers.iter().filter(|one| has(one)).cloned().collect();
            Ok(Reporters { asked: asked.clone(), code: known, answers, beside, chosen, covered })
        })
    }
}

/// Whether a response holds a choice: one name, names with spaces, or one name per place of a ranking.
fn chose(answers: &form::Raw, question: &str, code: &str) -> bool {
    let of_question = |key: &str| {
        key == question
            || key
                .strip_prefix(question)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| rest != "nw")
    };
    let texts = answers.fields.iter().filter(|(key, _)| of_question(key)).map(|(_, text)| text);
    texts.flat_map(|text| text.split_whitespace()).any(|name| name == code)
}
