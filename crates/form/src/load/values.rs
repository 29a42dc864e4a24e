//! Values of keys that allow only a few.

use super::codes;
use super::draft::Record;
use super::near;
use super::report::{Finding, Report};
use crate::model::{Comparable, Prefill, Publish};

/// `yes` or `no` in the spellings that people and Excel use.
pub(super) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "true()" | "tak" | "1" => Some(true),
        "no" | "false" | "false()" | "nie" | "0" | "" => Some(false),
        _ => None,
    }
}

/// A key that says yes or no; no where it is missing.
pub(super) fn yes(report: &mut Report<'_>, record: &Record, key: &str) -> bool {
    let Some(cell) = record.get(key) else {
        return false;
    };
    truth(&cell.text).unwrap_or_else(|| {
        refuse(report, record, key, "\"yes\" albo \"no\"", None);
        false
    })
}

/// One of a few words.
fn word<T: Copy>(report: &mut Report<'_>, record: &Record, key: &str, words: &[(&str, T)]) -> Option<T> {
    let text = record.text(key)?;
    if let Some((_, found)) = words.iter().find(|(word, _)| *word == text) {
        return Some(*found);
    }
    let quoted: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    refuse(report, record, key, &quoted.join(", "), near(text, words.iter().map(|(word, _)| *word)));
    None
}

pub(super) fn comparable(report: &mut Report<'_>, record: &Record) -> Option<Comparable> {
    let words = [("yes", Comparable::Yes), ("partial", Comparable::Partial), ("no", Comparable::No)];
    word(report, record, "comparable", &words)
}

pub(super) fn publish(report: &mut Report<'_>, record: &Record) -> Publish {
    let words = [("never", Publish::Never), ("aggregate", Publish::Aggregate), ("unit", Publish::Unit)];
    word(report, record, "publish", &words).unwrap_or_default()
}

pub(super) fn prefill(report: &mut Report<'_>, record: &Record) -> Option<Prefill> {
    word(report, record, "prefill", &[("show", Prefill::Show), ("confirm", Prefill::Confirm)])
}

/// A whole number from 0.
pub(super) fn whole(report: &mut Report<'_>, record: &Record, key: &str) -> Option<u32> {
    let text = record.text(key)?;
    let number = text.trim().parse().ok();
    if number.is_none() {
        refuse(report, record, key, "liczbę całkowitą, np. 10", None);
    }
    number
}

fn refuse(report: &mut Report<'_>, record: &Record, key: &str, allowed: &str, near: Option<&str>) {
    let text = record.text(key).unwrap_or_default();
    let message = format!("klucz {key} nie może mieć wartości „{text}”");
    let help = match near {
        Some(near) => format!("czy chodziło o „{near}”? Można wpisać: {allowed}."),
        None => format!("proszę wpisać {allowed}."),
    };
    let about = record.text("name").unwrap_or_default();
    report.add(Finding::new(codes::BAD_VALUE, record.span_of(key), message).help(help).about(about));
}
