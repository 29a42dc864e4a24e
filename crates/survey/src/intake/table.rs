//! A sheet under its header.

use std::collections::BTreeMap;

use super::translate::text;
use crate::register::{Cell, RawRow};

/// A sheet of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name on the tab.
    pub name: String,
    /// All rows with their physical lines.
    pub rows: Vec<RawRow>,
}

/// A sheet with its header found.
pub(super) struct Table<'a> {
    pub(super) sheet: &'a Sheet,
    /// Place of the header among the rows.
    pub(super) header: usize,
    /// Columns by what the header says, exactly and without differences that nobody means; several where it repeats.
    columns: BTreeMap<String, Vec<usize>>,
}

impl<'a> Table<'a> {
    /// The table of a sheet whose header stands on a line, or is the first row with content.
    pub(super) fn new(sheet: &'a Sheet, line: Option<u32>) -> Option<Self> {
        let is_header = |row: &&RawRow| line.map_or_else(|| !is_blank(row), |line| row.line == line);
        let header = sheet.rows.iter().position(|row| is_header(&row))?;
        let mut columns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, cell) in sheet.rows[header].cells.iter().enumerate() {
            let said = key(&text(cell));
            if !said.is_empty() {
                columns.entry(said).or_default().push(place);
            }
        }
        Some(Self { sheet, header, columns })
    }

    /// The place of a column by its header, or by its letter in brackets.
    ///
    /// # Errors
    /// A Polish sentence.
    pub(super) fn column(&self, named: &str) -> Result<usize, String> {
        if let Some(letters) = named.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && let Some(place) = place_of(letters)
        {
            return Ok(place);
        }
        match self.columns.get(&key(named)).map(Vec::as_slice) {
            Some([place]) => Ok(*place),
            Some(several) => Err(format!(
                "nagłówek „{named}” stoi w {} kolumnach; proszę podać literę, na przykład [{}]",
                several.len(),
                letters_of(several[0])
            )),
            None => {
                let near = form::expr::closest(named, self.columns.keys().map(String::as_str));
                let near = near.map(|near| format!("; czy chodziło o „{near}”?")).unwrap_or_default();
                Err(format!("w arkuszu „{}” nie ma kolumny „{named}”{near}", self.sheet.name))
            }
        }
    }

    /// Whether there is a column with this header.
    pub(super) fn has(&self, named: &str) -> bool {
        self.columns.contains_key(&key(named))
    }

    /// The rows under the header, with their place among all rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &'a RawRow)> {
        self.sheet.rows.iter().enumerate().skip(self.header + 1)
    }

    /// What the headers say, in the order of the columns.
    pub(super) fn headers(&self) -> impl Iterator<Item = String> {
        self.sheet.rows[self.header].cells.iter().map(|cell| text(cell).trim().to_owned())
    }
}

/// The cell of a column; beyond the last one there is nothing.
pub(super) fn cell(row: &RawRow, place: usize) -> &Cell {
    row.cells.get(place).unwrap_or(&Cell::Empty)
}

/// Whether nothing stands in the row.
pub(super) fn is_blank(row: &RawRow) -> bool {
    row.cells.iter().all(|cell| text(cell).trim().is_empty())
}

/// What headers that mean the same have in common: spaces and case do not count.
fn key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// `A` is 0, `AA` is 26.
fn place_of(letters: &str) -> Option<usize> {
    let fits = (1..=3).contains(&letters.len()) && letters.bytes().all(|c| c.is_ascii_uppercase());
    let number = letters.bytes().fold(0, |sum, c| sum * 26 + usize::from(c - b'A') + 1);
    fits.then(|| number - 1)
}

fn letters_of(place: usize) -> String {
    let mut number = place + 1;
    let mut letters = Vec::new();
    while number > 0 {
        letters.push(b'A' + u8::try_from((number - 1) % 26).unwrap_or(0));
        number = (number - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::{letters_of, place_of};

    #[test]
    fn columns_have_letters_as_in_a_spreadsheet() {
        for (letters, place) in [("A", 0), ("Z", 25), ("AA", 26), ("BC", 54)] {
            assert_eq!((place_of(letters), letters_of(place).as_str()), (Some(place), letters));
        }
        assert_eq!(place_of("a"), None);
        assert_eq!(place_of(""), None);
    }
}
