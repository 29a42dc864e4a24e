//! Numbers of answers, expressions and measures: exact rationals, with NaN and the two infinities that division needs.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

/// An exact fraction in lowest terms.
pub type Rational = BigRational;

/// A numerator or denominator longer than this makes the result NaN, so that no expression can grow without bound.
const MAX_BITS: u64 = 2_048;
/// No numeral of at most [`MAX_BITS`] bits on both sides of the point is longer.
const MAX_NUMERAL: usize = 1_300;
/// Digits kept when a number that is not whole is written as text.
const SIGNIFICANT: i64 = 15;
/// Whole exponents up to this (either sign) are computed exactly.
const MAX_EXACT_EXPONENT: i64 = 64;

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
            Number::Finite(value) => value.to_f64().unwrap_or(f64::NAN),
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

    /// The language's order and equality: None as soon as one side is NaN.
    pub fn compare(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::NaN, _) | (_, Number::NaN) => None,
            (Number::Finite(a), Number::Finite(b)) => Some(a.cmp(b)),
            _ => Some(self.rank().cmp(&other.rank())),
        }
    }

    /// `self div other`; division of a non-zero number by zero is infinite, `0 div 0` is NaN.
    pub fn div(&self, other: &Number) -> Number {
        match (self, other) {
            (Number::Finite(a), Number::Finite(b)) if !b.is_zero() => Number::new(a / b),
            (Number::Finite(a), Number::Finite(_)) => infinite(sign_of(a)),
            (Number::Finite(_), Number::Infinity | Number::NegInfinity) => Number::zero(),
            (Number::Infinity | Number::NegInfinity, Number::Finite(b)) => {
                infinite(self.rank() * if b.is_negative() { -1 } else { 1 })
            }
            _ => Number::NaN,
        }
    }

    /// `self mod other`: the remainder of division towards zero, with the sign of `self`.
    pub fn modulo(&self, other: &Number) -> Number {
        match (self, other) {
            (Number::Finite(a), Number::Finite(b)) if !b.is_zero() => Number::new(a - b * (a / b).trunc()),
            (Number::Finite(_), Number::Infinity | Number::NegInfinity) => self.clone(),
            _ => Number::NaN,
        }
    }

    /// `self` to the power of `exponent`: exact for whole exponents up to ±64, otherwise what doubles give,
    /// rounded to 15 digits.
    pub fn pow(&self, exponent: &Number) -> Number {
        if self.is_nan() || exponent.is_nan() {
            return Number::NaN;
        }
        let whole = exponent.whole().and_then(ToPrimitive::to_i64).filter(|n| n.abs() <= MAX_EXACT_EXPONENT);
        match (self, whole) {
            (Number::Finite(base), Some(n)) => exact_pow(base, n),
            _ => Number::from_f64(self.to_f64().powf(exponent.to_f64())),
        }
    }

    fn map(&self, change: impl FnOnce(&Rational) -> Rational) -> Number {
        match self {
            Number::Finite(value) => Number::new(change(value)),
            other => other.clone(),
        }
    }

    /// Where the infinities stand relative to every finite number.
    fn rank(&self) -> i8 {
        match self {
            Number::Infinity => 1,
            Number::NegInfinity => -1,
            Number::Finite(_) | Number::NaN => 0,
        }
    }
}

fn exact_pow(base: &Rational, exponent: i64) -> Number {
    if base.is_zero() && exponent < 0 {
        return Number::Infinity;
    }
    let size = base.numer().bits().max(base.denom().bits());
    // 64 times the longest numeral is at most 131 072 bits: quick, but pointless to compute when it cannot be kept.
    if base.numer().bits() > 1 && size.saturating_sub(1) * exponent.unsigned_abs() > MAX_BITS {
        return Number::NaN;
    }
    let exponent = i32::try_from(exponent).expect("at most 64, checked by the caller");
    Number::new(Pow::pow(base, exponent))
}

fn sign_of(value: &Rational) -> i8 {
    match value.numer().sign() {
        Sign::Minus => -1,
        Sign::NoSign => 0,
        Sign::Plus => 1,
    }
}

fn infinite(sign: i8) -> Number {
    match sign.cmp(&0) {
        Ordering::Less => Number::NegInfinity,
        Ordering::Equal => Number::NaN,
        Ordering::Greater => Number::Infinity,
    }
}

impl std::ops::Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        match (self, other) {
            (Number::Finite(a), Number::Finite(b)) => Number::new(a + b),
            (Number::NaN, _) | (_, Number::NaN) => Number::NaN,
            (Number::Infinity, Number::NegInfinity) | (Number::NegInfinity, Number::Infinity) => Number::NaN,
            (Number::Finite(_), endless) | (endless, _) => endless.clone(),
        }
    }
}

impl std::ops::Sub for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        self + &-other
    }
}

impl std::ops::Mul for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        match (self, other) {
            (Number::Finite(a), Number::Finite(b)) => Number::new(a * b),
            (Number::NaN, _) | (_, Number::NaN) => Number::NaN,
            _ => infinite(self.direction() * other.direction()),
        }
    }
}

impl std::ops::Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match self {
            Number::Finite(value) => Number::Finite(-value),
            Number::NaN => Number::NaN,
            Number::Infinity => Number::NegInfinity,
            Number::NegInfinity => Number::Infinity,
        }
    }
}

impl Number {
    fn direction(&self) -> i8 {
        self.rational().map_or_else(|| self.rank(), sign_of)
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

/// Exactly `places` decimals after a point, rounded half towards +∞: `half_up(2/3, 2)` is `0.67`.
pub fn half_up(value: &Rational, places: u32) -> String {
    let (negative, digits) = scaled_digits(value, i64::from(places));
    point(negative, &digits, places as usize)
}

/// Rounded half towards +∞ to `places` decimals (negative: tens, hundreds, ...), as a fraction.
pub fn round(value: &Rational, places: i64) -> Rational {
    let scale = power_of_ten(places);
    (value * &scale + half()).floor() / scale
}

/// A plain decimal numeral with an optional minus; None when `text` is anything else or too long.
pub(crate) fn parse_decimal(text: &str) -> Option<Rational> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits_only = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if unsigned.len() > MAX_NUMERAL || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if !digits_only(whole) || !digits_only(fraction) {
        return None;
    }
    let digits = BigInt::from_str(&format!("{whole}{fraction}")).ok()?;
    let value = Rational::new(digits, ten_to(fraction.len() as u64));
    Some(if negative { -value } else { value })
}

fn from_scientific(text: &str) -> Number {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    match (parse_decimal(mantissa), exponent.parse::<i64>()) {
        (Some(mantissa), Ok(exponent)) => Number::new(mantissa * power_of_ten(exponent)),
        _ => Number::NaN,
    }
}

fn rational_text(value: &Rational) -> String {
    if value.is_integer() {
        return value.numer().to_string();
    }
    let places = SIGNIFICANT - 1 - magnitude(value);
    if places <= 0 {
        return round(value, places).numer().to_string();
    }
    let places = usize::try_from(places).expect("positive, checked above");
    let (negative, digits) = scaled_digits(value, places as i64);
    let text = point(negative, &digits, places);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The exponent of the first significant digit: 0 for 5, 2 for 123.4, -1 for 0.5. `value` is not zero.
fn magnitude(value: &Rational) -> i64 {
    let digits = |part: &BigInt| part.magnitude().to_string().len() as i64;
    let guess = digits(value.numer()) - digits(value.denom());
    if value.abs() < power_of_ten(guess) { guess - 1 } else { guess }
}

/// `value` times ten to `places`, rounded half-up: its sign and its digits.
fn scaled_digits(value: &Rational, places: i64) -> (bool, String) {
    let scaled = (value * power_of_ten(places) + half()).floor().to_integer();
    (scaled.is_negative(), scaled.magnitude().to_string())
}

fn point(negative: bool, digits: &str, places: usize) -> String {
    let sign = if negative { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{fraction}")
}

fn half() -> Rational {
    Rational::new(BigInt::one(), BigInt::from(2))
}

fn ten_to(exponent: u64) -> BigInt {
    Pow::pow(BigInt::from(10), exponent)
}

fn power_of_ten(exponent: i64) -> Rational {
    let power = ten_to(exponent.unsigned_abs());
    if exponent < 0 { Rational::new_raw(BigInt::one(), power) } else { Rational::from_integer(power) }
}

/// The last two decimal digits, by which Polish chooses the form of a noun.
pub(crate) fn last_two_digits(value: &BigInt) -> u8 {
    value.abs().mod_floor(&BigInt::from(100)).to_u8().unwrap_or(0)
}

/// Written as the exact fraction (`"1/3"`, `"5"`), so that nothing is lost by storing it.
impl serde::Serialize for Number {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Number::Finite(value) => serializer.collect_str(value),
            other => serializer.collect_str(&other.to_text()),
        }
    }
}

impl<'de> serde::Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Number, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "NaN" => Ok(Number::NaN),
            "Infinity" => Ok(Number::Infinity),
            "-Infinity" => Ok(Number::NegInfinity),
            exact => Rational::from_str(exact).map(Number::new).map_err(serde::de::Error::custom),
        }
    }
}
