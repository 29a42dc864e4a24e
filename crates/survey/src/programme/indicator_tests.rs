//! What a declaration may say, and that all that does not fit together is told at once.

use super::{Amount, Programme, ProgrammeError, Rule};

const MAZOWSZE: &str = include_str!("../../../../forms/mazowsze/programme.toml");

fn inconsistencies(text: &str) -> Vec<String> {
    match Programme::parse(text) {
        Err(ProgrammeError::Inconsistent(found)) => found,
        other => panic!("{other:?}"),
    }
}

/// The shipped programme with its indicators replaced.
fn with(indicators: &str) -> String {
    let start = MAZOWSZE.find("[indicator_rule]").unwrap();
    let end = MAZOWSZE.find("[[sources]]").unwrap();
    format!("{}\n{indicators}\n{}", &MAZOWSZE[..start], &MAZOWSZE[end..])
}

#[test]
fn the_shipped_programme_declares_the_eleven_indicators_by_goal() {
    let programme = Programme::parse(MAZOWSZE).unwrap();
    let codes: Vec<&str> = programme.indicators.iter().map(|indicator| indicator.code.as_str()).collect();
    assert_eq!(
        codes,
        ["W1.1", "W1.2", "W2.1", "W2.2", "W3.1", "W3.2", "W4.1", "W4.2", "W5.1", "W5.2", "W5.3"]
    );
    for indicator in &programme.indicators {
        assert!(indicator.code.starts_with(&format!("W{}.", indicator.goal)), "{}", indicator.code);
        assert!(indicator.at(2024).is_some(), "{}", indicator.code);
        assert!(indicator.at(2019).is_none(), "{}", indicator.code);
    }
    assert_eq!(programme.indicator_rule.as_ref().unwrap().rule, Rule::Net);
    let gross: Vec<&str> = programme
        .indicators
        .iter()
        .filter(|indicator| indicator.at(2024).unwrap().rule == Rule::Gross)
        .map(|indicator| indicator.code.as_str())
        .collect();
    assert_eq!(gross, ["W4.1"]);
    let bound: Vec<String> = programme
        .indicator("W2.1")
        .unwrap()
        .at(2024)
        .unwrap()
        .measures()
        .map(|(place, name)| format!("{place} {name}"))
        .collect();
    assert_eq!(bound, ["up up.miejsca_pracy_ps", "up_pes up.miejsca_pracy"]);
}

#[test]
fn amounts_are_exact_whatever_way_they_are_written() {
    let number = |text: &str| Amount::parse(text).map(|amount| amount.number().map(ToString::to_string));
    assert_eq!(number("1 090"), Some(Some("1090".into())));
    assert_eq!(number("75,5%"), Some(Some("151/200".into())));
    assert_eq!(number("68/74"), Some(Some("34/37".into())));
    assert_eq!(number("-1"), Some(Some("-1".into())));
    assert_eq!(number("b.d."), Some(None));
    for wrong in ["", "1/0", "ok. 40", "1e9", "1.090", "%", "1/2/3"] {
        assert_eq!(number(wrong), None, "{wrong}");
    }
}

#[test]
fn every_inconsistency_of_every_indicator_is_told_at_once() {
    let found = inconsistencies(&with(
        r#"
[indicator_rule]
rule = "yoy"
note = "x"
[[indicators]]
code = "W1 1"
goal = 9
name = "a"
unit = "x"
kind = "sum"
places = 7
[[indicators.versions]]
from = 2024
to = 2023
rule = "yoy"
source = "ops.nic"
[[indicators.versions]]
from = 2025
rule = "zero_base"
base = { value = 5 }
target = { value = 7 }
plan = "kwadratowa"
[[indicators.versions]]
from = 2030
rule = "net"
base = { value = 7 }
target = { value = 7 }
plan = "linear"
next_survey = 2031
parts = [{ code = "A b", name = "x" }, { code = "c", name = "x" }, { code = "c", name = "x" }]
beside = [{ code = "d", name = "x", role = "same_fact", part = "e" }]
[[indicators]]
code = "W1.2"
goal = 1
name = "a"
unit = "x"
kind = "level"
versions = []
[[indicators]]
code = "W1.2"
goal = 1
name = "a"
unit = "x"
kind = "level"
[[indicators.versions]]
from = 2024
rule = "threshold"
target = {}
plan = [{ year = 2025, value = 2 }, { year = 2025, value = "b.d." }]
"#,
    ));
    insta::assert_snapshot!(found.join("\n"));
}

#[test]
fn a_programme_with_indicators_needs_a_rule_and_one_without_needs_nothing() {
    Programme::parse(&with("")).unwrap();
    let alone = MAZOWSZE.replacen("[indicator_rule]\nrule = \"net\"\n", "", 1);
    let alone =
        alone.lines().filter(|line| !line.starts_with("note = \"Wartość bazowa jest")).collect::<Vec<_>>();
    let found = inconsistencies(&alone.join("\n"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("indicator_rule: "), "{found:?}");
}

#[test]
fn fractions_without_quotes_and_unknown_words_are_refused_with_their_line() {
    for (from, to, word) in [
        ("value = 98", "value = 98.5", "liczba całkowita albo tekst"),
        ("value = 98", "value = \"dużo\"", "dużo"),
        ("rule   = \"net\"", "rule   = \"netto\"", "netto"),
        ("kind  = \"sum\"", "kind  = \"suma\"", "suma"),
        ("source = \"up.miejsca_pracy_ps\"", "source = \"ankieta\"", "ankieta"),
    ] {
        let text = MAZOWSZE.replacen(from, to, 1);
        assert_ne!(text, MAZOWSZE, "{from}");
        let error = Programme::parse(&text).unwrap_err().to_string();
        assert!(error.contains(word) && error.contains("wiersz "), "{error}");
    }
}
