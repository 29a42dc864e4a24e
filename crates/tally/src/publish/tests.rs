use form::number::Rational;
use num_traits::Zero;
use proptest::prelude::*;

use super::{Group, LEAST, Size, shown, sum};

fn size(asked: u64, answered: u64) -> Size {
    Size { asked, answered, valued: None }
}

/// Whether a sum of parts follows from other sums, by elimination over the rationals.
fn follows(wanted: &[usize], known: &[&Group], parts: usize) -> bool {
    let row = |places: &[usize]| {
        let mut row = vec![Rational::zero(); parts];
        places.iter().for_each(|place| row[*place] = Rational::from_integer(1.into()));
        row
    };
    let mut basis: Vec<Vec<Rational>> = Vec::new();
    let reduce = |basis: &[Vec<Rational>], mut row: Vec<Rational>| {
        for one in basis {
            let pivot = one.iter().position(|n| !n.is_zero()).unwrap();
            let factor = &row[pivot] / &one[pivot];
            for (mine, theirs) in row.iter_mut().zip(one) {
                *mine -= &factor * theirs;
            }
        }
        row
    };
    for group in known {
        let rest = reduce(&basis, row(&group.parts));
        if rest.iter().any(|n| !n.is_zero()) {
            basis.push(rest);
        }
    }
    reduce(&basis, row(wanted)).iter().all(Zero::is_zero)
}

/// Sizes of a few parts and groups of them, the whole first.
fn groups() -> impl Strategy<Value = (Vec<Size>, Vec<Group>)> {
    (2usize..9).prop_flat_map(|parts| {
        let one = (0u64..14, 0u64..14, 0u64..14, prop::bool::ANY);
        let sizes = prop::collection::vec(one, parts);
        let others = prop::collection::vec(prop::collection::btree_set(0..parts, 1..parts), 1..14);
        (sizes, others, prop::bool::ANY).prop_map(|(sizes, others, has_values)| {
            let part = |(asked, answered, valued, is_few): (u64, u64, u64, bool)| {
                let answered = answered.min(asked).min(if is_few { 3 } else { asked });
                Size { asked, answered, valued: has_values.then_some(valued.min(answered)) }
            };
            let parts: Vec<Size> = sizes.into_iter().map(part).collect();
            let mut groups = vec![group(&parts, (0..parts.len()).collect())];
            groups.extend(others.into_iter().map(|places| group(&parts, places.into_iter().collect())));
            (parts, groups)
        })
    })
}

fn group(parts: &[Size], places: Vec<usize>) -> Group {
    Group { size: sum(places.iter().map(|place| parts[*place])), parts: places }
}

/// Any few offices, in whatever parts they lie, whose number follows from what is shown. Parts where nobody is counted
/// add nothing, so a number is of few offices whatever else of that sort is in it.
fn few_given_away(counts: &[u64], known: &[&Group]) -> Option<Vec<usize>> {
    let taken: Vec<usize> = (0..counts.len()).filter(|part| counts[*part] > 0).collect();
    let place = |part: &usize| taken.iter().position(|other| other == part);
    let counted = |group: &&Group| Group {
        parts: group.parts.iter().filter_map(place).collect(),
        size: Size::default(),
    };
    let known: Vec<Group> = known.iter().map(counted).collect();
    let known: Vec<&Group> = known.iter().collect();
    let sets =
        (1..1_usize << taken.len()).map(|mask| (0..taken.len()).filter(move |bit| mask >> bit & 1 == 1));
    sets.map(Iterator::collect::<Vec<usize>>)
        .filter(|set| set.iter().map(|place| counts[taken[*place]]).sum::<u64>() < LEAST)
        .find(|set| follows(set, &known, taken.len()))
}

proptest! {
    #[test]
    fn nothing_hidden_can_be_computed_from_what_is_shown((parts, groups) in groups()) {
        let is_shown = shown(&parts, &groups, LEAST);
        let known: Vec<&Group> = groups.iter().zip(&is_shown).filter(|(_, s)| **s).map(|(g, _)| g).collect();
        for (group, _) in groups.iter().zip(&is_shown).filter(|(_, is_shown)| !**is_shown) {
            prop_assert!(!follows(&group.parts, &known, parts.len()), "{group:?} follows from {known:?}");
        }
    }

    #[test]
    fn no_number_of_any_few_offices_can_be_computed((parts, groups) in groups()) {
        let is_shown = shown(&parts, &groups, LEAST);
        let known: Vec<&Group> = groups.iter().zip(&is_shown).filter(|(_, s)| **s).map(|(g, _)| g).collect();
        let answered: Vec<u64> = parts.iter().map(|part| part.answered).collect();
        prop_assert_eq!(few_given_away(&answered, &known), None);
        let valued: Vec<u64> = parts.iter().map(|part| part.valued.unwrap_or_default()).collect();
        // Where few of all have a value the number of the whole is about them; nothing of it is told.
        if valued.iter().sum::<u64>() >= LEAST {
            prop_assert_eq!(few_given_away(&valued, &known), None);
        }
    }

    #[test]
    fn what_a_group_leaves_of_a_larger_one_is_never_small((parts, groups) in groups()) {
        let is_shown = shown(&parts, &groups, LEAST);
        let known: Vec<&Group> = groups.iter().zip(&is_shown).filter(|(_, s)| **s).map(|(g, _)| g).collect();
        for large in &known {
            for small in known.iter().filter(|small| small.parts.iter().all(|one| large.parts.contains(one))) {
                let left = large.parts.iter().filter(|part| !small.parts.contains(part));
                let left = sum(left.map(|part| parts[*part]));
                let is_of_few = left.valued.is_some_and(|valued| (1..LEAST).contains(&valued));
                let whole_is = groups[0].size.valued.is_some_and(|valued| valued < LEAST);
                prop_assert!(!left.is_small(LEAST) || (is_of_few && whole_is), "{large:?} less {small:?}");
            }
        }
    }

    #[test]
    fn no_small_group_is_shown_but_the_whole((parts, groups) in groups()) {
        for (group, is_shown) in groups.iter().zip(shown(&parts, &groups, LEAST)).skip(1) {
            let is_whole = groups[0].parts.iter().all(|part| group.parts.contains(part));
            prop_assert!(!is_shown || is_whole || !group.size.is_small(LEAST));
        }
    }
}

#[test]
fn exactly_five_offices_are_shown_and_four_are_not() {
    assert!(!size(9, 5).is_small(5));
    assert!(size(9, 4).is_small(5));
    assert!(size(9, 0).is_small(5), "nobody answered: everybody there is known not to have");
    assert!(!size(0, 0).is_small(5), "there is nobody there");
    assert!(Size { valued: Some(4), ..size(20, 20) }.is_small(5));
    assert!(!Size { valued: Some(5), ..size(20, 20) }.is_small(5));
    assert!(!Size { valued: Some(0), ..size(20, 20) }.is_small(5), "no value is about nobody");
}

/// What is shown of a list of groups that do not overlap; first whether the whole is.
fn listed(sizes: &[Size]) -> Vec<bool> {
    let mut groups = vec![group(sizes, (0..sizes.len()).collect())];
    groups.extend((0..sizes.len()).map(|place| group(sizes, vec![place])));
    shown(sizes, &groups, LEAST)
}

#[test]
fn a_part_is_shown_only_where_it_and_the_rest_are_not_few() {
    let part = |own, rest| super::part_is_shown(size(own, own), size(rest, rest), LEAST);
    assert!(part(5, 5) && part(5, 0));
    assert!(!part(4, 20) && !part(20, 4) && !part(2, 0));
    assert!(super::whole_is_shown(size(40, 5), LEAST) && super::whole_is_shown(size(0, 0), LEAST));
    assert!(!super::whole_is_shown(size(40, 4), LEAST) && !super::whole_is_shown(size(40, 0), LEAST));
}

#[test]
fn a_lone_small_group_takes_the_smallest_other_one_with_it() {
    assert_eq!(
        listed(&[size(200, 80), size(80, 30), size(30, 12), size(5, 3)]),
        [true, true, true, false, false]
    );
    assert_eq!(listed(&[size(39, 34), size(1, 1)]), [true, false, false]);
}

#[test]
fn a_whole_that_is_too_small_is_not_shown_and_neither_is_anything_of_it() {
    assert_eq!(listed(&[size(5, 2), size(5, 1)]), [false; 3]);
    assert_eq!(listed(&[size(3, 0)]), [false; 2]);
    assert_eq!(listed(&[]), [true], "an empty frame hides nothing");
    assert!(shown(&[], &[], LEAST).is_empty());
}

#[test]
fn a_group_is_not_shown_beside_a_larger_one_that_has_one_office_more() {
    // A powiat of nine offices of three kinds, six of which answered: five of one kind and one of the two others.
    let parts = [size(5, 5), size(2, 1), size(2, 0), size(300, 100)];
    let of = |places: &[usize]| group(&parts, places.to_vec());
    let groups = [of(&[0, 1, 2, 3]), of(&[0, 1, 2]), of(&[0]), of(&[1]), of(&[2])];
    assert_eq!(shown(&parts, &groups, LEAST), [true, true, false, false, false]);
}

#[test]
fn two_groups_are_not_shown_beside_a_larger_one_that_has_two_offices_more_than_both() {
    let parts = [size(5, 5), size(6, 6), size(1, 1), size(1, 1), size(300, 100)];
    let of = |places: &[usize]| group(&parts, places.to_vec());
    let groups = [of(&[0, 1, 2, 3, 4]), of(&[0, 1, 2, 3]), of(&[1]), of(&[0])];
    assert_eq!(shown(&parts, &groups, LEAST), [true, true, true, false]);
}

#[test]
fn regions_of_a_region_cannot_be_had_by_subtraction() {
    let parts = [size(4, 3), size(36, 17), size(30, 22), size(30, 18)];
    let of = |places: &[usize]| group(&parts, places.to_vec());
    // Two regions of NUTS 2 with their NUTS 3: the small one of the first takes another one of the same region along.
    let groups = [of(&[0, 1, 2, 3]), of(&[0, 1]), of(&[2, 3]), of(&[2]), of(&[3]), of(&[1]), of(&[0])];
    assert_eq!(shown(&parts, &groups, LEAST), [true, true, true, true, true, false, false]);
}

/// Frames of two kinds in nested regions, one unit per stratum or many.
fn frames() -> impl Strategy<Value = std::collections::BTreeMap<crate::Stratum, Size>> {
    let unit = (prop::option::of(0u8..5), 0u8..3, 1u64..12, 0u64..12);
    prop::collection::vec(unit, 1..14).prop_map(|units| {
        let mut sizes = std::collections::BTreeMap::<_, Size>::new();
        for (region, kind, asked, answered) in units {
            let mut stratum = crate::Stratum::from([("kind".to_owned(), kind.to_string())]);
            if let Some(region) = region {
                stratum.insert("nuts3".into(), region.to_string());
                stratum.insert("nuts2".into(), (region / 3).to_string());
            }
            let size = sizes.entry(stratum).or_default();
            *size = super::sum([*size, self::size(asked, answered.min(asked))].into_iter());
        }
        sizes
    })
}

proptest! {
    #[test]
    fn all_breakdowns_together_give_no_hidden_group_away(sizes in frames()) {
        let attributes = ["kind", "nuts2", "nuts3"];
        let permits = super::permits(&sizes, &attributes, LEAST);
        let (parts, chosen, groups) = super::strata::groups(&sizes, &attributes);
        let known: Vec<&Group> =
            groups.iter().zip(&chosen).filter(|(_, one)| permits.allow(one)).map(|(group, _)| group).collect();
        for (group, one) in groups.iter().zip(&chosen).filter(|(_, one)| !permits.allow(one)) {
            prop_assert!(!follows(&group.parts, &known, sizes.len()), "{one:?} follows");
            prop_assert!(groups[0].size.answered < LEAST || !one.is_empty());
        }
        let answered: Vec<u64> = parts.iter().map(|part| part.answered).collect();
        prop_assert_eq!(few_given_away(&answered, &known), None);
    }

    #[test]
    fn a_group_without_its_number_of_answers_has_no_number_of_any_measure(
        sizes in frames(), values in prop::collection::vec(0u64..12, 14),
    ) {
        let attributes = ["kind", "nuts2", "nuts3"];
        let (_, chosen, _) = super::strata::groups(&sizes, &attributes);
        let answers = super::permits(&sizes, &attributes, LEAST);
        let valued = sizes.iter().zip(values).map(|((stratum, size), valued)| {
            (stratum.clone(), Size { valued: Some(valued.min(size.answered)), ..*size })
        });
        let measure = super::permits(&valued.collect(), &attributes, LEAST);
        for one in chosen.iter().filter(|one| measure.allow(one)) {
            prop_assert!(answers.allow(one), "{one:?}");
        }
    }

    #[test]
    fn groups_beside_the_breakdowns_give_no_few_offices_away(
        sizes in frames(), in_both in prop::collection::vec(prop::bool::ANY, 14),
    ) {
        let attributes = ["kind", "nuts2", "nuts3"];
        let known: Vec<&crate::Stratum> = sizes.keys().collect();
        let others = |stratum: &crate::Stratum| {
            in_both[known.iter().position(|one| *one == stratum).unwrap() % in_both.len()]
        };
        let is_shown = super::beside(&sizes, &attributes, &[&others], LEAST)[0];
        let permits = super::permits(&sizes, &attributes, LEAST);
        let (parts, chosen, groups) = super::strata::groups(&sizes, &attributes);
        let own = (0..).zip(sizes.iter().filter(|(_, size)| size.asked.max(size.answered) > 0));
        let own = own.filter(|(_, (stratum, _))| others(stratum)).map(|(place, _)| place).collect();
        let own = group(&parts, own);
        let shown = groups.iter().zip(&chosen).filter(|(_, one)| permits.allow(one)).map(|(group, _)| group);
        let shown: Vec<&Group> = shown.chain(is_shown.then_some(&own)).collect();
        let answered: Vec<u64> = parts.iter().map(|part| part.answered).collect();
        prop_assert_eq!(few_given_away(&answered, &shown), None);
    }
}
