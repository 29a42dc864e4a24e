//! How alike two open answers are, and which of them lie together.

use std::collections::{BTreeMap, BTreeSet};

use crate::key::key;

/// Answers that are at least this alike lie together.
pub const ALIKE: Likeness = Likeness(600);

/// Characters of a text that count; the rest of a very long one says no more about what it resembles.
const LONGEST: usize = 2_000;

/// Texts that are compared each with each; of more only equal keys lie together.
const MOST: usize = 1_500;

/// How alike two texts are, in thousandths: 0 nothing in common, 1000 the same key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness(pub u16);

/// A text made ready to be compared: the pieces of three characters of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gist {
    key: String,
    pieces: BTreeSet<[char; 3]>,
}

impl Gist {
    /// The gist of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let short: String = text.chars().take(LONGEST).collect();
        let key = key(&short);
        let edge = std::iter::once(' ');
        let chars: Vec<char> = edge.clone().chain(key.chars()).chain(edge).collect();
        let pieces = chars.windows(3).map(|three| [three[0], three[1], three[2]]).collect();
        Self { key, pieces }
    }

    /// The normalised key; empty for a text without letters and digits.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Twice the common pieces by all pieces (Dice), rounded down; symmetric. Equal keys are wholly alike.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        if self.key == other.key {
            return Likeness(1000);
        }
        let all = self.pieces.len() + other.pieces.len();
        let common = self.pieces.intersection(&other.pieces).count();
        let thousandths = (2000 * common).checked_div(all).unwrap_or(0);
        // Only equal keys are wholly alike, whatever pieces they are made of.
        Likeness(u16::try_from(thousandths).unwrap_or(1000).min(999))
    }
}

/// Sorts texts into groups of alike ones: a text lies with every text that is at least [`ALIKE`] to it, and with those
/// that are alike to these. Groups stand in the order of their first members, members in the order given.
///
/// Compares each with each up to some hundreds of different keys; beyond that only equal keys lie together.
#[must_use]
pub fn gather(texts: &[Gist]) -> Vec<Vec<usize>> {
    let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, text) in texts.iter().enumerate() {
        by_key.entry(&text.key).or_default().push(place);
    }
    let firsts: Vec<usize> = by_key.values().map(|places| places[0]).collect();
    let mut leader: Vec<usize> = (0..firsts.len()).collect();
    if firsts.len() <= MOST {
        for one in 0..firsts.len() {
            for other in 0..one {
                let (a, b) = (&texts[firsts[one]], &texts[firsts[other]]);
                if close_in_size(a, b) && a.likeness(b) >= ALIKE {
                    let (a, b) = (root(&mut leader, one), root(&mut leader, other));
                    leader[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, places) in by_key.values().enumerate() {
        groups.entry(root(&mut leader, number)).or_default().extend(places);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable_by_key(|group| group[0]);
    groups
}

/// Whether two texts could be alike at all: Dice cannot reach the mark when one has far more pieces.
fn close_in_size(a: &Gist, b: &Gist) -> bool {
    let (small, large) = (a.pieces.len().min(b.pieces.len()), a.pieces.len().max(b.pieces.len()));
    2000 * small >= usize::from(ALIKE.0) * (small + large)
}

fn root(leader: &mut [usize], mut place: usize) -> usize {
    while leader[place] != place {
        leader[place] = leader[leader[place]];
        place = leader[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ALIKE, Gist, Likeness, gather};

    fn gists(texts: &[&str]) -> Vec<Gist> {
        texts.iter().map(|text| Gist::of(text)).collect()
    }

    #[test]
    fn spellings_and_near_wordings_lie_together_and_others_apart() {
        let texts = gists(&[
            "Brak zainteresowania mieszkańców",
            "Szkolenia z klauzul społecznych",
            "brak zainteresowania mieszkańców!",
            "Brak zainteresowania ze strony mieszkańców",
            "szkolenie z klauzul społecznych",
            "Wizyty studyjne",
        ]);
        assert_eq!(gather(&texts), [vec![0, 2, 3], vec![1, 4], vec![5]]);
    }

    #[test]
    fn texts_that_name_nothing_lie_together() {
        assert_eq!(gather(&gists(&["-", "brak", "–", "..."])), [vec![0, 2, 3], vec![1]]);
    }

    #[test]
    fn a_very_long_text_costs_no_more_than_its_beginning() {
        let long = "potrzeba szkoleń ".repeat(6_000);
        assert!(Gist::of(&long).pieces.len() < 2_100);
        assert_eq!(Gist::of(&long).likeness(&Gist::of(&long)), Likeness(1000));
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_whole_only_for_equal_keys(a in "\\PC{0,30}", b in "\\PC{0,30}") {
            let (one, other) = (Gist::of(&a), Gist::of(&b));
            let likeness = one.likeness(&other);
            prop_assert_eq!(likeness, other.likeness(&one));
            prop_assert!(likeness <= Likeness(1000));
            prop_assert_eq!(likeness == Likeness(1000), one.key() == other.key());
        }

        #[test]
        fn every_text_lies_in_one_group_and_no_two_groups_are_alike(
            texts in prop::collection::vec("[ab ]{0,8}", 0..14),
        ) {
            let gists: Vec<Gist> = texts.iter().map(|text| Gist::of(text)).collect();
            let groups = gather(&gists);
            let mut all: Vec<usize> = groups.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..texts.len()).collect::<Vec<_>>());
            for (place, group) in groups.iter().enumerate() {
                for (a, b) in groups[..place].iter().flatten().flat_map(|a| group.iter().map(move |b| (*a, *b))) {
                    prop_assert!(gists[a].likeness(&gists[b]) < ALIKE, "{:?} {:?}", texts[a], texts[b]);
                }
                let held = |one: &usize| group.iter().any(|b| b != one && gists[*one].likeness(&gists[*b]) >= ALIKE);
                prop_assert!(group.len() == 1 || group.iter().all(held));
            }
        }
    }
}
