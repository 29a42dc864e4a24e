//! A table to be written: typed cells, so that a negative number is never taken for a formula.

use chrono::NaiveDate;

/// A table whose rows all have one cell per column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Value>>,
}

/// A column with its two headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header for people, in Polish.
    pub title: String,
    /// The header for programs: lower-case ASCII letters, digits and `_`.
    pub name: String,
}

impl Column {
    /// A column whose name is made from its title: „Udział w %” becomes `udzial_w`.
    pub fn new(title: &str) -> Self {
        Self { title: title.to_owned(), name: snake_case(title) }
    }

    /// A column with a name of its own, brought to the allowed characters.
    pub fn named(title: &str, name: &str) -> Self {
        Self { title: title.to_owned(), name: snake_case(name) }
    }
}

/// What is written into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Empty,
    /// Text; the only kind of cell that is protected from being read as a formula.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal number.
    Decimal(Decimal),
    /// A day, written `2025-01-31`.
    Date(NaiveDate),
}

/// An exact decimal number as text with a point: `-12.50`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(String);

/// The text is no plain decimal number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a plain decimal number: {0}")]
pub struct NotDecimal(pub String);

/// A row has more or fewer cells than there are columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row} has {cells} cells, the table has {columns} columns")]
pub struct RaggedRow {
    /// Counted from 1, the header not counted.
    pub row: usize,
    /// Cells of the row.
    pub cells: usize,
    /// Columns of the table.
    pub columns: usize,
}

impl Decimal {
    /// Reads digits with an optional leading `-` and one optional point between digits.
    ///
    /// # Errors
    /// For anything else: exponents, grouping, a comma.
    pub fn parse(text: &str) -> Result<Self, NotDecimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
        if digits(whole) && digits(fraction) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotDecimal(text.to_owned()))
        }
    }

    /// The number with a decimal point.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text as a header for programs: Polish letters without their marks, everything else but letters and digits as
/// single `_`, a `_` before a leading digit; an empty text becomes `kolumna`.
pub fn snake_case(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().flat_map(char::to_lowercase).map(without_mark) {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    match name.chars().next() {
        None => "kolumna".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name.to_owned(),
    }
}

fn without_mark(c: char) -> char {
    match c {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_for_programs_are_plain_ascii_names() {
        assert_eq!(snake_case("Udział (w %)"), "udzial_w");
        assert_eq!(snake_case("Adres e-mail"), "adres_e_mail");
        assert_eq!(snake_case("2024 r."), "_2024_r");
        assert_eq!(snake_case("ŻÓŁĆ"), "zolc");
        assert_eq!(snake_case("–"), "kolumna");
    }

    #[test]
    fn only_plain_numbers_are_decimals() {
        for text in ["0", "-12.50", "0.333333", "007"] {
            assert_eq!(Decimal::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "-", "1,5", "1e9", "1.", ".5", "1 000", "+1", "--1", "1.2.3"] {
            assert_eq!(Decimal::parse(text), Err(NotDecimal(text.into())));
        }
    }
}
