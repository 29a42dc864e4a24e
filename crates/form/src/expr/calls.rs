//! The 41 functions. The parser has made sure that the number and the form of the arguments are right.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};
use num_traits::ToPrimitive;

use super::ast::{Call, Node, NodeKind};
use super::eval::{EvalError, Found, node, number, owned, truth};
use super::shape::literal_text;
use super::value::day_from_number;
use super::{Function, Scope, Value, texts};
use crate::number::Number;

/// Decimal places that `round` takes; beyond them the result is NaN.
pub(super) const MAX_PLACES: i32 = 12;

pub(super) fn call<'a>(call: &'a Call, scope: &'a dyn Scope) -> Found<'a> {
    let arguments = &call.arguments;
    match call.function {
        Function::If => node(&arguments[if truth(&arguments[0], scope)? { 1 } else { 2 }], scope),
        Function::Coalesce => coalesce(arguments, scope),
        Function::Not => Ok(owned(!truth(&arguments[0], scope)?)),
        Function::True => Ok(owned(true)),
        Function::False => Ok(owned(false)),
        Function::Boolean => Ok(owned(truth(&arguments[0], scope)?)),
        Function::Number => Ok(owned(number(&arguments[0], scope)?.into_owned())),
        Function::Int => Ok(owned(number(&arguments[0], scope)?.truncate())),
        Function::Abs => Ok(owned(number(&arguments[0], scope)?.abs())),
        Function::Round => round(arguments, scope),
        Function::Pow => Ok(owned(number(&arguments[0], scope)?.pow(&*number(&arguments[1], scope)?))),
        Function::Count => Ok(owned(Number::from(node(&arguments[0], scope)?.elements().len()))),
        Function::CountNonEmpty => count_non_empty(arguments, scope),
        Function::Sum => sum(arguments, scope),
        Function::Min => extreme(arguments, scope, std::cmp::Ordering::Less),
        Function::Max => extreme(arguments, scope, std::cmp::Ordering::Greater),
        Function::Regex => regex(call, scope),
        Function::Today => scope.today().map(owned).ok_or(EvalError::NoToday),
        Function::Date => date(&*node(&arguments[0], scope)?)
            .map(|day| day.map_or(Cow::Borrowed(Value::empty_ref()), owned)),
        Function::FormatDate => format_date(arguments, scope),
        Function::Position => {
            scope.position().map(|row| owned(Number::from(row))).ok_or(EvalError::NotInRepeat)
        }
        Function::ChoiceName => choice_name(arguments, scope),
        Function::IsUnknown => Ok(owned(reference(&arguments[0]).is_some_and(|name| scope.is_unknown(name)))),
        Function::Unit => Ok(owned(unit(arguments, scope))),
        Function::Previous => Ok(previous(arguments, scope)),
        _ => texts::call(call.function, arguments, scope),
    }
}

fn reference(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Reference(name) => Some(name),
        _ => None,
    }
}

fn coalesce<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let first = node(&arguments[0], scope)?;
    let nothing = match first.scalar() {
        Value::Text(text) => text.is_empty(),
        Value::Number(number) => number.is_nan(),
        _ => false,
    };
    if nothing { node(&arguments[1], scope) } else { Ok(first) }
}

fn round<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let value = number(&arguments[0], scope)?;
    let places = match arguments.get(1) {
        None => Some(0),
        Some(places) => number(places, scope)?.truncate().whole().and_then(ToPrimitive::to_i32),
    };
    let places = places.filter(|places| places.abs() <= MAX_PLACES);
    Ok(owned(places.map_or(Number::NaN, |places| value.round(places))))
}

fn count_non_empty<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let values = node(&arguments[0], scope)?;
    Ok(owned(Number::from(values.elements().iter().filter(|value| !value.is_empty()).count())))
}

fn sum<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let values = node(&arguments[0], scope)?;
    let answered = values.elements().iter().filter(|value| !value.is_empty());
    Ok(owned(answered.fold(Number::zero(), |total, value| &total + &*value.to_number())))
}

/// The least or greatest number of all arguments and their elements; empties are skipped, nothing left is empty.
fn extreme<'a>(arguments: &'a [Node], scope: &'a dyn Scope, wanted: std::cmp::Ordering) -> Found<'a> {
    let mut best: Option<Number> = None;
    for argument in arguments {
        let values = node(argument, scope)?;
        for value in values.elements().iter().filter(|value| !value.is_empty()) {
            let candidate = value.to_number();
            if candidate.is_nan() {
                return Ok(owned(Number::NaN));
            }
            if best.as_ref().is_none_or(|best| candidate.compare(best) == Some(wanted)) {
                best = Some(candidate.into_owned());
            }
        }
    }
    Ok(best.map_or(Cow::Borrowed(Value::empty_ref()), owned))
}

fn regex<'a>(call: &'a Call, scope: &'a dyn Scope) -> Found<'a> {
    let value = node(&call.arguments[0], scope)?;
    let matches = call.pattern.as_ref().is_some_and(|pattern| pattern.compiled.is_match(&value.to_text()));
    Ok(owned(matches))
}

/// The day that a value means; None for no answer and NaN.
fn date(value: &Value) -> Result<Option<NaiveDate>, EvalError> {
    let wrong = || EvalError::NotADate(value.to_text().into_owned());
    match value.scalar() {
        Value::Date(date) => Ok(Some(*date)),
        Value::Number(number) if number.is_nan() => Ok(None),
        Value::Number(number) => day_from_number(number).map(Some).ok_or_else(wrong),
        Value::Text(text) if text.trim().is_empty() => Ok(None),
        Value::Text(text) => iso_date(text.trim()).map(Some).ok_or_else(wrong),
        Value::Bool(_) | Value::List(_) => Err(wrong()),
    }
}

/// `2024-06-30` and nothing else.
pub(super) fn iso_date(text: &str) -> Option<NaiveDate> {
    let digits_at = |range: std::ops::Range<usize>| {
        text.get(range)
            .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse().ok())
    };
    let shape = text.len() == 10 && text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
    let year: u32 = digits_at(0..4).filter(|_| shape)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, digits_at(5..7)?, digits_at(8..10)?)
}

fn format_date<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let Some(day) = date(&*node(&arguments[0], scope)?)? else {
        return Ok(Cow::Borrowed(Value::empty_ref()));
    };
    let mut parts = literal_text(&arguments[1]).unwrap_or_default().split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut rest = part.chars();
        text.push_str(&date_part(day, rest.next()));
        text.push_str(rest.as_str());
    }
    Ok(owned(text.as_str()))
}

fn date_part(day: NaiveDate, code: Option<char>) -> String {
    match code {
        Some('Y') => format!("{:04}", day.year()),
        Some('y') => format!("{:02}", day.year().rem_euclid(100)),
        Some('m') => format!("{:02}", day.month()),
        Some('n') => day.month().to_string(),
        Some('d') => format!("{:02}", day.day()),
        Some('e') => day.day().to_string(),
        // The parser lets no other code through.
        other => other.map(String::from).unwrap_or_default(),
    }
}

/// The labels of the chosen answers, joined by a comma.
fn choice_name<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let chosen = node(&arguments[0], scope)?;
    let question = reference(&arguments[0]).unwrap_or_default();
    let chosen = chosen.to_text();
    let label = |choice| scope.choice_label(question, choice).unwrap_or(Cow::Borrowed(choice));
    let labels: Vec<Cow<'_, str>> = chosen.split_ascii_whitespace().map(label).collect();
    Ok(owned(labels.join(", ").as_str()))
}

fn unit(arguments: &[Node], scope: &dyn Scope) -> Value {
    let attribute = literal_text(&arguments[0]).unwrap_or_default();
    scope.unit(attribute).map_or_else(Value::empty, |text| Value::Text(text.into_owned()))
}

fn previous<'a>(arguments: &'a [Node], scope: &'a dyn Scope) -> Cow<'a, Value> {
    let value = reference(&arguments[0]).and_then(|name| scope.previous(name));
    value.unwrap_or(Cow::Borrowed(Value::empty_ref()))
}
