//! Workbooks with typed cells, written row by row: a million rows take no more memory than ten.
//!
//! The first sheet, „Opis”, says what the workbook is. A text is never a formula. What does not fit into one cell goes on
//! in the sheet „Ciąg dalszy”, so nothing is lost.

mod cells;
mod names;
#[cfg(test)]
mod tests;

use std::io::{self, Seek, Write};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Datelike, Timelike, Utc};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Style, FormatAlign, FormatBorder, Worksheet};

use crate::markup::printable;
use crate::table::{RaggedRow, Value};

use cells::{Cut, Styles, pieces};
use names::Names;

/// What a workbook says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Its title.
    pub title: String,
    /// One sentence about the content.
    pub subject: String,
    /// Who issues it.
    pub organisation: String,
    /// The hash of the numbers it was made from; kept as a property of the file too.
    pub hash: String,
    /// When it was made; without it the properties say 1980-01-01, so that the same numbers give the same bytes.
    pub made: Option<DateTime<Utc>>,
    /// Further lines of the sheet „Opis”: a label and a text.
    pub lines: Vec<(String, String)>,
}

/// How the numbers of a column are shown. Texts and dates are shown as what they are in any column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Format {
    /// As it comes.
    #[default]
    Plain,
    /// Whole, with groups of digits.
    Whole,
    /// Two decimals, with groups of digits.
    Two,
    /// A fraction shown as whole percents: 0.4 as 40%.
    Percent,
    /// A fraction shown as percents with two decimals.
    PercentTwo,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Its header.
    pub title: String,
    /// How its numbers are shown.
    pub format: Format,
    /// Its width in characters; without it as wide as the header, between 10 and 40.
    pub width: Option<u16>,
}

impl Column {
    /// A column of this width of its own choice.
    pub fn new(title: impl Into<String>, format: Format) -> Self {
        Self { title: title.into(), format, width: None }
    }
}

/// Why a workbook cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// A row of another width.
    #[error(transparent)]
    Ragged(#[from] RaggedRow),
    /// More rows than a sheet can have.
    #[error("the sheet {sheet} has more than {limit} rows")]
    TooManyRows {
        /// The name of the sheet.
        sheet: String,
        /// Rows that fit, the header not counted.
        limit: u32,
    },
    /// More columns than a sheet can have, or none.
    #[error("the sheet {sheet} has {columns} columns")]
    Columns {
        /// The name of the sheet.
        sheet: String,
        /// Its columns.
        columns: usize,
    },
    /// The file, or a temporary one beside it, cannot be written.
    #[error("the workbook cannot be written: {0}")]
    Output(#[from] rust_xlsxwriter::XlsxError),
}

/// Rows of a sheet below its header.
pub const MOST_ROWS: u32 = 1_048_575;
/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;
/// Bytes of one part of the archive without the extension for large files (ZIP64).
const MOST_BYTES: u64 = u32::MAX as u64;
/// More than a sheet takes in XML before and after its rows, columns' widths apart.
const BEGIN_BYTES: u64 = 10_000;
/// More than a row takes in XML beside its cells.
const ROW_BYTES: u64 = 100;
const ABOUT: &str = "Opis";
const CONTINUED: &str = "Ciąg dalszy";

/// A workbook that is being written.
pub struct Workbook {
    inner: rust_xlsxwriter::Workbook,
    names: Names,
    styles: Styles,
    cuts: Cuts,
    /// At least the bytes of the largest sheet.
    largest: u64,
    /// From how many bytes on a sheet needs the extension for large files, which old readers of archives do not know.
    most_bytes: u64,
}

/// What did not fit into its cell, of all sheets of a workbook in the order in which it was written.
type Cuts = Arc<Mutex<Vec<Cut>>>;

/// A sheet that is being written; give it back with [`Workbook::close`].
pub struct SheetWriter {
    inner: Worksheet,
    name: String,
    columns: Vec<Column>,
    styles: Styles,
    rows: u32,
    cuts: Cuts,
    /// At least as many bytes as the rows take in XML.
    bytes: u64,
}

impl Workbook {
    /// A workbook whose first sheet says what it is.
    ///
    /// # Errors
    /// When a temporary file cannot be made.
    pub fn new(about: &About) -> Result<Self, XlsxError> {
        let mut inner = rust_xlsxwriter::Workbook::new();
        inner.set_properties(&properties(about)?);
        let mut book = Self {
            inner,
            names: Names::new(&[ABOUT, CONTINUED]),
            styles: Styles::new(),
            cuts: Cuts::default(),
            largest: 0,
            most_bytes: MOST_BYTES,
        };
        book.describe(about)?;
        Ok(book)
    }

    /// Begins a sheet. Its name is brought to what Excel takes, and to one that no other sheet has.
    ///
    /// # Errors
    /// For no or too many columns, and when a temporary file cannot be made. Several sheets may be open side by side;
    /// they stand in the order in which they are closed.
    pub fn sheet(&mut self, name: &str, columns: &[Column]) -> Result<SheetWriter, XlsxError> {
        if columns.is_empty() || columns.len() > MOST_COLUMNS {
            return Err(XlsxError::Columns { sheet: name.to_owned(), columns: columns.len() });
        }
        let name = self.names.take(name);
        self.begin(name, columns)
    }

    fn begin(&mut self, name: String, columns: &[Column]) -> Result<SheetWriter, XlsxError> {
        let mut inner = self.inner.new_worksheet_with_constant_memory()?;
        inner.set_name(&name)?;
        inner.set_freeze_panes(1, 0)?;
        inner.set_repeat_rows(0, 0)?;
        inner.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
        let mut sheet = SheetWriter {
            inner,
            name,
            columns: columns.to_vec(),
            styles: self.styles.clone(),
            rows: 0,
            cuts: Arc::clone(&self.cuts),
            bytes: columns.iter().map(|column| cells::bytes(&column.title)).sum::<u64>() + BEGIN_BYTES,
        };
        for (place, column) in columns.iter().enumerate() {
            let place = u16::try_from(place).expect("at most 16384 columns");
            let own = column.title.chars().count().clamp(10, 40) + 2;
            let width = column.width.map_or(own, usize::from).min(255);
            sheet.inner.set_column_width(place, f64::from(u16::try_from(width).unwrap_or(255)))?;
            let title = printable(&column.title);
            let title = pieces(&title, cells::MOST).next().unwrap_or_default();
            sheet.inner.write_string_with_format(0, place, title, &sheet.styles.header)?;
        }
        Ok(sheet)
    }

    /// Takes a finished sheet in.
    ///
    /// # Errors
    /// Those of the library.
    pub fn close(&mut self, mut sheet: SheetWriter) -> Result<(), XlsxError> {
        let last = u16::try_from(sheet.columns.len() - 1).expect("at most 16384 columns");
        sheet.inner.autofilter(0, 0, sheet.rows, last)?;
        self.largest = self.largest.max(sheet.bytes);
        self.inner.push_worksheet(sheet.inner);
        Ok(())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Those of `out` and of temporary files.
    pub fn save<W: Write + Seek + Send>(mut self, out: W) -> Result<(), XlsxError> {
        self.continue_cuts()?;
        self.inner.use_zip_large_file(self.largest > self.most_bytes);
        Ok(self.inner.save_to_writer(out)?)
    }

    fn describe(&mut self, about: &About) -> Result<(), XlsxError> {
        let style = Style::new().set_text_wrap().set_align(FormatAlign::Top);
        let bold = style.clone().set_bold();
        let title = Style::new().set_bold().set_font_size(14);
        let sheet = self.inner.add_worksheet();
        sheet.set_name(ABOUT)?.set_column_width(0, 24)?.set_column_width(1, 100)?;
        let short = |text: &str| pieces(&printable(text), cells::MOST).next().unwrap_or_default().to_owned();
        sheet.write_string_with_format(0, 0, short(&about.title), &title)?;
        let made = about.made.map(|made| made.format("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default();
        let own = [
            ("Treść", &about.subject),
            ("Wydał", &about.organisation),
            ("Utworzono", &made),
            ("Skrót liczb", &about.hash),
        ];
        let own = own.into_iter().filter(|(_, text)| !text.is_empty());
        let lines = own.chain(about.lines.iter().map(|(label, text)| (label.as_str(), text)));
        for (row, (label, text)) in (2..).zip(lines) {
            sheet.write_string_with_format(row, 0, short(label), &bold)?;
            sheet.write_string_with_format(row, 1, short(text), &style)?;
        }
        Ok(())
    }

    fn continue_cuts(&mut self) -> Result<(), XlsxError> {
        let cuts = std::mem::take(&mut *self.cuts.lock().unwrap_or_else(PoisonError::into_inner));
        if cuts.is_empty() {
            return Ok(());
        }
        let wide = |title: &str, width| Column {
            title: title.to_owned(),
            format: Format::Plain,
            width: Some(width),
        };
        let columns = [
            wide("Pozycja", 10),
            wide("Arkusz", 24),
            wide("Wiersz", 10),
            wide("Kolumna", 24),
            wide("Część", 8),
            wide("Tekst", 100),
        ];
        let mut sheet = self.begin(CONTINUED.to_owned(), &columns)?;
        for (place, cut) in (1..).zip(&cuts) {
            for (part, text) in (2..).zip(pieces(&cut.rest, cells::MOST)) {
                sheet.row(&[
                    Value::Integer(place),
                    Value::Text(cut.sheet.clone()),
                    Value::Integer(i64::from(cut.row)),
                    Value::Text(cut.column.clone()),
                    Value::Integer(part),
                    Value::Text(text.to_owned()),
                ])?;
            }
        }
        self.close(sheet)
    }
}

impl SheetWriter {
    /// The name that the sheet got.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many rows it has below its header.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Writes one row.
    ///
    /// # Errors
    /// For another number of values than columns, and for more rows than a sheet can have.
    pub fn row(&mut self, values: &[Value]) -> Result<(), XlsxError> {
        if values.len() != self.columns.len() {
            let row = self.rows as usize + 1;
            return Err(RaggedRow { row, cells: values.len(), columns: self.columns.len() }.into());
        }
        if self.rows == MOST_ROWS {
            return Err(XlsxError::TooManyRows { sheet: self.name.clone(), limit: MOST_ROWS });
        }
        self.rows += 1;
        self.bytes += ROW_BYTES;
        for (place, value) in (0..).zip(values) {
            self.value(place, value)?;
        }
        Ok(())
    }
}

/// A sheet that is in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name as it should be.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Value>>,
}

/// A whole workbook as the bytes of a file.
///
/// # Errors
/// As those of [`Workbook`].
pub fn write(about: &About, sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new(about)?;
    for sheet in sheets {
        let mut writer = book.sheet(&sheet.name, &sheet.columns)?;
        for row in &sheet.rows {
            writer.row(row)?;
        }
        book.close(writer)?;
    }
    let mut out = io::Cursor::new(Vec::new());
    book.save(&mut out)?;
    Ok(out.into_inner())
}

fn properties(about: &About) -> Result<DocProperties, XlsxError> {
    let made = match about.made {
        Some(made) => ExcelDateTime::from_ymd(
            u16::try_from(made.year()).unwrap_or(1980),
            made.month() as u8,
            made.day() as u8,
        )?
        .and_hms(made.hour() as u16, made.minute() as u8, f64::from(made.second()))?,
        None => ExcelDateTime::from_ymd(1980, 1, 1)?,
    };
    let properties = DocProperties::new()
        .set_title(printable(&about.title))
        .set_subject(printable(&about.subject))
        .set_author(printable(&about.organisation))
        .set_company(printable(&about.organisation))
        .set_creation_datetime(&made);
    Ok(if about.hash.is_empty() {
        properties
    } else {
        properties.set_custom_property("Skrót liczb", printable(&about.hash).as_str())
    })
}

/// The style of headers.
fn header_style() -> Style {
    Style::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(0x00EE_F2F6)
        .set_border_bottom(FormatBorder::Thin)
}
