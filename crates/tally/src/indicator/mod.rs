//! Indicators of a programme: what was achieved over years, to what degree, and what to beware of. Pure.
//!
//! A [`Definition`] says what is planned, [`Value`]s say what is known of years and spans of years, [`assess`] puts
//! the two together as of a year. Numbers stay exact; [`Style`] and [`percent`] print them half-up.
//!
//! ```
//! use tally::indicator::{self, Base, Definition, Kind, Rule, Value, percent};
//!
//! let definition = Definition { base: Base::Number(48.into_number()), ..Definition::new(Kind::Sum, Rule::Net, 98.into_number()) };
//! let values = [
//!     Value::whole("2021–2023".parse().unwrap(), Some(36.into_number())),
//!     Value::whole("2024".parse().unwrap(), Some(16.into_number())),
//! ];
//! let found = indicator::assess(&definition, &values, &[], 2024).unwrap();
//! assert_eq!(percent(&found.degree.unwrap()), "104%");
//! assert_eq!(found.steps, ["36 (2021–2023) + 16 (2024) = 52", "52 / (98 − 48) = 52 / 50 = 104%"]);
//!
//! trait IntoNumber {
//!     fn into_number(self) -> form::number::Rational;
//! }
//! impl IntoNumber for i32 {
//!     fn into_number(self) -> form::number::Rational {
//!         form::number::Rational::from_integer(self.into())
//!     }
//! }
//! ```

mod assess;
mod degree;
mod plan;
mod print;
mod span;
mod value;
mod warning;

pub use assess::{Assessment, OfYear, Point, Trouble, YearChange, assess};
pub use plan::{Plan, Planned};
pub use print::{Style, percent};
pub use span::{Span, SpanError};
pub use value::{Beside, Part, Role, Value};
pub use warning::{Mark, ReadingDegree, Warning};

use form::number::Rational;

/// What sort of number an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Every year adds something: jobs created.
    Sum,
    /// Every year counts things that may be the same as last year's: entities supported.
    Distinct,
    /// A state at the end of each year: participants.
    Level,
    /// A part of a whole, from 0 to 1.
    Share,
    /// Done (1) or not (0): a report, a tool.
    Deliverable,
    /// A length of time: months of a call for proposals.
    Duration,
}

impl Kind {
    /// Whether the numbers of years are summed.
    #[must_use]
    pub const fn adds_up(self) -> bool {
        matches!(self, Self::Sum | Self::Distinct | Self::Deliverable)
    }
}

/// How the degree of realisation is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The base is included in the target: achieved / (target − base).
    Net,
    /// The base counts as achieved: (base + achieved) / target.
    Gross,
    /// There is no base: achieved / target.
    ZeroBase,
    /// Each year has to grow over the one before by the target.
    YearOnYear,
    /// The year's level has to reach a threshold; there is no degree.
    Threshold,
    /// Measured by a survey every few years, then like [`Rule::Net`].
    Survey,
    /// Values only.
    None,
}

/// When a number is as good as its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Comparison {
    /// ≥
    #[default]
    AtLeast,
    /// ≤
    AtMost,
    /// =
    Equal,
}

impl Comparison {
    /// Whether a number satisfies it.
    #[must_use]
    pub fn holds(self, number: &Rational, target: &Rational) -> bool {
        match self {
            Self::AtLeast => number >= target,
            Self::AtMost => number <= target,
            Self::Equal => number == target,
        }
    }

    /// The sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::Equal => "=",
        }
    }
}

/// What there was before the programme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Base {
    /// The indicator has none.
    #[default]
    Absent,
    /// There should be one, but nobody knows it.
    NoData,
    /// A number.
    Number(Rational),
}

impl Base {
    /// The number; none where there is none.
    #[must_use]
    pub const fn number(&self) -> Option<&Rational> {
        match self {
            Self::Number(number) => Some(number),
            Self::Absent | Self::NoData => None,
        }
    }
}

/// Another way in which the target can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetReading {
    /// How it is read, in words.
    pub meaning: String,
    /// The target then.
    pub target: Rational,
}

/// What is planned, as it is valid in the year of the assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// Sort of number.
    pub kind: Kind,
    /// Rule of the degree.
    pub rule: Rule,
    /// The rule that the programme gives for all its indicators.
    pub default_rule: Rule,
    /// When the target is met.
    pub comparison: Comparison,
    /// What there was before.
    pub base: Base,
    /// What is to be reached; none when it cannot be given as one number.
    pub target: Option<Rational>,
    /// Other ways in which the target can be read.
    pub readings: Vec<TargetReading>,
    /// The first year that counts; none for the first that has a value.
    pub since: Option<i32>,
    /// The planned path, where one is declared.
    pub plan: Option<Plan>,
    /// Values of years before this one were counted differently.
    pub redefined: Option<i32>,
    /// How its numbers are printed.
    pub style: Style,
}

impl Definition {
    /// A definition without base, plan and other readings, in a programme whose default rule is [`Rule::Net`].
    #[must_use]
    pub fn new(kind: Kind, rule: Rule, target: impl Into<Option<Rational>>) -> Self {
        Self {
            kind,
            rule,
            default_rule: Rule::Net,
            comparison: Comparison::AtLeast,
            base: Base::Absent,
            target: target.into(),
            readings: Vec::new(),
            since: None,
            plan: None,
            redefined: None,
            style: Style { percent: kind == Kind::Share, places: 2 },
        }
    }
}
