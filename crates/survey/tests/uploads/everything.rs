//! What must hold for any upload at all.

use proptest::collection::vec;
use proptest::prelude::*;
use survey::register::{Cell, RawRow, Verdict, classify};

use crate::known::{jst, sheets};

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        2 => Just(Cell::Empty),
        3 => "[a-zA-Ząćęłńóśźż @.;<>=*-]{0,20}".prop_map(Cell::Text),
        2 => "14[0-9O _.]{0,7}".prop_map(Cell::Text),
        2 => proptest::sample::select(vec!["TERYT", "Nazwa", "E-mail", "WK", "PK", "GK", "RODZ", "Promna", "RAZEM", "=\"1401022\"", "ug@x.example"])
            .prop_map(|text| Cell::Text(text.to_owned())),
        1 => any::<f64>().prop_map(Cell::Number),
        2 => (1_400_000..1_440_000_u32).prop_map(|number| Cell::Number(f64::from(number))),
        1 => any::<bool>().prop_map(Cell::Bool),
        1 => Just(Cell::Error("#N/A".to_owned())),
    ]
}

fn rows() -> impl Strategy<Value = Vec<RawRow>> {
    vec(vec(cell(), 0..7), 0..30)
        .prop_map(|rows| (1..).zip(rows).map(|(line, cells)| RawRow { line, cells }).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_row_gets_exactly_one_outcome_in_order(rows in rows()) {
        let outcomes = classify(&rows, jst());
        let lines: Vec<u32> = outcomes.iter().map(|outcome| outcome.line).collect();
        prop_assert_eq!(lines, rows.iter().map(|row| row.line).collect::<Vec<_>>());
    }

    #[test]
    fn a_unit_is_taken_at_most_once_and_never_without_its_code(rows in rows()) {
        let mut taken = std::collections::BTreeSet::new();
        for outcome in classify(&rows, jst()) {
            if outcome.outcome.is_taken() {
                let unit = outcome.unit.clone().expect("a taken row has its unit");
                prop_assert!(taken.insert(unit), "{outcome:?}");
                prop_assert!(outcome.teryt.is_some());
                prop_assert_eq!(outcome.email.is_some(), !outcome.contacts.is_empty());
            }
            if matches!(outcome.outcome, Verdict::Error | Verdict::Ignore | Verdict::Header) {
                prop_assert!(outcome.unit.is_none() && outcome.teryt.is_none() && outcome.email.is_none());
            }
        }
    }

    #[test]
    fn text_of_any_kind_is_classified_without_a_crash(text in "(\\PC|[;,\"\t\n\r]){0,200}") {
        prop_assume!(!text.trim().is_empty() && !text.contains('\0'));
        for rows in sheets(text.as_bytes(), "x.csv") {
            prop_assert_eq!(classify(&rows, jst()).len(), rows.len());
        }
    }

    #[test]
    fn the_order_of_columns_does_not_matter(order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle()) {
        let table = [
            ["Lp.", "Kod TERYT", "Nazwa", "E-mail"],
            ["1", "1401013", "Białobrzegi", "um@b.example"],
            ["2", "140102", "PROMNA", "brak"],
            ["3", "1401032", "Stromiec", "ug@r.example"],
        ];
        let rows: Vec<RawRow> = (1..)
            .zip(table)
            .map(|(line, cells)| RawRow { line, cells: order.iter().map(|c| Cell::Text(cells[*c].to_owned())).collect() })
            .collect();
        let found: Vec<&str> = classify(&rows, jst()).iter().map(|row| row.outcome.as_str()).collect();
        prop_assert_eq!(found, ["header", "ok", "warn_email", "conflict"]);
    }
}
