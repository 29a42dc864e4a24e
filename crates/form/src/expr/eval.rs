//! Evaluation: operators, laziness, and the way from names to values.

use std::borrow::Cow;

use super::ast::{Node, NodeKind, Operator};
use super::{Expr, Scope, Value, calls};
use crate::number::Number;

/// Why an expression has no value. Callers in forms treat it as no answer (a condition: as false).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// The scope does not know the name.
    #[error("nie ma wartości o nazwie „{0}”")]
    UnknownName(String),
    /// `.` where there is no candidate value.
    #[error("kropka (.) nie ma tu wartości")]
    NoCandidate,
    /// A column of a choice list outside a choice filter.
    #[error("kolumna „{0}” nie ma tu wartości")]
    NoColumn(String),
    /// `position(..)` outside a repeat.
    #[error("position(..) działa tylko we wpisie listy")]
    NotInRepeat,
    /// `today()` where no day was given.
    #[error("nie podano dzisiejszej daty")]
    NoToday,
    /// `date()` of something that is no day of the calendar.
    #[error("„{0}” nie jest datą w postaci RRRR-MM-DD")]
    NotADate(String),
}

/// The value of an expression. Never panics and never loops; the cost is bounded by the length of the expression and
/// of the values it reads.
pub fn eval(expr: &Expr, scope: &dyn Scope) -> Result<Value, EvalError> {
    node(expr.root(), scope).map(Cow::into_owned)
}

/// Whether a condition holds; what [`eval`] gives, as a truth value, without copying it.
pub fn eval_condition(expr: &Expr, scope: &dyn Scope) -> Result<bool, EvalError> {
    truth(expr.root(), scope)
}

pub(super) type Found<'a> = Result<Cow<'a, Value>, EvalError>;

pub(super) fn node<'a>(node: &'a Node, scope: &'a dyn Scope) -> Found<'a> {
    match &node.kind {
        NodeKind::Literal(value) => Ok(Cow::Borrowed(value)),
        NodeKind::Reference(name) => scope.value(name).ok_or_else(|| EvalError::UnknownName(name.clone())),
        NodeKind::This => scope.this().ok_or(EvalError::NoCandidate),
        NodeKind::Column(name) => match scope.column(name) {
            Some(text) => Ok(Cow::Owned(Value::Text(text.into_owned()))),
            None => Err(EvalError::NoColumn(name.clone())),
        },
        NodeKind::Negate(inner) => Ok(owned(-&*number(inner, scope)?)),
        NodeKind::Chain(first, rest) => chain(first, rest, scope),
        NodeKind::Call(call) => calls::call(call, scope),
    }
}

pub(super) fn owned<'a>(value: impl Into<Value>) -> Cow<'a, Value> {
    Cow::Owned(value.into())
}

pub(super) fn truth(part: &Node, scope: &dyn Scope) -> Result<bool, EvalError> {
    // Conditions are mostly single comparisons, evaluated for every response: no value is built for their result.
    if let NodeKind::Chain(first, rest) = &part.kind {
        match &rest[..] {
            [(operator @ (Operator::Or | Operator::And), _), ..] => {
                return until(*operator == Operator::Or, first, rest, scope);
            }
            [(operator, right)] if operator.is_comparison() => {
                return Ok(compare(*operator, &*node(first, scope)?, &*node(right, scope)?));
            }
            _ => {}
        }
    }
    node(part, scope).map(|value| value.to_bool())
}

pub(super) fn number<'a>(part: &'a Node, scope: &'a dyn Scope) -> Result<Cow<'a, Number>, EvalError> {
    node(part, scope).map(into_number)
}

fn into_number(value: Cow<'_, Value>) -> Cow<'_, Number> {
    match value {
        Cow::Borrowed(value) => value.to_number(),
        Cow::Owned(Value::Number(number)) => Cow::Owned(number),
        Cow::Owned(value) => Cow::Owned(value.to_number().into_owned()),
    }
}

/// All operators of a chain have one level, so the first tells which kind of chain it is.
fn chain<'a>(first: &'a Node, rest: &'a [(Operator, Node)], scope: &'a dyn Scope) -> Found<'a> {
    match rest.first().map(|(operator, _)| *operator) {
        Some(stop @ (Operator::Or | Operator::And)) => {
            until(stop == Operator::Or, first, rest, scope).map(owned)
        }
        _ => rest.iter().try_fold(node(first, scope)?, |left, (operator, right)| {
            Ok(binary(*operator, left, node(right, scope)?))
        }),
    }
}

/// `or` stops at the first true operand, `and` at the first false one.
fn until(stop: bool, first: &Node, rest: &[(Operator, Node)], scope: &dyn Scope) -> Result<bool, EvalError> {
    for operand in std::iter::once(first).chain(rest.iter().map(|(_, operand)| operand)) {
        if truth(operand, scope)? == stop {
            return Ok(stop);
        }
    }
    Ok(!stop)
}

fn binary<'a>(operator: Operator, left: Cow<'a, Value>, right: Cow<'a, Value>) -> Cow<'a, Value> {
    let (a, b) = (|| left.to_number(), || right.to_number());
    match operator {
        Operator::Or => owned(left.to_bool() || right.to_bool()),
        Operator::And => owned(left.to_bool() && right.to_bool()),
        Operator::Add => owned(&*a() + &*b()),
        Operator::Subtract => owned(&*a() - &*b()),
        Operator::Multiply => owned(&*a() * &*b()),
        Operator::Divide => owned(a().div(&b())),
        Operator::Modulo => owned(a().modulo(&b())),
        _ => owned(compare(operator, &left, &right)),
    }
}

/// A comparison; false for every other operator, of which there are none here.
fn compare(operator: Operator, left: &Value, right: &Value) -> bool {
    let order = || left.to_number().compare(&right.to_number());
    match operator {
        Operator::Equal => left.equals(right),
        Operator::NotEqual => !left.equals(right),
        Operator::Less => order().is_some_and(|order| order.is_lt()),
        Operator::LessOrEqual => order().is_some_and(|order| order.is_le()),
        Operator::Greater => order().is_some_and(|order| order.is_gt()),
        Operator::GreaterOrEqual => order().is_some_and(|order| order.is_ge()),
        _ => false,
    }
}
