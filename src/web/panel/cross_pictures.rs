//! Pictures of cross-tables in the panel: bars with their bases, and powiats on a map. They show everything that the table
//! shows, and mark like it what stays inside.

use std::collections::BTreeMap;

use form::number::{Rational, nearest};
use sheet::chart::{Bar, Bars};
use tally::{Cell, Figure, Reading};

use super::super::pages::{Picture, Svg};
use super::cross::{INSIDE, number_words};
use crate::service::choropleth::{self, Words};
use crate::service::cross::{CrossTable, CrossTables};

/// The attribute that has a map.
const AREA: &str = "powiat";

/// A row of the table as it is drawn.
struct Line<'a> {
    name: String,
    reading: &'a Reading,
    value: &'a Rational,
    text: String,
    inside: bool,
}

/// The picture of a table of numbers by one attribute; none of other tables and where nobody answered.
pub(super) fn picture(found: &CrossTables, table: &CrossTable) -> Option<Picture> {
    let lines = lines(found, table);
    if found.by.columns.is_some() || lines.is_empty() {
        return None;
    }
    let label = &table.cross.total.reading.label;
    if found.by.rows == AREA {
        return map(label, &lines);
    }
    let rows = found.names.attribute(&found.by.rows).unwrap_or_default();
    Some(bars(format!("{label}, według: {rows}"), &lines))
}

fn lines<'a>(found: &CrossTables, table: &'a CrossTable) -> Vec<Line<'a>> {
    let (cross, shown) = (&table.cross, &table.shown);
    let groups = cross.rows.iter().zip(&cross.row_totals).zip(&shown.rows);
    let line = |((row, cell), is_shown): ((&tally::Value, &'a Cell), &bool)| match &cell.reading.value {
        Figure::Number(value) if cell.responses > 0 => Some(Line {
            name: found.names.value(&found.by.rows, row.as_deref()),
            reading: &cell.reading,
            value,
            text: number_words(cell, found.rules.smallest_base),
            inside: !is_shown,
        }),
        _ => None,
    };
    groups.filter_map(line).collect()
}

fn bars(title: String, lines: &[Line<'_>]) -> Picture {
    let bar = |line: &Line<'_>| Bar {
        label: if line.inside { format!("{} ({INSIDE})", line.name) } else { line.name.clone() },
        value: nearest(line.value),
        base: whole(line.reading),
        text: line.text.clone(),
    };
    let has_bases = lines.iter().any(|line| whole(line.reading).is_some());
    let chart = Bars {
        title: title.clone(),
        description: said(lines),
        bars: lines.iter().map(bar).collect(),
        most: None,
    };
    let pale = if has_bases { " Jaśniejszy pasek to podstawa." } else { "" };
    Picture { caption: format!("{title}.{pale} Te same liczby są w tabeli."), svg: Svg::bars(&chart) }
}

/// The base, where the number counts a part of it.
fn whole(reading: &Reading) -> Option<f64> {
    let (numerator, base) = (reading.numerator?, reading.base?);
    let is_part = reading.value == Figure::Number(Rational::from_integer(numerator.into()));
    is_part.then(|| nearest(&Rational::from_integer(base.into())))
}

fn map(label: &str, lines: &[Line<'_>]) -> Option<Picture> {
    let title = format!("{label}, według powiatów");
    let marked = lines.iter().map(|line| {
        let text = if line.inside { format!("{} ({INSIDE})", line.text) } else { line.text.clone() };
        (line.name.clone(), Some((line.value.clone(), text)))
    });
    let words =
        Words {
            title: title.clone(), description: said(lines), nothing: "brak złożonych ankiet".to_owned()
        };
    let drawn = choropleth::by_powiat(words, &marked.collect::<BTreeMap<_, _>>())?;
    let inside = if lines.iter().any(|line| line.inside) {
        format!(" Mapa jest {INSIDE}: pokazuje też grupy, których liczb nie podaje się na zewnątrz.")
    } else {
        String::new()
    };
    Some(Picture { caption: format!("{title}.{inside} Te same liczby są w tabeli."), svg: Svg::map(&drawn) })
}

/// The picture in a sentence.
fn said(lines: &[Line<'_>]) -> String {
    let most = lines.iter().max_by_key(|line| line.value);
    let least = lines.iter().min_by_key(|line| line.value);
    let named = |line: &Line<'_>| format!("{}, {}", line.name, line.text);
    match least.zip(most) {
        Some((least, most)) if least.value != most.value => {
            format!("Największa liczba: {}. Najmniejsza: {}.", named(most), named(least))
        }
        Some((_, most)) => format!("Każda liczba to {}.", tally::printed(most.value)),
        None => String::new(),
    }
}
