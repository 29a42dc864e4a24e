//! The service through its door, on both databases: a real server, actors that behave like browsers and
//! programs, a clock that is moved by hand.
//!
//! PostgreSQL comes from `MIERNIK_TEST_POSTGRES`, the URL of a server on which databases may be made:
//! `tests/postgres.sh run cargo test -p miernik --test it`. Without it the tests on PostgreSQL fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod harness;

#[path = "../attack/mod.rs"]
mod attack;

mod addresses;
mod changes_nothing;
mod chapter;
mod coding;
mod colleagues;
mod deadlines;
mod disclosure;
mod entities;
mod figures;
mod hostile;
mod importing;
mod indicators;
mod instances;
mod intake;
mod mail;
mod measures;
mod merging;
mod missing;
mod notebook;
mod numbers_typed;
mod overload;
mod panel;
mod pictures;
mod refreshing;
mod secrets;
mod sessions;
mod short_way;
mod states;
mod statuses;
mod submitting;
mod synthetic;
mod tenants;
mod things;
mod wrong_codes;
mod years;
