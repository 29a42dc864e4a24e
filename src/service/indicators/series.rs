//! From the entries that hold to the values and the numbers beside them.

use std::collections::BTreeMap;

use form::number::Rational;
use form::polish;
use survey::programme::{BesideOf, BesideRole, Indicator, IndicatorVersion};
use tally::indicator::{Beside, Part, Role, Span, Value};

use super::Entry;

/// What a part is called: by the newest version that knows it.
pub(super) fn part_name(declared: &Indicator, code: &str) -> String {
    if code.is_empty() {
        return String::new();
    }
    let known = declared.versions.iter().rev().find_map(|version| {
        let part = version.part(code).map(|part| &part.name);
        part.or_else(|| version.beside(code).map(|beside| &beside.name))
    });
    known.map_or_else(|| code.to_owned(), Clone::clone)
}

/// Whether entries of this code are compared, not summed.
pub(super) fn is_beside(declared: &Indicator, code: &str) -> bool {
    declared.versions.iter().any(|version| version.beside(code).is_some())
}

/// The values that hold, by span; parts in the order of their declaration.
pub(super) fn values(declared: &Indicator, history: &[Entry]) -> Vec<Value> {
    let mut spans: BTreeMap<Span, Vec<&Entry>> = BTreeMap::new();
    for entry in history.iter().filter(|entry| entry.current && !is_beside(declared, &entry.row.part)) {
        spans.entry(entry.span).or_default().push(entry);
    }
    spans.into_iter().map(|(span, entries)| value(declared, span, &entries)).collect()
}

fn value(declared: &Indicator, span: Span, entries: &[&Entry]) -> Value {
    let whole = entries.iter().any(|entry| entry.row.part.is_empty());
    let version = declared.at(span.to()).or_else(|| declared.versions.first());
    let expected = version.map_or(&[][..], |version| &version.parts);
    let missing = expected.iter().filter(|part| entries.iter().all(|entry| entry.row.part != part.code));
    let missing = missing.map(|part| part.name.clone()).collect();
    let place = |entry: &&&Entry| expected.iter().position(|part| part.code == entry.row.part);
    let mut ordered: Vec<&&Entry> = entries.iter().collect();
    ordered.sort_by_key(|entry| (place(entry).unwrap_or(usize::MAX), entry.row.part.clone()));
    Value {
        span,
        redefined: entries.iter().any(|entry| entry.row.redefined),
        missing: if whole { Vec::new() } else { missing },
        parts: ordered.into_iter().map(|entry| part(entry)).collect(),
    }
}

fn part(entry: &Entry) -> Part {
    let note = || entry.row.note.clone().unwrap_or_default();
    Part {
        name: entry.name.clone(),
        number: entry.number.clone(),
        shown: entry.row.number.as_deref().and_then(quotient),
        incomplete: entry.row.incomplete.then(note),
    }
}

/// `68/74` as it is shown: `68 / 74`.
fn quotient(exact: &str) -> Option<String> {
    let (part, whole) = exact.split_once('/')?;
    let shown = |text: &str| text.parse::<u64>().map_or_else(|_| text.replace('.', ","), polish::integer);
    Some(format!("{} / {}", shown(part), shown(whole)))
}

/// Entered numbers that are compared, not summed.
pub(super) fn entered_beside(
    declared: &Indicator,
    version: &IndicatorVersion,
    history: &[Entry],
) -> Vec<Beside> {
    let current = history.iter().filter(|entry| entry.current && is_beside(declared, &entry.row.part));
    let entered = current.filter_map(|entry| {
        let declared = version.beside(&entry.row.part)?;
        Some(beside(version, declared, entry.span, entry.number.clone()?))
    });
    entered.collect()
}

/// A number beside a value, as the computation takes it.
pub(super) fn beside(
    version: &IndicatorVersion,
    declared: &BesideOf,
    span: Span,
    number: Rational,
) -> Beside {
    let part = declared.part.as_deref().and_then(|code| version.part(code));
    let role = match declared.role {
        BesideRole::Balance => Role::Balance,
        BesideRole::SameFact => Role::SameFact {
            part: part.map_or_else(String::new, |part| part.name.clone()),
            place: declared.place.clone().unwrap_or_default(),
        },
    };
    Beside { role, span, name: declared.name.clone(), number }
}
