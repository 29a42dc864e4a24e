//! Measures whose `of` is more than one question, and choices that mean "don't know".

use std::collections::BTreeMap;

use form::{Context, Questionnaire, Raw, RawRow};
use tally::{Counted, Merges, Stratum, Tally, UnitKey, contribute, read};
use uuid::Uuid;

const FORM: &str = r#"
[settings]
form_id = "proba"
version = "2024"
form_title = "Próba"
default_language = "Polski (pl)"
[[survey]]
type = "begin_group"
name = "czesc"
label = "Część"
[[survey]]
type = "integer"
name = "a"
label = "A"
dont_know = "yes"
[[survey]]
type = "integer"
name = "b"
label = "B"
dont_know = "yes"
[[survey]]
type = "select_one ocena"
name = "ocena"
label = "Ocena"
[[survey]]
type = "begin_repeat"
name = "osoba"
label = "Osoby"
relevant = "${a} > 0"
[[survey]]
type = "integer"
name = "etat"
label = "Etat"
[[survey]]
type = "end_repeat"
[[survey]]
type = "end_group"
[choices]
ocena = [{ name = "dobra", label = "Dobra" }, { name = "nw", label = "Nie wiem", dont_know = true }]
[[measures]]
name = "razem"
label = "A i B"
fn = "mean"
of = "coalesce(${a}, 0) + coalesce(${b}, 0)"
[[measures]]
name = "oceny"
label = "Oceny"
fn = "frequencies"
of = "${ocena}"
[[measures]]
name = "osoby"
label = "Osoby w ankiecie"
fn = "max"
of = "count(${osoba})"
[[measures]]
name = "etaty"
label = "Etaty w ankiecie"
fn = "median"
of = "sum(${etat})"
"#;

fn form() -> Questionnaire {
    let loaded = form::load("composed.toml", FORM);
    let problems: Vec<_> = loaded.problems.iter().map(|problem| &problem.message).collect();
    loaded.questionnaire.unwrap_or_else(|| panic!("{problems:?}"))
}

/// Value and the four counts of every measure over responses given as `question=text`; `etat=` adds a row.
fn counted(responses: &[&str]) -> BTreeMap<String, String> {
    let form = form();
    let mut tally = Tally::new();
    for (number, answers) in responses.iter().enumerate() {
        let mut raw = Raw::default();
        for (question, text) in answers.split_whitespace().filter_map(|answer| answer.split_once('=')) {
            let (question, text) = (question.to_owned(), text.to_owned());
            if question == "etat" {
                let rows = raw.repeats.entry("osoba".to_owned()).or_default();
                let id = format!("wiersz{:02}", rows.len());
                rows.push(RawRow { id, fields: BTreeMap::from([(question, text)]) });
            } else {
                raw.fields.insert(question, text);
            }
        }
        let (typed, problems) = form::read(&form.model, &raw);
        assert!(problems.is_empty(), "{problems:?}");
        let today = "2025-02-01".parse().expect("a date");
        let evaluation = form::evaluate(&form.model, &typed, &Context::on(today));
        tally.add(&contribute(
            &form.plan,
            &Counted {
                response: Uuid::from_u128(number as u128),
                unit: UnitKey { sort: Vec::new(), name: String::new() },
                stratum: Stratum::new(),
                model: &form.model,
                evaluation: &evaluation,
            },
        ));
    }
    let readings = read(&form.model, &form.plan, &tally, &Merges::default(), 0);
    let shown = |r: tally::Reading| {
        let states = [r.answered, r.missing, r.dont_know, r.not_relevant].map(Option::unwrap_or_default);
        (r.name, format!("{} {states:?}", serde_json::to_string(&r.value).expect("a value")))
    };
    readings.into_iter().map(shown).collect()
}

#[test]
fn a_composed_value_counts_only_where_one_of_its_questions_is_answered() {
    let shown = counted(&["a=3 b=4", "a=5 b.nw=1", "a=0", "a.nw=1 b.nw=1", "a.nw=1", ""]);
    assert_eq!(shown["razem"], "4 [3, 1, 2, 0]");
}

#[test]
fn a_choice_that_means_dont_know_is_counted_apart() {
    let shown = counted(&["ocena=dobra", "ocena=nw", ""]);
    assert_eq!(shown["oceny"], r#"[{"code":"dobra","label":"Dobra","count":1}] [1, 1, 1, 0]"#);
}

#[test]
fn a_list_seen_from_outside_is_answered_by_any_of_its_rows() {
    let shown = counted(&["a=1 etat=2 etat=5", "a=1 etat=1", "a=1", "a=0", ""]);
    assert_eq!(shown["osoby"], "2 [2, 1, 0, 2]");
    assert_eq!(shown["etaty"], "4 [2, 1, 0, 2]");
}
