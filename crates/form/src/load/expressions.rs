//! Expressions of rows: parsed, checked, with the places of their problems.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::codes;
use super::draft::Cell;
use super::kinds::RowKind;
use super::names::{Form, View};
use super::report::{Finding, Report};
use super::texts::place;
use super::values::truth;
use crate::expr::{Expr, ExprProblem, Place, Role, Type, check};

/// The expressions of one entry by column.
pub(super) type Expressions = BTreeMap<&'static str, Expr>;

/// Parses and checks the expressions of all entries, in their order.
pub(super) fn read(report: &mut Report<'_>, form: &mut Form<'_>) -> Vec<Expressions> {
    let count = form.rows.entries.len();
    let all: Vec<Expressions> = (0..count).map(|entry| parse_entry(report, form, entry)).collect();
    find_types(form, &all);
    for (entry, expressions) in all.iter().enumerate() {
        for (&column, expr) in expressions {
            check_one(report, form, entry, column, expr);
        }
    }
    all
}

/// Types of calculations; those that depend on others are found in later rounds.
fn find_types(form: &mut Form<'_>, all: &[Expressions]) {
    for _ in 0..all.len() {
        let mut changed = false;
        for (entry, expressions) in all.iter().enumerate() {
            let Some(calculation) = expressions.get("calculation") else { continue };
            let place = where_it_stands(form, entry, "calculation");
            let (found, _) = check(calculation, &View { form, from: Some(entry) }, place);
            let found = if found == Type::Empty { Type::Text } else { found };
            changed |= form.types.insert(entry, found) != Some(found);
        }
        if !changed {
            return;
        }
    }
}

fn parse_entry(report: &mut Report<'_>, form: &Form<'_>, entry: usize) -> Expressions {
    let mut found = Expressions::new();
    for column in super::columns::EXPRESSIONS {
        if !fits(&form.rows.entries[entry].kind, column) {
            continue;
        }
        let Some(cell) = form.rows.entries[entry].record.get(column) else { continue };
        let name = &form.rows.entries[entry].name;
        let source = match (column, truth(&cell.text)) {
            ("required", Some(true)) => Cow::Borrowed("true()"),
            ("required", Some(false)) => continue,
            _ => straighten(&cell.text),
        };
        let parsed = match column {
            "choice_filter" => Expr::parse_filter(&source),
            _ => Expr::parse(&source),
        };
        match parsed {
            Ok(expr) => {
                found.insert(column, expr);
            }
            Err(problems) => tell(report, cell, name, &problems),
        }
    }
    found
}

fn fits(kind: &RowKind, column: &str) -> bool {
    match kind {
        RowKind::Question(_) => column != "repeat_count",
        RowKind::BeginRepeat => matches!(column, "relevant" | "repeat_count"),
        _ => column == "relevant",
    }
}

/// Parses and checks an expression of a measure.
pub(super) fn of_measure(
    report: &mut Report<'_>,
    form: &Form<'_>,
    cell: &Cell,
    role: Role,
    over: Option<&str>,
) -> Option<(Expr, Type)> {
    let parsed = Expr::parse(&straighten(&cell.text));
    let expr = parsed.map_err(|problems| tell(report, cell, "", &problems)).ok()?;
    let place = Place { role, owner: None, repeat: over };
    let (found, problems) = check(&expr, &View { form, from: None }, place);
    tell(report, cell, "", &problems);
    for name in expr.references().filter(|name| form.is_personal(name)) {
        let message = format!("„{name}” zawiera dane osobowe i nie może być liczone");
        report.add(Finding::new(codes::PERSONAL, &cell.span, message));
    }
    Some((expr, found))
}

fn check_one(report: &mut Report<'_>, form: &Form<'_>, entry: usize, column: &'static str, expr: &Expr) {
    let row = &form.rows.entries[entry];
    let Some(cell) = row.record.get(column) else { return };
    let own = form.is_personal(&row.name);
    for name in expr.references().filter(|name| !own && form.is_personal(name)) {
        let message = format!("„{name}” zawiera dane osobowe i nie może wpływać na inne odpowiedzi");
        let help = "dane osobowe są przechowywane osobno i usuwane wcześniej niż odpowiedzi.";
        report.add(Finding::new(codes::PERSONAL, &cell.span, message).help(help).about(&row.name));
    }
    if column == "required" && truth(&cell.text).is_some() {
        return;
    }
    let view = View { form, from: Some(entry) };
    let (_, problems) = check(expr, &view, where_it_stands(form, entry, column));
    tell(report, cell, &row.name, &problems);
}

fn where_it_stands<'a>(form: &'a Form<'_>, entry: usize, column: &str) -> Place<'a> {
    let role = match column {
        "relevant" => Role::Relevant,
        "required" => Role::Required,
        "constraint" => Role::Constraint,
        "warning" => Role::Warning,
        "calculation" => Role::Calculation,
        "repeat_count" => Role::RepeatCount,
        _ => Role::ChoiceFilter,
    };
    Place { role, owner: Some(&form.rows.entries[entry].name), repeat: form.repeat_of(entry) }
}

fn tell(report: &mut Report<'_>, cell: &Cell, name: &str, problems: &[ExprProblem]) {
    for problem in problems {
        let part = origin(&cell.text, problem.span.start)..origin(&cell.text, problem.span.end);
        let finding = Finding::new(problem.code, &place(report, cell, &part), &problem.message).about(name);
        let help = Some(problem.help.as_str()).filter(|help| !help.is_empty());
        report.add(match help {
            Some(help) => finding.help(help),
            None => finding,
        });
    }
}

/// The expression with curly quotation marks made straight; those inside straight ones are part of a text and stay.
fn straighten(text: &str) -> Cow<'_, str> {
    if !text.contains(['‘', '’', '‚', '“', '”', '„']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(straight(text).map(|(_, c)| c).collect())
}

/// Characters of the straightened text, each with the place of its source.
fn straight(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut open: Option<char> = None;
    text.char_indices().map(move |(place, c)| {
        let plain = match c {
            '‘' | '’' | '‚' => '\'',
            '“' | '”' | '„' => '"',
            other => other,
        };
        let found = match open {
            Some(quote) if c == quote || (plain == quote && open_was_curly(text, place, quote)) => {
                open = None;
                plain
            }
            Some(_) => c,
            None => {
                if plain == '\'' || plain == '"' {
                    open = Some(plain);
                }
                plain
            }
        };
        (place, found)
    })
}

/// Whether the quotation mark that is open before `place` was typed as a curly one.
fn open_was_curly(text: &str, place: usize, quote: char) -> bool {
    let curly: &[char] = if quote == '\'' { &['‘', '’', '‚'] } else { &['“', '”', '„'] };
    let marks = [quote].into_iter().chain(curly.iter().copied()).collect::<Vec<_>>();
    text[..place].rfind(marks.as_slice()).is_some_and(|start| text[start..].starts_with(curly))
}

/// The byte of the source text for a byte of the straightened one.
fn origin(text: &str, byte: usize) -> usize {
    let mut made = 0;
    for (place, c) in straight(text) {
        if made >= byte {
            return place;
        }
        made += c.len_utf8();
    }
    text.len()
}
