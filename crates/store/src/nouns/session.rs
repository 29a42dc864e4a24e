//! Sessions of respondents.

use diesel::prelude::*;
use survey::{AccessId, ProgrammeId, Scope, SessionId, Timestamp};

use super::{Access, Edition, Invitation};
use crate::error::StoreError;
use crate::schema::session::{self, dsl};
use crate::schema::{access, edition, invitation, programme};
use crate::tx::Tx;
use crate::types::{At, key};

/// A respondent at work.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = session)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Fingerprint of the secret in the cookie.
    pub fingerprint: String,
    /// The access that it began with.
    pub access_id: AccessId,
    /// Generation of the access then.
    pub generation: i32,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
}

/// Everything that a session leads to. Each request begins with it, so it is asked for in one query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// The tenant.
    pub programme: ProgrammeId,
    /// When the tenant's file was last loaded.
    pub programme_updated_at: Timestamp,
    /// The session.
    pub session: Session,
    /// Its way in.
    pub access: Access,
    /// Where that leads.
    pub invitation: Invitation,
    /// The edition of the invitation.
    pub edition: Edition,
}

impl Tx<'_> {
    /// Stores a new session.
    pub fn session_insert(&mut self, scope: Scope, new: &Session) -> Result<(), StoreError> {
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::fingerprint.eq(&new.fingerprint),
            dsl::access_id.eq(key(new.access_id)),
            dsl::generation.eq(new.generation),
            dsl::created_at.eq(At(new.created_at)),
            dsl::last_seen_at.eq(At(new.last_seen_at)),
        );
        self.run(|c| diesel::insert_into(dsl::session).values(row).execute(c)).map(drop)
    }

    /// The session of a cookie with its programme and access. `None` also when the access was revoked or issued
    /// again since. How long a session lives is decided elsewhere.
    pub fn session_find(
        &mut self,
        fingerprint: &str,
    ) -> Result<Option<(ProgrammeId, Session, Access)>, StoreError> {
        let same = access::programme_id.eq(dsl::programme_id).and(access::id.eq(dsl::access_id));
        let one = dsl::session
            .inner_join(access::table.on(same))
            .filter(dsl::fingerprint.eq(fingerprint))
            .filter(access::generation.eq(dsl::generation))
            .filter(access::revoked_at.is_null())
            .select((dsl::programme_id, Session::as_select(), Access::as_select()));
        self.run(|c| one.first(c).optional())
    }

    /// The same with everything that the session leads to.
    pub fn session_find_seated(&mut self, fingerprint: &str) -> Result<Option<Seated>, StoreError> {
        let same_access = access::programme_id.eq(dsl::programme_id).and(access::id.eq(dsl::access_id));
        let same_invitation =
            invitation::programme_id.eq(access::programme_id).and(invitation::id.eq(access::invitation_id));
        let same_edition =
            edition::programme_id.eq(invitation::programme_id).and(edition::id.eq(invitation::edition_id));
        let one = dsl::session
            .inner_join(access::table.on(same_access))
            .inner_join(invitation::table.on(same_invitation))
            .inner_join(edition::table.on(same_edition))
            .inner_join(programme::table.on(programme::id.eq(dsl::programme_id)))
            .filter(dsl::fingerprint.eq(fingerprint))
            .filter(access::generation.eq(dsl::generation))
            .filter(access::revoked_at.is_null())
            .select((
                (dsl::programme_id, programme::updated_at),
                Session::as_select(),
                Access::as_select(),
                Invitation::as_select(),
                Edition::as_select(),
            ));
        type Row = ((ProgrammeId, Timestamp), Session, Access, Invitation, Edition);
        let row: Option<Row> = self.run(|c| one.first(c).optional())?;
        Ok(row.map(|((programme, programme_updated_at), session, access, invitation, edition)| Seated {
            programme,
            programme_updated_at,
            session,
            access,
            invitation,
            edition,
        }))
    }

    /// Notes that a session was used; never moves the time back. `false` when it is gone or was used later.
    pub fn session_touch(&mut self, scope: Scope, id: SessionId, at: Timestamp) -> Result<bool, StoreError> {
        let one = dsl::session.find((key(scope.programme), key(id))).filter(dsl::last_seen_at.lt(At(at)));
        self.run(|c| diesel::update(one).set(dsl::last_seen_at.eq(At(at))).execute(c)).map(|n| n > 0)
    }

    /// Ends a session; `false` when it is gone.
    pub fn session_delete(&mut self, scope: Scope, id: SessionId) -> Result<bool, StoreError> {
        let one = dsl::session.find((key(scope.programme), key(id)));
        self.run(|c| diesel::delete(one).execute(c)).map(|n| n > 0)
    }

    /// Ends the sessions of a programme that were last used before `before`, and gives their number.
    pub fn session_delete_idle(&mut self, scope: Scope, before: Timestamp) -> Result<usize, StoreError> {
        let idle = dsl::session
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::last_seen_at.lt(At(before)));
        self.run(|c| diesel::delete(idle).execute(c))
    }
}
