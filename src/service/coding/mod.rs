//! Coding: analysts sort open answers into categories. Answers are never touched; a decision is kept with the place of
//! the answer (question, response, row) and survives its edits, to be confirmed.

pub mod agreement;
pub mod bench;
pub mod decide;
pub mod files;
pub mod frames;
pub mod tables;
pub mod transfer;

use std::collections::BTreeMap;
use std::sync::Arc;

use form::{Coding, Model};
use sha2::{Digest, Sha256};
use store::{Edition, Invitation, Tx};
use survey::{InvitationId, Scope, Timestamp};

use super::counting::Source;
use super::programmes::Known;
use super::{EditionName, Refused, Service, hex};

pub use store::Coder;

/// Rows read at a time.
const PAGE: u32 = 500;

/// An open question whose answers are coded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodedQuestion {
    /// Its questionnaire.
    pub form: String,
    /// Its name.
    pub question: String,
}

/// Where an answer stands: the response and, in a list, the row; the row is empty outside of lists.
pub type Place = (InvitationId, String);

/// An answer in somebody's own words, of a counted submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAnswer {
    /// Whose.
    pub invitation: Invitation,
    /// Id of the row in a list; empty outside of lists.
    pub row: String,
    /// Number of the row in its list from 1; 0 outside of lists.
    pub number: usize,
    /// The answer.
    pub text: String,
    /// Tells this text from another.
    pub hash: String,
    /// The event that brought it.
    pub seq: i64,
    /// When it was sent.
    pub at: Timestamp,
}

impl OpenAnswer {
    /// Where it stands.
    pub fn place(&self) -> Place {
        (self.invitation.id, self.row.clone())
    }
}

/// A coded question with everything that decisions about it need.
pub(super) struct Subject {
    pub(super) programme: Arc<Known>,
    pub(super) edition: Edition,
    pub(super) form: String,
    pub(super) model: Arc<Model>,
    pub(super) coding: Coding,
}

impl Subject {
    pub(super) fn scope(&self) -> Scope {
        self.programme.scope()
    }
}

impl Service {
    /// The coded questions of an edition, by questionnaire in the order of the files.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn coded_questions(&self, name: &EditionName) -> Result<Vec<CodedQuestion>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let sources = self.store.read("coded_questions", |tx| self.sources(tx, &programme, &edition))?;
        let all = sources.iter().flat_map(|source| {
            source
                .plan
                .codings
                .iter()
                .map(|coding| CodedQuestion { form: source.form.clone(), question: coding.question.clone() })
        });
        Ok(all.collect())
    }

    /// A coded question, looked up in the newest plan.
    pub(super) fn subject(
        &self,
        tx: &mut Tx<'_>,
        name: &EditionName,
        asked: &CodedQuestion,
    ) -> Result<Subject, Refused> {
        let unknown = || Refused::UnknownEdition(format!("{name}/{}/{}", asked.form, asked.question));
        let programme = tx.programme_find_by_slug(&name.programme)?.ok_or_else(unknown)?;
        let programme = self.versions.programme(programme)?;
        let scope = programme.scope();
        let edition = tx.edition_find_by_slug(scope, &name.edition)?.ok_or_else(unknown)?;
        let source =
            self.sources(tx, &programme, &edition)?.into_iter().find(|source| source.form == asked.form);
        let Source { form, model, plan, .. } = source.ok_or_else(unknown)?;
        let coding = plan.coding(&asked.question).cloned().ok_or_else(unknown)?;
        Ok(Subject { programme, edition, form, model, coding })
    }
}

/// The answers to an open question in all counted submissions, in the order of units and rows.
pub(super) fn open_answers(tx: &mut Tx<'_>, subject: &Subject) -> Result<Vec<OpenAnswer>, Refused> {
    let mut answers = Vec::new();
    let mut after = None;
    loop {
        let page = tx.submission_page_counted(
            subject.scope(),
            subject.edition.id,
            Some(&subject.form),
            after.as_ref(),
            PAGE,
        )?;
        let Some(last) = page.last() else { return Ok(answers) };
        after = Some(last.invitation.place());
        for counted in page {
            let texts = texts(&counted.submission.answers, &subject.coding);
            answers.extend(texts.into_iter().map(|(row, number, text)| OpenAnswer {
                invitation: counted.invitation.clone(),
                row,
                number,
                hash: answer_hash(&text),
                text,
                seq: counted.submission.seq,
                at: counted.submission.at,
            }));
        }
    }
}

/// The texts that a response holds under a question: row, its number, text.
fn texts(answers: &form::Raw, coding: &Coding) -> Vec<(String, usize, String)> {
    let text = |fields: &BTreeMap<String, String>| {
        fields.get(&coding.question).filter(|text| !text.trim().is_empty()).cloned()
    };
    match &coding.repeat {
        None => text(&answers.fields).map(|text| (String::new(), 0, text)).into_iter().collect(),
        Some(repeat) => {
            let rows = (1..).zip(answers.repeats.get(repeat).into_iter().flatten());
            rows.filter_map(|(number, row)| Some((row.id.clone(), number, text(&row.fields)?))).collect()
        }
    }
}

/// SHA-256 of an answer: 64 hexadecimal digits.
fn answer_hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Codes in one text, in the order given.
fn joined<T: AsRef<str>>(codes: impl IntoIterator<Item = T>) -> String {
    let mut text = String::new();
    for code in codes {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(code.as_ref());
    }
    text
}

/// The codes of a stored decision.
pub fn split(codes: &str) -> Vec<String> {
    codes.split_whitespace().map(str::to_owned).collect()
}
