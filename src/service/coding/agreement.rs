//! A second person codes a sample without seeing the first; Cohen's kappa tells how well the two agree.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use survey::EditionId;
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
}

impl SecondBench {
    /// The agreement over all decisions: does this answer get that code?
    pub fn overall(&self) -> Decisions {
        self.codes.iter().fold(Decisions::default(), |sum, (_, one)| sum.and(*one))
    }
}

impl Service {
    /// The sample of a question with the second person's codes, and how well both agree.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when the question is not coded.
    pub fn second_bench(&self, name: &EditionName, asked: &CodedQuestion) -> Result<SecondBench, Refused> {
        self.store.read("second_bench", |tx| {
            let subject = self.subject(tx, name, asked)?;
            let first = self.read_bench(tx, &subject, Coder::First)?;
            let second = self.read_bench(tx, &subject, Coder::Second)?;
            Ok(second_bench(subject.edition.id, &first, second))
        })
    }
}

fn second_bench(edition: EditionId, first: &Bench, mut second: Bench) -> SecondBench {
    let of = first.answers.len();
    let sample = sample(edition, first);
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
    SecondBench { bench: second, of, coders, codes, both: pairs.len() }
}

fn set(answer: &BenchAnswer) -> BTreeSet<String> {
    answer.codes.iter().cloned().collect()
}

/// A fifth of the answers, rounded up: those with the smallest hashes over edition, question and place. So the sample is
/// the same for everybody, and an answer that comes later exchanges at most one.
fn sample(edition: EditionId, bench: &Bench) -> BTreeSet<Place> {
    let seed = format!("{edition} {} {}", bench.asked.form, bench.asked.question);
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
