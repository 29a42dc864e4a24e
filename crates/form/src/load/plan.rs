//! The tables `[[measures]]`, `[[report]]` and `[[retired]]`.

use super::columns::{self, check_known};
use super::draft::{Cell, Draft, Record};
use super::expressions::of_measure;
use super::kinds::RowKind;
use super::names::Form;
use super::report::{Finding, Report};
use super::rows::Entry;
use super::source::Span;
use super::texts::place;
use super::{codes, near};
use crate::expr::{Expr, NodeKind, Role, Type};
use crate::model::Kind;
use crate::plan::{Base, Coding, Function, Measure, PartOf, Piece, Plan, ReportRow, Retired, Template};

mod parts;

/// Reads and checks the plan.
pub(super) fn read(report: &mut Report<'_>, draft: &Draft, form: &Form<'_>) -> Plan {
    let mut plan = Plan { codings: codings(form), ..Plan::default() };
    for record in &draft.measures {
        check_known(report, record, &columns::MEASURE);
        check_name(report, &plan, record);
        plan.measures.extend(measure(report, form, record));
    }
    parts::check(report, draft, form, &plan);
    for record in &draft.report {
        check_known(report, record, &columns::REPORT);
        let row = report_row(report, form, draft, &plan, record);
        plan.reports.push(row);
    }
    for record in &draft.retired {
        check_known(report, record, &columns::RETIRED);
        check_retired(report, form, record);
        let text = |key: &str| record.owned(key).unwrap_or_default();
        plan.retired.push(Retired { id: text("id"), name: text("name"), reason: text("reason") });
    }
    plan
}

/// The open questions with a code frame.
fn codings(form: &Form<'_>) -> Vec<Coding> {
    let open =
        form.rows.entries.iter().enumerate().filter(|(_, entry)| entry.kind == RowKind::Question(Kind::Text));
    let coding = |(place, entry): (usize, &Entry)| {
        Some(Coding {
            question: entry.name.clone(),
            label: entry.record.owned("label").unwrap_or_else(|| entry.name.clone()),
            frame: entry.record.owned("coding")?,
            repeat: form.repeat_of(place).map(str::to_owned),
        })
    };
    open.filter_map(coding).collect()
}

fn check_name(report: &mut Report<'_>, plan: &Plan, record: &Record) {
    let name = record.text("name").unwrap_or_default();
    let message = if name.is_empty() {
        "miernik bez nazwy (name)".to_owned()
    } else if !crate::answers::is_name(name) {
        format!("„{name}” nie może być nazwą miernika")
    } else if plan.measure(name).is_some() {
        format!("miernik „{name}” stoi w pliku drugi raz")
    } else {
        return;
    };
    report.add(Finding::new(codes::MEASURE_NAME, record.span_of("name"), message));
}

fn measure(report: &mut Report<'_>, form: &Form<'_>, record: &Record) -> Option<Measure> {
    let over = over(report, form, record);
    let filter =
        record.get("where").and_then(|cell| of_measure(report, form, cell, Role::Where, over.as_deref()));
    let of = record.get("of").and_then(|cell| of_measure(report, form, cell, Role::Of, over.as_deref()));
    let function = function(report, record)?;
    let question = of.as_ref().and_then(|(expr, _)| only_question(expr));
    let base = base(report, record, function);
    check_of(report, form, record, function, of.as_ref(), question.as_deref());
    check_base(report, record, function, base);
    Some(Measure {
        name: record.owned("name").unwrap_or_default(),
        label: record.owned("label").or_else(|| record.owned("name")).unwrap_or_default(),
        function,
        of: of.map(|(expr, _)| expr),
        question,
        filter: filter.map(|(expr, _)| expr),
        over,
        base,
        rows: rows(record),
        caveat: record.owned("caveat"),
        part_of: part_of(report, record),
    })
}

fn part_of(report: &mut Report<'_>, record: &Record) -> Option<PartOf> {
    match (record.owned("part_of"), record.owned("part_label")) {
        (Some(whole), Some(label)) => Some(PartOf { whole, label }),
        (None, None) => None,
        (Some(_), None) => {
            let message = "part_of bez klucza part_label: nie wiadomo, jak nazwać tę część";
            let finding = Finding::new(codes::PART_OF, record.span_of("part_of"), message);
            report.add(
                finding.help(
                    "proszę dopisać np. part_label = \"w PS\"; zdanie brzmi: 33 ogółem, w tym 28 w PS.",
                ),
            );
            None
        }
        (None, Some(_)) => {
            let message = "klucz part_label nic nie znaczy bez part_of";
            report.add(Finding::new(codes::KEY_WITHOUT_EFFECT, record.span_of("part_label"), message));
            None
        }
    }
}

fn function(report: &mut Report<'_>, record: &Record) -> Option<Function> {
    let text = record.text("fn").unwrap_or_default();
    let function = Function::parse(text);
    if function.is_none() {
        let names = Function::ALL.map(Function::name);
        let message = if text.is_empty() {
            "miernik bez klucza fn".to_owned()
        } else {
            format!("nie ma funkcji „{text}”")
        };
        let help = match near(text, names) {
            Some(near) => format!("czy chodziło o „{near}”?"),
            None => format!("są: {}.", names.join(", ")),
        };
        report.add(Finding::new(codes::MEASURE_FUNCTION, record.span_of("fn"), message).help(help));
    }
    function
}

fn over(report: &mut Report<'_>, form: &Form<'_>, record: &Record) -> Option<String> {
    let over = record.owned("over")?;
    if !form.is_repeat(&over) {
        let message = format!("over = „{over}”, a nie ma takiej listy (begin_repeat)");
        let finding = Finding::new(codes::MEASURE_OVER, record.span_of("over"), message);
        report.add(finding.near(near(&over, form.repeats())));
        return None;
    }
    Some(over)
}

fn base(report: &mut Report<'_>, record: &Record, function: Function) -> Option<Base> {
    let Some(text) = record.text("base") else {
        if function == Function::Share {
            let help = "proszę dopisać base: all (wszystkie złożone), relevant (zapytane), answered (które odpowiedziały) \
                        albo sent (zaproszone).";
            let finding =
                Finding::new(codes::MEASURE_BASE, record.span_of("fn"), "odsetek bez podstawy (base)");
            report.add(finding.help(help));
        }
        return None;
    };
    let base = Base::parse(text);
    if base.is_none() {
        let finding =
            Finding::new(codes::MEASURE_BASE, record.span_of("base"), format!("nie ma podstawy „{text}”"));
        report.add(finding.help("są: all, answered, relevant, sent."));
    }
    base
}

fn check_base(report: &mut Report<'_>, record: &Record, function: Function, base: Option<Base>) {
    let Some(base) = base else { return };
    if matches!(base, Base::Relevant | Base::Answered) && record.get("of").is_none() {
        let message = format!("podstawa „{}” wymaga klucza of: o które pytanie chodzi", base.name());
        report.add(Finding::new(codes::MEASURE_BASE, record.span_of("base"), message));
    }
    if !matches!(function, Function::Count | Function::Share) {
        let message = format!("fn = „{}” nie ma podstawy; klucz base nic nie zmienia", function.name());
        report.add(Finding::new(codes::KEY_WITHOUT_EFFECT, record.span_of("base"), message));
    }
}

fn check_of(
    report: &mut Report<'_>,
    form: &Form<'_>,
    record: &Record,
    function: Function,
    of: Option<&(Expr, Type)>,
    question: Option<&str>,
) {
    use Function::{Count, Distinct, Frequencies, List, Share};
    if record.get("of").is_none() {
        if !matches!(function, Count | Share) {
            let message = format!("fn = „{}” wymaga klucza of: co policzyć", function.name());
            report.add(Finding::new(codes::MEASURE_OF, record.span_of("fn"), message));
        }
        return;
    }
    let Some((_, found)) = of else { return };
    let coded = |name: &str| {
        let entry = form.entry(name).map(|entry| &form.rows.entries[entry].record);
        entry.is_some_and(|record| record.get("coding").is_some())
    };
    let listed = |name: &str| form.kind(name).is_some_and(|kind| kind.list().is_some());
    let selects = question.is_some_and(|name| listed(name) || coded(name));
    let message = match function {
        Count | Share => return,
        Frequencies if !selects => {
            "frequencies liczy odpowiedzi pytań z listą (select_one, select_multiple, rank) albo z kluczem coding"
        }
        Distinct | List if question.is_none() && *found == Type::Boolean => "of powinno wskazywać pytanie",
        Frequencies | Distinct | List => return,
        _ if matches!(found, Type::Number | Type::Any) => return,
        _ => "of nie jest liczbą",
    };
    report.add(Finding::new(codes::MEASURE_OF, record.span_of("of"), message));
}

/// The question, where an expression is nothing else.
fn only_question(expr: &Expr) -> Option<String> {
    match &expr.root().kind {
        NodeKind::Reference(name) => Some(name.clone()),
        _ => None,
    }
}

fn rows(record: &Record) -> Vec<String> {
    let Some(cell) = record.get("rows") else {
        return Vec::new();
    };
    let text = cell.text.split([',', ';']).map(|row| row.trim().to_owned());
    let items = cell.items.iter().map(|(row, _)| row.clone());
    items.chain(text).filter(|row| !row.is_empty()).collect()
}

fn report_row(
    report: &mut Report<'_>,
    form: &Form<'_>,
    draft: &Draft,
    plan: &Plan,
    record: &Record,
) -> ReportRow {
    let of = record.get("of").and_then(|cell| of_measure(report, form, cell, Role::Of, None));
    let question = of.as_ref().and_then(|(expr, _)| only_question(expr));
    if record.get("row").is_none() {
        report.add(Finding::new(codes::REPORT_ROW, &record.span, "wiersz [[report]] bez klucza row"));
    }
    if record.get("text").is_none() && record.get("table").is_none() {
        report.add(Finding::new(
            codes::REPORT_ROW,
            &record.span,
            "wiersz [[report]] bez kluczy text i table",
        ));
    }
    check_table(report, form, record, question.as_deref());
    ReportRow {
        row: record.owned("row").unwrap_or_default(),
        text: record.get("text").map(|cell| template(report, draft, plan, cell)),
        table: record.owned("table"),
        of: of.map(|(expr, _)| expr),
        question,
    }
}

fn check_table(report: &mut Report<'_>, form: &Form<'_>, record: &Record, question: Option<&str>) {
    let Some(table) = record.text("table") else { return };
    let entry = question.and_then(|name| form.entry(name)).map(|entry| &form.rows.entries[entry].record);
    let message = match table {
        "codes" if entry.is_some_and(|record| record.get("coding").is_some()) => return,
        "codes" => "table = \"codes\" wymaga w of pytania z kluczem coding".to_owned(),
        "frequencies" if question.and_then(|name| form.kind(name)).and_then(Kind::list).is_some() => return,
        "frequencies" => "table = \"frequencies\" wymaga w of pytania z listą odpowiedzi".to_owned(),
        other => format!("nie ma tabeli „{other}”; są: codes, frequencies"),
    };
    report.add(Finding::new(codes::REPORT_TABLE, record.span_of("table"), message));
}

fn template(report: &mut Report<'_>, draft: &Draft, plan: &Plan, cell: &Cell) -> Template {
    let (template, troubles) = Template::parse(&cell.text);
    for trouble in troubles {
        let message = format!("tego wstawienia nie da się odczytać: {}", &cell.text[trouble.clone()]);
        let finding = Finding::new(codes::PLACEHOLDER, &place(report, cell, &trouble), message);
        report.add(finding.help("można wpisać {nazwa}, {nazwa:0%} albo {nazwa|podmiot|podmioty|podmiotów}."));
    }
    for (piece, span) in template.pieces.iter().zip(&template.spans) {
        let span = place(report, cell, span);
        check_piece(report, draft, plan, piece, &span);
    }
    template
}

fn check_piece(report: &mut Report<'_>, draft: &Draft, plan: &Plan, piece: &Piece, span: &Span) {
    if let Piece::Words(words) = piece {
        parts::check_words(report, words, span);
    }
    let Some(name) = piece.measure() else { return };
    let Some(measure) = plan.measure(name) else {
        let names: Vec<&str> = draft.measures.iter().filter_map(|record| record.text("name")).collect();
        if !names.contains(&name) {
            let finding = Finding::new(codes::UNKNOWN_MEASURE, span, format!("nie ma miernika „{name}”"));
            report.add(finding.near(near(name, names)));
        }
        return;
    };
    let many = matches!(measure.function, Function::Frequencies | Function::List);
    let message = match piece {
        Piece::Share { .. } if measure.base.is_none() || many => {
            format!("miernik „{name}” nie ma podstawy (base), więc nie ma odsetka")
        }
        Piece::Value(_) | Piece::Plural { .. } if many => {
            format!("miernik „{name}” (fn = {}) nie jest jedną liczbą", measure.function.name())
        }
        _ => return,
    };
    report.add(Finding::new(codes::PLACEHOLDER_USE, span, message));
}

fn check_retired(report: &mut Report<'_>, form: &Form<'_>, record: &Record) {
    for key in columns::RETIRED {
        if record.get(key).is_none() {
            let message = format!("w wierszu [[retired]] brak klucza {key}");
            report.add(Finding::new(codes::RETIRED, &record.span, message));
        }
    }
    let Some(id) = record.text("id") else { return };
    if form.rows.entries.iter().any(|entry| entry.record.text("id") == Some(id)) {
        let message = format!("pytanie „{id}” jest wycofane, a nadal stoi w ankiecie");
        report.add(Finding::new(codes::RETIRED, record.span_of("id"), message));
    }
}
