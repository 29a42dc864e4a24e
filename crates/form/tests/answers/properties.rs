//! What holds for any answers and any way of writing a form down.

use std::collections::{BTreeMap, HashSet};

use crate::support::{cells, context, evaluated, everything, loaded};
use form::{Evaluation, Path, Questionnaire, Raw, RawRow, evaluate, load, read};
use proptest::prelude::*;

/// Texts that people, broken browsers and importers send.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::sample::select(vec![
            "tak", "nie", "nie_wiem", "1", "0", "2", "3", "1234", "1 234,50", "1.090", "-7", "1e9", "OK", "A", "biala",
            "zadna", "czarna zielona", "biala zadna", "2025-02-14", "14.2.2025", "30.02.2025", "p1", "p2", "g1", "g2", " ", "",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[0-9 ,.-]{0,12}",
        1 => "-?[0-9]{1,5},[0-9]{1,30}",
    ]
}

fn keys(questionnaire: &Questionnaire) -> Vec<String> {
    let names = questionnaire.model.questions().map(|question| question.name.clone());
    let groups = ["wstep", "lista", "szczegoly", "wpis"].map(str::to_owned);
    let names: Vec<String> = names.chain(groups).collect();
    let suffixes = ["", ".nw", ".1", ".2", ".3", ".99999999999"];
    let mut keys: Vec<String> =
        names.iter().flat_map(|name| suffixes.iter().map(move |suffix| format!("{name}{suffix}"))).collect();
    keys.extend(names.iter().map(|name| format!("_ok.{name}")));
    keys.extend(names.iter().map(|name| format!("_ok.wpis.aaaaaaaa.{name}")));
    keys.push("nieznane".to_owned());
    keys
}

fn fields() -> impl Strategy<Value = BTreeMap<String, String>> {
    let keys = keys(&everything());
    proptest::collection::btree_map(proptest::sample::select(keys), text(), 0..40)
}

fn rows() -> impl Strategy<Value = Vec<RawRow>> {
    let row = ("[a-z0-9]{8}", fields()).prop_map(|(id, fields)| RawRow { id, fields });
    proptest::collection::vec(row, 0..5)
}

fn answers() -> impl Strategy<Value = Raw> {
    (fields(), rows(), any::<bool>()).prop_map(|(mut fields, rows, asked)| {
        if asked {
            fields.insert("czy".to_owned(), "tak".to_owned());
            fields.insert("ile".to_owned(), "3".to_owned());
            fields.remove("ile.nw");
        }
        Raw { fields, repeats: BTreeMap::from([("wpis".to_owned(), rows)]) }
    })
}

/// Whether the entry of an address exists.
fn counts(evaluation: &Evaluation, path: &Path) -> bool {
    match path {
        Path::Question(_) => true,
        Path::Row { repeat, row, .. } => evaluation.rows(repeat).contains(row),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answers_can_be_read_and_evaluated(raw in answers()) {
        let questionnaire = everything();
        let evaluation = evaluated(&questionnaire, &raw);
        for section in &questionnaire.model.sections {
            let _ = evaluation.section_state(&section.name);
        }
        for problem in evaluation.problems() {
            prop_assert!(!problem.message.is_empty());
        }
    }

    #[test]
    fn an_evaluation_depends_on_nothing_but_its_inputs(raw in answers()) {
        let (one, other) = (everything(), everything());
        let (first, second) = (evaluated(&one, &raw), evaluated(&other, &raw));
        prop_assert_eq!(cells(&one, &first), cells(&other, &second));
        prop_assert_eq!(first.problems(), second.problems());
        prop_assert_eq!(first.final_answers(), second.final_answers());
    }

    #[test]
    fn final_answers_read_again_give_the_same_statuses_and_values(raw in answers()) {
        let questionnaire = everything();
        let first = evaluated(&questionnaire, &raw);
        let stored = first.final_answers();
        let again = evaluated(&questionnaire, &stored);
        prop_assert_eq!(cells(&questionnaire, &first), cells(&questionnaire, &again));
        prop_assert_eq!(stored, again.final_answers());
    }

    #[test]
    fn evaluating_tells_of_unreadable_texts_exactly_where_they_are_relevant(raw in answers()) {
        let questionnaire = everything();
        let (typed, told) = read(&questionnaire.model, &raw);
        let evaluation = evaluate(&questionnaire.model, &typed, &context());
        let mut relevant = told.clone();
        relevant.retain(|problem| evaluation.relevant(&problem.path) && counts(&evaluation, &problem.path));
        let found: Vec<_> = evaluation.problems().iter().filter(|problem| told.contains(problem)).collect();
        prop_assert_eq!(relevant.iter().collect::<HashSet<_>>(), found.into_iter().collect::<HashSet<_>>());
    }

    #[test]
    fn answers_survive_their_json(raw in answers()) {
        let ids: std::collections::BTreeSet<_> = raw.repeats["wpis"].iter().map(|row| row.id.clone()).collect();
        prop_assume!(ids.len() == raw.repeats["wpis"].len() && !raw.fields.contains_key("wpis"));
        let json = serde_json::to_string(&raw).unwrap();
        prop_assert_eq!(serde_json::from_str::<Raw>(&json).unwrap(), raw);
    }

    #[test]
    fn a_path_that_can_be_read_is_printed_as_it_was(text in "[a-z_]{1,4}(\\.[a-z0-9]{1,8}){0,4}") {
        if let Ok(path) = text.parse::<Path>() {
            prop_assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn any_text_can_be_checked_as_a_form(text in any::<String>()) {
        let loaded = load("f.toml", &text);
        prop_assert!(loaded.questionnaire.is_none() && !loaded.problems.is_empty());
    }

    #[test]
    fn a_damaged_form_never_stops_the_check(start in 0usize..5_000, length in 0usize..60, put in "[\\]\\[\"'=$\\{\\}a ]{0,3}") {
        let mut text = include_str!("../forms/everything.toml").to_owned();
        let start = text.floor_char_boundary(start.min(text.len()));
        let end = text.floor_char_boundary((start + length).min(text.len())).max(start);
        text.replace_range(start..end, &put);
        let loaded = load("f.toml", &text);
        let errors = loaded.problems.iter().any(|problem| problem.severity == form::Severity::Error);
        prop_assert_eq!(loaded.questionnaire.is_none(), errors);
        let _ = form::problem::render_all(&loaded.problems, &text);
    }
}

#[test]
fn the_hash_does_not_change_with_comments_order_of_keys_and_measures() {
    let text = include_str!("../forms/everything.toml");
    let first = loaded(text);
    let swapped = text.replace(
        "type = \"integer\"\nname = \"ile\"\nlabel = \"Ile?\"",
        "# uwaga\nlabel = 'Ile?'\nname = 'ile'\ntype = 'integer'",
    );
    assert_ne!(swapped, text);
    let swapped = swapped.replace("fn = \"sum\"", "fn = \"mean\"").replace("coding = \"kody\"\n", "");
    let second = loaded(&swapped);
    assert_eq!(first.hash, second.hash);
    assert_ne!(first.plan_hash, second.plan_hash);
}

#[test]
fn the_hash_changes_with_what_respondents_see() {
    let text = include_str!("../forms/everything.toml");
    for (from, to) in [("Ile?", "Ilu?"), ("2024", "2024.1"), ("biała", "kremowa"), (". <= 1000", ". <= 1001")]
    {
        assert_ne!(loaded(text).hash, loaded(&text.replace(from, to)).hash, "{from} -> {to}");
    }
}
