//! Indicators: every degree of the report of 2024, its traps, and what holds for all values.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod golden;
mod properties;
mod rules;

use form::number::Rational;
use tally::indicator::{Base, Definition, Kind, Rule, Span, Value};

/// A whole number.
pub(crate) fn n(number: i64) -> Rational {
    Rational::from_integer(number.into())
}

/// A fraction.
pub(crate) fn part(part: i64, whole: i64) -> Rational {
    Rational::new(part.into(), whole.into())
}

pub(crate) fn span(text: &str) -> Span {
    text.parse().unwrap()
}

/// A value of a span; none is „b.d.”.
pub(crate) fn value(years: &str, number: impl Into<Option<i64>>) -> Value {
    Value::whole(span(years), number.into().map(n))
}

/// An indicator with a base and a target.
pub(crate) fn plain(kind: Kind, rule: Rule, base: i64, target: i64) -> Definition {
    Definition { base: Base::Number(n(base)), ..Definition::new(kind, rule, n(target)) }
}
