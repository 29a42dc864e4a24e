//! When an edition is open: local dates of the programme's time zone, turned into instants when compared.

use std::fmt;
use std::str::FromStr;

use chrono::{Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// How long after closing a page that is already open may still be saved and sent.
pub const GRACE: TimeDelta = TimeDelta::minutes(15);

/// A time zone by its name in the tz database, such as `Europe/Warsaw`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// No time zone has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone is called {0}")]
pub struct BadZone(pub String);

impl Zone {
    /// The time zone of Poland.
    pub const WARSAW: Self = Self(Tz::Europe__Warsaw);

    /// The zone, for printing local times.
    pub const fn tz(self) -> Tz {
        self.0
    }

    /// The local date at a moment: what `today()` of a submission is.
    pub fn date(self, at: Timestamp) -> NaiveDate {
        at.to_utc().with_timezone(&self.0).date_naive()
    }

    /// The moment of a local time; of two the earlier, and where clocks skip it as long after midnight as it says.
    pub fn instant(self, local: NaiveDateTime) -> Timestamp {
        match self.0.from_local_datetime(&local) {
            MappedLocalTime::Single(moment) | MappedLocalTime::Ambiguous(moment, _) => {
                moment.with_timezone(&Utc).into()
            }
            MappedLocalTime::None => {
                self.start_of(local.date()) + (local - local.date().and_time(NaiveTime::MIN))
            }
        }
    }

    /// The first moment of a local day: midnight, or the end of the gap where clocks skip it.
    pub fn start_of(self, day: NaiveDate) -> Timestamp {
        // No zone has ever skipped more than a day at once, and no gap is finer than a minute today.
        let minutes = (0..=24 * 60).map(|minute| day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute));
        for local in minutes {
            match self.0.from_local_datetime(&local) {
                MappedLocalTime::Single(moment) | MappedLocalTime::Ambiguous(moment, _) => {
                    return moment.with_timezone(&Utc).into();
                }
                MappedLocalTime::None => {}
            }
        }
        day.and_time(NaiveTime::MIN).and_utc().into()
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

impl FromStr for Zone {
    type Err = BadZone;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self).map_err(|_| BadZone(text.to_owned()))
    }
}

impl TryFrom<String> for Zone {
    type Error = BadZone;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.to_string()
    }
}

/// The days on which an edition or one invitation is open, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    /// First day.
    pub opens_on: NaiveDate,
    /// Last day, open to its end.
    pub closes_on: NaiveDate,
    /// Whose days these are.
    pub zone: Zone,
}

/// The last day lies before the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("closes on {closes_on}, before it opens on {opens_on}")]
pub struct BackwardWindow {
    /// First day.
    pub opens_on: NaiveDate,
    /// Last day.
    pub closes_on: NaiveDate,
}

/// Where a moment lies in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before the first day.
    NotYetOpen {
        /// When it opens.
        opens: Timestamp,
    },
    /// Reading and writing.
    Open,
    /// Closed, but pages that are already open may be saved and sent for [`GRACE`]. Never announced.
    Grace,
    /// Reading only.
    Closed,
}

impl Window {
    /// A window; the last day may be the first.
    pub fn new(opens_on: NaiveDate, closes_on: NaiveDate, zone: Zone) -> Result<Self, BackwardWindow> {
        if closes_on < opens_on {
            return Err(BackwardWindow { opens_on, closes_on });
        }
        Ok(Self { opens_on, closes_on, zone })
    }

    /// The first open moment.
    pub fn opens(&self) -> Timestamp {
        self.zone.start_of(self.opens_on)
    }

    /// The first moment that is not open any more: the start of the day after the last one.
    pub fn closes(&self) -> Timestamp {
        let next = self.closes_on.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        self.zone.start_of(next)
    }

    /// Where `now` lies.
    pub fn phase(&self, now: Timestamp) -> Phase {
        let (opens, closes) = (self.opens(), self.closes());
        if now < opens {
            Phase::NotYetOpen { opens }
        } else if now < closes {
            Phase::Open
        } else if now < closes + GRACE {
            Phase::Grace
        } else {
            Phase::Closed
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn window(opens: &str, closes: &str) -> Window {
        Window::new(day(opens), day(closes), Zone::WARSAW).unwrap()
    }

    #[test]
    fn an_edition_is_open_from_local_midnight_to_the_end_of_its_last_day() {
        let window = window("2025-01-17", "2025-02-25");
        let opens = at("2025-01-16T23:00:00Z");
        assert_eq!(window.phase(at("2025-01-16T22:59:59.999Z")), Phase::NotYetOpen { opens });
        assert_eq!(window.phase(opens), Phase::Open);
        assert_eq!(window.phase(at("2025-02-25T22:59:59.999Z")), Phase::Open);
        assert_eq!(window.phase(at("2025-02-25T23:00:00Z")), Phase::Grace);
        assert_eq!(window.phase(at("2025-02-25T23:14:59.999Z")), Phase::Grace);
        assert_eq!(window.phase(at("2025-02-25T23:15:00Z")), Phase::Closed);
    }

    #[test]
    fn the_day_of_the_spring_change_has_23_hours() {
        let window = window("2025-03-30", "2025-03-30");
        assert_eq!(window.opens(), at("2025-03-29T23:00:00Z"));
        assert_eq!(window.closes(), at("2025-03-30T22:00:00Z"));
    }

    #[test]
    fn the_day_of_the_autumn_change_has_25_hours() {
        let window = window("2025-10-26", "2025-10-26");
        assert_eq!(window.opens(), at("2025-10-25T22:00:00Z"));
        assert_eq!(window.closes(), at("2025-10-26T23:00:00Z"));
        assert_eq!(window.phase(at("2025-10-26T22:59:59.999Z")), Phase::Open);
        assert_eq!(window.phase(at("2025-10-26T23:00:00Z")), Phase::Grace);
    }

    #[test]
    fn a_day_without_midnight_begins_where_its_clocks_do() {
        // Clocks in Beirut went from 0:00 to 1:00 on this day.
        let zone: Zone = "Asia/Beirut".parse().unwrap();
        assert_eq!(zone.start_of(day("2022-03-27")), at("2022-03-26T22:00:00Z"));
    }

    #[test]
    fn today_is_the_local_date() {
        assert_eq!(Zone::WARSAW.date(at("2025-01-31T23:30:00Z")), day("2025-02-01"));
        assert_eq!(Zone::WARSAW.date(at("2025-07-31T21:59:59Z")), day("2025-07-31"));
    }

    #[test]
    fn a_window_must_not_close_before_it_opens_and_its_zone_must_exist() {
        assert!(Window::new(day("2025-02-01"), day("2025-01-31"), Zone::WARSAW).is_err());
        assert!("Europe/Warszawa".parse::<Zone>().is_err());
        let json = serde_json::to_string(&window("2025-01-17", "2025-02-25")).unwrap();
        assert_eq!(json, r#"{"opens_on":"2025-01-17","closes_on":"2025-02-25","zone":"Europe/Warsaw"}"#);
    }

    proptest! {
        #[test]
        fn a_moment_is_open_exactly_when_its_local_date_lies_in_the_window(
            first in 0..20_000u64, length in 0..200u64, hour in -50..10_000i64, second in 0..3600i64,
        ) {
            let opens_on = day("1990-01-01") + Days::new(first);
            let window = Window::new(opens_on, opens_on + Days::new(length), Zone::WARSAW).unwrap();
            let now = window.opens() + TimeDelta::hours(hour) + TimeDelta::seconds(second);
            let today = window.zone.date(now);
            let open = window.opens_on <= today && today <= window.closes_on;
            prop_assert_eq!(window.phase(now) == Phase::Open, open);
        }
    }
}
