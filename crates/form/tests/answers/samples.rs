//! Made-up answers to the real questionnaires.

use form::{Severity, sample};

use crate::support::{cells, context, evaluated, loaded};

const FORMS: [(&str, &str); 2] = [
    ("jst", include_str!("../../../../forms/mazowsze/2024/jst.toml")),
    ("up", include_str!("../../../../forms/mazowsze/2024/up.toml")),
];

/// A small generator; quality does not matter here.
fn numbers(mut seed: u64) -> impl FnMut() -> u64 {
    move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        seed >> 33
    }
}

#[test]
fn samples_of_real_questionnaires_can_be_sent() {
    for (name, text) in FORMS {
        let questionnaire = loaded(text);
        for seed in 0..40 {
            let raw = sample(&questionnaire.model, &context(), &mut numbers(seed));
            let evaluation = evaluated(&questionnaire, &raw);
            let errors = evaluation.problems().iter().filter(|problem| problem.severity == Severity::Error);
            assert_eq!(
                errors.collect::<Vec<_>>(),
                Vec::<&form::AnswerProblem>::new(),
                "{name}, seed {seed}: {raw:?}"
            );
        }
    }
}

#[test]
fn what_a_submission_of_a_real_questionnaire_stores_evaluates_to_the_same() {
    for (name, text) in FORMS {
        let questionnaire = loaded(text);
        for seed in 0..40 {
            let raw = sample(&questionnaire.model, &context(), &mut numbers(seed));
            let first = evaluated(&questionnaire, &raw);
            let again = evaluated(&questionnaire, &first.final_answers());
            assert_eq!(cells(&questionnaire, &first), cells(&questionnaire, &again), "{name}, seed {seed}");
        }
    }
}

#[test]
fn samples_ask_for_most_of_a_questionnaire_sooner_or_later() {
    for (name, text) in FORMS {
        let questionnaire = loaded(text);
        let mut never: Vec<&str> =
            questionnaire.model.questions().filter(|q| q.is_answerable()).map(|q| q.name.as_str()).collect();
        for seed in 0..60 {
            let raw = sample(&questionnaire.model, &context(), &mut numbers(seed));
            let answered = |name: &str| {
                let key = |found: &String| {
                    found == name || found.strip_prefix(name).is_some_and(|end| end.starts_with('.'))
                };
                let rows = raw.repeats.values().flatten().flat_map(|row| row.fields.keys());
                raw.fields.keys().chain(rows).any(key)
            };
            never.retain(|name| !answered(name));
        }
        assert!(never.is_empty(), "{name}: {never:?}");
    }
}
