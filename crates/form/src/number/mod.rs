//! Numbers of answers, expressions and measures: exact rationals, with NaN and the two infinities that division needs.

mod arithmetic;
mod text;

use std::fmt;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};

use text::{from_scientific, rational_text};
pub use text::{half_up, round};
pub(crate) use text::{last_two_digits, parse_decimal};

/// An exact fraction in lowest terms.
pub type Rational = BigRational;

/// The nearest double of a fraction; only for results that need not be exact, such as places in a picture.
#[must_use]
pub fn nearest(value: &Rational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}

/// A numerator or denominator longer than this makes the result NaN, so that no expression can grow without bound.
const MAX_BITS: u64 = 2_048;

/// A number of the expression language.
///
/// `==` compares structure (so `NaN == NaN`, which collections and tests need); the language's own comparison,
/// in which NaN equals nothing, is [`Number::compare`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Number {
    /// An ordinary number; numerator and denominator have at most 2 048 bits each.
    Finite(Rational),
    /// Not a number: the conversion of a text that is none, `0 div 0`, or a result too long to keep.
    NaN,
    /// `1 div 0`.
    Infinity,
    /// `-1 div 0`.
    NegInfinity,
}

impl Number {
    /// Zero.
    pub fn zero() -> Number {
        Number::Finite(Rational::zero())
    }

    /// A finite number, or NaN when it is too long to keep.
    pub fn new(value: Rational) -> Number {
        if value.numer().bits() > MAX_BITS || value.denom().bits() > MAX_BITS {
            Number::NaN
        } else {
            Number::Finite(value)
        }
    }

    /// Reads a text as expressions do: surrounding space is ignored, the rest must be `-?(\d+(\.\d*)?|\.\d+)`.
    /// Anything else, the empty text included, is NaN. Numbers typed by people are read by
    /// [`crate::polish::read_number`].
    pub fn parse(text: &str) -> Number {
        parse_decimal(text.trim_matches(|c| c <= ' ')).map_or(Number::NaN, Number::new)
    }

    /// The nearest 15-digit decimal of a double.
    pub fn from_f64(value: f64) -> Number {
        if value.is_nan() {
            Number::NaN
        } else if value.is_infinite() {
            if value > 0.0 { Number::Infinity } else { Number::NegInfinity }
        } else {
            from_scientific(&format!("{value:.14e}"))
        }
    }

    /// The fraction, if this is an ordinary number.
    pub fn rational(&self) -> Option<&Rational> {
        match self {
            Number::Finite(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number, if this is one.
    pub fn whole(&self) -> Option<&BigInt> {
        self.rational().filter(|value| value.is_integer()).map(|value| value.numer())
    }

    /// Whether this is NaN.
    pub fn is_nan(&self) -> bool {
        matches!(self, Number::NaN)
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        self.rational().is_some_and(Zero::is_zero)
    }

    /// The nearest double; only for results that need not be exact.
    pub fn to_f64(&self) -> f64 {
        match self {
            Number::Finite(value) => nearest(value),
            Number::NaN => f64::NAN,
            Number::Infinity => f64::INFINITY,
            Number::NegInfinity => f64::NEG_INFINITY,
        }
    }

    /// The text form: whole numbers in full, others with at most 15 significant digits rounded half-up,
    /// never an exponent; `NaN`, `Infinity`, `-Infinity`.
    pub fn to_text(&self) -> String {
        match self {
            Number::Finite(value) => rational_text(value),
            Number::NaN => "NaN".to_owned(),
            Number::Infinity => "Infinity".to_owned(),
            Number::NegInfinity => "-Infinity".to_owned(),
        }
    }

    /// Exactly `places` decimals after a point, rounded half-up; None for NaN and the infinities.
    pub fn half_up(&self, places: u32) -> Option<String> {
        self.rational().map(|value| half_up(value, places))
    }

    /// Rounded half towards +∞ to `places` decimals; negative places round to tens, hundreds and so on.
    pub fn round(&self, places: i32) -> Number {
        self.map(|value| round(value, i64::from(places)))
    }

    /// Without its fraction, towards zero.
    pub fn truncate(&self) -> Number {
        self.map(|value| value.trunc())
    }

    /// The greatest whole number not above this one.
    pub fn floor(&self) -> Number {
        self.map(|value| value.floor())
    }

    /// Without its sign.
    pub fn abs(&self) -> Number {
        match self {
            Number::Finite(value) => Number::Finite(value.abs()),
            Number::NaN => Number::NaN,
            Number::Infinity | Number::NegInfinity => Number::Infinity,
        }
    }

    fn map(&self, change: impl FnOnce(&Rational) -> Rational) -> Number {
        match self {
            Number::Finite(value) => Number::new(change(value)),
            other => other.clone(),
        }
    }
}

impl From<Rational> for Number {
    fn from(value: Rational) -> Number {
        Number::new(value)
    }
}

impl From<BigInt> for Number {
    fn from(value: BigInt) -> Number {
        Number::new(Rational::from_integer(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number::Finite(Rational::from_integer(BigInt::from(value)))
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Number {
        Number::Finite(Rational::from_integer(BigInt::from(value)))
    }
}

impl From<usize> for Number {
    fn from(value: usize) -> Number {
        Number::Finite(Rational::from_integer(BigInt::from(value)))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.to_text())
    }
}
