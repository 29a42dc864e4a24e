//! Numbers as texts: reading decimal numerals, rounding and writing.

use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive};

use super::{Number, Rational};

/// No numeral of at most 2 048 bits on both sides of the point is longer.
const MAX_NUMERAL: usize = 1_300;
/// Digits kept when a number that is not whole is written as text.
const SIGNIFICANT: i64 = 15;

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

pub(super) fn from_scientific(text: &str) -> Number {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    match (parse_decimal(mantissa), exponent.parse::<i64>()) {
        (Some(mantissa), Ok(exponent)) => Number::new(mantissa * power_of_ten(exponent)),
        _ => Number::NaN,
    }
}

pub(super) fn rational_text(value: &Rational) -> String {
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
