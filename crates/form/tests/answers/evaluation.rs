//! What is asked, calculated and wrong, response by response.

use crate::support::{evaluated, everything, raw};
use form::expr::{Expr, Value};
use form::number::Number;
use form::{Evaluation, ProblemKind, SectionState, Severity, Status};
use serde_json::{Value as Json, json};

fn of(answers: Json) -> Evaluation {
    evaluated(&everything(), &raw(answers))
}

fn number(value: i64) -> Value {
    Value::Number(Number::from(value))
}

fn kinds(evaluation: &Evaluation) -> Vec<(String, ProblemKind)> {
    evaluation.problems().iter().map(|problem| (problem.path.to_string(), problem.kind)).collect()
}

#[test]
fn five_kinds_of_no_number_stay_apart() {
    assert_eq!(of(json!({"czy": "nie", "ile": "5"})).status("ile", None), Status::NotRelevant);
    assert_eq!(of(json!({"czy": "tak", "ile": " "})).status("ile", None), Status::Missing);
    assert_eq!(of(json!({"czy": "tak", "ile.nw": "1"})).status("ile", None), Status::DontKnow);
    assert_eq!(of(json!({"czy": "tak", "ile": "1.090"})).status("ile", None), Status::Unreadable);
    let zero = of(json!({"czy": "tak", "ile": "0"}));
    assert_eq!((zero.status("ile", None), zero.value("ile", None)), (Status::Answered, &number(0)));
}

#[test]
fn an_ambiguous_number_is_asked_back() {
    let evaluation = of(json!({"czy": "tak", "ile": "1.090"}));
    assert_eq!(
        evaluation.problems()[0].message,
        "Nie wiemy, czy „1.090” to 1090, czy 1,09. Proszę wpisać liczbę bez kropki."
    );
}

#[test]
fn a_hidden_answer_comes_back_and_counts_nowhere_meanwhile() {
    let hidden = of(json!({"czy": "nie", "ile": "3", "kwota": "10"}));
    assert_eq!(hidden.value("razem", None), &number(0));
    assert_eq!(hidden.status("kwota", None), Status::NotRelevant);
    let shown = of(json!({"czy": "tak", "ile": "3", "kwota": "10"}));
    assert_eq!(shown.value("razem", None), &number(3));
    assert_eq!(shown.status("kwota", None), Status::Answered);
}

#[test]
fn rows_of_a_repeat_that_is_not_asked_do_not_exist() {
    let answers =
        json!({"czy": "tak", "ile": "1", "wpis": [{"_id": "aaaaaaaa", "nazwa": "A", "osoby": "4"}]});
    let evaluation = of(answers);
    assert!(evaluation.rows("wpis").is_empty());
    assert_eq!(evaluation.value("razem", None), &number(1));
    assert!(!evaluation.final_answers().repeats.contains_key("wpis"));
}

#[test]
fn a_row_is_seen_from_inside_and_from_outside() {
    let evaluation = of(json!({"czy": "tak", "ile": "2", "wpis": [
        {"_id": "aaaaaaaa", "nazwa": "A", "osoby": "4"},
        {"_id": "bbbbbbbb", "nazwa": "", "osoby": "9"},
        {"_id": "cccccccc", "nazwa": "C", "osoby": "5"},
    ]}));
    assert_eq!(evaluation.value("podwojone", Some(0)), &number(8));
    assert_eq!(evaluation.status("osoby", Some(1)), Status::NotRelevant, "its group needs a name");
    assert_eq!(evaluation.status("podwojone", Some(1)), Status::Missing);
    assert_eq!(evaluation.value("razem", None), &number(4 + 5 + 2));
    let twice = Expr::parse("${osoby} + ${ile}").unwrap();
    assert_eq!(evaluation.eval(&twice, Some(("wpis", 2))), number(7));
}

#[test]
fn a_row_without_a_filled_field_does_not_count() {
    let evaluation =
        of(json!({"czy": "tak", "ile": "2", "wpis": [{"_id": "aaaaaaaa", "nazwa": " ", "osoby": ""}]}));
    assert!(evaluation.rows("wpis").is_empty());
    assert!(kinds(&evaluation).contains(&("wpis".to_owned(), ProblemKind::TooFewRows)));
}

#[test]
fn a_blank_row_is_asked_what_a_new_row_would_be() {
    let evaluation = of(json!({"czy": "tak", "ile": "2"}));
    assert!(evaluation.relevant(&"wpis.nowywier.nazwa".parse().unwrap()));
    assert!(!evaluation.relevant(&"wpis.nowywier.osoby".parse().unwrap()));
}

#[test]
fn more_rows_than_expected_are_a_warning() {
    let rows: Vec<Json> = (0..4).map(|row| json!({"_id": format!("aaaaaaa{row}"), "nazwa": "B"})).collect();
    let evaluation = of(json!({"czy": "tak", "ile": "2", "wpis": rows}));
    let problem = &evaluation.problems()[0];
    assert_eq!((problem.kind, problem.severity), (ProblemKind::TooManyRows, Severity::Warning));
    assert_eq!(
        problem.message,
        "Są 4 wpisy, a spodziewamy się najwyżej 3. Proszę sprawdzić, czy wszystkie są potrzebne."
    );
}

#[test]
fn dont_know_satisfies_required_and_is_told_apart() {
    let evaluation = of(json!({"czy": "tak", "ile.nw": "1"}));
    assert_eq!(kinds(&evaluation), []);
    assert_eq!(evaluation.status("wyjasnienie", None), Status::Missing, "is-unknown() makes it relevant");
}

#[test]
fn a_choice_marked_as_dont_know_is_no_value() {
    let evaluation = of(json!({"czy": "nie_wiem"}));
    assert_eq!(evaluation.status("czy", None), Status::DontKnow);
    assert!(evaluation.value("czy", None).is_empty());
    assert_eq!(evaluation.final_answers().fields["czy"], "nie_wiem");
}

#[test]
fn one_tick_of_a_section_answers_what_is_empty_in_it() {
    let answers =
        json!({"czy": "tak", "ile": "2", "lista.nw": "1", "wpis": [{"_id": "aaaaaaaa", "nazwa": "A"}]});
    let evaluation = of(answers);
    assert_eq!(evaluation.status("powiat", None), Status::DontKnow);
    assert_eq!(evaluation.status("osoby", Some(0)), Status::DontKnow);
    assert_eq!(evaluation.status("nazwa", Some(0)), Status::Answered);
}

#[test]
fn an_answer_beside_dont_know_is_set_aside_with_a_warning() {
    let evaluation = of(json!({"czy": "tak", "ile": "7", "ile.nw": "1"}));
    assert_eq!(evaluation.status("ile", None), Status::DontKnow);
    let problem = &evaluation.problems()[0];
    assert_eq!((problem.kind, problem.severity), (ProblemKind::AnswerAndDontKnow, Severity::Warning));
    assert!(problem.message.contains("„7”"));
    let confirmed = of(json!({"czy": "tak", "ile": "7", "ile.nw": "1", "_ok.ile": "1"}));
    assert!(confirmed.problems()[0].acknowledged);
    assert!(!confirmed.final_answers().fields.contains_key("_ok.ile"));
}

#[test]
fn required_asks_only_what_is_relevant_and_empty() {
    assert_eq!(kinds(&of(json!({}))), [("czy".to_owned(), ProblemKind::Required)]);
    assert_eq!(kinds(&of(json!({"czy": "nie"}))), []);
    let evaluation = of(json!({"czy": "tak"}));
    assert_eq!(evaluation.problems()[0].message, "Bez liczby nie możemy policzyć wyniku.");
}

#[test]
fn a_constraint_tells_its_message_with_the_answer_in_it() {
    let evaluation = of(json!({"czy": "tak", "ile": "6000"}));
    assert_eq!(evaluation.problems()[0].kind, ProblemKind::Constraint);
    assert_eq!(evaluation.problems()[0].message, "Proszę podać liczbę od 1 do 5000, a nie 6000.");
}

#[test]
fn a_warning_is_acknowledged_with_one_tick_and_kept_with_its_explanation() {
    let answers = json!({"czy": "tak", "ile": "2000", "_ok.ile": "1", "_why.ile": "Gazetka", "_ok.kwota": "1",
        "wpis": [{"_id": "aaaaaaaa", "nazwa": "B"}]});
    let evaluation = of(answers);
    let warning = &evaluation.problems()[0];
    assert_eq!((warning.kind, warning.acknowledged), (ProblemKind::Warning, true));
    let stored = evaluation.final_answers().fields;
    assert_eq!((stored["_ok.ile"].as_str(), stored["_why.ile"].as_str()), ("1", "Gazetka"));
    assert!(!stored.contains_key("_ok.kwota"));
}

#[test]
fn today_is_the_day_of_the_context() {
    assert_eq!(kinds(&of(json!({"czy": "nie", "dzien": "14.02.2025"}))), []);
    let tomorrow = of(json!({"czy": "nie", "dzien": "2025-02-15"}));
    assert_eq!(kinds(&tomorrow), [("dzien".to_owned(), ProblemKind::Constraint)]);
}

#[test]
fn four_digits_are_shown_without_a_space_for_they_may_be_a_year() {
    let shown = |typed: &str| of(json!({"czy": "tak", "ile": typed})).shown("ile", None).unwrap();
    assert_eq!([shown("2 021"), shown("9999"), shown("10000")], ["2021", "9999", "10\u{a0}000"]);
}

#[test]
fn choices_are_read_in_the_order_of_the_list() {
    let evaluation = of(json!({"barwy": "zielona biala"}));
    assert_eq!(evaluation.value("barwy", None), &Value::text("biala zielona"));
    assert_eq!(evaluation.shown("barwy", None).unwrap(), "biała, zielona");
}

#[test]
fn an_exclusive_choice_stands_alone() {
    let evaluation = of(json!({"czy": "nie", "barwy": "biala zadna"}));
    assert_eq!(kinds(&evaluation), [("barwy".to_owned(), ProblemKind::Exclusive)]);
    assert_eq!(evaluation.status("barwy", None), Status::Unreadable);
}

#[test]
fn a_rank_takes_each_choice_once_from_the_first_place_on() {
    let rank = |answers: Json| {
        let evaluation = of(answers);
        (evaluation.value("kolejnosc", None).clone(), kinds(&evaluation).pop().map(|(_, kind)| kind))
    };
    let good = rank(json!({"czy": "nie", "kolejnosc.1": "zielona", "kolejnosc.2": "biala"}));
    assert_eq!(good, (Value::text("zielona biala"), None));
    let twice = rank(json!({"czy": "nie", "kolejnosc.1": "biala", "kolejnosc.2": "biala"}));
    assert_eq!(twice.1, Some(ProblemKind::RankTwice));
    let gap = rank(json!({"czy": "nie", "kolejnosc.2": "biala"}));
    assert_eq!(gap.1, Some(ProblemKind::RankGap));
    let unknown = rank(json!({"czy": "nie", "kolejnosc.1": "szara"}));
    assert_eq!(unknown.1, Some(ProblemKind::UnknownChoice));
}

#[test]
fn a_filter_offers_only_matching_choices() {
    let answers = json!({"czy": "tak", "ile": "2", "powiat": "p1",
        "wpis": [{"_id": "aaaaaaaa", "nazwa": "A", "gmina": "g2"}]});
    let evaluation = of(answers);
    let offered: Vec<&str> =
        evaluation.choices("gmina", Some(0)).iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(offered, ["g1"]);
    assert_eq!(kinds(&evaluation), [("wpis.aaaaaaaa.gmina".to_owned(), ProblemKind::UnknownChoice)]);
}

#[test]
fn a_calculation_that_is_no_number_is_empty() {
    let evaluation = of(json!({"czy": "nie"}));
    assert_eq!(evaluation.status("iloraz", None), Status::Missing);
    assert!(evaluation.value("iloraz", None).is_empty());
}

#[test]
fn a_note_shows_what_is_calculated_later_in_the_form() {
    let questionnaire = everything();
    let evaluation = evaluated(&questionnaire, &raw(json!({"czy": "tak", "ile": "1234"})));
    let note = questionnaire.model.question("uwaga").unwrap();
    assert_eq!(note.label.render(&evaluation, None), "Razem 1234.");
    assert_eq!(note.label.plain(), "Razem ….");
}

#[test]
fn contact_details_are_not_stored_with_the_answers() {
    let evaluation = of(json!({"czy": "nie", "telefon": "600 000 000"}));
    assert_eq!(evaluation.status("telefon", None), Status::Answered);
    assert!(!evaluation.final_answers().fields.contains_key("telefon"));
}

#[test]
fn a_section_goes_from_not_started_to_complete() {
    let state = |answers: Json| of(answers).section_state("wstep");
    assert_eq!(state(json!({})), SectionState::NotStarted);
    assert_eq!(state(json!({"opis": "x"})), SectionState::InProgress);
    assert_eq!(state(json!({"opis": "x", "czy": "dużo"})), SectionState::NeedsFix);
    assert_eq!(state(json!({"czy": "nie"})), SectionState::Complete);
    assert_eq!(of(json!({"czy": "nie"})).section_state("lista"), SectionState::Complete, "it is not asked");
}

#[test]
fn what_a_submission_stores_is_canonical() {
    let answers = json!({"czy": "tak", "ile": " 1 234 ", "kwota": "12,50", "dzien": "4.2.2025", "opis": "a",
        "barwy": "czarna biala", "kolejnosc.1": "biala", "zgoda": "OK", "telefon": "1", "nieznane": "x",
        "wpis": [{"_id": "aaaaaaaa", "nazwa": "A", "osoby": "2"}]});
    insta::assert_json_snapshot!("final_answers", of(answers).final_answers());
}

#[test]
fn printed_numbers_follow_the_place_in_the_file() {
    let questionnaire = everything();
    let numbers =
        questionnaire.model.questions().map(|question| format!("{} {}", question.number, question.name));
    insta::assert_snapshot!("printed_numbers", numbers.collect::<Vec<_>>().join("\n"));
}

const COUNTED: &str = r#"
[settings]
form_id = "a"
version = 1
form_title = "A"
[[survey]]
type = "begin_group"
name = "g"
label = "G"
[[survey]]
type = "integer"
name = "ile"
label = "Ile?"
[[survey]]
type = "begin_repeat"
name = "wpis"
label = "Wpisy"
repeat_count = "${ile}"
[[survey]]
type = "text"
name = "nazwa"
label = "Nazwa"
[[survey]]
type = "end_repeat"
[[survey]]
type = "integer"
name = "potem"
label = "Ile poprzednio, jeśli gmina?"
relevant = "unit('kind') = 'gmina' and previous(${ile}) > 5"
[[survey]]
type = "end_group"
"#;

#[test]
fn a_count_of_entries_is_asked_for_and_not_more() {
    let questionnaire = crate::support::loaded(COUNTED);
    let kind = |ile: &str, rows: usize| {
        let rows: Vec<Json> =
            (0..rows).map(|row| json!({"_id": format!("aaaaaaa{row}"), "nazwa": "x"})).collect();
        let evaluation = evaluated(&questionnaire, &raw(json!({"ile": ile, "wpis": rows})));
        evaluation.problems().first().map(|problem| (problem.kind, problem.severity))
    };
    assert_eq!(kind("2", 2), None);
    assert_eq!(kind("", 2), None);
    assert_eq!(kind("3", 2), Some((ProblemKind::TooFewRows, Severity::Error)));
    assert_eq!(kind("1", 2), Some((ProblemKind::TooManyRows, Severity::Warning)));
}

#[test]
fn the_unit_and_last_years_answer_decide_what_is_asked() {
    let questionnaire = crate::support::loaded(COUNTED);
    let asked = |kind: &str, previous: &str| {
        let mut context = crate::support::context();
        context.unit.insert("kind".to_owned(), kind.to_owned());
        context.previous.insert("ile".to_owned(), previous.to_owned());
        let (typed, _) = form::read(&questionnaire.model, &raw(json!({})));
        form::evaluate(&questionnaire.model, &typed, &context).status("potem", None) != Status::NotRelevant
    };
    assert!(asked("gmina", "6"));
    assert!(!asked("powiat", "6"));
    assert!(!asked("gmina", "5"));
    assert!(!asked("gmina", ""));
}

#[test]
fn what_was_sent_is_settled_as_it_was_evaluated_without_looking_for_problems() {
    let questionnaire = crate::support::loaded(COUNTED);
    let raw = raw(json!({"ile": "3", "wpis": [{"_id": "aaaaaaa0", "nazwa": "x"}]}));
    let evaluation = evaluated(&questionnaire, &raw);
    let settled = form::settle(&questionnaire.model, &raw, &crate::support::context());
    assert!(!evaluation.problems().is_empty() && settled.problems().is_empty());
    assert_eq!(settled.final_answers(), evaluation.final_answers());
    for question in questionnaire.model.questions() {
        let row = question.repeat.as_ref().map(|_| 0);
        assert_eq!(settled.status(&question.name, row), evaluation.status(&question.name, row));
        assert_eq!(settled.value(&question.name, row), evaluation.value(&question.name, row));
    }
}
