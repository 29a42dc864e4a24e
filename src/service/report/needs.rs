//! Chapter V: problems and needs that offices reported.

use form::polish;
use sheet::document::{Align, Block, Cell, Column, Inline, Row, Table};
use tally::{Figure, Frequency};

use super::cite::Cite;
use super::codes::codes;
use super::{Material, bars, heading};
use crate::service::coding::tables::CodeTable;
use crate::service::measures::{FormReading, ReportLine};

/// Codes of the rows of this chapter begin so.
const CHAPTER: &str = "V";

/// The chapter.
pub(super) fn chapter(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let rows: Vec<&ReportLine> = material.lines.iter().filter(|line| is_here(&line.row)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(1, "V. Zgłoszone problemy i potrzeby", "problemy-i-potrzeby")];
    blocks.push(Block::Paragraph(introduction(material, cite)));
    for line in rows {
        blocks.extend(place(material, cite, line));
    }
    blocks
}

fn is_here(row: &str) -> bool {
    row == CHAPTER || row.starts_with("V.")
}

/// Who was asked, when, and how many answered.
fn introduction(material: &Material, cite: &Cite<'_>) -> Vec<Inline> {
    let (opens, closes) = (material.edition.opens_on, material.edition.closes_on);
    let mut text = vec![Inline::text(format!(
        "Informacje pochodzą z badania ankietowego. Ankietę wypełniano od {} do {} W badaniu udział wzięło ",
        polish::date_long(opens),
        polish::date_long(closes)
    ))];
    for (place, asked) in material.forms.iter().enumerate() {
        if place > 0 {
            text.push(Inline::text(if place + 1 == material.forms.len() { " oraz " } else { ", " }));
        }
        text.extend(cite.number(&format!("{}.submitted", asked.form)));
        text.push(Inline::text(format!(" {} (z ", asked.label)));
        text.extend(cite.number(&format!("{}.invited", asked.form)));
        text.push(Inline::text(" zaproszonych)"));
    }
    text.push(Inline::text("."));
    text
}

fn place(material: &Material, cite: &Cite<'_>, line: &ReportLine) -> Vec<Block> {
    let mut blocks = Vec::new();
    if line.row != CHAPTER {
        blocks.push(heading(2, &line.name, &format!("wiersz-{}", line.row)));
    }
    blocks.extend(line.told.iter().map(|told| Block::Paragraph(cite.told(told))));
    let smallest_base = material.measures.smallest_base;
    for found in &line.measures {
        if let Figure::Frequencies(_) = found.reading.value {
            blocks.extend(chosen(found, smallest_base));
            blocks.push(Block::Table(frequencies(cite, found)));
        }
    }
    for table in &line.codes {
        blocks.extend(coded(table, smallest_base));
        blocks.push(Block::Table(codes(cite, table, smallest_base)));
    }
    blocks
}

/// Codes that say something as bars.
fn coded(table: &CodeTable, smallest_base: u64) -> Option<Block> {
    let reading = &table.reading;
    let codes = reading.codes.iter().filter(|code| !code.kind.says_nothing());
    bars::figure(&bars::Shown {
        key: &format!("{}.{}.kody", table.form, reading.question),
        title: &format!("{} – kategorie odpowiedzi", reading.label),
        counts: codes.map(|code| (code.label.as_str(), code.count)).collect(),
        answered: Some(reading.answered),
        smallest_base,
    })
}

/// Choices as bars.
fn chosen(found: &FormReading, smallest_base: u64) -> Option<Block> {
    let choices = sorted(found);
    bars::figure(&bars::Shown {
        key: &format!("{}.{}", found.form, found.reading.name),
        title: &found.reading.label,
        counts: choices.iter().map(|choice| (choice.label.as_str(), choice.count)).collect(),
        answered: found.reading.answered,
        smallest_base,
    })
}

/// Choices from the most frequent one.
fn sorted(found: &FormReading) -> Vec<Frequency> {
    let Figure::Frequencies(choices) = &found.reading.value else { return Vec::new() };
    let mut choices = choices.clone();
    choices.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    choices
}

/// Choices from the most frequent one, with the base below.
pub(super) fn frequencies(cite: &Cite<'_>, found: &FormReading) -> Table {
    let reading = &found.reading;
    let choices = sorted(found);
    let key = format!("{}.{}", found.form, reading.name);
    let rows = choices.iter().map(|choice| Row {
        cells: vec![Cell::text(choice.label.clone()), Cell::of(cite.bare(&format!("{key}.{}", choice.code)))],
    });
    let answered = reading.answered.map(|answered| {
        let title = format!("{}: ile jednostek odpowiedziało", reading.label);
        vec![
            Inline::text("Jednostek, które odpowiedziały na pytanie: "),
            cite.own(&format!("{key}.odpowiedzialo"), &title, &polish::integer(answered)),
            Inline::text(". Jedna jednostka może wskazać kilka odpowiedzi."),
        ]
    });
    let caveat = reading.caveat.clone().map(|text| vec![Inline::text(text)]);
    let notes = answered.into_iter().chain(caveat);
    Table {
        id: None,
        caption: vec![Inline::text(reading.label.clone())],
        description: "Odpowiedzi do wyboru, od najczęstszej, z liczbą wskazań.".into(),
        columns: vec![Column { width: 80, align: Align::Start }, Column { width: 20, align: Align::End }],
        header: vec![Row { cells: vec![Cell::text("Odpowiedź"), Cell::text("Liczba")] }],
        rows: rows.collect(),
        header_column: true,
        notes: notes.collect(),
    }
}
