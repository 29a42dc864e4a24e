//! Whether a number of a few offices follows from what is shown.
//!
//! A number of some offices follows when the vector of their parts lies in the span of the groups shown. Looking for such
//! vectors among all is hopeless, but few offices lie in few parts, and one functional tells them all: with numbers picked
//! freely it is zero on everything that follows, and on anything else by chance once in about 2⁶¹. Then a number of a
//! group that could be shown is not.
//!
//! Parts where nobody is counted add nothing to any number, so they are left out: without them more follows.

use std::collections::BTreeMap;

use super::space::{Space, Vector, opposite, plus, scattered};

/// Looks out for numbers of 1 to `least` − 1 offices.
#[derive(Debug)]
pub(super) struct Few {
    /// Places of the parts where somebody is counted, each with how many.
    counted: Vec<(usize, u64)>,
    least: u64,
    known: Space,
}

impl Few {
    /// Nothing is shown yet. `counts` says how many offices are counted in each part.
    pub(super) fn new(counts: impl IntoIterator<Item = u64>, least: u64) -> Self {
        let counted = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        Self { counted, least, known: Space::default() }
    }

    /// What a group adds to what is known.
    fn rest(&self, parts: &[usize]) -> Vector {
        let counted = self.counted.iter().enumerate();
        let places: Vec<usize> =
            counted.filter(|(_, (part, _))| parts.contains(part)).map(|(place, _)| place).collect();
        self.known.rest(Vector::of(&places, self.counted.len()))
    }

    /// Whether a number of a few offices would follow if a group were shown as well.
    pub(super) fn follows_with(&self, parts: &[usize]) -> bool {
        let rest = self.rest(parts);
        if rest.is_zero() {
            return false;
        }
        let mut marks: Vec<u64> = (0..self.counted.len()).map(scattered).collect();
        rest.make_zero(&mut marks);
        self.known.make_zero(&mut marks);
        self.is_any_zero(&marks)
    }

    /// Takes down that a group is shown.
    pub(super) fn show(&mut self, parts: &[usize]) {
        self.known.add(self.rest(parts));
    }

    /// Whether the marks of parts with fewer than `least` offices in all add up to zero. Two sums of up to two parts
    /// are put together, which is up to four parts: with a least group of five all that there can be.
    fn is_any_zero(&self, marks: &[u64]) -> bool {
        let small: Vec<(u64, u64)> = self
            .counted
            .iter()
            .zip(marks)
            .map(|((_, count), mark)| (*mark, *count))
            .filter(|(_, count)| *count < self.least)
            .collect();
        let mut fewest: BTreeMap<u64, u64> = BTreeMap::new();
        let mut put = |mark: u64, count: u64| {
            if count < self.least {
                let known = fewest.entry(mark).or_insert(count);
                *known = (*known).min(count);
            }
        };
        for (place, (mark, count)) in small.iter().enumerate() {
            put(*mark, *count);
            small[place + 1..].iter().for_each(|(other, more)| put(plus(*mark, *other), count + more));
        }
        let meets = |(mark, count): (&u64, &u64)| {
            let rest = fewest.get(&opposite(*mark));
            *mark == 0 || rest.is_some_and(|rest| count + rest < self.least)
        };
        fewest.iter().any(meets)
    }
}
