//! One measure broken down by attributes of the units.

use std::collections::{BTreeMap, BTreeSet};

use form::Model;
use form::plan::{Measure, Plan};

use crate::merges::Merges;
use crate::publish::Size;
use crate::read::read_one;
use crate::reading::Reading;
use crate::tally::{Stratum, Tally};

/// The value of an attribute; none for units that have none (a labour office lies in no powiat).
pub type Value = Option<String>;

/// Everything that a measure is read from.
#[derive(Clone, Copy, Debug)]
pub struct Counts<'a> {
    /// The newest version of the questionnaire, for labels.
    pub model: &'a Model,
    /// The plan that the measure stands in.
    pub plan: &'a Plan,
    /// What is counted.
    pub tally: &'a Tally,
    /// What analysts decided.
    pub merges: &'a Merges,
    /// Invitations that are not withdrawn, by stratum.
    pub asked: &'a BTreeMap<Stratum, u64>,
}

/// What a measure is broken down by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// Attribute of the rows.
    pub rows: String,
    /// Attribute of the columns; without it there are totals of rows only.
    pub columns: Option<String>,
    /// Only units with these values.
    pub only: BTreeMap<String, Value>,
}

/// A cross-table. Every number in it, totals included, is computed from the answers of its own group: shares, medians
/// and distinct things do not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cross {
    /// Values of the rows, units without one last.
    pub rows: Vec<Value>,
    /// Values of the columns.
    pub columns: Vec<Value>,
    /// Cells, row by row.
    pub cells: Vec<Vec<Cell>>,
    /// Each row in all.
    pub row_totals: Vec<Cell>,
    /// Each column in all.
    pub column_totals: Vec<Cell>,
    /// Everything.
    pub total: Cell,
}

/// A measure over one group of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Units that were asked.
    pub asked: u64,
    /// Units whose answers are counted.
    pub responses: u64,
    /// The number.
    pub reading: Reading,
}

/// Breaks a measure down.
pub fn cross(counts: Counts<'_>, measure: &Measure, by: &By) -> Cross {
    let strata = strata(counts, &by.only);
    let rows = values(&strata, &by.rows);
    let columns = by.columns.as_ref().map(|columns| values(&strata, columns)).unwrap_or_default();
    let cell = |row: Option<&Value>, column: Option<&Value>| {
        let column = by.columns.as_deref().zip(column);
        let wanted = |stratum: &Stratum| {
            has(stratum, &by.only)
                && row.is_none_or(|value| stratum.get(&by.rows) == value.as_ref())
                && column.is_none_or(|(name, value)| stratum.get(name) == value.as_ref())
        };
        let asked = counts.asked.iter().filter(|(stratum, _)| wanted(stratum)).map(|(_, n)| n).sum();
        let (responses, reading) = read_one(counts, asked, measure, &wanted);
        Cell { asked, responses, reading }
    };
    Cross {
        cells: rows.iter().map(|r| columns.iter().map(|c| cell(Some(r), Some(c))).collect()).collect(),
        row_totals: rows.iter().map(|row| cell(Some(row), None)).collect(),
        column_totals: columns.iter().map(|column| cell(None, Some(column))).collect(),
        total: cell(None, None),
        rows,
        columns,
    }
}

/// How many offices stand behind a measure in each stratum, for [`publish`](crate::publish).
pub fn sizes(counts: Counts<'_>, measure: &Measure) -> BTreeMap<Stratum, Size> {
    let mut sizes: BTreeMap<Stratum, Size> = counts
        .asked
        .iter()
        .map(|(stratum, asked)| (stratum.clone(), Size { asked: *asked, ..Size::default() }))
        .collect();
    for (stratum, responses, valued) in counts.tally.counted(&measure.name) {
        let size = sizes.entry(stratum.clone()).or_default();
        size.answered = responses;
        size.valued = Some(valued);
    }
    for size in sizes.values_mut() {
        size.valued = measure.of.as_ref().map(|_| size.valued.unwrap_or_default());
    }
    sizes
}

fn strata<'a>(counts: Counts<'a>, only: &BTreeMap<String, Value>) -> BTreeSet<&'a Stratum> {
    counts.asked.keys().chain(counts.tally.strata()).filter(|stratum| has(stratum, only)).collect()
}

fn has(stratum: &Stratum, only: &BTreeMap<String, Value>) -> bool {
    only.iter().all(|(name, value)| stratum.get(name) == value.as_ref())
}

/// The different values of an attribute in order; none comes last.
fn values(strata: &BTreeSet<&Stratum>, attribute: &str) -> Vec<Value> {
    let found: BTreeSet<Value> = strata.iter().map(|stratum| stratum.get(attribute).cloned()).collect();
    let (known, unknown): (Vec<Value>, Vec<Value>) = found.into_iter().partition(Option::is_some);
    known.into_iter().chain(unknown).collect()
}
