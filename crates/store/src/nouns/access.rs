//! Accesses: the ways into an invitation.

use diesel::prelude::*;
use survey::access::Allowed;
use survey::{AccessId, EditionId, InvitationId, ProgrammeId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::{access, invitation};
use crate::tx::{Tx, within};
use crate::types::{AccessKind, At, Json, key};

/// One way into an invitation. Its secret is derived from a key, never stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = access)]
pub struct Access {
    /// Its id.
    pub id: AccessId,
    /// Where it leads.
    pub invitation_id: InvitationId,
    /// Link, letter code or a colleague's link.
    pub kind: AccessKind,
    /// The part of the secret by which it is found.
    pub selector: String,
    /// Raised when it is issued again: older secrets and sessions end.
    pub generation: i32,
    /// Id of the key that its secret is derived with.
    pub key_id: String,
    /// What it may open.
    pub sections: Allowed,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When its selector became free for others.
    pub archived_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Stores new accesses and gives the ids of those stored. The others have a selector that is taken among the
    /// accesses of their kind that are not archived: draw another one and try again.
    pub fn access_insert_all(&mut self, scope: Scope, new: &[Access]) -> Result<Vec<AccessId>, StoreError> {
        use access::dsl;
        let mut stored = Vec::with_capacity(new.len());
        for chunk in new.chunks(CHUNK) {
            for access in chunk {
                within(scope, access.invitation_id)?;
            }
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::id.eq(key(new.id)),
                        dsl::invitation_id.eq(key(new.invitation_id)),
                        dsl::kind.eq(new.kind),
                        dsl::selector.eq(&new.selector),
                        dsl::generation.eq(new.generation),
                        dsl::key_id.eq(&new.key_id),
                        dsl::sections.eq(Json::of(&new.sections)),
                        dsl::created_at.eq(At(new.created_at)),
                        dsl::revoked_at.eq(new.revoked_at.map(At)),
                        dsl::archived_at.eq(new.archived_at.map(At)),
                    )
                })
                .collect();
            let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::access).values(rows).on_conflict_do_nothing().execute(k));
            self.run(insert)?;
            let chunk_ids: Vec<_> = chunk.iter().map(|new| key(new.id)).collect();
            let there = dsl::access
                .filter(dsl::programme_id.eq(key(scope.programme)))
                .filter(dsl::id.eq_any(chunk_ids))
                .select(dsl::id);
            let ids: Vec<AccessId> = self.run(|c| there.load(c))?;
            stored.extend(ids);
        }
        Ok(stored)
    }

    /// The access that a link or code names, revoked ones included, and its programme. Whoever asks knows no more.
    pub fn access_find_by_selector(
        &mut self,
        letter: bool,
        selector: &str,
    ) -> Result<Option<(ProgrammeId, Access)>, StoreError> {
        use access::dsl;
        let kinds: &[AccessKind] =
            if letter { &[AccessKind::Letter] } else { &[AccessKind::Link, AccessKind::Colleague] };
        let one = dsl::access
            .filter(dsl::kind.eq_any(kinds))
            .filter(dsl::selector.eq(selector))
            .filter(dsl::archived_at.is_null())
            .select((dsl::programme_id, Access::as_select()));
        self.run(|c| one.first(c).optional())
    }

    /// The access with this id.
    pub fn access_find(&mut self, scope: Scope, id: AccessId) -> Result<Option<Access>, StoreError> {
        let one = access::table.find((key(scope.programme), key(id))).select(Access::as_select());
        let found: Option<Access> = self.run(|c| one.first(c).optional())?;
        Ok(found.filter(|access| scope.allows(access.invitation_id)))
    }

    /// The accesses of an invitation, the oldest first.
    pub fn access_list(&mut self, scope: Scope, invitation: InvitationId) -> Result<Vec<Access>, StoreError> {
        use access::dsl;
        within(scope, invitation)?;
        let all = dsl::access
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::invitation_id.eq(key(invitation)))
            .order((dsl::created_at, dsl::id))
            .select(Access::as_select());
        self.run(|c| all.load(c))
    }

    /// The offices' links and letter codes of an edition that are not revoked, by invitation; not the colleagues'.
    pub fn access_list_by_edition(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<Access>, StoreError> {
        use access::dsl;
        let same = invitation::programme_id.eq(dsl::programme_id).and(invitation::id.eq(dsl::invitation_id));
        let all = dsl::access
            .inner_join(invitation::table.on(same))
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(invitation::edition_id.eq(key(edition)))
            .filter(dsl::kind.ne(AccessKind::Colleague))
            .filter(dsl::revoked_at.is_null())
            .order((dsl::invitation_id, dsl::kind, dsl::id))
            .select(Access::as_select());
        self.run(|c| all.load(c))
    }

    /// Issues an access again: raises its generation and gives the new one; `None` when it is no longer the
    /// generation that was seen, or is revoked.
    pub fn access_reissue(
        &mut self,
        scope: Scope,
        id: AccessId,
        seen: i32,
    ) -> Result<Option<i32>, StoreError> {
        use access::dsl;
        let one = dsl::access
            .find((key(scope.programme), key(id)))
            .filter(dsl::generation.eq(seen))
            .filter(dsl::revoked_at.is_null());
        let raised = dsl::generation.eq(dsl::generation + 1);
        self.run(|c| diesel::update(one).set(raised).returning(dsl::generation).get_result(c).optional())
    }

    /// Revokes an access; `false` when it already is.
    pub fn access_revoke(&mut self, scope: Scope, id: AccessId, at: Timestamp) -> Result<bool, StoreError> {
        use access::dsl;
        let one = dsl::access.find((key(scope.programme), key(id))).filter(dsl::revoked_at.is_null());
        self.run(|c| diesel::update(one).set(dsl::revoked_at.eq(Some(At(at)))).execute(c)).map(|n| n > 0)
    }

    /// Frees the selectors of an edition's accesses and gives their number.
    pub fn access_archive(
        &mut self,
        scope: Scope,
        edition: EditionId,
        at: Timestamp,
    ) -> Result<usize, StoreError> {
        use access::dsl;
        let of_edition = invitation::table
            .filter(invitation::programme_id.eq(key(scope.programme)))
            .filter(invitation::edition_id.eq(key(edition)))
            .select(invitation::id);
        let all = dsl::access
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::invitation_id.eq_any(of_edition))
            .filter(dsl::archived_at.is_null());
        self.run(|c| diesel::update(all).set(dsl::archived_at.eq(Some(At(at)))).execute(c))
    }
}
