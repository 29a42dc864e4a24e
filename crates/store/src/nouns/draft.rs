//! Drafts: responses as they are being filled in.

use diesel::prelude::*;
use form::answers::Raw;
use survey::{EditionId, InvitationId, Scope, Timestamp};

use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::draft::{self, dsl};
use crate::schema::invitation;
use crate::tx::{Tx, within};
use crate::types::{At, Json, key};

/// The response of an invitation as it is being filled in.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = draft)]
pub struct Draft {
    /// Of which invitation.
    pub invitation_id: InvitationId,
    /// Raised by each saving.
    pub rev: i64,
    /// What was typed.
    pub answers: Raw,
    /// Whether a submitted response is being corrected.
    pub correcting: bool,
    /// When the first answer was saved.
    pub started_at: Timestamp,
    /// When the last answer was saved.
    pub updated_at: Timestamp,
}

impl Tx<'_> {
    /// The draft of an invitation; `None` when nothing was saved yet.
    pub fn draft_find(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
    ) -> Result<Option<Draft>, StoreError> {
        within(scope, invitation)?;
        let one = dsl::draft.find((key(scope.programme), key(invitation))).select(Draft::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// Stores the first revision of a draft, number `rev`; `false` when there is a draft already.
    pub fn draft_start(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        rev: i64,
        answers: &Raw,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        within(scope, invitation)?;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::invitation_id.eq(key(invitation)),
            dsl::rev.eq(rev),
            dsl::answers.eq(Json::of(answers)),
            dsl::correcting.eq(false),
            dsl::started_at.eq(At(at)),
            dsl::updated_at.eq(At(at)),
        );
        let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::draft).values(row).on_conflict_do_nothing().execute(k));
        self.run(insert).map(|n| n > 0)
    }

    /// Stores answers if the draft is still at revision `seen`; gives the next revision, or `None` when somebody
    /// saved in between.
    pub fn draft_update_guarded(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        seen: i64,
        answers: &Raw,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        within(scope, invitation)?;
        let one = dsl::draft.find((key(scope.programme), key(invitation))).filter(dsl::rev.eq(seen));
        let row = (dsl::rev.eq(seen + 1), dsl::answers.eq(Json::of(answers)), dsl::updated_at.eq(At(at)));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| (n > 0).then_some(seen + 1))
    }

    /// Begins or ends a correction if the draft is still at revision `seen`; gives the next revision, or `None` when
    /// somebody saved in between or the draft already stands so.
    pub fn draft_set_correcting(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        seen: i64,
        correcting: bool,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        within(scope, invitation)?;
        let one = dsl::draft
            .find((key(scope.programme), key(invitation)))
            .filter(dsl::rev.eq(seen))
            .filter(dsl::correcting.eq(!correcting));
        let row = (dsl::rev.eq(seen + 1), dsl::correcting.eq(correcting), dsl::updated_at.eq(At(at)));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| (n > 0).then_some(seen + 1))
    }

    /// The next drafts of an edition by invitation, at most `limit`.
    pub fn draft_page(
        &mut self,
        scope: Scope,
        edition: EditionId,
        after: Option<InvitationId>,
        limit: u32,
    ) -> Result<Vec<Draft>, StoreError> {
        let same = invitation::programme_id.eq(dsl::programme_id).and(invitation::id.eq(dsl::invitation_id));
        let page = dsl::draft
            .inner_join(invitation::table.on(same))
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(invitation::edition_id.eq(key(edition)))
            // No id is smaller than the nil one, and none is equal to it.
            .filter(dsl::invitation_id.gt(key(after.unwrap_or(InvitationId(uuid::Uuid::nil())))))
            .order(dsl::invitation_id)
            .limit(i64::from(limit))
            .select(Draft::as_select());
        self.run(|c| page.load(c))
    }
}
