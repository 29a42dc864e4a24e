//! Agreement of two people who sorted the same answers, beyond what chance alone would bring (Cohen's kappa).

use std::collections::BTreeSet;

use form::number::Rational;
use num_bigint::BigInt;
use num_traits::{One, Zero};

/// How two people decided about the same things, each of which either has a property or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Both said yes.
    pub both: u64,
    /// Only the first said yes.
    pub first: u64,
    /// Only the second said yes.
    pub second: u64,
    /// Both said no.
    pub neither: u64,
}

impl Decisions {
    /// Adds one decision.
    pub fn put(&mut self, first: bool, second: bool) {
        match (first, second) {
            (true, true) => self.both += 1,
            (true, false) => self.first += 1,
            (false, true) => self.second += 1,
            (false, false) => self.neither += 1,
        }
    }

    /// Adds the decisions about other things.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            both: self.both + other.both,
            first: self.first + other.first,
            second: self.second + other.second,
            neither: self.neither + other.neither,
        }
    }

    /// How many decisions each of the two made.
    #[must_use]
    pub fn number(self) -> u64 {
        self.both + self.first + self.second + self.neither
    }

    /// The part in which both said the same; none without decisions.
    #[must_use]
    pub fn agreement(self) -> Option<Rational> {
        (self.number() > 0).then(|| part(self.both + self.neither, self.number()))
    }

    /// Cohen's kappa, exact: (observed − expected) / (1 − expected) agreement. From −1 to 1; none without decisions,
    /// and none where chance alone agrees always (both said the same about everything, all yes or all no).
    #[must_use]
    pub fn kappa(self) -> Option<Rational> {
        let observed = self.agreement()?;
        let number = self.number();
        let yes = part(self.both + self.first, number) * part(self.both + self.second, number);
        let no = part(self.second + self.neither, number) * part(self.first + self.neither, number);
        let expected = yes + no;
        let room = Rational::one() - &expected;
        (!room.is_zero()).then(|| (observed - expected) / room)
    }
}

/// The decisions of two people about each code: did this answer get it? `answers` are the codes that the first and the
/// second gave to the same answer.
#[must_use]
pub fn decisions(code: &str, answers: &[(BTreeSet<String>, BTreeSet<String>)]) -> Decisions {
    let mut decisions = Decisions::default();
    for (first, second) in answers {
        decisions.put(first.contains(code), second.contains(code));
    }
    decisions
}

fn part(part: u64, whole: u64) -> Rational {
    Rational::new(BigInt::from(part), BigInt::from(whole))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::{Decisions, Rational, decisions};

    fn of(both: u64, first: u64, second: u64, neither: u64) -> Decisions {
        Decisions { both, first, second, neither }
    }

    fn ratio(part: i64, whole: i64) -> Rational {
        Rational::new(part.into(), whole.into())
    }

    #[test]
    fn known_tables_give_their_kappa() {
        // Observed 35/50, expected 1/2.
        assert_eq!(of(20, 5, 10, 15).kappa(), Some(ratio(2, 5)));
        // The same agreement, other margins: 60/100 observed; 54/100 and 46/100 expected.
        assert_eq!(of(45, 15, 25, 15).kappa(), Some(ratio(3, 23)));
        assert_eq!(of(25, 35, 5, 35).kappa(), Some(ratio(7, 27)));
        // Always of one mind, never of one mind, exactly as chance would.
        assert_eq!(of(5, 0, 0, 5).kappa(), Some(ratio(1, 1)));
        assert_eq!(of(0, 5, 5, 0).kappa(), Some(ratio(-1, 1)));
        assert_eq!(of(1, 1, 1, 1).kappa(), Some(ratio(0, 1)));
    }

    #[test]
    fn where_chance_always_agrees_there_is_no_kappa() {
        assert_eq!(of(0, 0, 0, 0).kappa(), None);
        assert_eq!(of(7, 0, 0, 0).kappa(), None);
        assert_eq!(of(0, 0, 0, 7).kappa(), None);
        assert_eq!(of(0, 0, 0, 7).agreement(), Some(ratio(1, 1)));
    }

    #[test]
    fn decisions_are_counted_code_by_code() {
        let set = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>();
        let answers = [(set(&["a", "b"]), set(&["a"])), (set(&["b"]), set(&["b"])), (set(&[]), set(&["a"]))];
        assert_eq!(decisions("a", &answers), of(1, 0, 1, 1));
        assert_eq!(decisions("b", &answers), of(1, 1, 0, 1));
        assert_eq!(decisions("a", &answers).and(decisions("b", &answers)), of(2, 1, 1, 2));
    }

    proptest! {
        #[test]
        fn kappa_lies_between_its_bounds_and_does_not_ask_who_was_first(a in 0u64..20, b in 0u64..20, c in 0u64..20, d in 0u64..20) {
            let kappa = of(a, b, c, d).kappa();
            prop_assert_eq!(&kappa, &of(a, c, b, d).kappa());
            prop_assert_eq!(&kappa, &of(d, b, c, a).kappa(), "saying no is a decision as well");
            if let Some(kappa) = kappa {
                prop_assert!(kappa >= ratio(-1, 1) && kappa <= ratio(1, 1));
                prop_assert_eq!(kappa == ratio(1, 1), b + c == 0);
            }
        }
    }
}
