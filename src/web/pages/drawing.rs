//! Turns a section of the questionnaire and the state of one response into what the page shows.
//!
//! Only what is relevant is drawn. Nothing here decides whether an answer is right: that comes from the evaluation.
use std::collections::{BTreeMap, BTreeSet};

use form::answers::{AnswerProblem, Path, ProblemKind, Raw};
use form::evaluate::{Evaluation, Status};
use form::model::{Group, Item, Model, Prefill, Question, Repeat, Section, Text};
use form::problem::Severity;

use super::control;
use super::field::{self, Block, Control, Entry, Field, Rows, Warned, field_id, rows_id};
use super::parts::Mistake;
use super::words::problem_words;
use crate::service::previous::Last;

/// Which mistakes a page says aloud.
#[derive(Debug, Clone, Copy)]
pub enum Reveal<'a> {
    /// What was typed and is wrong, but not what is missing: for a page that is opened.
    Typed,
    /// Everything: for a page that is opened from the summary of what blocks sending.
    All,
    /// Everything about questions that were there before the save, by the evaluation from before it. A question
    /// that appeared through the save itself is not a mistake yet.
    Seen(&'a Evaluation),
}

/// The state of one response, from which sections are drawn.
#[derive(Debug, Clone, Copy)]
pub struct Answers<'a> {
    /// The version that the respondent sees.
    pub model: &'a Model,
    /// The draft as typed, contact details included.
    pub raw: &'a Raw,
    /// The draft evaluated.
    pub evaluation: &'a Evaluation,
}

/// A section, drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Heading of the section.
    pub label: String,
    /// Text under the heading.
    pub hint: Option<String>,
    /// Contents in document order.
    pub blocks: Vec<Block>,
    /// What is wrong, in document order; the same texts stand beside the fields.
    pub errors: Vec<Mistake>,
    /// The first required question that appeared only through what was just saved.
    pub appeared: Option<Mistake>,
    /// One tick „nie wiem / brak danych” for the whole section; `Some(ticked)` where it is offered.
    pub dont_know: Option<bool>,
    /// Whether contact details are asked for, so that the page says what happens with them.
    pub personal: bool,
}

/// What the unit answered in the edition before, as the page says it.
#[derive(Debug, Clone)]
pub struct Beside<'a> {
    /// When that was: „Rok temu”.
    pub when: String,
    /// The answers.
    pub last: &'a Last,
}

/// Draws a section without anything from an earlier edition; see [`draw_beside`].
pub fn draw(
    answers: Answers<'_>,
    section: &Section,
    reveal: Reveal<'_>,
    blank: &BTreeMap<String, usize>,
    row_id: &mut dyn FnMut() -> String,
) -> Drawn {
    draw_beside(answers, None, section, reveal, blank, row_id)
}

/// Draws a section. `row_id` gives a fresh id for each blank entry; `blank` says how many blank entries of a list
/// are asked for (an empty list always shows one).
pub fn draw_beside(
    answers: Answers<'_>,
    beside: Option<Beside<'_>>,
    section: &Section,
    reveal: Reveal<'_>,
    blank: &BTreeMap<String, usize>,
    row_id: &mut dyn FnMut() -> String,
) -> Drawn {
    let mut pen = Pen {
        answers,
        beside,
        reveal,
        blank,
        row_id,
        problems: by_path(answers.evaluation.problems(), &section.name),
        anchors: BTreeSet::new(),
    };
    let blocks = pen.items(&section.items, None);
    let (errors, appeared) = pen.mistakes(&section.name);
    Drawn {
        label: pen.words(&section.label, None),
        hint: pen.maybe(section.hint.as_ref(), None),
        blocks,
        errors,
        appeared,
        dont_know: section.dont_know.then(|| pen.ticked(&nw(&section.name))),
        personal: section.questions().iter().any(|question| question.personal),
    }
}

fn by_path<'a>(problems: &'a [AnswerProblem], section: &str) -> BTreeMap<String, Vec<&'a AnswerProblem>> {
    let mut found: BTreeMap<String, Vec<&AnswerProblem>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| problem.section == section) {
        found.entry(problem.path.to_string()).or_default().push(problem);
    }
    found
}

/// The entry that is being drawn.
#[derive(Clone, Copy)]
struct Row<'a> {
    repeat: &'a str,
    id: &'a str,
    /// Place among the entries that count, none for a blank one.
    place: Option<usize>,
}

impl Row<'_> {
    fn path(&self, key: &str) -> Path {
        Path::Row { repeat: self.repeat.into(), row: self.id.into(), question: key.into() }
    }
}

fn path_of(row: Option<Row<'_>>, key: &str) -> Path {
    row.map_or_else(|| Path::Question(key.into()), |row| row.path(key))
}

fn nw(name: &str) -> Path {
    Path::Question(format!("{name}.nw"))
}

struct Pen<'a> {
    answers: Answers<'a>,
    beside: Option<Beside<'a>>,
    reveal: Reveal<'a>,
    blank: &'a BTreeMap<String, usize>,
    row_id: &'a mut dyn FnMut() -> String,
    problems: BTreeMap<String, Vec<&'a AnswerProblem>>,
    /// Ids that the page really has, so that no link leads nowhere.
    anchors: BTreeSet<String>,
}

impl Pen<'_> {
    fn items(&mut self, items: &[Item], row: Option<Row<'_>>) -> Vec<Block> {
        items
            .iter()
            .filter_map(|item| match item {
                Item::Question(question) => self.question(question, row).map(Block::Field),
                Item::Group(group) => self.group(group, row).map(Block::Group),
                Item::Repeat(repeat) => self.rows(repeat).map(Block::Rows),
            })
            .collect()
    }

    fn group(&mut self, group: &Group, row: Option<Row<'_>>) -> Option<field::Group> {
        if !self.answers.evaluation.relevant(&path_of(row, &group.name)) {
            return None;
        }
        let blocks = self.items(&group.items, row);
        let ticked = self.ticked(&path_of(row, &format!("{}.nw", group.name)));
        (!blocks.is_empty()).then(|| field::Group {
            path: path_of(row, &group.name).to_string(),
            label: self.words(&group.label, row),
            hint: self.maybe(group.hint.as_ref(), row),
            dont_know: group.dont_know.then_some(ticked),
            blocks,
        })
    }

    fn rows(&mut self, repeat: &Repeat) -> Option<Rows> {
        let evaluation = self.answers.evaluation;
        if !evaluation.repeat_relevant(&repeat.name) {
            return None;
        }
        let ids = evaluation.rows(&repeat.name).to_vec();
        let mut entries: Vec<Entry> = ids
            .iter()
            .enumerate()
            .map(|(place, id)| {
                self.entry(repeat, place, Row { repeat: &repeat.name, id, place: Some(place) })
            })
            .collect();
        for place in ids.len()..ids.len() + self.blanks(repeat, ids.len()) {
            let id = (self.row_id)();
            entries.push(self.entry(repeat, place, Row { repeat: &repeat.name, id: &id, place: None }));
        }
        self.anchors.insert(rows_id(&repeat.name));
        let path = Path::Question(repeat.name.clone());
        Some(Rows {
            name: repeat.name.clone(),
            number: repeat.number.clone(),
            label: self.words(&repeat.label, None),
            hint: self.maybe(repeat.hint.as_ref(), None),
            guidance: self.maybe(repeat.guidance_hint.as_ref(), None),
            error: self.error_at(&path),
            warnings: self.warnings_at(&path),
            entries,
            before: self.before(repeat, &ids),
            free: repeat.repeat_count.is_none(),
        })
    }

    fn entry(&mut self, repeat: &Repeat, place: usize, row: Row<'_>) -> Entry {
        let path = format!("{}.{}", row.repeat, row.id);
        let blocks = self.items(&repeat.items, Some(row));
        Entry { path, place: place + 1, blank: row.place.is_none(), blocks }
    }

    /// How many blank entries to offer after `stored` stored ones.
    fn blanks(&self, repeat: &Repeat, stored: usize) -> usize {
        let expected = match &repeat.repeat_count {
            Some(count) => {
                let value = self.answers.evaluation.eval(count, None);
                value.to_number().to_f64().clamp(0.0, 200.0) as usize
            }
            None => (repeat.min.unwrap_or(0) as usize).clamp(1, 20),
        };
        let asked = self.blank.get(&repeat.name).copied().unwrap_or(0).min(20);
        expected.saturating_sub(stored).max(if repeat.repeat_count.is_none() { asked } else { 0 })
    }

    fn question(&mut self, question: &Question, row: Option<Row<'_>>) -> Option<Field> {
        let path = path_of(row, &question.name);
        if !self.answers.evaluation.relevant(&path) {
            return None;
        }
        let place = row.and_then(|row| row.place);
        let control = control::of(self.answers, question, &path, place)?;
        self.anchors.insert(field_id(&path.to_string()));
        let answered_by_choice = control::offers_dont_know(self.answers.model, question);
        let asked = !matches!(control, Control::Note | Control::Shown(_));
        Some(Field {
            number: question.number.clone(),
            label: self.words(&question.label, row),
            optional: asked && question.required.is_none(),
            hint: self.maybe(question.hint.as_ref(), row).or_else(|| control::example(&question.kind)),
            guidance: self.maybe(question.guidance_hint.as_ref(), row),
            previous: self.previous(question),
            copy: self.can_copy(question, &path),
            unit: question.unit.clone(),
            control,
            dont_know: (question.dont_know && !answered_by_choice)
                .then(|| self.ticked(&path.beside(&format!("{}.nw", question.name)))),
            error: self.error_at(&path),
            warnings: self.warnings_at(&path),
            path: path.to_string(),
        })
    }

    /// The answer of the edition before, where the questionnaire wants it shown.
    fn previous(&self, question: &Question) -> Option<String> {
        question.prefill?;
        let words = control::previous(self.answers, question)?;
        let when = self.beside.as_ref().map_or("W poprzedniej edycji", |beside| &beside.when);
        Some(format!("{when}: {words}"))
    }

    /// Whether one press can answer as in the edition before: where the questionnaire offers it and the answer is
    /// another one now.
    fn can_copy(&self, question: &Question, path: &Path) -> bool {
        let before = self.answers.evaluation.context().previous.get(&question.name);
        let same = |text: &String| {
            let row = None;
            let evaluation = self.answers.evaluation;
            evaluation.status(&question.name, row) == Status::Answered
                && *evaluation.value(&question.name, row).to_text() == **text
        };
        let outside = matches!(path, Path::Question(_)) && question.is_answerable();
        outside
            && question.prefill == Some(Prefill::Confirm)
            && self.beside.is_some()
            && before.is_some_and(|text| !same(text))
    }

    /// The entries of the edition before that can be taken over and are not in the list yet.
    fn before(&self, repeat: &Repeat, ids: &[String]) -> Option<field::Earlier> {
        let beside = self.beside.as_ref()?;
        let model = self.answers.model;
        let rows = beside.last.offered(model, &repeat.name);
        let rows = rows.into_iter().filter(|row| repeat.repeat_count.is_none() && !ids.contains(&row.id));
        let offers: Vec<field::Offer> = rows
            .map(|row| field::Offer {
                path: format!("{}.{}", repeat.name, row.id),
                words: control::row_words(model, repeat, &row),
            })
            .collect();
        (!offers.is_empty()).then(|| field::Earlier { when: beside.when.clone(), offers })
    }

    fn words(&self, text: &Text, row: Option<Row<'_>>) -> String {
        text.render(self.answers.evaluation, row.and_then(|row| row.place))
    }

    fn maybe(&self, text: Option<&Text>, row: Option<Row<'_>>) -> Option<String> {
        text.map(|text| self.words(text, row))
    }

    fn ticked(&self, path: &Path) -> bool {
        self.answers.raw.get(path).is_some_and(|text| !text.is_empty())
    }

    /// The first error at a path that may be said aloud.
    fn error_at(&self, path: &Path) -> Option<String> {
        let problems = self.problems.get(&path.to_string())?;
        let error = problems.iter().find(|problem| self.said(problem))?;
        Some(problem_words(self.answers, error))
    }

    fn said(&self, problem: &AnswerProblem) -> bool {
        if problem.severity != Severity::Error {
            return false;
        }
        let missing = matches!(problem.kind, ProblemKind::Required | ProblemKind::TooFewRows);
        match self.reveal {
            Reveal::All => true,
            Reveal::Typed => !missing,
            Reveal::Seen(before) => !missing || before.relevant(&problem.path),
        }
    }

    fn warnings_at(&self, path: &Path) -> Vec<Warned> {
        let raw = self.answers.raw;
        let Some(problems) = self.problems.get(&path.to_string()) else { return Vec::new() };
        let why = raw.fields.get(&path.why_key()).cloned().unwrap_or_default();
        problems
            .iter()
            .filter(|problem| problem.severity != Severity::Error)
            .map(|problem| Warned {
                message: problem.message.clone(),
                confirmed: problem.acknowledged,
                why: why.clone(),
            })
            .collect()
    }

    /// The summary of what is wrong, and the first thing that is merely new.
    fn mistakes(&self, section: &str) -> (Vec<Mistake>, Option<Mistake>) {
        let mut errors: Vec<Mistake> = Vec::new();
        let mut appeared = None;
        for problem in self.answers.evaluation.problems() {
            if problem.section != section || problem.severity != Severity::Error {
                continue;
            }
            let mistake =
                Mistake { anchor: self.anchor(&problem.path), text: problem_words(self.answers, problem) };
            if !self.said(problem) {
                appeared = appeared.or_else(|| matches!(self.reveal, Reveal::Seen(_)).then_some(mistake));
            } else if errors.iter().all(|known| known.anchor != mistake.anchor) {
                errors.push(mistake);
            }
        }
        (errors, appeared)
    }

    fn anchor(&self, path: &Path) -> String {
        let text = path.to_string();
        [field_id(&text), rows_id(&text)]
            .into_iter()
            .find(|id| self.anchors.contains(id))
            .unwrap_or_else(|| "tresc".into())
    }
}
