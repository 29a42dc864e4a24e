//! Chapter II: how many entities the public lists hold on two days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use form::polish;
use sheet::document::{Align, Block, Cell, Column, Inline, Row, Table};

use super::cite::Cite;
use super::{Material, heading, paragraph};

/// The keys of these numbers: `lista.{list}.{day}`.
const LISTS: &str = "lista.";

/// The chapter with Table 1; nothing without lists.
pub(super) fn chapter(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let lists = lists(material);
    let days: BTreeSet<NaiveDate> = lists.values().flat_map(|list| list.days.iter().copied()).collect();
    if days.is_empty() {
        return Vec::new();
    }
    let end = |_: &NaiveDate| Column { width: 20, align: Align::End };
    let dated = days.iter().map(|day| format!("Stan na {}", polish::date_short(*day)));
    let rows = lists.iter().map(|(word, list)| {
        let counts = days.iter().map(|day| match list.days.contains(day) {
            true => Cell::of(cite.number(&format!("{LISTS}{word}.{day}"))),
            false => Cell::text("–"),
        });
        Row { cells: std::iter::once(Cell::text(list.label.clone())).chain(counts).collect() }
    });
    let table = Table {
        id: Some("sektor".into()),
        caption: vec![Inline::text("Stan liczbowy sektora ekonomii społecznej")],
        description: "Dla każdej listy publicznej: ile podmiotów było na niej w obu dniach.".into(),
        columns: std::iter::once(Column { width: 60, align: Align::Start })
            .chain(days.iter().map(end))
            .collect(),
        header: vec![Row {
            cells: std::iter::once("Rodzaj podmiotu".to_owned()).chain(dated).map(Cell::text).collect(),
        }],
        rows: rows.collect(),
        header_column: true,
        notes: vec![vec![Inline::text("Źródło: listy publiczne wczytane do Miernika, z datą każdej listy.")]],
    };
    vec![
        heading(1, "II. Monitoring podmiotów ekonomii społecznej", "sektor-rozdzial"),
        paragraph("Liczby pochodzą z publicznych list podmiotów, według stanu na podane dni."),
        Block::Table(table),
    ]
}

/// One list.
struct List {
    label: String,
    days: BTreeSet<NaiveDate>,
}

fn lists(material: &Material) -> BTreeMap<String, List> {
    let mut lists: BTreeMap<String, List> = BTreeMap::new();
    for (key, figure) in &material.figures.figures {
        let Some((word, day)) = key.strip_prefix(LISTS).and_then(|rest| rest.split_once('.')) else {
            continue;
        };
        let Ok(day) = day.parse::<NaiveDate>() else { continue };
        let label = figure.label.split(": ").next().unwrap_or_default().to_owned();
        lists
            .entry(word.to_owned())
            .or_insert_with(|| List { label, days: BTreeSet::new() })
            .days
            .insert(day);
    }
    lists
}
