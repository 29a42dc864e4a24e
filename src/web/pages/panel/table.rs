//! A table with a caption and headers, as every list of the panel is drawn.
use askama::Template;

/// A table. The first cell of each row is its header.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/table.html")]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Columns, as many as cells in each row.
    pub columns: Vec<Column>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// What to say in place of a table without rows.
    pub empty: String,
}

// The template escapes every cell.
impl askama::filters::HtmlSafe for Table {}

impl Table {
    /// Whether the cells of a column are numbers.
    fn numeric(&self, place: &usize) -> bool {
        self.columns.get(*place).is_some_and(|column| column.numeric)
    }
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Header.
    pub title: String,
    /// Whether its cells are numbers, printed flush right.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: &str) -> Column {
        Column { title: title.into(), numeric: false }
    }

    /// A column of numbers.
    pub fn numbers(title: &str) -> Column {
        Column { title: title.into(), numeric: true }
    }
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// What is said under it in small print.
    pub note: Option<String>,
}

impl Cell {
    /// A cell that leads somewhere.
    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Cell {
        Cell { text: text.into(), href: Some(href.into()), note: None }
    }

    /// The same with something said under it; nothing for an empty note.
    pub fn noting(mut self, note: impl Into<String>) -> Cell {
        self.note = Some(note.into()).filter(|note: &String| !note.is_empty());
        self
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, href: None, note: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell { text: text.into(), href: None, note: None }
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Cell {
        Cell { text: form::polish::integer(number), href: None, note: None }
    }
}
