//! Columns: their spellings, and which mean something where.

use super::codes;
use super::draft::{Record, base_of};
use super::near;
use super::report::{Finding, Report};
use super::source::Span;

/// Columns that may carry `::language`.
pub(super) const TEXTS: [&str; 6] =
    ["label", "hint", "guidance_hint", "required_message", "constraint_message", "warning_message"];

/// Columns that hold expressions, where curly quotation marks are straightened.
pub(super) const EXPRESSIONS: [&str; 7] =
    ["relevant", "required", "constraint", "calculation", "warning", "choice_filter", "repeat_count"];

/// Columns of any row.
const ROW: [&str; 8] = ["type", "name", "label", "hint", "guidance_hint", "relevant", "note", "report_row"];
const QUESTION: [&str; 26] = [
    "id",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "appearance",
    "read_only",
    "choice_filter",
    "personal",
    "dont_know",
    "warning",
    "warning_message",
    "publish",
    "prefill",
    "coding",
    "since",
    "was",
    "comparable",
    "change_note",
    "unit",
    "max",
    "parameters",
    "min",
    "repeat_count",
];
const GROUP: [&str; 2] = ["dont_know", "appearance"];
const REPEAT: [&str; 5] = ["repeat_count", "min", "max", "appearance", "id"];
pub(super) const CHOICE: [&str; 6] = ["name", "label", "was", "comparable", "exclusive", "dont_know"];
pub(super) const SETTINGS: [&str; 6] =
    ["form_title", "form_id", "version", "default_language", "previous", "respondents"];
pub(super) const MEASURE: [&str; 11] =
    ["name", "label", "fn", "of", "over", "where", "base", "rows", "caveat", "part_of", "part_label"];
pub(super) const REPORT: [&str; 4] = ["row", "text", "table", "of"];
pub(super) const RETIRED: [&str; 3] = ["id", "name", "reason"];
const REFUSED: [&str; 12] = [
    "trigger",
    "bind",
    "instance",
    "body",
    "media",
    "image",
    "audio",
    "video",
    "big-image",
    "save_to",
    "query",
    "autoplay",
];

/// What a row is, as far as its columns are concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Question,
    Group,
    Repeat,
    End,
}

/// The canonical spelling of a key: `Constraint Message` is `constraint_message`, `relevance` is `relevant`.
pub(super) fn canonical(key: &str) -> String {
    let (base, language) = match key.split_once("::") {
        Some((base, language)) => (base, Some(language.trim())),
        None => (key, None),
    };
    let base = base.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join("_");
    let base = match base.as_str() {
        "relevance" => "relevant",
        "readonly" => "read_only",
        "calculate" => "calculation",
        "#" => "note",
        "default_value" => "default",
        other => other,
    };
    language.map_or_else(|| base.to_owned(), |language| format!("{base}::{language}"))
}

/// All columns that this version knows in a row of this shape.
pub(super) fn known(shape: Shape) -> Vec<&'static str> {
    let own: &[&str] = match shape {
        Shape::Question => &QUESTION,
        Shape::Group => &GROUP,
        Shape::Repeat => &REPEAT,
        Shape::End => &[],
    };
    ROW.iter().chain(own).copied().collect()
}

/// Whether any table has a key of this name.
pub(super) fn is_known(key: &str) -> bool {
    let tables: [&[&str]; 6] = [&ROW, &QUESTION, &CHOICE, &SETTINGS, &MEASURE, &REPORT];
    RETIRED.contains(&key) || tables.iter().any(|table| table.contains(&base_of(key)))
}

/// Columns of a survey row that are refused, unknown, or without effect.
pub(super) fn check_row(report: &mut Report<'_>, row: &Record, shape: Shape) {
    let fits = known(shape);
    let all = known(Shape::Question);
    for cell in row.cells.iter().filter(|cell| !cell.text.is_empty()) {
        let base = base_of(&cell.key);
        let about = row.text("name").unwrap_or_default();
        if REFUSED.contains(&base) {
            report.add(refused(&cell.key, &cell.key_span).about(about));
        } else if !all.contains(&base) || (base != cell.key && !TEXTS.contains(&base)) {
            report.add(unknown(&cell.key, &cell.key_span, &all).about(about));
        } else if !fits.contains(&base) {
            let message = format!("klucz „{}” nic nie znaczy w wierszu tego typu", cell.key);
            report.add(Finding::new(codes::KEY_WITHOUT_EFFECT, &cell.key_span, message).about(about));
        }
    }
}

/// Pictures and recordings of choices; other columns may be for a filter.
pub(super) fn check_choice(report: &mut Report<'_>, record: &Record) {
    for cell in
        record.cells.iter().filter(|cell| !cell.text.is_empty() && REFUSED.contains(&base_of(&cell.key)))
    {
        report.add(refused(&cell.key, &cell.key_span));
    }
}

fn refused(key: &str, span: &Span) -> Finding {
    let help = "proszę ją usunąć: wartości oblicza type = \"calculate\", a ankieta nie ma obrazów i nagrań.";
    Finding::new(codes::REFUSED_COLUMN, span, format!("kolumna „{key}” nie jest obsługiwana")).help(help)
}

/// Keys of any other table that this version does not know.
pub(super) fn check_known(report: &mut Report<'_>, record: &Record, known: &[&str]) {
    for cell in &record.cells {
        if !known.contains(&base_of(&cell.key)) {
            report.add(unknown(&cell.key, &cell.key_span, known));
        }
    }
}

fn unknown(key: &str, span: &Span, known: &[&str]) -> Finding {
    let message = format!("nieznany klucz „{key}”; zachowujemy go, ale nic nie zmienia");
    Finding::new(codes::UNKNOWN_KEY, span, message).near(near(key, known.iter().copied()))
}
