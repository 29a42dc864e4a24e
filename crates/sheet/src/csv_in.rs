//! Reading CSV: every physical line is accounted for.

use csv::{ByteRecord, ReaderBuilder};

use crate::book::{Book, Cell, Row, Sheet};
use crate::encoding;
use crate::error::ReadError;
use crate::limits::Limits;

/// After so many quotes that never close, the rest is read without quoting.
const LOST_QUOTES: usize = 100;
/// Records looked at to guess the delimiter.
const SAMPLE: usize = 300;

/// The character between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiter {
    /// `;`, as Polish spreadsheets write it.
    Semicolon,
    /// A tab.
    Tab,
    /// `,`
    Comma,
    /// `|`
    Bar,
}

impl Delimiter {
    const ALL: [Self; 4] = [Self::Semicolon, Self::Tab, Self::Comma, Self::Bar];

    fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Comma => b',',
            Self::Bar => b'|',
        }
    }

    fn polish(self) -> &'static str {
        match self {
            Self::Semicolon => "średnik",
            Self::Tab => "tabulator",
            Self::Comma => "przecinek",
            Self::Bar => "kreska pionowa",
        }
    }
}

/// Reads a CSV file whose delimiter is known.
///
/// # Errors
/// When the bytes are no text or exceed the limits.
pub fn read_csv(
    bytes: &[u8],
    file_name: &str,
    delimiter: Delimiter,
    limits: &Limits,
) -> Result<Book, ReadError> {
    let (text, encoding) = decode(bytes, file_name)?;
    book(&text, encoding, file_name, delimiter, limits)
}

/// Reads a CSV file and guesses its delimiter.
pub(crate) fn read(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Book, ReadError> {
    let (text, encoding) = decode(bytes, file_name)?;
    let delimiter = declared(&text).unwrap_or_else(|| guess(&text));
    book(&text, encoding, file_name, delimiter, limits)
}

fn decode(bytes: &[u8], file_name: &str) -> Result<(String, &'static str), ReadError> {
    let file = || file_name.to_owned();
    let (text, encoding) = encoding::decode(bytes).ok_or_else(|| ReadError::NotATable { file: file() })?;
    if text.trim().is_empty() { Err(ReadError::Empty { file: file() }) } else { Ok((text, encoding)) }
}

fn book(
    text: &str,
    encoding: &str,
    file_name: &str,
    delimiter: Delimiter,
    limits: &Limits,
) -> Result<Book, ReadError> {
    let rows = Lines::new(text, file_name, delimiter.byte(), limits).read()?;
    let guessed = format!("plik CSV, kodowanie {encoding}, rozdzielany znakiem: {}", delimiter.polish());
    Ok(Book { sheets: vec![Sheet { name: file_name.to_owned(), hidden: false, rows }], guessed })
}

/// The first line `sep=;` by which Excel is told the delimiter.
fn declared(text: &str) -> Option<Delimiter> {
    let mark = text.lines().next()?.trim().strip_prefix("sep=")?;
    Delimiter::ALL.into_iter().find(|delimiter| mark.as_bytes() == [delimiter.byte()])
}

/// The delimiter with which most records have one and the same number of cells; of equals the one with more cells.
fn guess(text: &str) -> Delimiter {
    let mut best = (0, 0, Delimiter::Semicolon);
    for delimiter in Delimiter::ALL {
        let widths: Vec<usize> = parser(delimiter.byte(), true)
            .from_reader(text.as_bytes())
            .into_byte_records()
            .take(SAMPLE)
            .map_while(Result::ok)
            .map(|record| record.len())
            .filter(|width| *width > 1)
            .collect();
        let agreeing = |width: usize| widths.iter().filter(|other| **other == width).count();
        if let Some((count, width)) = widths.iter().map(|width| (agreeing(*width), *width)).max()
            && (count, width) > (best.0, best.1)
        {
            best = (count, width, delimiter);
        }
    }
    best.2
}

fn parser(delimiter: u8, quoting: bool) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).quoting(quoting).has_headers(false).flexible(true);
    builder
}

/// Turns text into rows and keeps count of physical lines.
struct Lines<'a> {
    text: &'a str,
    sheet: &'a str,
    delimiter: u8,
    limits: &'a Limits,
    rows: Vec<Row>,
    cells: usize,
    /// Bytes whose line ends are counted.
    counted: usize,
    /// The line on which the byte after them stands, from 1.
    line: u32,
    /// The last line that some row covers.
    covered: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, sheet: &'a str, delimiter: u8, limits: &'a Limits) -> Self {
        Self { text, sheet, delimiter, limits, rows: Vec::new(), cells: 0, counted: 0, line: 1, covered: 0 }
    }

    fn read(mut self) -> Result<Vec<Row>, ReadError> {
        let mut offset = 0;
        let mut lost = 0;
        while let Some(broken) = self.read_from(offset, lost < LOST_QUOTES)? {
            lost += 1;
            offset = broken;
        }
        let end = self.text.trim_end_matches(['\r', '\n']).len();
        let tail = &self.text[end..];
        let blank = line_ends(tail).saturating_sub(1);
        let last = self.covered + u32::try_from(blank).unwrap_or(u32::MAX);
        self.blank_until(last.saturating_add(1))?;
        Ok(self.rows)
    }

    /// Reads records from `offset`. A quote that never closes would swallow the rest of the file: its line is then read
    /// without quoting, and the place after it is given back.
    fn read_from(&mut self, offset: usize, quoting: bool) -> Result<Option<usize>, ReadError> {
        let rest = &self.text[offset..];
        let mut reader = parser(self.delimiter, quoting).from_reader(rest.as_bytes());
        let mut record = ByteRecord::new();
        loop {
            let from = place(reader.position().byte());
            if !reader.read_byte_record(&mut record).map_err(|error| self.broken(&error))? {
                return Ok(None);
            }
            let until = place(reader.position().byte());
            let raw = rest[from..until].trim_matches(['\r', '\n']);
            let start = offset
                + from
                + (rest[from..until].len() - rest[from..until].trim_start_matches(['\r', '\n']).len());
            if quoting && until == rest.len() && swallowed(raw) {
                let first = raw.find(['\r', '\n']).unwrap_or(raw.len());
                self.add_unquoted(start, &raw[..first])?;
                return Ok(Some(start + first));
            }
            self.add(start, raw.len(), &record)?;
        }
    }

    fn add_unquoted(&mut self, start: usize, line: &str) -> Result<(), ReadError> {
        let mut record = ByteRecord::new();
        let mut reader = parser(self.delimiter, false).from_reader(line.as_bytes());
        reader.read_byte_record(&mut record).map_err(|error| self.broken(&error))?;
        self.add(start, line.len(), &record)
    }

    fn add(&mut self, start: usize, length: usize, record: &ByteRecord) -> Result<(), ReadError> {
        let line = self.line_of(start);
        self.blank_until(line)?;
        let mut cells: Vec<Cell> =
            record.iter().map(|field| Cell::text(String::from_utf8_lossy(field))).collect();
        self.cells += cells.len();
        if self.cells > self.limits.cells {
            return Err(ReadError::TooManyCells { sheet: self.sheet.to_owned(), limit: self.limits.cells });
        }
        let used = cells.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
        cells.truncate(used);
        self.push(line, cells)?;
        self.covered = self.line_of(start + length);
        Ok(())
    }

    /// Adds the blank lines between the last row and `line`.
    fn blank_until(&mut self, line: u32) -> Result<(), ReadError> {
        for blank in self.covered + 1..line {
            self.push(blank, Vec::new())?;
        }
        Ok(())
    }

    fn push(&mut self, line: u32, cells: Vec<Cell>) -> Result<(), ReadError> {
        if self.rows.len() >= self.limits.rows {
            return Err(ReadError::TooManyRows { sheet: self.sheet.to_owned(), limit: self.limits.rows });
        }
        self.rows.push(Row { line, cells });
        Ok(())
    }

    /// The line of the byte at `offset`; offsets only grow.
    fn line_of(&mut self, offset: usize) -> u32 {
        let ends = line_ends(&self.text[self.counted..offset]);
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.counted = offset;
        self.line
    }

    fn broken(&self, error: &csv::Error) -> ReadError {
        ReadError::Broken { place: self.sheet.to_owned(), what: error.to_string() }
    }
}

fn place(byte: u64) -> usize {
    usize::try_from(byte).expect("an offset into text in memory")
}

/// Line ends: CR LF, LF or a lone CR.
fn line_ends(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// Whether the last record runs over several lines because of a quote without its pair.
fn swallowed(raw: &str) -> bool {
    raw.contains(['\r', '\n']) && raw.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u32, Vec<String>)> {
        let book = read(text.as_bytes(), "plik.csv", &Limits::default()).unwrap();
        let show = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        };
        book.sheets[0].rows.iter().map(|row| (row.line, row.cells.iter().map(show).collect())).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn a_record_stands_on_the_line_where_it_starts_and_blank_lines_are_rows() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "a;b", "", "\"x", "y\";z", "", "", "c;;", ";;", "d;e", "", ""].join(end);
            let expected = vec![
                row(1, &[]),
                row(2, &["a", "b"]),
                row(3, &[]),
                row(4, &[&format!("x{end}y"), "z"]),
                row(6, &[]),
                row(7, &[]),
                row(8, &["c"]),
                row(9, &[]),
                row(10, &["d", "e"]),
                row(11, &[]),
            ];
            assert_eq!(lines(&text), expected, "{end:?}");
        }
    }

    #[test]
    fn the_delimiter_is_guessed_and_said() {
        for (text, name) in [
            ("kod;nazwa, rodzaj\n1401013;A, B\n1401022;C\n", "średnik"),
            ("kod,nazwa\n1401013,\"A; B; C\"\n", "przecinek"),
            ("kod\tnazwa\n1401013\tA, B\n", "tabulator"),
            ("Wykaz jednostek, stan na 2026\n\nkod;nazwa;adres\n1;2;3\n4;5;6\n", "średnik"),
            ("kod|nazwa\n1|2\n", "kreska pionowa"),
            ("sep=,\nkod;x,nazwa;y\n", "przecinek"),
        ] {
            let book = read(text.as_bytes(), "plik.csv", &Limits::default()).unwrap();
            assert!(book.guessed.ends_with(name), "{text}: {}", book.guessed);
        }
    }

    #[test]
    fn a_quote_that_never_closes_costs_only_its_own_line() {
        let text = "kod;nazwa\n1;\"Gmina A\n2;Gmina B\n\n3;\"Gmina; C\"\n";
        let expected = vec![
            row(1, &["kod", "nazwa"]),
            row(2, &["1", "\"Gmina A"]),
            row(3, &["2", "Gmina B"]),
            row(4, &[]),
            row(5, &["3", "Gmina; C"]),
        ];
        assert_eq!(lines(text), expected);
        let text = "kod;nazwa\n3;\"Gmina; C\"\n1;\"Gmina A\n2;Gmina B\n\n4;D";
        let expected = vec![
            row(1, &["kod", "nazwa"]),
            row(2, &["3", "Gmina; C"]),
            row(3, &["1", "\"Gmina A"]),
            row(4, &["2", "Gmina B"]),
            row(5, &[]),
            row(6, &["4", "D"]),
        ];
        assert_eq!(lines(text), expected);
    }

    #[test]
    fn too_many_rows_or_cells_are_refused_with_the_limit() {
        let limits = Limits { rows: 2, cells: 5, ..Limits::default() };
        let refused = |text: &str| read(text.as_bytes(), "x.csv", &limits).unwrap_err();
        let sheet = || "x.csv".to_owned();
        assert_eq!(refused("a\nb\nc\n"), ReadError::TooManyRows { sheet: sheet(), limit: 2 });
        assert_eq!(refused("a;b;c\nd;e;f\n"), ReadError::TooManyCells { sheet: sheet(), limit: 5 });
    }
}
