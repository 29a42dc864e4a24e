//! Numbers of submissions, readable over the telephone: `2024-JST-00017-K`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const SYMBOLS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The number of a submission: edition, form, running number within both, check character (ISO 7064 MOD 37,36: any
/// one wrong character is noticed).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubmissionNumber {
    edition: String,
    form: String,
    running: u32,
}

/// The text is no number of a submission, or its check character is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a number of a submission: {0}")]
pub struct BadNumber(pub String);

impl SubmissionNumber {
    /// A number; `edition` and `form` are names of 1 to 16 ASCII letters and digits (others are left out of them).
    pub fn new(edition: &str, form: &str, running: u32) -> Result<Self, BadNumber> {
        let plain =
            |text: &str| (1..=16).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric());
        if !plain(edition) || !plain(form) {
            return Err(BadNumber(format!("{edition}-{form}-{running}")));
        }
        Ok(Self { edition: edition.to_ascii_uppercase(), form: form.to_ascii_uppercase(), running })
    }

    /// The running number within the edition and form.
    pub fn running(&self) -> u32 {
        self.running
    }

    fn body(&self) -> String {
        format!("{}-{}-{:05}", self.edition, self.form, self.running)
    }
}

/// ISO 7064 MOD 37,36 over letters and digits; everything else is passed over.
fn check_character(text: &str) -> char {
    let values = text.bytes().filter_map(|c| SYMBOLS.iter().position(|symbol| *symbol == c));
    let product = values.fold(36, |product, value| {
        let sum = (product + value) % 36;
        (if sum == 0 { 36 } else { sum }) * 2 % 37
    });
    char::from(SYMBOLS[(37 - product) % 36])
}

impl fmt::Display for SubmissionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body();
        write!(f, "{body}-{}", check_character(&body))
    }
}

impl FromStr for SubmissionNumber {
    type Err = BadNumber;

    /// Reads the printed form; forgives blanks around it and small letters.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadNumber(text.to_owned());
        let capitals = text.trim().to_ascii_uppercase();
        let parts: Vec<&str> = capitals.split('-').collect();
        let [edition, form, running, _check] = parts[..] else { return Err(bad()) };
        let number = Self::new(edition, form, running.parse().map_err(|_| bad())?)?;
        if number.to_string() == capitals { Ok(number) } else { Err(bad()) }
    }
}

impl TryFrom<String> for SubmissionNumber {
    type Error = BadNumber;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<SubmissionNumber> for String {
    fn from(number: SubmissionNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // The example of the standard's own text for MOD 37,36.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    #[test]
    fn a_number_names_edition_and_form() {
        let number = SubmissionNumber::new("2024", "jst", 17).unwrap();
        assert!(number.to_string().starts_with("2024-JST-00017-"));
        assert_eq!(number.to_string().to_lowercase().parse(), Ok(number));
        assert!(SubmissionNumber::new("2024/1", "jst", 1).is_err());
    }

    proptest! {
        #[test]
        fn any_one_wrong_character_is_noticed(running in 0..100_000u32, place in 0..13usize, step in 1..36usize) {
            let number = SubmissionNumber::new("2024", "JST", running).unwrap();
            let mut text = number.to_string().into_bytes();
            prop_assert_eq!(String::from_utf8(text.clone()).unwrap().parse::<SubmissionNumber>().unwrap(), number);
            let wrong = text.iter_mut().filter(|c| **c != b'-').nth(place).unwrap();
            let value = SYMBOLS.iter().position(|symbol| symbol == wrong).unwrap();
            *wrong = SYMBOLS[(value + step) % 36];
            prop_assert!(String::from_utf8(text).unwrap().parse::<SubmissionNumber>().is_err());
        }
    }
}
