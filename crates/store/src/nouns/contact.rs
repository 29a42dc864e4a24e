//! Answers about persons, kept apart from all others.

use diesel::prelude::*;
use form::answers::Raw;
use serde::{Deserialize, Serialize};
use survey::merge::FieldChange;
use survey::{InvitationId, Scope, Timestamp};

use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::contact::{self, dsl};
use crate::tx::{Tx, within};
use crate::types::{At, Json, key};

/// The contact of an invitation.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = contact)]
pub struct Contact {
    /// Raised by each saving.
    pub rev: i64,
    /// Answers to the questions marked `personal`.
    pub answers: Raw,
    /// How they came about, the oldest first. Kept here and not with the other changes, so that it goes with the row.
    pub history: ContactHistory,
    /// When it was saved.
    pub updated_at: Timestamp,
}

/// The changes of a contact, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactHistory(pub Vec<ContactChange>);

/// One change of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactChange {
    /// The revision of the draft that the same saving made.
    pub rev: i64,
    /// What changed.
    #[serde(flatten)]
    pub change: FieldChange,
}

impl Tx<'_> {
    /// The contact of an invitation.
    pub fn contact_find(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
    ) -> Result<Option<Contact>, StoreError> {
        within(scope, invitation)?;
        let one = dsl::contact.find((key(scope.programme), key(invitation))).select(Contact::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// Stores the contact if it is still at revision `seen` (0: there is none yet); gives the next revision, or
    /// `None` when somebody saved in between.
    pub fn contact_save(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        seen: i64,
        answers: &Raw,
        history: &ContactHistory,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        within(scope, invitation)?;
        let row = (
            dsl::rev.eq(seen + 1),
            dsl::answers.eq(Json::of(answers)),
            dsl::history.eq(Json::of(history)),
            dsl::updated_at.eq(At(at)),
        );
        let stored = if seen == 0 {
            let row = (
                dsl::programme_id.eq(key(scope.programme)),
                dsl::invitation_id.eq(key(invitation)),
                row.0,
                row.1,
                row.2,
                row.3,
            );
            let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::contact).values(row).on_conflict_do_nothing().execute(k));
            self.run(insert)?
        } else {
            let one = dsl::contact.find((key(scope.programme), key(invitation))).filter(dsl::rev.eq(seen));
            self.run(|c| diesel::update(one).set(row).execute(c))?
        };
        Ok((stored > 0).then_some(seen + 1))
    }

    /// Deletes the contact of an invitation; `false` when there is none.
    pub fn contact_delete(&mut self, scope: Scope, invitation: InvitationId) -> Result<bool, StoreError> {
        within(scope, invitation)?;
        let one = dsl::contact.find((key(scope.programme), key(invitation)));
        self.run(|c| diesel::delete(one).execute(c)).map(|n| n > 0)
    }
}
