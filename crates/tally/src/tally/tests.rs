//! The tally is a commutative group: checked with contributions of any content.

use std::collections::BTreeMap;
use std::sync::Arc;

use form::number::Rational;
use proptest::collection::vec;
use proptest::prelude::*;
use uuid::Uuid;

use super::{Amounts, Contribution, Stratum, Tally};
use crate::amount::{Amount, Line, Place, Statuses};

/// One thing that happens to the response of an office.
#[derive(Clone, Debug)]
enum Event {
    Submit(u8, Contribution),
    Withdraw(u8),
}

fn text() -> impl Strategy<Value = Arc<str>> {
    "[ab]{0,2}".prop_map(Arc::from)
}

fn rational() -> impl Strategy<Value = Rational> {
    (-9i64..9, 1i64..5).prop_map(|(n, d)| Rational::new(n.into(), d.into()))
}

fn statuses() -> impl Strategy<Value = Statuses> {
    (0u8..4).prop_map(|which| Statuses {
        answered: i64::from(which == 0),
        missing: i64::from(which == 1),
        dont_know: i64::from(which == 2),
        not_relevant: i64::from(which == 3),
        ..Statuses::default()
    })
}

fn amount(response: Uuid) -> impl Strategy<Value = Amount> {
    let rows = vec((text(), text()), 0..3);
    let counts = (statuses(), 0i64..2, 0i64..2, 0i64..4);
    (counts, rational(), vec(rational(), 0..3), vec(text(), 0..3), rows).prop_map(
        move |((statuses, base, numerator, hits), sum, numbers, codes, rows)| {
            let mut amount = Amount { statuses, base, numerator, hits, sum, ..Amount::default() };
            numbers.into_iter().for_each(|number| amount.numbers.put(&number, 1));
            codes.into_iter().for_each(|code| amount.codes.put(code, 1));
            for (row, text) in rows {
                let line = Line { unit: Arc::from(*b"u"), response, row: 0, text: Arc::clone(&text) };
                amount.lines.put(line, 1);
                amount.open.put(Place { response, row: None }, 1);
                amount.things.put(Place { response, row: Some(row) }, text, 1);
            }
            amount
        },
    )
}

fn contribution() -> impl Strategy<Value = Contribution> {
    (0u128..4).prop_flat_map(|id| {
        let measures = prop::collection::btree_map("[xyz]", amount(Uuid::from_u128(id)), 0..4);
        ("[kp]", measures).prop_map(|(powiat, measures)| Contribution {
            stratum: Stratum::from([("powiat".to_owned(), powiat)]),
            amounts: Amounts { responses: 1, measures },
        })
    })
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0u8..5, contribution()).prop_map(|(office, contribution)| Event::Submit(office, contribution)),
        1 => (0u8..5).prop_map(Event::Withdraw),
    ]
}

fn counted<'a>(contributions: impl IntoIterator<Item = &'a Contribution>) -> Tally {
    let mut tally = Tally::new();
    contributions.into_iter().for_each(|contribution| tally.add(contribution));
    tally
}

/// The total is kept beside the strata, so `==` on tallies does not look at it.
fn check_total(tally: &Tally) -> Result<(), TestCaseError> {
    let mut sum = Amounts::default();
    tally.strata.values().for_each(|amounts| sum.put_all(amounts, 1));
    prop_assert_eq!(&tally.total, &sum);
    Ok(())
}

proptest! {
    #[test]
    fn any_order_and_any_split_come_to_the_same(
        (straight, mixed) in vec(contribution(), 0..9).prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        cuts in vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let whole = counted(&straight);
        let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(mixed.len() + 1)).collect();
        ends.extend([0, mixed.len()]);
        ends.sort_unstable();
        let mut merged = Tally::new();
        for cut in ends.windows(2).rev() {
            merged.merge(&counted(&mixed[cut[0]..cut[1]]));
        }
        prop_assert_eq!(&merged, &whole);
        check_total(&merged)?;
    }

    #[test]
    fn edits_and_withdrawals_come_to_a_count_from_nothing(
        events in vec((event(), any::<bool>()), 0..20),
    ) {
        let mut tally = Tally::new();
        let mut newest: BTreeMap<u8, Contribution> = BTreeMap::new();
        for (event, old_first) in &events {
            match event {
                Event::Submit(office, new) => {
                    let old = newest.insert(*office, new.clone());
                    if *old_first { old.iter().for_each(|old| tally.remove(old)); }
                    tally.add(new);
                    if !*old_first { old.iter().for_each(|old| tally.remove(old)); }
                }
                Event::Withdraw(office) => {
                    newest.remove(office).iter().for_each(|old| tally.remove(old));
                }
            }
            check_total(&tally)?;
        }
        prop_assert_eq!(&tally, &counted(newest.values()));
        prop_assert_eq!(tally.responses(), newest.len() as u64);
    }

    #[test]
    fn removing_undoes_adding_and_leaves_nothing_behind(
        before in vec(contribution(), 0..5), one in contribution(),
    ) {
        let mut tally = counted(&before);
        tally.add(&one);
        tally.remove(&one);
        prop_assert_eq!(&tally, &counted(&before));
        before.iter().for_each(|contribution| tally.remove(contribution));
        prop_assert_eq!(serde_json::to_value(&tally).unwrap(), serde_json::to_value(Tally::new()).unwrap());
        prop_assert!(tally.total.is_zero());
    }

    #[test]
    fn merging_is_commutative_and_associative(
        a in vec(contribution(), 0..4), b in vec(contribution(), 0..4), c in vec(contribution(), 0..4),
        seqs in any::<[u64; 3]>(),
    ) {
        let mut parts = [counted(&a), counted(&b), counted(&c)];
        parts.iter_mut().zip(seqs).for_each(|(part, seq)| part.as_of = seq);
        let sum = |order: [usize; 3]| {
            let mut tally = parts[order[0]].clone();
            tally.merge(&parts[order[1]]);
            tally.merge(&parts[order[2]]);
            tally
        };
        let mut right = parts[1].clone();
        right.merge(&parts[2]);
        let mut grouped = parts[0].clone();
        grouped.merge(&right);
        for tally in [sum([1, 0, 2]), sum([2, 1, 0]), grouped] {
            prop_assert_eq!(&tally, &sum([0, 1, 2]));
            prop_assert_eq!(tally.as_of, seqs.into_iter().max().unwrap());
        }
    }

    #[test]
    fn saving_and_loading_changes_nothing(all in vec(contribution(), 0..6), seq: u64) {
        let mut tally = counted(&all);
        tally.as_of = seq;
        let loaded: Tally = serde_json::from_str(&serde_json::to_string(&tally).unwrap()).unwrap();
        prop_assert_eq!(&loaded, &tally);
        prop_assert_eq!(loaded.as_of, seq);
        check_total(&loaded)?;
        for one in &all {
            let loaded: Contribution = serde_json::from_str(&serde_json::to_string(one).unwrap()).unwrap();
            prop_assert_eq!(&loaded, one);
        }
    }
}
