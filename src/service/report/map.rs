//! The map of the annex: the main measure by NUTS 3 region on the shapes of powiats. What may not be shown looks the same
//! whatever the reason, so nobody can tell who did not answer.

use std::collections::BTreeMap;

use form::polish;
use sheet::document::{Align, Block, Cell, Column, Figure, Inline, Row, Table};
use tally::{Cell as Group, Figure as Value};

use super::cite::Cite;
use super::{Material, heading, paragraph};
use crate::service::choropleth::{self, Marked, Words};
use crate::service::figures::share_words;
use crate::service::mapped::{Mapped, REGION};

/// What stands where no number is given.
const NOTHING: &str = "nie podaje się";
/// What is said of a region, in the order of the columns, as keys of numbers.
const PARTS: [&str; 4] = ["liczba", "udzial", "podstawa", "zlozone"];

/// The map with its table, or why there is none.
pub(super) fn blocks(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let Some(mapped) = &material.mapped else { return Vec::new() };
    let numbers = numbers(mapped);
    let title = format!("{} według podregionów (NUTS 3)", mapped.table.cross.total.reading.label);
    let words = Words { title: title.clone(), description: said(&numbers), nothing: NOTHING.to_owned() };
    let Some(drawn) = choropleth::by_powiat(words, &marked(mapped, &numbers)) else { return Vec::new() };
    let mut blocks = vec![heading(2, "Mapa", "mapa")];
    if !material.is_current() {
        blocks.push(paragraph("Mapy nie ma: zamrożony stan przechowuje liczby całego województwa."));
        return blocks;
    }
    let least = mapped.rules.smallest_group;
    if drawn.shades.is_empty() {
        blocks.push(paragraph(format!(
            "Mapy nie ma: w żadnym podregionie nie można podać liczby, bo odpowiedziało mniej niż {least} jednostek albo \
             liczbę dałoby się wyliczyć z innych."
        )));
        return blocks;
    }
    let note = format!(
        "Obszary na mapie to powiaty, a każdy ma liczbę całego swojego podregionu. „{}” znaczy: mniej niż {least} \
         odpowiedzi, brak danych albo liczba, z której dałoby się wyliczyć inną.",
        NOTHING
    );
    blocks.push(Block::Figure(Figure {
        id: Some("rysunek.mapa".into()),
        caption: vec![Inline::text(title.clone())],
        alternative: drawn.description.clone(),
        svg: drawn.draw(),
        notes: vec![vec![Inline::text(note)]],
    }));
    blocks.push(Block::Table(table(mapped, cite, title)));
    blocks
}

/// The numbers that may be shown, by region.
fn numbers(mapped: &Mapped) -> BTreeMap<&str, &Group> {
    let (cross, shown) = (&mapped.table.cross, &mapped.table.shown);
    let groups = cross.rows.iter().zip(&cross.row_totals).zip(&shown.rows);
    groups
        .filter(|((_, group), is_shown)| **is_shown && group.responses > 0)
        .filter_map(|((region, group), _)| Some((region.as_deref()?, group)))
        .collect()
}

/// What each powiat of the frame shows.
fn marked(mapped: &Mapped, numbers: &BTreeMap<&str, &Group>) -> BTreeMap<String, Marked> {
    let of = |region: &str| {
        let Value::Number(number) = &numbers.get(region)?.reading.value else { return None };
        let name = mapped.names.value(REGION, Some(region));
        Some((number.clone(), format!("{} w podregionie {name}", tally::printed(number))))
    };
    mapped.regions.iter().map(|(powiat, region)| (powiat.clone(), of(region))).collect()
}

/// The map in a sentence.
fn said(numbers: &BTreeMap<&str, &Group>) -> String {
    let values = numbers.values().filter_map(|group| match &group.reading.value {
        Value::Number(number) => Some(number),
        _ => None,
    });
    let (least, most) = (values.clone().min(), values.max());
    let Some((least, most)) = least.zip(most) else { return "Nie podaje się żadnej liczby.".to_owned() };
    format!(
        "Im ciemniejszy obszar, tym większa liczba: od {} do {}. Wszystkie liczby są w tabeli pod mapą.",
        tally::printed(least),
        tally::printed(most)
    )
}

fn table(mapped: &Mapped, cite: &Cite<'_>, title: String) -> Table {
    let (cross, shown) = (&mapped.table.cross, &mapped.table.shown);
    let (form, measure) = (&mapped.table.form, &cross.total.reading.name);
    let header = ["Podregion", "Liczba", "Udział", "Podstawa", "Złożone ankiety"];
    let mut rows: Vec<Row> = Vec::new();
    for ((region, group), is_shown) in cross.rows.iter().zip(&cross.row_totals).zip(&shown.rows) {
        let name = Cell::text(mapped.names.value(REGION, region.as_deref()));
        let texts = if *is_shown && group.responses > 0 { given(mapped, group) } else { hidden() };
        let cells = header.iter().skip(1).zip(PARTS).zip(texts).map(|((title, part), text)| {
            let key = format!("mapa.{form}.{measure}.{}.{part}", region.as_deref().unwrap_or("bez"));
            let place = mapped.names.value(REGION, region.as_deref());
            cite.own_cell(&key, &format!("{title}: {place}"), &text)
        });
        rows.push(Row { cells: std::iter::once(name).chain(cells).collect() });
    }
    let bound = |key: String| if cite.has(&key) { Cell::of(cite.bare(&key)) } else { Cell::text("x") };
    rows.push(Row {
        cells: vec![
            Cell::text("Ogółem"),
            bound(format!("{form}.{measure}")),
            bound(format!("{form}.{measure}.share")),
            bound(format!("{form}.{measure}.base")),
            bound(format!("{form}.submitted")),
        ],
    });
    let end = |width| Column { width, align: Align::End };
    Table {
        id: Some("mapa-tabela".into()),
        caption: vec![Inline::text(title)],
        description: "Dla każdego podregionu: liczba, udział, podstawa i ile ankiet złożono.".into(),
        columns: vec![Column { width: 36, align: Align::Start }, end(16), end(16), end(16), end(16)],
        header: vec![Row { cells: header.map(Cell::text).into() }],
        rows,
        header_column: true,
        notes: Vec::new(),
    }
}

/// Count first, percent second, base always.
fn given(mapped: &Mapped, group: &Group) -> [String; 4] {
    let reading = &group.reading;
    let value = match &reading.value {
        Value::Number(number) => tally::printed(number),
        _ => "–".to_owned(),
    };
    let share = share_words(reading, mapped.rules.smallest_base);
    let base = reading.base.map(polish::integer);
    let asked = format!("{} z {}", polish::integer(group.responses), polish::integer(group.asked));
    [Some(value), share, base, Some(asked)].map(|text| text.unwrap_or_else(|| "x".to_owned()))
}

fn hidden() -> [String; 4] {
    [(); 4].map(|()| NOTHING.to_owned())
}
