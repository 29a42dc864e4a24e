//! The same numbers taken by DuckDB from the exported answers.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use super::Effort;
use super::figures::{Spread, heading, row};
use super::pass::Pass;

/// What the script prints.
#[derive(Debug, Deserialize)]
struct Printed {
    version: String,
    threads: u32,
    from_csv_ms: Vec<f64>,
    from_table_ms: Vec<f64>,
    pass: Pass,
}

/// The Python that has the package.
fn python() -> Command {
    Command::new(std::env::var("DUCKDB_PYTHON").unwrap_or_else(|_| "python3".to_owned()))
}

/// Ends with what to do where DuckDB is missing, before anything was measured.
pub(crate) fn check() {
    let found = python().args(["-c", "import duckdb"]).output().is_ok_and(|output| output.status.success());
    assert!(
        found,
        "--duckdb needs a Python with the package duckdb:\n  python3 -m venv /tmp/duckdb && /tmp/duckdb/bin/pip install \
         duckdb\n  DUCKDB_PYTHON=/tmp/duckdb/bin/python cargo bench -- measures --duckdb"
    );
}

/// Runs `benches/duckdb_pass.py` on a folder of exported answers; gives its numbers.
pub(crate) fn measure(folder: &Path, effort: Effort) -> Pass {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/duckdb_pass.py");
    let rounds = effort.rounds.to_string();
    let output = python().arg(script).arg(folder).arg(rounds).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "DuckDB: {said}");
    let printed: Printed = serde_json::from_slice(&output.stdout).unwrap();
    let title = format!("the same numbers by DuckDB {} on {} threads", printed.version, printed.threads);
    heading(&title, &["from", "ms"]);
    row(&["the CSV files".into(), Spread::of(printed.from_csv_ms).shown(0)]);
    row(&["its own table".into(), Spread::of(printed.from_table_ms).shown(1)]);
    printed.pass
}
