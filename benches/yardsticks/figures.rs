//! Medians, ranges and rows of tables.

use std::time::Duration;

/// A median with the smallest and largest of several rounds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    /// Of at least one value.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self { median: values[values.len() / 2], least: values[0], most: values[values.len() - 1] }
    }

    /// `12.3 (11.9–14.0)`.
    pub(crate) fn shown(self, places: usize) -> String {
        format!("{:.places$} ({:.places$}–{:.places$})", self.median, self.least, self.most)
    }
}

/// One value at or below which `part` of the sorted values lie.
pub(crate) fn quantile(sorted: &[Duration], part: f64) -> Duration {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a place in a list of measurements"
    )]
    let at = ((sorted.len() as f64 - 1.0) * part).round() as usize;
    sorted.get(at).copied().unwrap_or_default()
}

/// Milliseconds with fractions.
pub(crate) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// Heading of a table.
pub(crate) fn heading(title: &str, columns: &[&str]) {
    println!("\n## {title}\n");
    row(&columns.iter().map(ToString::to_string).collect::<Vec<_>>());
    row(&vec!["---".to_owned(); columns.len()]);
}

/// One row of a table.
pub(crate) fn row(cells: &[String]) {
    println!("| {} |", cells.join(" | "));
}
