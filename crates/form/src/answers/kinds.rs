//! Reading one text as the kind of answer that is asked for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::ProblemKind;
use crate::expr::Value;
use crate::model::{ChoiceList, Kind};
use crate::number::{Number, Rational};
use crate::polish::{DateTrouble, NumberTrouble, read_date, read_number};

/// Stands for an empty place before a filled one of a rank that cannot be read.
const GAP: &str = "–";

/// Why a text cannot be read.
pub(super) struct Trouble {
    pub(super) kind: ProblemKind,
    pub(super) message: String,
}

type Found = Result<Option<Value>, Trouble>;

/// Reads a text that is not empty; none is "don't know".
pub(super) fn read(kind: &Kind, list: Option<&ChoiceList>, max: Option<u32>, text: &str) -> Found {
    let empty = ChoiceList { name: String::new(), choices: Vec::new() };
    let list = || list.unwrap_or(&empty);
    match kind {
        Kind::Text | Kind::Note | Kind::Calculate => Ok(Some(Value::text(text))),
        Kind::Integer => integer(text),
        Kind::Decimal => number(text).map(|number| Some(Value::Number(Number::new(number)))),
        Kind::Date => date(text),
        Kind::SelectOne(_) => one(list(), text),
        Kind::SelectMultiple(_) => multiple(list(), text),
        Kind::Rank(_) => rank(list(), max, text),
        Kind::Acknowledge => acknowledge(text),
    }
}

/// What is wrong with a default, in Polish.
pub(crate) fn read_default(
    kind: &Kind,
    list: Option<&std::sync::Arc<ChoiceList>>,
    text: &str,
) -> Option<String> {
    if kind.list().is_some() && list.is_none() {
        return None;
    }
    read(kind, list.map(AsRef::as_ref), None, text).err().map(|trouble| trouble.message)
}

/// The choices of a rank in their order, joined by a space: `q.1`, `q.2`, ...; or the text of `q` itself.
pub(super) fn rank_places<'a>(name: &str, fields: &'a BTreeMap<String, String>) -> Option<Cow<'a, str>> {
    let prefix = format!("{name}.");
    let mut places: Vec<(usize, &str)> = Vec::new();
    for (key, text) in fields.range(prefix.clone()..).take_while(|(key, _)| key.starts_with(&prefix)) {
        if let (Ok(place), false) = (key[prefix.len()..].parse(), text.trim().is_empty()) {
            places.push((place, text.trim()));
        }
    }
    places.sort_unstable();
    let Some((last, _)) = places.last().copied().filter(|(last, _)| *last <= 999) else {
        return fields.get(name).map(|text| Cow::Borrowed(text.trim())).filter(|text| !text.is_empty());
    };
    let place =
        |wanted: usize| places.iter().find(|(place, _)| *place == wanted).map_or(GAP, |(_, text)| *text);
    Some(Cow::Owned((1..=last).map(place).collect::<Vec<_>>().join(" ")))
}

fn trouble(kind: ProblemKind, message: impl Into<String>) -> Trouble {
    Trouble { kind, message: message.into() }
}

fn unreadable(message: impl Into<String>) -> Trouble {
    trouble(ProblemKind::Unreadable, message)
}

fn number(text: &str) -> Result<Rational, Trouble> {
    if let Some(small) = small(text) {
        return Ok(small);
    }
    read_number(text).map_err(|found| unreadable(number_message(text, &found)))
}

/// Most numbers are a few digits, which need no reader of people's spelling: recounts read millions of them.
fn small(text: &str) -> Option<Rational> {
    let digits = text.len() <= 18 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = digits.then(|| text.parse().ok())??;
    Some(Rational::from_integer(number.into()))
}

fn number_message(text: &str, found: &NumberTrouble) -> String {
    match found {
        NumberTrouble::Ambiguous { thousands, fraction } => {
            let fraction = fraction.trim_end_matches('0').trim_end_matches(',');
            format!(
                "Nie wiemy, czy „{text}” to {thousands}, czy {fraction}. Proszę wpisać liczbę bez kropki."
            )
        }
        NumberTrouble::Grouping => {
            format!("W liczbie „{text}” spacje nie dzielą cyfr po trzy. Proszę wpisać ją bez spacji.")
        }
        NumberTrouble::Exponent => {
            format!("Proszę wpisać liczbę „{text}” zwykłymi cyframi, na przykład 1200.")
        }
        NumberTrouble::TooLong => {
            "Ta liczba jest za długa. Proszę sprawdzić, czy nie ma w niej zbędnych cyfr.".to_owned()
        }
        NumberTrouble::Empty | NumberTrouble::NotANumber => {
            format!("„{text}” nie jest liczbą. Proszę wpisać same cyfry, na przykład 1200 albo 12,5.")
        }
    }
}

fn integer(text: &str) -> Found {
    let number = number(text)?;
    if !number.is_integer() {
        return Err(unreadable(format!(
            "Potrzebna jest liczba całkowita, a wpisano „{text}”. Proszę wpisać ją bez przecinka."
        )));
    }
    Ok(Some(Value::Number(Number::new(number))))
}

fn date(text: &str) -> Found {
    read_date(text).map(|date| Some(Value::Date(date))).map_err(|found| {
        unreadable(match found {
            DateTrouble::NoSuchDay => {
                format!("W kalendarzu nie ma dnia „{text}”. Proszę sprawdzić dzień i miesiąc.")
            }
            DateTrouble::Empty | DateTrouble::Shape => {
                format!("„{text}” nie jest datą. Proszę wpisać ją w postaci 14.02.2025 albo 2025-02-14.")
            }
        })
    })
}

fn acknowledge(text: &str) -> Found {
    match text {
        "OK" => Ok(Some(Value::text("OK"))),
        _ => Err(unreadable("Tego pola nie można odczytać. Proszę je zaznaczyć jeszcze raz.")),
    }
}

fn unknown_choice(name: &str) -> Trouble {
    let message = format!("Na liście nie ma odpowiedzi „{name}”. Proszę wybrać odpowiedź jeszcze raz.");
    trouble(ProblemKind::UnknownChoice, message)
}

fn one(list: &ChoiceList, text: &str) -> Found {
    let choice = list.choice(text).ok_or_else(|| unknown_choice(text))?;
    Ok((!choice.dont_know).then(|| Value::text(text)))
}

/// Names in the order of the list.
fn multiple(list: &ChoiceList, text: &str) -> Found {
    let mut places = Vec::new();
    for name in text.split_whitespace() {
        places.push(list.place_of(name).ok_or_else(|| unknown_choice(name))?);
    }
    places.sort_unstable();
    places.dedup();
    let choices: Vec<_> = places.into_iter().map(|place| &list.choices[place]).collect();
    if let ([_, _, ..], Some(alone)) =
        (&choices[..], choices.iter().find(|choice| choice.exclusive || choice.dont_know))
    {
        let message = format!(
            "Odpowiedzi „{}” nie można zaznaczyć razem z innymi. Proszę zostawić ją samą albo ją odznaczyć.",
            alone.label.plain()
        );
        return Err(trouble(ProblemKind::Exclusive, message));
    }
    if choices.iter().any(|choice| choice.dont_know) {
        return Ok(None);
    }
    let names: Vec<&str> = choices.iter().map(|choice| choice.name.as_str()).collect();
    Ok(Some(Value::text(names.join(" "))))
}

fn rank(list: &ChoiceList, max: Option<u32>, text: &str) -> Found {
    let names: Vec<&str> = text.split_whitespace().collect();
    if names.contains(&GAP) {
        let message = "Pominięto miejsce w kolejności. Proszę wypełniać miejsca po kolei, od pierwszego.";
        return Err(trouble(ProblemKind::RankGap, message));
    }
    for (place, name) in names.iter().enumerate() {
        let choice = list.choice(name).ok_or_else(|| unknown_choice(name))?;
        if names[..place].contains(name) {
            let message = format!(
                "Odpowiedź „{}” stoi na dwóch miejscach. Proszę wybrać ją raz.",
                choice.label.plain()
            );
            return Err(trouble(ProblemKind::RankTwice, message));
        }
        if (choice.dont_know || choice.exclusive) && names.len() > 1 {
            let message = format!("Odpowiedzi „{}” nie można wybrać razem z innymi.", choice.label.plain());
            return Err(trouble(ProblemKind::Exclusive, message));
        }
    }
    if names.iter().any(|name| list.choice(name).is_some_and(|choice| choice.dont_know)) {
        return Ok(None);
    }
    if let Some(max) = max.filter(|max| names.len() > *max as usize) {
        let message = format!("Jest więcej miejsc niż {max}. Proszę zostawić najważniejsze.");
        return Err(unreadable(message));
    }
    Ok(Some(Value::text(names.join(" "))))
}
