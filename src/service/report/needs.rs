//! Chapter V: problems and needs that offices reported.

use form::number::Rational;
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
            blocks.push(Block::Table(frequencies(cite, found, smallest_base)));
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
        answered: Some(reading.saying()),
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

/// Choices from the most frequent one, each with how many offices answered the question; a percent of fewer than
/// `smallest_base` answers is not printed.
pub(super) fn frequencies(cite: &Cite<'_>, found: &FormReading, smallest_base: u64) -> Table {
    let reading = &found.reading;
    let choices = sorted(found);
    let key = format!("{}.{}", found.form, reading.name);
    // In a list one office gives several answers, which are no part of the offices.
    let base = reading.answered.filter(|answered| choices.iter().all(|choice| choice.count <= *answered));
    let percents = base.filter(|base| *base > 0 && *base >= smallest_base);
    let row = |choice: &Frequency| {
        let own = format!("{key}.{}", choice.code);
        let mut cells = vec![Cell::text(choice.label.clone()), Cell::of(cite.bare(&own))];
        if let Some(base) = base {
            let title = format!("{}: ile jednostek odpowiedziało", reading.label);
            cells.push(cite.own_cell(&format!("{key}.odpowiedzialo"), &title, &polish::integer(base)));
        }
        if let Some(base) = percents {
            let share = polish::percent(&Rational::new(choice.count.into(), base.into()), 0);
            cells.push(cite.own_cell(
                &format!("{own}.udzial"),
                &format!("{}: {}", reading.label, choice.label),
                &share,
            ));
        }
        Row { cells }
    };
    let mut titles = vec!["Odpowiedź", "Liczba"];
    titles.extend(base.map(|_| "Odpowiedziało na pytanie"));
    titles.extend(percents.map(|_| "% odpowiadających"));
    let narrow = 16;
    let numbers = u16::try_from(titles.len() - 1).unwrap_or(3);
    let mut columns = vec![Column { width: 100 - narrow * numbers, align: Align::Start }];
    columns.extend((0..numbers).map(|_| Column { width: narrow, align: Align::End }));
    let several = base.map(|_| vec![Inline::text("Jedna jednostka może wskazać kilka odpowiedzi.")]);
    let caveat = reading.caveat.clone().map(|text| vec![Inline::text(text)]);
    Table {
        id: None,
        caption: vec![Inline::text(reading.label.clone())],
        description:
            "Odpowiedzi do wyboru, od najczęstszej, z liczbą wskazań i liczbą jednostek, które odpowiedziały."
                .into(),
        columns,
        header: vec![Row { cells: titles.into_iter().map(Cell::text).collect() }],
        rows: choices.iter().map(row).collect(),
        header_column: true,
        notes: several.into_iter().chain(caveat).collect(),
    }
}
