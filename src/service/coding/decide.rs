//! Giving codes, confirming them, taking a decision back. Each is one more row of the history.

use std::collections::BTreeSet;

use serde_json::json;
use store::Coding;

use super::super::{EditionName, Refused, Service};
use super::agreement::covered;
use super::bench::{Bench, BenchAnswer, CodingState};
use super::{CodedQuestion, Coder, OpenAnswer, Place, joined, split};

/// What somebody is told who wants to code their own answers a second time.
const OWN: &str = "drugie kodowanie robi inna osoba niż pierwsze, a tę odpowiedź kodowali już Państwo";
/// What somebody is told who reaches for first codes while they code the sample.
const BLIND: &str = "ta odpowiedź jest w próbie, którą właśnie kodują Państwo drugi raz. Jej pierwsze kody zobaczą Państwo po zakodowaniu całej próby";

/// What somebody decides about one answer, and what they saw of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The answer.
    pub place: Place,
    /// Number of the last decision that was seen; 0 when there was none.
    pub seen: i32,
    /// Hash of the text that was seen.
    pub hash: String,
    /// The codes, in any order; none takes them away.
    pub codes: Vec<String>,
}

impl Decision {
    /// A decision about an answer as it stands on the bench.
    pub fn about(answer: &BenchAnswer, codes: Vec<String>) -> Self {
        Self { place: answer.answer.place(), seen: answer.no, hash: answer.answer.hash.clone(), codes }
    }
}

impl Service {
    /// Gives answers their codes. All or none; gives how many answers got others than they had.
    ///
    /// # Errors
    /// [`Refused::Input`] for codes that may not be given, for a second coding by the person who made the first, and in
    /// a frozen edition; [`Refused::Overtaken`] when somebody decided in between or the office changed its answer.
    pub fn code(
        &self,
        name: &EditionName,
        actor: &str,
        coder: Coder,
        asked: &CodedQuestion,
        decisions: &[Decision],
    ) -> Result<usize, Refused> {
        let (bench, other) = self.benches(name, asked, coder)?;
        may_decide(&bench, &other, coder, actor, decisions.iter().map(|decision| &decision.place))?;
        let rows = self.rows_of(&bench, coder, actor, decisions)?;
        let changed = rows.len();
        self.store_decisions(name, actor, asked, coder, rows)?;
        Ok(changed)
    }

    /// Brings back the codes that an answer had before its last decision. `seen` is the number of that decision.
    ///
    /// # Errors
    /// As [`Service::code`]; [`Refused::Input`] also when there is nothing to take back.
    pub fn uncode(
        &self,
        name: &EditionName,
        actor: &str,
        coder: Coder,
        asked: &CodedQuestion,
        place: &Place,
        seen: i32,
    ) -> Result<(), Refused> {
        let (bench, other) = self.benches(name, asked, coder)?;
        may_decide(&bench, &other, coder, actor, std::iter::once(place))?;
        let Some([last, earlier @ ..]) = bench.history(place) else {
            return Err(match bench.answer(place) {
                Some(_) => Refused::input("nie ma czego cofnąć: ta odpowiedź nie ma jeszcze żadnej decyzji"),
                None => gone(),
            });
        };
        if last.no != seen {
            return Err(match bench.answer(place) {
                Some(current) => contested(&bench, current, &current.codes),
                None => changed_orphan(),
            });
        }
        let mut row = self.following(&bench, actor, last);
        // Without a decision before it, what is left has no codes, whatever the text was.
        if let Some(before) = earlier.first() {
            (row.codes, row.answer_hash) = (before.codes.clone(), before.answer_hash.clone());
        }
        self.store_decisions(name, actor, asked, coder, vec![row])
    }

    /// Clears codes that have no answer behind them any more: the place and the number of the last decision that was
    /// seen of each. All or none; gives how many were cleared.
    ///
    /// # Errors
    /// [`Refused::Overtaken`] when somebody decided in between or the answer is back; [`Refused::Input`] when nothing is
    /// named, and in a frozen edition.
    pub fn clear_orphans(
        &self,
        name: &EditionName,
        actor: &str,
        asked: &CodedQuestion,
        seen: &[(Place, i32)],
    ) -> Result<usize, Refused> {
        if seen.is_empty() {
            return Err(Refused::input("proszę zaznaczyć choć jedną jednostkę, której kody mają zniknąć"));
        }
        let bench = self.bench(name, asked)?;
        let mut rows = Vec::new();
        for (place, no) in seen {
            let orphan = bench.orphans.iter().find(|orphan| orphan.place() == *place);
            let orphan = orphan.filter(|orphan| orphan.last().no == *no).ok_or_else(changed_orphan)?;
            rows.push(self.following(&bench, actor, orphan.last()));
        }
        let cleared = rows.len();
        self.store_decisions(name, actor, asked, Coder::First, rows)?;
        Ok(cleared)
    }

    /// The decision after the last one about a place: no codes.
    fn following(&self, bench: &Bench, actor: &str, last: &Coding) -> Coding {
        Coding {
            no: last.no + 1,
            codes: String::new(),
            frame_version: bench.frame.version,
            actor: actor.to_owned(),
            at: self.now(),
            ..last.clone()
        }
    }

    /// The bench of a coder and that of the other one.
    fn benches(
        &self,
        name: &EditionName,
        asked: &CodedQuestion,
        coder: Coder,
    ) -> Result<(Bench, Bench), Refused> {
        let (first, second) = self.both_benches(name, asked)?;
        Ok(match coder {
            Coder::First => (first, second),
            Coder::Second => (second, first),
        })
    }

    /// The rows that decisions become; those that change nothing become none.
    pub(super) fn rows_of(
        &self,
        bench: &Bench,
        coder: Coder,
        actor: &str,
        decisions: &[Decision],
    ) -> Result<Vec<Coding>, Refused> {
        let mut rows = Vec::new();
        for decision in decisions {
            let current = current(bench, decision)?;
            let codes = checked(bench, current, &decision.codes)?;
            // Two people of one mind do not stand in each other's way.
            if current.codes == codes && (codes.is_empty() || current.state == CodingState::Coded) {
                continue;
            }
            if current.no != decision.seen {
                return Err(contested(bench, current, &codes));
            }
            let no = decision.seen + 1;
            rows.push(self.row(bench, coder, actor, &current.answer, no, &codes, &decision.hash));
        }
        Ok(rows)
    }

    #[expect(clippy::too_many_arguments, reason = "each is a column of the row")]
    fn row(
        &self,
        bench: &Bench,
        coder: Coder,
        actor: &str,
        answer: &OpenAnswer,
        no: i32,
        codes: &[String],
        hash: &str,
    ) -> Coding {
        Coding {
            edition_id: answer.invitation.edition_id,
            form_id: bench.asked.form.clone(),
            question: bench.asked.question.clone(),
            invitation_id: answer.invitation.id,
            row_id: answer.row.clone(),
            coder,
            no,
            codes: joined(codes),
            answer_hash: hash.to_owned(),
            frame_version: bench.frame.version,
            actor: actor.to_owned(),
            at: self.now(),
        }
    }

    pub(super) fn store_decisions(
        &self,
        name: &EditionName,
        actor: &str,
        asked: &CodedQuestion,
        coder: Coder,
        rows: Vec<Coding>,
    ) -> Result<(), Refused> {
        if rows.is_empty() {
            return Ok(());
        }
        let scope = self.programme(&name.programme)?.scope();
        let details =
            json!({ "form": asked.form, "question": asked.question, "coder": coder, "answers": rows.len() });
        let note = self.note(actor, "codes.give", name.to_string(), details);
        let kept = rows.clone();
        let stored = self.store.write("code", move |tx| -> Result<bool, Refused> {
            tx.audit_append(scope, &note)?;
            Ok(tx.coding_insert_all(scope, &kept)?)
        });
        match stored {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refused::frozen(name, "kodów")),
            Err(Refused::Store(error)) if error.is_taken("coding") => {
                Err(self.overtaken(name, asked, coder, &rows))
            }
            Err(other) => Err(other),
        }
    }

    /// Somebody was faster: says what they gave and what was to be given.
    fn overtaken(&self, name: &EditionName, asked: &CodedQuestion, coder: Coder, rows: &[Coding]) -> Refused {
        let bench = match self.benches(name, asked, coder) {
            Ok((bench, _)) => bench,
            Err(refused) => return refused,
        };
        let met = rows.iter().find_map(|row| {
            let current = bench.answer(&(row.invitation_id, row.row_id.clone()))?;
            (current.no >= row.no).then(|| contested(&bench, current, &split(&row.codes)))
        });
        met.unwrap_or_else(|| Refused::Overtaken("kody tej odpowiedzi".into()))
    }
}

/// The answer that a decision is about, if it is still the one that was seen.
fn current<'a>(bench: &'a Bench, decision: &Decision) -> Result<&'a BenchAnswer, Refused> {
    let current = bench.answer(&decision.place).ok_or_else(gone)?;
    if current.answer.hash != decision.hash {
        let unit = &current.answer.invitation.unit_name;
        return Err(Refused::Overtaken(format!(
            "{unit} wysłała nową treść odpowiedzi, której nie było na stronie"
        )));
    }
    Ok(current)
}

fn gone() -> Refused {
    Refused::Overtaken("tej odpowiedzi już nie ma: ankietę wycofano albo pole opróżniono".into())
}

/// The codes in the order of the frame. An answer may keep a code that has been retired since, not get it.
fn checked(bench: &Bench, current: &BenchAnswer, codes: &[String]) -> Result<Vec<String>, Refused> {
    let frame = &bench.frame.frame;
    let mut wrong = Vec::new();
    for code in codes {
        match frame.code(code) {
            None => wrong.push(format!("klucz {} nie ma kodu „{code}”", frame.name)),
            Some(known) if known.retired.is_some() && !current.codes.contains(code) => {
                wrong.push(format!("kod {} jest wycofany i nie można go nadać", known.printed()));
            }
            Some(_) => {}
        }
    }
    if !wrong.is_empty() {
        return Err(Refused::Input(wrong));
    }
    let wanted: BTreeSet<&String> = codes.iter().collect();
    Ok(frame.codes.iter().map(|code| code.code.clone()).filter(|code| wanted.contains(code)).collect())
}

fn changed_orphan() -> Refused {
    Refused::Overtaken("kody bez odpowiedzi: ktoś o nich zdecydował albo odpowiedź wróciła".into())
}

/// The two codings are those of two people: who made first codes of an answer makes no second ones, and who is coding
/// the sample decides nothing about the first codes that are covered.
fn may_decide<'a>(
    bench: &Bench,
    other: &Bench,
    coder: Coder,
    actor: &str,
    mut places: impl Iterator<Item = &'a Place>,
) -> Result<(), Refused> {
    let (barred, why) = match coder {
        Coder::First => (covered(bench, other, actor), BLIND),
        Coder::Second => {
            let own = other.answers.iter().filter(|one| one.has_decided(actor));
            (own.map(|one| one.answer.place()).collect(), OWN)
        }
    };
    if places.any(|place| barred.contains(place)) { Err(Refused::input(why)) } else { Ok(()) }
}

/// Both sides of two decisions at once.
fn contested(bench: &Bench, current: &BenchAnswer, mine: &[String]) -> Refused {
    let printed = |codes: &[String]| match codes {
        [] => "bez kodów".to_owned(),
        codes => joined(codes).to_uppercase().replace(' ', ", "),
    };
    let who = current.history.first().map_or("", |last| last.actor.trim_start_matches("user:"));
    Refused::Overtaken(format!(
        "odpowiedź, którą napisała jednostka „{}” na pytanie {}. {who} zapisuje: {}; Państwa wybór: {}",
        current.answer.invitation.unit_name,
        bench.asked.question,
        printed(&current.codes),
        printed(mine)
    ))
}
