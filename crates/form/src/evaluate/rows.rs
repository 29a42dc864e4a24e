//! How many entries a repeat has and should have.

use num_traits::ToPrimitive;

use super::Evaluation;
use super::scope::RowScope;
use crate::answers::{AnswerProblem, Path, ProblemKind};
use crate::model::Repeat;
use crate::polish;
use crate::problem::Severity;

/// Fewer entries than expected block sending, more are a warning.
pub(super) fn check(evaluation: &Evaluation, repeat: usize, found: &mut Vec<AnswerProblem>) {
    let node = evaluation.compiled.repeats[repeat].node;
    if !evaluation.relevant.at(node, 0) {
        return;
    }
    let repeat_rows = evaluation.rows[repeat].len() as u64;
    let repeat = &evaluation.compiled.repeats[repeat].repeat;
    let expected = expected(evaluation, repeat);
    if let Some(least) = repeat.min.map(u64::from).max(expected).filter(|least| repeat_rows < *least) {
        found.push(too_few(evaluation, repeat, least, repeat_rows));
    }
    let most = [repeat.max.map(u64::from), expected].into_iter().flatten().min();
    if let Some(most) = most.filter(|most| repeat_rows > *most) {
        found.push(too_many(evaluation, repeat, most, repeat_rows));
    }
}

fn expected(evaluation: &Evaluation, repeat: &Repeat) -> Option<u64> {
    let count = RowScope { evaluation, row: None, here: None }.value_of(repeat.repeat_count.as_ref()?);
    count.to_number().whole()?.to_u64()
}

fn too_few(evaluation: &Evaluation, repeat: &Repeat, least: u64, rows: u64) -> AnswerProblem {
    let message =
        format!("Proszę dodać wpisy: jest {rows}, a potrzeba co najmniej {}.", polish::integer(least));
    problem(evaluation, repeat, Severity::Error, ProblemKind::TooFewRows, message)
}

fn too_many(evaluation: &Evaluation, repeat: &Repeat, most: u64, rows: u64) -> AnswerProblem {
    let message = format!(
        "{} {}, a spodziewamy się najwyżej {}. Proszę sprawdzić, czy wszystkie są potrzebne.",
        polish::plural_of(rows, "Jest", "Są", "Jest"),
        entries(rows),
        polish::integer(most)
    );
    problem(evaluation, repeat, Severity::Warning, ProblemKind::TooManyRows, message)
}

fn entries(count: u64) -> String {
    format!("{} {}", polish::integer(count), polish::plural_of(count, "wpis", "wpisy", "wpisów"))
}

fn problem(
    evaluation: &Evaluation,
    repeat: &Repeat,
    severity: Severity,
    kind: ProblemKind,
    message: String,
) -> AnswerProblem {
    let path = Path::Question(repeat.name.clone());
    let acknowledged = severity == Severity::Warning && evaluation.is_confirmed(&path);
    AnswerProblem { path, section: repeat.section.clone(), severity, kind, message, acknowledged }
}
