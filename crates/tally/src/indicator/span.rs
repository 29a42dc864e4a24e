//! A year, or several years that have one number together.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Years that a value can be about.
const YEARS: RangeInclusive<i32> = 1990..=2100;

/// One year or an unbroken run of years: `2024`, `2021–2023`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    from: i32,
    to: i32,
}

/// Neither a year nor two years in order, between 1990 and 2100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a year or a span of years")]
pub struct SpanError;

impl Span {
    /// Both years belong to it.
    ///
    /// # Errors
    /// [`SpanError`] when they are not in order or out of range.
    pub fn new(from: i32, to: i32) -> Result<Self, SpanError> {
        let fine = from <= to && YEARS.contains(&from) && YEARS.contains(&to);
        if fine { Ok(Self { from, to }) } else { Err(SpanError) }
    }

    /// First year.
    #[must_use]
    pub const fn from(self) -> i32 {
        self.from
    }

    /// Last year.
    #[must_use]
    pub const fn to(self) -> i32 {
        self.to
    }

    /// The year, if it is only one.
    #[must_use]
    pub fn year(self) -> Option<i32> {
        (self.from == self.to).then_some(self.from)
    }

    /// Whether a year belongs to it.
    #[must_use]
    pub fn holds(self, year: i32) -> bool {
        (self.from..=self.to).contains(&year)
    }

    /// Whether a year belongs to both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// For keys and files: `2024`, `2021-2023`.
    #[must_use]
    pub fn key(self) -> String {
        self.with("-")
    }

    fn with(self, dash: &str) -> String {
        match self.year() {
            Some(year) => year.to_string(),
            None => format!("{}{dash}{}", self.from, self.to),
        }
    }
}

/// As people write it: `2021–2023`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.with("–"))
    }
}

/// Reads `2024`, `2021-2023` and `2021–2023`, also with spaces around the dash.
impl FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let year = |part: &str| {
            let part = part.trim();
            let digits = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse().map_err(|_| SpanError) } else { Err(SpanError) }
        };
        match text.split_once(['-', '–', '—']) {
            Some((from, to)) => Self::new(year(from)?, year(to)?),
            None => year(text).and_then(|only| Self::new(only, only)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn years_and_spans_are_read_as_people_write_them() {
        for (text, shown, key) in [
            ("2024", "2024", "2024"),
            ("2021-2023", "2021–2023", "2021-2023"),
            (" 2021 – 2023 ", "2021–2023", "2021-2023"),
            ("2024–2024", "2024", "2024"),
        ] {
            let span: Span = text.parse().unwrap();
            assert_eq!((span.to_string().as_str(), span.key().as_str()), (shown, key));
        }
        for wrong in ["", "24", "2024 r.", "2023-2021", "2021-", "2021-2022-2023", "1066", "+202", "20 24"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
    }
}
