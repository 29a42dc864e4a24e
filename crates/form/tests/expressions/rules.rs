//! What expressions give: the rules that authors of forms must be able to rely on.

use chrono::NaiveDate;
use form::expr::jsonl::{Trouble, eval_line, eval_with};
use form::expr::{EvalError, Value};

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 17).unwrap()
}

fn with(source: &str, sets: &[(&str, &str)]) -> Value {
    let sets: Vec<(String, String)> =
        sets.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
    eval_with(source, &sets, today()).unwrap()
}

fn text(source: &str, sets: &[(&str, &str)]) -> String {
    with(source, sets).to_text().into_owned()
}

#[test]
fn an_empty_answer_behaves_as_the_table_says() {
    let table = [
        ("${a} = ''", "true"),
        ("${a} = 0", "false"),
        ("${a} < 5", "false"),
        ("${a} >= 0", "false"),
        ("${a} != 0", "true"),
        ("${a} != 5", "true"),
        ("not(${a} > 0)", "true"),
        ("${a} <= 0", "false"),
        ("${a} + 1", "NaN"),
        ("${a} * 0", "NaN"),
        ("coalesce(${a}, 0) + 1", "1"),
        ("if(${a} > 0, 1, 0)", "0"),
        ("count-selected(${a})", "0"),
        ("selected(${a}, '')", "true"),
        ("sum(${a})", "0"),
        ("min(${a})", ""),
        ("max(${a}, 3)", "3"),
        ("regex(${a}, '[0-9]+')", "false"),
        ("regex(${a}, '[0-9]*')", "true"),
        ("format-date(${a}, '%Y')", ""),
    ];
    for (source, expected) in table {
        assert_eq!(text(source, &[("a", "")]), expected, "{source}");
    }
}

#[test]
fn where_engines_differ_ours_is_exact_and_whole() {
    let table = [
        ("regex('00-950x', '[0-9]{2}-[0-9]{3}')", "false"),
        ("max(-5, -3)", "-3"),
        ("round(-12345, -2)", "-12300"),
        ("round(-2.5)", "-2"),
        ("round(2.5)", "3"),
        ("round(1.005, 2)", "1.01"),
        ("string(12345678901)", "12345678901"),
        ("0.1 + 0.2 = 0.3", "true"),
        ("1 div 3", "0.333333333333333"),
        ("2 div 3", "0.666666666666667"),
        ("1 div 3 * 3 = 1", "true"),
        ("number('5,5')", "NaN"),
        ("coalesce(number(''), 3)", "3"),
        ("string-length('👍ł')", "2"),
        ("translate('banan', 'aba', 'AB')", "BAnAn"),
        ("int(-7.9)", "-7"),
        ("-7 mod 3", "-1"),
        ("3 < 4 < 5", "true"),
        ("5 < 4 < 3", "true"),
        ("2 - 3 - 4", "-5"),
        ("-2 * -3", "6"),
        ("true() or false() and false()", "true"),
        ("1 = 1 = true()", "true"),
    ];
    for (source, expected) in table {
        assert_eq!(text(source, &[]), expected, "{source}");
    }
}

#[test]
fn powers_are_exact_for_whole_exponents_and_bounded_in_size() {
    assert_eq!(text("pow(2, 64)", &[]), "18446744073709551616");
    assert_eq!(text("pow(2, -2)", &[]), "0.25");
    assert_eq!(text("pow(0.1, 3) = 0.001", &[]), "true");
    assert_eq!(text("pow(2, 0.5)", &[]), "1.4142135623731");
    assert_eq!(text("pow(0, -1)", &[]), "Infinity");
    assert_eq!(text("pow(-8, 0.5)", &[]), "NaN");
    assert_eq!(text("pow(2, 100)", &[]), "1267650600228230000000000000000");
    let limit = "pow(pow(2, 32), 63) * pow(2, 31)";
    assert_eq!(text(&format!("string-length({limit})"), &[]), "617");
    assert_eq!(text(&format!("{limit} * 2"), &[]), "NaN");
    assert_eq!(text("pow(pow(2, 64), 64)", &[]), "NaN");
}

#[test]
fn branches_that_are_not_taken_are_not_evaluated() {
    assert_eq!(text("if(true(), 1, date('x'))", &[]), "1");
    assert_eq!(text("true() or date('x')", &[]), "true");
    assert_eq!(text("false() and date('x')", &[]), "false");
    assert_eq!(text("coalesce(1, date('x'))", &[]), "1");
    let outcome = eval_with("false() or date('x')", &[], today());
    assert_eq!(outcome, Err(Trouble::Eval(EvalError::NotADate("x".into()))));
}

#[test]
fn a_repeat_is_counted_summed_and_joined_skipping_empty_answers_in_sums() {
    let rows = [("a", "5"), ("a", ""), ("a", "7.5")];
    assert_eq!(text("sum(${a})", &rows), "12.5");
    assert_eq!(text("count(${a})", &rows), "3");
    assert_eq!(text("count-non-empty(${a})", &rows), "2");
    assert_eq!(text("max(${a})", &rows), "7.5");
    assert_eq!(text("join(', ', ${a})", &rows), "5, , 7.5");
    assert_eq!(text("concat(${a}, '!')", &rows), "57.5!");
}

#[test]
fn dates_are_calendar_days() {
    assert_eq!(text("today()", &[]), "2025-01-17");
    assert_eq!(text("date('2024-03-01') - date('2024-02-01')", &[]), "29");
    assert_eq!(text("format-date(date('2024-06-03'), '%d.%m.%Y / %e.%n.%y')", &[]), "03.06.2024 / 3.6.24");
    assert_eq!(text("date(today() + 1)", &[]), "2025-01-18");
    for wrong in
        ["date('2023-02-29')", "date('2024-6-3')", "date('03.06.2024')", "date(true())", "date(1 div 0)"]
    {
        assert!(
            matches!(eval_with(wrong, &[], today()), Err(Trouble::Eval(EvalError::NotADate(_)))),
            "{wrong}"
        );
    }
}

#[test]
fn names_without_a_value_are_an_error() {
    assert_eq!(eval_with("${a} + 1", &[], today()), Err(Trouble::Eval(EvalError::UnknownName("a".into()))));
    assert_eq!(eval_with(". + 1", &[], today()), Err(Trouble::Eval(EvalError::NoCandidate)));
    assert_eq!(eval_with("position(..)", &[], today()), Err(Trouble::Eval(EvalError::NotInRepeat)));
}

#[test]
fn curly_quotation_marks_count_as_straight_ones() {
    assert_eq!(text("‘tak’ = 'tak' and “a” = „a”", &[]), "true");
    assert_eq!(text("'„nie”'", &[]), "„nie”");
    assert_eq!(text("\"it’s\"", &[]), "it’s");
}

#[test]
fn lines_are_answered_with_lines() {
    let table = [
        (r#"{"id":"a","expr":"1 + 1"}"#, r#"{"id":"a","type":"number","value":2}"#),
        (r#"{"expr":"1 div 0"}"#, r#"{"id":null,"type":"number","value":"Infinity"}"#),
        (r#"{"id":3,"expr":"${a}","vars":{"a":["x","y"]}}"#, r#"{"id":3,"type":"string","value":"x"}"#),
        (
            r#"{"expr":"${a}","vars":{"a":{"type":"date","value":"2024-06-30"}}}"#,
            r#"{"id":null,"type":"date","value":"2024-06-30"}"#,
        ),
        (
            r#"{"expr":"${a} = 5","vars":{"a":{"type":"integer","value":"5.0"}}}"#,
            r#"{"id":null,"type":"boolean","value":true}"#,
        ),
        (
            r#"{"expr":"${a} = ''","vars":{"a":{"type":"integer","value":""}}}"#,
            r#"{"id":null,"type":"boolean","value":true}"#,
        ),
        (
            r#"{"expr":"sum(${a})","vars":{"a":{"type":"integer","value":["5",""]}},"tier":"x"}"#,
            r#"{"id":null,"type":"number","value":5}"#,
        ),
        (r#"{"expr":". * 2","self":"4","as":"string"}"#, r#"{"id":null,"type":"string","value":"8"}"#),
        (r#"{"expr":"today()","today":"2024-02-29"}"#, r#"{"id":null,"type":"date","value":"2024-02-29"}"#),
        (
            r#"{"expr":"pow(10, 30) + 1"}"#,
            r#"{"id":null,"type":"number","value":1000000000000000000000000000001}"#,
        ),
        (
            r#"{"id":"z","expr":"summ(1)"}"#,
            r#"{"id":"z","type":"error","value":null,"message":"F206: nie ma funkcji o nazwie „summ”"}"#,
        ),
    ];
    for (line, expected) in table {
        assert_eq!(eval_line(line, today()), expected, "{line}");
    }
    for wrong in
        ["", "{", "[]", r#"{"id":1}"#, r#"{"expr":"1","as":"nic"}"#, r#"{"expr":"1","today":"wczoraj"}"#]
    {
        assert!(eval_line(wrong, today()).contains(r#""type":"error""#), "{wrong}");
    }
}
