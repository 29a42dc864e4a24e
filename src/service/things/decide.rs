//! Merging, splitting, confirming, taking back.

use std::collections::BTreeMap;

use form::polish;
use serde_json::json;
use store::{Edition, StoreError, ThingAct, ThingDecision, Topic};
use survey::{ActId, InvitationId, Scope};
use tally::Place;

use super::super::merges::holding;
use super::super::{EditionName, Refused, Service};
use super::propose::APART;
use super::{Counted, Entry};

/// How often a decision is tried again when somebody else decided about another thing of the list at that moment.
const TRIES: usize = 8;
/// Longest name and reason.
const LONGEST: usize = 300;

/// What somebody wants to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThingWish {
    /// These groups are one thing.
    Merge {
        /// Their keys.
        groups: Vec<String>,
        /// What the thing is called; empty: as its most frequent spelling.
        name: String,
        /// Why.
        reason: String,
    },
    /// This entry names a thing of its own.
    Split {
        /// Where it stands.
        place: Place,
        /// What the thing is called; empty: as it is spelled.
        name: String,
        /// Why.
        reason: String,
    },
    /// The decision about this place holds for its changed text as well.
    Confirm(Place),
    /// What was decided at one stroke is taken back.
    Undo(ActId),
}

/// A place that moves, and where to.
struct Move {
    place: Place,
    raw: String,
    key: Option<String>,
    name: Option<String>,
}

/// What a wish comes to.
struct Change {
    kind: ThingAct,
    reason: String,
    moves: Vec<Move>,
}

impl Service {
    /// Does what somebody wants with a list that they saw when `rev` was its newest decision.
    ///
    /// # Errors
    /// [`Refused::Input`] when the wish makes no sense, [`Refused::Overtaken`] when somebody else decided about one of
    /// its places since.
    pub fn things_decide(
        &self,
        actor: &str,
        name: &EditionName,
        (form, list): (&str, &str),
        rev: i64,
        wish: &ThingWish,
    ) -> Result<(), Refused> {
        let (programme, edition) = self.edition(name)?;
        let scope = programme.scope();
        for _ in 0..TRIES {
            let (counted, entries, decisions) = self.store.read("things_decide", |tx| {
                let (counted, entries) = self.one_list(tx, &programme, &edition, form, list)?;
                let decisions = self.decisions_of(tx, scope, &edition, &counted)?;
                Ok::<_, Refused>((counted, entries, decisions))
            })?;
            let change = Desk { entries: &entries, decisions: &decisions, rev }.change(wish)?;
            if let Some(done) =
                self.store_change(actor, scope, (name, &edition), &counted, &decisions, &change)
            {
                return done;
            }
        }
        Err(Refused::Overtaken("lista, na której ktoś inny właśnie pracuje".into()))
    }

    /// Stores the decisions under the next numbers of the list; `None` when somebody else took one of them.
    fn store_change(
        &self,
        actor: &str,
        scope: Scope,
        (name, edition): (&EditionName, &Edition),
        counted: &Counted,
        decisions: &[ThingDecision],
        change: &Change,
    ) -> Option<Result<(), Refused>> {
        let (act, at) = (self.id::<ActId>(), self.now());
        let next = decisions.last().map_or(1, |decision| decision.number + 1);
        let rows: Vec<ThingDecision> = (next..)
            .zip(&change.moves)
            .map(|(number, moved)| ThingDecision {
                edition_id: edition.id,
                form_id: counted.form.clone(),
                list: counted.list.clone(),
                number,
                act,
                kind: change.kind,
                question: counted.question.clone(),
                response: InvitationId(moved.place.response),
                row_id: moved.place.row.as_deref().map(str::to_owned),
                thing_key: moved.key.clone(),
                thing_name: moved.name.clone(),
                raw: moved.raw.clone(),
                reason: change.reason.clone(),
                actor: actor.to_owned(),
                at,
            })
            .collect();
        let action = format!("things.{}", change.kind.as_str());
        let details = json!({ "list": format!("{}.{}", counted.form, counted.list), "entries": rows.len(),
            "key": rows.first().and_then(|row| row.thing_key.clone()), "reason": change.reason });
        let note = self.note(actor, &action, name.to_string(), details);
        let subject = format!("{}.{}", counted.form, counted.list);
        let why = if change.reason.is_empty() { "bez uzasadnienia" } else { &change.reason };
        let told = self.decision_note(edition.id, actor, Topic::Merge, subject, told(change), why);
        let stored = self.store.write("things_decide", move |tx| -> Result<(), StoreError> {
            tx.thing_decision_insert_all(scope, &rows)?;
            tx.decision_append(scope, &told)?;
            tx.audit_append(scope, &note)
        });
        match stored {
            Err(error) if error.is_taken("thing_decision") => None,
            other => Some(other.map_err(Refused::from)),
        }
    }
}

/// What was done, as the page of decisions tells it.
fn told(change: &Change) -> String {
    let number = change.moves.len() as u64;
    let entries = polish::plural_of(number, "wpis", "wpisy", "wpisów");
    let first = change.moves.first();
    let name = first.and_then(|moved| moved.name.as_deref().or(moved.key.as_deref())).unwrap_or_default();
    match change.kind {
        ThingAct::Merged => format!("Scalono {number} {entries} jako „{name}”."),
        ThingAct::Split => format!("Rozdzielono: {number} {entries} jako „{name}”."),
        ThingAct::Confirmed => {
            format!("Potwierdzono {number} {entries} jako „{name}” po zmianie odpowiedzi.")
        }
        ThingAct::Undone => format!("Cofnięto wcześniejszą decyzję o {}.", of(number)),
    }
}

fn of(number: u64) -> String {
    format!("{number} {}", if number == 1 { "wpisie" } else { "wpisach" })
}

/// A list as it is now, before somebody who saw it at `rev`.
struct Desk<'a> {
    entries: &'a [Entry],
    decisions: &'a [ThingDecision],
    rev: i64,
}

impl Desk<'_> {
    fn change(&self, wish: &ThingWish) -> Result<Change, Refused> {
        let change = match wish {
            ThingWish::Merge { groups, name, reason } => self.merge(groups, name, reason)?,
            ThingWish::Split { place, name, reason } => self.split(place, name, reason)?,
            ThingWish::Confirm(place) => self.confirm(place)?,
            ThingWish::Undo(act) => self.undo(*act)?,
        };
        let newest: BTreeMap<Place, &ThingDecision> = self.newest();
        let since =
            |moved: &Move| newest.get(&moved.place).is_some_and(|decision| decision.number > self.rev);
        match change.moves.iter().find(|moved| since(moved)) {
            Some(moved) => Err(Refused::Overtaken(format!("„{}”", moved.raw))),
            None => Ok(change),
        }
    }

    /// The newest decision about each place.
    fn newest(&self) -> BTreeMap<Place, &ThingDecision> {
        let numbers = holding(self.decisions.to_vec()).into_iter().map(|((_, place), d)| (place, d.number));
        numbers
            .filter_map(|(place, number)| Some((place, self.decisions.iter().find(|d| d.number == number)?)))
            .collect()
    }

    /// The key that an entry is counted under now.
    fn key_of(entry: &Entry) -> &str {
        let decided = entry.decision.as_ref().and_then(|decision| decision.thing_key.as_deref());
        decided.unwrap_or(&entry.own_key)
    }

    fn merge(&self, groups: &[String], name: &str, reason: &str) -> Result<Change, Refused> {
        let (name, reason) = (checked("nazwa", name)?, given_reason(reason)?);
        let within = |key: &str| self.entries.iter().filter(move |entry| Self::key_of(entry) == key).count();
        let mut keys: Vec<&String> = groups.iter().collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() < 2 {
            return Err(Refused::input("Proszę zaznaczyć co najmniej dwie pozycje, które są tym samym."));
        }
        if let Some(gone) = keys.iter().find(|key| within(key) == 0) {
            return Err(Refused::Overtaken(format!("pozycja „{gone}”, której już nie ma na liście")));
        }
        let target = keys.iter().max_by_key(|key| (weight(key), within(key), std::cmp::Reverse(**key)));
        let target = target.map(|key| (*key).clone()).unwrap_or_default();
        let moves = self
            .entries
            .iter()
            .filter(|entry| keys.iter().any(|key| *key == Self::key_of(entry)))
            // Entries that name the target by themselves need a decision only to carry its name.
            .filter(|entry| Self::key_of(entry) != target || !name.is_empty())
            .map(|entry| Move {
                place: entry.place.clone(),
                raw: entry.raw.clone(),
                key: Some(target.clone()),
                name: (!name.is_empty()).then(|| name.clone()),
            })
            .collect();
        Ok(Change { kind: ThingAct::Merged, reason, moves })
    }

    fn split(&self, place: &Place, name: &str, reason: &str) -> Result<Change, Refused> {
        let (name, reason) = (checked("nazwa", name)?, given_reason(reason)?);
        let entry = self.entry(place)?;
        let alone =
            self.entries.iter().filter(|other| Self::key_of(other) == Self::key_of(entry)).count() == 1;
        if alone {
            return Err(Refused::input("Ten wpis stoi już osobno."));
        }
        let number = self.decisions.last().map_or(1, |decision| decision.number + 1);
        let name = if name.is_empty() { entry.raw.clone() } else { name };
        let moved = Move {
            place: place.clone(),
            raw: entry.raw.clone(),
            key: Some(format!("{APART}{number} {}", entry.own_key)),
            name: Some(name),
        };
        Ok(Change { kind: ThingAct::Split, reason, moves: vec![moved] })
    }

    fn confirm(&self, place: &Place) -> Result<Change, Refused> {
        let entry = self.entry(place)?;
        let decision = entry.decision.as_ref().filter(|decision| decision.thing_key.is_some());
        let decision = decision.ok_or_else(|| Refused::Overtaken(format!("„{}”", entry.raw)))?;
        let moved = Move {
            place: place.clone(),
            raw: entry.raw.clone(),
            key: decision.thing_key.clone(),
            name: decision.thing_name.clone(),
        };
        Ok(Change { kind: ThingAct::Confirmed, reason: decision.reason.clone(), moves: vec![moved] })
    }

    /// Every place of the act goes back to what held before it, unless something else holds by now.
    fn undo(&self, act: ActId) -> Result<Change, Refused> {
        let newest = self.newest();
        let mut moves = Vec::new();
        for (place, decision) in &newest {
            if decision.act != act {
                continue;
            }
            let same = |other: &&ThingDecision| {
                other.response == decision.response
                    && other.row_id == decision.row_id
                    && other.number < decision.number
            };
            let before = self.decisions.iter().rev().find(same);
            moves.push(Move {
                place: place.clone(),
                raw: decision.raw.clone(),
                key: before.and_then(|before| before.thing_key.clone()),
                name: before.and_then(|before| before.thing_name.clone()),
            });
        }
        if moves.is_empty() {
            return Err(Refused::Overtaken("decyzja, która już nie obowiązuje".into()));
        }
        Ok(Change { kind: ThingAct::Undone, reason: String::new(), moves })
    }

    fn entry(&self, place: &Place) -> Result<&Entry, Refused> {
        let found = self.entries.iter().find(|entry| entry.place == *place);
        found.ok_or_else(|| Refused::Overtaken("wpis, którego już nie ma na liście".into()))
    }
}

/// Which key a merged thing keeps: a number before a text before a key of ours.
fn weight(key: &str) -> u8 {
    match key {
        key if key.starts_with(APART) => 0,
        key if key.len() == 10 && key.bytes().all(|c| c.is_ascii_digit()) => 2,
        _ => 1,
    }
}

fn checked(what: &str, text: &str) -> Result<String, Refused> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() > LONGEST {
        true => Err(Refused::input(format!("Pole „{what}” może mieć najwyżej {LONGEST} znaków."))),
        false => Ok(text),
    }
}

fn given_reason(text: &str) -> Result<String, Refused> {
    let reason = checked("powód", text)?;
    if reason.is_empty() { Err(Refused::input("Proszę podać powód decyzji.")) } else { Ok(reason) }
}
