//! Codes that identify a unit.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The identity of a JST: the first six digits of its TERYT code (voivodeship, powiat, gmina; `00` where absent).
///
/// The seventh digit says what kind of gmina it is and changes over the years, so it is no part of the identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Teryt([u8; 6]);

/// The text is no code of a unit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a code of a unit: {0}")]
pub struct BadCode(pub String);

impl Teryt {
    /// Reads exactly six digits, or seven and returns the last one beside the identity.
    ///
    /// No repair is tried here (lost zeros, spaces): that needs the register.
    pub fn parse(text: &str) -> Result<(Self, Option<u8>), BadCode> {
        let bad = || BadCode(text.to_owned());
        let digits = text.as_bytes();
        if !matches!(digits.len(), 6 | 7) || !digits.iter().all(u8::is_ascii_digit) {
            return Err(bad());
        }
        let mut six = [0; 6];
        six.copy_from_slice(&digits[..6]);
        let code = Self(six);
        let gap = code.powiat_digits() == "00" && code.gmina_digits() != "00";
        if code.voivodeship() == "00" || gap {
            return Err(bad());
        }
        Ok((code, digits.get(6).map(|digit| digit - b'0')))
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII digits pass the constructor")
    }

    /// The two digits of the voivodeship.
    pub fn voivodeship(&self) -> &str {
        &self.as_str()[..2]
    }

    /// The four digits of the powiat; `None` for a voivodeship.
    pub fn powiat(&self) -> Option<&str> {
        (self.powiat_digits() != "00").then(|| &self.as_str()[..4])
    }

    /// Whether this is a gmina (or a city counted as one), not a powiat or a voivodeship.
    pub fn is_gmina(&self) -> bool {
        self.gmina_digits() != "00"
    }

    fn powiat_digits(&self) -> &str {
        &self.as_str()[2..4]
    }

    fn gmina_digits(&self) -> &str {
        &self.as_str()[4..]
    }
}

impl fmt::Display for Teryt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Teryt {
    type Err = BadCode;

    /// Reads six digits, or seven and forgets the last one.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).map(|(code, _)| code)
    }
}

impl TryFrom<String> for Teryt {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Teryt> for String {
    fn from(code: Teryt) -> Self {
        code.as_str().to_owned()
    }
}

/// The key of a unit within its programme: a TERYT identity, or a code of the programme's own such as `UP1401`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum UnitCode {
    /// A JST; written with six digits.
    Teryt(Teryt),
    /// Any other unit: 2 to 16 capital letters and digits, a letter first.
    Own(String),
}

impl UnitCode {
    /// Reads six or seven digits as TERYT, and a letter with letters and digits (any case) as an own code.
    pub fn parse(text: &str) -> Result<Self, BadCode> {
        let first_is_letter = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if !first_is_letter {
            return text.parse().map(Self::Teryt);
        }
        let fits = (2..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Self::Own(text.to_ascii_uppercase())) } else { Err(BadCode(text.to_owned())) }
    }

    /// The TERYT identity, when the unit is a JST.
    pub fn teryt(&self) -> Option<Teryt> {
        match self {
            Self::Teryt(code) => Some(*code),
            Self::Own(_) => None,
        }
    }

    /// The code as it is stored: six digits or the own code.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Teryt(code) => code.as_str(),
            Self::Own(code) => code,
        }
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for UnitCode {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for UnitCode {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<UnitCode> for String {
    fn from(code: UnitCode) -> Self {
        code.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seventh_digit_is_read_but_is_no_part_of_the_identity() {
        let (rural, kind) = Teryt::parse("1436032").unwrap();
        let (mixed, other) = Teryt::parse("1436033").unwrap();
        assert_eq!(rural, mixed);
        assert_eq!((kind, other), (Some(2), Some(3)));
        assert_eq!(Teryt::parse("143603").unwrap(), (rural, None));
        assert_eq!(rural.to_string(), "143603");
    }

    #[test]
    fn the_parts_of_a_code_say_which_level_it_is() {
        let level = |text: &str| {
            let code: Teryt = text.parse().unwrap();
            (code.voivodeship().to_owned(), code.powiat().map(str::to_owned), code.is_gmina())
        };
        assert_eq!(level("1400000"), ("14".into(), None, false));
        assert_eq!(level("1401000"), ("14".into(), Some("1401".into()), false));
        assert_eq!(level("1401013"), ("14".into(), Some("1401".into()), true));
    }

    #[test]
    fn what_is_no_code_is_refused_and_nothing_is_repaired() {
        for text in ["", "14", "14010", "14 01 01 3", "14010133", "000000", "140001", "1401O13", "ąąąąąą"]
        {
            assert_eq!(Teryt::parse(text), Err(BadCode(text.into())), "{text}");
        }
        for text in ["U", "UP-1401", "UP1401UP1401UP1401", "ŁP1401"] {
            assert!(UnitCode::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn codes_of_labour_offices_are_kept_in_capitals() {
        assert_eq!(UnitCode::parse("up1401").unwrap().to_string(), "UP1401");
        assert_eq!(UnitCode::parse("WUP14").unwrap().teryt(), None);
        assert_eq!(UnitCode::parse("1401013").unwrap().as_str(), "140101");
        assert_eq!(serde_json::from_str::<UnitCode>("\"UP1465\"").unwrap().as_str(), "UP1465");
    }
}
