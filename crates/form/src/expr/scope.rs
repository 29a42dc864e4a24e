//! What an expression needs from the place where it is evaluated.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::Value;

/// The surroundings of one evaluation: the values of names as seen from where the expression stands.
///
/// Everything but [`Scope::value`] has a default that means "there is none here".
pub trait Scope {
    /// The value of question, calculation or repeat `name`; None when there is no such name (an evaluation error).
    ///
    /// - A question outside repeats, or one of the row where the expression stands: its value. Unanswered,
    ///   don't-know and non-relevant are [`Value::empty`]; integer and decimal are numbers, dates dates,
    ///   `select_multiple` the names joined by one space in the order of the list, `acknowledge` `OK` or empty.
    /// - A question of a repeat seen from outside it: [`Value::List`], one element per row, empty ones included.
    /// - A repeat: [`Value::List`] with one element (any) per row.
    ///
    /// Borrow where the value is at hand; evaluation clones only what it returns.
    fn value(&self, name: &str) -> Option<Cow<'_, Value>>;

    /// What `.` stands for: the candidate value of a constraint or warning.
    fn this(&self) -> Option<Cow<'_, Value>> {
        None
    }

    /// The column `name` of the choice that is being filtered; empty for a choice without that column.
    fn column(&self, _name: &str) -> Option<Cow<'_, str>> {
        None
    }

    /// The number of the current row, from 1.
    fn position(&self) -> Option<u64> {
        None
    }

    /// The day of the submission in the programme's time zone; None makes `today()` an error.
    fn today(&self) -> Option<NaiveDate> {
        None
    }

    /// Whether question `name` was answered "don't know / no data".
    fn is_unknown(&self, _name: &str) -> bool {
        false
    }

    /// The unit's attribute, such as `kind` or `powiat`; None gives the empty text.
    fn unit(&self, _attribute: &str) -> Option<Cow<'_, str>> {
        None
    }

    /// Last edition's answer to question `name`, typed as the question is; None gives the empty text.
    fn previous(&self, _name: &str) -> Option<Cow<'_, Value>> {
        None
    }

    /// The label of choice `choice` of question `question`; None gives the choice's name.
    fn choice_label(&self, _question: &str, _choice: &str) -> Option<Cow<'_, str>> {
        None
    }
}
