//! Which things may be one: pairs of names that look alike, the most alike first. A person decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Up to so many things every pair is compared.
const FEW: usize = 300;
/// Of more, each is compared with those that share one of so many of its rarest pieces …
const RAREST: usize = 6;
/// … unless more things than this have the piece …
const CROWD: usize = 50;
/// … and with so many neighbours in the order of names.
const NEIGHBOURS: usize = 8;

/// Of a thousand, what the names alone can give; the rest comes from facts and from being near.
const NAMES: u64 = 800;
const FACTS: u64 = 120;
const NEAR: u64 = 80;

/// A thing as it is compared with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Keys of what it is called, as [`crate::key`] makes them.
    pub names: BTreeSet<String>,
    /// What else is said of it, such as month and organiser of an event: the same values make it more alike.
    pub facts: BTreeMap<String, BTreeSet<String>>,
    /// Where it is named, such as powiaty: one in common makes it more alike.
    pub near: BTreeSet<String>,
}

/// Two things that may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// Position of the first one among the candidates.
    pub first: usize,
    /// Position of the second one; greater than that of the first.
    pub second: usize,
    /// How much they look alike, from 0 to 1000.
    pub likeness: u32,
}

/// The pairs that are at least `least` alike (of 1000), the most alike first, at most `most`. The order of candidates
/// changes nothing but the positions. Of many candidates not every pair is looked at: about `n` times 300 at most.
pub fn alike(candidates: &[Candidate], least: u32, most: usize) -> Vec<Alike> {
    let shapes = Shapes::of(candidates);
    let mut found: Vec<Alike> = shapes
        .pairs(candidates)
        .into_iter()
        .map(|(first, second)| Alike { first, second, likeness: shapes.likeness(candidates, first, second) })
        .filter(|pair| pair.likeness >= least)
        .collect();
    let names = |place: usize| candidates[place].names.iter().next();
    let order = |pair: &Alike| {
        let mut both = [names(pair.first), names(pair.second)];
        both.sort();
        (std::cmp::Reverse(pair.likeness), both, pair.first, pair.second)
    };
    found.sort_by(|a, b| order(a).cmp(&order(b)));
    found.truncate(most);
    found
}

/// How much two things look alike when there is nothing else to compare them with, from 0 to 1000.
pub fn likeness(one: &Candidate, other: &Candidate) -> u32 {
    let both = [one.clone(), other.clone()];
    Shapes::of(&both).likeness(&both, 0, 1)
}

/// Three characters, packed.
type Piece = u64;

/// Words in which two names differ are other words, and not slips of the pen, from here downwards (of 1000).
const OTHER_WORD: usize = 400;

/// A name in pieces.
struct Shape {
    pieces: Vec<Piece>,
    /// Its words in pieces.
    words: BTreeMap<String, Vec<Piece>>,
    /// Words of digits: another year or number is another thing.
    numbers: Vec<String>,
}

/// All names in pieces, and how many things have a piece.
struct Shapes {
    of: Vec<Vec<Shape>>,
    holders: HashMap<Piece, Vec<usize>>,
}

impl Shapes {
    fn of(candidates: &[Candidate]) -> Self {
        let of: Vec<Vec<Shape>> = candidates
            .iter()
            .map(|candidate| candidate.names.iter().map(|name| shape(name)).collect())
            .collect();
        let mut holders: HashMap<Piece, Vec<usize>> = HashMap::new();
        for (place, shapes) in of.iter().enumerate() {
            let own: BTreeSet<Piece> = shapes.iter().flat_map(|shape| shape.pieces.iter().copied()).collect();
            own.into_iter().for_each(|piece| holders.entry(piece).or_default().push(place));
        }
        Shapes { of, holders }
    }

    /// The pairs worth a comparison, the smaller position first.
    fn pairs(&self, candidates: &[Candidate]) -> BTreeSet<(usize, usize)> {
        let all = candidates.len();
        if all <= FEW {
            return (0..all).flat_map(|first| (first + 1..all).map(move |second| (first, second))).collect();
        }
        let mut pairs = BTreeSet::new();
        let mut put = |one: usize, other: usize| {
            if one != other {
                pairs.insert((one.min(other), one.max(other)));
            }
        };
        for (place, shapes) in self.of.iter().enumerate() {
            let own: BTreeSet<Piece> = shapes.iter().flat_map(|shape| shape.pieces.iter().copied()).collect();
            let mut rare: Vec<(usize, Piece)> = own
                .into_iter()
                .map(|piece| (self.holders[&piece].len(), piece))
                .filter(|(n, _)| *n <= CROWD)
                .collect();
            rare.sort_unstable();
            for (_, piece) in rare.into_iter().take(RAREST) {
                self.holders[&piece].iter().for_each(|other| put(place, *other));
            }
        }
        let mut sorted: Vec<(&str, usize)> = candidates
            .iter()
            .enumerate()
            .flat_map(|(place, candidate)| candidate.names.iter().map(move |name| (name.as_str(), place)))
            .collect();
        sorted.sort_unstable();
        for window in sorted.windows(NEIGHBOURS) {
            window[1..].iter().for_each(|(_, other)| put(window[0].1, *other));
        }
        pairs
    }

    fn likeness(&self, candidates: &[Candidate], one: usize, other: usize) -> u32 {
        let names = self.of[one]
            .iter()
            .flat_map(|a| self.of[other].iter().map(|b| self.of_names(a, b)))
            .max()
            .unwrap_or_default();
        let (one, other) = (&candidates[one], &candidates[other]);
        let near = if one.near.is_disjoint(&other.near) { 0 } else { NEAR };
        let sum = names * NAMES / 1000 + facts(one, other) + near;
        u32::try_from(sum.min(1000)).unwrap_or(1000)
    }

    /// Pieces in common, the rare ones weighing more, of all pieces of both, of 1000; half of it where numbers differ or
    /// each name has a word that nothing in the other one resembles.
    fn of_names(&self, one: &Shape, other: &Shape) -> u64 {
        let weigh = |pieces: &[Piece]| pieces.iter().map(|piece| self.weight(*piece)).sum::<u64>();
        let common = weigh(&shared_by(&one.pieces, &other.pieces));
        let all = weigh(&one.pieces) + weigh(&other.pieces);
        let alike = (2000 * common).checked_div(all).unwrap_or_default();
        if one.numbers == other.numbers && !differ_in_a_word(one, other) { alike } else { alike / 2 }
    }

    fn weight(&self, piece: Piece) -> u64 {
        let holders = self.holders.get(&piece).map_or(1, Vec::len);
        1 + u64::from((self.of.len().max(1) / holders.max(1)).max(1).ilog2())
    }
}

/// Whether each of two names has words that the other one lacks, and no two of these resemble each other.
fn differ_in_a_word(one: &Shape, other: &Shape) -> bool {
    let own = |shape: &Shape, other: &Shape| -> Vec<Vec<Piece>> {
        let lacking = shape.words.iter().filter(|(word, _)| !other.words.contains_key(*word));
        lacking.map(|(_, pieces)| pieces.clone()).collect()
    };
    let (first, second) = (own(one, other), own(other, one));
    let resemble =
        |a: &Vec<Piece>, b: &Vec<Piece>| 2000 * shared_by(a, b).len() >= OTHER_WORD * (a.len() + b.len());
    !first.is_empty() && !second.is_empty() && !first.iter().any(|a| second.iter().any(|b| resemble(a, b)))
}

/// What facts add: their part of [`FACTS`] for each that both know and agree on.
fn facts(one: &Candidate, other: &Candidate) -> u64 {
    let both: Vec<bool> = one
        .facts
        .iter()
        .filter_map(|(name, values)| Some(!values.is_disjoint(other.facts.get(name)?)))
        .collect();
    let agreed = both.iter().filter(|agreed| **agreed).count() as u64;
    (FACTS * agreed).checked_div(both.len() as u64).unwrap_or_default()
}

fn pieces_of(text: &str) -> Vec<Piece> {
    let padded: Vec<char> = format!("  {text} ").chars().collect();
    let pack = |window: &[char]| window.iter().fold(0, |piece, c| piece << 21 | u64::from(u32::from(*c)));
    let mut pieces: Vec<Piece> = padded.windows(3).map(pack).collect();
    pieces.sort_unstable();
    pieces
}

fn shape(name: &str) -> Shape {
    let is_number = |word: &&str| word.bytes().all(|c| c.is_ascii_digit());
    let mut numbers: Vec<String> = name.split_whitespace().filter(is_number).map(str::to_owned).collect();
    numbers.sort_unstable();
    let words = name.split_whitespace().map(|word| (word.to_owned(), pieces_of(word))).collect();
    Shape { pieces: pieces_of(name), words, numbers }
}

/// What two sorted lists have in common, as often as both have it.
fn shared_by(one: &[Piece], other: &[Piece]) -> Vec<Piece> {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut common = Vec::new();
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                common.push(**a);
                one.next();
                other.next();
            }
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Alike, Candidate, Shapes, alike, likeness};
    use crate::key;

    fn called(name: &str) -> Candidate {
        Candidate { names: BTreeSet::from([key(name)]), ..Candidate::default() }
    }

    fn with(mut candidate: Candidate, fact: (&str, &str), near: &str) -> Candidate {
        candidate.facts.entry(fact.0.into()).or_default().insert(fact.1.into());
        candidate.near.insert(near.into());
        candidate
    }

    #[test]
    fn a_slip_of_the_pen_is_alike_and_another_title_is_not() {
        let slip = likeness(&called("Tygodnik Siedlecki"), &called("Tygodnik Siedlecky"));
        let other = likeness(&called("Tygodnik Siedlecki"), &called("Echo Dnia"));
        assert!(slip > 600 && other < 200, "{slip} {other}");
    }

    #[test]
    fn the_bulletins_of_two_offices_are_two_although_most_of_their_words_are_the_same() {
        let one = called("Biuletyn samorządowy Gminy Sienno");
        assert!(likeness(&one, &called("Biuletyn samorządowy Gminy Sterdyń")) < 500);
        assert!(likeness(&one, &called("Biuletyn samorzadowy gm. Sienno")) > 500);
    }

    #[test]
    fn another_year_is_another_document() {
        let one = called("Strategia rozwoju gminy na lata 2021-2030");
        let same = called("Strategia rozwoju gminy, lata 2021-2030");
        let other = called("Strategia rozwoju gminy na lata 2014-2020");
        assert!(likeness(&one, &same) > 500);
        assert!(likeness(&one, &other) < 500, "{}", likeness(&one, &other));
    }

    #[test]
    fn the_same_month_and_the_same_powiat_make_two_events_more_alike() {
        let (one, other) = (called("Targi ekonomii społecznej"), called("Targi Ekonomii Społ."));
        let alone = likeness(&one, &other);
        let agreeing = likeness(
            &with(one.clone(), ("miesiac", "m09"), "1401"),
            &with(other.clone(), ("miesiac", "m09"), "1401"),
        );
        let apart =
            likeness(&with(one, ("miesiac", "m09"), "1401"), &with(other, ("miesiac", "m03"), "1402"));
        assert!(agreeing == alone + 200 && apart == alone, "{agreeing} {alone} {apart}");
    }

    #[test]
    fn words_that_everything_has_count_less_than_those_that_few_have() {
        let names = [
            "Spółdzielnia Socjalna Wzorowa Kuchnia",
            "Spółdzielnia Socjalna „Wzorowa kuchnia” w Płocku",
            "Spółdzielnia Socjalna Umowny Ogród",
            "Spółdzielnia Socjalna Niebyła Pralnia",
            "Spółdzielnia Socjalna Przykładowy Dom",
            "Spółdzielnia Socjalna Ćwiczebny Catering",
        ];
        let found = alike(&names.map(called), 0, 100);
        assert_eq!((found[0].first, found[0].second), (0, 1), "{found:?}");
        assert!(found[0].likeness > found[1].likeness + 150, "{found:?}");
    }

    #[test]
    fn ten_thousand_names_are_compared_with_few_others_each_and_the_slips_are_found() {
        let all: Vec<Candidate> = (0..10_000u32)
            .map(|number| {
                // Letters instead of digits, so that names differ in words.
                let word: String =
                    number.to_string().bytes().map(|digit| char::from(b'a' + (digit - b'0') * 2)).collect();
                called(&format!("Strona internetowa urzędu gminy {word}owo {word}"))
            })
            .chain([called("Gazeta Równiny"), called("Gazeta Rowniny Wielkiej")])
            .collect();
        let shapes = Shapes::of(&all);
        let pairs = shapes.pairs(&all);
        assert!(pairs.len() < all.len() * 310, "{}", pairs.len());
        assert!(pairs.contains(&(10_000, 10_001)));
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_full_only_with_itself(a in "[a-złó0-9 ]{0,20}", b in "[a-złó0-9 ]{0,20}") {
            let (one, other) = (called(&a), called(&b));
            let there = likeness(&one, &other);
            prop_assert_eq!(there, likeness(&other, &one));
            prop_assert!(there <= 800);
            if !key(&a).is_empty() {
                prop_assert_eq!(likeness(&one, &one), 800);
            }
        }

        #[test]
        fn the_order_of_things_changes_nothing_but_their_positions(
            names in prop::collection::btree_set("[a-d]{1,6}( [a-d]{1,6})?", 2..12),
            turn in 0usize..12,
        ) {
            let names: Vec<String> = names.into_iter().collect();
            let found = |names: &[String]| -> Vec<(u32, BTreeSet<String>)> {
                let candidates: Vec<Candidate> = names.iter().map(|name| called(name)).collect();
                let named = |pair: Alike| {
                    (pair.likeness, BTreeSet::from([names[pair.first].clone(), names[pair.second].clone()]))
                };
                alike(&candidates, 300, 20).into_iter().map(named).collect()
            };
            let mut turned = names.clone();
            turned.rotate_left(turn % names.len());
            prop_assert_eq!(found(&names), found(&turned));
        }
    }
}
