//! Plain tables in and out, documents, charts and maps. Knows nothing of surveys.
//!
//! [`read`] takes the bytes of an uploaded file and gives its sheets as rows with their physical places; what had to be
//! guessed (encoding, delimiter) is said in [`Book::guessed`]. [`write_csv`] writes a [`Table`] in one of two profiles,
//! [`xlsx`] writes workbooks row by row, [`datapackage`] describes published tables.
//!
//! [`document`] is a document in blocks; [`docx`] writes it for Word, with numbers that can be refreshed after people have
//! edited the file, and [`html`] as one page. [`chart`] and [`map`] draw SVG.

pub mod chart;
pub mod datapackage;
pub mod document;
pub mod docx;
pub mod html;
pub mod map;
pub mod xlsx;

mod book;
mod csv_in;
mod csv_out;
mod encoding;
mod error;
mod limits;
mod markup;
mod picture;
mod svg;
mod table;
mod xlsx_in;

pub use book::{Book, Cell, Row, Sheet};
pub use csv_in::{Delimiter, read_csv};
pub use csv_out::{CsvWriter, Profile, is_formula_like, write_csv};
pub use error::ReadError;
pub use limits::Limits;
pub use table::{Column, Decimal, NotDecimal, RaggedRow, Table, Value, snake_case};

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads an uploaded table with the usual [`Limits`].
///
/// Whether it is a workbook or CSV is decided by the content; the name only serves the messages.
///
/// # Errors
/// Says why nothing at all could be read; strange cells are no errors.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Book, ReadError> {
    read_within(bytes, file_name, &Limits::default())
}

/// Reads an uploaded table within the given limits.
///
/// # Errors
/// As [`read`].
pub fn read_within(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Book, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    if bytes.starts_with(OLE) {
        return Err(old_or_locked(file_name));
    }
    if bytes.starts_with(ZIP) {
        return xlsx_in::read(bytes, file_name, limits);
    }
    csv_in::read(bytes, file_name, limits)
}

/// Old Excel files and workbooks under a password share one container; only the name tells them apart.
fn old_or_locked(file_name: &str) -> ReadError {
    let lower = file_name.to_lowercase();
    if lower.ends_with(".xlsx") || lower.ends_with(".xlsm") {
        ReadError::Locked { file: file_name.to_owned() }
    } else {
        ReadError::OldExcel { file: file_name.to_owned() }
    }
}
