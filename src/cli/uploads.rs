//! Files with one outcome per row: reading them, and telling what became of their rows.

use std::collections::BTreeMap;

use sheet::{Column, Profile, Table, Value};

use super::Failure;
pub(super) use super::files::read_named as read;

/// Ends the summary of a dry run.
pub(super) const DRY: &str = "próba: niczego nie zapisano";

/// The outcome of every row as a table of texts.
pub(super) fn report_csv<const N: usize>(
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<Vec<u8>, Failure> {
    let table = Table {
        columns: columns.map(|column| Column::named(column, column)).into(),
        rows: rows.map(|row| row.map(Value::Text).into()).collect(),
    };
    Ok(sheet::write_csv(&table, Profile::OpenData)?)
}

/// Says how the file was read, how many rows have each outcome, and how it ended where that is not said otherwise.
pub(super) fn summarise<K: Ord>(
    guessed: &str,
    outcomes: impl Iterator<Item = K>,
    words: impl Fn(&K) -> &str,
    end: Option<&str>,
) {
    eprintln!("{guessed}");
    let mut counts = BTreeMap::new();
    outcomes.for_each(|outcome| *counts.entry(outcome).or_insert(0u32) += 1);
    for (outcome, count) in counts {
        eprintln!("{count:>6}  {}", words(&outcome));
    }
    if let Some(end) = end {
        eprintln!("{end}");
    }
}
