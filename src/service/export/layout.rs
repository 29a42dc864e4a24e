//! Which questions go into which table.

use std::collections::BTreeSet;

use form::evaluate::{Evaluation, Status};
use form::model::{Kind, Model, Publish, Question, Repeat};

use super::Level;

/// The table of responses.
pub(super) const RESPONSES: &str = "odpowiedzi";
/// Names of tables that a list cannot have.
const TAKEN: [&str; 4] = [RESPONSES, "operat", "slownik", "listy"];

/// The columns of all tables.
pub(super) struct Layout<'a> {
    /// The newest version of the questionnaire.
    pub(super) model: &'a Model,
    /// What is to be said about the answers in every row.
    pub(super) notice: Option<&'static str>,
    /// Columns of the register that numbers are broken down by: code and name.
    pub(super) attributes: Vec<(String, String)>,
    /// Questions outside of lists.
    pub(super) single: Vec<&'a Question>,
    /// The lists.
    pub(super) lists: Vec<List<'a>>,
    /// Whether a response without a value in any of these tables is left out, so that nobody is named for nothing.
    only_published: bool,
}

/// The table of a list.
pub(super) struct List<'a> {
    /// The list.
    pub(super) repeat: &'a Repeat,
    /// Name of its file without an ending.
    pub(super) file: String,
    /// Its questions that go.
    pub(super) questions: Vec<&'a Question>,
}

impl<'a> Layout<'a> {
    /// Sorts the questions of a questionnaire into tables.
    pub(super) fn new(model: &'a Model, open_text: bool, notice: Option<&'static str>) -> Self {
        let inside = if open_text { BTreeSet::new() } else { kept_inside(model) };
        Self::with(model, notice, |question| !inside.contains(question.name.as_str()))
    }

    /// The same for a report.
    pub(super) fn of_level(model: &'a Model, level: Level, notice: Option<&'static str>) -> Self {
        let inside = kept_inside(model);
        let mut layout = Self::with(model, notice, |question| {
            let published = level == Level::Inside || question.publish == Publish::Unit;
            published && !inside.contains(question.name.as_str())
        });
        if level == Level::Published {
            // How many entries a list has is an answer too.
            layout.lists.retain(|list| !list.questions.is_empty());
            layout.only_published = true;
        }
        layout
    }

    /// Whether any answer goes at all.
    pub(super) fn has_answers(&self) -> bool {
        !self.only_published || !self.single.is_empty() || !self.lists.is_empty()
    }

    /// Whether a response has a row: always, or where something of it may be published.
    pub(super) fn takes(&self, evaluation: &Evaluation) -> bool {
        let says = |name: &str, row| evaluation.status(name, row) == Status::Answered;
        let in_list = |list: &List<'_>| {
            let rows = 0..evaluation.rows(&list.repeat.name).len();
            rows.into_iter().any(|row| list.questions.iter().any(|question| says(&question.name, Some(row))))
        };
        !self.only_published
            || self.single.iter().any(|question| says(&question.name, None))
            || self.lists.iter().any(in_list)
    }

    fn with(model: &'a Model, notice: Option<&'static str>, wanted: impl Fn(&Question) -> bool) -> Self {
        let goes = |question: &&Question| is_exported(question) && wanted(question);
        let single = model.questions().filter(|question| question.repeat.is_none()).filter(goes).collect();
        let lists = model.repeats().map(|repeat| List {
            repeat,
            file: file_of(&repeat.name),
            questions: repeat.questions().into_iter().filter(goes).collect(),
        });
        let lists = lists.collect();
        Self { model, notice, attributes: Vec::new(), single, lists, only_published: false }
    }

    /// The same with columns of the register beside every unit.
    pub(super) fn with_attributes(self, attributes: Vec<(String, String)>) -> Self {
        Self { attributes, ..self }
    }

    /// The table that a question stands in; none when it does not go.
    pub(super) fn file(&self, question: &Question) -> Option<&str> {
        let in_it = |questions: &[&Question]| questions.iter().any(|other| other.name == question.name);
        let list = self.lists.iter().find(|list| in_it(&list.questions));
        list.map(|list| list.file.as_str()).or_else(|| in_it(&self.single).then_some(RESPONSES))
    }
}

/// Whether a question can go at all: personal answers are not among the answers, and a note has none.
pub(super) fn is_exported(question: &Question) -> bool {
    !question.personal && question.kind != Kind::Note
}

/// Questions that stay inside the office: never to be published, in people's own words, and whatever is calculated
/// from one of these, since it may repeat it.
fn kept_inside(model: &Model) -> BTreeSet<&str> {
    let own = |question: &Question| question.publish == Publish::Never || question.kind == Kind::Text;
    let mut inside: BTreeSet<&str> =
        model.questions().filter(|question| own(question)).map(|question| question.name.as_str()).collect();
    loop {
        let told = |question: &&Question| {
            let calculation = question.calculation.as_ref();
            calculation.is_some_and(|told| told.references().any(|name| inside.contains(name)))
        };
        let more: Vec<&str> = model
            .questions()
            .filter(|question| !inside.contains(question.name.as_str()))
            .filter(told)
            .map(|question| question.name.as_str())
            .collect();
        if more.is_empty() {
            return inside;
        }
        inside.extend(more);
    }
}

/// The file of a list. Names of questions and lists have no dots, so this meets no other.
fn file_of(repeat: &str) -> String {
    if TAKEN.contains(&repeat.to_lowercase().as_str()) {
        format!("{repeat}.lista")
    } else {
        repeat.to_owned()
    }
}
