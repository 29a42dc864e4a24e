//! Values and how one kind becomes another.

use std::borrow::Cow;

use chrono::{Days, NaiveDate};
use num_traits::ToPrimitive;

use crate::number::Number;

/// What an expression gives and what a name stands for. An unanswered or non-relevant question is the empty text.
///
/// `==` compares structure; the language's `=` is [`Value::equals`].
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A text, a choice's name, several names joined by one space, or (empty) no answer.
    Text(String),
    /// A number.
    Number(Number),
    /// True or false; never an answer, only the result of a comparison or a function.
    Bool(bool),
    /// A calendar day.
    Date(NaiveDate),
    /// The values of a question in a repeat seen from outside it, or one element per row of the repeat itself.
    List(Vec<Value>),
}

/// No answer, to borrow from.
const EMPTY: &Value = &Value::Text(String::new());

impl Value {
    /// No answer: the empty text.
    pub const fn empty() -> Value {
        Value::Text(String::new())
    }

    /// No answer, borrowed.
    pub fn empty_ref() -> &'static Value {
        EMPTY
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Value {
        Value::Text(text.into())
    }

    /// Whether this is no answer: the empty text. A list is empty when it has no elements.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::List(values) => values.is_empty(),
            Value::Number(_) | Value::Bool(_) | Value::Date(_) => false,
        }
    }

    /// Whether this can be stored: neither empty nor NaN nor infinite. A calculation that gives anything else is
    /// stored as empty.
    pub fn is_storable(&self) -> bool {
        match self {
            Value::Number(number) => number.rational().is_some(),
            other => !other.is_empty(),
        }
    }

    /// To number: a text must be a plain decimal numeral, otherwise NaN; true is 1; a date is the days since
    /// 1970-01-01; a list stands for its first element.
    pub fn to_number(&self) -> Cow<'_, Number> {
        match self.scalar() {
            Value::Text(text) => Cow::Owned(Number::parse(text)),
            Value::Number(number) => Cow::Borrowed(number),
            Value::Bool(truth) => Cow::Owned(Number::from(u64::from(*truth))),
            Value::Date(date) => Cow::Owned(Number::from(day_number(*date))),
            Value::List(_) => Cow::Owned(Number::NaN),
        }
    }

    /// To truth: the empty text, 0 and NaN are false, everything else is true, also the text `false`.
    pub fn to_bool(&self) -> bool {
        match self.scalar() {
            Value::Text(text) => !text.is_empty(),
            Value::Number(number) => !number.is_zero() && !number.is_nan(),
            Value::Bool(truth) => *truth,
            Value::Date(_) => true,
            Value::List(_) => false,
        }
    }

    /// To text: numbers as [`Number::to_text`], dates as `2025-02-14`, `true` and `false`.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self.scalar() {
            Value::Text(text) => Cow::Borrowed(text),
            Value::Number(number) => Cow::Owned(number.to_text()),
            Value::Bool(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
            Value::Date(date) => Cow::Owned(date.format("%Y-%m-%d").to_string()),
            Value::List(_) => Cow::Borrowed(""),
        }
    }

    /// The language's `=`: by truth if either side is a truth value, else as numbers if either side is a number,
    /// else as texts (two dates too). NaN equals nothing.
    pub fn equals(&self, other: &Value) -> bool {
        let (left, right) = (self.scalar(), other.scalar());
        if let (Value::Text(left), Value::Text(right)) = (left, right) {
            return left == right;
        }
        if matches!(left, Value::Bool(_)) || matches!(right, Value::Bool(_)) {
            return left.to_bool() == right.to_bool();
        }
        if left.is_numeric() || right.is_numeric() {
            return left.to_number().compare(&right.to_number()).is_some_and(|order| order.is_eq());
        }
        left.to_text() == right.to_text()
    }

    /// The value itself; for a list its first element, or no answer.
    pub fn scalar(&self) -> &Value {
        match self {
            Value::List(values) => values.first().map_or(EMPTY, Value::scalar),
            other => other,
        }
    }

    /// The elements of a list, or the value alone.
    pub fn elements(&self) -> &[Value] {
        match self {
            Value::List(values) => values,
            other => std::slice::from_ref(other),
        }
    }

    fn is_numeric(&self) -> bool {
        matches!(self, Value::Number(_))
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Value {
        Value::Number(number)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Value {
        Value::Bool(truth)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Value {
        Value::Date(date)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// The day that is `number` days after 1970-01-01 (a fraction is cut off); None outside the calendar.
pub(crate) fn day_from_number(number: &Number) -> Option<NaiveDate> {
    let days = number.floor().whole()?.to_i64()?;
    let epoch = NaiveDate::default();
    let day = if days < 0 {
        epoch.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        epoch.checked_add_days(Days::new(days.unsigned_abs()))
    };
    day.filter(|day| (0..=9999).contains(&chrono::Datelike::year(day)))
}
