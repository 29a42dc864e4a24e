//! The history of drafts.

use diesel::prelude::*;
use survey::{AccessId, InvitationId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::both;
use crate::error::StoreError;
use crate::schema::change::{self, dsl};
use crate::tx::{Tx, within};
use crate::types::{At, key};

/// One field that went from one text to another; the empty text stands for no answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = change)]
pub struct Change {
    /// The revision that the saving made.
    pub rev: i64,
    /// Address of the field.
    pub path: String,
    /// Its text before.
    pub old: String,
    /// Its text since.
    pub new: String,
    /// The drawn page that it came from.
    pub page: String,
    /// By which access; `None` when not by a respondent.
    pub access_id: Option<AccessId>,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Stores the changes of one saving, in their order. All of one revision come in one call.
    ///
    /// # Errors
    /// `Refused` when the revision has changes already.
    pub fn change_insert_all(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        changes: &[Change],
    ) -> Result<(), StoreError> {
        within(scope, invitation)?;
        let numbered: Vec<_> = (0i32..).zip(changes).collect();
        for chunk in numbered.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|(position, new)| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::invitation_id.eq(key(invitation)),
                        dsl::rev.eq(new.rev),
                        dsl::position.eq(*position),
                        dsl::path.eq(&new.path),
                        dsl::old.eq(&new.old),
                        dsl::new.eq(&new.new),
                        dsl::page.eq(&new.page),
                        dsl::access_id.eq(new.access_id.map(key)),
                        dsl::at.eq(At(new.at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::change).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// The changes after a revision, in their order.
    pub fn change_list_after(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        rev: i64,
    ) -> Result<Vec<Change>, StoreError> {
        within(scope, invitation)?;
        let all = dsl::change
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::invitation_id.eq(key(invitation)))
            .filter(dsl::rev.gt(rev))
            .order((dsl::rev, dsl::position))
            .select(Change::as_select());
        self.run(|c| all.load(c))
    }
}
