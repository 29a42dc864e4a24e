//! Multisets with an inverse: how many times each thing was put in, less how many times it was taken out.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::RangeBounds;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A multiset over `K`. A thing whose number is zero is not there at all, so equal bags are equal values.
///
/// Numbers may be below zero for a while (taken out before it was put in); what is read counts only those above.
/// Serialised as a sequence of pairs, because keys of JSON objects can only be texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bag<K: Ord>(BTreeMap<K, i64>);

impl<K: Ord> Default for Bag<K> {
    fn default() -> Self {
        Bag(BTreeMap::new())
    }
}

impl<K: Ord> Bag<K> {
    /// Puts `times` of `thing` in; takes them out when `times` is below zero. O(log n).
    pub fn put(&mut self, thing: K, times: i64) {
        if times == 0 {
            return;
        }
        match self.0.entry(thing) {
            Entry::Vacant(place) => {
                place.insert(times);
            }
            Entry::Occupied(mut place) => {
                *place.get_mut() += times;
                if *place.get() == 0 {
                    place.remove();
                }
            }
        }
    }

    /// Puts in everything of `other`, `times` over.
    pub fn put_all(&mut self, other: &Bag<K>, times: i64)
    where
        K: Clone,
    {
        for (thing, n) in &other.0 {
            self.put(thing.clone(), n * times);
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of different things, whatever their number.
    pub fn different(&self) -> usize {
        self.0.len()
    }

    /// How many times `thing` is in it.
    pub fn times<Q: Ord + ?Sized>(&self, thing: &Q) -> i64
    where
        K: Borrow<Q>,
    {
        self.0.get(thing).copied().unwrap_or(0)
    }

    /// The things with their numbers, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, i64)> {
        self.0.iter().map(|(thing, n)| (thing, *n))
    }

    /// The things within `range` with their numbers, in order.
    pub fn range<R: RangeBounds<K>>(&self, range: R) -> impl Iterator<Item = (&K, i64)> {
        self.0.range(range).map(|(thing, n)| (thing, *n))
    }
}

impl<K: Ord + Serialize> Serialize for Bag<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

impl<'de, K: Ord + Deserialize<'de>> Deserialize<'de> for Bag<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut bag = Bag::default();
        for (thing, times) in Vec::<(K, i64)>::deserialize(deserializer)? {
            bag.put(thing, times);
        }
        Ok(bag)
    }
}

#[cfg(test)]
mod tests {
    use super::Bag;

    #[test]
    fn what_is_put_in_and_taken_out_leaves_nothing() {
        let mut bag = Bag::default();
        bag.put("a", 2);
        bag.put("a", -2);
        assert_eq!(bag, Bag::default());
        assert!(bag.is_empty());
    }

    #[test]
    fn taking_out_first_comes_to_the_same() {
        let mut bag = Bag::default();
        bag.put("a", -1);
        assert_eq!(bag.times("a"), -1);
        bag.put("a", 3);
        assert_eq!(bag.iter().collect::<Vec<_>>(), [(&"a", 2)]);
    }
}
