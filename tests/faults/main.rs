//! Faults: a real process under load that is killed, stopped, left without its database or without room on its disk.
//! What was acknowledged is there afterwards; what was not is absent or whole.
//!
//! The short variants run with all tests. Those in number run with
//! `tests/postgres.sh run cargo test -p miernik --test faults -- --ignored --nocapture`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[path = "../process/mod.rs"]
#[expect(dead_code, reason = "tests of commands and of faults use different parts of it")]
mod process;

mod away;
mod cluster;
mod disk;
mod ground;
mod killed;
mod rounds;
mod stopped;
mod visitor;
