//! Random offices that edit and withdraw their answers, counted by the program and by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use form::number::Rational;
use proptest::collection::vec;
use proptest::prelude::*;
use tally::{Batch, Figure, Frequency, Merges, Reading, Tally, behind, key, read, read_where};

use crate::office::{Medium, Office, Told, questionnaire};

fn told<T: std::fmt::Debug + Clone>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Told<T>> {
    prop_oneof![1 => Just(Told::Nothing), 1 => Just(Told::Unknown), 3 => value.prop_map(Told::Value)]
}

fn medium() -> impl Strategy<Value = Medium> {
    let rodzaje = prop::sample::subsequence(vec!["www", "radio", "prasa"], 0..=3);
    let nazwa = prop::sample::select(vec![
        "Echo",
        "echo.",
        "Życie",
        "ZYCIE",
        "www.radom.pl/",
        "http://radom.pl",
        "–",
    ]);
    let row = (told(nazwa.prop_map(str::to_owned)), rodzaje, proptest::option::of(0u16..40));
    row.prop_map(|(nazwa, rodzaje, zasieg)| Medium { nazwa, rodzaje, zasieg })
        .prop_filter("a row without an answer is none", |row| {
            row.nazwa != Told::Nothing || !row.rodzaje.is_empty() || row.zasieg.is_some()
        })
}

fn office() -> impl Strategy<Value = Office> {
    let powiat = prop::sample::select(vec!["1425", "1410"]);
    let potrzeby = proptest::option::of("[a-c]{1,3}");
    (0u8..6, powiat, told(any::<bool>()), told(0u16..4), vec(medium(), 0..4), potrzeby).prop_map(
        |(number, powiat, media_czy, artykuly, media, potrzeby)| Office {
            number,
            powiat,
            media_czy,
            artykuly,
            media,
            potrzeby,
        },
    )
}

/// Answered, missing, don't know, not relevant.
type States = [u64; 4];

fn state<T>(told: &Told<T>) -> usize {
    match told {
        Told::Value(_) => 0,
        Told::Nothing => 1,
        Told::Unknown => 2,
    }
}

fn states(offices: &[Office], of: impl Fn(&Office) -> usize) -> States {
    let mut states = States::default();
    offices.iter().for_each(|office| states[of(office)] += 1);
    states
}

/// State over the rows of the list: answered, then don't know, then missing.
fn in_rows(office: &Office, of: impl Fn(&Medium) -> usize) -> usize {
    let all: Vec<usize> = office.media.iter().map(of).collect();
    match office.asked() {
        false => 3,
        true if all.contains(&0) => 0,
        true if all.contains(&2) => 2,
        true => 1,
    }
}

struct Expected {
    value: Figure,
    part: Option<(u64, u64)>,
    states: Option<States>,
}

fn number(value: usize) -> Figure {
    Figure::Number(Rational::from_integer(value.into()))
}

fn fraction(part: usize, whole: usize) -> Figure {
    Figure::Number(Rational::new(part.into(), whole.into()))
}

fn frequencies(counts: &[(&str, &str, usize)]) -> Figure {
    let one = |(code, label, count): &(&str, &str, usize)| Frequency {
        code: (*code).to_owned(),
        label: (*label).to_owned(),
        count: *count as u64,
    };
    Figure::Frequencies(counts.iter().map(one).collect())
}

/// Every measure of the questionnaire, counted in the plainest way.
fn expected(offices: &[Office], sent: u64) -> BTreeMap<&'static str, Expected> {
    let asked: Vec<&Office> = offices.iter().filter(|office| office.asked()).collect();
    let mut artykuly: Vec<usize> =
        asked.iter().filter_map(|o| o.artykuly.value()).map(|n| usize::from(*n)).collect();
    artykuly.sort_unstable();
    let media: Vec<&Medium> = asked.iter().flat_map(|office| &office.media).collect();
    let (yes, all) = (asked.len(), offices.len() as u64);
    let with: Vec<usize> = artykuly.iter().copied().filter(|n| *n > 0).collect();
    let half = artykuly.len() / 2;
    let median = match artykuly.len() {
        0 => Figure::Nothing,
        n if n % 2 == 1 => number(artykuly[half]),
        _ => fraction(artykuly[half - 1] + artykuly[half], 2),
    };
    let names = media.iter().filter_map(|row| row.nazwa.value()).map(|name| key(name));
    let radio = |row: &Medium| row.rodzaje.contains(&"radio");
    let taken = |kind| media.iter().filter(|row| row.rodzaje.contains(&kind)).count();
    let no = offices.iter().filter(|office| office.media_czy == Told::Value(false)).count();
    let mut sorted: Vec<&Office> = offices.iter().collect();
    sorted.sort_by_key(|office| office.number);
    let potrzeby = sorted.iter().filter_map(|office| office.potrzeby.as_deref()).map(Arc::from).collect();

    let czy = states(offices, |o| state(&o.media_czy));
    let art = states(offices, |o| if o.asked() { state(&o.artykuly) } else { 3 });
    let nazwa = states(offices, |o| in_rows(o, |row| state(&row.nazwa)));
    let rodzaje = states(offices, |o| in_rows(o, |row| usize::from(row.rodzaje.is_empty())));
    let zasieg = states(offices, |o| in_rows(o, |row| usize::from(row.zasieg.is_none())));
    let potrz = states(offices, |o| usize::from(o.potrzeby.is_none()));
    let with_radio = asked.iter().filter(|office| office.media.iter().any(radio)).count() as u64;
    let tenths: usize = media.iter().filter_map(|row| row.zasieg).map(usize::from).sum();
    let total: usize = artykuly.iter().sum();
    let some = |value: Option<&usize>| value.map_or(Figure::Nothing, |value| number(*value));
    let mean = if artykuly.is_empty() { Figure::Nothing } else { fraction(total, artykuly.len()) };

    let new = |value, part, states| Expected { value, part, states };
    BTreeMap::from([
        ("wszystkie", new(number(offices.len()), None, None)),
        ("gminy", new(number(with.len()), None, None)),
        ("pisano", new(number(yes), Some((yes as u64, czy[0])), Some(czy))),
        ("pisano_asked", new(number(with.len()), Some((with.len() as u64, all - art[3])), Some(art))),
        ("pisano_all", new(number(yes), Some((yes as u64, all)), None)),
        ("pisano_sent", new(number(yes), Some((yes as u64, sent)), None)),
        ("artykuly", new(number(total), None, Some(art))),
        ("srednia", new(mean, None, Some(art))),
        ("mediana", new(median, None, Some(art))),
        ("najmniej", new(some(with.first()), None, Some(art))),
        ("najwiecej", new(some(artykuly.last()), None, Some(art))),
        (
            "wpisy",
            new(
                number(media.iter().filter(|row| radio(row)).count()),
                Some((with_radio, all)),
                Some(rodzaje),
            ),
        ),
        ("zasieg", new(fraction(tenths, 10), None, Some(zasieg))),
        (
            "rozne",
            new(
                number(names.filter(|key| !key.is_empty()).collect::<BTreeSet<_>>().len()),
                None,
                Some(nazwa),
            ),
        ),
        (
            "rodzaje",
            new(
                frequencies(&[
                    ("www", "strona", taken("www")),
                    ("radio", "radio", taken("radio")),
                    ("prasa", "prasa", taken("prasa")),
                ]),
                None,
                Some(rodzaje),
            ),
        ),
        ("czy", new(frequencies(&[("tak", "Tak", yes), ("nie", "Nie", no)]), None, Some(czy))),
        ("potrzeby", new(Figure::Texts(potrzeby), None, Some(potrz))),
    ])
}

fn check(readings: &[Reading], offices: &[Office], sent: u64) -> Result<(), TestCaseError> {
    let mut expected = expected(offices, sent);
    for reading in readings {
        let name = reading.name.as_str();
        let wanted = expected.remove(name).unwrap_or_else(|| panic!("{name} is not counted by hand"));
        // Nobody answered, or nobody who was asked: that is no zero.
        let is_silent = |[answered, missing, unknown, _]: States| answered == 0 && missing + unknown > 0;
        let nothing = offices.is_empty() || wanted.states.is_some_and(is_silent);
        let is_table = matches!(wanted.value, Figure::Frequencies(_) | Figure::Texts(_));
        let value = if nothing && !is_table { Figure::Nothing } else { wanted.value };
        prop_assert_eq!(&reading.value, &value, "{}", name);
        prop_assert_eq!(reading.numerator.zip(reading.denominator), wanted.part, "{}", name);
        prop_assert_eq!(reading.base, reading.denominator);
        let states = [reading.answered, reading.missing, reading.dont_know, reading.not_relevant];
        prop_assert_eq!(states, wanted.states.map_or([None; 4], |states| states.map(Some)), "{}", name);
        if let Some(states) = wanted.states {
            prop_assert_eq!(states.iter().sum::<u64>(), offices.len() as u64);
        }
        if let Some(share) = &reading.share {
            prop_assert!(
                *share >= Rational::from_integer(0.into()) && *share <= Rational::from_integer(1.into())
            );
        }
        let has_share = !nothing && wanted.part.is_some_and(|(_, base)| base > 0);
        prop_assert_eq!(reading.share.is_some(), has_share, "{}", name);
    }
    prop_assert!(expected.is_empty());
    Ok(())
}

#[test]
fn numbers_after_edits_and_withdrawals_equal_a_count_by_hand() {
    let form = questionnaire();
    let events = vec((office(), prop::bool::weighted(0.2)), 0..12);
    proptest!(|(events in events, unanswered in 0u64..5)| {
        let mut tally = Tally::new();
        let mut newest: BTreeMap<u8, Office> = BTreeMap::new();
        for (mut office, withdrawn) in events {
            let old = newest.remove(&office.number);
            if let Some(old) = &old {
                tally.remove(&old.contribution(&form));
                // The frame says where an office is; answering again does not move it.
                office.powiat = old.powiat;
            }
            if !withdrawn {
                tally.add(&office.contribution(&form));
                newest.insert(office.number, office);
            }
        }
        let (model, plan, merges) = (&form.model, &form.plan, Merges::default());
        let offices: Vec<Office> = newest.into_values().collect();
        let sent = offices.len() as u64 + unanswered;
        check(&read(model, plan, &tally, &merges, sent), &offices, sent)?;

        let there: Vec<Office> = offices.iter().filter(|office| office.powiat == "1425").cloned().collect();
        let sent = there.len() as u64;
        let in_powiat = read_where(model, plan, &tally, &merges, sent, |stratum| stratum["powiat"] == "1425");
        check(&in_powiat, &there, sent)?;
        let everywhere = read_where(model, plan, &tally, &merges, sent, |_| true);
        prop_assert_eq!(everywhere, read(model, plan, &tally, &merges, sent));
    });
}

#[test]
fn the_way_back_leads_to_as_many_places_as_are_counted() {
    let form = questionnaire();
    proptest!(|(office in office())| {
        let evaluation = office.evaluation(&form);
        let ids = evaluation.rows("medium");
        let contribution = office.contribution(&form);
        for measure in &form.plan.measures {
            let places = behind(measure, &office.counted(&form, &evaluation));
            let hits = contribution.amounts.measures.get(&measure.name).map_or(0, |amount| amount.hits);
            prop_assert_eq!(places.len() as i64, hits);
            for place in places {
                let fits = place.as_ref().is_none_or(|id| ids.contains(id));
                prop_assert!(fits && place.is_some() == measure.over.is_some());
            }
        }
    });
}

#[test]
fn counting_many_at_once_and_side_by_side_comes_to_the_same_as_one_by_one() {
    let form = questionnaire();
    proptest!(|(offices in vec(office(), 0..12), cut in any::<prop::sample::Index>())| {
        let mut one_by_one = Tally::new();
        offices.iter().for_each(|office| one_by_one.add(&office.contribution(&form)));
        let (left, right) = offices.split_at(cut.index(offices.len() + 1));
        let batch = |offices: &[Office]| {
            let mut batch = Batch::new(&form.plan);
            offices.iter().for_each(|office| batch.count(&office.counted(&form, &office.evaluation(&form))));
            batch
        };
        let mut both = batch(left);
        both.merge(batch(right));
        let both = both.tally();
        prop_assert_eq!(&both, &one_by_one);
        // What is read of the whole edition is kept apart from the strata, which are all that is compared.
        let (model, plan, merges) = (&form.model, &form.plan, Merges::default());
        prop_assert_eq!(read(model, plan, &both, &merges, 20), read(model, plan, &one_by_one, &merges, 20));
    });
}
