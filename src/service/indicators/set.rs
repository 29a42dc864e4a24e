//! Entering a value.

use form::number::Rational;
use serde_json::json;
use store::{Edition, IndicatorValue, StoreError, Tx, ValueSource, ValueState};
use survey::{EditionId, IndicatorValueId};

use super::{Given, Live, NewValue, Placed, TypedValue, year_of};
use crate::service::programmes::Known;
use crate::service::{Refused, Service};

/// What a bound value follows: the edition and what its measure said at that moment.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    edition: EditionId,
    number: Option<Rational>,
}

impl Service {
    /// Enters, corrects, binds or withdraws a value. `rev` is the number of the newest entry that the page showed; none
    /// takes whatever is newest.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong, [`Refused::Overtaken`] when somebody else changed the
    /// indicator since.
    pub fn indicator_set(
        &self,
        programme: &Known,
        typed: &TypedValue,
        rev: Option<i32>,
        actor: &str,
    ) -> Result<Placed, Refused> {
        let today = programme.zone().date(self.now());
        let new = typed.read(&programme.declared, today).map_err(Refused::Input)?;
        let bound = self.bound(programme, &new)?;
        let (scope, id, now) = (programme.scope(), self.id::<IndicatorValueId>(), self.now());
        let Some(declared) = programme.declared.indicator(&new.code).cloned() else {
            return Err(Refused::input(format!("nie ma wskaźnika „{}”", new.code)));
        };
        let note = self.note(actor, "indicator.set", subject(&new), details(&new));
        let overtaken = Refused::Overtaken(format!("wskaźnik {}", new.code));
        let (actor, faster) = (actor.to_owned(), overtaken.clone());
        let stored = self.store.write("indicator_set", move |tx| -> Result<Placed, Refused> {
            let history = tx.indicator_value_history(scope, &new.code)?;
            let newest = history.last().map_or(0, |row| row.no);
            if rev.is_some_and(|rev| rev != newest) {
                return Err(faster.clone());
            }
            let placed = new.place(&declared, &history).map_err(Refused::Input)?;
            if placed != Placed::Unchanged {
                let row = IndicatorValue {
                    id,
                    no: newest + 1,
                    author: actor.clone(),
                    created_at: now,
                    ..row(&new, bound.as_ref())
                };
                tx.indicator_value_insert(scope, &row)?;
                tx.audit_append(scope, &note)?;
            }
            Ok(placed)
        });
        stored.map_err(|error| if is_overtaken(&error) { overtaken } else { error })
    }

    /// What the measure of a value to be bound says now.
    fn bound(&self, programme: &Known, new: &NewValue) -> Result<Option<Bound>, Refused> {
        let (Given::Measure(measure), Some(year)) = (&new.given, new.span.year()) else { return Ok(None) };
        let scope = programme.scope();
        let found = self.store.read("indicator_bound", |tx: &mut Tx<'_>| -> Result<_, Refused> {
            let editions = tx.edition_list(scope)?;
            let Some(edition) = editions.iter().find(|edition| year_of(edition) == year).cloned() else {
                return Ok(None);
            };
            let id = Edition::clone(&edition).id;
            let mut live =
                Live { service: self, programme, editions, read: Default::default(), is_published: false };
            let number = live.number(tx, &edition, measure)?;
            Ok(Some(Bound { edition: id, number }))
        })?;
        let missing = || Refused::input(format!("nie ma edycji za {year} r., więc nie ma miary {measure}"));
        found.map(Some).ok_or_else(missing)
    }
}

/// Whether somebody took the number of the entry first.
pub(super) fn is_overtaken(error: &Refused) -> bool {
    matches!(error, Refused::Store(error) if StoreError::is_taken(error, "indicator_value"))
}

/// What the trail says about an entry.
pub(super) fn subject(new: &NewValue) -> String {
    format!("{} {} {}", new.code, new.span.key(), new.part).trim_end().to_owned()
}

pub(super) fn details(new: &NewValue) -> serde_json::Value {
    match &new.given {
        Given::Number(number) => json!({ "number": number }),
        Given::NoData => json!({ "number": null }),
        Given::Measure(measure) => json!({ "measure": measure.to_string() }),
        Given::Withdrawn => json!({ "withdrawn": true }),
    }
}

/// The row of an entry; its id, number, author and moment are filled in by whoever stores it.
pub(super) fn row(new: &NewValue, bound: Option<&Bound>) -> IndicatorValue {
    let (number, source, measure) = match &new.given {
        Given::Number(number) => (Some(number.clone()), manual_or_file(new), None),
        Given::NoData | Given::Withdrawn => (None, manual_or_file(new), None),
        Given::Measure(name) => {
            let number = bound.and_then(|bound| bound.number.as_ref()).map(ToString::to_string);
            (number, ValueSource::Measure, Some(name.to_string()))
        }
    };
    IndicatorValue {
        id: IndicatorValueId(uuid::Uuid::nil()),
        code: new.code.clone(),
        no: 0,
        year_from: new.span.from(),
        year_to: new.span.to(),
        part: new.part.clone(),
        state: if new.given == Given::Withdrawn { ValueState::Withdrawn } else { ValueState::Entered },
        number,
        source,
        measure,
        edition_id: bound.map(|bound| bound.edition),
        document: new.document.clone(),
        page: new.page.clone(),
        accessed_on: new.accessed,
        file: new.file.clone(),
        incomplete: new.incomplete,
        redefined: new.redefined,
        note: new.note.clone(),
        reason: new.reason.clone(),
        author: String::new(),
        created_at: survey::Timestamp::from_millis(0),
    }
}

fn manual_or_file(new: &NewValue) -> ValueSource {
    if new.file.is_some() { ValueSource::File } else { ValueSource::Manual }
}
