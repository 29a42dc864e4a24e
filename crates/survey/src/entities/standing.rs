//! What is known of one entity from everything that lists said, and its status on a day.

use chrono::NaiveDate;

use super::Said;

/// What a list said about an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The day that the list shows.
    pub as_of: NaiveDate,
    /// What it said.
    pub said: Said,
}

/// What a person decided about an entity that vanished from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// The day of the list that it was missing from.
    pub as_of: NaiveDate,
    /// Last day of the status; `None`: it still has it, whatever the list.
    pub ended_on: Option<NaiveDate>,
}

/// A time with a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// First day; `None` where no list says it.
    pub from: Option<NaiveDate>,
    /// Last day; `None` while it goes on.
    pub to: Option<NaiveDate>,
    /// Day of the first list that showed it.
    pub seen: NaiveDate,
}

/// Whether an entity has a status on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It has.
    Yes,
    /// It has not.
    No,
    /// It vanished from the list before that day and nobody has decided yet: counted as having it.
    Vanished,
    /// No list says since when, and none from so early shows it: not counted.
    Unknown,
}

/// Everything known of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the newest list said of its name, numbers and seat.
    pub said: Said,
    /// Times with the status, the oldest first.
    pub periods: Vec<Period>,
    /// Day of the newest list that shows it.
    pub last_seen: NaiveDate,
    /// Day of the first later list that does not, when nobody has decided about it.
    pub vanished: Option<NaiveDate>,
}

impl Standing {
    /// Puts together what lists said about one entity. `lists` are the days of all imports of its list, `ending` is
    /// what was decided last. `None` without a mention.
    pub fn of(mut mentions: Vec<Mention>, lists: &[NaiveDate], ending: Option<Ending>) -> Option<Self> {
        mentions.sort_by_key(|mention| mention.as_of);
        let mut periods: Vec<Period> = Vec::new();
        mentions.iter().for_each(|mention| take_in(&mut periods, mention));
        let newest = mentions.last()?;
        let (last_seen, mut said) = (newest.as_of, newest.said.clone());
        // A later list that leaves something out does not take it back.
        for earlier in mentions.iter().rev() {
            said.nip = said.nip.or_else(|| earlier.said.nip.clone());
            said.krs = said.krs.or_else(|| earlier.said.krs.clone());
            said.founded_on = said.founded_on.or(earlier.said.founded_on);
        }
        let mut standing = Self { said, periods, last_seen, vanished: None };
        standing.end(lists, ending);
        Some(standing)
    }

    fn end(&mut self, lists: &[NaiveDate], ending: Option<Ending>) {
        let (last_seen, Some(period)) = (self.last_seen, self.periods.last_mut()) else { return };
        let missing = || lists.iter().copied().filter(|day| *day > last_seen);
        if period.to.is_some() || missing().next().is_none() {
            return;
        }
        match ending.filter(|ending| ending.as_of > last_seen) {
            Some(Ending { ended_on: Some(day), .. }) => period.to = Some(day),
            // Still on its way: only a list later than the decision asks again.
            Some(stays) => self.vanished = missing().filter(|day| *day > stays.as_of).min(),
            None => self.vanished = missing().min(),
        }
    }

    /// The status on a day.
    pub fn status_at(&self, day: NaiveDate) -> Status {
        let covers = |period: &&Period| period.to.is_none_or(|to| day <= to);
        let mut possible = self.periods.iter().filter(covers);
        let Some(period) = possible.find(|period| period.from.is_none_or(|from| from <= day)) else {
            return Status::No;
        };
        match period.from {
            None if day < period.seen => Status::Unknown,
            _ if period.to.is_none() && self.vanished.is_some() && day > self.last_seen => Status::Vanished,
            _ => Status::Yes,
        }
    }

    /// Whether it had the status on all of these days (`Some(true)`), on none (`Some(false)`), or nobody can say.
    pub fn status_between(&self, from: NaiveDate, to: NaiveDate) -> Option<bool> {
        let starts = self.periods.iter().filter_map(|period| period.from);
        let ends = self.periods.iter().filter_map(|period| period.to.and_then(|to| to.succ_opt()));
        let turns = starts.chain(ends).chain([self.last_seen.succ_opt().unwrap_or(self.last_seen)]);
        let mut days: Vec<NaiveDate> = turns.filter(|day| from < *day && *day <= to).chain([from]).collect();
        days.dedup();
        let seen: Vec<Status> = days.into_iter().map(|day| self.status_at(day)).collect();
        if seen.iter().all(|status| *status == Status::Yes) {
            return Some(true);
        }
        seen.iter().all(|status| *status == Status::No).then_some(false)
    }
}

/// Takes in what one more list says of the status.
fn take_in(periods: &mut Vec<Period>, mention: &Mention) {
    let said = &mention.said;
    let new = Period { from: said.status_from, to: said.status_to, seen: mention.as_of };
    let Some(last) = periods.last_mut() else { return periods.push(new) };
    let again = matches!((last.to, new.from), (Some(to), Some(from)) if to < from);
    if again {
        return periods.push(new);
    }
    // The same time, known better: what the later list says holds.
    *last = Period { from: new.from.or(last.from), to: new.to, seen: last.seen };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn mention(as_of: &str, from: &str, to: &str) -> Mention {
        let said = Said {
            nip: None,
            krs: None,
            name: "KIS w Płońsku".into(),
            kind: String::new(),
            seat: String::new(),
            status_from: from.parse().ok(),
            status_to: to.parse().ok(),
            founded_on: None,
        };
        Mention { as_of: day(as_of), said }
    }

    #[test]
    fn a_status_holds_from_its_first_day_to_its_last() {
        let lists = [day("2023-12-31"), day("2024-12-31")];
        let told =
            vec![mention("2023-12-31", "2021-05-01", ""), mention("2024-12-31", "2021-05-01", "2024-06-30")];
        let standing = Standing::of(told, &lists, None).unwrap();
        for (at, status) in [
            ("2021-04-30", Status::No),
            ("2021-05-01", Status::Yes),
            ("2024-06-30", Status::Yes),
            ("2024-07-01", Status::No),
        ] {
            assert_eq!(standing.status_at(day(at)), status, "{at}");
        }
        assert_eq!(standing.status_between(day("2024-01-01"), day("2024-03-31")), Some(true));
        assert_eq!(standing.status_between(day("2024-01-01"), day("2024-12-31")), None);
        assert_eq!(standing.status_between(day("2024-07-01"), day("2024-12-31")), Some(false));
    }

    #[test]
    fn a_status_lost_and_granted_again_is_two_periods_and_a_corrected_day_is_one() {
        let lists = [day("2023-12-31"), day("2024-12-31")];
        let again =
            vec![mention("2023-12-31", "2020-01-01", "2022-12-31"), mention("2024-12-31", "2024-02-01", "")];
        let standing = Standing::of(again, &lists, None).unwrap();
        assert_eq!(standing.periods.len(), 2);
        assert_eq!(standing.status_at(day("2023-06-01")), Status::No);
        assert_eq!(standing.status_at(day("2024-02-01")), Status::Yes);
        let corrected =
            vec![mention("2023-12-31", "2020-01-01", ""), mention("2024-12-31", "2020-02-01", "")];
        let standing = Standing::of(corrected, &lists, None).unwrap();
        assert_eq!(standing.periods.len(), 1);
        assert_eq!(standing.status_at(day("2020-01-15")), Status::No);
    }

    #[test]
    fn who_vanishes_from_a_list_keeps_the_status_until_somebody_decides() {
        let lists = [day("2023-12-31"), day("2024-12-31")];
        let told = || vec![mention("2023-12-31", "2021-05-01", "")];
        let open = Standing::of(told(), &lists, None).unwrap();
        assert_eq!(open.vanished, Some(day("2024-12-31")));
        assert_eq!(open.status_at(day("2023-12-31")), Status::Yes);
        assert_eq!(open.status_at(day("2024-12-31")), Status::Vanished);
        assert_eq!(open.status_between(day("2024-01-01"), day("2024-12-31")), None);
        let ended = Ending { as_of: day("2024-12-31"), ended_on: Some(day("2024-03-31")) };
        let ended = Standing::of(told(), &lists, Some(ended)).unwrap();
        assert_eq!((ended.vanished, ended.status_at(day("2024-12-31"))), (None, Status::No));
        let stays = Ending { as_of: day("2024-12-31"), ended_on: None };
        let still = Standing::of(told(), &lists, Some(stays)).unwrap();
        assert_eq!((still.vanished, still.status_at(day("2024-12-31"))), (None, Status::Yes));
        let later = [lists[0], lists[1], day("2025-12-31")];
        assert_eq!(Standing::of(told(), &later, Some(stays)).unwrap().vanished, Some(day("2025-12-31")));
    }

    #[test]
    fn without_a_first_day_nothing_is_said_of_the_time_before_the_first_list() {
        let lists = [day("2023-12-31")];
        let standing = Standing::of(vec![mention("2023-12-31", "", "")], &lists, None).unwrap();
        assert_eq!(standing.status_at(day("2022-12-31")), Status::Unknown);
        assert_eq!(standing.status_at(day("2023-12-31")), Status::Yes);
    }

    #[test]
    fn lists_read_in_late_come_to_the_same() {
        let lists = [day("2024-12-31"), day("2023-12-31")];
        let told =
            vec![mention("2024-12-31", "2021-05-01", "2024-06-30"), mention("2023-12-31", "2021-05-01", "")];
        let mut turned = told.clone();
        turned.reverse();
        assert_eq!(Standing::of(told, &lists, None), Standing::of(turned, &lists, None));
    }
}
