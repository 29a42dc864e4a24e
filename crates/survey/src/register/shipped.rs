//! Reading a register that ships with a programme: one row per unit and period.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cell::RawRow;
use crate::unit::{Kind, Period, UnitCode};

/// A unit of a shipped register; it has no id yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownUnit {
    /// Its key.
    pub code: UnitCode,
    /// Its periods in the order of the file.
    pub periods: Vec<Period>,
}

/// What is wrong in a shipped register, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct ShippedTrouble {
    /// The physical line.
    pub line: u32,
    /// What is wrong.
    pub what: WhatIsWrong,
}

/// What is wrong in a row of a shipped register.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhatIsWrong {
    /// There is no header with this column.
    #[error("no column `{0}`")]
    NoColumn(&'static str),
    /// The code is none.
    #[error("not a code: `{0}`")]
    Code(String),
    /// The kind is no name.
    #[error("not a kind: `{0}`")]
    Kind(String),
    /// The name is empty.
    #[error("no name")]
    NoName,
    /// Not a date such as `2025-01-31`.
    #[error("not a date: `{0}`")]
    Date(String),
    /// The period overlaps another one of the same unit.
    #[error("the period overlaps another one of {0}")]
    Overlap(UnitCode),
}

/// Reads rows under a header with `teryt` or `code`, `name`, `kind` and, where known, `powiat_teryt`, `powiat_name`,
/// `nuts2_code`, `nuts3_code`, `valid_from`, `valid_to`; every other column becomes an extra attribute. An empty cell is
/// nothing known. Units come in the order of their first row.
///
/// # Errors
/// Everything that is wrong, with its line.
pub fn parse_shipped(rows: &[RawRow]) -> Result<Vec<KnownUnit>, Vec<ShippedTrouble>> {
    let mut filled = rows.iter().filter(|row| !row.is_blank());
    let header: Vec<String> = filled
        .next()
        .map_or_else(Vec::new, |row| row.cells.iter().map(|cell| cell.text().trim().to_owned()).collect());
    let mut troubles = missing_columns(&header);
    let mut units: Vec<KnownUnit> = Vec::new();
    if troubles.is_empty() {
        for row in filled {
            match unit_row(&header, row) {
                Ok((code, period)) => add(&mut units, code, period, row.line, &mut troubles),
                Err(found) => {
                    troubles.extend(found.into_iter().map(|what| ShippedTrouble { line: row.line, what }))
                }
            }
        }
    }
    if troubles.is_empty() { Ok(units) } else { Err(troubles) }
}

fn missing_columns(header: &[String]) -> Vec<ShippedTrouble> {
    let has = |name: &str| header.iter().any(|column| column == name);
    let mut missing = Vec::new();
    if !has("teryt") && !has("code") {
        missing.push("teryt");
    }
    missing.extend(["name", "kind"].into_iter().filter(|name| !has(name)));
    missing.into_iter().map(|name| ShippedTrouble { line: 1, what: WhatIsWrong::NoColumn(name) }).collect()
}

fn add(
    units: &mut Vec<KnownUnit>,
    code: UnitCode,
    period: Period,
    line: u32,
    troubles: &mut Vec<ShippedTrouble>,
) {
    let Some(unit) = units.iter_mut().find(|unit| unit.code == code) else {
        units.push(KnownUnit { code, periods: vec![period] });
        return;
    };
    if unit.periods.iter().any(|other| overlap(other, &period)) {
        troubles.push(ShippedTrouble { line, what: WhatIsWrong::Overlap(code) });
    }
    unit.periods.push(period);
}

fn overlap(one: &Period, other: &Period) -> bool {
    let begins_before_end = |a: &Period, b: &Period| match (a.from, b.to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    begins_before_end(one, other) && begins_before_end(other, one)
}

fn unit_row(header: &[String], row: &RawRow) -> Result<(UnitCode, Period), Vec<WhatIsWrong>> {
    let mut fields: BTreeMap<&str, String> = header
        .iter()
        .enumerate()
        .map(|(column, name)| (name.as_str(), row.cell(column).text().trim().to_owned()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let mut wrong = Vec::new();
    let mut take = |name: &str| fields.remove(name);
    let text = take("teryt").or_else(|| take("code")).unwrap_or_default();
    let kind = take("kind").unwrap_or_default();
    let name = take("name");
    let from = date(take("valid_from"), &mut wrong);
    let to = date(take("valid_to"), &mut wrong);
    let (powiat_teryt, powiat) = (take("powiat_teryt"), take("powiat_name"));
    let (nuts2, nuts3) = (take("nuts2_code"), take("nuts3_code"));
    let code = UnitCode::parse(&text).map_err(|_| wrong.push(WhatIsWrong::Code(text.clone())));
    let kind = Kind::parse(&kind).map_err(|_| wrong.push(WhatIsWrong::Kind(kind)));
    let name = name.ok_or_else(|| wrong.push(WhatIsWrong::NoName));
    let (Ok(code), Ok(kind), Ok(name), true) = (code, kind, name, wrong.is_empty()) else {
        return Err(wrong);
    };
    let type_digit = code.teryt().and_then(|_| text.as_bytes().get(6)).map(|digit| digit - b'0');
    let extra = fields.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
    Ok((code, Period { from, to, kind, name, type_digit, powiat_teryt, powiat, nuts2, nuts3, extra }))
}

fn date(text: Option<String>, wrong: &mut Vec<WhatIsWrong>) -> Option<NaiveDate> {
    let text = text?;
    let read = text.parse().ok();
    if read.is_none() {
        wrong.push(WhatIsWrong::Date(text));
    }
    read
}
