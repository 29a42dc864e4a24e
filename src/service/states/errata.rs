//! Errata: which numbers a later state corrects, and why.

use serde_json::json;
use store::Erratum;

use super::changes::{Change, changes};
use crate::service::{EditionName, Refused, Service};

/// Longest reason.
const LONGEST: usize = 4000;
/// How often a number is drawn again when somebody else took it at the same moment.
const TRIES: usize = 8;

/// A correction as pages and files show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The row.
    pub row: Erratum,
    /// The numbers that changed.
    pub changes: Vec<Change>,
}

impl Service {
    /// States why the numbers of one frozen state differ from those of an earlier one, with the list of them.
    ///
    /// # Errors
    /// [`Refused::Input`] without a reason, when nothing differs, or when the two have an erratum already;
    /// [`Refused::NotThere`].
    pub fn erratum_add(
        &self,
        name: &EditionName,
        (from, to): (&str, &str),
        reason: &str,
        actor: &str,
    ) -> Result<Correction, Refused> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > LONGEST {
            return Err(Refused::input(format!("proszę podać powód erraty (najwyżej {LONGEST} znaków)")));
        }
        let (earlier, later) = (self.state(name, from)?, self.state(name, to)?);
        if earlier.row.id >= later.row.id {
            return Err(Refused::input("stan poprawiony musi być późniejszy niż stan, który poprawia"));
        }
        let found = changes(&earlier.figures, &later.figures);
        if found.is_empty() {
            return Err(Refused::input("te dwa stany mają te same liczby, więc nie ma czego prostować"));
        }
        for _ in 0..TRIES {
            if let Some(row) = self.erratum_try(name, (from, to), reason, actor, &found)? {
                return Ok(Correction { row, changes: found });
            }
        }
        Err(Refused::Overtaken("numer erraty".into()))
    }

    /// Takes the next number; `None` when somebody else took it at the same moment.
    fn erratum_try(
        &self,
        name: &EditionName,
        (from, to): (&str, &str),
        reason: &str,
        actor: &str,
        found: &[Change],
    ) -> Result<Option<Erratum>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let (scope, edition) = (programme.scope(), edition.id);
        let known = self.store.read("errata", |tx| tx.erratum_list(scope, edition))?;
        if known.iter().any(|row| (row.from_state.as_str(), row.to_state.as_str()) == (from, to)) {
            return Err(Refused::input("dla tych dwóch stanów jest już errata"));
        }
        let row = Erratum {
            no: known.last().map_or(1, |last| last.no + 1),
            from_state: from.to_owned(),
            to_state: to.to_owned(),
            reason: reason.to_owned(),
            changes: json!(found),
            actor: actor.to_owned(),
            created_at: self.now(),
        };
        let details = json!({ "no": row.no, "from": from, "to": to, "changes": found.len() });
        let note = self.note(actor, "erratum.add", name.to_string(), details);
        let new = row.clone();
        let stored = self.store.write("erratum_add", move |tx| -> Result<(), store::StoreError> {
            tx.erratum_insert(scope, edition, &new)?;
            tx.audit_append(scope, &note)
        });
        match stored {
            Ok(()) => Ok(Some(row)),
            Err(error) if error.is_taken("erratum") => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The errata of an edition in their order.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn errata(&self, name: &EditionName) -> Result<Vec<Correction>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let rows = self.store.read("errata", |tx| tx.erratum_list(programme.scope(), edition.id))?;
        rows.into_iter()
            .map(|row| {
                let changes = serde_json::from_value(row.changes.clone());
                let unreadable =
                    |e: serde_json::Error| Refused::Unreadable { what: "erratum", cause: e.to_string() };
                Ok(Correction { changes: changes.map_err(unreadable)?, row })
            })
            .collect()
    }

    /// One erratum.
    ///
    /// # Errors
    /// [`Refused::NotThere`] when there is none of this number.
    pub fn erratum(&self, name: &EditionName, no: i32) -> Result<Correction, Refused> {
        let found = self.errata(name)?.into_iter().find(|correction| correction.row.no == no);
        found.ok_or_else(|| Refused::NotThere(format!("{name}, errata {no}")))
    }
}
