//! Made-up answers that could be sent: for tests, demonstrations and load.

use chrono::Days;

use crate::answers::{Path, ProblemKind, Raw};
use crate::evaluate::{Context, Evaluation, Status, evaluate};
use crate::model::{Kind, Model, Question, Repeat};
use crate::problem::Severity;
use crate::read;

/// Rounds of answering what is asked and mending what is wrong. Each round can open new questions.
const ROUNDS: usize = 24;
/// Of this many optional questions one is left empty, and of this many that offer it one says "don't know".
const SELDOM: u64 = 6;

/// Answers drawn with `next` (any source of numbers; the same numbers give the same answers): every required question
/// that is asked is answered, and answers that break a constraint are drawn again. For forms whose constraints a few
/// draws cannot meet, errors may remain.
#[must_use]
pub fn sample(model: &Model, context: &Context, next: &mut dyn FnMut() -> u64) -> Raw {
    let mut sampler = Sampler { model, context, next, raw: Raw::default(), refused: Vec::new(), round: 0 };
    for round in 0..ROUNDS {
        sampler.round = round;
        let (typed, _) = read(model, &sampler.raw);
        let evaluation = evaluate(model, &typed, context);
        let changed = sampler.answer(&evaluation) | sampler.mend(&evaluation);
        if !changed {
            break;
        }
    }
    sampler.raw
}

struct Sampler<'a> {
    model: &'a Model,
    context: &'a Context,
    next: &'a mut dyn FnMut() -> u64,
    raw: Raw,
    /// Optional questions that stay empty, by key.
    refused: Vec<String>,
    round: usize,
}

impl Sampler<'_> {
    fn below(&mut self, end: u64) -> u64 {
        (self.next)() % end.max(1)
    }

    /// Answers what is asked and still empty; whether there was anything.
    fn answer(&mut self, evaluation: &Evaluation) -> bool {
        let mut changed = false;
        for repeat in self.model.repeats() {
            if evaluation.repeat_relevant(&repeat.name) && !self.raw.repeats.contains_key(&repeat.name) {
                self.add_rows(repeat);
                changed = true;
            }
        }
        for question in self.model.questions().filter(|question| question.is_answerable()) {
            let rows = question.repeat.as_deref().map(|repeat| evaluation.rows(repeat));
            for row in rows.map_or(vec![None], |rows| (0..rows.len()).map(Some).collect()) {
                let path = path(evaluation, question, row);
                if evaluation.status(&question.name, row) == Status::Missing
                    && !self.stays_empty(question, &path)
                {
                    self.draw(evaluation, question, row, &path);
                    changed = true;
                }
            }
        }
        changed
    }

    /// Entries with their first question answered, because an entry exists only then.
    fn add_rows(&mut self, repeat: &Repeat) {
        let least = u64::from(repeat.min.unwrap_or(0));
        let rows = least + self.below(u64::from(repeat.max.unwrap_or(4)).saturating_sub(least).min(4) + 1);
        self.raw.repeats.entry(repeat.name.clone()).or_default();
        let Some(first) = repeat.questions().into_iter().find(|question| question.is_answerable()) else {
            return;
        };
        for row in 0..rows {
            let id = format!("{:04}{row:04}", self.below(10_000));
            let path = Path::Row { repeat: repeat.name.clone(), row: id, question: first.name.clone() };
            let text = self.text(first, &[]);
            self.set(first, &path, &text);
        }
    }

    /// Whether an optional question was, or is now, decided to stay empty.
    fn stays_empty(&mut self, question: &Question, path: &Path) -> bool {
        let key = path.to_string();
        let known = self.refused.contains(&key);
        if !known && question.required.is_none() && self.below(SELDOM) == 0 {
            self.refused.push(key);
            return true;
        }
        known
    }

    fn draw(&mut self, evaluation: &Evaluation, question: &Question, row: Option<usize>, path: &Path) {
        let tick = question.dont_know && question.kind.list().is_none();
        if tick && self.below(SELDOM) == 0 {
            self.raw.set(&path.beside(&format!("{}.nw", question.name)), "1");
            return;
        }
        let choices: Vec<String> =
            evaluation.choices(&question.name, row).into_iter().map(|choice| choice.name.clone()).collect();
        let text = self.text(question, &choices);
        self.set(question, path, &text);
    }

    fn set(&mut self, question: &Question, path: &Path, text: &str) {
        let key = match question.kind {
            Kind::Rank(_) => format!("{}.1", question.name),
            _ => question.name.clone(),
        };
        self.raw.set(&path.beside(&key), text);
    }

    /// A text of the question's kind; `choices` are those offered, all of the list where none are given.
    fn text(&mut self, question: &Question, choices: &[String]) -> String {
        match &question.kind {
            Kind::Integer | Kind::Decimal => self.number(),
            Kind::Date => {
                let day = self.context.today.checked_sub_days(Days::new(self.below(420)));
                day.unwrap_or(self.context.today).to_string()
            }
            Kind::SelectOne(_) | Kind::SelectMultiple(_) | Kind::Rank(_) => self.choice(question, choices),
            Kind::Acknowledge => "OK".to_owned(),
            Kind::Text | Kind::Note | Kind::Calculate => self.words(question),
        }
    }

    /// A few words; where there is a constraint, round by round what constraints on texts most often want.
    fn words(&mut self, question: &Question) -> String {
        let number = self.below(40) + 1;
        let pick = if question.constraint.is_some() { self.round % 6 } else { 0 };
        match pick {
            1 => format!("osoba{number}@urzad.example"),
            2 => format!("22 555 01 {:02}", number + 10),
            3 => format!("https://www.urzad.example/strona/{number}"),
            4 => format!("00-9{:02}", number + 10),
            5 => format!("{:010}", 1_000_000_000 + number),
            _ => format!("Odpowiedź {number}"),
        }
    }

    /// Small numbers most often, as in real answers.
    fn number(&mut self) -> String {
        let end = [2, 5, 10, 100, 3_000];
        let pick = self.below(end.len() as u64);
        self.below(end.get(usize::try_from(pick).unwrap_or_default()).copied().unwrap_or(10)).to_string()
    }

    fn choice(&mut self, question: &Question, choices: &[String]) -> String {
        let list = self.model.list_of(question).map_or(&[][..], |list| &list.choices);
        let all: Vec<String> = match choices {
            [] => list.iter().map(|choice| choice.name.clone()).collect(),
            offered => offered.to_vec(),
        };
        let pick = self.below(all.len() as u64);
        all.get(usize::try_from(pick).unwrap_or_default()).cloned().unwrap_or_default()
    }

    /// Draws answers with errors again; whether there were any. Optional ones are given up in the last rounds.
    fn mend(&mut self, evaluation: &Evaluation) -> bool {
        let mut changed = false;
        for problem in evaluation.problems().iter().filter(|problem| problem.severity == Severity::Error) {
            let Some(question) = self.model.question(problem.path.question()) else { continue };
            if problem.kind == ProblemKind::Required {
                continue;
            }
            let row = match &problem.path {
                Path::Question(_) => None,
                Path::Row { repeat, row, .. } => evaluation.rows(repeat).iter().position(|id| id == row),
            };
            if question.required.is_none() && self.round + 4 > ROUNDS {
                self.refused.push(problem.path.to_string());
                self.set(question, &problem.path, "");
            } else {
                self.draw(evaluation, question, row, &problem.path);
            }
            changed = true;
        }
        changed
    }
}

fn path(evaluation: &Evaluation, question: &Question, row: Option<usize>) -> Path {
    let own = Path::Question(question.name.clone());
    let (Some(repeat), Some(row)) = (&question.repeat, row) else { return own };
    let id = evaluation.rows(repeat).get(row).cloned().unwrap_or_default();
    Path::Row { repeat: repeat.clone(), row: id, question: question.name.clone() }
}
