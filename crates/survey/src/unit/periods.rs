//! A unit and its attributes over time.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::UnitCode;
use crate::UnitId;

/// A kind of unit; which kinds there are is declared by the programme (`gmina_wiejska`, `powiat`, `PUP`, ...).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kind(String);

/// The text is no name of a kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a name of a kind: {0}")]
pub struct BadKind(pub String);

impl Kind {
    /// Reads 1 to 40 ASCII letters, digits and `_`, a letter first.
    pub fn parse(text: &str) -> Result<Self, BadKind> {
        let fits = text.len() <= 40
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
        if fits { Ok(Self(text.to_owned())) } else { Err(BadKind(text.to_owned())) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Kind {
    type Error = BadKind;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.0
    }
}

/// What a unit was called and counted as between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// First day; `None` = always.
    pub from: Option<NaiveDate>,
    /// Last day, itself included; `None` = until further notice.
    pub to: Option<NaiveDate>,
    /// The kind in these days.
    pub kind: Kind,
    /// The name in the nominative.
    pub name: String,
    /// The seventh digit of TERYT in these days (0 for a powiat and a voivodeship); `None` for other units.
    pub type_digit: Option<u8>,
    /// The powiat's four digits.
    pub powiat_teryt: Option<String>,
    /// The powiat's name.
    pub powiat: Option<String>,
    /// NUTS 2 code, such as `PL92`.
    pub nuts2: Option<String>,
    /// NUTS 3 code, such as `PL921`.
    pub nuts3: Option<String>,
    /// Further attributes of the programme's own (`seat`, `served_teryt`, ...).
    pub extra: BTreeMap<String, String>,
}

impl Period {
    /// Whether `date` lies in the period.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// The stratum and what expressions read with `unit('...')`: kind, name, powiat, nuts2, nuts3 and the extra ones.
    /// What is not known is left out.
    pub fn attributes(&self) -> BTreeMap<String, String> {
        let known = [
            ("kind", Some(self.kind.as_str())),
            ("name", Some(self.name.as_str())),
            ("powiat", self.powiat.as_deref()),
            ("powiat_teryt", self.powiat_teryt.as_deref()),
            ("nuts2", self.nuts2.as_deref()),
            ("nuts3", self.nuts3.as_deref()),
        ];
        let mut attributes = self.extra.clone();
        for (name, value) in known {
            if let Some(value) = value {
                attributes.insert(name.to_owned(), value.to_owned());
            }
        }
        attributes
    }
}

/// A unit with all that is known of it over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id in the database.
    pub id: UnitId,
    /// Its key within the programme.
    pub code: UnitCode,
    /// Its periods; the order does not matter.
    pub periods: Vec<Period>,
}

impl Unit {
    /// The period that holds on `date`; of two that overlap the one that began later. `None` when the unit did not
    /// exist or nothing is known.
    pub fn period_at(&self, date: NaiveDate) -> Option<&Period> {
        self.periods.iter().filter(|period| period.contains(date)).max_by_key(|period| period.from)
    }

    /// The newest period, whatever the day: what the register holds now.
    pub fn newest(&self) -> Option<&Period> {
        self.periods.iter().max_by_key(|period| period.from)
    }

    /// The code with the type digit of `period`, as registers print it: `1401013`, or the own code.
    pub fn full_code(&self, period: &Period) -> String {
        match period.type_digit {
            Some(digit) => format!("{}{digit}", self.code),
            None => self.code.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: Option<&str>, to: Option<&str>, kind: &str, digit: u8) -> Period {
        Period {
            from: from.map(day),
            to: to.map(day),
            kind: Kind::parse(kind).unwrap(),
            name: "Kazanów".into(),
            type_digit: Some(digit),
            powiat_teryt: Some("1436".into()),
            powiat: Some("powiat zwoleński".into()),
            nuts2: Some("PL92".into()),
            nuts3: None,
            extra: BTreeMap::from([("seat".into(), "Kazanów".into())]),
        }
    }

    fn kazanow() -> Unit {
        Unit {
            id: UnitId(Uuid::from_u128(1)),
            code: UnitCode::parse("143602").unwrap(),
            periods: vec![
                period(Some("2025-01-01"), None, "gmina_miejsko_wiejska", 3),
                period(None, Some("2024-12-31"), "gmina_wiejska", 2),
            ],
        }
    }

    #[test]
    fn a_unit_that_changed_its_kind_is_read_by_the_day() {
        let unit = kazanow();
        let kind_on = |date| unit.period_at(day(date)).unwrap().kind.to_string();
        assert_eq!(kind_on("2024-12-31"), "gmina_wiejska");
        assert_eq!(kind_on("2025-01-01"), "gmina_miejsko_wiejska");
        assert_eq!(unit.full_code(unit.period_at(day("2020-05-05")).unwrap()), "1436022");
        assert_eq!(unit.full_code(unit.newest().unwrap()), "1436023");
    }

    #[test]
    fn of_two_overlapping_periods_the_later_one_holds() {
        let mut unit = kazanow();
        unit.periods.push(period(Some("2024-06-01"), None, "gmina_miejska", 1));
        assert_eq!(unit.period_at(day("2024-07-01")).unwrap().kind.as_str(), "gmina_miejska");
        assert_eq!(unit.period_at(day("2025-07-01")).unwrap().kind.as_str(), "gmina_miejsko_wiejska");
    }

    #[test]
    fn a_unit_outside_its_periods_has_no_attributes() {
        let mut unit = kazanow();
        unit.periods.pop();
        assert_eq!(unit.period_at(day("2024-12-31")), None);
    }

    #[test]
    fn attributes_leave_out_what_is_not_known() {
        let unit = kazanow();
        let attributes = unit.newest().unwrap().attributes();
        assert_eq!(attributes["kind"], "gmina_miejsko_wiejska");
        assert_eq!(attributes["seat"], "Kazanów");
        assert!(!attributes.contains_key("nuts3"));
    }

    #[test]
    fn a_kind_is_a_name_not_a_phrase() {
        assert!(Kind::parse("miasto_na_prawach_powiatu").is_ok());
        for text in ["", "gmina wiejska", "1gmina", "województwo"] {
            assert!(Kind::parse(text).is_err(), "{text}");
        }
    }
}
