//! Counts at a date as figures that documents may name.

use std::collections::BTreeMap;

use form::number::Rational;
use form::polish;
use store::{Edition, Tx};
use survey::entities::{Balance, List, counted};

use super::super::figures::{Figure, Flag};
use super::super::programmes::Known;
use super::super::{Refused, Service};
use super::{Entities, Roll, YEARS};

/// How keys of jobs begin: numbers that offices answered, beside what lists say of their employers.
pub(in super::super) const JOBS: &str = "lista.ps.miejsca.";

impl Service {
    /// The figures of the lists of an edition: `lista.{kind}.{day}` on the last days before and of its period, what came
    /// and went between them, the age of enterprises, and jobs beside the list. None without lists.
    pub(in super::super) fn list_figures(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
    ) -> Result<BTreeMap<String, Figure>, Refused> {
        let mut found = BTreeMap::new();
        if tx.entity_import_list(programme.scope())?.is_empty() {
            return Ok(found);
        }
        let all = self.read_entities(tx, programme, edition, (None, None))?;
        for (roll, balance) in all.rolls.iter().zip(&all.balances) {
            found.extend(of_roll(&all, roll, balance));
        }
        found.extend(growth(&all));
        if let Some(jobs) = all.jobs.as_ref().filter(|jobs| jobs.as_of.is_some()) {
            let numbers = [
                ("ogolem", "Miejsca pracy utworzone przez UP, ogółem", jobs.jobs.total),
                ("ankieta", "Miejsca pracy w PS według ankiety", jobs.jobs.by_answer),
                ("rejestr", "Miejsca pracy w PS według rejestru", jobs.jobs.by_list),
                ("nierozpoznane", "Miejsca pracy w podmiotach nierozpoznanych", jobs.jobs.unrecognised),
            ];
            found.extend(
                numbers.map(|(key, label, number)| (format!("{JOBS}{key}"), Figure::count(label, number))),
            );
        }
        Ok(found)
    }
}

fn of_roll(all: &Entities, roll: &Roll, balance: &Balance) -> Vec<(String, Figure)> {
    let (word, label) = (roll.list.as_str(), roll.list.polish());
    let mut found = Vec::new();
    for day in [all.from, all.to] {
        let (number, unsure) = counted(&roll.standings, day);
        let mut figure = Figure::count(format!("{label}: stan na {}", polish::date_short(day)), number);
        // A list that ends before the day, or somebody who vanished from it: the number may still change.
        if unsure > 0 || roll.newest().is_none_or(|newest| newest < day) {
            figure.flags.insert(Flag::Incomplete);
        }
        found.push((format!("lista.{word}.{day}"), figure));
    }
    let moved = [("przybylo", "przybyło", balance.opened), ("ubylo", "ubyło", balance.closed)];
    found.extend(moved.map(|(key, words, number)| {
        (format!("lista.{word}.{}.{key}", all.to), Figure::count(format!("{label}: {words}"), number))
    }));
    if let Some(ages) = all.ages.filter(|_| roll.list == List::Ps) {
        let label = format!("{label}: starsze niż {YEARS} lata");
        let key = format!("lista.{word}.{}.starsze", all.to);
        let mut figure = Figure::share(label.clone(), ages.older, ages.all, all.smallest_base);
        if let Some(share) = all.older_share() {
            figure.text = polish::percent(&share, 2);
        }
        found.push((format!("{key}.share"), figure));
        found.push((key, Figure::count(label, ages.older)));
    }
    found
}

/// The balance of the kinds that the programme wants to grow, and what it is when only those that grew are counted.
fn growth(all: &Entities) -> [(String, Figure); 2] {
    let changes: Vec<i64> = all
        .balances
        .iter()
        .filter(|balance| List::GROWTH.contains(&balance.list))
        .map(Balance::change)
        .collect();
    let figure = |label: &str, number: i64| Figure::number(label, &Rational::from_integer(number.into()));
    let only: i64 = changes.iter().filter(|change| **change > 0).sum();
    [
        (
            format!("lista.przyrost.{}.saldo", all.to),
            figure("Przyrost podmiotów: saldo", changes.iter().sum()),
        ),
        (
            format!("lista.przyrost.{}.tylko_wzrosty", all.to),
            figure("Przyrost podmiotów: tylko wzrosty", only),
        ),
    ]
}
