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
