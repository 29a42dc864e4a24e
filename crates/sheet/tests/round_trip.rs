//! What must hold for any table and any bytes.

#![expect(clippy::unwrap_used, reason = "what a test prepares may fail loudly")]

use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use sheet::{
    Cell, Column, Decimal, Delimiter, Limits, Profile, Table, Value, is_formula_like, read, read_csv,
    write_csv,
};

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        "(\\PC|[;,\"'=+@\t\r\n-]){1,12}"
            .prop_filter("zeros are no text", |text| !text.contains('\0'))
            .prop_map(Value::Text),
        any::<i64>().prop_map(Value::Integer),
        "-?[0-9]{1,9}(\\.[0-9]{1,9})?".prop_map(|text| Value::Decimal(Decimal::parse(&text).unwrap())),
        (1900..2200_i32, 1..13_u32, 1..29_u32)
            .prop_map(|(y, m, d)| Value::Date(NaiveDate::from_ymd_opt(y, m, d).unwrap())),
    ]
}

fn table() -> impl Strategy<Value = Table> {
    (1..5_usize).prop_flat_map(|width| {
        (vec("[A-Za-zĄąŁł ]{1,10}", width), vec(vec(value(), width), 0..8)).prop_map(|(titles, rows)| Table {
            columns: titles.iter().map(|title| Column::new(&format!("K{title}"))).collect(),
            rows,
        })
    })
}

/// The text that a reader finds for a written value.
fn written(value: &Value, profile: Profile) -> String {
    match (value, profile) {
        (Value::Empty, _) => String::new(),
        (Value::Text(text), Profile::ExcelPl) if is_formula_like(text) => format!("'{text}"),
        (Value::Text(text), _) => text.clone(),
        (Value::Integer(number), _) => number.to_string(),
        (Value::Decimal(number), Profile::ExcelPl) => number.as_str().replace('.', ","),
        (Value::Decimal(number), Profile::OpenData) => number.as_str().to_owned(),
        (Value::Date(day), _) => day.to_string(),
    }
}

fn shown(cells: &[Cell], width: usize) -> Vec<String> {
    let text = |place: usize| match cells.get(place) {
        Some(Cell::Text(text)) => text.clone(),
        None | Some(Cell::Empty) => String::new(),
        Some(other) => panic!("{other:?}"),
    };
    (0..width).map(text).collect()
}

proptest! {
    #[test]
    fn a_written_table_reads_back_as_the_same_cells(table in table()) {
        for (profile, delimiter) in [(Profile::ExcelPl, Delimiter::Semicolon), (Profile::OpenData, Delimiter::Comma)] {
            let bytes = write_csv(&table, profile).unwrap();
            let book = read_csv(&bytes, "t.csv", delimiter, &Limits::default()).unwrap();
            let rows: Vec<Vec<String>> =
                book.sheets[0].rows.iter().skip(1).map(|row| shown(&row.cells, table.columns.len())).collect();
            let expected: Vec<Vec<String>> =
                table.rows.iter().map(|row| row.iter().map(|value| written(value, profile)).collect()).collect();
            prop_assert_eq!(rows, expected);
        }
    }

    #[test]
    fn no_written_cell_can_start_a_formula_and_no_number_is_escaped(table in table()) {
        let bytes = write_csv(&table, Profile::ExcelPl).unwrap();
        let book = read_csv(&bytes, "t.csv", Delimiter::Semicolon, &Limits::default()).unwrap();
        for (row, values) in book.sheets[0].rows.iter().skip(1).zip(&table.rows) {
            for (cell, value) in shown(&row.cells, values.len()).iter().zip(values) {
                match value {
                    Value::Text(_) => prop_assert!(!is_formula_like(cell)),
                    _ => prop_assert!(!cell.starts_with('\'')),
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, "x.csv");
        let _ = read(&[b"PK\x03\x04", bytes.as_slice()].concat(), "x.xlsx");
    }

    #[test]
    fn lines_of_any_text_grow_and_none_is_left_out(text in "([a-z;,\"]|\r\n|\n|\r){1,60}") {
        prop_assume!(!text.trim().is_empty());
        let book = read(text.as_bytes(), "x.csv").unwrap();
        let lines: Vec<u32> = book.sheets[0].rows.iter().map(|row| row.line).collect();
        prop_assert_eq!(lines[0], 1);
        prop_assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        if !text.contains('"') {
            prop_assert!(lines.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{lines:?}");
            let physical = text.replace("\r\n", "\n").replace('\r', "\n").lines().count();
            prop_assert_eq!(lines.len(), physical);
        }
    }

    #[test]
    fn a_damaged_workbook_is_read_or_refused(place in 0..6000_usize, byte in any::<u8>(), cut in 0..6000_usize) {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(0, 0, "kod").unwrap().write_number(1, 0, 14.0).unwrap();
        let mut bytes = book.save_to_buffer().unwrap();
        let length = bytes.len();
        bytes[place % length] = byte;
        let _ = read(&bytes, "x.xlsx");
        bytes.truncate(cut % length);
        let _ = read(&bytes, "x.xlsx");
    }
}
