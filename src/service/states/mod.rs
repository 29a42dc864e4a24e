//! Frozen states: all numbers of an edition under a name and a hash, kept for ever and compared with what comes out now.

mod changes;
mod document;
mod errata;

use serde::Serialize;
use serde_json::json;
use store::{EditionState, FrozenChapter, FrozenState, StateKind, StoreError, Tx};
use survey::StateId;
use survey::collate::fold;

pub use changes::{Change, changes};
pub use errata::Correction;

use super::figures::Figures;
use super::measures::{Measures, StateMark};
use super::programmes::Known;
use super::{EditionName, Refused, Service};

/// Longest name of a state and longest label.
const LONGEST: usize = 80;
/// How often freezing is tried again when an answer arrives at that very moment.
const TRIES: usize = 20;
/// Version of this program, as states keep it.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// What somebody wants frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freezing {
    /// Name in addresses and commands; made from the label where none is given.
    pub name: Option<String>,
    /// What for.
    pub kind: StateKind,
    /// Name on screen, such as „dla RKRES”.
    pub label: String,
}

/// A frozen state with its numbers.
#[derive(Debug, Clone)]
pub struct State {
    /// The row.
    pub row: FrozenState,
    /// The numbers.
    pub figures: Figures,
}

impl State {
    /// What an export says about the state that it was made from.
    #[must_use]
    pub fn mark(&self) -> StateMark {
        document::mark(&self.row)
    }
}

/// A state beside what comes out now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Name of the state.
    pub state: String,
    /// Its hash.
    pub hash: String,
    /// The hash of what comes out now; the same where every byte is.
    pub hash_now: String,
    /// Whether it is the same.
    pub same: bool,
    /// Up to which event the state counts.
    pub seq: i64,
    /// Up to which event is counted now.
    pub seq_now: i64,
    /// SHA-256 of the chapter that it keeps; none of a state of an earlier version of the program.
    pub chapter: Option<String>,
    /// The version of the program that counted the state.
    pub program: String,
    /// The version that counts now.
    pub program_now: String,
    /// The numbers that differ.
    pub changes: Vec<Change>,
    /// Keys of figures that are only worded otherwise.
    pub reworded: Vec<String>,
}

impl Service {
    /// Freezes: stores all numbers under a name and stops the edition from changing until it is unfrozen. The numbers
    /// are those of one snapshot, and no answer comes in between.
    ///
    /// # Errors
    /// [`Refused::Input`] when the name is taken or wrong, or the edition was never opened.
    pub fn freeze(&self, name: &EditionName, wish: &Freezing, actor: &str) -> Result<State, Refused> {
        let (state_name, label) = checked(wish)?;
        for _ in 0..TRIES {
            let (State { row, figures }, chapter) =
                self.state_now(name, &state_name, wish.kind, &label, actor)?;
            let (programme, edition) = self.edition(name)?;
            let (scope, seq, new) = (programme.scope(), row.seq, row.clone());
            let details =
                json!({ "state": row.name, "kind": row.kind.as_str(), "hash": row.hash, "seq": row.seq });
            let note = self.note(actor, "edition.freeze", name.to_string(), details);
            let stored = self.store.write("freeze", move |tx| -> Result<bool, StoreError> {
                if !tx.edition_freeze_at(scope, edition.id, seq)? {
                    return Ok(false);
                }
                tx.frozen_state_insert(scope, &new)?;
                tx.frozen_chapter_insert(scope, &chapter)?;
                tx.audit_append(scope, &note)?;
                Ok(true)
            });
            match stored {
                Ok(true) => return Ok(State { row, figures }),
                Ok(false) => {}
                Err(error) if error.is_taken("frozen_state") => {
                    return Err(Refused::input(format!(
                        "ta edycja ma już stan „{state_name}”. Stanów się nie zmienia; proszę podać inną nazwę"
                    )));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Refused::Overtaken("w trakcie zamrażania stale przychodziły ankiety".into()))
    }

    /// The numbers and the chapter of this moment as rows to be stored.
    fn state_now(
        &self,
        name: &EditionName,
        state: &str,
        kind: StateKind,
        label: &str,
        actor: &str,
    ) -> Result<(State, FrozenChapter), Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("freeze", |tx| -> Result<_, Refused> {
            let edition = tx.edition_find(programme.scope(), edition.id)?.unwrap_or(edition.clone());
            if edition.state == EditionState::Draft {
                return Err(Refused::input("edycja w przygotowaniu nie ma jeszcze liczb do zamrożenia"));
            }
            let (measures, _) = self.read_measures(tx, name, &programme, &edition)?;
            let figures = settled(self.read_figures(tx, name, &programme, &edition)?);
            let row = FrozenState {
                id: self.id::<StateId>(),
                edition_id: edition.id,
                name: state.to_owned(),
                kind,
                label: label.to_owned(),
                seq: figures.as_of.seq,
                figures: String::from_utf8_lossy(&figures.canonical()).into_owned(),
                hash: figures.hash(),
                measures: document::stored(&measures.published()),
                program: PROGRAM.to_owned(),
                actor: actor.to_owned(),
                created_at: self.now(),
            };
            let state = State { row, figures };
            let chapter = self.chapter_to_keep(tx, name, &programme, &edition, &state)?;
            Ok((state, chapter))
        })
    }

    /// Lets the edition change again. Its frozen states stay as they are.
    ///
    /// # Errors
    /// [`Refused::Input`] when it is not frozen.
    pub fn unfreeze(&self, name: &EditionName, actor: &str) -> Result<(), Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        let note = self.note(actor, "edition.unfreeze", name.to_string(), json!({}));
        let done = self.store.write("unfreeze", move |tx| -> Result<bool, StoreError> {
            let done = tx.edition_set_frozen(scope, edition.id, false)?;
            if done {
                tx.audit_append(scope, &note)?;
            }
            Ok(done)
        })?;
        if done { Ok(()) } else { Err(Refused::input(format!("edycja {name} nie jest zamrożona"))) }
    }

    /// The frozen states of an edition, the oldest first.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn states(&self, name: &EditionName) -> Result<Vec<FrozenState>, Refused> {
        let (programme, edition) = self.edition(name)?;
        Ok(self.store.read("states", |tx| tx.frozen_state_list(programme.scope(), edition.id))?)
    }

    /// One frozen state.
    ///
    /// # Errors
    /// [`Refused::NotThere`]; [`Refused::Unreadable`] when its hash is not that of its numbers.
    pub fn state(&self, name: &EditionName, state: &str) -> Result<State, Refused> {
        let (programme, edition) = self.edition(name)?;
        let row =
            self.store.read("state", |tx| tx.frozen_state_find(programme.scope(), edition.id, state))?;
        let row = row.ok_or_else(|| Refused::NotThere(format!("{name}, stan {state}")))?;
        let figures = numbers(&row)?;
        Ok(State { row, figures })
    }

    /// The measures as they were when a state was frozen.
    ///
    /// # Errors
    /// Those of [`Service::state`].
    pub fn state_measures(&self, name: &EditionName, state: &str) -> Result<Measures, Refused> {
        let (programme, _) = self.edition(name)?;
        let rules = &programme.declared.figures;
        let kept = self.measures_of_state(&self.state(name, state)?)?;
        Ok(Measures { smallest_base: rules.smallest_base, smallest_group: rules.smallest_group, ..kept })
    }

    /// The same of a state that was read already.
    pub(super) fn measures_of_state(&self, state: &State) -> Result<Measures, Refused> {
        document::read(&state.row, &state.figures)
    }

    /// Counts everything again and compares it with a state. Changes nothing.
    ///
    /// # Errors
    /// Those of [`Service::state`].
    pub fn verify(&self, name: &EditionName, state: &str) -> Result<Verified, Refused> {
        let state = self.state(name, state)?;
        let now = self.figures(name)?;
        let hash_now = now.hash();
        let chapter = self.state_chapter(name, &state.row)?;
        Ok(Verified {
            state: state.row.name,
            same: hash_now == state.row.hash,
            hash: state.row.hash,
            hash_now,
            seq: state.row.seq,
            seq_now: now.as_of.seq,
            chapter,
            program: state.row.program,
            program_now: PROGRAM.to_owned(),
            changes: changes(&state.figures, &now),
            reworded: reworded(&state.figures, &now),
        })
    }

    /// The hash of the chapter that a state keeps, after making sure that it is that of the chapter.
    fn state_chapter(&self, name: &EditionName, row: &FrozenState) -> Result<Option<String>, Refused> {
        let scope = self.edition(name)?.0.scope();
        let kept = self.store.read("state_chapter", |tx| tx.frozen_chapter_find(scope, row.id))?;
        let Some(kept) = kept else { return Ok(None) };
        match super::figures::hash_of(kept.content.as_bytes()) == kept.hash {
            true => Ok(Some(kept.hash)),
            false => Err(Refused::Unreadable { what: "frozen chapter", cause: row.name.clone() }),
        }
    }

    /// Whether the numbers of a frozen edition are still those of its newest state: a merge or a code decided since
    /// then may have changed them.
    pub(super) fn holds(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &store::Edition,
        now: &Figures,
    ) -> Result<bool, Refused> {
        match tx.frozen_state_newest(programme.scope(), edition.id)? {
            Some(newest) => Ok(changes(&numbers(&newest)?, now).is_empty()),
            None => Ok(true),
        }
    }
}

/// The numbers of a state are final, whatever the edition is by now.
fn settled(mut figures: Figures) -> Figures {
    figures.as_of.frozen = true;
    figures
}

/// The numbers of a row, checked against its hash.
fn numbers(row: &FrozenState) -> Result<Figures, Refused> {
    let unreadable = |cause: String| Refused::Unreadable { what: "frozen state", cause };
    let figures: Figures = serde_json::from_str(&row.figures).map_err(|e| unreadable(e.to_string()))?;
    match super::figures::hash_of(row.figures.as_bytes()) == row.hash {
        true => Ok(settled(figures)),
        false => Err(unreadable(format!("the numbers of {} are not those that its hash names", row.name))),
    }
}

fn reworded(old: &Figures, new: &Figures) -> Vec<String> {
    let other = |key: &str| new.figures.get(key);
    let differ = old
        .figures
        .iter()
        .filter(|(key, figure)| other(key).is_some_and(|found| found.label != figure.label));
    differ.map(|(key, _)| key.clone()).collect()
}

/// The name and the label of a state, or everything that is wrong with them.
fn checked(wish: &Freezing) -> Result<(String, String), Refused> {
    let label = wish.label.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = wish.name.as_deref().map_or_else(|| short_name(&label), |name| name.trim().to_owned());
    let mut wrong = Vec::new();
    if label.is_empty() || label.chars().count() > LONGEST {
        wrong.push(format!("proszę podać, po co jest ten stan, np. „dla RKRES” (najwyżej {LONGEST} znaków)"));
    } else if !is_short_name(&name) {
        wrong.push(format!(
            "„{name}” nie może być nazwą stanu: proszę użyć małych liter bez polskich znaków, cyfr i łączników"
        ));
    }
    if wrong.is_empty() { Ok((name, label)) } else { Err(Refused::Input(wrong)) }
}

/// `dla RKRES` becomes `dla-rkres`.
pub(super) fn short_name(label: &str) -> String {
    let words: Vec<String> = fold(label)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.join("-").chars().take(LONGEST).collect::<String>().trim_end_matches('-').to_owned()
}

/// Whether a name can stand in an address and after a flag.
pub(super) fn is_short_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|c| c.is_ascii_alphanumeric());
    first
        && name.len() <= LONGEST
        && name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
}
