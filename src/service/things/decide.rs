//! Merging, splitting, telling apart, confirming, taking back.

use serde_json::json;
use store::{Edition, StoreError, ThingAct, ThingDecision, ThingsApart, Topic};
use survey::{ActId, InvitationId, Scope, Timestamp};
use tally::Place;

use super::super::{EditionName, Refused, Service};
use super::change::{Change, Desk, Move, Pair};
use super::{Counted, short};

/// Characters of a name among the decisions.
const NAMED: usize = 120;
/// Names that a decision lists at most.
const LISTED: usize = 6;
/// How often a decision is tried again when somebody else decided about another thing of the list at that moment.
const TRIES: usize = 8;

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
    /// No two of these groups are one thing.
    Apart {
        /// Their keys.
        groups: Vec<String>,
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
    Undo {
        /// The decisions.
        act: ActId,
        /// Why.
        reason: String,
    },
}

impl Service {
    /// Does what somebody wants with a list that they saw when `rev` was its newest decision.
    ///
    /// # Errors
    /// [`Refused::Input`] when the wish makes no sense and in a frozen edition, [`Refused::Overtaken`] when somebody else
    /// decided about the same since.
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
            let (counted, entries, decided) = self.store.read("things_decide", |tx| {
                let (counted, entries) = self.one_list(tx, &programme, &edition, form, list)?;
                let decided = self.decided(tx, scope, &edition, &counted)?;
                Ok::<_, Refused>((counted, entries, decided))
            })?;
            let change = Desk { entries: &entries, decided: &decided, rev }.change(wish)?;
            let act =
                Written { actor, scope, name, edition: &edition, counted: &counted, after: decided.rev() };
            if let Some(done) = self.store_change(&act, &change) {
                return done;
            }
        }
        Err(Refused::Overtaken("lista, na której ktoś inny właśnie pracuje".into()))
    }

    /// Stores the decisions under the next numbers of the list; `None` when somebody else took one of them.
    fn store_change(&self, act: &Written<'_>, change: &Change) -> Option<Result<(), Refused>> {
        let (scope, edition, after) = (act.scope, act.edition.id, act.after);
        let (id, at) = (self.id::<ActId>(), self.now());
        let (places, pairs) = (act.places(id, at, change), act.pairs(id, at, change));
        let (subject, _) = act.counted.subject();
        let reason = change.reason();
        let details = json!({ "list": subject, "entries": places.len(), "pairs": pairs.len(),
            "key": places.first().and_then(|row| row.thing_key.clone()), "reason": reason });
        let note = self.note(act.actor, &format!("things.{}", change.word()), act.name.to_string(), details);
        let told = self.decision_note(edition, act.actor, Topic::Merge, subject, told(change), reason);
        let (form, list) = (act.counted.form.clone(), act.counted.list.clone());
        let stored = self.store.write("things_decide", move |tx| -> Result<Stored, StoreError> {
            match tx.things_hold(scope, edition, &form, &list)? {
                None => return Ok(Stored::Frozen),
                Some(newest) if newest != after => return Ok(Stored::Overtaken),
                Some(_) => {}
            }
            tx.thing_decision_insert_all(scope, &places)?;
            tx.things_apart_insert_all(scope, &pairs)?;
            tx.decision_append(scope, &told)?;
            tx.audit_append(scope, &note)?;
            Ok(Stored::Kept)
        });
        match stored {
            Ok(Stored::Kept) => Some(Ok(())),
            Ok(Stored::Overtaken) => None,
            Ok(Stored::Frozen) => Some(Err(Refused::frozen(act.name, "decyzji o pozycjach"))),
            Err(error) => Some(Err(error.into())),
        }
    }
}

/// What became of a change.
enum Stored {
    Kept,
    Frozen,
    /// Somebody else decided about the list between reading and writing.
    Overtaken,
}

/// Who decides about which list, and the number that it follows.
struct Written<'a> {
    actor: &'a str,
    scope: Scope,
    name: &'a EditionName,
    edition: &'a Edition,
    counted: &'a Counted,
    after: i64,
}

impl Written<'_> {
    fn places(&self, act: ActId, at: Timestamp, change: &Change) -> Vec<ThingDecision> {
        let Change::Places { kind, reason, moves, .. } = change else { return Vec::new() };
        let row = |(number, moved): (i64, &Move)| ThingDecision {
            edition_id: self.edition.id,
            form_id: self.counted.form.clone(),
            list: self.counted.list.clone(),
            number,
            act,
            kind: *kind,
            question: self.counted.question.clone(),
            response: InvitationId(moved.place.response),
            row_id: moved.place.row.as_deref().map(str::to_owned),
            thing_key: moved.key.clone(),
            thing_name: moved.name.clone(),
            raw: moved.raw.clone(),
            reason: moved.reason.as_ref().unwrap_or(reason).clone(),
            actor: self.actor.to_owned(),
            at,
        };
        (self.after + 1..).zip(moves).map(row).collect()
    }

    fn pairs(&self, act: ActId, at: Timestamp, change: &Change) -> Vec<ThingsApart> {
        let Change::Pairs { reason, pairs } = change else { return Vec::new() };
        let row = |(number, pair): (i64, &Pair)| ThingsApart {
            edition_id: self.edition.id,
            form_id: self.counted.form.clone(),
            list: self.counted.list.clone(),
            number,
            act,
            question: self.counted.question.clone(),
            one_key: pair.one.key.clone(),
            one_name: pair.one.name.clone(),
            other_key: pair.other.key.clone(),
            other_name: pair.other.name.clone(),
            apart: pair.apart,
            reason: reason.clone(),
            actor: self.actor.to_owned(),
            at,
        };
        (self.after + 1..).zip(pairs).map(row).collect()
    }
}

/// What was done, as the page of decisions tells it.
fn told(change: &Change) -> String {
    let (kind, sides, moves) = match change {
        Change::Places { kind, sides, moves, .. } => (kind, sides, moves),
        Change::Pairs { pairs, .. } => return told_of_pairs(pairs),
    };
    let first = moves.first();
    let own = first.and_then(|moved| moved.name.as_ref().or(sides.first()).or(moved.key.as_ref()));
    let name = short(own.map_or("", String::as_str), NAMED);
    let sides = listed(sides);
    let decided = of(moves.len() as u64);
    match kind {
        ThingAct::Merged => format!("Scalono {sides} jako „{name}” (decyzja o {decided})."),
        ThingAct::Split => format!("Wydzielono „{name}” z pozycji {sides}."),
        ThingAct::Confirmed => format!("Potwierdzono po zmianie odpowiedzi: „{name}” ({decided})."),
        ThingAct::Undone => format!("Cofnięto wcześniejszą decyzję o {decided}: {sides}."),
    }
}

/// Names as people list them; of many only the first.
fn listed(names: &[String]) -> String {
    let mut shown: Vec<String> =
        names.iter().take(LISTED).map(|name| format!("„{}”", short(name, NAMED))).collect();
    let last = shown.pop().unwrap_or_default();
    match (shown.is_empty(), names.len().saturating_sub(LISTED)) {
        (true, _) => last,
        (false, 0) => format!("{} i {last}", shown.join(", ")),
        (false, more) => format!("{}, {last} i {more} innych", shown.join(", ")),
    }
}

fn told_of_pairs(pairs: &[Pair]) -> String {
    let names =
        |pair: &Pair| format!("„{}” i „{}”", short(&pair.one.name, NAMED), short(&pair.other.name, NAMED));
    let names: Vec<String> = pairs.iter().map(names).collect();
    let what = match pairs.iter().any(|pair| pair.apart) {
        true => "Uznano za różne pozycje",
        false => "Cofnięto uznanie za różne pozycje",
    };
    format!("{what}: {}.", names.join("; "))
}

fn of(number: u64) -> String {
    format!("{number} {}", if number == 1 { "wpisie" } else { "wpisach" })
}
