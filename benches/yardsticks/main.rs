//! The yardsticks: how fast, how small, always beside a reference measured in the same run.
//!
//! `cargo bench` measures everything; `cargo bench -- saves ways` only what is named; `cargo bench -- --quick` takes
//! one short round of each, to see that everything works. PostgreSQL comes from `MIERNIK_TEST_POSTGRES` or from a
//! throwaway server that `tests/postgres.sh` starts.

#![expect(
    clippy::disallowed_methods,
    reason = "measuring asks the machine for the time and for its settings"
)]
#![expect(clippy::print_stdout, reason = "the result of a measurement is what it prints")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends there")]

mod answers;
mod browser;
mod crowd;
mod figures;
mod footprint;
mod ground;
mod measures;
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
    /// Responses that the measures are counted over.
    pub(crate) responses: usize,
}

const FULL: Effort = Effort { rounds: 3, seconds: 2.5, responses: 100_000 };
const QUICK: Effort = Effort { rounds: 1, seconds: 0.5, responses: 2_000 };

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let effort = if words.iter().any(|word| word == "--quick") { QUICK } else { FULL };
    let wanted: Vec<&str> = words.iter().map(String::as_str).filter(|word| !word.starts_with("--")).collect();
    let asked = |name: &str| wanted.is_empty() || wanted.contains(&name);
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
        if asked("measures") {
            measures::measure(kind, &server, effort);
        }
    }
}
