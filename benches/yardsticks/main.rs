//! The yardsticks: how fast, how small, always beside a reference measured in the same run.
//!
//! `cargo bench` measures everything; `cargo bench -- saves ways` only what is named; `cargo bench -- --quick` takes
//! one short round of each, to see that everything works; `cargo bench -- measures --large` takes a million responses
//! instead (on SQLite only); `--duckdb` sets DuckDB beside: it needs a Python with the package `duckdb`, `python3` or the one that
//! `DUCKDB_PYTHON` names. PostgreSQL comes from `MIERNIK_TEST_POSTGRES` or from a throwaway server that
//! `tests/postgres.sh` starts.

#![expect(
    clippy::disallowed_methods,
    reason = "measuring asks the machine for the time and for its settings"
)]
#![expect(clippy::print_stdout, reason = "the result of a measurement is what it prints")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends there")]

mod answers;
mod browser;
mod crowd;
mod duckdb;
mod exports;
mod figures;
mod footprint;
mod ground;
mod measures;
mod pass;
mod pgbench;
mod places;
mod postgres;
mod raw_sqlite;
mod saves;
mod server;
mod submits;
mod ways;

use ground::Kind;

/// How long and how often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Rounds of each measurement; the median is reported.
    pub(crate) rounds: usize,
    /// Length of a timed round.
    pub(crate) seconds: f64,
    /// Numbers of responses that measures are counted over and exports made of.
    pub(crate) sizes: &'static [usize],
    /// Whether DuckDB takes the same numbers from the export.
    pub(crate) duckdb: bool,
}

const FULL: Effort = Effort { rounds: 3, seconds: 2.5, sizes: &[400, 10_000, 100_000], duckdb: false };
const QUICK: Effort = Effort { rounds: 1, seconds: 0.5, sizes: &[400, 2_000], ..FULL };
const LARGE: Effort = Effort { sizes: &[1_000_000], ..FULL };

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let said = |word: &str| words.iter().any(|one| one == word);
    let effort = match (said("--quick"), said("--large")) {
        (true, _) => QUICK,
        (false, true) => LARGE,
        (false, false) => FULL,
    };
    let effort = Effort { duckdb: said("--duckdb"), ..effort };
    let wanted: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.starts_with("--")).collect();
    let asked = |name: &str| wanted.is_empty() || wanted.contains(&name);
    if effort.duckdb {
        duckdb::check();
    }
    let server = postgres::Cluster::start();
    println!("rounds: {}, seconds each: {}", effort.rounds, effort.seconds);
    if asked("footprint") {
        footprint::measure(Kind::Sqlite, &server, effort);
    }
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if asked("saves") {
            saves::measure(kind, &server, effort);
        }
        if asked("submits") {
            submits::measure(kind, &server, effort);
        }
        if asked("ways") {
            ways::measure(kind, &server, effort);
        }
        // Storing a million responses takes PostgreSQL a quarter of an hour and shows nothing new.
        if asked("measures") && (kind == Kind::Sqlite || !said("--large")) {
            let measured: Vec<_> =
                effort.sizes.iter().map(|size| measures::measure(kind, &server, effort, *size)).collect();
            measures::side_by_side(kind, &measured);
        }
    }
}
