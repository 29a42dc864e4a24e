//! `/ankieta/sprawdz`: everything that would be sent, on one page, before it is sent.
use askama::Template;
use form::answers::Path;
use form::evaluate::Status;
use form::model::{Item, Kind, Question, Repeat};
use form::problem::Severity;

use super::control::choice_words;
use super::drawing::Answers;
use super::field::{field_id, rows_id};
use super::layout::Layout;
use super::parts::{Hidden, Mistake};
use super::words::problem_words;

/// The check page.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/check.html")]
pub struct CheckPage {
    /// Surroundings.
    pub layout: Layout,
    /// The answers by section.
    pub sections: Vec<CheckSection>,
    /// What blocks sending; links lead to lines of this page.
    pub errors: Vec<Mistake>,
    /// Why the questionnaire was not sent although nothing blocks it.
    pub not_sent: Option<String>,
    /// Hidden fields of the button that sends.
    pub hidden: Hidden,
    /// Until when answers can be corrected after sending, in words.
    pub deadline: String,
    /// Number of the submission that is being corrected.
    pub correcting: Option<String>,
    /// Whether it can still be sent.
    pub open: bool,
}

impl CheckPage {
    /// The page for the state of a response. `changeable` says for which sections „Zmień” is offered.
    pub fn new(
        layout: Layout,
        answers: Answers<'_>,
        changeable: impl Fn(&str) -> bool,
        hidden: Hidden,
        deadline: String,
    ) -> CheckPage {
        let sections = answer_sections(answers, changeable);
        let errors = blocking(answers, &sections);
        let layout = layout.with_errors(!errors.is_empty());
        CheckPage { layout, sections, errors, not_sent: None, hidden, deadline, correcting: None, open: true }
    }

    /// The page after closing: for reading only. Mistakes are not listed, for nothing can be mended any more.
    pub fn closed(layout: Layout, answers: Answers<'_>, deadline: String) -> CheckPage {
        let sections = answer_sections(answers, |_| false);
        let (errors, hidden) = (Vec::new(), Hidden::default());
        CheckPage {
            layout,
            sections,
            errors,
            not_sent: None,
            hidden,
            deadline,
            correcting: None,
            open: false,
        }
    }

    fn warnings(&self) -> usize {
        let lines = self.sections.iter().flat_map(|section| &section.parts).flat_map(|part| &part.lines);
        lines.map(|line| line.warnings.iter().filter(|warned| !warned.1).count()).sum()
    }
}

/// The answers of one section.
#[derive(Debug, Clone)]
pub struct CheckSection {
    /// Heading.
    pub label: String,
    /// Its answers: outside lists, and per entry of a list.
    pub parts: Vec<AnswerPart>,
}

/// Answers under one heading.
#[derive(Debug, Clone, Default)]
pub struct AnswerPart {
    /// Which entry of which list; none outside lists.
    pub heading: Option<String>,
    /// The answers.
    pub lines: Vec<AnswerLine>,
}

/// One answer in words.
#[derive(Debug, Clone)]
pub struct AnswerLine {
    /// Id of the line.
    pub id: String,
    /// Printed number.
    pub number: String,
    /// The question's text.
    pub label: String,
    /// The answer, or none where there is none.
    pub value: Option<String>,
    /// Where it can be changed; none where it cannot.
    pub change: Option<String>,
    /// What is wrong.
    pub error: Option<String>,
    /// What looks odd, and whether that was confirmed.
    pub warnings: Vec<(String, bool)>,
}

/// The relevant answers of a response by section. `changeable` says for which sections „Zmień” is offered.
pub fn answer_sections(answers: Answers<'_>, changeable: impl Fn(&str) -> bool) -> Vec<CheckSection> {
    let relevant =
        answers.model.sections.iter().filter(|section| answers.evaluation.section_relevant(&section.name));
    relevant
        .map(|section| {
            let mut reader = Reader {
                answers,
                address: changeable(&section.name)
                    .then(|| format!("/ankieta/czesc/{}?z=sprawdz", section.name)),
                parts: vec![AnswerPart::default()],
            };
            reader.items(&section.items, None);
            reader.parts.retain(|part| !part.lines.is_empty());
            CheckSection { label: section.label.render(answers.evaluation, None), parts: reader.parts }
        })
        .filter(|section| !section.parts.is_empty())
        .collect()
}

/// What blocks sending, with links to the lines of `sections`.
pub fn blocking(answers: Answers<'_>, sections: &[CheckSection]) -> Vec<Mistake> {
    let lines = || sections.iter().flat_map(|section| &section.parts).flat_map(|part| &part.lines);
    let errors = answers.evaluation.problems().iter().filter(|problem| problem.severity == Severity::Error);
    errors
        .map(|problem| {
            let id = line_id(&problem.path);
            let anchor = if lines().any(|line| line.id == id) { id } else { "tresc".into() };
            Mistake { anchor, text: problem_words(answers, problem) }
        })
        .collect()
}

fn line_id(path: &Path) -> String {
    format!("o-{path}")
}

struct Reader<'a> {
    answers: Answers<'a>,
    address: Option<String>,
    parts: Vec<AnswerPart>,
}

impl Reader<'_> {
    fn items(&mut self, items: &[Item], row: Option<(&Repeat, usize, &str)>) {
        for item in items {
            match item {
                Item::Question(question) => self.question(question, row),
                Item::Group(group) => self.items(&group.items, row),
                Item::Repeat(repeat) => self.repeat(repeat),
            }
        }
    }

    fn repeat(&mut self, repeat: &Repeat) {
        let evaluation = self.answers.evaluation;
        if !evaluation.repeat_relevant(&repeat.name) {
            return;
        }
        let label = repeat.label.render(evaluation, None);
        let rows = evaluation.rows(&repeat.name);
        self.parts.push(AnswerPart { heading: None, lines: vec![self.count(repeat, &label, rows.len())] });
        for (place, id) in rows.iter().enumerate() {
            self.parts.push(AnswerPart {
                heading: Some(format!("{label} – wpis {}", place + 1)),
                lines: Vec::new(),
            });
            self.items(&repeat.items, Some((repeat, place, id)));
        }
        self.parts.push(AnswerPart::default());
    }

    /// The line that says how many entries a list has.
    fn count(&self, repeat: &Repeat, label: &str, rows: usize) -> AnswerLine {
        let path = Path::Question(repeat.name.clone());
        let words = form::polish::plural_of(rows as u64, "wpis", "wpisy", "wpisów");
        AnswerLine {
            id: line_id(&path),
            number: repeat.number.clone(),
            label: label.into(),
            value: (rows > 0).then(|| format!("{rows} {words}")),
            change: self.change(&rows_id(&repeat.name)),
            error: self.error(&path),
            warnings: self.warnings(&path),
        }
    }

    fn question(&mut self, question: &Question, row: Option<(&Repeat, usize, &str)>) {
        let path = match row {
            None => Path::Question(question.name.clone()),
            Some((repeat, _, id)) => {
                Path::Row { repeat: repeat.name.clone(), row: id.into(), question: question.name.clone() }
            }
        };
        let label = question.label.render(self.answers.evaluation, row.map(|row| row.1));
        let silent = matches!(question.kind, Kind::Note | Kind::Calculate);
        if silent || !self.answers.evaluation.relevant(&path) {
            return;
        }
        let typed = question.kind.is_asked() && !question.read_only;
        let line = AnswerLine {
            id: line_id(&path),
            number: question.number.clone(),
            label,
            value: self.value(question, &path, row.map(|row| row.1)),
            change: if typed { self.change(&field_id(&path.to_string())) } else { None },
            error: self.error(&path),
            warnings: self.warnings(&path),
        };
        if let Some(part) = self.parts.last_mut() {
            part.lines.push(line);
        }
    }

    fn value(&self, question: &Question, path: &Path, row: Option<usize>) -> Option<String> {
        let Answers { model, raw, evaluation } = self.answers;
        match evaluation.status(&question.name, row) {
            Status::DontKnow => Some("nie wiem / brak danych".into()),
            Status::Unreadable => raw.get(path).map(str::to_owned),
            Status::Answered if question.kind == Kind::Acknowledge => Some("potwierdzono".into()),
            Status::Answered => {
                let names = evaluation.value(&question.name, row).to_text().into_owned();
                let labels = choice_words(model, question, &names);
                let unit = question.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
                labels.or_else(|| evaluation.shown(&question.name, row).map(|words| words + &unit))
            }
            Status::Missing | Status::NotRelevant => None,
        }
    }

    fn change(&self, anchor: &str) -> Option<String> {
        self.address.as_ref().map(|address| format!("{address}#{anchor}"))
    }

    fn error(&self, path: &Path) -> Option<String> {
        let mut problems = self.answers.evaluation.problems().iter();
        let error = problems.find(|problem| problem.severity == Severity::Error && problem.path == *path)?;
        Some(problem_words(self.answers, error))
    }

    fn warnings(&self, path: &Path) -> Vec<(String, bool)> {
        let problems = self.answers.evaluation.problems().iter();
        problems
            .filter(|problem| problem.severity != Severity::Error && problem.path == *path)
            .map(|problem| (problem.message.clone(), problem.acknowledged))
            .collect()
    }
}
