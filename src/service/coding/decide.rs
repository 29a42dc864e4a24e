//! Giving codes, confirming them, taking a decision back. Each is one more row of the history.

use std::collections::BTreeSet;

use serde_json::json;
use store::Coding;

use super::super::{EditionName, Refused, Service};
use super::bench::{Bench, BenchAnswer, CodingState};
use super::frames::frozen;
use super::{CodedQuestion, Coder, OpenAnswer, Place, joined, split};

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
        let (bench, first) = self.benches(name, asked, coder)?;
        for decision in decisions {
            if let Some(first) = first.as_ref().and_then(|first| first.answer(&decision.place)) {
                independent(first, actor)?;
            }
        }
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
        let (bench, _) = self.benches(name, asked, coder)?;
        let current = bench.answer(place).ok_or_else(gone)?;
        let Some(last) = current.history.first() else {
            return Err(Refused::input("nie ma czego cofnąć: ta odpowiedź nie ma jeszcze żadnej decyzji"));
        };
        if last.no != seen {
            return Err(contested(&bench, current, &current.codes));
        }
        let before = current.history.get(1);
        let codes = before.map(|before| split(&before.codes)).unwrap_or_default();
        let hash = before.map_or(&current.answer.hash, |before| &before.answer_hash).clone();
        let row = self.row(&bench, coder, actor, &current.answer, seen + 1, &codes, &hash);
        self.store_decisions(name, actor, asked, coder, vec![row])
    }

    /// The bench of a coder and, for the second one, that of the first.
    fn benches(
        &self,
        name: &EditionName,
        asked: &CodedQuestion,
        coder: Coder,
    ) -> Result<(Bench, Option<Bench>), Refused> {
        self.store.read("benches", |tx| {
            let subject = self.subject(tx, name, asked)?;
            let bench = self.read_bench(tx, &subject, coder)?;
            let first = match coder {
                Coder::First => None,
                Coder::Second => Some(self.read_bench(tx, &subject, Coder::First)?),
            };
            Ok((bench, first))
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
            Ok(false) => Err(frozen(name)),
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

/// A second person is one who did not take part in the first coding of the answer.
fn independent(first: &BenchAnswer, actor: &str) -> Result<(), Refused> {
    if first.history.iter().any(|row| row.actor == actor) {
        return Err(Refused::input(
            "drugie kodowanie robi inna osoba niż pierwsze, a tę odpowiedź kodowali już Państwo",
        ));
    }
    Ok(())
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
