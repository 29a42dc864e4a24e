//! From one edition's number to the next.

use form::number::Rational;

/// How a number changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Later minus earlier.
    pub absolute: Rational,
    /// The same as a part of the earlier number; none where that is too small for a percentage.
    pub relative: Option<Rational>,
}

/// The change from an earlier number to a later one. Of an earlier one under `smallest_base` no part is told: a percentage
/// would say more than is known.
#[must_use]
pub fn change(before: &Rational, now: &Rational, smallest_base: u64) -> Change {
    let absolute = now - before;
    let told = *before >= Rational::from_integer(smallest_base.max(1).into());
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
    fn a_relative_change_is_told_from_the_smallest_base_on() {
        assert_eq!(change(&number(10, 1), &number(15, 1), 10).relative, Some(number(1, 2)));
        assert_eq!(change(&number(99, 10), &number(15, 1), 10).relative, None);
        assert_eq!(change(&number(10, 1), &number(15, 1), 11).relative, None);
        assert_eq!(change(&number(0, 1), &number(5, 1), 0).relative, None);
    }

    proptest! {
        #[test]
        fn nothing_changes_against_oneself_and_the_way_back_is_the_way_there(
            one in (-10_000i64..10_000, 1i64..50), other in (-10_000i64..10_000, 1i64..50),
        ) {
            let (one, other) = (number(one.0, one.1), number(other.0, other.1));
            let none = change(&one, &one, 10);
            prop_assert_eq!(&none.absolute, &number(0, 1));
            prop_assert!(none.relative.is_none_or(|part| part == number(0, 1)));
            let (there, back) = (change(&one, &other, 10), change(&other, &one, 10));
            prop_assert_eq!(&there.absolute, &-back.absolute);
            prop_assert_eq!(&one + &there.absolute, other.clone());
            if let Some(part) = there.relative {
                prop_assert_eq!(&one + &one * part, other);
            }
        }
    }
}
