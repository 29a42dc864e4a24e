//! What every number means: as a table of the annex, and as what a number of the page leads to.

use form::plan::{Base, Function, Measure};
use sheet::document::{Align, Cell, Column, Inline, Row, Table};
use sheet::html::Definition;
use tally::Figure;

use super::Material;
use super::cite::{Cite, flag_words};
use super::material::Asked;
use crate::service::measures::FormReading;

/// One row per measure: what it says, how it is counted, of what.
pub(super) fn table(material: &Material, cite: &Cite<'_>) -> Table {
    let column = |width, align| Column { width, align };
    let header = ["Liczba", "Sposób liczenia", "Wartość", "Podstawa", "Udział"];
    Table {
        id: Some("definicje-liczb".into()),
        caption: vec![Inline::text("Definicje i podstawy liczb")],
        description: "Wiersz to liczba: co znaczy, jak ją policzono, ile wynosi i od czego jest odsetek."
            .into(),
        columns: vec![
            column(32, Align::Start),
            column(30, Align::Start),
            column(13, Align::End),
            column(13, Align::End),
            column(12, Align::End),
        ],
        header: vec![Row { cells: header.map(Cell::text).into() }],
        rows: material.measures.measures.iter().map(|found| row(material, cite, found)).collect(),
        header_column: true,
        notes: Vec::new(),
    }
}

fn row(material: &Material, cite: &Cite<'_>, found: &FormReading) -> Row {
    let key = format!("{}.{}", found.form, found.reading.name);
    let mut said: Vec<Vec<Inline>> = explained(material, found)
        .into_iter()
        .map(|(what, text)| vec![Inline::text(format!("{what}: {text}"))])
        .collect();
    if said.is_empty() {
        said.push(Vec::new());
    }
    let label = vec![Inline::text(found.reading.label.clone()), Inline::text(format!("\n[{key}]"))];
    let or_nothing = |key: String| match cite.has(&key) {
        true => Cell::of(cite.bare(&key)),
        false => Cell::text("x"),
    };
    Row {
        cells: vec![
            Cell::of(label),
            Cell { paragraphs: said, columns: 1, rows: 1 },
            value(cite, &key, &found.reading.value),
            or_nothing(format!("{key}.base")),
            or_nothing(format!("{key}.share")),
        ],
    }
}

/// Tables of frequencies and lists have no one value; their sums do not mean anything.
fn value(cite: &Cite<'_>, key: &str, value: &Figure) -> Cell {
    match value {
        Figure::Nothing | Figure::Number(_) => Cell::of(cite.bare(key)),
        Figure::Frequencies(_) => Cell::text("rozkład"),
        Figure::Texts(_) => Cell::text("teksty"),
    }
}

/// How a number is counted, each with a label.
fn explained(material: &Material, found: &FormReading) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let asked = material.asked(&found.form);
    let measure = asked.and_then(|asked| asked.plan.measure(&found.reading.name));
    if let (Some(asked), Some(measure)) = (asked, measure) {
        lines.push(("Pytanie".to_owned(), question(asked, measure)));
        lines.push(("Liczymy".to_owned(), function_words(measure)));
        let conditions =
            measure.filter.iter().map(|filter| ("Warunek".to_owned(), filter.source().to_owned()));
        lines.extend(conditions);
    }
    if let Some(base) = found.reading.base_kind {
        lines.push(("Podstawa".to_owned(), base_words(base).to_owned()));
    }
    lines.extend(found.reading.caveat.clone().map(|caveat| ("Uwaga".to_owned(), caveat)));
    lines.retain(|(_, text)| !text.is_empty());
    lines
}

/// Wording of the question that a measure is about.
fn question(asked: &Asked, measure: &Measure) -> String {
    let of = measure.question.as_ref().and_then(|name| asked.model.question(name));
    // What is calculated is not asked and has no number.
    let worded = of.map(|question| match question.number.as_str() {
        "" => question.label.plain(),
        number => format!("{number}. {}", question.label.plain()),
    });
    let expression = || measure.of.as_ref().map(|of| of.source().to_owned());
    worded.or_else(expression).unwrap_or_default()
}

fn function_words(measure: &Measure) -> String {
    let what = match measure.function {
        Function::Count | Function::Share => "liczbę odpowiedzi spełniających warunek",
        Function::Sum => "sumę",
        Function::Mean => "średnią",
        Function::Median => "medianę",
        Function::Min => "najmniejszą wartość",
        Function::Max => "największą wartość",
        Function::Distinct => "różne wpisy, każdy raz",
        Function::Frequencies => "wskazania każdej odpowiedzi",
        Function::List => "same odpowiedzi",
    };
    match &measure.over {
        Some(list) => format!("{what}, po wpisach listy „{list}”"),
        None => what.to_owned(),
    }
}

fn base_words(base: Base) -> &'static str {
    match base {
        Base::All => "wszystkie złożone ankiety",
        Base::Relevant => "ankiety, w których zadano pytanie",
        Base::Answered => "ankiety z odpowiedzią na pytanie",
        Base::Sent => "zaproszenia niewycofane",
    }
}

/// What every number of the page leads to.
pub(super) fn all(material: &Material) -> Vec<Definition> {
    let figures = material.figures.figures.iter().map(|(key, figure)| {
        let found = material.measures.measures.iter().find(|found| is_of(key, found));
        let mut lines = found.map(|found| explained(material, found)).unwrap_or_default();
        if let Some(fact) = key.strip_prefix("fakt.").and_then(|slug| material.notebook.fact(slug)) {
            lines.extend(fact.footnote().map(|source| ("Źródło".to_owned(), source)));
        }
        if let Some(asked) = found.and_then(|found| material.asked(&found.form)) {
            lines.push(("Wersja ankiety".to_owned(), asked.model.settings.version.clone()));
        }
        lines.extend(figure.value.as_ref().map(|value| ("Wartość dokładna".to_owned(), value.to_string())));
        lines.extend(figure.flags.iter().map(|flag| ("Uwaga".to_owned(), flag_words(*flag).to_owned())));
        Definition { key: key.clone(), title: figure.label.clone(), lines }
    });
    figures.collect()
}

/// Whether a key is that of a measure or of a part of it.
fn is_of(key: &str, found: &FormReading) -> bool {
    let rest = key.strip_prefix(&found.form).and_then(|rest| rest.strip_prefix('.'));
    let rest = rest.and_then(|rest| rest.strip_prefix(&found.reading.name));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
