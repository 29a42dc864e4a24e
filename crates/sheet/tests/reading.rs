//! Files as they arrive, strange ones too.

#![expect(clippy::unwrap_used, reason = "what a test prepares may fail loudly")]

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use sheet::{Cell, Limits, ReadError, read, read_within};
use zip::write::{SimpleFileOptions, ZipWriter};

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn cells(bytes: &[u8]) -> Vec<(u32, Vec<Cell>)> {
    let book = read(bytes, "plik.xlsx").unwrap();
    book.sheets[0].rows.iter().map(|row| (row.line, row.cells.clone())).collect()
}

/// A minimal workbook around the XML of one sheet.
fn workbook_of(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{sheet}</worksheet>")),
    ];
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    archive(&parts)
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn typed_cells_keep_their_types_and_every_physical_row_is_there() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(2, 0, "kod").unwrap();
    sheet.write_number(4, 1, 1_401_013.0).unwrap();
    sheet.write_boolean(4, 2, true).unwrap();
    let day = ExcelDateTime::parse_from_str("2025-01-31").unwrap();
    sheet.write_datetime_with_format(5, 0, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    sheet.write_formula(5, 1, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_formula(5, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(
        cells(&bytes),
        [
            (1, vec![]),
            (2, vec![]),
            (3, vec![text("kod")]),
            (4, vec![]),
            (5, vec![Cell::Empty, Cell::Number(1_401_013.0), Cell::Bool(true)]),
            (6, vec![text("2025-01-31"), Cell::Number(2.0), Cell::Error("#N/A".into())]),
        ]
    );
}

#[test]
fn a_formula_without_a_remembered_result_is_given_as_its_text() {
    let bytes = workbook_of(
        "<sheetData><row r=\"1\"><c r=\"A1\"><f>\"1401013\"</f><v></v></c><c r=\"B1\"><f>A2+1</f></c>\
         <c r=\"C1\" t=\"str\"><f>IF(A1=1,\"x\",\"\")</f><v></v></c><c r=\"D1\" t=\"e\"><f>A9/0</f><v>#DIV/0!</v></c></row></sheetData>",
    );
    let row = vec![text("=\"1401013\""), text("=A2+1"), Cell::Empty, Cell::Error("#DIV/0!".into())];
    assert_eq!(cells(&bytes), [(1, row)]);
}

#[test]
fn merged_ranges_are_filled_and_hidden_sheets_are_marked() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 1, 1, "Tytuł", &Format::new()).unwrap();
    sheet.write_string(1, 2, "x").unwrap();
    sheet.merge_range(3, 0, 900, 200, "", &Format::new()).unwrap();
    sheet.write_number(3, 0, 7.0).unwrap();
    sheet.write_string(4, 2, "koniec").unwrap();
    book.add_worksheet().set_hidden(true).write_string(0, 0, "ukryte").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let read = read(&bytes, "x.xlsx").unwrap();
    assert_eq!(read.sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [false, true]);
    assert_eq!(read.visible().count(), 1);
    assert!(read.guessed.contains("ukryte: 1"));
    let title = || text("Tytuł");
    assert_eq!(read.sheets[0].rows[0].cells, [title(), title()]);
    assert_eq!(read.sheets[0].rows[1].cells, [title(), title(), text("x")]);
    assert_eq!(read.sheets[0].rows[3].cells[..3], [Cell::Number(7.0), Cell::Number(7.0), Cell::Number(7.0)]);
}

#[test]
fn files_that_cannot_be_read_say_what_to_do() {
    let refused = |bytes: &[u8], name: &str| read(bytes, name).unwrap_err();
    let file = |name: &str| name.to_owned();
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest";
    assert_eq!(refused(ole, "jst.xls"), ReadError::OldExcel { file: file("jst.xls") });
    assert!(refused(ole, "jst.xls").message().contains(".xlsx"));
    assert_eq!(refused(ole, "jst.xlsx"), ReadError::Locked { file: file("jst.xlsx") });
    assert_eq!(refused(b"", "a.csv"), ReadError::Empty { file: file("a.csv") });
    assert_eq!(refused(b"\r\n \r\n", "a.csv"), ReadError::Empty { file: file("a.csv") });
    assert_eq!(
        refused(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.csv"),
        ReadError::NotATable { file: file("a.csv") }
    );
    let letter = archive(&[("word/document.xml", b"<document/>"), ("mimetype", b"x")]);
    assert_eq!(refused(&letter, "pismo.docx"), ReadError::NotATable { file: file("pismo.docx") });
    assert!(matches!(refused(b"PK\x03\x04 and nothing more", "x.xlsx"), ReadError::Broken { .. }));
    let other =
        archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<x/>")]);
    assert_eq!(refused(&other, "a.ods"), ReadError::NotATable { file: file("a.ods") });
    let mut book = Workbook::new();
    book.add_worksheet();
    let blank = book.save_to_buffer().unwrap();
    assert_eq!(refused(&blank, "x.xlsx"), ReadError::Empty { file: file("x.xlsx") });
}

#[test]
fn a_file_that_unpacks_to_too_much_is_refused_before_it_is_opened() {
    let zeros = vec![b' '; 3 << 20];
    let bomb = archive(&[("xl/workbook.xml", &zeros), ("xl/media/image1.png", &zeros)]);
    assert!(bomb.len() < 100_000);
    let limits = Limits { unpacked: 4 << 20, ..Limits::default() };
    assert_eq!(read_within(&bomb, "x.xlsx", &limits), Err(ReadError::Unpacked { limit: 4 << 20 }));
    let limits = Limits { bytes: 1000, ..Limits::default() };
    assert_eq!(
        read_within(&bomb, "x.xlsx", &limits),
        Err(ReadError::TooLarge { bytes: bomb.len(), limit: 1000 })
    );
}

#[test]
fn cells_in_far_corners_do_not_fill_the_memory() {
    let far = workbook_of(
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
    );
    assert!(matches!(read(&far, "x.xlsx"), Err(ReadError::TooManyRows { .. })));
    let wide: String =
        (1..=300).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    let wide = workbook_of(&format!("<sheetData>{wide}</sheetData>"));
    assert!(matches!(read(&wide, "x.xlsx"), Err(ReadError::TooManyCells { .. })));
    let overflowing = workbook_of(
        "<sheetData><row r=\"99999999999\"><c r=\"AAAAAAAAAA99999999999\"><v>1</v></c></row></sheetData>",
    );
    assert!(read(&overflowing, "x.xlsx").is_err());
    let merged = workbook_of(
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"9000\"><c r=\"SF9000\"><v>1</v></c></row></sheetData>\
         <mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
    );
    assert!(matches!(read(&merged, "x.xlsx"), Err(ReadError::TooManyCells { .. })));
}
