//! Draws from the injected source of randomness.

use crate::clock::{Random, below};

/// Letters and digits of row ids; the ones that look alike are left out.
const ROW_LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Draws numbers, elements and partitions. The same source gives the same draws.
pub(super) struct Dice<'a>(pub(super) &'a dyn Random);

impl Dice<'_> {
    /// A whole number below `bound`; 0 for an empty range.
    pub(super) fn below(&self, bound: usize) -> usize {
        let drawn = below(self.0, (bound.max(1)) as u64);
        usize::try_from(drawn).expect("a number below a usize is one")
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in about `percent` of 100 draws.
    pub(super) fn chance(&self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One element of a slice that is not empty.
    pub(super) fn pick<T: Copy>(&self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Puts the elements into a drawn order.
    pub(super) fn shuffle<T>(&self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// `count` different elements in a drawn order; all of them when there are fewer.
    pub(super) fn sample<'t, T>(&self, from: &'t [T], count: usize) -> Vec<&'t T> {
        let mut chosen: Vec<&T> = from.iter().collect();
        self.shuffle(&mut chosen);
        chosen.truncate(count);
        chosen
    }

    /// Splits `total` into `parts` numbers of 1 to `most`. A part grows the more easily the bigger it is, so a few are
    /// long and most are short, as in real lists. Every part is at least 1 even when `total` is smaller.
    pub(super) fn split(&self, total: usize, parts: usize, most: usize) -> Vec<usize> {
        let mut sizes = vec![1; parts];
        let mut growing: Vec<usize> = (0..parts).filter(|_| most > 1).collect();
        let mut left = total.saturating_sub(parts);
        while left > 0 && !growing.is_empty() {
            let drawn = self.below(growing.len());
            let part = growing[drawn];
            sizes[part] += 1;
            left -= 1;
            if sizes[part] == most {
                growing.retain(|other| *other != part);
            } else {
                growing.push(part);
            }
        }
        sizes
    }

    /// Id of a new row: 8 letters or digits.
    pub(super) fn row_id(&self) -> String {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        bytes.iter().map(|byte| char::from(ROW_LETTERS[usize::from(byte % 32)])).collect()
    }
}
