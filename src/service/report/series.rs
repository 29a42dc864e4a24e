//! Indicators over the years, drawn in chapter III; their numbers stand in one table of the annex, because the tables of
//! the actions keep their numbers.

use form::number::Number;
use sheet::chart::{Plan, Point, Series, Shape};
use sheet::document::{Align, Block, Cell, Column, Figure, Inline, Row, Table};
use tally::indicator::Assessment;

use super::Material;
use super::cite::Cite;
use crate::service::indicators::IndicatorSheet;

/// The id of the table.
const TABLE: &str = "wskazniki-lata";

/// A value with where the indicator stood then.
type At<'a> = (&'a tally::indicator::Point, &'a form::number::Rational);

/// What can be drawn: at least two values of this moment; a frozen state holds no history.
fn points<'a>(material: &Material, sheet: &'a IndicatorSheet) -> Option<(&'a Assessment, Vec<At<'a>>)> {
    let found = sheet.found.as_ref().ok().filter(|_| material.is_current())?;
    let at: Vec<At<'a>> =
        found.points.iter().filter_map(|point| Some((point, point.position.as_ref()?))).collect();
    (at.len() > 1).then_some((found, at))
}

fn what(sheet: &IndicatorSheet) -> &'static str {
    if sheet.definition.kind.adds_up() { "wartość narastająco" } else { "wartość w kolejnych latach" }
}

/// The series of one indicator.
pub(super) fn figure(material: &Material, sheet: &IndicatorSheet) -> Option<Block> {
    let (found, at) = points(material, sheet)?;
    let redefined = |point: &tally::indicator::Point| {
        sheet.values.iter().any(|value| value.span == point.span && value.redefined)
    };
    let said: Vec<String> =
        at.iter().map(|(point, number)| format!("{}: {}", point.span, sheet.print(number))).collect();
    let title = format!("{}. {} – {}", sheet.declared.code, sheet.declared.name, what(sheet));
    let series = Series {
        title: title.clone(),
        description: format!("{}.", said.join("; ")),
        shape: if sheet.definition.kind.adds_up() { Shape::Columns } else { Shape::Line },
        name: what(sheet).to_owned(),
        points: at
            .iter()
            .enumerate()
            .map(|(place, (point, number))| Point {
                label: point.span.to_string(),
                value: Some(size(number)),
                text: sheet.print(number),
                breaks: place > 0 && redefined(at[place - 1].0),
            })
            .collect(),
        plan: plan(found, &at),
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
fn plan(found: &Assessment, at: &[At<'_>]) -> Option<Plan> {
    let last = at.len() - 1;
    let planned = |(place, (point, _)): (usize, &At<'_>)| {
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
        notes: vec![vec![Inline::text("x : wartości tego wskaźnika nie sumuje się.")]],
    }))
}

fn rows(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Row> {
    let Some((_, at)) = points(material, sheet) else { return Vec::new() };
    let row = |(point, position): &At<'_>| {
        let key = format!("wskaznik.{}.{}", sheet.declared.code, point.span.key());
        let sum = match sheet.definition.kind.adds_up() {
            true => {
                let title = format!("{} narastająco do {}", sheet.declared.code, point.span);
                cite.own_cell(&format!("{key}.narastajaco"), &title, &sheet.print(position))
            }
            false => Cell::text("x"),
        };
        Row {
            cells: vec![
                Cell::text(format!("{}. {}", sheet.declared.code, sheet.declared.name)),
                Cell::text(point.span.to_string()),
                Cell::of(cite.bare(&key)),
                sum,
            ],
        }
    };
    at.iter().map(row).collect()
}
