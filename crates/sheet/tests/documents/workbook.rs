//! Workbooks, read back.

use chrono::{NaiveDate, TimeZone, Utc};
use proptest::prelude::*;
use sheet::xlsx::{About, Column, Format, Sheet, Workbook, XlsxError, write};
use sheet::{Cell, Decimal, Value, read};

use crate::zipped::text;

fn about() -> About {
    About {
        title: "Liczby 2024".into(),
        subject: "Tabele rozdziału V".into(),
        organisation: "MCPS".into(),
        hash: "ab12".into(),
        made: Some(Utc.with_ymd_and_hms(2025, 3, 1, 12, 0, 0).unwrap()),
        lines: vec![("Uwaga".into(), "dane syntetyczne".into())],
    }
}

fn text_value(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn decimal(text: &str) -> Value {
    Value::Decimal(Decimal::parse(text).unwrap())
}

fn sheet() -> Sheet {
    Sheet {
        name: "Miary: jst/2024".into(),
        columns: vec![
            Column::new("Nazwa", Format::Plain),
            Column::new("Liczba", Format::Whole),
            Column::new("Kwota", Format::Two),
            Column::new("Udział", Format::Percent),
            Column::new("Dzień", Format::Plain),
        ],
        rows: vec![
            vec![
                text_value("=1+1"),
                Value::Integer(1234),
                decimal("12.50"),
                decimal("0.875"),
                Value::Date(NaiveDate::from_ymd_opt(2025, 1, 17).unwrap()),
            ],
            vec![
                text_value("_x0041_ +1 @a -2 {=A1}"),
                Value::Empty,
                decimal("-0.10"),
                Value::Integer(1),
                Value::Empty,
            ],
            vec![
                text_value("a\u{1}\nb"),
                Value::Integer(i64::MAX),
                decimal("0.1234567890123456789"),
                Value::Empty,
                Value::Date(NaiveDate::from_ymd_opt(1850, 1, 1).unwrap()),
            ],
        ],
    }
}

#[test]
fn cells_keep_their_types_and_a_text_is_never_a_formula() {
    let bytes = write(&about(), &[sheet()]).unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/book.xlsx"), &bytes).unwrap();
    let book = read(&bytes, "x.xlsx").unwrap();
    assert_eq!(
        book.sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(),
        ["Opis", "Miary jst 2024"]
    );
    let row = |row: usize| book.sheets[1].rows[row].cells.clone();
    let said = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(row(0), ["Nazwa", "Liczba", "Kwota", "Udział", "Dzień"].map(said));
    assert_eq!(row(1)[..4], [said("=1+1"), Cell::Number(1234.0), Cell::Number(12.5), Cell::Number(0.875)]);
    assert_eq!(row(2)[0], said("_x0041_ +1 @a -2 {=A1}"));
    let large = [
        said("a\nb"),
        said("9223372036854775807"),
        said("0.1234567890123456789"),
        Cell::Empty,
        said("1850-01-01"),
    ];
    assert_eq!(row(3), large);
    let markup = text(&bytes, "xl/worksheets/sheet2.xml");
    assert!(
        !markup.contains("<f>")
            && markup.contains("<autoFilter ref=\"A1:E4\"/>")
            && markup.contains("state=\"frozen\"")
    );
    let styles = text(&bytes, "xl/styles.xml");
    for format in ["#,##0", "#,##0.00", "0%", "yyyy-mm-dd"] {
        assert!(styles.contains(&format!("formatCode=\"{format}\"")), "{format}");
    }
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    assert_eq!(write(&about(), &[sheet()]).unwrap(), write(&about(), &[sheet()]).unwrap());
    let undated = About { made: None, ..about() };
    assert_eq!(write(&undated, &[]).unwrap(), write(&undated, &[]).unwrap());
}

#[test]
fn what_does_not_fit_into_a_cell_goes_on_elsewhere() {
    let long: String = (0..20_000).map(|number| format!("ż{number:04} ")).collect();
    let mut sheet = sheet();
    sheet.rows[1][0] = text_value(&long);
    let second = Sheet { name: "Inny".into(), ..sheet.clone() };
    let book = read(&write(&about(), &[sheet, second]).unwrap(), "x.xlsx").unwrap();
    let Cell::Text(first) = &book.sheets[1].rows[2].cells[0] else { panic!("text expected") };
    let (start, mark) = first.split_once(" […").unwrap();
    assert_eq!(mark, "ciąg dalszy w arkuszu „Ciąg dalszy”, pozycja 1]");
    assert_eq!(first.encode_utf16().count(), 32_767);
    assert_eq!(book.sheets[3].name, "Ciąg dalszy");
    let rest =
        book.sheets[3].rows.iter().filter(|row| row.cells[0] == Cell::Number(1.0)).map(|row| {
            match &row.cells[5] {
                Cell::Text(text) => text.clone(),
                other => panic!("{other:?}"),
            }
        });
    assert_eq!(start.to_owned() + &rest.collect::<String>(), long);
    let place = &book.sheets[3].rows[1].cells;
    assert_eq!(
        place[1..4],
        [Cell::Text("Miary jst 2024".into()), Cell::Number(3.0), Cell::Text("Nazwa".into())]
    );
    assert!(book.sheets[3].rows.iter().any(|row| row.cells[0] == Cell::Number(2.0)));
}

#[test]
fn wrong_rows_and_columns_are_refused() {
    let mut book = Workbook::new(&about()).unwrap();
    assert!(matches!(book.sheet("a", &[]), Err(XlsxError::Columns { columns: 0, .. })));
    let mut sheet = book.sheet("a", &[Column::default()]).unwrap();
    assert!(matches!(sheet.row(&[]), Err(XlsxError::Ragged(_))));
    assert_eq!(sheet.name(), "a");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_comes_back_without_control_characters(texts in prop::collection::vec("\\PC{0,40}|[=+@\u{0}-\u{1f}-]{0,5}", 1..4)) {
        let columns: Vec<Column> = texts.iter().map(|_| Column::new("k", Format::Plain)).collect();
        let row: Vec<Value> = texts.iter().map(|text| text_value(text)).collect();
        let bytes = write(&About::default(), &[Sheet { name: "a".into(), columns, rows: vec![row] }]).unwrap();
        let book = read(&bytes, "x.xlsx").unwrap();
        let found = book.sheets[1].rows.iter().find(|row| row.line == 2).map(|row| row.cells.clone()).unwrap_or_default();
        for (place, text) in texts.iter().enumerate() {
            let kept: String = text
                .chars()
                .filter(|c| matches!(c, '\t' | '\n') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')))
                .collect();
            let expected = if kept.trim().is_empty() { None } else { Some(kept) };
            let read_back = match found.get(place) {
                Some(Cell::Text(text)) if !text.trim().is_empty() => Some(text.clone()),
                _ => None,
            };
            prop_assert_eq!(read_back, expected);
        }
    }
}
