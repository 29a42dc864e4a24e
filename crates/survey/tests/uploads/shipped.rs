//! The register that ships with the programme.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use survey::register::{Cell, KnownUnit, RawRow, Verdict, classify};
use survey::unit::Period;

use crate::known::{jst, register, units};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(unit: &KnownUnit, date: NaiveDate) -> Option<&Period> {
    unit.periods.iter().find(|period| period.contains(date))
}

fn kinds(date: &str) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for unit in units("jst.csv") {
        if let Some(period) = at(&unit, day(date)) {
            *kinds.entry(period.kind.to_string()).or_default() += 1;
        }
    }
    kinds
}

#[test]
fn there_are_352_units_of_which_314_are_gminas_and_37_powiats() {
    let units = units("jst.csv");
    let gminas = units.iter().filter(|unit| unit.code.teryt().unwrap().is_gmina()).count();
    let voivodeships = units.iter().filter(|unit| unit.code.teryt().unwrap().powiat().is_none()).count();
    assert_eq!((units.len(), gminas, voivodeships), (352, 314, 1));
    assert_eq!(units.len() - gminas - voivodeships, 37);
}

#[test]
fn kinds_of_gminas_are_those_of_the_day() {
    let of = |date: &str| {
        let kinds = kinds(date);
        ["gmina_miejska", "gmina_miejsko_wiejska", "gmina_wiejska", "miasto_na_prawach_powiatu"]
            .map(|kind| kinds[kind])
    };
    assert_eq!(of("2024-12-31"), [30, 75, 204, 5]);
    assert_eq!(of("2025-12-31"), [30, 76, 203, 5]);
    assert_eq!(of("2026-01-01"), [30, 79, 200, 5]);
}

#[test]
fn four_gminas_have_both_their_periods_without_a_gap() {
    let changed: BTreeMap<String, Vec<Period>> = units("jst.csv")
        .into_iter()
        .filter(|unit| unit.periods.len() > 1)
        .map(|unit| (unit.periods[0].name.clone(), unit.periods))
        .collect();
    let names: Vec<&str> = changed.keys().map(String::as_str).collect();
    assert_eq!(names, ["Kazanów", "Małkinia Górna", "Stanisławów", "Staroźreby"]);
    for periods in changed.values() {
        let [before, after] = periods.as_slice() else { panic!("{periods:?}") };
        assert_eq!((before.type_digit, after.type_digit), (Some(2), Some(3)));
        assert_eq!(before.to.unwrap().succ_opt(), after.from);
    }
}

#[test]
fn the_frame_of_2024_has_351_units_without_the_voivodeship_and_40_labour_offices() {
    let frame = |file: &str| {
        let units = units(file);
        units
            .iter()
            .filter_map(|unit| at(unit, day("2024-12-31")))
            .filter(|p| p.kind.as_str() != "wojewodztwo")
            .count()
    };
    assert_eq!(frame("jst.csv"), 351);
    assert_eq!(frame("up.csv"), 40);
}

#[test]
fn the_city_office_of_radom_is_there_since_2026() {
    let units = units("up.csv");
    let office = |code: &str, date: &str| {
        let unit = units.iter().find(|unit| unit.code.as_str() == code).unwrap();
        at(unit, day(date)).map(|period| period.extra["served_teryt"].clone())
    };
    assert_eq!(office("UP1425", "2026-01-01").as_deref(), Some("1425;1463"));
    assert_eq!(office("UP1425", "2026-01-02").as_deref(), Some("1425"));
    assert_eq!(office("UP1463", "2026-01-01"), None);
    assert_eq!(office("UP1463", "2026-01-02").as_deref(), Some("1463"));
}

#[test]
fn labour_offices_serve_every_powiat_and_city_exactly_once_on_every_day() {
    let powiats: BTreeSet<String> =
        units("jst.csv").iter().filter_map(|unit| unit.code.teryt()?.powiat().map(str::to_owned)).collect();
    assert_eq!(powiats.len(), 42);
    for date in ["2024-12-31", "2026-01-01", "2026-01-02"] {
        let units = units("up.csv");
        let offices =
            units.iter().filter_map(|unit| at(unit, day(date))).filter(|p| p.kind.as_str() == "PUP");
        let mut served: Vec<String> = offices
            .flat_map(|p| p.extra["served_teryt"].split(';').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        served.sort();
        assert_eq!(served, powiats.iter().cloned().collect::<Vec<_>>(), "{date}");
    }
}

#[test]
fn every_unit_lies_in_its_powiat_and_has_its_regions() {
    for unit in units("jst.csv") {
        let code = unit.code.teryt().unwrap();
        for period in &unit.periods {
            assert_eq!(period.powiat_teryt.as_deref(), code.powiat(), "{}", period.name);
            let regions = (period.nuts2.is_some(), period.nuts3.is_some());
            assert_eq!(regions, (code.powiat().is_some(), code.powiat().is_some()), "{}", period.name);
        }
    }
}

/// The rows of an upload that says exactly what the register says now.
fn own_words(units: &[KnownUnit]) -> Vec<RawRow> {
    let row = |(line, cells): (u32, Vec<String>)| RawRow {
        line,
        cells: cells.into_iter().map(Cell::Text).collect(),
    };
    let newest = |unit: &KnownUnit| {
        let period = unit.periods.iter().max_by_key(|period| period.from).unwrap();
        let digit = period.type_digit.map(|digit| digit.to_string()).unwrap_or_default();
        vec![format!("{}{digit}", unit.code), period.name.clone()]
    };
    let header = vec!["teryt".to_owned(), "name".to_owned()];
    (1..).zip([header].into_iter().chain(units.iter().map(newest))).map(row).collect()
}

#[test]
fn the_register_classified_by_itself_is_ok_in_every_row() {
    for (file, known) in [("jst.csv", jst().clone()), ("up.csv", register(&units("up.csv")))] {
        let outcomes = classify(&own_words(&units(file)), &known);
        assert_eq!(outcomes[0].outcome, Verdict::Header);
        let others: Vec<_> = outcomes[1..].iter().filter(|row| row.outcome != Verdict::Ok).collect();
        assert!(others.is_empty(), "{others:?}");
        assert_eq!(outcomes.len() - 1, known.len());
    }
}

#[test]
fn what_is_wrong_in_a_shipped_register_is_told_with_its_line() {
    let text = "teryt,name,kind,valid_from,valid_to\n1401013,,gmina,,\nx1,A,b c,2025-13-01,\n1401022,B,gmina,,\n1401023,B,gmina,2025-01-01,\n";
    let rows = crate::known::sheets(text.as_bytes(), "r.csv").remove(0);
    let wrong: Vec<String> =
        survey::register::parse_shipped(&rows).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        wrong,
        [
            "line 2: no name",
            "line 3: not a date: `2025-13-01`",
            "line 3: not a kind: `b c`",
            "line 5: the period overlaps another one of 140102"
        ]
    );
}
