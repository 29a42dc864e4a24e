//! Rows of other XLSForm tools that become rows of ours.

use super::codes;
use super::draft::{Cell, Draft, Record};
use super::kinds::RowKind;
use super::report::{Finding, Report};
use super::source::Span;
use crate::model::Kind;
use crate::number::Number;

/// `range` becomes a number whose constraint holds `start`, `end` and `step` of `parameters`.
pub(super) fn range(report: &mut Report<'_>, record: &mut Record) -> Kind {
    let parameters = record.owned("parameters").unwrap_or_default();
    let value = |name: &str, otherwise: &str| {
        let pairs = parameters.split([' ', ';', ',']).filter_map(|pair| pair.split_once('='));
        pairs
            .into_iter()
            .find(|(key, _)| key.trim() == name)
            .map_or(otherwise.to_owned(), |(_, value)| value.trim().to_owned())
    };
    let (start, end, step) = (value("start", "1"), value("end", "10"), value("step", "1"));
    let span = record.span_of("type").clone();
    if let Some(bad) = [&start, &end, &step].into_iter().find(|text| Number::parse(text).is_nan()) {
        let message = format!("w parameters stoi „{bad}”, a to nie jest liczba");
        let help = "proszę wpisać np. start=0 end=10 step=1.";
        report.add(Finding::new(codes::BAD_VALUE, record.span_of("parameters"), message).help(help));
        return Kind::Integer;
    }
    let limits = format!(". >= {start} and . <= {end}");
    let constraint = match record.text("constraint") {
        Some(own) => format!("({own}) and {limits}"),
        None => limits,
    };
    if record.get("constraint_message").is_none() {
        record.make("constraint_message", format!("Proszę podać liczbę od {start} do {end}."), &span);
    }
    record.make("constraint", constraint, &span);
    let whole = [&start, &end, &step].into_iter().all(|text| Number::parse(text).whole().is_some());
    let (kind, name) = if whole { (Kind::Integer, "integer") } else { (Kind::Decimal, "decimal") };
    report.add(Finding::new(
        codes::CONVERTED,
        &span,
        format!("typ „range” odczytano jako „{name}” z warunkiem"),
    ));
    kind
}

/// `or_other`: the list gets a choice `other`; the row returned asks which.
pub(super) fn or_other(
    report: &mut Report<'_>,
    draft: &mut Draft,
    record: &Record,
    kind: &RowKind,
) -> Record {
    let span = record.span_of("type").clone();
    let name = record.text("name").unwrap_or_default();
    if let RowKind::Question(kind) = kind {
        add_other(draft, kind.list().unwrap_or_default(), &span);
    }
    let message = format!("„or_other” zamieniono na odpowiedź „other” i pytanie „{name}_other”");
    report.add(Finding::new(codes::CONVERTED, &span, message).about(name));
    let mut other = Record { span: record.span.clone(), cells: Vec::new() };
    other.make("type", "text".to_owned(), &span);
    other.make("name", format!("{name}_other"), &span);
    other.make("label", "Jakie inne?".to_owned(), &span);
    let relevant = match kind {
        RowKind::Question(Kind::SelectOne(_)) => format!("${{{name}}} = 'other'"),
        _ => format!("selected(${{{name}}}, 'other')"),
    };
    other.make("relevant", relevant, &span);
    other
}

fn add_other(draft: &mut Draft, list: &str, span: &Span) {
    let Some(list) = draft.choices.iter_mut().find(|found| found.name == list) else {
        return;
    };
    if list.choices.iter().any(|choice| choice.text("name") == Some("other")) {
        return;
    }
    let cell = |key: &str, text: &str| Cell {
        key: key.to_owned(),
        key_span: span.clone(),
        text: text.to_owned(),
        span: span.clone(),
        items: Vec::new(),
        made: true,
    };
    let cells = vec![cell("name", "other"), cell("label", "Inne")];
    list.choices.push(Record { span: span.clone(), cells });
}
