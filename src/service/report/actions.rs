//! Chapter IV: the fifty actions of Tables 2 to 6.

use sheet::document::{Align, Block, Cell, Column, Inline, Orientation, Row, Table};
use survey::programme::{Action, Goal};

use super::cite::Cite;
use super::{Material, heading};
use crate::service::notebook::{Paragraph, RowNote, SourceNote, paragraphs, state_words};

/// The chapter.
pub(super) fn chapter(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    if material.programme.actions.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::Section(Orientation::Landscape),
        heading(1, "IV. Opis szczegółowych działań", "dzialania"),
    ];
    for goal in &material.programme.goals {
        blocks.push(heading(
            2,
            &format!("Cel szczegółowy {}: {}", goal.number, goal.name),
            &format!("cel-{}", goal.number),
        ));
        blocks.push(Block::Table(table(material, cite, goal)));
    }
    blocks.push(Block::Section(Orientation::Portrait));
    blocks
}

fn table(material: &Material, cite: &Cite<'_>, goal: &Goal) -> Table {
    let column = |width| Column { width, align: Align::Start };
    let header = ["Działanie", "Wskaźnik produktu", "Źródło danych", "Realizacja", "Opis działań"];
    let actions = material.programme.actions.iter().filter(|action| action.goal == goal.number);
    Table {
        id: Some(format!("tabela-celu-{}", goal.number)),
        caption: vec![Inline::text(format!(
            "Szczegółowe działania w celu szczegółowym nr {} wraz ze wskaźnikami oraz źródłami danych",
            goal.number
        ))],
        description: format!(
            "Wiersz to działanie celu {}: jego wskaźniki produktu, źródła danych, kto i kiedy je realizuje oraz co podały \
             źródła.",
            goal.number
        ),
        columns: vec![column(20), column(15), column(9), column(13), column(43)],
        header: vec![Row { cells: header.map(Cell::text).into() }],
        rows: actions.map(|action| row(material, cite, action)).collect(),
        header_column: true,
        notes: Vec::new(),
    }
}

fn row(material: &Material, cite: &Cite<'_>, action: &Action) -> Row {
    let name = match &action.area {
        Some(area) => format!("{}. {} (obszar: {area})", action.code, action.name),
        None => format!("{}. {}", action.code, action.name),
    };
    let products = action.products.iter().map(|product| vec![Inline::text(product.clone())]);
    let note = material.notebook.row(&action.code);
    Row {
        cells: vec![
            Cell::text(name),
            cell(products.collect()),
            Cell::text(action.sources.join(", ")),
            cell(progress(note)),
            cell(told(material, cite, action, note)),
        ],
    }
}

/// A cell of paragraphs; one empty paragraph where there are none.
fn cell(paragraphs: Vec<Vec<Inline>>) -> Cell {
    let paragraphs = if paragraphs.is_empty() { vec![Vec::new()] } else { paragraphs };
    Cell { paragraphs, columns: 1, rows: 1 }
}

fn progress(note: Option<&RowNote>) -> Vec<Vec<Inline>> {
    let Some(note) = note else { return vec![missing("nie podano")] };
    let line =
        |what: &str, text: &str| (!text.is_empty()).then(|| vec![Inline::text(format!("{what}: {text}"))]);
    [
        line("Stan", state_words(note.state)),
        line("Odpowiedzialny", &note.owner),
        line("Termin", &note.deadline),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What the sources say: declared ones first, each under its heading, then whoever else said something.
fn told(material: &Material, cite: &Cite<'_>, action: &Action, note: Option<&RowNote>) -> Vec<Vec<Inline>> {
    let others = note.into_iter().flat_map(|note| note.sources.keys());
    let others = others.filter(|code| !action.sources.contains(code));
    let mut found = Vec::new();
    for code in action.sources.iter().chain(others) {
        found.push(vec![Inline::strong(format!("{code}:"))]);
        let before = found.len();
        found.extend(surveyed(material, cite, &action.code, code));
        if let Some(said) = note.and_then(|note| note.sources.get(code)) {
            found.extend(said_by(material, cite, said));
        }
        if found.len() == before {
            found.push(missing("brak tekstu"));
        }
    }
    found
}

/// Sentences of the surveys that collect the data of a source.
fn surveyed(material: &Material, cite: &Cite<'_>, row: &str, source: &str) -> Vec<Vec<Inline>> {
    let declared = material.programme.sources.iter().find(|one| one.code == source);
    let Some(form) = declared.and_then(|one| one.form.as_deref()) else { return Vec::new() };
    let told = material.line(row).into_iter().flat_map(|line| &line.told);
    told.filter(|told| told.form == form).map(|told| cite.told(told)).collect()
}

fn said_by(material: &Material, cite: &Cite<'_>, said: &SourceNote) -> Vec<Vec<Inline>> {
    if said.nothing_new {
        return vec![vec![Inline::text(format!("W {} r. nic nowego.", material.year()))]];
    }
    let mut found = Vec::new();
    for paragraph in paragraphs(&said.text) {
        match paragraph {
            Paragraph::Heading(bits) => found.push(vec![Inline::Emphasis(cite.written(&bits))]),
            Paragraph::Plain(bits) => found.push(cite.written(&bits)),
            Paragraph::Items(items) => found.extend(items.iter().map(|bits| item(cite.written(bits)))),
        }
    }
    let facts = said.facts.iter().filter_map(|slug| Some((slug, material.notebook.fact(slug)?)));
    found.extend(facts.map(|(slug, fact)| item(cite.fact(slug, fact))));
    found
}

/// An item inside a cell, where no lists are.
fn item(content: Vec<Inline>) -> Vec<Inline> {
    std::iter::once(Inline::text("•\u{a0}")).chain(content).collect()
}

fn missing(text: &str) -> Vec<Inline> {
    vec![Inline::Emphasis(vec![Inline::text(format!("({text})"))])]
}
