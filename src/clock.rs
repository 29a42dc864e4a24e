//! Time and randomness as arguments. Everything that asks "when?" or draws a random number holds one of these, so that a
//! whole campaign can be played with a moved clock from one seed. This is the only file that asks the machine.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use survey::Timestamp;

/// Tells the present instant in whole milliseconds.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// A source of bytes nobody can guess (or, in tests, that everybody can repeat).
pub trait Random: Send + Sync {
    /// Fills the whole buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(chrono::Utc::now().timestamp_millis())
    }
}

/// The operating system's random source.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for randomness")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the operating system always has a random source");
    }
}

/// A clock that stands still until it is moved by hand. Clones share the same hands.
#[derive(Debug, Clone)]
pub struct ManualClock(Arc<AtomicI64>);

impl ManualClock {
    /// A clock that stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.millis())))
    }

    /// Moves the hands to `instant`, forwards or backwards.
    pub fn set(&self, instant: Timestamp) {
        self.0.store(instant.millis(), Ordering::SeqCst);
    }

    /// Moves the hands on by `step`.
    pub fn advance(&self, step: chrono::TimeDelta) {
        self.0.fetch_add(step.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Repeatable bytes: HMAC-SHA-256 of a running counter under the seed. The same seed gives the same campaign.
#[derive(Debug, Clone)]
pub struct SeededRandom {
    seed: u64,
    block: Arc<Mutex<u64>>,
}

impl SeededRandom {
    /// A source that repeats itself exactly for the same `seed`.
    pub fn new(seed: u64) -> Self {
        Self { seed, block: Arc::new(Mutex::new(0)) }
    }

    fn next_block(&self) -> [u8; 32] {
        let mut block = self.block.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *block += 1;
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.seed.to_be_bytes())
            .expect("HMAC takes keys of any length");
        mac.update(&block.to_be_bytes());
        mac.finalize().into_bytes().into()
    }
}

impl Random for SeededRandom {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            chunk.copy_from_slice(&self.next_block()[..chunk.len()]);
        }
    }
}

/// A whole number below `bound` (which must not be 0), without modulo bias worth the name.
pub fn below(random: &dyn Random, bound: u64) -> u64 {
    let mut bytes = [0; 8];
    random.fill(&mut bytes);
    let wide = u128::from(u64::from_be_bytes(bytes)) * u128::from(bound);
    u64::try_from(wide >> 64).expect("the high half of a 128-bit product fits 64 bits")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let draw = |seed| {
            let mut bytes = [0; 70];
            SeededRandom::new(seed).fill(&mut bytes);
            bytes
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
        assert_ne!(draw(7)[..32], draw(7)[32..64]);
    }

    #[test]
    fn a_manual_clock_moves_only_by_hand() {
        let clock = ManualClock::at(Timestamp::from_millis(1_000));
        let shared = clock.clone();
        clock.advance(chrono::TimeDelta::seconds(2));
        assert_eq!(shared.now(), Timestamp::from_millis(3_000));
    }

    #[test]
    fn numbers_below_a_bound_stay_below_it_and_reach_every_value() {
        let random = SeededRandom::new(1);
        let drawn: std::collections::BTreeSet<u64> = (0..200).map(|_| below(&random, 5)).collect();
        assert_eq!(drawn, (0..5).collect());
    }
}
