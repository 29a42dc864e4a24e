//! Numbers of indicators as they are printed: half-up, without zeros at the end.

use form::number::Rational;
use form::polish;
use num_bigint::BigInt;

/// Decimal places of a degree of realisation.
const PLACES: u32 = 2;

/// How the numbers of an indicator are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// As percents: 37/50 is `74%`.
    pub percent: bool,
    /// At most so many decimal places.
    pub places: u32,
}

impl Style {
    /// `1 090`, `48,46`, `92%`.
    #[must_use]
    pub fn print(self, number: &Rational) -> String {
        if self.percent { per_cent(number, self.places) } else { trimmed(number, self.places) }
    }

    /// The same for the difference of two such numbers: percents differ by percentage points.
    #[must_use]
    pub fn print_difference(self, number: &Rational) -> String {
        if self.percent {
            format!("{} p.p.", trimmed(&(number * BigInt::from(100)), self.places))
        } else {
            trimmed(number, self.places)
        }
    }
}

/// A degree of realisation: `48,46%`, `104%`. Nothing is capped.
#[must_use]
pub fn percent(share: &Rational) -> String {
    per_cent(share, PLACES)
}

fn per_cent(share: &Rational, places: u32) -> String {
    format!("{}%", trimmed(&(share * BigInt::from(100)), places))
}

fn trimmed(number: &Rational, places: u32) -> String {
    let text = polish::decimal(number, places).replace('-', "\u{2212}");
    match text.contains(',') {
        true => text.trim_end_matches('0').trim_end_matches(',').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_half_up_with_at_most_two_places_and_no_cap() {
        let shown = |part: i32, whole: i32| percent(&Rational::new(part.into(), whole.into()));
        for (part, whole, text) in [
            (52, 50, "104%"),
            (502, 1036, "48,46%"),
            (507, 1036, "48,94%"),
            (254, 700, "36,29%"),
            (88, 90, "97,78%"),
            (28, 30, "93,33%"),
            (33, 50, "66%"),
            (56, 20, "280%"),
            (6, 17, "35,29%"),
            (98, 45, "217,78%"),
            (97_775, 100_000, "97,78%"),
            (1, 2000, "0,05%"),
            (0, 5, "0%"),
            (10_000, 1, "1\u{a0}000\u{a0}000%"),
            (-43, 10_000, "\u{2212}0,43%"),
        ] {
            assert_eq!(shown(part, whole), text);
        }
    }

    #[test]
    fn a_style_says_how_many_places_and_whether_percents() {
        let share = Rational::new(68.into(), 74.into());
        assert_eq!(Style { percent: true, places: 0 }.print(&share), "92%");
        assert_eq!(Style { percent: true, places: 2 }.print(&share), "91,89%");
        assert_eq!(
            Style { percent: false, places: 2 }.print(&Rational::from_integer(1090.into())),
            "1\u{a0}090"
        );
        assert_eq!(
            Style { percent: true, places: 1 }.print_difference(&Rational::new(1.into(), 10.into())),
            "10 p.p."
        );
    }
}
