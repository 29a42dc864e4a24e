//! Indicators over the years, drawn in chapter III; their numbers stand in one table of the annex, because the tables of
//! the actions keep their numbers.

use form::number::Number;
use sheet::chart::{Plan, Point, Series, Shape};
use sheet::document::{Align, Block, Cell, Column, Figure, Inline, Row, Table};
use tally::indicator::Assessment;

use super::cite::Cite;
use super::{Material, ended};
use crate::service::indicators::IndicatorSheet;

/// The id of the table.
const TABLE: &str = "wskazniki-lata";

/// What can be drawn: at least two years of this moment, those without data among them; a frozen state holds no history.
fn points<'a>(
    material: &Material,
    sheet: &'a IndicatorSheet,
) -> Option<(&'a Assessment, &'a [tally::indicator::Point])> {
    let found = sheet.found.as_ref().ok().filter(|_| material.is_current())?;
    let known = found.points.iter().any(|point| point.position.is_some());
    (known && found.points.len() > 1).then_some((found, &found.points))
}

fn what(sheet: &IndicatorSheet) -> &'static str {
    match (sheet.definition.kind.adds_up(), sheet.counts_base()) {
        (true, true) => "wartość narastająco razem z bazą",
        (true, false) => "wartość narastająco",
        (false, _) => "wartość w kolejnych latach",
    }
}

/// The series of one indicator.
pub(super) fn figure(material: &Material, sheet: &IndicatorSheet) -> Option<Block> {
    let (found, at) = points(material, sheet)?;
    let redefined = |point: &tally::indicator::Point| {
        sheet.values.iter().any(|value| value.span == point.span && value.redefined)
    };
    let print = |point: &tally::indicator::Point| {
        point.position.as_ref().map_or_else(|| "b.d.".to_owned(), |number| sheet.print(number))
    };
    let said: Vec<String> = at.iter().map(|point| format!("{}: {}", point.span, print(point))).collect();
    let title = format!("{}. {} – {}", sheet.declared.code, sheet.declared.name, what(sheet));
    let series = Series {
        title: title.clone(),
        description: ended(&said.join("; ")),
        shape: if sheet.definition.kind.adds_up() { Shape::Columns } else { Shape::Line },
        name: what(sheet).to_owned(),
        points: at
            .iter()
            .enumerate()
            .map(|(place, point)| Point {
                label: point.span.to_string(),
                value: point.position.as_ref().map(size),
                text: print(point),
                breaks: place > 0 && redefined(&at[place - 1]),
            })
            .collect(),
        plan: plan(found, at),
        break_text: "zmiana definicji (M)".to_owned(),
    };
    Some(Block::Figure(Figure {
        id: Some(format!("rysunek.wskaznik.{}", sheet.declared.code)),
        caption: vec![Inline::text(title)],
        alternative: series.description.clone(),
        svg: series.draw(),
        notes: vec![vec![
            Inline::text("Te same liczby: "),
            Inline::Reference(TABLE.into()),
            Inline::text("."),
        ]],
    }))
}

/// The declared path where it says something of these years.
fn plan(found: &Assessment, at: &[tally::indicator::Point]) -> Option<Plan> {
    let last = at.len() - 1;
    let planned = |(place, point): (usize, &tally::indicator::Point)| {
        let corner = found.path.iter().find(|corner| corner.year == point.span.to());
        let corner = corner.map(|corner| &corner.number);
        corner.or(found.planned.as_ref().filter(|_| place == last)).map(size)
    };
    let values: Vec<Option<f64>> = at.iter().enumerate().map(planned).collect();
    values.iter().any(Option::is_some).then(|| Plan { name: "plan".to_owned(), values })
}

/// The nearest double: only places in a picture depend on it.
fn size(number: &form::number::Rational) -> f64 {
    Number::new(number.clone()).to_f64()
}

/// The numbers of all series.
pub(super) fn table(material: &Material, cite: &Cite<'_>) -> Option<Block> {
    let sheets = material.indicators.indicators.iter();
    let rows: Vec<Row> = sheets.flat_map(|sheet| rows(material, cite, sheet)).collect();
    if rows.is_empty() {
        return None;
    }
    let column = |width, align| Column { width, align };
    let header = ["Wskaźnik", "Lata", "Wartość", "Narastająco"];
    Some(Block::Table(Table {
        id: Some(TABLE.into()),
        caption: vec![Inline::text("Wartości wskaźników w kolejnych latach")],
        description: "Dla każdego wskaźnika z wykresem: lata, wartość i suma narastająco.".into(),
        columns: vec![
            column(49, Align::Start),
            column(17, Align::Start),
            column(17, Align::End),
            column(17, Align::End),
        ],
        header: vec![Row { cells: header.map(Cell::text).into() }],
        rows,
        header_column: true,
        notes: vec![vec![Inline::text(
            "x : wartości tego wskaźnika nie sumuje się; b.d. : brak danych. „Z bazą” podano tam, gdzie reguła dolicza wartość \
             bazową.",
        )]],
    }))
}

fn rows(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Row> {
    let Some((_, at)) = points(material, sheet) else { return Vec::new() };
    let row = |point: &tally::indicator::Point| {
        let key = format!("wskaznik.{}.{}", sheet.declared.code, point.span.key());
        Row {
            cells: vec![
                Cell::text(format!("{}. {}", sheet.declared.code, sheet.declared.name)),
                Cell::text(point.span.to_string()),
                Cell::of(cite.bare(&key)),
                Cell::of(sum(cite, sheet, point)),
            ],
        }
    };
    at.iter().map(row).collect()
}

/// The sum of the years, the same as in the table of all indicators; where the rule counts the base, the two together.
fn sum(cite: &Cite<'_>, sheet: &IndicatorSheet, point: &tally::indicator::Point) -> Vec<Inline> {
    if !sheet.definition.kind.adds_up() {
        return vec![Inline::text("x")];
    }
    let key = |what: &str| format!("wskaznik.{}.{}.{what}", sheet.declared.code, point.span.key());
    let title = |what: &str| format!("{} {what} do {}", sheet.declared.code, point.span);
    let (sum, with_base) = sheet.reached_by(point);
    let mut text = vec![cite.own(&key("narastajaco"), &title("narastająco"), &sum)];
    if let Some(with_base) = with_base {
        text.push(Inline::text(" (z bazą "));
        text.push(cite.own(&key("z_baza"), &title("narastająco razem z bazą"), &with_base));
        text.push(Inline::text(")"));
    }
    text
}
