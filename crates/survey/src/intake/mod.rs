//! Answers of earlier years from another tool: which column is which question, whose each row is, and what became of it.
//!
//! [`Map::parse`] reads the map that an analyst wrote (or [`propose`] proposed), [`read`] goes through the rows: one
//! outcome per physical row. Nothing that was typed is dropped without a word: what the questionnaire cannot read is kept
//! as typed and said.

mod map;
mod outcome;
mod propose;
mod read;
mod table;
mod translate;
mod units;

pub use map::{Column, ListColumns, Map, UnitColumns};
pub use outcome::{Outcome, REPORT_COLUMNS, Taken, Verdict};
pub use propose::{ALIKE, propose};
pub use read::{Read, read};
pub use table::Sheet;
