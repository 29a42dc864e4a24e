//! A second person codes a sample without seeing the first; Cohen's kappa tells how well the two agree.
//!
//! Whoever has begun to code the sample does not get the first codes of it anywhere in the panel until all of it that is
//! theirs to code is done: `covered`. The codes are masked and the workbench stays open, because the same person may
//! well be the one who codes the remaining four fifths first. Others are not hindered: a sample that somebody began and
//! left would cover its answers for everybody.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use tally::Decisions;

use super::super::{EditionName, Refused, Service};
use super::bench::{Bench, BenchAnswer};
use super::{CodedQuestion, Coder, Place};

/// One of so many answers is coded a second time.
const ONE_OF: usize = 5;

/// The second coding of a question.
#[derive(Debug, Clone)]
pub struct SecondBench {
    /// The question with its frame; its answers are those of the sample, with the second person's codes only.
    pub bench: Bench,
    /// How many answers there are in all.
    pub of: usize,
    /// Who coded each answer first; the second person has to be another one.
    pub coders: BTreeMap<Place, BTreeSet<String>>,
    /// Agreement code by code, over the answers that both have coded.
    pub codes: Vec<(String, Decisions)>,
    /// Answers that both have coded.
    pub both: usize,
    /// Whether who asks is still coding the sample, so that agreement would tell them of the first codes.
    pub blind: bool,
    /// Of fewer decisions no percentage is given.
    pub smallest_base: u64,
}

impl SecondBench {
    /// The agreement over all decisions: does this answer get that code?
    pub fn overall(&self) -> Decisions {
        self.codes.iter().fold(Decisions::default(), |sum, (_, one)| sum.and(*one))
    }
}

impl Service {
    /// The sample of a question with the second person's codes, and how well both agree, for `actor`.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when the question is not coded.
    pub fn second_bench(
        &self,
        name: &EditionName,
        actor: &str,
        asked: &CodedQuestion,
    ) -> Result<SecondBench, Refused> {
        let (first, second) = self.both_benches(name, asked)?;
        let blind = !covered(&first, &second, actor).is_empty();
        let smallest_base = self.programme(&name.programme)?.declared.figures.smallest_base;
        let mut found = second_bench(&first, second, smallest_base);
        if blind {
            (found.codes, found.both, found.blind) = (Vec::new(), 0, true);
        }
        Ok(found)
    }

    /// The answers to a coded question with their codes, without those that `actor` must not see yet.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when the question is not coded.
    pub fn bench_for(
        &self,
        name: &EditionName,
        actor: &str,
        asked: &CodedQuestion,
    ) -> Result<Bench, Refused> {
        let (mut first, second) = self.both_benches(name, asked)?;
        let covered = covered(&first, &second, actor);
        first.cover(&covered);
        Ok(first)
    }

    /// The first and the second coding of one moment.
    pub(super) fn both_benches(
        &self,
        name: &EditionName,
        asked: &CodedQuestion,
    ) -> Result<(Bench, Bench), Refused> {
        self.store.read("both_benches", |tx| {
            let subject = self.subject(tx, name, asked)?;
            let first = self.read_bench(tx, &subject, Coder::First)?;
            let second = self.read_bench(tx, &subject, Coder::Second)?;
            Ok((first, second))
        })
    }
}

/// The answers of which `actor` must not see the first codes yet: the sample without what they coded first themselves,
/// from their first decision about it until all of it has second codes.
pub(super) fn covered(first: &Bench, second: &Bench, actor: &str) -> BTreeSet<Place> {
    if !second.answers.iter().any(|answer| answer.has_decided(actor)) {
        return BTreeSet::new();
    }
    let mut theirs = sample(first);
    theirs.retain(|place| !first.answer(place).is_some_and(|answer| answer.has_decided(actor)));
    let waits = |place: &Place| second.answer(place).is_none_or(|answer| answer.codes.is_empty());
    if theirs.iter().any(waits) { theirs } else { BTreeSet::new() }
}

fn second_bench(first: &Bench, mut second: Bench, smallest_base: u64) -> SecondBench {
    let of = first.answers.len();
    let sample = sample(first);
    second.answers.retain(|answer| sample.contains(&answer.answer.place()) || !answer.codes.is_empty());
    let mut pairs = Vec::new();
    let mut coders = BTreeMap::new();
    for (mine, theirs) in
        first.answers.iter().filter_map(|one| Some((one, second.answer(&one.answer.place())?)))
    {
        let actors = mine.history.iter().map(|row| row.actor.clone());
        coders.insert(mine.answer.place(), actors.collect());
        if !mine.codes.is_empty() && !theirs.codes.is_empty() {
            pairs.push((set(mine), set(theirs)));
        }
    }
    let codes = first.frame.frame.codes.iter().map(|code| {
        let decisions = tally::decisions(&code.code, &pairs);
        (code.code.clone(), decisions)
    });
    let codes = codes.filter(|(_, one)| one.number() > one.neither).collect();
    SecondBench { bench: second, of, coders, codes, both: pairs.len(), blind: false, smallest_base }
}

fn set(answer: &BenchAnswer) -> BTreeSet<String> {
    answer.codes.iter().cloned().collect()
}

/// A fifth of the answers, rounded up: those with the smallest hashes over edition, question and place. So the sample is
/// the same for everybody, and an answer that comes later exchanges at most one.
fn sample(bench: &Bench) -> BTreeSet<Place> {
    let seed = format!("{} {} {}", bench.edition, bench.asked.form, bench.asked.question);
    let mut drawn: Vec<([u8; 32], Place)> = bench
        .answers
        .iter()
        .map(|answer| {
            let place = answer.answer.place();
            let digest = Sha256::digest(format!("{seed} {} {}", place.0, place.1).as_bytes());
            (digest.into(), place)
        })
        .collect();
    drawn.sort_unstable();
    let wanted = bench.answers.len().div_ceil(ONE_OF);
    drawn.into_iter().take(wanted).map(|(_, place)| place).collect()
}
