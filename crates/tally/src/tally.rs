//! The running state from which measures are read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::amount::Amount;

/// Attributes of a unit by which numbers are broken down (`kind`, `powiat`, `nuts2`, `nuts3`), copied into the
/// frame when the edition was opened.
pub type Stratum = BTreeMap<String, String>;

/// What a set of counted responses amounts to: their number and an amount per measure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// Counted responses.
    pub responses: i64,
    /// Amounts by the name of the measure; one that is zero is not there.
    pub measures: BTreeMap<String, Amount>,
}

impl Amounts {
    fn put_all(&mut self, other: &Amounts, times: i64) {
        self.responses += other.responses * times;
        for (name, amount) in &other.measures {
            if let Some(mine) = self.measures.get_mut(name) {
                mine.put_all(amount, times);
                if mine.is_zero() {
                    self.measures.remove(name);
                }
            } else if !amount.is_zero() {
                let mut mine = Amount::default();
                mine.put_all(amount, times);
                self.measures.insert(name.clone(), mine);
            }
        }
    }

    fn is_zero(&self) -> bool {
        self.responses == 0 && self.measures.is_empty()
    }
}

/// What one counted submission adds to the tally, filed under its unit's stratum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// Stratum of the unit.
    pub stratum: Stratum,
    /// One response and its amounts.
    pub amounts: Amounts,
}

/// The sum of contributions, by stratum and in all. Two tallies are equal when they hold the same numbers,
/// whatever their `as_of`.
///
/// A saved tally belongs to the plan whose contributions went into it; a plan with another hash starts from nothing.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Last event of the edition (`seq`) that went into it.
    pub as_of: u64,
    strata: BTreeMap<Stratum, Amounts>,
    /// The sum over the strata, kept so that reading the whole edition walks none of them.
    total: Amounts,
}

impl Tally {
    /// The tally of no submission.
    pub fn new() -> Self {
        Tally::default()
    }

    /// Counts a submission. O(log n) for each of its values.
    pub fn add(&mut self, contribution: &Contribution) {
        self.put_all(&contribution.stratum, &contribution.amounts, 1);
    }

    /// Takes a submission out again, leaving no trace of it. The contribution must be the one that was added;
    /// whether this happens before or after its successor is added makes no difference.
    pub fn remove(&mut self, contribution: &Contribution) {
        self.put_all(&contribution.stratum, &contribution.amounts, -1);
    }

    /// Adds everything that another tally holds. `as_of` becomes the later of the two, so parts of an edition that
    /// are counted side by side must be cut at the same event.
    pub fn merge(&mut self, other: &Tally) {
        for (stratum, amounts) in &other.strata {
            self.put_all(stratum, amounts, 1);
        }
        self.as_of = self.as_of.max(other.as_of);
    }

    /// The number of counted responses.
    pub fn responses(&self) -> u64 {
        above_zero(self.total.responses)
    }

    /// The strata in which something is counted.
    pub fn strata(&self) -> impl Iterator<Item = &Stratum> {
        self.strata.keys()
    }

    /// Each stratum with its counted responses and those in which what the measure is about has a value.
    pub fn counted(&self, measure: &str) -> impl Iterator<Item = (&Stratum, u64, u64)> {
        self.strata.iter().map(move |(stratum, amounts)| {
            let valued = amounts.measures.get(measure).map_or(0, |amount| amount.statuses.answered);
            (stratum, above_zero(amounts.responses), above_zero(valued))
        })
    }

    /// Everything counted, or what is counted in the strata that `wanted` accepts.
    pub(crate) fn view(&self, wanted: Option<&dyn Fn(&Stratum) -> bool>) -> View<'_> {
        match wanted {
            None => View(vec![&self.total]),
            Some(wanted) => {
                View(self.strata.iter().filter(|(stratum, _)| wanted(stratum)).map(|(_, a)| a).collect())
            }
        }
    }

    /// The tally of these strata.
    pub(crate) fn of(strata: impl Iterator<Item = (Stratum, Amounts)>) -> Self {
        let mut tally = Tally::default();
        for (stratum, amounts) in strata {
            tally.total.put_all(&amounts, 1);
            tally.strata.insert(stratum, amounts);
        }
        tally
    }

    fn put_all(&mut self, stratum: &Stratum, amounts: &Amounts, times: i64) {
        self.total.put_all(amounts, times);
        if let Some(mine) = self.strata.get_mut(stratum) {
            mine.put_all(amounts, times);
            if mine.is_zero() {
                self.strata.remove(stratum);
            }
        } else {
            let mut mine = Amounts::default();
            mine.put_all(amounts, times);
            if !mine.is_zero() {
                self.strata.insert(stratum.clone(), mine);
            }
        }
    }
}

impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        // The total follows from the strata.
        self.strata == other.strata
    }
}

impl Eq for Tally {}

/// Several strata read as one.
pub(crate) struct View<'a>(Vec<&'a Amounts>);

impl<'a> View<'a> {
    /// Counted responses.
    pub(crate) fn responses(&self) -> u64 {
        above_zero(self.0.iter().map(|amounts| amounts.responses).sum())
    }

    /// The amount of a measure; copies only where several strata hold one.
    pub(crate) fn amount(&self, measure: &str) -> Cow<'a, Amount> {
        let mut held = self.0.iter().filter_map(|amounts| amounts.measures.get(measure));
        let Some(first) = held.next() else { return Cow::Owned(Amount::default()) };
        let mut sum = Cow::Borrowed(first);
        for amount in held {
            sum.to_mut().put_all(amount, 1);
        }
        sum
    }
}

/// A count as it is read: below zero it is only while a response is being exchanged.
pub(crate) fn above_zero(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

#[derive(Serialize)]
struct SavedRef<'a> {
    as_of: u64,
    strata: Vec<(&'a Stratum, &'a Amounts)>,
}

#[derive(Deserialize)]
struct Saved {
    as_of: u64,
    strata: Vec<(Stratum, Amounts)>,
}

impl Serialize for Tally {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SavedRef { as_of: self.as_of, strata: self.strata.iter().collect() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Tally {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let saved = Saved::deserialize(deserializer)?;
        let mut tally = Tally { as_of: saved.as_of, ..Tally::default() };
        for (stratum, amounts) in &saved.strata {
            tally.put_all(stratum, amounts, 1);
        }
        Ok(tally)
    }
}

#[cfg(test)]
mod tests;
