//! What is wrong with the answers, in document order.

use super::scope::RowScope;
use super::{Evaluation, Status, rows};
use crate::answers::{Answer, AnswerProblem, ProblemKind, Typed};
use crate::model::{Kind, NodeRef, Question, Text};
use crate::problem::Severity;

/// Required, constraints, warnings, unreadable texts, numbers of entries.
pub(super) fn problems(evaluation: &Evaluation, typed: &Typed) -> Vec<AnswerProblem> {
    let mut found = Vec::new();
    for node in &evaluation.compiled.nodes {
        match node.holder {
            NodeRef::Question(question) if node.repeat.is_none() => {
                check(evaluation, typed, question, 0, &mut found);
            }
            NodeRef::Repeat(repeat) => {
                rows::check(evaluation, repeat, &mut found);
                for row in 0..evaluation.rows[repeat].len() {
                    for &question in &evaluation.compiled.repeats[repeat].questions {
                        check(evaluation, typed, question, row, &mut found);
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn check(
    evaluation: &Evaluation,
    typed: &Typed,
    question: usize,
    row: usize,
    found: &mut Vec<AnswerProblem>,
) {
    let cell = Cell { evaluation, question, row };
    let slot = &evaluation.compiled.slots[question];
    match evaluation.statuses.at(question, row) {
        Status::NotRelevant => {}
        Status::Missing => found.extend(cell.missing()),
        Status::DontKnow => found.extend(cell.set_aside(typed.answer(slot.repeat, slot.place, row))),
        Status::Unreadable => found.extend(cell.unreadable(typed.answer(slot.repeat, slot.place, row))),
        Status::Answered => cell.answered(found),
    }
}

/// One answer of the response.
struct Cell<'a> {
    evaluation: &'a Evaluation,
    question: usize,
    row: usize,
}

impl Cell<'_> {
    fn asked(&self) -> &Question {
        &self.evaluation.compiled.questions[self.question]
    }

    fn scope(&self) -> RowScope<'_> {
        let value = self.evaluation.values.at(self.question, self.row);
        let row = self.evaluation.compiled.slots[self.question].repeat.map(|repeat| (repeat, self.row));
        RowScope { evaluation: self.evaluation, row, here: Some(value) }
    }

    fn problem(&self, severity: Severity, kind: ProblemKind, message: String) -> AnswerProblem {
        let path = self.evaluation.path(self.question, self.row);
        let section = self.asked().section.clone();
        let acknowledged = severity == Severity::Warning && self.evaluation.is_confirmed(&path);
        AnswerProblem { path, section, severity, kind, message, acknowledged }
    }

    fn text(&self, text: Option<&Text>, otherwise: &str) -> String {
        text.map_or_else(|| otherwise.to_owned(), |text| text.render(self.evaluation, Some(self.row)))
    }

    fn missing(&self) -> Option<AnswerProblem> {
        let question = self.asked();
        if !question.is_answerable() || !self.scope().holds(question.required.as_ref()?) {
            return None;
        }
        let message = self.text(question.required_message.as_ref(), missing_message(&question.kind));
        Some(self.problem(Severity::Error, ProblemKind::Required, message))
    }

    fn set_aside(&self, answer: &Answer) -> Option<AnswerProblem> {
        let Answer::DontKnow { set_aside: Some(text) } = answer else {
            return None;
        };
        let message = format!(
            "Zaznaczono „nie wiem”, a jednocześnie podano odpowiedź „{text}”. Liczy się „nie wiem”. Jeśli odpowiedź jest \
             właściwa, proszę odznaczyć „nie wiem”."
        );
        Some(self.problem(Severity::Warning, ProblemKind::AnswerAndDontKnow, message))
    }

    fn unreadable(&self, answer: &Answer) -> Option<AnswerProblem> {
        let Answer::Unreadable { kind, message, .. } = answer else {
            return None;
        };
        Some(self.problem(Severity::Error, *kind, message.clone()))
    }

    fn answered(&self, found: &mut Vec<AnswerProblem>) {
        let question = self.asked();
        found.extend(self.not_offered());
        if question.constraint.as_ref().is_some_and(|constraint| !self.scope().holds(constraint)) {
            let message = self
                .text(question.constraint_message.as_ref(), "Odpowiedź nie spełnia warunku tego pytania.");
            found.push(self.problem(Severity::Error, ProblemKind::Constraint, message));
        }
        if question.warning.as_ref().is_some_and(|warning| !self.scope().holds(warning)) {
            let message = self
                .text(question.warning_message.as_ref(), "Proszę sprawdzić, czy odpowiedź jest właściwa.");
            found.push(self.problem(Severity::Warning, ProblemKind::Warning, message));
        }
    }

    /// A chosen choice that the filter does not let through.
    fn not_offered(&self) -> Option<AnswerProblem> {
        self.asked().choice_filter.as_ref()?;
        let list = self.evaluation.compiled.slots[self.question].list.as_ref()?;
        let value = self.evaluation.values.at(self.question, self.row).to_text();
        let choice = value
            .split(' ')
            .filter_map(|name| list.choice(name))
            .find(|choice| !self.evaluation.offers(self.question, self.row, choice))?;
        let message =
            format!("Odpowiedzi „{}” nie można tu wybrać. Proszę wybrać inną.", choice.label.plain());
        Some(self.problem(Severity::Error, ProblemKind::UnknownChoice, message))
    }
}

fn missing_message(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "Proszę wpisać odpowiedź.",
        Kind::Integer | Kind::Decimal => "Proszę podać liczbę. Jeśli nic, proszę wpisać 0.",
        Kind::Date => "Proszę podać datę.",
        Kind::SelectMultiple(_) => "Proszę zaznaczyć co najmniej jedną odpowiedź.",
        Kind::Acknowledge => "Proszę zaznaczyć to pole.",
        Kind::SelectOne(_) | Kind::Rank(_) | Kind::Note | Kind::Calculate => "Proszę wybrać odpowiedź.",
    }
}
