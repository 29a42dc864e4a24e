//! Many clients at the same time.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use super::figures::quantile;

/// How fast a crowd went.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// Finished steps of all clients per second.
    pub(crate) per_second: f64,
    /// Half of the steps took at most so long.
    pub(crate) p50: Duration,
    /// All but one of a hundred.
    pub(crate) p99: Duration,
}

/// Lets every client repeat `step` for `seconds`, all of them starting at once; `step` says `false` when there is
/// nothing left to do.
pub(crate) fn run<C: Send>(clients: Vec<C>, seconds: f64, step: impl Fn(&mut C) -> bool + Sync) -> Pace {
    let gate = Barrier::new(clients.len() + 1);
    let (mut times, took) = std::thread::scope(|scope| {
        let crowd: Vec<_> = clients
            .into_iter()
            .map(|client| {
                let (gate, step) = (&gate, &step);
                scope.spawn(move || repeat(client, gate, seconds, step))
            })
            .collect();
        gate.wait();
        let began = Instant::now();
        let times: Vec<Duration> = crowd.into_iter().flat_map(|one| one.join().unwrap()).collect();
        (times, began.elapsed())
    });
    times.sort_unstable();
    #[expect(clippy::cast_precision_loss, reason = "a count of steps")]
    let count = times.len() as f64;
    Pace { per_second: count / took.as_secs_f64(), p50: quantile(&times, 0.5), p99: quantile(&times, 0.99) }
}

fn repeat<C>(mut client: C, gate: &Barrier, seconds: f64, step: &impl Fn(&mut C) -> bool) -> Vec<Duration> {
    gate.wait();
    let mut times = Vec::new();
    let began = Instant::now();
    while began.elapsed().as_secs_f64() < seconds {
        let from = Instant::now();
        if !step(&mut client) {
            break;
        }
        times.push(from.elapsed());
    }
    times
}
