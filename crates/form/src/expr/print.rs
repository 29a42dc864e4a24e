//! Trees to text: parsing the text again gives the same tree.

use std::fmt::{self, Display, Formatter};

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::One;

use super::ast::{Call, Node, NodeKind};
use super::{Function, Value};
use crate::number::{Number, Rational, half_up};

/// How tightly a part holds together: the level of its operators, tighter than all of them for everything else.
fn level(node: &Node) -> u8 {
    match &node.kind {
        NodeKind::Chain(_, rest) => rest.first().map_or(SOLID, |(operator, _)| operator.level()),
        NodeKind::Negate(_) => SIGNED,
        _ => SOLID,
    }
}

const SIGNED: u8 = 6;
const SOLID: u8 = 7;

impl Display for Node {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::Literal(value) => literal(value, out),
            NodeKind::Reference(name) => write!(out, "${{{name}}}"),
            NodeKind::This => out.write_str("."),
            NodeKind::Column(name) => out.write_str(name),
            NodeKind::Negate(inner) => {
                out.write_str("-")?;
                part(inner, SIGNED, out)
            }
            NodeKind::Chain(first, rest) => {
                let tighter = level(self) + 1;
                part(first, tighter, out)?;
                rest.iter().try_for_each(|(operator, node)| {
                    write!(out, " {} ", operator.sign())?;
                    part(node, tighter, out)
                })
            }
            NodeKind::Call(inner) => call(inner, out),
        }
    }
}

/// A part that must hold together at least as tightly as `least`, otherwise it needs parentheses.
fn part(node: &Node, least: u8, out: &mut Formatter<'_>) -> fmt::Result {
    if level(node) >= least { write!(out, "{node}") } else { write!(out, "({node})") }
}

fn call(call: &Call, out: &mut Formatter<'_>) -> fmt::Result {
    if call.function == Function::Position {
        return out.write_str("position(..)");
    }
    write!(out, "{}(", call.function.name())?;
    for (index, argument) in call.arguments.iter().enumerate() {
        let separator = if index > 0 { ", " } else { "" };
        write!(out, "{separator}{argument}")?;
    }
    out.write_str(")")
}

/// Literals are plain decimal numerals and texts that do not hold both kinds of quotation marks.
fn literal(value: &Value, out: &mut Formatter<'_>) -> fmt::Result {
    match value {
        Value::Number(Number::Finite(number)) => out.write_str(&exact(number)),
        Value::Text(text) if text.contains('\'') => write!(out, "\"{text}\""),
        other => write!(out, "'{}'", other.to_text()),
    }
}

/// All digits of a number that was read from a decimal numeral.
fn exact(number: &Rational) -> String {
    let mut denominator = number.denom().clone();
    let (mut twos, mut fives) = (0, 0);
    divide_out(&mut denominator, 2, &mut twos);
    divide_out(&mut denominator, 5, &mut fives);
    half_up(number, twos.max(fives))
}

fn divide_out(value: &mut BigInt, prime: u8, times: &mut u32) {
    let prime = BigInt::from(prime);
    while !value.is_one() {
        let (quotient, remainder) = value.div_rem(&prime);
        if remainder != BigInt::ZERO {
            return;
        }
        *value = quotient;
        *times += 1;
    }
}
