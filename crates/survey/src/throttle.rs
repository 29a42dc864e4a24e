//! Slows down guessing of links and letter codes.
//!
//! Many offices share one address (a county's network), so an address alone never locks anybody out: the first try
//! of a code from an address is always looked at. Only what was wrong before must wait, and waiting is short.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;

use crate::Timestamp;

/// How many wrong tries go through at once, and how fast further ones become free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Tries that go through at once.
    pub burst: u32,
    /// Milliseconds until one more is free.
    pub refill_millis: u32,
}

/// The allowances of a [`Throttle`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For one selector from one address.
    pub pair: Allowance,
    /// For one selector from anywhere.
    pub selector: Allowance,
    /// For one address with any selectors.
    pub address: Allowance,
    /// Most entries kept per table; when there are more, those with the fewest recent tries go.
    pub entries: usize,
}

impl Default for Limits {
    /// Five mistypings at once and one every 20 s; ten times as many for a whole address.
    fn default() -> Self {
        Self {
            pair: Allowance { burst: 5, refill_millis: 20_000 },
            selector: Allowance { burst: 20, refill_millis: 10_000 },
            address: Allowance { burst: 50, refill_millis: 2_000 },
            entries: 10_000,
        }
    }
}

/// Too many wrong tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many wrong tries; again in {seconds} s")]
pub struct Wait {
    /// Whole seconds to wait, at least 1: the value of Retry-After.
    pub seconds: u32,
}

/// Counts wrong tries. Lives in memory; each instance has its own.
#[derive(Debug)]
pub struct Throttle {
    limits: Limits,
    pairs: Buckets<(String, IpAddr)>,
    selectors: Buckets<String>,
    addresses: Buckets<IpAddr>,
}

impl Throttle {
    /// Nobody has tried anything yet.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            pairs: Buckets::default(),
            selectors: Buckets::default(),
            addresses: Buckets::default(),
        }
    }

    /// Whether a try may be looked at; asked before the secret is compared.
    pub fn admit(&self, now: Timestamp, selector: &str, from: IpAddr) -> Result<(), Wait> {
        let pair = (selector.to_owned(), network(from));
        if !self.pairs.used(now, &pair) {
            return Ok(());
        }
        let waits = [
            self.pairs.wait(now, &pair, self.limits.pair),
            self.selectors.wait(now, &pair.0, self.limits.selector),
            self.addresses.wait(now, &pair.1, self.limits.address),
        ];
        as_wait(waits.into_iter().max().unwrap_or(0))
    }

    /// Counts a wrong try. The error says that the allowance is used up: answer „too many tries”, not „wrong”.
    pub fn wrong(&mut self, now: Timestamp, selector: &str, from: IpAddr) -> Result<(), Wait> {
        let (limits, from) = (self.limits, network(from));
        let waits = [
            self.pairs.take(now, (selector.to_owned(), from), limits.pair, limits.entries),
            self.selectors.take(now, selector.to_owned(), limits.selector, limits.entries),
            self.addresses.take(now, from, limits.address, limits.entries),
        ];
        as_wait(waits.into_iter().max().unwrap_or(0))
    }

    /// Forgets the mistypings of whoever has now given the right secret.
    pub fn right(&mut self, selector: &str, from: IpAddr) {
        self.pairs.free_at.remove(&(selector.to_owned(), network(from)));
    }
}

/// One home or office has a whole /64 of IPv6 addresses to try from.
fn network(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V4(_) => from,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into()),
        },
    }
}

fn as_wait(millis: i64) -> Result<(), Wait> {
    if millis <= 0 {
        return Ok(());
    }
    Err(Wait { seconds: u32::try_from((millis + 999) / 1000).unwrap_or(u32::MAX) })
}

/// Token buckets; of each only the moment is kept at which it is full again.
#[derive(Debug)]
struct Buckets<K> {
    free_at: HashMap<K, i64>,
}

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self { free_at: HashMap::new() }
    }
}

impl<K: Hash + Eq + Clone> Buckets<K> {
    fn used(&self, now: Timestamp, key: &K) -> bool {
        self.free_at.get(key).is_some_and(|full| *full > now.millis())
    }

    /// Milliseconds until the next token; 0 when there is one.
    fn wait(&self, now: Timestamp, key: &K, allowance: Allowance) -> i64 {
        let full = self.free_at.get(key).copied().unwrap_or(0).max(now.millis());
        let refill = i64::from(allowance.refill_millis);
        (full - now.millis() - refill * (i64::from(allowance.burst) - 1)).max(0)
    }

    /// Takes a token; when there is none, nothing is taken and the wait is returned.
    fn take(&mut self, now: Timestamp, key: K, allowance: Allowance, entries: usize) -> i64 {
        let wait = self.wait(now, &key, allowance);
        if wait == 0 {
            self.make_room(now, entries);
            let full = self.free_at.entry(key).or_insert(0);
            *full = (*full).max(now.millis()) + i64::from(allowance.refill_millis);
        }
        wait
    }

    fn make_room(&mut self, now: Timestamp, entries: usize) {
        if self.free_at.len() < entries {
            return;
        }
        self.free_at.retain(|_, full| *full > now.millis());
        if self.free_at.len() >= entries {
            let mut moments: Vec<i64> = self.free_at.values().copied().collect();
            moments.sort_unstable();
            let middle = moments[moments.len() / 2];
            self.free_at.retain(|_, full| *full > middle);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    const OFFICE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const ELSEWHERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn start() -> Timestamp {
        Timestamp::from_millis(1_737_100_800_000)
    }

    fn throttle() -> Throttle {
        Throttle::new(Limits::default())
    }

    #[test]
    fn the_sixth_mistyping_of_a_code_must_wait_and_the_wait_ends() {
        let mut throttle = throttle();
        for _ in 0..5 {
            assert_eq!(throttle.admit(start(), "K3F9", OFFICE), Ok(()));
            assert_eq!(throttle.wrong(start(), "K3F9", OFFICE), Ok(()));
        }
        assert_eq!(throttle.admit(start(), "K3F9", OFFICE), Err(Wait { seconds: 20 }));
        let almost = start() + TimeDelta::milliseconds(19_999);
        assert_eq!(throttle.admit(almost, "K3F9", OFFICE), Err(Wait { seconds: 1 }));
        assert_eq!(throttle.admit(start() + TimeDelta::seconds(20), "K3F9", OFFICE), Ok(()));
    }

    #[test]
    fn asking_while_waiting_does_not_make_the_wait_longer() {
        let mut throttle = throttle();
        for _ in 0..500 {
            let _ = throttle.wrong(start(), "K3F9", OFFICE);
        }
        assert_eq!(throttle.admit(start() + TimeDelta::seconds(20), "K3F9", OFFICE), Ok(()));
    }

    #[test]
    fn an_office_behind_the_address_of_a_guesser_gets_in_at_once() {
        let mut throttle = throttle();
        for guess in 0..10_000 {
            let _ = throttle.wrong(start(), &format!("{guess}"), OFFICE);
        }
        assert!(throttle.wrong(start(), "NEXT", OFFICE).is_err(), "the guesser is told to wait");
        assert_eq!(throttle.admit(start(), "K3F9", OFFICE), Ok(()));
    }

    #[test]
    fn an_office_whose_code_is_guessed_from_everywhere_gets_in_at_once() {
        let mut throttle = throttle();
        for guesser in 0..1000 {
            let _ = throttle.wrong(start(), "K3F9", IpAddr::V4(guesser.into()));
        }
        assert!(throttle.wrong(start(), "K3F9", ELSEWHERE).is_err());
        assert_eq!(throttle.admit(start(), "K3F9", OFFICE), Ok(()));
    }

    #[test]
    fn the_right_code_wipes_out_earlier_mistypings() {
        let mut throttle = throttle();
        for _ in 0..5 {
            let _ = throttle.wrong(start(), "K3F9", OFFICE);
        }
        throttle.right("K3F9", OFFICE);
        assert_eq!(throttle.admit(start(), "K3F9", OFFICE), Ok(()));
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_as_one() {
        let mut throttle = throttle();
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        for host in 1..=5 {
            let _ = throttle.wrong(start(), "K3F9", address(&format!("2001:db8::{host}")));
        }
        assert!(throttle.admit(start(), "K3F9", address("2001:db8::99")).is_err());
        assert_eq!(throttle.admit(start(), "K3F9", address("2001:db8:0:1::99")), Ok(()));
        let mapped = address("::ffff:192.0.2.1");
        assert_eq!(network(mapped), OFFICE);
    }

    proptest! {
        #[test]
        fn memory_stays_bounded_whatever_is_tried(tries in prop::collection::vec((0..3000i64, "[A-F]{1,4}"), 1..300)) {
            let mut throttle = Throttle::new(Limits { entries: 8, ..Limits::default() });
            let mut now = start();
            for (gap, selector) in &tries {
                now = now + TimeDelta::milliseconds(*gap);
                let _ = throttle.wrong(now, selector, ELSEWHERE);
                prop_assert!(throttle.pairs.free_at.len() <= 8 && throttle.selectors.free_at.len() <= 8);
            }
        }

        #[test]
        fn guesses_at_one_code_are_never_faster_than_allowed(gaps in prop::collection::vec(0..30_000i64, 1..200)) {
            let mut throttle = throttle();
            let (mut now, mut looked_at) = (start(), 0);
            for gap in &gaps {
                now = now + TimeDelta::milliseconds(*gap);
                if throttle.admit(now, "K3F9", OFFICE).is_ok() {
                    looked_at += 1;
                    let _ = throttle.wrong(now, "K3F9", OFFICE);
                }
            }
            let elapsed = i64::try_from(now.millis_since(start())).unwrap();
            prop_assert!(looked_at <= 5 + elapsed / 20_000, "{looked_at} in {elapsed} ms");
        }
    }
}
