//! Writing CSV in two profiles.

use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::table::{Column, RaggedRow, Table, Value};

/// For whom a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// For a double click in Polish Excel: `;`, CR LF, UTF-8 with a byte order mark, decimal comma, no grouping, Polish
    /// headers, texts that look like formulas behind an apostrophe.
    ExcelPl,
    /// For publishing: `,`, LF, UTF-8 without a mark, decimal point, ASCII headers, texts exactly as they are.
    OpenData,
}

impl Profile {
    /// The character between cells.
    pub fn delimiter(self) -> u8 {
        match self {
            Self::ExcelPl => b';',
            Self::OpenData => b',',
        }
    }

    fn header(self, column: &Column) -> &str {
        match self {
            Self::ExcelPl => &column.title,
            Self::OpenData => &column.name,
        }
    }

    fn cell(self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Empty) => String::new(),
            (Self::ExcelPl, Value::Text(text)) if is_formula_like(text) => format!("'{text}"),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Integer(number)) => number.to_string(),
            (Self::ExcelPl, Value::Decimal(number)) => number.as_str().replace('.', ","),
            (Self::OpenData, Value::Decimal(number)) => number.as_str().to_owned(),
            (_, Value::Date(day)) => day.format("%Y-%m-%d").to_string(),
        }
    }
}

/// Whether a spreadsheet would try to compute this text.
pub fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Writes row by row, for tables that do not fit into memory.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    inner: csv::Writer<W>,
    profile: Profile,
    columns: usize,
    written: usize,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, profile: Profile, columns: &[Column]) -> io::Result<Self> {
        if profile == Profile::ExcelPl {
            out.write_all(b"\xEF\xBB\xBF")?;
        }
        let terminator = match profile {
            Profile::ExcelPl => Terminator::CRLF,
            Profile::OpenData => Terminator::Any(b'\n'),
        };
        let mut inner = WriterBuilder::new()
            .delimiter(profile.delimiter())
            .terminator(terminator)
            .quote_style(QuoteStyle::Necessary)
            .from_writer(out);
        let header = columns.iter().map(|column| match profile.header(column) {
            title if profile == Profile::ExcelPl && is_formula_like(title) => format!("'{title}"),
            title => title.to_owned(),
        });
        inner.write_record(header).map_err(into_io)?;
        Ok(Self { inner, profile, columns: columns.len(), written: 0 })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// Those of the output; `InvalidInput` with a [`RaggedRow`] when the number of cells is not that of the columns.
    pub fn row(&mut self, values: &[Value]) -> io::Result<()> {
        self.written += 1;
        if values.len() != self.columns {
            let ragged = RaggedRow { row: self.written, cells: values.len(), columns: self.columns };
            return Err(io::Error::new(io::ErrorKind::InvalidInput, ragged));
        }
        let cells = values.iter().map(|value| self.profile.cell(value));
        self.inner.write_record(cells).map_err(into_io)
    }

    /// Flushes and gives the output back.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(self) -> io::Result<W> {
        self.inner.into_inner().map_err(|error| error.into_error())
    }
}

fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The whole table as the bytes of a file.
///
/// # Errors
/// When a row has another number of cells than there are columns.
pub fn write_csv(table: &Table, profile: Profile) -> Result<Vec<u8>, RaggedRow> {
    let columns = table.columns.len();
    for (place, row) in table.rows.iter().enumerate() {
        if row.len() != columns {
            return Err(RaggedRow { row: place + 1, cells: row.len(), columns });
        }
    }
    let write = || {
        let mut writer = CsvWriter::new(Vec::new(), profile, &table.columns)?;
        table.rows.iter().try_for_each(|row| writer.row(row))?;
        writer.finish()
    };
    Ok(write().expect("memory takes every byte and the widths were checked"))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::table::Decimal;

    fn table() -> Table {
        let text = |text: &str| Value::Text(text.to_owned());
        Table {
            columns: vec![
                Column::new("Jednostka"),
                Column::new("Udział"),
                Column::new("Dzień"),
                Column::new("Różnica"),
            ],
            rows: vec![
                vec![
                    text("Gmina \"A\"; B"),
                    Value::Decimal(Decimal::parse("1234.5").unwrap()),
                    Value::Date(NaiveDate::from_ymd_opt(2025, 1, 7).unwrap()),
                    Value::Integer(-3),
                ],
                vec![text("=1+1"), Value::Decimal(Decimal::parse("-0.25").unwrap()), Value::Empty, text("-")],
            ],
        }
    }

    #[test]
    fn the_profile_for_excel_has_a_mark_semicolons_commas_and_escaped_formulas() {
        let bytes = write_csv(&table(), Profile::ExcelPl).unwrap();
        let expected = "\u{feff}Jednostka;Udział;Dzień;Różnica\r\n\"Gmina \"\"A\"\"; B\";1234,5;2025-01-07;-3\r\n\
                        '=1+1;-0,25;;'-\r\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn the_profile_for_open_data_has_plain_names_points_and_untouched_texts() {
        let bytes = write_csv(&table(), Profile::OpenData).unwrap();
        let expected =
            "jednostka,udzial,dzien,roznica\n\"Gmina \"\"A\"\"; B\",1234.5,2025-01-07,-3\n=1+1,-0.25,,-\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn a_row_of_another_width_is_refused_with_its_place() {
        let mut table = table();
        table.rows[1].pop();
        let ragged = RaggedRow { row: 2, cells: 3, columns: 4 };
        assert_eq!(write_csv(&table, Profile::OpenData), Err(ragged));
    }
}
