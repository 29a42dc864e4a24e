//! Load, end, restart: again and again.

use std::process::ExitStatus;
use std::thread;
use std::time::Duration;

use miernik::clock::{Random, SeededRandom};

use crate::ground::Ground;
use crate::process::Signal;

/// How many write at the same time.
pub(crate) const VISITORS: usize = 6;

/// Ends the process so many times while everybody saves, lets `check` look at how it ended and what it said, and looks
/// after each start at what every page shows. Gives the number of pages that were acknowledged; all of them are there.
pub(crate) fn rounds(ground: &Ground, times: u64, signal: Signal, check: impl Fn(ExitStatus, &str)) -> usize {
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
            serving.end(signal)
        });
        check(ended.status, &ended.err);
        serving = ground.serve();
        for visitor in &mut visitors {
            visitor.assert_whole(&serving.address);
        }
    }
    ground.assert_nothing_lost(&visitors);
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
    visitors.iter().map(|visitor| visitor.acknowledged.len()).sum()
}

/// A moment to wait, up to so many milliseconds.
fn moment(random: &SeededRandom, most: u64) -> Duration {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    Duration::from_millis(u64::from_le_bytes(bytes) % most)
}
