//! Workbooks for the tests.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// What a test writes into a cell.
#[derive(Debug, Clone)]
pub(crate) enum In {
    /// Nothing.
    E,
    /// Text.
    T(&'static str),
    /// A number.
    N(f64),
    /// A formula with the remembered result.
    F(&'static str, &'static str),
    /// A truth value.
    B(bool),
}

/// Writes rows from `first` (counted from 0) on.
pub(crate) fn fill(sheet: &mut Worksheet, first: u32, rows: &[&[In]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell {
                In::E => continue,
                In::T(text) => sheet.write_string(row, column, *text),
                In::N(number) => sheet.write_number(row, column, *number),
                In::F(formula, result) => {
                    sheet.write_formula(row, column, Formula::new(*formula).set_result(*result))
                }
                In::B(truth) => sheet.write_boolean(row, column, *truth),
            }
            .unwrap();
        }
    }
}

/// Merges a range, all counted from 0.
pub(crate) fn merge(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16), text: &str) {
    sheet.merge_range(from.0, from.1, to.0, to.1, text, &Format::new()).unwrap();
}

/// A workbook of one sheet.
pub(crate) fn workbook(make: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    make(book.add_worksheet());
    book.save_to_buffer().unwrap()
}
