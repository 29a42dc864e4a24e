//! Merging what was posted into the draft, field by field.
//!
//! Several people fill one response in at the same time, from pages drawn at different revisions. A field that a POST
//! does not name stays as it is. A field conflicts when another page changed it since this page was drawn, this page
//! changed it too, and the two differ; everything else is saved. A page posts all its fields, so a value equal to what
//! the page showed is no change of that page's: the other's value stays, without a question.
//!
//! A row of a repeat exists while one of its fields is filled. Emptying the last one removes it.

mod change;
mod history;
mod names;
mod parse;
mod rules;
mod submitted;
mod undo;

#[cfg(test)]
mod tests;

pub use change::{BadRow, FieldChange, RowRef, apply};
pub use names::{Field, Input, field};
pub use parse::{PostProblem, parse};
pub use rules::{Conflict, Merged, merge};
pub use submitted::{Button, Keep, Side, Submitted};
pub use undo::undo_removal;
