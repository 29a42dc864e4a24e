//! The store on real databases of both kinds.
//!
//! PostgreSQL comes from `MIERNIK_TEST_POSTGRES`, the URL of a server on which databases may be made:
//! `tests/postgres.sh run cargo test -p store`. Without it the tests on PostgreSQL fail.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod fixtures;
mod guarded;
mod harness;
mod migrations;
mod nouns;
mod opening;
mod reads;
mod retries;
mod schema_equality;
mod submissions;
mod writer;
mod writes;
