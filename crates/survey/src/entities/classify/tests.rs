use chrono::NaiveDate;

use super::super::{List, Mention, Outcome, Standing, Verdict};
use super::classify;
use crate::register::{Cell, RawRow};

const HEADER: &str = "Nazwa;NIP;KRS;Rodzaj;Siedziba;Status od;Status do;Data założenia";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rows(lines: &[&str]) -> Vec<RawRow> {
    let row = |(number, line): (usize, &&str)| RawRow {
        line: u32::try_from(number).unwrap() + 1,
        cells: line
            .split(';')
            .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) })
            .collect(),
    };
    lines.iter().enumerate().map(row).collect()
}

fn outcomes(list: List, as_of: &str, known: &[Standing], lines: &[&str]) -> Vec<Outcome> {
    classify(&rows(&[&[HEADER], lines].concat()), list, day(as_of), known).unwrap()
}

fn words(outcomes: &[Outcome]) -> Vec<&'static str> {
    outcomes.iter().skip(1).map(|outcome| outcome.verdict.as_str()).collect()
}

/// The entities of a list that was read in on a day.
fn known(list: List, as_of: &str, lines: &[&str]) -> Vec<Standing> {
    let taken = outcomes(list, as_of, &[], lines).into_iter().filter(|outcome| outcome.verdict.is_taken());
    let told = taken.map(|outcome| vec![Mention { as_of: day(as_of), said: outcome.said.unwrap() }]);
    told.map(|told| Standing::of(told, &[day(as_of)], None).unwrap()).collect()
}

const KITCHEN: &str = "Kuchnia;5252248481;;spółdzielnia;Płock;2023-01-01;;2015-03-01";

#[test]
fn every_row_has_one_outcome_and_titles_totals_and_blanks_are_no_entities() {
    let lines = [
        "Rejestr PS;;;;;;;",
        "Stan na;31.12.2024;;;;;;",
        HEADER,
        KITCHEN,
        ";;;;;;;",
        "Most;;123456;fundacja;Radom;01.02.2024 r.;bezterminowo;2011",
        "Razem;2;;;;;;",
    ];
    let found = classify(&rows(&lines), List::Ps, day("2024-12-31"), &[]).unwrap();
    let words: Vec<&str> = found.iter().map(|outcome| outcome.verdict.as_str()).collect();
    assert_eq!(words, ["ignore", "ignore", "header", "new", "ignore", "new", "ignore"]);
    let most = found[5].said.as_ref().unwrap();
    assert_eq!(most.krs.as_ref().unwrap().as_str(), "0000123456");
    assert_eq!((most.status_from, most.status_to), (Some(day("2024-02-01")), None));
    assert_eq!(most.founded_on, Some(day("2011-12-31")), "only the year: its last day");
    assert!(
        classify(&rows(&["Uchwała;nr 5", "w sprawie;kotów"]), List::Ps, day("2024-12-31"), &[]).is_none()
    );
}

#[test]
fn a_bad_number_a_bad_day_and_a_missing_name_are_errors_each_with_its_reason() {
    let found = outcomes(
        List::Ps,
        "2024-12-31",
        &[],
        &[
            "Zła suma;5252248482;;;;2023-01-01;;",
            "Zła suma, dobry KRS;5252248482;0000123456;;;2023-01-01;;",
            "Zła data;5252248481;;;;31.02.2023;;",
            ";1000000012;;;;2023-01-01;;",
            "Na opak;1000000012;;;;2023-01-01;2022-01-01;",
        ],
    );
    assert_eq!(words(&found), ["error", "new", "error", "error", "error"]);
    for (place, word) in
        [(1, "kontrolną"), (2, "bez tego numeru"), (3, "31.02.2023"), (4, "nazwy"), (5, "zanim")]
    {
        assert!(found[place].notes.join(" ").contains(word), "{:?}", found[place].notes);
    }
}

#[test]
fn the_same_entity_twice_is_a_repetition_or_a_contradiction() {
    let found = outcomes(
        List::Ps,
        "2024-12-31",
        &[],
        &[KITCHEN, KITCHEN, "Kuchnia;5252248481;;spółdzielnia;Radom;2023-01-01;;2015-03-01"],
    );
    assert_eq!(words(&found), ["new", "duplicate", "conflict"]);
}

#[test]
fn a_later_list_says_what_changed_and_proposes_the_end_of_who_vanished() {
    let before = known(
        List::Ps,
        "2023-12-31",
        &[KITCHEN, "Most;1000000012;;;;2023-01-01;;", "Krok;;0000123456;;;2023-01-01;;"],
    );
    let found = outcomes(
        List::Ps,
        "2024-12-31",
        &before,
        &[
            "Kuchnia Wzorowa;525-224-84-81;;spółdzielnia;Płock;2023-01-01;2024-06-30;2015-03-01",
            "Krok;;123456;;;2023-01-01;;",
        ],
    );
    assert_eq!(words(&found), ["updated", "unchanged", "vanished"]);
    let said = found[1].notes.join(" ");
    assert!(said.contains("było „Kuchnia”") && said.contains("30.06.2024"), "{said}");
    let gone = found.last().unwrap();
    assert_eq!((gone.line, gone.known), (None, Some(1)));
    assert!(gone.notes[0].contains("2024-12-30"), "{:?}", gone.notes);
    // The same list once more changes nothing; an older one neither ends nor renames anything.
    let again = outcomes(List::Ps, "2023-12-31", &before, &[KITCHEN]);
    assert_eq!(words(&again), ["unchanged"]);
    let older = outcomes(List::Ps, "2022-12-31", &before, &["Stara nazwa;5252248481;;;;2023-01-01;;"]);
    assert_eq!(words(&older), ["unchanged"]);
}

#[test]
fn a_body_may_run_several_workshops_but_is_one_enterprise() {
    let two =
        ["WTZ w Płocku;5252248481;;;Płock;2005-01-01;;", "WTZ w Płońsku;5252248481;;;Płońsk;2009-01-01;;"];
    let before = known(List::Wtz, "2023-12-31", &two);
    assert_eq!(before.len(), 2);
    assert_eq!(words(&outcomes(List::Wtz, "2024-12-31", &before, &two)), ["unchanged", "unchanged"]);
    let third = [two[0], two[1], "WTZ w Radomiu;5252248481;;;Radom;2024-01-01;;"];
    assert_eq!(words(&outcomes(List::Wtz, "2024-12-31", &before, &third)), ["unchanged", "unchanged", "new"]);
    assert_eq!(words(&outcomes(List::Ps, "2024-12-31", &[], &two)), ["new", "conflict"]);
}

#[test]
fn an_entity_without_numbers_is_known_by_its_name_and_may_get_them_later() {
    let before = known(List::Kis, "2023-12-31", &["KIS „Start”;;;;Radom;2020-01-01;;"]);
    let found = outcomes(List::Kis, "2024-12-31", &before, &["kis start;5252248481;;;Radom;2020-01-01;;"]);
    assert_eq!((found[1].verdict, found[1].known), (Verdict::Updated, Some(0)));
    assert!(found[1].notes.join(" ").contains("Uzupełniono numer"));
}

#[test]
fn numbers_of_two_entities_in_one_row_are_a_contradiction() {
    let before = known(List::Ps, "2023-12-31", &[KITCHEN, "Krok;;0000123456;;;2023-01-01;;"]);
    let found = outcomes(List::Ps, "2024-12-31", &before, &["Kuchnia;5252248481;0000123456;;;2023-01-01;;"]);
    assert_eq!(found[1].verdict, Verdict::Conflict);
}
