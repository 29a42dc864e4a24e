//! Functions on texts and on the names of chosen answers.

use std::collections::HashMap;

use num_traits::ToPrimitive;

use super::ast::Node;
use super::eval::{EvalError, Found, node, number, owned};
use super::{Function, Scope, Value};
use crate::number::Number;

/// The white space of the language: Java's, so that a no-break space is a character like any other.
const SPACES: [char; 6] = [' ', '\t', '\n', '\u{b}', '\u{c}', '\r'];

pub(super) fn call<'a>(function: Function, arguments: &'a [Node], scope: &'a dyn Scope) -> Found<'a> {
    let text = |index: usize| text(&arguments[index], scope);
    let value = match function {
        Function::Selected => Value::Bool(selected(&text(0)?, &text(1)?)),
        Function::CountSelected => Value::Number(Number::from(chosen(&text(0)?).count())),
        Function::SelectedAt => selected_at(&text(0)?, &*number(&arguments[1], scope)?),
        Function::BooleanFromString => {
            let text = text(0)?;
            Value::Bool(text == "1" || text.eq_ignore_ascii_case("true"))
        }
        Function::StringLength => Value::Number(Number::from(text(0)?.chars().count())),
        Function::Contains => Value::Bool(text(0)?.contains(&text(1)?)),
        Function::StartsWith => Value::Bool(text(0)?.starts_with(&text(1)?)),
        Function::EndsWith => Value::Bool(text(0)?.ends_with(&text(1)?)),
        Function::SubstringBefore => {
            Value::from(text(0)?.split_once(&text(1)?).map_or("", |(before, _)| before))
        }
        Function::SubstringAfter => {
            Value::from(text(0)?.split_once(&text(1)?).map_or("", |(_, after)| after))
        }
        Function::Translate => Value::Text(translate(&text(0)?, &text(1)?, &text(2)?)),
        Function::NormalizeSpace => Value::Text(normalize_space(&text(0)?)),
        Function::Substr => substr(arguments, scope)?,
        Function::Concat => Value::Text(all_texts(arguments, scope)?.concat()),
        Function::Join => Value::Text(all_texts(&arguments[1..], scope)?.join(&text(0)?)),
        // `string`; every other function is answered by the caller.
        _ => Value::Text(text(0)?),
    };
    Ok(owned(value))
}

fn text(part: &Node, scope: &dyn Scope) -> Result<String, EvalError> {
    node(part, scope).map(|value| value.to_text().into_owned())
}

/// The texts of all arguments; a repeat gives one per row.
fn all_texts(arguments: &[Node], scope: &dyn Scope) -> Result<Vec<String>, EvalError> {
    let mut texts = Vec::new();
    for argument in arguments {
        let value = node(argument, scope)?;
        texts.extend(value.elements().iter().map(|element| element.to_text().into_owned()));
    }
    Ok(texts)
}

fn chosen(text: &str) -> impl Iterator<Item = &str> {
    text.split(SPACES).filter(|name| !name.is_empty())
}

/// Whether `name`, trimmed, is among the chosen ones; the empty name is when nothing is chosen.
fn selected(text: &str, name: &str) -> bool {
    let name = name.trim_matches(SPACES);
    if name.is_empty() { chosen(text).next().is_none() } else { chosen(text).any(|one| one == name) }
}

fn selected_at(text: &str, index: &Number) -> Value {
    let index = index.truncate().whole().and_then(ToPrimitive::to_usize);
    Value::from(index.and_then(|index| chosen(text).nth(index)).unwrap_or_default())
}

/// Each character of `from` becomes the one at the same place in `to`, or vanishes when `to` is shorter.
fn translate(text: &str, from: &str, to: &str) -> String {
    // Filled backwards, so that the first place of a repeated character counts.
    let places: Vec<char> = from.chars().collect();
    let changed: Vec<char> = to.chars().collect();
    let changes: HashMap<char, Option<char>> =
        places.iter().enumerate().rev().map(|(index, c)| (*c, changed.get(index).copied())).collect();
    text.chars().filter_map(|c| changes.get(&c).copied().unwrap_or(Some(c))).collect()
}

fn normalize_space(text: &str) -> String {
    chosen(text).collect::<Vec<_>>().join(" ")
}

/// Characters from the first place up to but not including the second; negative places count from the end.
fn substr(arguments: &[Node], scope: &dyn Scope) -> Result<Value, EvalError> {
    let characters: Vec<char> = text(&arguments[0], scope)?.chars().collect();
    let place = |argument: &Node| {
        Ok(number(argument, scope)?.truncate().whole().map(|place| clamp(place, &characters)))
    };
    let from = place(&arguments[1])?;
    let to = arguments.get(2).map_or(Ok(Some(characters.len())), place)?;
    let part = from.zip(to).and_then(|(from, to)| characters.get(from..to));
    Ok(Value::Text(part.unwrap_or_default().iter().collect()))
}

fn clamp(place: &num_bigint::BigInt, characters: &[char]) -> usize {
    let length = i64::try_from(characters.len()).unwrap_or(i64::MAX);
    let far = if place.sign() == num_bigint::Sign::Minus { i64::MIN } else { i64::MAX };
    let place = place.to_i64().unwrap_or(far);
    let place = if place < 0 { place.saturating_add(length) } else { place };
    usize::try_from(place.clamp(0, length)).unwrap_or(0)
}
