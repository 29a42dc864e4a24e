//! What every page is written with, and whose pages are written together.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Office;
use super::dice::Dice;
use super::quotas::Amount;

/// The offices that answer a section, in their order, and what they report together.
pub(super) struct Cohort<'a> {
    /// The offices; at least one.
    pub(super) offices: Vec<&'a Office>,
    /// What they report together.
    pub(super) amount: Amount,
}

/// The dice, and the memory of what was already written.
pub(super) struct Desk<'a> {
    /// Draws.
    pub(super) dice: Dice<'a>,
    written: RefCell<BTreeSet<String>>,
    used: RefCell<BTreeMap<&'static str, usize>>,
}

impl<'a> Desk<'a> {
    /// A desk on which nothing was written yet.
    pub(super) fn new(dice: Dice<'a>) -> Self {
        Self { dice, written: RefCell::default(), used: RefCell::default() }
    }

    /// The text, made longer by one ending after the other until nobody has written the same before. A text that
    /// every ending was added to is given back as it is.
    pub(super) fn only_once(&self, text: String, endings: &[&str]) -> String {
        let mut text = text;
        for ending in self.dice.sample(endings, endings.len()) {
            if self.written.borrow_mut().insert(text.clone()) {
                return text;
            }
            text = format!("{text} {ending}");
        }
        self.written.borrow_mut().insert(text.clone());
        text
    }

    /// One of the sentences that were used least often so far; the pool is not empty.
    pub(super) fn least_used(&self, pool: &[&'static str]) -> &'static str {
        let mut used = self.used.borrow_mut();
        let times = |sentence: &&str| used.get(sentence).copied().unwrap_or_default();
        let least = pool.iter().map(times).min().unwrap_or_default();
        let candidates: Vec<&str> =
            pool.iter().copied().filter(|sentence| times(sentence) == least).collect();
        let sentence = self.dice.pick(&candidates);
        *used.entry(sentence).or_default() += 1;
        sentence
    }

    /// A text of the pool that nobody has written yet; none when all are taken.
    pub(super) fn unwritten(&self, pool: &[&'static str]) -> Option<&'static str> {
        let text = *self
            .dice
            .sample(pool, pool.len())
            .into_iter()
            .find(|text| !self.written.borrow().contains(**text))?;
        self.written.borrow_mut().insert(text.to_owned());
        Some(text)
    }
}
