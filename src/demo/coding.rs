//! The answers in own words, coded as an analyst would: most of them, so that the workbench still has something to do.

use tally::Reason;

use super::edition;
use super::synthetic::codes_in;
use crate::service::coding::bench::{Bench, BenchAnswer};
use crate::service::coding::decide::Decision;
use crate::service::coding::{CodedQuestion, Coder};
use crate::service::{Refused, Service};

/// Who codes in the demo.
const FIRST: &str = "demo";
/// Who codes the sample a second time.
const SECOND: &str = "demo-druga-osoba";
/// One of so many answers is left to be coded.
const LEFT: usize = 8;

/// Codes the answers to every coded question.
pub(super) fn play(service: &Service) -> Result<(), Refused> {
    for (place, asked) in service.coded_questions(&edition())?.into_iter().enumerate() {
        code_first(service, &asked)?;
        if place == 0 {
            code_second(service, &asked)?;
        }
    }
    Ok(())
}

fn code_first(service: &Service, asked: &CodedQuestion) -> Result<(), Refused> {
    let bench = service.bench(&edition(), asked)?;
    let wanted = bench.answers.iter().enumerate().filter(|(place, _)| place % LEFT != LEFT / 2);
    let decisions: Vec<Decision> = wanted
        .map(|(_, answer)| Decision::about(answer, codes(&bench, answer)))
        .filter(|decision| !decision.codes.is_empty())
        .collect();
    service.code(&edition(), FIRST, Coder::First, asked, &decisions).map(drop)
}

/// Somebody else reads some of the sample and sees, now and then, only the first thing that is said.
fn code_second(service: &Service, asked: &CodedQuestion) -> Result<(), Refused> {
    let sample = service.second_bench(&edition(), SECOND, asked)?.bench;
    let decision = |(place, answer): (usize, &BenchAnswer)| {
        let mut codes = codes(&sample, answer);
        if place % 2 == 1 {
            codes.truncate(1);
        }
        Decision::about(answer, codes)
    };
    let decisions: Vec<Decision> = sample.answers.iter().enumerate().map(decision).collect();
    service.code(&edition(), SECOND, Coder::Second, asked, &decisions).map(drop)
}

/// The codes of the sentences that an answer is made of; what says nothing is off topic.
fn codes(bench: &Bench, answer: &BenchAnswer) -> Vec<String> {
    let frame = &bench.frame.frame;
    let said = codes_in(&answer.answer.text).into_iter().filter(|code| frame.code(code).is_some());
    let codes: Vec<String> = said.map(str::to_owned).collect();
    if !codes.is_empty() {
        return codes;
    }
    let suggested = tally::suggest(frame, &tally::Gist::of(&answer.answer.text), &[]);
    let nothing = suggested.into_iter().filter(|one| one.reason == Reason::NoAnswer);
    nothing.map(|one| one.code).collect()
}
