//! Values in cells.

use std::sync::PoisonError;

use chrono::Datelike;
use rust_xlsxwriter::{ExcelDateTime, Format as Style, FormatAlign};

use crate::markup::printable;
use crate::table::Value;

use super::{CONTINUED, Format, SheetWriter, XlsxError};

/// UTF-16 units that a cell can hold.
pub(super) const MOST: usize = 32_767;
/// Digits that survive in a cell with a number.
const DIGITS: usize = 15;

/// More than a cell takes in XML beside its text, and than a number or a date takes.
const CELL_BYTES: u64 = 200;
/// What one byte of a text takes at most in XML: `"` becomes `&quot;`.
const ESCAPED_BYTES: u64 = 6;

/// At least the bytes that a cell with this text takes in XML.
pub(super) fn bytes(text: &str) -> u64 {
    CELL_BYTES + ESCAPED_BYTES * text.len() as u64
}

/// A text that did not fit into its cell.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) sheet: String,
    /// As the row is called in Excel: the header is 1.
    pub(super) row: u32,
    pub(super) column: String,
    pub(super) rest: String,
}

/// The styles of one workbook.
#[derive(Debug, Clone)]
pub(super) struct Styles {
    pub(super) header: Style,
    text: Style,
    plain: Style,
    whole: Style,
    two: Style,
    percent: Style,
    percent_two: Style,
    date: Style,
}

impl Styles {
    pub(super) fn new() -> Self {
        let top = Style::new().set_align(FormatAlign::Top);
        Self {
            header: super::header_style(),
            text: top.clone().set_text_wrap(),
            plain: top.clone(),
            whole: top.clone().set_num_format("#,##0"),
            two: top.clone().set_num_format("#,##0.00"),
            percent: top.clone().set_num_format("0%"),
            percent_two: top.clone().set_num_format("0.00%"),
            date: top.set_num_format("yyyy-mm-dd"),
        }
    }

    fn of(&self, format: Format) -> &Style {
        match format {
            Format::Plain => &self.plain,
            Format::Whole => &self.whole,
            Format::Two => &self.two,
            Format::Percent => &self.percent,
            Format::PercentTwo => &self.percent_two,
        }
    }
}

impl SheetWriter {
    pub(super) fn value(&mut self, place: u16, value: &Value) -> Result<(), XlsxError> {
        match value {
            Value::Empty => Ok(()),
            Value::Text(text) => self.text(place, text),
            Value::Integer(number) => self.number(place, &number.to_string()),
            Value::Decimal(number) => self.number(place, number.as_str()),
            Value::Date(day) => {
                let year = u16::try_from(day.year()).ok().filter(|year| (1900..=9999).contains(year));
                let Some(year) = year else { return self.text(place, &day.format("%Y-%m-%d").to_string()) };
                let date = ExcelDateTime::from_ymd(year, day.month() as u8, day.day() as u8)?;
                self.bytes += CELL_BYTES;
                self.inner.write_datetime_with_format(self.rows, place, &date, &self.styles.date)?;
                Ok(())
            }
        }
    }

    /// A number that Excel would round is written as text, digit by digit.
    fn number(&mut self, place: u16, text: &str) -> Result<(), XlsxError> {
        let digits = text.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite() && digits <= DIGITS);
        let Some(number) = number else { return self.text(place, text) };
        let style = self.styles.of(self.columns[usize::from(place)].format);
        self.bytes += CELL_BYTES;
        self.inner.write_number_with_format(self.rows, place, number, style)?;
        Ok(())
    }

    fn text(&mut self, place: u16, text: &str) -> Result<(), XlsxError> {
        let text = printable(text);
        let text = if text.encode_utf16().count() > MOST { self.shortened(place, &text) } else { text };
        self.bytes += bytes(&text);
        self.inner.write_string_with_format(self.rows, place, text, &self.styles.text)?;
        Ok(())
    }

    fn shortened(&mut self, place: u16, text: &str) -> String {
        let mut cuts = self.cuts.lock().unwrap_or_else(PoisonError::into_inner);
        let number = cuts.len() + 1;
        let mark = format!(" […ciąg dalszy w arkuszu „{CONTINUED}”, pozycja {number}]");
        let first = pieces(text, MOST - mark.encode_utf16().count()).next().unwrap_or_default();
        cuts.push(Cut {
            sheet: self.name.clone(),
            row: self.rows + 1,
            column: printable(&self.columns[usize::from(place)].title),
            rest: text[first.len()..].to_owned(),
        });
        format!("{first}{mark}")
    }
}

/// The text in pieces of at most so many UTF-16 units.
pub(super) fn pieces(text: &str, most: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut units = 0;
        let end = rest.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > most
        });
        let (piece, left) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = left;
        Some(piece)
    })
}
