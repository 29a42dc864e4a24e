//! Chapter III: the indicators of the programme with their degrees, and every trap said aloud.

use sheet::document::{Align, Block, Cell, Column, Inline, Row, Table};
use tally::indicator::Assessment;

use super::cite::{Cite, footnote};
use super::{Material, ended, heading, paragraph, series};
use crate::service::indicators::{IndicatorSheet, words};
use crate::service::states::short_name;

/// The chapter.
pub(super) fn chapter(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let sheets = &material.indicators.indicators;
    if sheets.is_empty() {
        return Vec::new();
    }
    let title = format!("III. Weryfikacja rezultatów i wskaźników za {} rok", material.year());
    let mut blocks = vec![heading(1, &title, "wskazniki")];
    if let Some(rule) = &material.indicators.rule {
        blocks.push(paragraph(rule.note.clone()));
    }
    for goal in &material.programme.goals {
        let own: Vec<&IndicatorSheet> =
            sheets.iter().filter(|sheet| sheet.declared.goal == goal.number).collect();
        if own.is_empty() {
            continue;
        }
        let title = format!("III.{}. Kierunek interwencji: {}", goal.number, goal.direction);
        blocks.push(heading(2, &title, &format!("kierunek-{}", goal.number)));
        blocks.push(paragraph(format!("Cel szczegółowy {}: {}.", goal.number, goal.name)));
        for sheet in own {
            blocks.extend(one(material, cite, sheet));
        }
    }
    blocks
}

fn one(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Block> {
    let (code, style) = (&sheet.declared.code, sheet.definition.style);
    let title = format!("{code}. {}", sheet.declared.name);
    let mut blocks = vec![heading(3, &title, &format!("wskaznik-{code}"))];
    blocks.push(paragraph(format!(
        "Wartość bazowa: {} Wartość docelowa: {} Sposób liczenia: {}.",
        ended(&words::base(sheet.version.base.as_ref(), style)),
        ended(&words::target(sheet.version.target.as_ref(), style)),
        words::rule(sheet.definition.rule)
    )));
    blocks.push(Block::Paragraph(of_year(material, cite, sheet)));
    if let Ok(found) = &sheet.found {
        blocks.extend(reached(material, cite, sheet, found).map(Block::Paragraph));
        blocks.extend(series::figure(material, sheet));
        // What the warnings say is about the numbers of this moment.
        if material.is_current() {
            let warnings = found.warnings.iter().map(|warning| words::warning(warning, style));
            blocks.extend(warnings.map(|text| Block::Note(vec![Inline::text(format!("Uwaga: {text}"))])));
        }
    }
    blocks
}

/// The value of the year with its parts and where they come from.
fn of_year(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Inline> {
    let (year, style) = (material.indicators.year, sheet.definition.style);
    let mut text = vec![Inline::text(format!("Wartość za {year} r.: "))];
    let key = format!("wskaznik.{}.{year}", sheet.declared.code);
    match (cite.has(&key), &sheet.found) {
        (true, _) => text.extend(cite.number(&key)),
        (false, Ok(found)) => text.push(Inline::text(words::of_year(found, style))),
        (false, Err(_)) => text.push(Inline::text("–")),
    }
    let current = sheet.history.iter().filter(|entry| entry.current && entry.span.to() == year);
    let parts: Vec<_> = current.collect();
    for entry in parts.iter().filter(|entry| !entry.name.is_empty() && material.is_current()) {
        text.push(Inline::text(format!("; {}: ", entry.name)));
        let title = format!("{}, {}", sheet.declared.code, entry.name);
        text.push(cite.own(
            &format!("{key}.{}", short_name(&entry.name)),
            &title,
            &words::entered(entry, style),
        ));
    }
    for entry in &parts {
        text.push(footnote(&words::source(entry, style)));
    }
    text.push(Inline::text("."));
    text
}

/// What was reached of what was to be reached, and the degree.
fn reached(
    material: &Material,
    cite: &Cite<'_>,
    sheet: &IndicatorSheet,
    found: &Assessment,
) -> Option<Vec<Inline>> {
    let (code, style) = (&sheet.declared.code, sheet.definition.style);
    let key = |what: &str| format!("wskaznik.{code}.{what}");
    let mut sentences: Vec<Vec<Inline>> = Vec::new();
    let sentence = |words: &str, number: Vec<Inline>| {
        let begun = std::iter::once(Inline::text(format!("{words}: ")));
        begun.chain(number).chain([Inline::text(".")]).collect::<Vec<_>>()
    };
    if found.cumulative.is_some() {
        sentences.push(sentence("Wskaźnik osiągnięty", achieved(material, cite, sheet, found)));
    }
    if found.degree.is_some() && cite.has(&key("stopien")) {
        sentences.push(sentence("Stopień realizacji wskaźnika", cite.number(&key("stopien"))));
    }
    let distance = words::distance(found, style);
    if material.is_current() && !distance.is_empty() && distance != "–" {
        let title = format!("{code}: ile brakuje do celu");
        sentences.push(sentence("Do celu", vec![cite.own(&key("do_celu"), &title, &distance)]));
    }
    (!sentences.is_empty()).then(|| sentences.join(&Inline::text(" ")))
}

/// `502 z 1 036`, each part bound where it is a figure of its own.
fn achieved(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet, found: &Assessment) -> Vec<Inline> {
    let code = &sheet.declared.code;
    let keys = [format!("wskaznik.{code}.razem"), format!("wskaznik.{code}.do_osiagniecia")];
    let printed = words::achieved(found, sheet.definition.style);
    let parts: Vec<&str> = printed.split(" z ").collect();
    let texts: Vec<Option<&str>> =
        keys.iter().map(|key| material.figures.figures.get(key).map(|figure| figure.text.as_str())).collect();
    let same = parts.iter().zip(&texts).all(|(part, text)| *text == Some(*part));
    match (same, parts.len()) {
        (true, 2) => {
            let mut text = cite.number(&keys[0]);
            text.push(Inline::text(" z "));
            text.extend(cite.bare(&keys[1]));
            text
        }
        // The gross rule counts the base on both sides; of a state only its own numbers are told.
        _ if material.is_current() && parts.len() == 2 => {
            let own = |part: &str, title: &str, text: &str| {
                cite.own(&format!("wskaznik.{code}.{part}"), &format!("{code}: {title}"), text)
            };
            let reached = own("osiagniete_z_baza", "osiągnięto razem z bazą", parts[0]);
            vec![reached, Inline::text(" z "), own("cel_z_baza", "cel razem z bazą", parts[1])]
        }
        _ => cite.number(&keys[0]),
    }
}

/// All indicators in one table of the annex.
pub(super) fn summary(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let sheets = &material.indicators.indicators;
    if sheets.is_empty() {
        return Vec::new();
    }
    let column = |width, align| Column { width, align };
    let year = format!("Za {} r.", material.indicators.year);
    let header = ["Wskaźnik", "Baza", "Cel", &year, "Narastająco", "Stopień", "Reguła"];
    let table = Table {
        id: Some("wskazniki-tabela".into()),
        caption: vec![Inline::text(format!("Wskaźniki programu w {} r.", material.indicators.year))],
        description: "Dla każdego wskaźnika: baza, cel, wartość roku, suma, stopień realizacji i reguła."
            .into(),
        columns: vec![
            column(25, Align::Start),
            column(12, Align::Start),
            column(13, Align::Start),
            column(11, Align::End),
            column(15, Align::End),
            column(12, Align::End),
            column(12, Align::Start),
        ],
        header: vec![Row { cells: header.map(Cell::text).into() }],
        rows: sheets.iter().map(|sheet| row(material, cite, sheet)).collect(),
        header_column: true,
        notes: vec![vec![Inline::text("– : nie ma takiej liczby; b.d. : brak danych.")]],
    };
    vec![heading(2, "Wskaźniki w skrócie", "wskazniki-skrot"), Block::Table(table)]
}

fn row(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Row {
    let (code, style) = (&sheet.declared.code, sheet.definition.style);
    let key = |what: &str| format!("wskaznik.{code}.{what}");
    let year = key(&material.indicators.year.to_string());
    Row {
        cells: vec![
            Cell::text(format!("{code}. {}", sheet.declared.name)),
            Cell::text(words::base(sheet.version.base.as_ref(), style)),
            Cell::text(words::target(sheet.version.target.as_ref(), style)),
            Cell::of(cite.bare(&year)),
            Cell::of(cite.bare(&key("razem"))),
            Cell::of(cite.bare(&key("stopien"))),
            Cell::text(words::rule_word(sheet.definition.rule)),
        ],
    }
}
