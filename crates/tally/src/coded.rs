//! Counts of the codes that analysts gave to open answers. A response counts once for each code, however many of its
//! rows have it.

use std::collections::{BTreeMap, BTreeSet};

use form::number::Rational;
use form::plan::{Coding, Plan};
use form::{Code, CodeFrame, CodeKind};
use num_bigint::BigInt;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::amount::{Amount, Place};
use crate::merges::Merges;
use crate::tally::{Stratum, Tally, View, above_zero};

/// An open question with its codes, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeReading {
    /// The question.
    pub question: String,
    /// What it asks.
    pub label: String,
    /// Name of its code frame.
    pub frame: String,
    /// All counted responses.
    pub responses: u64,
    /// Of these, those with an answer.
    pub answered: u64,
    /// Of those with an answer, those of which at least one answer has a code.
    pub coded: u64,
    /// Of these, those that have only codes for "no answer".
    pub off_topic: u64,
    /// Of these, those that have only technical codes, and one of them for "illegible".
    pub illegible: u64,
    /// The codes, the most frequent first; equally frequent ones in the order of the frame. Those for "no answer" and
    /// "illegible" come last.
    pub codes: Vec<CodeCount>,
    /// Themes in the order of the frame; a response counts once for each.
    pub themes: Vec<ThemeCount>,
}

/// How many responses have a code of a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeCount {
    /// The theme.
    pub code: String,
    /// What it is about.
    pub label: String,
    /// Responses.
    pub count: u64,
}

/// How many responses have a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeCount {
    /// The code.
    pub code: String,
    /// Its text; the code again where the frame does not hold it.
    pub label: String,
    /// What sort of category it is.
    pub kind: CodeKind,
    /// Themes that it belongs to.
    pub themes: Vec<String>,
    /// Whether it may be given no more.
    pub retired: bool,
    /// Responses that have it.
    pub count: u64,
}

impl CodeReading {
    /// Responses whose answer says something: those with an answer, without those off topic and illegible.
    #[must_use]
    pub fn saying(&self) -> u64 {
        self.answered.saturating_sub(self.off_topic + self.illegible)
    }

    /// Responses with an answer that has no code yet.
    #[must_use]
    pub fn uncoded(&self) -> u64 {
        self.answered.saturating_sub(self.coded)
    }

    /// A count as a part of the responses whose answer says something; none when there is none.
    #[must_use]
    pub fn of_saying(&self, count: u64) -> Option<Rational> {
        part(count, self.saying())
    }

    /// A count as a part of all responses; none when there is none.
    #[must_use]
    pub fn of_all(&self, count: u64) -> Option<Rational> {
        part(count, self.responses)
    }
}

fn part(part: u64, whole: u64) -> Option<Rational> {
    (whole > 0).then(|| Rational::new(BigInt::from(part), BigInt::from(whole)))
}

/// The name under which the answers to a coded question are kept in a tally; no measure can have it.
pub(crate) fn amount_name(question: &str) -> String {
    format!("kody.{question}")
}

/// Reads every coded question of the plan, in its order, over everything counted.
#[must_use]
pub fn read_codes(plan: &Plan, tally: &Tally, merges: &Merges) -> Vec<CodeReading> {
    read_view(plan, &tally.view(None), merges)
}

/// The same over the strata that `wanted` accepts.
#[must_use]
pub fn read_codes_where(
    plan: &Plan,
    tally: &Tally,
    merges: &Merges,
    wanted: impl Fn(&Stratum) -> bool,
) -> Vec<CodeReading> {
    read_view(plan, &tally.view(Some(&wanted)), merges)
}

fn read_view(plan: &Plan, view: &View<'_>, merges: &Merges) -> Vec<CodeReading> {
    let one =
        |coding: &Coding| one(coding, view.responses(), &view.amount(&amount_name(&coding.question)), merges);
    plan.codings.iter().map(one).collect()
}

fn one(coding: &Coding, responses: u64, amount: &Amount, merges: &Merges) -> CodeReading {
    let frame = merges.frame_of(&coding.question);
    let given = by_response(&coding.question, amount, merges);
    let kind =
        |code: &str| frame.and_then(|frame| frame.code(code)).map(|code| code.kind).unwrap_or_default();
    let mut reading = CodeReading {
        question: coding.question.clone(),
        label: coding.label.clone(),
        frame: coding.frame.clone(),
        responses,
        answered: above_zero(amount.statuses.answered),
        coded: given.len() as u64,
        off_topic: 0,
        illegible: 0,
        codes: Vec::new(),
        themes: frame.map(|frame| themes(frame, &given)).unwrap_or_default(),
    };
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for codes in given.values() {
        codes.iter().for_each(|code| *counts.entry(code).or_default() += 1);
        if codes.iter().all(|code| kind(code).says_nothing()) {
            match codes.iter().any(|code| kind(code) == CodeKind::Illegible) {
                true => reading.illegible += 1,
                false => reading.off_topic += 1,
            }
        }
    }
    let known = frame.map(|frame| frame.codes.clone()).unwrap_or_default();
    let unknown = counts.keys().filter(|code| !known.iter().any(|one| one.code == **code));
    let unknown: Vec<Code> = unknown.map(|code| Code::named(code, code)).collect();
    let all = known.into_iter().chain(unknown);
    let mut codes: Vec<CodeCount> = all
        .map(|code| CodeCount {
            count: counts.get(code.code.as_str()).copied().unwrap_or_default(),
            code: code.code,
            label: code.label,
            kind: code.kind,
            themes: code.themes,
            retired: code.retired.is_some(),
        })
        .filter(|code| code.count > 0 || !code.retired)
        .collect();
    codes.sort_by_key(|code| (code.kind.says_nothing(), std::cmp::Reverse(code.count)));
    reading.codes = codes;
    reading
}

fn themes(frame: &CodeFrame, given: &BTreeMap<Uuid, BTreeSet<&str>>) -> Vec<ThemeCount> {
    let has = |codes: &BTreeSet<&str>, theme: &str| {
        let mut known = codes.iter().filter_map(|code| frame.code(code));
        known.any(|code| code.themes.iter().any(|own| own == theme))
    };
    let count = |theme: &form::Theme| ThemeCount {
        code: theme.code.clone(),
        label: theme.label.clone(),
        count: given.values().filter(|codes| has(codes, &theme.code)).count() as u64,
    };
    frame.themes.iter().map(count).collect()
}

/// Response by response, the codes of its counted answers; responses without a code are not there.
fn by_response<'a>(question: &str, amount: &Amount, merges: &'a Merges) -> BTreeMap<Uuid, BTreeSet<&'a str>> {
    let mut given: BTreeMap<Uuid, BTreeSet<&str>> = BTreeMap::new();
    let counted = |place: &Place| amount.open.times(place) > 0;
    for (place, codes) in
        merges.codes_of(question).filter(|(place, codes)| !codes.is_empty() && counted(place))
    {
        given.entry(place.response).or_default().extend(codes.iter().map(AsRef::as_ref));
    }
    given
}
