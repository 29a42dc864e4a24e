//! Instants: whole milliseconds in UTC, the precision that both databases and JSON keep unchanged.

use std::fmt;
use std::ops::Add;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment in whole milliseconds since 1970, UTC; years 0 to 9999. Printed as `2025-01-17T08:00:00.000Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const FIRST: i64 = -62_167_219_200_000;
const LAST: i64 = 253_402_300_799_999;

/// The text is no instant of the form `2025-01-17T08:00:00.000Z`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an instant of RFC 3339: {0}")]
pub struct BadTimestamp(pub String);

impl Timestamp {
    /// The moment `millis` after 1970-01-01T00:00Z; held to the years 0 to 9999.
    pub const fn from_millis(millis: i64) -> Self {
        if millis < FIRST {
            Self(FIRST)
        } else if millis > LAST {
            Self(LAST)
        } else {
            Self(millis)
        }
    }

    /// Milliseconds since 1970-01-01T00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same moment for calculations with the calendar.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).expect("the constructor holds the years to 0..=9999")
    }

    /// Milliseconds from `earlier` to here; 0 when `earlier` is later.
    pub fn millis_since(self, earlier: Self) -> u64 {
        u64::try_from(self.0 - earlier.0).unwrap_or(0)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    /// Cuts off what is finer than a millisecond.
    fn from(moment: DateTime<Utc>) -> Self {
        Self::from_millis(moment.timestamp_millis())
    }
}

impl Add<TimeDelta> for Timestamp {
    type Output = Self;

    fn add(self, delta: TimeDelta) -> Self {
        Self::from_millis(self.0.saturating_add(delta.num_milliseconds()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Timestamp {
    type Err = BadTimestamp;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let moment = DateTime::parse_from_rfc3339(text).map_err(|_| BadTimestamp(text.to_owned()))?;
        Ok(Self::from(moment.with_timezone(&Utc)))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prints_whole_milliseconds_in_utc() {
        assert_eq!(Timestamp::from_millis(1_737_100_800_007).to_string(), "2025-01-17T08:00:00.007Z");
        assert_eq!("2025-01-17T09:00:00.007+01:00".parse(), Ok(Timestamp::from_millis(1_737_100_800_007)));
        assert!("17.01.2025".parse::<Timestamp>().is_err());
    }

    proptest! {
        #[test]
        fn text_and_json_lose_nothing_and_text_order_is_time_order(a in FIRST..=LAST, b in FIRST..=LAST) {
            let (a, b) = (Timestamp::from_millis(a), Timestamp::from_millis(b));
            prop_assert_eq!(a.to_string().parse::<Timestamp>().unwrap(), a);
            let json = serde_json::to_string(&a).unwrap();
            prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), a);
            prop_assert_eq!(a.to_string().cmp(&b.to_string()), a.cmp(&b));
        }
    }
}
