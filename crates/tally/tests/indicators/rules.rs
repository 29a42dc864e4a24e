//! Rules, paths and troubles one by one.

use std::collections::{BTreeMap, BTreeSet};

use tally::indicator::{
    Base, Comparison, Definition, Kind, Mark, OfYear, Plan, Rule, Trouble, Value, Warning, assess, percent,
};

use crate::{n, part, plain, span, value};

#[test]
fn a_year_counted_twice_is_an_error_and_all_of_them_are_told() {
    let definition = plain(Kind::Sum, Rule::Net, 0, 10);
    let values = [value("2021–2023", 1), value("2023", 1), value("2022-2024", 1), value("2025", 1)];
    let troubles = assess(&definition, &values, &[], 2024).unwrap_err();
    assert_eq!(
        troubles,
        [
            Trouble::Overlap(span("2021–2023"), span("2022–2024")),
            Trouble::Overlap(span("2021–2023"), span("2023")),
            Trouble::Overlap(span("2022–2024"), span("2023")),
        ]
    );
    let twice = [value("2024", 1), value("2024", 2)];
    assert_eq!(
        assess(&definition, &twice, &[], 2024).unwrap_err(),
        [Trouble::Overlap(span("2024"), span("2024"))]
    );
    let mut both = value("2024", 5);
    both.parts.push(tally::indicator::Part { name: "UP".into(), number: Some(n(1)), ..Default::default() });
    assert_eq!(assess(&definition, &[both], &[], 2024).unwrap_err(), [Trouble::WholeAndParts(span("2024"))]);
    let since = Definition { since: Some(2022), ..definition };
    let across = assess(&since, &[value("2021–2023", 1)], &[], 2024).unwrap_err();
    assert_eq!(across, [Trouble::AcrossTheStart(span("2021–2023"))]);
}

#[test]
fn years_before_the_first_one_that_counts_and_after_the_assessed_one_stay_out() {
    let definition = Definition { since: Some(2021), ..plain(Kind::Sum, Rule::ZeroBase, 0, 10) };
    let values = [value("2019", 100), value("2021–2023", 3), value("2024", 2), value("2025", 50)];
    let found = assess(&definition, &values, &[], 2024).unwrap();
    assert_eq!(found.cumulative, Some(n(5)));
    assert_eq!(percent(&found.degree.unwrap()), "50%");
}

#[test]
fn a_year_that_nobody_entered_is_told_and_marks_the_sum() {
    let definition = Definition { since: Some(2021), ..plain(Kind::Sum, Rule::ZeroBase, 0, 10) };
    let found = assess(&definition, &[value("2022", 4)], &[], 2024).unwrap();
    assert_eq!(found.of_year, OfYear::NotEntered);
    assert_eq!(found.warnings, [Warning::MissingYears { years: vec![2021, 2023, 2024] }]);
    assert_eq!(found.marks, BTreeSet::from([Mark::NoData]));
    let nothing = assess(&definition, &[], &[], 2024).unwrap();
    assert_eq!((nothing.cumulative, nothing.degree), (None, None), "nothing is not zero");
}

#[test]
fn nothing_but_missing_data_gives_no_sum() {
    let found = assess(&plain(Kind::Sum, Rule::Net, 3, 20), &[value("2024", None)], &[], 2024).unwrap();
    assert_eq!((found.cumulative, found.degree), (None, None));
    assert_eq!(found.of_year, OfYear::NoData);
}

#[test]
fn base_zero_and_base_equal_to_the_target_divide_nothing_by_zero() {
    let zero = assess(&plain(Kind::Sum, Rule::Net, 0, 50), &[value("2024", 33)], &[], 2024).unwrap();
    assert_eq!(zero.steps, ["33 (2024) = 33", "33 / 50 = 66%"]);
    for (rule, base, target) in [(Rule::Net, 50, 50), (Rule::ZeroBase, 0, 0), (Rule::Gross, 0, 0)] {
        let found = assess(&plain(Kind::Sum, rule, base, target), &[value("2024", 1)], &[], 2024).unwrap();
        assert_eq!(found.degree, None, "{rule:?}");
        assert!(found.warnings.contains(&Warning::NothingToReach), "{rule:?}");
        assert!(found.steps[1].ends_with("= –"), "{:?}", found.steps);
    }
}

#[test]
fn a_time_that_has_to_get_shorter_is_measured_from_its_base() {
    let definition = Definition { comparison: Comparison::AtMost, ..plain(Kind::Duration, Rule::Net, 3, 1) };
    let found = assess(&definition, &[value("2023", 3), value("2024", 2)], &[], 2024).unwrap();
    assert_eq!(found.steps, ["(2 − 3) / (1 − 3) = −1 / −2 = 50%"]);
    assert_eq!(found.met, Some(false));
    let done = assess(&definition, &[value("2024", 1)], &[], 2024).unwrap();
    assert_eq!((percent(&done.degree.unwrap()), done.met), ("100%".into(), Some(true)));
}

#[test]
fn a_deliverable_is_there_or_not() {
    let definition =
        Definition { comparison: Comparison::Equal, ..plain(Kind::Deliverable, Rule::ZeroBase, 0, 1) };
    let done = |number| assess(&definition, &[value("2024", number)], &[], 2024).unwrap();
    assert_eq!((done(1).met, done(0).met), (Some(true), Some(false)));
    assert_eq!(percent(&done(0).degree.unwrap()), "0%");
}

#[test]
fn a_minimum_share_is_compared_exactly() {
    let definition = Definition::new(Kind::Share, Rule::Threshold, part(35, 100));
    let share = |of, all| Value::whole(span("2024"), Some(part(of, all)));
    let found = assess(&definition, &[share(70, 200)], &[], 2024).unwrap();
    assert_eq!((found.met, found.degree.clone()), (Some(true), None));
    let below = assess(&definition, &[share(34_999, 100_000)], &[], 2024).unwrap();
    assert_eq!(below.met, Some(false));
    assert_eq!(below.steps, ["35%; nie ≥ 35%"], "two places are not enough to see it, so it is said");
    assert_eq!(below.distance, Some(part(1, 100_000)));
}

#[test]
fn growth_needs_two_years_in_a_row() {
    let definition = plain(Kind::Level, Rule::YearOnYear, 0, 45);
    let found = assess(&definition, &[value("2022", 10), value("2024", 100)], &[], 2024).unwrap();
    assert_eq!((found.changes.len(), found.degree), (0, None));
    let gap = [value("2022", 10), value("2023", None), value("2024", 100)];
    let found = assess(&definition, &gap, &[], 2024).unwrap();
    assert_eq!((found.changes.len(), found.degree), (0, None));
    assert!(found.marks.contains(&Mark::NoData));
}

#[test]
fn without_a_declared_path_there_is_no_line() {
    let found = assess(&plain(Kind::Sum, Rule::Net, 54, 1090), &[value("2024", 5)], &[], 2024).unwrap();
    assert!(found.path.is_empty() && found.planned.is_none());
}

#[test]
fn a_straight_line_leads_from_the_base_to_the_target_in_the_measure_of_the_rule() {
    let line = Some(Plan::Linear { from: 2020, to: 2030 });
    let planned = |rule, base, target, year| {
        let definition = Definition { plan: line.clone(), ..plain(Kind::Sum, rule, base, target) };
        assess(&definition, &[], &[], year).unwrap().planned
    };
    assert_eq!(planned(Rule::Net, 71, 771, 2024), Some(n(280)));
    assert_eq!(planned(Rule::Gross, 60, 90, 2023), Some(n(69)));
    assert_eq!(planned(Rule::ZeroBase, 0, 1, 2023), Some(part(3, 10)));
    assert_eq!(planned(Rule::Net, 71, 771, 2019), None);
    assert_eq!(planned(Rule::Net, 71, 771, 2040), Some(n(700)));
    let points = BTreeMap::from([(2022, n(10)), (2026, n(30))]);
    let definition = Definition { plan: Some(Plan::Points(points)), ..plain(Kind::Sum, Rule::Net, 0, 30) };
    let found = assess(&definition, &[value("2022–2024", 25)], &[], 2024).unwrap();
    assert_eq!(found.planned, Some(n(20)));
    assert_eq!(found.points[0].position, Some(n(25)));
}

#[test]
fn values_of_an_older_definition_mark_the_sum() {
    let definition = Definition { redefined: Some(2024), ..plain(Kind::Sum, Rule::Net, 0, 10) };
    let marks = |values: &[Value]| assess(&definition, values, &[], 2024).unwrap().marks;
    assert_eq!(marks(&[value("2024", 1)]), BTreeSet::new());
    assert_eq!(marks(&[value("2023", 1), value("2024", 1)]), BTreeSet::from([Mark::DefinitionChanged]));
}

#[test]
fn a_part_without_data_or_without_a_row_makes_the_sum_incomplete() {
    let mut missing = value("2024", 5);
    missing.parts[0].name = "OWES".into();
    missing.missing = vec!["UP".into()];
    assert_eq!(missing.marks(), BTreeSet::from([Mark::Incomplete]));
    missing.parts.push(tally::indicator::Part { name: "WUP".into(), ..Default::default() });
    assert_eq!(missing.marks(), BTreeSet::from([Mark::Incomplete, Mark::NoData]));
    assert_eq!(missing.number(), Some(n(5)));
    let found = assess(&plain(Kind::Sum, Rule::Net, 0, 10), &[missing], &[], 2024).unwrap();
    let told = found.warnings.iter().map(Warning::code).collect::<Vec<_>>();
    assert_eq!(told, ["incomplete_part"]);
    let unknown = Definition { base: Base::NoData, ..Definition::new(Kind::Sum, Rule::Net, n(20)) };
    let found = assess(&unknown, &[value("2024", 5)], &[], 2024).unwrap();
    assert_eq!(found.warnings, [Warning::NoDataAsZero { spans: vec![], base: true }]);
}
