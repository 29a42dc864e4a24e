//! What a read file looks like to its users.

/// A read file: one sheet for CSV, as many as there are for a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// The sheets in the order of the file; hidden ones are marked, not left out.
    pub sheets: Vec<Sheet>,
    /// What was assumed about the file, in Polish, to be shown to the person who sent it.
    pub guessed: String,
}

impl Book {
    /// The sheets that a person sees when the file is opened.
    pub fn visible(&self) -> impl Iterator<Item = &Sheet> {
        self.sheets.iter().filter(|sheet| !sheet.hidden)
    }
}

/// One table of cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name on the tab; the name of the file for CSV.
    pub name: String,
    /// Whether the sheet is hidden in the workbook.
    pub hidden: bool,
    /// All rows from the first physical one to the last with content, blank ones included.
    pub rows: Vec<Row>,
}

/// One record.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Counted from 1: the row's number in a workbook, the physical line on which the record starts in CSV.
    pub line: u32,
    /// The cells up to the last one with content; a blank line has none.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text as it stands, with its spaces. Every cell of CSV; dates of a workbook as `2025-01-31`, with `13:45:00`
    /// after a space when there is a time; a formula without a remembered result as its text, `=A1+1`.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// Truth or falsehood of a workbook.
    Bool(bool),
    /// An error value of a workbook, such as `#N/A`.
    Error(String),
}

impl Cell {
    /// A text cell; no text at all is an empty cell.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}
