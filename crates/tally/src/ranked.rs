//! A multiset of numbers that finds the n-th smallest without walking over all of them.

use form::number::Rational;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Most different numbers in a run; a longer one is cut in two.
const LONGEST: usize = 256;

/// Numbers with how many times each was put in, less how many times it was taken out, like [`crate::Bag`].
///
/// Kept as sorted runs that know their sums: putting in costs a search and a short move, finding a rank a walk over the
/// runs. Where the runs are cut depends on history, so `==` and serialisation see only the numbers.
#[derive(Clone, Debug, Default)]
pub struct Ranked(Vec<Run>);

/// Neighbouring numbers, never none, never more than [`LONGEST`].
#[derive(Clone, Debug)]
struct Run {
    numbers: Vec<(Rational, i64)>,
    /// Sum of the times in `numbers`.
    times: i64,
}

impl Run {
    fn of(numbers: Vec<(Rational, i64)>) -> Run {
        let times = numbers.iter().map(|(_, times)| times).sum();
        Run { numbers, times }
    }
}

impl Ranked {
    /// Puts `times` of `number` in; takes them out when `times` is below zero.
    pub fn put(&mut self, number: &Rational, times: i64) {
        if times == 0 {
            return;
        }
        // The last run that starts at or below the number; the first one for a number below all.
        let after =
            self.0.partition_point(|run| run.numbers.first().is_some_and(|(first, _)| first <= number));
        let at = after.saturating_sub(1);
        let Some(run) = self.0.get_mut(at) else {
            self.0.push(Run::of(vec![(number.clone(), times)]));
            return;
        };
        run.times += times;
        match run.numbers.binary_search_by(|(other, _)| other.cmp(number)) {
            Err(place) => run.numbers.insert(place, (number.clone(), times)),
            Ok(place) => {
                run.numbers[place].1 += times;
                if run.numbers[place].1 == 0 {
                    run.numbers.remove(place);
                }
            }
        }
        if run.numbers.is_empty() {
            self.0.remove(at);
        } else if run.numbers.len() > LONGEST {
            let upper = Run::of(run.numbers.split_off(LONGEST / 2));
            run.times -= upper.times;
            self.0.insert(at + 1, upper);
        }
    }

    /// Puts in everything of `other`, `times` over.
    pub fn put_all(&mut self, other: &Ranked, times: i64) {
        for (number, n) in other.iter() {
            self.put(number, n * times);
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The numbers that are in it more than zero times, in order.
    pub fn present(&self) -> impl DoubleEndedIterator<Item = &Rational> {
        self.iter().filter(|(_, times)| *times > 0).map(|(number, _)| number)
    }

    /// The number of this rank, the smallest having rank 0, each counted as often as it is in it.
    pub fn ranked(&self, rank: i64) -> Option<&Rational> {
        let mut left = rank;
        for run in &self.0 {
            if left >= run.times {
                left -= run.times;
                continue;
            }
            for (number, times) in &run.numbers {
                if left < *times {
                    return Some(number);
                }
                left -= times;
            }
        }
        None
    }

    /// The middle number; of an even number of them the mean of the middle two.
    pub fn median(&self) -> Option<Rational> {
        let count: i64 = self.0.iter().map(|run| run.times).sum();
        let (lower, upper) = (self.ranked((count - 1).max(0) / 2)?, self.ranked(count / 2)?);
        Some((lower + upper) / Rational::from_integer(2.into()))
    }

    fn iter(&self) -> impl DoubleEndedIterator<Item = (&Rational, i64)> {
        self.0.iter().flat_map(|run| &run.numbers).map(|(number, times)| (number, *times))
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Ranked {}

impl Serialize for Ranked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Ranked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut ranked = Ranked::default();
        for (number, times) in Vec::<(Rational, i64)>::deserialize(deserializer)? {
            ranked.put(&number, times);
        }
        Ok(ranked)
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Ranked, Rational};
    use proptest::prelude::*;

    fn number(value: i64) -> Rational {
        Rational::new(value.into(), 2.into())
    }

    fn ranked(values: &[i64]) -> Ranked {
        let mut ranked = Ranked::default();
        values.iter().for_each(|value| ranked.put(&number(*value), 1));
        ranked
    }

    proptest! {
        #[test]
        fn ranks_and_the_median_are_those_of_the_sorted_values(mut values in prop::collection::vec(-9i64..9, 0..30)) {
            let ranked = ranked(&values);
            values.sort_unstable();
            let half = values.len() / 2;
            let middle = match values.len() {
                0 => None,
                n if n % 2 == 1 => Some(number(values[half])),
                _ => Some((number(values[half - 1]) + number(values[half])) / Rational::from_integer(2.into())),
            };
            prop_assert_eq!(ranked.median(), middle);
            for (rank, value) in values.iter().enumerate() {
                prop_assert_eq!(ranked.ranked(rank as i64), Some(&number(*value)));
            }
            prop_assert_eq!(ranked.ranked(values.len() as i64), None);
        }

        #[test]
        fn many_numbers_put_in_and_taken_out_in_any_order_leave_the_rest(
            values in prop::collection::vec(any::<i16>().prop_map(i64::from), 0..700), kept in 0usize..700,
        ) {
            let kept = kept.min(values.len());
            let mut all = ranked(&values);
            values[kept..].iter().rev().for_each(|value| all.put(&number(*value), -1));
            let rest = ranked(&values[..kept]);
            prop_assert_eq!(&all, &rest);
            prop_assert_eq!(all.median(), rest.median());
            prop_assert!(all.0.iter().all(|run| (1..=LONGEST).contains(&run.numbers.len())));
            let mut taken = Ranked::default();
            taken.put_all(&rest, -1);
            taken.put_all(&all, 1);
            prop_assert!(taken.is_empty());
        }
    }
}
