//! Tables as sheets of one workbook, written side by side in one pass over the answers.

use std::fmt;
use std::io;

use sheet::Value;
use sheet::xlsx::{Column, Format, MOST_ROWS, SheetWriter, Workbook, XlsxError};

use super::Files;

/// How a table is called in the workbook; none for a table that does not stand there.
type Title = Box<dyn Fn(&str) -> Option<String>>;

/// A workbook to which tables are being added. A table with more rows than a sheet can have goes on in further sheets.
pub(in crate::service) struct Sheets {
    book: Workbook,
    title: Title,
    most: u32,
    tables: Vec<Option<Parts>>,
}

/// The sheets of one table, the last of which is being written.
struct Parts {
    title: String,
    columns: Vec<Column>,
    sheets: Vec<SheetWriter>,
}

impl Sheets {
    pub(in crate::service) fn new(book: Workbook, title: impl Fn(&str) -> Option<String> + 'static) -> Self {
        Self { book, title: Box::new(title), most: MOST_ROWS, tables: Vec::new() }
    }

    /// The workbook with the tables in the order in which they were begun.
    pub(in crate::service) fn finish(mut self) -> Result<Workbook, XlsxError> {
        for sheet in self.tables.into_iter().flatten().flat_map(|parts| parts.sheets) {
            self.book.close(sheet)?;
        }
        Ok(self.book)
    }
}

impl fmt::Debug for Sheets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheets").field("tables", &self.tables.len()).finish_non_exhaustive()
    }
}

impl Files for Sheets {
    fn begin(&mut self, name: &str, columns: &[sheet::Column]) -> io::Result<usize> {
        let parts = (self.title)(name).map(|title| {
            let columns: Vec<Column> =
                columns.iter().map(|column| Column::new(column.title.clone(), Format::Plain)).collect();
            let first = self.book.sheet(&title, &columns)?;
            Ok(Parts { title, columns, sheets: vec![first] })
        });
        self.tables.push(parts.transpose().map_err(|error: XlsxError| io::Error::other(error))?);
        Ok(self.tables.len() - 1)
    }

    fn row(&mut self, file: usize, cells: &[Value]) -> io::Result<()> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no table was begun at this place");
        let Some(parts) = self.tables.get_mut(file).ok_or_else(missing)? else { return Ok(()) };
        if parts.sheets.last().is_some_and(|sheet| sheet.rows() >= self.most) {
            let title = format!("{} {}", parts.title, parts.sheets.len() + 1);
            parts.sheets.push(self.book.sheet(&title, &parts.columns).map_err(io::Error::other)?);
        }
        let sheet = parts.sheets.last_mut().ok_or_else(missing)?;
        sheet.row(cells).map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use sheet::xlsx::About;

    use super::*;

    #[test]
    fn a_table_with_more_rows_than_a_sheet_can_have_goes_on_in_the_next_sheet() {
        let named = |name: &str| (name != "operat").then(|| name.to_owned());
        let mut sheets = Sheets { most: 2, ..Sheets::new(Workbook::new(&About::default()).unwrap(), named) };
        let columns = [sheet::Column::new("Numer")];
        let places = ["odpowiedzi", "operat", "medium"].map(|name| sheets.begin(name, &columns).unwrap());
        for number in 1..=5 {
            for place in places {
                sheets.row(place, &[Value::Integer(number)]).unwrap();
            }
        }
        assert!(sheets.row(9, &[Value::Integer(1)]).is_err());
        let mut out = Cursor::new(Vec::new());
        sheets.finish().unwrap().save(&mut out).unwrap();
        let book = sheet::read(out.get_ref(), "ksiazka.xlsx").unwrap();
        let found: Vec<(String, usize)> =
            book.visible().map(|sheet| (sheet.name.clone(), sheet.rows.len())).collect();
        let expected = ["odpowiedzi", "odpowiedzi 2", "odpowiedzi 3", "medium", "medium 2", "medium 3"];
        let rows = [3, 3, 2, 3, 3, 2];
        let expected: Vec<(String, usize)> = expected.map(str::to_owned).into_iter().zip(rows).collect();
        assert_eq!(found[1..], expected);
    }
}
