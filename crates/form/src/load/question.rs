//! The keys of one question.

use super::build::Builder;
use super::codes;
use super::columns::{self, Shape};
use super::draft::Record;
use super::names::Form;
use super::near;
use super::report::{Finding, Report};
use super::values::{comparable, prefill, publish, whole, yes};
use crate::answers::read_default;
use crate::model::{Kind, Question, Text};

/// Reads a question; what is wrong is reported and left out.
pub(super) fn read(builder: &mut Builder<'_, '_, '_>, entry: usize, kind: Kind, number: String) -> Question {
    let form = builder.form;
    let record = &form.rows.entries[entry].record;
    let mut expressions = std::mem::take(&mut builder.expressions[entry]);
    check_list(builder, record, &kind);
    check_keys(builder.report, record, &kind);
    let question = Question {
        name: form.rows.entries[entry].name.clone(),
        id: record.owned("id"),
        number,
        label: label(builder, record, &kind),
        hint: builder.text(record, "hint"),
        guidance_hint: builder.text(record, "guidance_hint"),
        required: expressions.remove("required"),
        required_message: builder.text(record, "required_message"),
        relevant: expressions.remove("relevant"),
        constraint: expressions.remove("constraint"),
        constraint_message: builder.text(record, "constraint_message"),
        calculation: expressions.remove("calculation"),
        default: default(builder, record, &kind),
        appearance: record.owned("appearance"),
        read_only: yes(builder.report, record, "read_only"),
        choice_filter: expressions.remove("choice_filter"),
        personal: yes(builder.report, record, "personal"),
        dont_know: yes(builder.report, record, "dont_know") || offers_dont_know(builder, &kind),
        warning: expressions.remove("warning"),
        warning_message: builder.text(record, "warning_message"),
        publish: publish(builder.report, record),
        prefill: prefill(builder.report, record),
        coding: coding(builder, record),
        since: record.owned("since"),
        was: record.owned("was"),
        comparable: comparable(builder.report, record),
        change_note: record.owned("change_note"),
        report_row: record.owned("report_row"),
        unit: record.owned("unit"),
        max: whole(builder.report, record, "max"),
        note: record.owned("note"),
        repeat: form.repeat_of(entry).map(str::to_owned),
        section: builder.section_name(entry),
        extra: record.others(&columns::known(Shape::Question)),
        kind,
    };
    check_whole(builder.report, record, &question);
    question
}

fn label(builder: &mut Builder<'_, '_, '_>, record: &Record, kind: &Kind) -> Text {
    if *kind == Kind::Calculate {
        return builder.text(record, "label").unwrap_or_default();
    }
    builder.label(record)
}

pub(super) fn no_heading(report: &mut Report<'_>, record: &Record) {
    let name = record.text("name").unwrap_or_default();
    let message = format!("lista „{name}” nie ma nagłówka (label)");
    report.add(Finding::new(codes::NO_HEADING, record.span_of("name"), message).about(name));
}

pub(super) fn no_label(report: &mut Report<'_>, record: &Record) {
    let name = record.text("name").unwrap_or_default();
    let message = format!("„{name}” nie ma tekstu (label)");
    report.add(Finding::new(codes::NO_LABEL, record.span_of("name"), message).about(name));
}

fn offers_dont_know(builder: &Builder<'_, '_, '_>, kind: &Kind) -> bool {
    let list = kind.list().and_then(|list| builder.choices.get(list));
    list.is_some_and(|list| list.choices.iter().any(|choice| choice.dont_know))
}

fn check_list(builder: &mut Builder<'_, '_, '_>, record: &Record, kind: &Kind) {
    let Some(list) = kind.list() else { return };
    if builder.form.choices(list).is_none() {
        unknown_list(builder, record, list);
    }
}

fn coding(builder: &mut Builder<'_, '_, '_>, record: &Record) -> Option<String> {
    let frame = record.owned("coding")?;
    let list = builder.form.choices(&frame).is_some();
    let missing = builder.report.frames.as_ref().is_some_and(|frames| !list && !frames.contains(&frame));
    if missing {
        unknown_frame(builder, record, &frame);
    }
    Some(frame)
}

fn unknown_frame(builder: &mut Builder<'_, '_, '_>, record: &Record, frame: &str) {
    let frames = builder.report.frames.clone().unwrap_or_default();
    let known = frames.iter().map(String::as_str).chain(builder.form.lists());
    let message = format!("nie ma klucza kodowego „{frame}”");
    let finding = Finding::new(codes::UNKNOWN_FRAME, record.span_of("coding"), message);
    let finding = match near(frame, known) {
        Some(near) => finding.near(Some(near)),
        None => finding
            .help(format!("proszę dodać obok ankiety plik {frame}.toml z tabelami [frame] i [[codes]].")),
    };
    builder.report.add(finding.about(record.text("name").unwrap_or_default()));
}

fn unknown_list(builder: &mut Builder<'_, '_, '_>, record: &Record, list: &str) {
    let name = record.text("name").unwrap_or_default();
    let finding = if list.is_empty() {
        let message = format!("pytanie „{name}” nie mówi, z jakiej listy są odpowiedzi");
        Finding::new(codes::UNKNOWN_LIST, record.span_of("type"), message)
            .help("proszę wpisać np. select_one tak_nie.")
    } else {
        let message = format!("w [choices] nie ma listy „{list}”");
        Finding::new(codes::UNKNOWN_LIST, record.span_of("type"), message)
            .near(near(list, builder.form.lists()))
    };
    builder.report.add(finding.about(name));
}

/// Keys that mean nothing for this type.
fn check_keys(report: &mut Report<'_>, record: &Record, kind: &Kind) {
    let fits = |key: &str| match key {
        "choice_filter" => kind.list().is_some(),
        "max" => matches!(kind, Kind::Rank(_)),
        "coding" => *kind == Kind::Text,
        "min" | "repeat_count" => false,
        "required" | "dont_know" | "default" | "prefill" | "constraint" | "warning" => kind.is_asked(),
        _ => true,
    };
    let wrong = record.cells.iter().filter(|cell| !cell.made && !cell.text.is_empty() && !fits(&cell.key));
    for cell in wrong {
        let message = format!("klucz „{}” nic nie znaczy w pytaniu tego typu", cell.key);
        let about = record.text("name").unwrap_or_default();
        report.add(Finding::new(codes::KEY_WITHOUT_EFFECT, &cell.key_span, message).about(about));
    }
}

/// A static default that the type can hold.
fn default(builder: &mut Builder<'_, '_, '_>, record: &Record, kind: &Kind) -> Option<String> {
    let text = record.owned("default")?;
    let name = record.text("name").unwrap_or_default();
    let called = text.ends_with(')') && text.contains('(') && kind != &Kind::Text;
    let report = &mut *builder.report;
    if text.contains("${") || called {
        let help = "wartość obliczaną daje calculation, a zeszłoroczną prefill.";
        let finding =
            Finding::new(codes::BAD_DEFAULT, record.span_of("default"), "default nie może być wyrażeniem");
        report.add(finding.help(help).about(name));
    } else if let Some(message) =
        read_default(kind, kind.list().and_then(|list| builder.choices.get(list)), &text)
    {
        report.add(Finding::new(codes::BAD_DEFAULT, record.span_of("default"), message).about(name));
    }
    Some(text)
}

/// What two keys together must satisfy.
fn check_whole(report: &mut Report<'_>, record: &Record, question: &Question) {
    let name = question.name.as_str();
    if question.kind == Kind::Calculate && record.get("calculation").is_none() {
        let message = format!("„{name}” ma typ calculate, a nie ma wyrażenia w kluczu calculation");
        report.add(Finding::new(codes::NO_CALCULATION, record.span_of("type"), message).about(name));
    }
    if record.get("constraint").is_some() && question.constraint_message.is_none() {
        let message = "warunek bez komunikatu: odpowiadający nie dowie się, co poprawić";
        let finding = Finding::new(codes::NO_CONSTRAINT_MESSAGE, record.span_of("constraint"), message);
        report.add(finding.help("proszę dopisać constraint_message.").about(name));
    }
    if question.personal && question.repeat.is_some() {
        let message = format!("„{name}” zawiera dane osobowe, więc nie może stać w liście");
        report.add(Finding::new(codes::PERSONAL, record.span_of("personal"), message).about(name));
    }
    if question.comparable.is_some() && question.change_note.is_none() {
        let message = "klucz comparable wymaga wyjaśnienia zmiany";
        let finding = Finding::new(codes::NO_CHANGE_NOTE, record.span_of("comparable"), message);
        report.add(finding.help("proszę dopisać change_note.").about(name));
    }
}

/// `repeat_count` is a number or `${integer}`.
pub(super) fn check_count(report: &mut Report<'_>, form: &Form<'_>, record: &Record) {
    let Some(text) = record.text("repeat_count").map(str::trim) else { return };
    let name = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    let whole = text.parse::<u32>().is_ok();
    let known = name.is_some_and(crate::answers::is_name);
    if whole
        || (known
            && name
                .and_then(|name| form.kind(name))
                .is_none_or(|kind| matches!(kind, Kind::Integer | Kind::Calculate)))
    {
        return;
    }
    let finding = Finding::new(
        codes::REPEAT_COUNT,
        record.span_of("repeat_count"),
        "liczba wpisów to liczba albo ${pytanie typu integer}",
    );
    report.add(finding.about(record.text("name").unwrap_or_default()));
}

pub(super) fn check_limits(report: &mut Report<'_>, record: &Record, min: Option<u32>, max: Option<u32>) {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        let message = format!("min = {min} jest większe niż max = {max}");
        let about = record.text("name").unwrap_or_default();
        report.add(Finding::new(codes::MIN_ABOVE_MAX, record.span_of("min"), message).about(about));
    }
}
