//! What to beware of: facts as data. Sentences for people are made where they are shown.

use form::number::Rational;

use super::Rule;
use super::span::Span;

/// Why a number has to be read with care. Goes over to every number computed from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Some of what it counts is not there yet.
    Incomplete,
    /// It was counted by different definitions.
    DefinitionChanged,
    /// A year has no data.
    NoData,
}

/// A trap in an indicator. The set is stable: programs may tell them apart by [`Warning::code`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The rule is not the one that the programme gives for all indicators.
    OtherRule {
        /// Its own.
        rule: Rule,
        /// The programme's.
        default: Rule,
        /// The degree by its own rule.
        degree: Option<Rational>,
        /// The degree by the programme's rule.
        by_default: Option<Rational>,
    },
    /// An earlier year did not grow enough.
    MissedYear {
        /// Which.
        year: i32,
        /// By how much it grew.
        change: Rational,
        /// By how much it should have grown.
        target: Rational,
    },
    /// Years or a base without data were summed as zeros.
    NoDataAsZero {
        /// Spans without data.
        spans: Vec<Span>,
        /// Whether the base is one of them.
        base: bool,
    },
    /// Years between the first and the last have no value at all.
    MissingYears {
        /// Which.
        years: Vec<i32>,
    },
    /// Increases are counted while something else decreased.
    OnlyIncreases {
        /// Of which years.
        span: Span,
        /// What the value counts.
        counted: Rational,
        /// All that is summed.
        cumulative: Rational,
        /// What really changed in these years.
        balance: Rational,
    },
    /// A part is known to be incomplete, or is not there.
    IncompletePart {
        /// Of which years.
        span: Span,
        /// Name of the part; empty for the whole.
        part: String,
        /// Why; none when the part is not there.
        note: Option<String>,
    },
    /// Things of several years are summed that may be the same things.
    MayRepeat {
        /// The sum.
        cumulative: Rational,
        /// How many spans are in it.
        spans: usize,
    },
    /// The target can be read in several ways.
    AmbiguousTarget {
        /// The ways.
        readings: Vec<ReadingDegree>,
    },
    /// The same fact is printed elsewhere as another number.
    DiffersElsewhere {
        /// Of which years.
        span: Span,
        /// The number here.
        here: Rational,
        /// The number there.
        there: Rational,
        /// What is counted there.
        name: String,
        /// Where that is.
        place: String,
        /// The degree with that number.
        degree: Option<Rational>,
    },
    /// Target and base are equal, so there is nothing to reach and no degree.
    NothingToReach,
}

/// One way to read an ambiguous target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingDegree {
    /// How it is read, in words.
    pub meaning: String,
    /// The target then.
    pub target: Rational,
    /// The degree then, where there is one.
    pub degree: Option<Rational>,
}

impl Warning {
    /// A word for programs that stays.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherRule { .. } => "other_rule",
            Self::MissedYear { .. } => "missed_year",
            Self::NoDataAsZero { .. } => "no_data_as_zero",
            Self::MissingYears { .. } => "missing_years",
            Self::OnlyIncreases { .. } => "only_increases",
            Self::IncompletePart { .. } => "incomplete_part",
            Self::MayRepeat { .. } => "may_repeat",
            Self::AmbiguousTarget { .. } => "ambiguous_target",
            Self::DiffersElsewhere { .. } => "differs_elsewhere",
            Self::NothingToReach => "nothing_to_reach",
        }
    }
}
