//! A small model of a document in blocks: what [`docx`](crate::docx) and [`html`](crate::html) write.
//!
//! Texts may hold anything; characters that no document can hold (control characters other than tab and line feed) are
//! dropped when it is written. No-break spaces stay.

mod checked;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub(crate) use checked::{FIGURE, Label, TABLE, places, plain};

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Its title: printed at its head and kept in its properties.
    pub title: String,
    /// The language as BCP 47 tag: `pl-PL`.
    pub language: String,
    /// What stands in headers, footers and properties.
    pub properties: Properties,
    /// What it says, in order.
    pub blocks: Vec<Block>,
}

/// What a document says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Properties {
    /// Who issues it.
    pub organisation: String,
    /// One sentence about the content.
    pub subject: String,
    /// The edition it was made from: printed in the header, bound under [`EDITION_KEY`].
    pub edition: String,
    /// The hash of the numbers it was made from: printed in the footer, bound under [`HASH_KEY`].
    pub hash: String,
    /// A warning that stands on every page: invented numbers, a draft.
    pub notice: Option<String>,
    /// When it was made.
    pub made: Option<DateTime<Utc>>,
}

/// The key under which the edition of [`Properties`] is bound like a number.
pub const EDITION_KEY: &str = "dokument.edycja";
/// The key under which the hash of [`Properties`] is bound like a number.
pub const HASH_KEY: &str = "dokument.skrot";

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A small paragraph: a source, a caveat below a table.
    Note(Vec<Inline>),
    /// A list.
    List {
        /// Whether the items are numbered from 1.
        ordered: bool,
        /// The items.
        items: Vec<Vec<Inline>>,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// What follows begins on a new page.
    PageBreak,
    /// What follows stands on pages of this orientation; a document begins upright.
    Section(Orientation),
    /// A list of what is in the document.
    Contents(Contents),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 4; others are taken for the nearest.
    pub level: u8,
    /// The name that links and references use, without spaces.
    pub id: Option<String>,
    /// Its text.
    pub text: Vec<Inline>,
}

/// How pages lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Orientation {
    /// Upright.
    Portrait,
    /// Across.
    Landscape,
}

/// Lists of headings, tables or figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contents {
    /// Headings down to a level of 1 to 4.
    Headings {
        /// The title above the list.
        title: String,
        /// The deepest level.
        levels: u8,
    },
    /// Captions of tables.
    Tables {
        /// The title above the list.
        title: String,
    },
    /// Captions of figures.
    Figures {
        /// The title above the list.
        title: String,
    },
}

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Text; line feeds break the line.
    Text(String),
    /// Bold.
    Strong(Vec<Inline>),
    /// Italic.
    Emphasis(Vec<Inline>),
    /// A link.
    Link {
        /// Where it leads.
        to: Target,
        /// What is shown.
        content: Vec<Inline>,
    },
    /// A place that links can lead to.
    Place(String),
    /// The label and number of a table or figure: „Tabela 3”.
    Reference(String),
    /// A footnote and its paragraphs.
    Footnote(Vec<Vec<Inline>>),
    /// A bound number.
    Number(Number),
}

impl Inline {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Bold text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Strong(vec![Self::text(text)])
    }
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// To an address on the web; `http`, `https` and `mailto` only, others become plain text.
    Address(String),
    /// To a heading, table, figure or place of the document, by its id.
    Id(String),
}

/// A number that stays bound to where it comes from. What is printed under one key is one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The key that stays: `jst.media_jst.share`. No spaces, quotes or control characters.
    pub key: String,
    /// How it is printed: `35`, `88%`, no-break spaces kept.
    pub text: String,
    /// What it is, for people.
    pub title: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Table {
    /// The name that links and references use.
    pub id: Option<String>,
    /// What it shows, printed after „Tabela n.”.
    pub caption: Vec<Inline>,
    /// A sentence for people who cannot see how it is built.
    pub description: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Rows that are repeated on every page.
    pub header: Vec<Row>,
    /// The other rows.
    pub rows: Vec<Row>,
    /// Whether the first column names its row.
    pub header_column: bool,
    /// Small paragraphs below: sources, caveats.
    pub notes: Vec<Vec<Inline>>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its share of the width of the table, beside those of the others; 0 counts as 1.
    pub width: u16,
    /// Where its cells begin.
    pub align: Align,
}

/// Where the text of a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Align {
    /// At the left.
    #[default]
    Start,
    /// In the middle.
    Centre,
    /// At the right, for numbers.
    End,
}

/// A row. The cells with their spans, and what spans into it from above, fill exactly the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Row {
    /// Its cells from left to right, without those that a cell above covers.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Its paragraphs.
    pub paragraphs: Vec<Vec<Inline>>,
    /// How many columns it covers.
    pub columns: u16,
    /// How many rows it covers.
    pub rows: u16,
}

impl Cell {
    /// A cell of one paragraph.
    pub fn of(content: Vec<Inline>) -> Self {
        Self { paragraphs: vec![content], columns: 1, rows: 1 }
    }

    /// A cell of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(vec![Inline::text(text)])
    }

    /// The same over so many columns and rows.
    #[must_use]
    pub fn over(self, columns: u16, rows: u16) -> Self {
        Self { columns, rows, ..self }
    }
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The name that links and references use.
    pub id: Option<String>,
    /// What it shows, printed after „Rysunek n.”.
    pub caption: Vec<Inline>,
    /// What it says, for people who cannot see it.
    pub alternative: String,
    /// An SVG with `width` and `height` in pixels, such as [`chart`](crate::chart) and [`map`](crate::map) draw.
    pub svg: String,
    /// Small paragraphs below: sources, caveats.
    pub notes: Vec<Vec<Inline>>,
}

/// What is wrong with a document that was put together by a program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// Two things bear one id.
    #[error("two things bear the id {0}")]
    TwoIds(String),
    /// A link or reference to nothing.
    #[error("nothing bears the id {0}")]
    NoSuchId(String),
    /// A key that cannot be bound.
    #[error("a number cannot be bound under the key {0:?}")]
    BadKey(String),
    /// One key with two texts.
    #[error("the number {key} is printed as {one:?} and as {other:?}")]
    TwoTexts {
        /// The key.
        key: String,
        /// The first text.
        one: String,
        /// The other.
        other: String,
    },
    /// Cells do not fill the columns.
    #[error("row {row} of the table {caption:?} fills {filled} of {columns} columns")]
    Ragged {
        /// The plain caption.
        caption: String,
        /// Counted from 1, header rows first.
        row: usize,
        /// Columns that are filled.
        filled: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// A picture that is no SVG with a size.
    #[error("the picture {0:?} is no SVG with a width and a height")]
    NoPicture(String),
}
