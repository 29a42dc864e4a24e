//! Chapter III: the indicators of the programme with their degrees, and every trap said aloud.

use std::collections::{BTreeMap, BTreeSet};

use sheet::document::{Align, Block, Cell, Column, Inline, Row, Table};
use store::ValueSource;
use survey::programme::MeasureName;
use tally::indicator::Assessment;

use super::cite::{Cite, without_notes};
use super::{Material, ended, heading, paragraph, series};
use crate::service::indicators::{Entry, IndicatorSheet, words};
use crate::service::states::short_name;

/// What is said where a value comes from a survey whose numbers stay inside.
const HIDDEN: &str = "Część wartości pochodzi z ankiety, której liczb nie podaje się: odpowiedziało za mało jednostek albo \
                      pytania nie publikuje się. Liczą się one jak brak danych (b.d.).";

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
    let code = &sheet.declared.code;
    let title = format!("{code}. {}", sheet.declared.name);
    let mut blocks = vec![heading(3, &title, &format!("wskaznik-{code}"))];
    blocks.push(Block::Paragraph(vec![
        Inline::text("Wartość bazowa: "),
        base(cite, sheet),
        Inline::text("; wartość docelowa: "),
        target(cite, sheet),
        Inline::text(format!("; sposób liczenia: {}.", words::rule(sheet.definition.rule))),
    ]));
    blocks.push(Block::Paragraph(of_year(material, cite, sheet)));
    let kept_inside = sheet.history.iter().any(|entry| entry.current && entry.hidden);
    blocks.extend((kept_inside && material.is_current()).then(|| Block::Note(vec![Inline::text(HIDDEN)])));
    if let Ok(found) = &sheet.found {
        blocks.extend(reached(material, cite, sheet, found).map(Block::Paragraph));
        blocks.extend(series::figure(material, sheet));
        // What the warnings say is about the numbers of this moment.
        if material.is_current() {
            blocks.extend(warnings(cite, sheet, found));
        }
    }
    blocks
}

/// What the programme declares, bound too: a later version of it may say something else.
fn base(cite: &Cite<'_>, sheet: &IndicatorSheet) -> Inline {
    let code = &sheet.declared.code;
    let words = words::base(sheet.version.base.as_ref(), sheet.definition.style);
    cite.own(&format!("wskaznik.{code}.baza"), &format!("{code}: wartość bazowa"), &words)
}

fn target(cite: &Cite<'_>, sheet: &IndicatorSheet) -> Inline {
    let code = &sheet.declared.code;
    let words = words::target(sheet.version.target.as_ref(), sheet.definition.style);
    cite.own(&format!("wskaznik.{code}.cel"), &format!("{code}: wartość docelowa"), &words)
}

/// Warnings as notes, each bound as a whole: with its numbers its words change.
fn warnings(cite: &Cite<'_>, sheet: &IndicatorSheet, found: &Assessment) -> Vec<Block> {
    let code = &sheet.declared.code;
    let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
    let notes = found.warnings.iter().map(|warning| {
        let turn = turns.entry(warning.code()).or_default();
        *turn += 1;
        let key = format!("wskaznik.{code}.uwaga.{}.{turn}", warning.code());
        let text = words::warning(warning, sheet.definition.style);
        Block::Note(vec![Inline::text("Uwaga: "), cite.own(&key, &format!("{code}: uwaga"), &text)])
    });
    notes.collect()
}

/// The value of a year, or why there is none, under one key wherever it stands.
fn value_of_year(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Inline> {
    let (year, code) = (material.indicators.year, &sheet.declared.code);
    let key = format!("wskaznik.{code}.{year}");
    if cite.has(&key) {
        return cite.number(&key);
    }
    let words = match &sheet.found {
        Ok(found) => words::of_year(found, sheet.definition.style),
        Err(_) => "–".to_owned(),
    };
    vec![cite.own(&key, &format!("{code}: wartość za {year} r."), &words)]
}

/// The value of the year with its parts and where they come from.
fn of_year(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Inline> {
    let (year, style) = (material.indicators.year, sheet.definition.style);
    let mut text = vec![Inline::text(format!("Wartość za {year} r.: "))];
    text.extend(value_of_year(material, cite, sheet));
    text.extend(quotient(cite, sheet, year));
    let key = format!("wskaznik.{}.{year}", sheet.declared.code);
    let parts: Vec<&Entry> = sheet.parts(year).collect();
    let mut sources = BTreeSet::new();
    for entry in &parts {
        let part =
            if entry.name.is_empty() { String::new() } else { format!(".{}", short_name(&entry.name)) };
        let title = format!("{}, {}", sheet.declared.code, entry.name);
        if !part.is_empty() && material.is_current() {
            text.push(Inline::text(format!("; {}: ", entry.name)));
            text.push(cite.own(&format!("{key}{part}"), &title, &words::entered(entry, style)));
        }
        let source = source(material, entry);
        if sources.insert(source.clone()) {
            text.push(Inline::Footnote(vec![vec![cite.own(
                &format!("{key}{part}.zrodlo"),
                &title,
                &source,
            )]]));
        }
    }
    text.push(Inline::text("."));
    text
}

/// ` (68 z 74)` behind a percentage that was entered as a part of a whole.
fn quotient(cite: &Cite<'_>, sheet: &IndicatorSheet, year: i32) -> Vec<Inline> {
    let value = sheet.values.iter().find(|value| value.span.to() == year);
    let Some([part]) = value.map(|value| &value.parts[..]) else { return Vec::new() };
    let Some(shown) = part.shown.as_ref().filter(|_| sheet.definition.style.percent) else {
        return Vec::new();
    };
    let key = format!("wskaznik.{}.{year}.iloraz", sheet.declared.code);
    let title = format!("{}: z ilu", sheet.declared.code);
    vec![Inline::text(" ("), cite.own(&key, &title, &shown.replace(" / ", " z ")), Inline::text(")")]
}

/// Where an entry comes from, for readers outside: measures by what they ask, not by their names.
fn source(material: &Material, entry: &Entry) -> String {
    let measure = entry.row.measure.as_deref().and_then(MeasureName::parse);
    let Some(measure) = measure.filter(|_| entry.row.source == ValueSource::Measure) else {
        return words::documents(entry);
    };
    let form = material.asked(&measure.form).map_or("", |asked| asked.label.as_str());
    let found = material.measures.find(&measure.form, &measure.measure);
    let label = found.map(|one| format!(": {}", one.reading.label)).unwrap_or_default();
    ended(&format!("Ankieta {form} za {} r.{label}", entry.span))
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
        notes: vec![vec![Inline::text("– : nie ma takiej liczby.")]],
    };
    vec![heading(2, "Wskaźniki w skrócie", "wskazniki-skrot"), Block::Table(table)]
}

fn row(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Row {
    let code = &sheet.declared.code;
    let key = |what: &str| format!("wskaznik.{code}.{what}");
    let mut of_year = without_notes(value_of_year(material, cite, sheet));
    of_year.extend(quotient(cite, sheet, material.indicators.year));
    Row {
        cells: vec![
            Cell::text(format!("{code}. {}", sheet.declared.name)),
            Cell::of(vec![base(cite, sheet)]),
            Cell::of(vec![target(cite, sheet)]),
            Cell::of(of_year),
            Cell::of(cite.bare(&key("razem"))),
            Cell::of(cite.bare(&key("stopien"))),
            Cell::text(words::rule_word(sheet.definition.rule)),
        ],
    }
}
