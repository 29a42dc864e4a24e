//! Deciding about entities that vanished from their list.

use chrono::NaiveDate;
use serde_json::json;
use store::{EndVerdict, EntityEnd, StoreError};
use survey::EntityId;

use super::super::{EditionName, Refused, Service};
use super::rolls;

impl Service {
    /// Decides about an entity that vanished, as somebody who saw so many decisions about it.
    ///
    /// # Errors
    /// [`Refused::Input`] without a reason or with a last day before the list that still showed it,
    /// [`Refused::Overtaken`] when somebody decided in between.
    pub fn entity_end(
        &self,
        actor: &str,
        name: &EditionName,
        entity: EntityId,
        seen: i64,
        (verdict, ended_on): (EndVerdict, Option<NaiveDate>),
        reason: &str,
    ) -> Result<(), Refused> {
        let scope = self.programme(&name.programme)?.scope();
        let unknown = || Refused::input("nie ma takiego podmiotu na żadnej liście");
        let all = self.store.read("entity_end", |tx| rolls(tx, scope))?;
        let roll = all.iter().find(|roll| roll.ids.contains(&entity)).ok_or_else(unknown)?;
        let place = roll.ids.iter().position(|id| *id == entity).ok_or_else(unknown)?;
        let standing = &roll.standings[place];
        let decided = roll.ends.get(&entity).map_or(0, Vec::len) as i64;
        let overtaken = || Refused::Overtaken(format!("„{}”", standing.said.name));
        if decided != seen {
            return Err(overtaken());
        }
        if reason.trim().is_empty() {
            return Err(Refused::input("Proszę podać powód decyzji."));
        }
        let missing = standing.vanished.or_else(|| roll.newest()).ok_or_else(unknown)?;
        match (verdict, ended_on) {
            (EndVerdict::Ended, None) => return Err(Refused::input("Proszę podać ostatni dzień statusu.")),
            (EndVerdict::Ended, Some(day)) if day < standing.last_seen => {
                let line = format!(
                    "Podmiot był jeszcze na liście z {}: ostatni dzień nie może być wcześniejszy.",
                    standing.last_seen
                );
                return Err(Refused::input(line));
            }
            (EndVerdict::Undone, _) if decided == 0 => return Err(overtaken()),
            _ => {}
        }
        let import = roll.imports.iter().find(|one| one.as_of == missing).ok_or_else(unknown)?;
        let end = EntityEnd {
            entity_id: entity,
            number: decided + 1,
            import_id: import.id,
            verdict,
            ended_on: ended_on.filter(|_| verdict == EndVerdict::Ended),
            reason: reason.trim().to_owned(),
            actor: actor.to_owned(),
            at: self.now(),
        };
        let details = json!({ "name": standing.said.name, "verdict": verdict.as_str(), "ended_on": end.ended_on,
            "reason": end.reason });
        let note = self.note(actor, "entities.end", roll.list.as_str(), details);
        let stored = self.store.write("entity_end", move |tx| -> Result<(), StoreError> {
            tx.entity_end_insert(scope, &end)?;
            tx.audit_append(scope, &note)
        });
        stored.map_err(|error| if error.is_taken("entity_end") { overtaken() } else { error.into() })
    }
}
