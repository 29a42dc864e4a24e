//! Sentences of the report with their numbers filled in.

use form::number::Rational;
use form::plan::{Piece, ReportRow};
use form::polish;
use thiserror::Error;

use crate::reading::{Figure, Reading};

/// What is printed where there is no share.
const NOTHING: &str = "–";
/// What is printed where there is no number: no data.
pub const NO_DATA: &str = "b.d.";

/// Why a sentence cannot be filled in. All of a sentence's troubles are given at once.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SentenceError {
    /// No reading has this name.
    #[error("no measure is called {0}")]
    Unknown(String),
    /// `{x:0%}` of a measure without a base.
    #[error("measure {0} has no base, so it has no share")]
    NoBase(String),
    /// A table or a list cannot stand where a number is wanted.
    #[error("the value of measure {0} is not one number")]
    NotANumber(String),
}

/// A piece of a filled sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bit {
    /// Words, plural forms among them.
    Words(String),
    /// A number.
    Number {
        /// Name of the measure.
        measure: String,
        /// Which number of it.
        part: Part,
        /// As it is printed.
        text: String,
    },
}

/// Which number of a measure a sentence prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its value.
    Value,
    /// Its share, with so many decimal places of the percentage.
    Share(u8),
}

impl Bit {
    /// What is printed.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Number { text, .. } => text,
        }
    }
}

/// Fills in the sentence of a report row; empty for a row that has only a table.
///
/// `{x}` prints the value (Polish digits, at most two decimals), `{x:0%}` the share,
/// `{x|podmiot|podmioty|podmiotów}` the plural form. Rounded half-up from exact numbers, once. A value that does not
/// exist is printed as `b.d.` and takes the last plural form.
///
/// # Errors
/// Every name that is unknown or does not fit its place.
pub fn sentence(row: &ReportRow, readings: &[Reading]) -> Result<String, Vec<SentenceError>> {
    Ok(joined(&bits(row, readings)?))
}

/// The pieces as one text. The abbreviation for no data has the full stop of a sentence that it ends.
#[must_use]
pub fn joined(bits: &[Bit]) -> String {
    let mut text = String::new();
    for bit in bits.iter().map(Bit::text) {
        let has_stop = text.ends_with(NO_DATA);
        text.push_str(if has_stop { bit.strip_prefix('.').unwrap_or(bit) } else { bit });
    }
    text
}

/// The same sentence in pieces, which tell its numbers from its words. The words do not depend on the numbers, but for
/// plural forms.
///
/// # Errors
/// As [`sentence`].
pub fn bits(row: &ReportRow, readings: &[Reading]) -> Result<Vec<Bit>, Vec<SentenceError>> {
    bits_above(row, readings, 0)
}

/// The same, but a share whose base is smaller than `smallest_base` is printed as counts: `6 z 8`.
///
/// # Errors
/// As [`sentence`].
pub fn bits_above(
    row: &ReportRow,
    readings: &[Reading],
    smallest_base: u64,
) -> Result<Vec<Bit>, Vec<SentenceError>> {
    let mut bits: Vec<Bit> = Vec::new();
    let mut troubles = Vec::new();
    for piece in row.text.iter().flat_map(|template| &template.pieces) {
        match bit(piece, readings, smallest_base) {
            Ok(bit) => bits.push(bit),
            Err(trouble) => troubles.push(trouble),
        }
    }
    if troubles.is_empty() { Ok(bits) } else { Err(troubles) }
}

fn bit(piece: &Piece, readings: &[Reading], smallest_base: u64) -> Result<Bit, SentenceError> {
    let number = |measure: &str, part, text| Bit::Number { measure: measure.to_owned(), part, text };
    match piece {
        Piece::Words(words) => Ok(Bit::Words(words.clone())),
        Piece::Value(measure) => Ok(number(measure, Part::Value, value(find(measure, readings)?)?)),
        Piece::Share { measure, places } => {
            let text = share(find(measure, readings)?, u32::from(*places), smallest_base)?;
            Ok(number(measure, Part::Share(*places), text))
        }
        Piece::Plural { measure, one, few, many } => match &find(measure, readings)?.value {
            Figure::Number(count) => Ok(Bit::Words(polish::plural(count, one, few, many).to_owned())),
            Figure::Nothing => Ok(Bit::Words(many.clone())),
            Figure::Frequencies(_) | Figure::Texts(_) => Err(SentenceError::NotANumber(measure.clone())),
        },
    }
}

fn find<'a>(measure: &str, readings: &'a [Reading]) -> Result<&'a Reading, SentenceError> {
    let found = readings.iter().find(|reading| reading.name == measure);
    found.ok_or_else(|| SentenceError::Unknown(measure.to_owned()))
}

fn value(reading: &Reading) -> Result<String, SentenceError> {
    match &reading.value {
        Figure::Nothing => Ok(NO_DATA.to_owned()),
        Figure::Number(value) => Ok(printed(value)),
        Figure::Frequencies(_) | Figure::Texts(_) => Err(SentenceError::NotANumber(reading.name.clone())),
    }
}

fn share(reading: &Reading, places: u32, smallest_base: u64) -> Result<String, SentenceError> {
    match (&reading.share, reading.percentage(smallest_base), reading.base) {
        (_, Some(share), _) => Ok(polish::percent(share, places)),
        (Some(_), None, Some(base)) => {
            let numerator = reading.numerator.unwrap_or_default();
            Ok(format!("{} z {}", polish::integer(numerator), polish::integer(base)))
        }
        (None, None, Some(_)) => Ok(NOTHING.to_owned()),
        (_, None, None) => Err(SentenceError::NoBase(reading.name.clone())),
    }
}

/// A number as sentences print it: as few decimals as it needs, two at most: `69`, `3,5`, `2,15`.
#[must_use]
pub fn printed(value: &Rational) -> String {
    polish::shortest(value)
}
