//! Arithmetic with NaN and the infinities.

use std::cmp::Ordering;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::Sign;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

use super::{MAX_BITS, Number, Rational};

/// Whole exponents up to this (either sign) are computed exactly.
const MAX_EXACT_EXPONENT: i64 = 64;

impl Number {
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

    fn direction(&self) -> i8 {
        self.rational().map_or_else(|| self.rank(), sign_of)
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
    // Not worth computing when it cannot be kept.
    if size.saturating_sub(1) * exponent.unsigned_abs() > MAX_BITS {
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

impl Add for &Number {
    type Output = Number;
    fn add(self, other: &Number) -> Number {
        match (self, other) {
            // Most numbers are whole, and a sum of fractions looks for a common divisor.
            (Number::Finite(a), Number::Finite(b)) if a.is_integer() && b.is_integer() => {
                Number::from(a.numer() + b.numer())
            }
            (Number::Finite(a), Number::Finite(b)) => Number::new(a + b),
            (Number::NaN, _) | (_, Number::NaN) => Number::NaN,
            (Number::Infinity, Number::NegInfinity) | (Number::NegInfinity, Number::Infinity) => Number::NaN,
            (Number::Finite(_), endless) | (endless, _) => endless.clone(),
        }
    }
}

impl Sub for &Number {
    type Output = Number;
    fn sub(self, other: &Number) -> Number {
        self + &-other
    }
}

impl Mul for &Number {
    type Output = Number;
    fn mul(self, other: &Number) -> Number {
        match (self, other) {
            (Number::Finite(a), Number::Finite(b)) if a.is_integer() && b.is_integer() => {
                Number::from(a.numer() * b.numer())
            }
            (Number::Finite(a), Number::Finite(b)) => Number::new(a * b),
            (Number::NaN, _) | (_, Number::NaN) => Number::NaN,
            _ => infinite(self.direction() * other.direction()),
        }
    }
}

impl Neg for &Number {
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
