//! Forms and answers for tests.

use chrono::NaiveDate;
use form::{Context, Evaluation, Questionnaire, Raw, evaluate, load, problem, read};

/// The form with every type.
pub(crate) fn everything() -> Questionnaire {
    loaded(include_str!("../forms/everything.toml"))
}

/// A form that must load.
pub(crate) fn loaded(text: &str) -> Questionnaire {
    let loaded = load("form.toml", text);
    loaded.questionnaire.unwrap_or_else(|| panic!("{}", problem::render_all(&loaded.problems, text)))
}

/// The answers of a JSON document.
pub(crate) fn raw(json: serde_json::Value) -> Raw {
    serde_json::from_value(json).expect("a response")
}

/// 14 February 2025 and nothing else.
pub(crate) fn context() -> Context {
    Context::on(NaiveDate::from_ymd_opt(2025, 2, 14).expect("a day"))
}

/// The answers evaluated.
pub(crate) fn evaluated(questionnaire: &Questionnaire, answers: &Raw) -> Evaluation {
    let (typed, _) = read(&questionnaire.model, answers);
    evaluate(&questionnaire.model, &typed, &context())
}

/// Status and value of every answer that a submission keeps.
pub(crate) fn cells(questionnaire: &Questionnaire, evaluation: &Evaluation) -> Vec<String> {
    let mut cells = vec![format!("{:?}", evaluation.rows("wpis"))];
    for question in questionnaire.model.questions().filter(|question| !question.personal) {
        let rows: Vec<Option<usize>> = match &question.repeat {
            None => vec![None],
            Some(repeat) => (0..evaluation.rows(repeat).len()).map(Some).collect(),
        };
        for row in rows {
            let (status, value) =
                (evaluation.status(&question.name, row), evaluation.value(&question.name, row));
            cells.push(format!("{} {row:?} {status:?} {value:?}", question.name));
        }
    }
    cells
}
