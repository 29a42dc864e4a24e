//! `kill -9` under load.

use crate::ground::Ground;
use crate::process::{Kind, Signal};
use crate::rounds::{VISITORS, rounds};

/// Kills the process so many times while everybody saves, and looks after each start at what is there.
fn kill(kind: Kind, times: u64) {
    let acknowledged =
        rounds(&Ground::new(kind), times, Signal::Kill, |status, _| assert_eq!(status.code(), None));
    eprintln!("{kind:?}: {times} kills, {acknowledged} acknowledged pages, all there");
    assert!(acknowledged > VISITORS, "hardly anything was saved, so hardly anything was tried");
}

#[test]
fn a_page_acknowledged_before_a_kill_is_there_on_sqlite() {
    kill(Kind::Sqlite, 4);
}

#[test]
fn a_page_acknowledged_before_a_kill_is_there_on_postgresql() {
    kill(Kind::Postgres, 4);
}

#[test]
#[ignore = "takes a minute: runs with ./check --long"]
fn thirty_kills_lose_nothing_on_sqlite() {
    kill(Kind::Sqlite, 30);
}

#[test]
#[ignore = "takes a minute: runs with ./check --long"]
fn thirty_kills_lose_nothing_on_postgresql() {
    kill(Kind::Postgres, 30);
}
