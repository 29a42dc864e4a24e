//! `kill -9` under load.

use std::thread;
use std::time::Duration;

use miernik::clock::{Random, SeededRandom};

use crate::ground::Ground;
use crate::process::{Kind, Signal};

/// How many write at the same time.
const VISITORS: usize = 6;

/// A moment to wait, up to so many milliseconds.
pub(crate) fn moment(random: &SeededRandom, most: u64) -> Duration {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    Duration::from_millis(u64::from_le_bytes(bytes) % most)
}

/// Kills the process so many times while everybody saves, and looks after each start at what is there.
fn kill(kind: Kind, times: u64) {
    let ground = Ground::new(kind);
    let random = SeededRandom::new(times);
    let mut serving = ground.serve();
    let mut visitors = ground.visitors(&serving, VISITORS);
    for _ in 0..times {
        let address = serving.address.clone();
        let ended = thread::scope(|scope| {
            for visitor in &mut visitors {
                scope.spawn(|| visitor.save_until_gone(&address));
            }
            thread::sleep(Duration::from_millis(60) + moment(&random, 300));
            serving.end(Signal::Kill)
        });
        assert_eq!(ended.status.code(), None);
        serving = ground.serve();
        for visitor in &mut visitors {
            visitor.assert_whole(&serving.address);
        }
    }
    ground.assert_nothing_lost(&visitors);
    let acknowledged: usize = visitors.iter().map(|visitor| visitor.acknowledged.len()).sum();
    eprintln!("{kind:?}: {times} kills, {acknowledged} acknowledged pages, all there");
    assert!(acknowledged > VISITORS, "hardly anything was saved, so hardly anything was tried");
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
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
