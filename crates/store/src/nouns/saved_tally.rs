//! Saved tallies: where computing starts from.

use diesel::prelude::*;
use survey::{EditionId, Scope, Timestamp};

use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::saved_tally::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, key};

/// The tally of a questionnaire under one plan up to an event.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = saved_tally)]
pub struct SavedTally {
    /// Of which edition.
    pub edition_id: EditionId,
    /// Of which questionnaire.
    pub form_id: String,
    /// Hash of the plan that it was counted with.
    pub plan_hash: String,
    /// `seq` of the last event that is in it.
    pub as_of: i64,
    /// The tally.
    pub body: String,
    /// When it was saved.
    pub saved_at: Timestamp,
}

impl Tx<'_> {
    /// The saved tally of a questionnaire under a plan.
    pub fn saved_tally_find(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
        plan_hash: &str,
    ) -> Result<Option<SavedTally>, StoreError> {
        let one = dsl::saved_tally
            .find((key(scope.programme), key(edition), form, plan_hash))
            .select(SavedTally::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// Saves a tally unless one that is as new is saved already; says whether it did.
    pub fn saved_tally_keep(&mut self, scope: Scope, new: &SavedTally) -> Result<bool, StoreError> {
        let older = dsl::saved_tally
            .find((key(scope.programme), key(new.edition_id), &new.form_id, &new.plan_hash))
            .filter(dsl::as_of.lt(new.as_of));
        let row = (dsl::as_of.eq(new.as_of), dsl::body.eq(&new.body), dsl::saved_at.eq(At(new.saved_at)));
        if self.run(|c| diesel::update(older).set(row).execute(c))? > 0 {
            return Ok(true);
        }
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::form_id.eq(&new.form_id),
            dsl::plan_hash.eq(&new.plan_hash),
            dsl::as_of.eq(new.as_of),
            dsl::body.eq(&new.body),
            dsl::saved_at.eq(At(new.saved_at)),
        );
        let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::saved_tally).values(row).on_conflict_do_nothing().execute(k));
        self.run(insert).map(|n| n > 0)
    }
}
