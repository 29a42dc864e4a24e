use std::io::{Cursor, Read};

use proptest::collection::vec;
use proptest::prelude::*;
use zip::ZipArchive;

use super::{About, Column, Format, Workbook};
use crate::table::Value;

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        "\\PC{0,40}".prop_map(Value::Text),
        "[\"&<>' \n\t]{0,40}".prop_map(Value::Text),
        any::<i64>().prop_map(Value::Integer),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<Value>>> {
    (1..6_usize).prop_flat_map(|width| vec(vec(value(), width), 1..20))
}

/// The workbook, and the bytes that its largest sheet may take at most.
fn written(rows: &[Vec<Value>], most_bytes: u64) -> (Vec<u8>, u64) {
    let columns = vec![Column::new("Nazwa i \"adres\"", Format::Plain); rows[0].len()];
    let mut book = Workbook { most_bytes, ..Workbook::new(&About::default()).unwrap() };
    let mut sheet = book.sheet("Dane", &columns).unwrap();
    for row in rows {
        sheet.row(row).unwrap();
    }
    book.close(sheet).unwrap();
    let largest = book.largest;
    let mut out = Cursor::new(Vec::new());
    book.save(&mut out).unwrap();
    (out.into_inner(), largest)
}

/// What version of the format of archives a reader of the sheet must know: 45 with the extension for large files.
fn version_needed(file: &[u8]) -> u8 {
    let name = b"xl/worksheets/sheet2.xml";
    let at = file.windows(name.len()).position(|window| window == name).unwrap();
    // The name follows a header of 30 bytes, of which the version stands in the fifth.
    file[at - 26]
}

proptest! {
    #[test]
    fn a_sheet_is_never_larger_than_counted(rows in rows()) {
        let (file, most) = written(&rows, u64::MAX);
        let mut archive = ZipArchive::new(Cursor::new(&file)).unwrap();
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet2.xml").unwrap().read_to_string(&mut sheet).unwrap();
        prop_assert!(sheet.len() as u64 <= most, "{} bytes, {most} counted", sheet.len());
    }
}

#[test]
fn only_a_sheet_past_the_bound_of_archives_asks_for_their_extension() {
    let rows = vec![vec![Value::Text("Mazowieckie".into()), Value::Integer(1)]; 3];
    let (small, _) = written(&rows, super::MOST_BYTES);
    let (large, _) = written(&rows, 0);
    assert_eq!((version_needed(&small), version_needed(&large)), (20, 45));
    let read =
        |file: &[u8]| crate::read(file, "ksiazka.xlsx").unwrap().visible().nth(1).unwrap().rows.clone();
    assert_eq!(read(&small), read(&large));
}
