//! From one edition's number to the next.

use form::number::Rational;

/// The smallest number that a relative change is told of: of smaller ones a percentage says more than is known.
const SMALLEST: i64 = 10;

/// How a number changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Later minus earlier.
    pub absolute: Rational,
    /// The same as a part of the earlier number; none where that is under 10.
    pub relative: Option<Rational>,
}

/// The change from an earlier number to a later one.
#[must_use]
pub fn change(before: &Rational, now: &Rational) -> Change {
    let absolute = now - before;
    let told = *before >= Rational::from_integer(SMALLEST.into());
    Change { relative: told.then(|| &absolute / before), absolute }
}

#[cfg(test)]
mod tests {
    use form::number::Rational;
    use proptest::prelude::*;

    use super::change;

    fn number(part: i64, whole: i64) -> Rational {
        Rational::new(part.into(), whole.into())
    }

    #[test]
    fn a_relative_change_is_told_from_ten_on() {
        assert_eq!(change(&number(10, 1), &number(15, 1)).relative, Some(number(1, 2)));
        assert_eq!(change(&number(99, 10), &number(15, 1)).relative, None);
        assert_eq!(change(&number(0, 1), &number(5, 1)).relative, None);
    }

    proptest! {
        #[test]
        fn nothing_changes_against_oneself_and_the_way_back_is_the_way_there(
            one in (-10_000i64..10_000, 1i64..50), other in (-10_000i64..10_000, 1i64..50),
        ) {
            let (one, other) = (number(one.0, one.1), number(other.0, other.1));
            let none = change(&one, &one);
            prop_assert_eq!(&none.absolute, &number(0, 1));
            prop_assert!(none.relative.is_none_or(|part| part == number(0, 1)));
            let (there, back) = (change(&one, &other), change(&other, &one));
            prop_assert_eq!(&there.absolute, &-back.absolute);
            prop_assert_eq!(&one + &there.absolute, other.clone());
            if let Some(part) = there.relative {
                prop_assert_eq!(&one + &one * part, other);
            }
        }
    }
}
