//! The commands as somebody at a terminal meets them: the real program, its exit codes, what it prints where.
//!
//! PostgreSQL comes from `MIERNIK_TEST_POSTGRES`, the URL of a server on which databases may be made:
//! `tests/postgres.sh run cargo test -p miernik --test cli`. Without it the tests on PostgreSQL fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[path = "../process/mod.rs"]
#[expect(dead_code, reason = "tests of commands and of faults use different parts of it")]
mod process;

mod campaign;
mod codes;
mod databases;
mod demo;
mod editions;
mod entities;
mod forms;
mod help;
mod indicators;
mod keys;
mod links;
mod measures;
mod outside;
mod people;
mod register;
mod report;
mod sentences;
mod serve;
mod settings;
mod years;
