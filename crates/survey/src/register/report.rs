//! The report of an upload as a table.

use super::outcome::Outcome;
use super::trouble::Trouble;

/// The headers of the report, in order.
pub const REPORT_COLUMNS: [&str; 6] = ["row", "outcome", "teryt", "email", "problems", "note"];

/// One line of the report under [`REPORT_COLUMNS`]; the problems as words joined by spaces.
pub fn report_row(outcome: &Outcome) -> [String; 6] {
    [
        outcome.line.to_string(),
        outcome.outcome.as_str().to_owned(),
        outcome.teryt.clone().unwrap_or_default(),
        outcome.email.clone().unwrap_or_default(),
        outcome.problems.iter().map(Trouble::word).collect::<Vec<_>>().join(" "),
        outcome.note.clone(),
    ]
}
