//! What is wrong with an answer.

use serde::Serialize;

use super::Path;
use crate::problem::Severity;

/// Something wrong with an answer, said in Polish to the respondent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct AnswerProblem {
    /// Which answer; for [`ProblemKind::TooFewRows`] and [`ProblemKind::TooManyRows`] the name of the repeat.
    pub path: Path,
    /// Section it stands in.
    pub section: String,
    /// An error blocks sending, a warning does not.
    pub severity: Severity,
    /// What kind of trouble.
    pub kind: ProblemKind,
    /// Polish, plain text, not HTML-escaped.
    pub message: String,
    /// A warning that was confirmed as right.
    pub acknowledged: bool,
}

/// Kinds of trouble with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A required answer is missing.
    Required,
    /// The text cannot be read as the kind of answer asked for.
    Unreadable,
    /// The constraint is not met.
    Constraint,
    /// The warning of the author applies.
    Warning,
    /// More entries than expected.
    TooManyRows,
    /// Fewer entries than expected.
    TooFewRows,
    /// A choice that the list does not have, or does not offer here.
    UnknownChoice,
    /// A choice that excludes others, chosen with others.
    Exclusive,
    /// The same choice at two places of a rank.
    RankTwice,
    /// A place of a rank left empty before a filled one.
    RankGap,
    /// An answer and "don't know" at once; "don't know" counts.
    AnswerAndDontKnow,
}
