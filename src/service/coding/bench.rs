//! The workbench: the answers to one question with their codes, alike ones together, and codes worth considering.

use std::collections::{BTreeMap, BTreeSet};

use form::Coding as Asked;
use store::{Coding, Edition, Tx};
use survey::{EditionId, InvitationId};
use tally::{Gist, Suggestion};

use super::super::{EditionName, Refused, Service};
use super::frames::Frame;
use super::{CodedQuestion, Coder, OpenAnswer, Place, Subject, open_answers, split};

/// Everything about the coding of one question.
#[derive(Debug, Clone)]
pub struct Bench {
    /// The edition.
    pub edition: EditionId,
    /// The question.
    pub asked: CodedQuestion,
    /// What it asks, and its code frame.
    pub coding: Asked,
    /// The frame as it holds now.
    pub frame: Frame,
    /// The answers, in the order of units and rows.
    pub answers: Vec<BenchAnswer>,
    /// Decisions with no answer behind them any more, those whose codes were cleared among them; none is counted.
    pub orphans: Vec<Orphan>,
    /// Whether numbers, and so codes, are final.
    pub frozen: bool,
}

/// An answer with what was decided about it.
#[derive(Debug, Clone)]
pub struct BenchAnswer {
    /// The answer.
    pub answer: OpenAnswer,
    /// Its codes, in the order of the frame.
    pub codes: Vec<String>,
    /// Where its coding stands.
    pub state: CodingState,
    /// Number of its last decision; 0 without one.
    pub no: i32,
    /// The decisions about it, the newest first.
    pub history: Vec<Coding>,
}

impl BenchAnswer {
    /// Whether somebody took part in coding it.
    pub fn has_decided(&self, actor: &str) -> bool {
        self.history.iter().any(|row| row.actor == actor)
    }
}

/// Where the coding of an answer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodingState {
    /// It has no codes.
    Open,
    /// The office changed it after it was coded; the codes wait to be confirmed.
    Changed,
    /// It has codes.
    Coded,
    /// Who asks is coding it a second time and must not see its codes yet.
    Covered,
}

/// Decisions whose answer is gone: withdrawn or emptied.
#[derive(Debug, Clone)]
pub struct Orphan {
    /// Name of the unit.
    pub unit: String,
    /// The decisions, the newest first.
    pub history: Vec<Coding>,
    /// Whether the whole response does not count any more.
    pub withdrawn: bool,
}

impl Orphan {
    /// The last decision.
    pub fn last(&self) -> &Coding {
        &self.history[0]
    }

    /// Whether the codes were cleared.
    pub fn is_cleared(&self) -> bool {
        self.last().codes.is_empty()
    }

    /// Where the answer stood.
    pub fn place(&self) -> Place {
        (self.last().invitation_id, self.last().row_id.clone())
    }
}

/// How far the coding of a question has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Answers.
    pub answers: usize,
    /// Those without codes.
    pub open: usize,
    /// Those changed after they were coded.
    pub changed: usize,
    /// Those whose codes who asks must not see yet.
    pub covered: usize,
    /// Codes without an answer.
    pub orphans: usize,
}

impl Progress {
    /// Answers whose codes need nobody any more.
    pub fn done(&self) -> usize {
        self.answers - self.open - self.changed - self.covered
    }
}

/// Answers that are alike, with codes that may fit.
#[derive(Debug, Clone)]
pub struct Group {
    /// Places in [`Bench::answers`], the newest answer first.
    pub members: Vec<usize>,
    /// Codes worth considering for the first member; none where it has codes.
    pub suggestions: Vec<Suggestion>,
}

impl Bench {
    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let count = |state| self.answers.iter().filter(|answer| answer.state == state).count();
        Progress {
            answers: self.answers.len(),
            open: count(CodingState::Open),
            changed: count(CodingState::Changed),
            covered: count(CodingState::Covered),
            orphans: self.orphans.iter().filter(|orphan| !orphan.is_cleared()).count(),
        }
    }

    /// Masks the codes of these answers and everything that tells of them.
    pub(super) fn cover(&mut self, places: &BTreeSet<Place>) {
        for answer in self.answers.iter_mut().filter(|answer| places.contains(&answer.answer.place())) {
            answer.codes.clear();
            answer.history.clear();
            (answer.no, answer.state) = (0, CodingState::Covered);
        }
    }

    /// The answers that `wanted` accepts, alike ones together; the group with the newest answer comes first.
    pub fn groups(&self, wanted: impl Fn(&BenchAnswer) -> bool) -> Vec<Group> {
        let mut places: Vec<usize> =
            (0..self.answers.len()).filter(|place| wanted(&self.answers[*place])).collect();
        places.sort_by_key(|place| std::cmp::Reverse(self.answers[*place].answer.seq));
        // Nobody codes what is covered, so it is not offered together with others.
        let is_covered = |place: &usize| self.answers[*place].state == CodingState::Covered;
        let (covered, places): (Vec<usize>, Vec<usize>) = places.into_iter().partition(is_covered);
        let gist = |place: &usize| Gist::of(&self.answers[*place].answer.text);
        let shown: Vec<Gist> = places.iter().map(gist).collect();
        let coded = self.coded();
        let groups = tally::gather(&shown).into_iter();
        groups
            .map(|group| {
                let open = self.answers[places[group[0]]].state == CodingState::Open;
                let frame = &self.frame.frame;
                let suggestions =
                    if open { tally::suggest(frame, &shown[group[0]], &coded) } else { Vec::new() };
                Group { members: group.into_iter().map(|one| places[one]).collect(), suggestions }
            })
            .chain(covered.iter().map(|place| Group { members: vec![*place], suggestions: Vec::new() }))
            .collect()
    }

    /// The answers that have codes, ready to be compared with.
    fn coded(&self) -> Vec<(Gist, Vec<String>)> {
        let coded = self.answers.iter().filter(|answer| !answer.codes.is_empty());
        coded.map(|answer| (Gist::of(&answer.answer.text), answer.codes.clone())).collect()
    }

    /// The answer at a place.
    pub fn answer(&self, place: &Place) -> Option<&BenchAnswer> {
        self.answers.iter().find(|one| one.answer.invitation.id == place.0 && one.answer.row == place.1)
    }

    /// The decisions about a place, the newest first, with or without an answer behind them.
    pub(super) fn history(&self, place: &Place) -> Option<&[Coding]> {
        let orphan = || self.orphans.iter().find(|one| one.place() == *place).map(|one| &one.history);
        self.answer(place).map(|one| &one.history).or_else(orphan).map(Vec::as_slice)
    }
}

impl Service {
    /// The answers to a coded question with their codes.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] also when the question is not coded.
    pub fn bench(&self, name: &EditionName, asked: &CodedQuestion) -> Result<Bench, Refused> {
        self.store.read("bench", |tx| {
            let subject = self.subject(tx, name, asked)?;
            self.read_bench(tx, &subject, Coder::First)
        })
    }

    pub(super) fn read_bench(
        &self,
        tx: &mut Tx<'_>,
        subject: &Subject,
        coder: Coder,
    ) -> Result<Bench, Refused> {
        let scope = subject.scope();
        let frame = self.code_frame(tx, scope, subject.edition.id, &subject.model, &subject.coding.frame)?;
        let rows =
            tx.coding_list(scope, subject.edition.id, &subject.form, Some(&subject.coding.question))?;
        let mut decided: BTreeMap<Place, Vec<Coding>> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| row.coder == coder) {
            decided.entry((row.invitation_id, row.row_id.clone())).or_default().push(row);
        }
        let answers = open_answers(tx, subject)?;
        let answers: Vec<BenchAnswer> = answers
            .into_iter()
            .map(|answer| {
                let history = decided.remove(&answer.place()).unwrap_or_default();
                of_answer(answer, history)
            })
            .collect();
        let orphans = orphans(tx, subject, decided)?;
        let asked = CodedQuestion { form: subject.form.clone(), question: subject.coding.question.clone() };
        let Edition { id, frozen, .. } = subject.edition;
        Ok(Bench { edition: id, asked, coding: subject.coding.clone(), frame, answers, orphans, frozen })
    }
}

fn of_answer(answer: OpenAnswer, history: Vec<Coding>) -> BenchAnswer {
    let codes = history.first().map(|last| split(&last.codes)).unwrap_or_default();
    let state = match history.first() {
        Some(last) if !codes.is_empty() && last.answer_hash == answer.hash => CodingState::Coded,
        Some(_) if !codes.is_empty() => CodingState::Changed,
        _ => CodingState::Open,
    };
    let no = history.first().map_or(0, |last| last.no);
    BenchAnswer { answer, codes, state, no, history }
}

/// What is left of the decisions when every answer has taken its own.
fn orphans(
    tx: &mut Tx<'_>,
    subject: &Subject,
    left: BTreeMap<Place, Vec<Coding>>,
) -> Result<Vec<Orphan>, Refused> {
    let mut orphans = Vec::new();
    let mut counted: BTreeSet<InvitationId> = BTreeSet::new();
    for ((id, _), history) in left {
        if history.iter().all(|row| row.codes.is_empty()) {
            continue;
        }
        let scope = subject.scope();
        let unit = tx.invitation_find(scope, id)?.map(|found| found.unit_name).unwrap_or_default();
        if tx.submission_counted_at(scope, id, i64::MAX)?.is_some() {
            counted.insert(id);
        }
        orphans.push(Orphan { unit, withdrawn: !counted.contains(&id), history });
    }
    Ok(orphans)
}
