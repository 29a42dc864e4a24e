//! Indicators over the years, drawn in chapter III; their numbers stand in one table of the annex, because the tables of
//! the actions keep their numbers.

use sheet::document::{Align, Block, Cell, Column, Figure, Inline, Row, Table};

use super::Material;
use super::cite::Cite;
use crate::service::indicators::IndicatorSheet;

/// The id of the table.
const TABLE: &str = "wskazniki-lata";

/// What is drawn at this moment; a frozen state holds no history.
fn points<'a>(material: &Material, sheet: &'a IndicatorSheet) -> Option<&'a [tally::indicator::Point]> {
    sheet.drawn().filter(|_| material.is_current())
}

/// The series of one indicator.
pub(super) fn figure(material: &Material, sheet: &IndicatorSheet) -> Option<Block> {
    points(material, sheet)?;
    let series = sheet.picture()?;
    Some(Block::Figure(Figure {
        id: Some(format!("rysunek.wskaznik.{}", sheet.declared.code)),
        svg: series.draw(),
        caption: vec![Inline::text(series.title)],
        alternative: series.description,
        notes: vec![vec![
            Inline::text("Te same liczby: "),
            Inline::Reference(TABLE.into()),
            Inline::text("."),
        ]],
    }))
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
            "x : wartości tego wskaźnika nie sumuje się. „Z bazą” podano tam, gdzie reguła dolicza wartość bazową.",
        )]],
    }))
}

fn rows(material: &Material, cite: &Cite<'_>, sheet: &IndicatorSheet) -> Vec<Row> {
    let Some(at) = points(material, sheet) else { return Vec::new() };
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
