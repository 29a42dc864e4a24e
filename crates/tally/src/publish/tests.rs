use form::number::Rational;
use num_traits::Zero;
use proptest::prelude::*;

use super::{Group, LEAST, Size, shown, table};

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

/// Groups over a few parts, the whole first.
fn groups() -> impl Strategy<Value = (usize, Vec<Group>)> {
    (2usize..9).prop_flat_map(|parts| {
        let sizes = prop::collection::vec((0u64..14, 0u64..14, prop::option::of(0u64..14)), parts);
        let others = prop::collection::vec(prop::collection::btree_set(0..parts, 1..parts), 1..14);
        (Just(parts), sizes, others).prop_map(|(parts, sizes, others)| {
            let part = |(asked, answered, valued): &(u64, u64, Option<u64>)| Size {
                asked: *asked,
                answered: *answered.min(asked),
                valued: valued.map(|valued| valued.min(*answered).min(*asked)),
            };
            let of = |places: Vec<usize>| Group {
                size: super::sum(places.iter().map(|place| part(&sizes[*place]))),
                parts: places,
            };
            let mut groups = vec![of((0..parts).collect())];
            groups.extend(others.into_iter().map(|places| of(places.into_iter().collect())));
            (parts, groups)
        })
    })
}

proptest! {
    #[test]
    fn nothing_hidden_can_be_computed_from_what_is_shown((parts, groups) in groups()) {
        let is_shown = shown(&groups, LEAST);
        let known: Vec<&Group> = groups.iter().zip(&is_shown).filter(|(_, s)| **s).map(|(g, _)| g).collect();
        for (group, _) in groups.iter().zip(&is_shown).filter(|(_, is_shown)| !**is_shown) {
            prop_assert!(!follows(&group.parts, &known, parts), "{group:?} follows from {known:?}");
        }
    }

    #[test]
    fn no_small_group_is_shown_but_the_whole((_, groups) in groups()) {
        for (group, is_shown) in groups.iter().zip(shown(&groups, LEAST)).skip(1) {
            let is_whole = groups[0].parts.iter().all(|part| group.parts.contains(part));
            prop_assert!(!is_shown || is_whole || !group.size.is_small(LEAST));
        }
    }

    #[test]
    fn a_table_gives_no_hidden_cell_away_in_its_rows_columns_and_totals(
        cells in (1usize..5, 1usize..5).prop_flat_map(|(rows, columns)| {
            let cell = (0u64..20, 0u64..20).prop_map(|(asked, answered)| size(asked, answered.min(asked)));
            prop::collection::vec(prop::collection::vec(cell, columns), rows)
        }),
    ) {
        let (height, width) = (cells.len(), cells[0].len());
        let found = table(&cells, LEAST);
        let mut all = Vec::new();
        let mut put = |places: Vec<(usize, usize)>, is_shown: bool| {
            let parts: Vec<usize> = places.iter().map(|(r, c)| r * width + c).collect();
            all.push((Group { parts, size: size(0, 0) }, is_shown));
        };
        put((0..height).flat_map(|r| (0..width).map(move |c| (r, c))).collect(), found.total);
        (0..height).for_each(|r| put((0..width).map(|c| (r, c)).collect(), found.rows[r]));
        (0..width).for_each(|c| put((0..height).map(|r| (r, c)).collect(), found.columns[c]));
        for r in 0..height {
            (0..width).for_each(|c| put(vec![(r, c)], found.cells[r][c]));
        }
        let known: Vec<&Group> = all.iter().filter(|(_, s)| *s).map(|(g, _)| g).collect();
        for (group, _) in all.iter().filter(|(_, s)| !*s) {
            prop_assert!(!follows(&group.parts, &known, height * width), "{group:?} {cells:?}");
        }
        for (r, row) in cells.iter().enumerate() {
            for (c, cell) in row.iter().enumerate().filter(|(_, cell)| cell.is_small(LEAST)) {
                prop_assert!(!found.cells[r][c] || height * width == 1 || sole(&cells, r, c), "{cell:?}");
            }
        }
    }
}

/// Whether nothing else of the table has anybody in it, so that the cell is the whole.
fn sole(cells: &[Vec<Size>], row: usize, column: usize) -> bool {
    let places =
        cells.iter().enumerate().flat_map(|(r, row)| row.iter().enumerate().map(move |(c, s)| (r, c, s)));
    places.filter(|(r, c, _)| (*r, *c) != (row, column)).all(|(_, _, size)| size.asked == 0)
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

#[test]
fn a_lone_small_group_takes_the_smallest_other_one_with_it() {
    let column = |sizes: &[Size]| sizes.iter().map(|size| vec![*size]).collect::<Vec<_>>();
    let found = table(&column(&[size(200, 80), size(80, 30), size(30, 12), size(5, 3)]), LEAST);
    assert_eq!(found.rows, [true, true, false, false]);
    assert!(found.total);
    let two = table(&column(&[size(39, 34), size(1, 1)]), LEAST);
    assert_eq!((two.rows, two.total), (vec![false, false], true));
}

#[test]
fn a_whole_that_is_too_small_is_not_shown_and_neither_is_anything_of_it() {
    let found = table(&[vec![size(5, 2), size(5, 1)]], LEAST);
    assert_eq!((found.cells, found.rows, found.total), (vec![vec![false, false]], vec![false], false));
    assert!(table(&[], LEAST).total, "an empty frame hides nothing");
    assert!(table(&[vec![size(3, 0)]], LEAST).rows == [false]);
}

#[test]
fn regions_of_a_region_cannot_be_had_by_subtraction() {
    let group =
        |parts: &[usize], asked, answered| Group { parts: parts.to_vec(), size: size(asked, answered) };
    // Two regions of NUTS 2 with their NUTS 3: the small one of the first takes another one of the same region along.
    let groups = [
        group(&[0, 1, 2, 3], 100, 60),
        group(&[0, 1], 40, 20),
        group(&[2, 3], 60, 40),
        group(&[2], 30, 22),
        group(&[3], 30, 18),
        group(&[1], 36, 17),
        group(&[0], 4, 3),
    ];
    assert_eq!(shown(&groups, LEAST), [true, true, true, true, true, false, false]);
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
        let (chosen, groups) = super::strata::groups(&sizes, &attributes);
        let known: Vec<&Group> =
            groups.iter().zip(&chosen).filter(|(_, one)| permits.allow(one)).map(|(group, _)| group).collect();
        for (group, one) in groups.iter().zip(&chosen).filter(|(_, one)| !permits.allow(one)) {
            prop_assert!(!follows(&group.parts, &known, sizes.len()), "{one:?} follows");
            prop_assert!(groups[0].size.answered < LEAST || !one.is_empty());
        }
    }
}
