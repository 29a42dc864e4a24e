//! One question and what its keys may say.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Text;
use crate::expr::Expr;

/// A question, note or calculation.
#[derive(Debug, Clone)]
pub struct Question {
    /// Name, unique in the questionnaire; key of the answer and name of the input.
    pub name: String,
    /// Identity of the question through the years.
    pub id: Option<String>,
    /// Printed number ("1.2", in a repeat "1.3.1"); never depends on what is hidden. Empty for notes and calculations.
    pub number: String,
    /// What is asked for.
    pub kind: Kind,
    /// The question's text.
    pub label: Text,
    /// Help under the question.
    pub hint: Option<Text>,
    /// What counts and what does not, with examples.
    pub guidance_hint: Option<Text>,
    /// Condition under which an answer is required; `true()` for "yes".
    pub required: Option<Expr>,
    /// Message when a required answer is missing.
    pub required_message: Option<Text>,
    /// Condition under which the question is asked.
    pub relevant: Option<Expr>,
    /// Condition that an answer must meet.
    pub constraint: Option<Expr>,
    /// Message when it does not.
    pub constraint_message: Option<Text>,
    /// How a calculated value is found.
    pub calculation: Option<Expr>,
    /// Text that a new draft starts with.
    pub default: Option<String>,
    /// How it is drawn (`multiline`, `minimal`).
    pub appearance: Option<String>,
    /// Shown, never typed.
    pub read_only: bool,
    /// Which choices of the list are offered.
    pub choice_filter: Option<Expr>,
    /// Contact details: kept apart, never in answers, hashes, tallies or exports.
    pub personal: bool,
    /// Offers "don't know / no data" (`{question}.nw`), on its own or through a choice marked so.
    pub dont_know: bool,
    /// Condition that an answer is expected to meet; may be confirmed as right.
    pub warning: Option<Expr>,
    /// Message when it does not.
    pub warning_message: Option<Text>,
    /// Level at which answers may be published.
    pub publish: Publish,
    /// What last year's value does.
    pub prefill: Option<Prefill>,
    /// List of codes that analysts give to the answers.
    pub coding: Option<String>,
    /// Version in which the question first stood.
    pub since: Option<String>,
    /// Its name in the previous version.
    pub was: Option<String>,
    /// Whether answers can be compared with the previous version.
    pub comparable: Option<Comparable>,
    /// Why they cannot, or only in part.
    pub change_note: Option<String>,
    /// Row of the report that the question feeds.
    pub report_row: Option<String>,
    /// Unit of measure printed after the field ("zł", "os.").
    pub unit: Option<String>,
    /// Most places of a rank.
    pub max: Option<u32>,
    /// Note of the author, shown to nobody.
    pub note: Option<String>,
    /// Name of the repeat it stands in.
    pub repeat: Option<String>,
    /// Name of the section it stands in.
    pub section: String,
    /// Keys this version does not know, kept as they are.
    pub extra: BTreeMap<String, String>,
}

impl Question {
    /// Whether a respondent answers it: neither a note nor calculated nor read-only.
    #[must_use]
    pub fn is_answerable(&self) -> bool {
        self.kind.is_asked() && self.calculation.is_none() && !self.read_only
    }
}

/// What a question asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A calendar date.
    Date,
    /// One choice of the named list.
    SelectOne(String),
    /// Any number of choices of the named list.
    SelectMultiple(String),
    /// Choices of the named list in order of weight.
    Rank(String),
    /// A text that asks nothing.
    Note,
    /// A calculated value, not shown.
    Calculate,
    /// One checkbox, value `OK`.
    Acknowledge,
}

impl Kind {
    /// The word of the key `type`, without the list.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Date => "date",
            Self::SelectOne(_) => "select_one",
            Self::SelectMultiple(_) => "select_multiple",
            Self::Rank(_) => "rank",
            Self::Note => "note",
            Self::Calculate => "calculate",
            Self::Acknowledge => "acknowledge",
        }
    }

    /// Name of the list of choices.
    #[must_use]
    pub fn list(&self) -> Option<&str> {
        match self {
            Self::SelectOne(list) | Self::SelectMultiple(list) | Self::Rank(list) => Some(list),
            _ => None,
        }
    }

    /// Whether the answer is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }

    /// Whether a respondent answers it: neither a note nor a calculation.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !matches!(self, Self::Note | Self::Calculate)
    }
}

/// Level at which answers may be published. Each level includes the ones before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Publish {
    /// Not at all.
    Never,
    /// Only in numbers over many responses.
    #[default]
    Aggregate,
    /// Also per unit.
    Unit,
}

/// What last year's value does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefill {
    /// Stands beside the field.
    Show,
    /// Stands beside the field and can be confirmed with one click.
    Confirm,
}

/// Whether answers can be compared with the previous version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Comparable {
    /// The series goes on.
    Yes,
    /// The series goes on with a footnote.
    Partial,
    /// The line breaks.
    No,
}
