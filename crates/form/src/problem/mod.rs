//! What is wrong with a form: where, what, and what to do.

use serde::Serialize;

mod render;
mod toml;

pub use render::{render, render_all};
pub use toml::toml_sentence;

/// One problem. Serializes as `form check --json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable code, explained in docs/form-codes.md.
    pub code: &'static str,
    /// Whether the form can be used in spite of it.
    pub severity: Severity,
    /// File as named by the caller.
    pub file: String,
    /// Line from 1 (none in a workbook).
    pub line: Option<u32>,
    /// Column from 1, in characters.
    pub col: Option<u32>,
    /// Column after the last character, on the same line.
    pub end_col: Option<u32>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Cell of a workbook ("F12").
    pub cell: Option<String>,
    /// Name of the question, group or repeat concerned.
    pub question: Option<String>,
    /// What is wrong, in Polish.
    pub message: String,
    /// What to do, in Polish.
    pub help: Option<String>,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The form cannot be used; the answers cannot be sent.
    Error,
    /// Worth a look.
    Warning,
}
