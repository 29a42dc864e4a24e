//! What holds for all values.

use form::number::Rational;
use num_traits::Zero;
use proptest::prelude::*;
use tally::indicator::{Base, Definition, Kind, Rule, Span, Value, assess};

use crate::part;

/// A number, or that there is no data.
fn number() -> impl Strategy<Value = Option<Rational>> {
    prop::option::weighted(0.9, (-1000i64..100_000, 1i64..50).prop_map(|(above, below)| part(above, below)))
}

/// Values of the years from 2015 on, some of them as spans; no year twice.
fn values() -> impl Strategy<Value = Vec<Value>> {
    prop::collection::vec((0i32..3, 0i32..3, number()), 0..6).prop_map(|steps| {
        let mut year = 2015;
        let one = |(gap, more, number): (i32, i32, Option<Rational>)| {
            let from = year + gap;
            year = from + more + 1;
            Value::whole(Span::new(from, from + more).unwrap(), number)
        };
        steps.into_iter().map(one).collect()
    })
}

fn definition() -> impl Strategy<Value = Definition> {
    let rule =
        prop::sample::select(vec![Rule::Net, Rule::Gross, Rule::ZeroBase, Rule::YearOnYear, Rule::Threshold]);
    let kind = prop::sample::select(vec![Kind::Sum, Kind::Distinct, Kind::Level, Kind::Share]);
    (rule, kind, number(), (1i64..2000, 1i64..5), prop::option::of(2014i32..2020)).prop_map(
        |(rule, kind, base, (above, below), since)| Definition {
            base: base.map_or(Base::NoData, Base::Number),
            since: since.filter(|_| kind == Kind::Level),
            ..Definition::new(kind, rule, part(above, below))
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_values_does_not_matter(
        definition in definition(),
        (ordered, shuffled) in values().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        year in 2014i32..2035,
    ) {
        prop_assert_eq!(assess(&definition, &ordered, &[], year), assess(&definition, &shuffled, &[], year));
    }

    #[test]
    fn a_span_counts_as_much_as_its_years(numbers in prop::collection::vec((0i64..9999, 1i64..9), 1..6), base in 0i64..50) {
        let definition = Definition { base: Base::Number(part(base, 1)), ..Definition::new(Kind::Sum, Rule::Net, part(997, 1)) };
        let numbers: Vec<Rational> = numbers.into_iter().map(|(above, below)| part(above, below)).collect();
        let year = |place: usize| 2015 + i32::try_from(place).unwrap();
        let last = year(numbers.len() - 1);
        let years: Vec<Value> = numbers.iter().enumerate()
            .map(|(place, number)| Value::whole(Span::new(year(place), year(place)).unwrap(), Some(number.clone())))
            .collect();
        let sum = numbers.iter().fold(Rational::zero(), |sum, number| sum + number);
        let span = [Value::whole(Span::new(2015, last).unwrap(), Some(sum))];
        let (apart, together) = (assess(&definition, &years, &[], last).unwrap(), assess(&definition, &span, &[], last).unwrap());
        prop_assert_eq!(&apart.cumulative, &together.cumulative);
        prop_assert_eq!(&apart.degree, &together.degree);
        prop_assert_eq!(&apart.distance, &together.distance);
        prop_assert_eq!(apart.met, together.met);
    }

    #[test]
    fn parts_sum_up_to_their_whole(numbers in prop::collection::vec(number(), 1..5)) {
        let known: Vec<Rational> = numbers.iter().flatten().cloned().collect();
        let parts = numbers.iter().enumerate().map(|(place, number)| tally::indicator::Part {
            name: format!("c{place}"),
            number: number.clone(),
            ..Default::default()
        });
        let value = Value { parts: parts.collect(), ..Value::whole(Span::new(2024, 2024).unwrap(), None) };
        let sum = known.iter().fold(Rational::zero(), |sum, number| sum + number);
        prop_assert_eq!(value.number(), (!known.is_empty()).then_some(sum));
        prop_assert_eq!(value.marks().is_empty(), known.len() == numbers.len());
    }

    #[test]
    fn a_missing_value_never_changes_a_degree_but_always_marks_it(values in values(), gap in 1i32..4) {
        let definition = Definition { base: Base::Number(part(3, 1)), ..Definition::new(Kind::Sum, Rule::Net, part(20, 1)) };
        let last = values.last().map_or(2015, |value| value.span.to()) + gap;
        let before = assess(&definition, &values, &[], last).unwrap();
        let mut more = values;
        more.push(Value::whole(Span::new(last, last).unwrap(), None));
        let after = assess(&definition, &more, &[], last).unwrap();
        prop_assert_eq!(before.degree, after.degree);
        prop_assert!(after.marks.contains(&tally::indicator::Mark::NoData));
    }

    #[test]
    fn a_target_is_reached_exactly_when_the_degree_is_a_whole(values in values(), base in 0i64..40, more in 1i64..500, year in 2015i32..2030) {
        let target = part(base + more, 1);
        for rule in [Rule::Net, Rule::Gross] {
            let definition = Definition { base: Base::Number(part(base, 1)), ..Definition::new(Kind::Sum, rule, target.clone()) };
            let found = assess(&definition, &values, &[], year).unwrap();
            prop_assert_eq!(found.met, found.degree.clone().map(|degree| degree >= part(1, 1)));
            prop_assert_eq!(found.met, found.distance.map(|distance| distance <= Rational::zero()));
        }
    }
}
