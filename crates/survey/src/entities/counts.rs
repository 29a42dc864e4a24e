//! Counts at a date: how many entities of a list there are, how many came and went, how old they are.

use chrono::{Months, NaiveDate};

use super::{List, Standing, Status};

/// How many have the status on a day, and of how many of these somebody still has to decide whether they lost it.
pub fn counted(standings: &[Standing], day: NaiveDate) -> (u64, u64) {
    let with = |wanted: &[Status]| {
        standings.iter().filter(|standing| wanted.contains(&standing.status_at(day))).count() as u64
    };
    (with(&[Status::Yes, Status::Vanished]), with(&[Status::Vanished]))
}

/// A list on two days. `after` is always `before + opened - closed`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Which list.
    pub list: List,
    /// How many had the status on the first day.
    pub before: u64,
    /// On the second day.
    pub after: u64,
    /// How many have it on the second day only.
    pub opened: u64,
    /// How many had it on the first day only.
    pub closed: u64,
    /// Of how many somebody still has to decide, or no list says since when.
    pub unsure: u64,
}

impl Balance {
    /// By how much the number grew; less than zero where it fell.
    pub fn change(&self) -> i64 {
        i64::try_from(self.after).unwrap_or(i64::MAX) - i64::try_from(self.before).unwrap_or(i64::MAX)
    }
}

/// The lists on two days, in their order.
pub fn balances(lists: &[(List, Vec<Standing>)], from: NaiveDate, to: NaiveDate) -> Vec<Balance> {
    lists.iter().map(|(list, standings)| balance(*list, standings, from, to)).collect()
}

fn balance(list: List, standings: &[Standing], from: NaiveDate, to: NaiveDate) -> Balance {
    let mut balance = Balance { list, before: 0, after: 0, opened: 0, closed: 0, unsure: 0 };
    for standing in standings {
        let both = [standing.status_at(from), standing.status_at(to)];
        let has = both.map(|status| matches!(status, Status::Yes | Status::Vanished));
        balance.before += u64::from(has[0]);
        balance.after += u64::from(has[1]);
        balance.opened += u64::from(has == [false, true]);
        balance.closed += u64::from(has == [true, false]);
        balance.unsure +=
            u64::from(both.iter().any(|status| matches!(status, Status::Vanished | Status::Unknown)));
    }
    balance
}

/// How long the entities that have the status on a day had existed by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ages {
    /// All that have the status.
    pub all: u64,
    /// Those founded more than so many years before.
    pub older: u64,
    /// Those of which no list says when they were founded.
    pub unknown: u64,
}

/// Counts the entities with the status on `day` that were founded more than `years` years before it. This is the age of
/// those that survive, not how many of all survive.
pub fn ages(standings: &[Standing], day: NaiveDate, years: u32) -> Ages {
    let limit = day.checked_sub_months(Months::new(12 * years)).unwrap_or(day);
    let mut ages = Ages { all: 0, older: 0, unknown: 0 };
    for standing in standings {
        if !matches!(standing.status_at(day), Status::Yes | Status::Vanished) {
            continue;
        }
        ages.all += 1;
        match standing.said.founded_on {
            None => ages.unknown += 1,
            Some(founded) => ages.older += u64::from(founded < limit),
        }
    }
    ages
}

#[cfg(test)]
mod tests {
    use super::super::{Mention, Said};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    const LISTS: [&str; 2] = ["2023-12-31", "2024-12-31"];

    fn entity(from: &str, to: &str, founded: &str) -> Standing {
        let said = Said {
            nip: None,
            krs: None,
            name: "Podmiot".into(),
            kind: String::new(),
            seat: String::new(),
            status_from: Some(day(from)),
            status_to: to.parse().ok(),
            founded_on: founded.parse().ok(),
        };
        let told = vec![Mention { as_of: day("2024-12-31"), said }];
        Standing::of(told, &LISTS.map(day), None).unwrap()
    }

    fn some(count: usize, from: &str, to: &str) -> Vec<Standing> {
        (0..count).map(|_| entity(from, to, "2015-03-01")).collect()
    }

    /// A list with so many that stay, that came in 2024 and that ended in 2024.
    fn list(list: List, stay: usize, came: usize, went: usize) -> (List, Vec<Standing>) {
        let all = [
            some(stay, "2019-01-01", ""),
            some(came, "2024-05-01", ""),
            some(went, "2019-01-01", "2024-09-30"),
        ];
        (list, all.concat())
    }

    #[test]
    fn three_new_centres_leave_the_number_as_it_was_when_three_ended() {
        let (_, standings) = list(List::Cis, 14, 3, 3);
        let found = balances(&[(List::Cis, standings)], day("2023-12-31"), day("2024-12-31"));
        let balance = found[0];
        assert_eq!((balance.before, balance.after, balance.change()), (17, 17, 0));
        assert_eq!(
            (balance.opened, balance.closed),
            (3, 3),
            "the table says both, not only that nothing changed"
        );
    }

    #[test]
    fn counting_only_the_kinds_that_grew_gives_six_where_the_balance_is_minus_one() {
        // The numbers of Table 1 of the report of 2024.
        let lists = [
            list(List::Cis, 17, 0, 0),
            list(List::Kis, 19, 2, 0),
            list(List::SocialCooperative, 150, 0, 7),
            list(List::NonProfitCompany, 29, 3, 0),
            list(List::Wtz, 87, 1, 0),
            list(List::Zaz, 10, 0, 0),
        ];
        assert_eq!(lists.each_ref().map(|(list, _)| *list), List::GROWTH);
        let found = balances(&lists, day("2023-12-31"), day("2024-12-31"));
        let numbers: Vec<(u64, u64)> = found.iter().map(|balance| (balance.before, balance.after)).collect();
        assert_eq!(numbers, [(17, 17), (19, 21), (157, 150), (29, 32), (87, 88), (10, 10)]);
        let sum: i64 = found.iter().map(Balance::change).sum();
        let only_growth: i64 = found.iter().map(Balance::change).filter(|change| *change > 0).sum();
        assert_eq!((sum, only_growth), (-1, 6));
    }

    #[test]
    fn sixty_eight_of_seventy_four_are_older_than_two_years() {
        let mut enterprises: Vec<Standing> =
            (0..68).map(|_| entity("2023-02-01", "", "2022-12-30")).collect();
        // Two years to the day are not more than two years.
        enterprises.extend((0..5).map(|_| entity("2024-02-01", "", "2022-12-31")));
        enterprises.push(entity("2024-02-01", "", ""));
        enterprises.push(entity("2023-02-01", "2024-11-30", "2001-01-01"));
        let found = ages(&enterprises, day("2024-12-31"), 2);
        assert_eq!(found, Ages { all: 74, older: 68, unknown: 1 });
        assert_eq!(counted(&enterprises, day("2024-12-31")), (74, 0));
        assert_eq!(counted(&enterprises, day("2023-12-31")), (69, 0));
    }

    #[test]
    fn who_vanished_is_counted_until_somebody_decides_and_said_to_be_unsure() {
        let said = entity("2019-01-01", "", "").said;
        let told = vec![Mention { as_of: day("2023-12-31"), said }];
        let vanished = Standing::of(told, &LISTS.map(day), None).unwrap();
        let all = [vanished, entity("2019-01-01", "", "")];
        assert_eq!(counted(&all, day("2024-12-31")), (2, 1));
        let found = balances(&[(List::Zaz, all.to_vec())], day("2023-12-31"), day("2024-12-31"));
        assert_eq!((found[0].change(), found[0].closed, found[0].unsure), (0, 0, 1));
    }
}
