//! The expressions of other engines' tests, with untyped variables; see SOURCES.md beside this file.

use chrono::NaiveDate;
use form::expr::jsonl::eval_line;
use serde_json::{Value, json};

const CASES: &str = include_str!("cases.jsonl");

#[test]
fn every_case_that_all_engines_agree_on_gives_the_expected_value() {
    run("agree", 1329);
}

#[test]
fn every_case_in_which_engines_differ_gives_the_decided_value() {
    run("differ", 45);
}

fn run(tier: &str, count: usize) {
    let cases: Vec<Value> = CASES.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let cases: Vec<&Value> = cases.iter().filter(|case| case["tier"] == tier).collect();
    assert_eq!(cases.len(), count, "cases.jsonl is not complete");
    let failures: Vec<String> = cases.into_iter().filter_map(failure).collect();
    assert!(failures.is_empty(), "{} of {count} fail:\n{}", failures.len(), failures.join("\n"));
}

/// The id and what went wrong, if the case fails.
fn failure(case: &Value) -> Option<String> {
    let decided = case["tier"] == "differ";
    let wanted = if decided { &case["decision"]["result"] } else { &case["result"] };
    let expected = if decided { &case["decision"]["value"] } else { &case["expected"] };
    let mut question =
        json!({"id": case["id"], "expr": case["expr"], "vars": case["vars"], "self": case["self"]});
    if wanted != "error" {
        question["as"] = wanted.clone();
    }
    let today = NaiveDate::from_ymd_opt(2025, 1, 17).unwrap();
    let answer: Value = serde_json::from_str(&eval_line(&question.to_string(), today)).unwrap();
    let right = match wanted.as_str().unwrap() {
        "error" => answer["type"] == "error",
        "number" => {
            answer["type"] == "number" && same_number(&answer["value"], expected, &case["rounded_to"])
        }
        _ => answer["type"] == *wanted && answer["value"] == *expected,
    };
    (!right).then(|| format!("{} {} expected {wanted} {expected}, got {answer}", case["id"], case["expr"]))
}

fn same_number(found: &Value, expected: &Value, step: &Value) -> bool {
    let (Some(found), Some(expected)) = (found.as_f64(), expected.as_f64()) else {
        return found == expected;
    };
    match step.as_f64() {
        Some(step) => ((found / step).round() - (expected / step).round()).abs() < 0.5,
        None => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
    }
}
