//! People who use the panel, what they may do, and their sessions.

use diesel::prelude::*;
use survey::{ProgrammeId, Scope, SessionId, Timestamp, UserId};

use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::{panel_role, panel_session, panel_user};
use crate::tx::Tx;
use crate::types::{At, Role, key};

/// A person who uses the panel, whatever the programme.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = panel_user)]
pub struct PanelUser {
    /// Its id.
    pub id: UserId,
    /// Login, unique.
    pub login: String,
    /// Hash of the password in the PHC format.
    pub password_hash: String,
    /// Secret of the second factor.
    pub totp_secret: Option<String>,
    /// Failed logins since the last good one.
    pub failed: i32,
    /// No login before.
    pub locked_until: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When password or second factor last changed.
    pub updated_at: Timestamp,
}

/// Hash and secret are never printed.
impl std::fmt::Debug for PanelUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PanelUser").field("id", &self.id).field("login", &self.login).finish_non_exhaustive()
    }
}

/// A person at work in the panel.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = panel_session)]
pub struct PanelSession {
    /// Its id.
    pub id: SessionId,
    /// Fingerprint of the secret in the cookie.
    pub fingerprint: String,
    /// Whose.
    pub user_id: UserId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_seen_at: Timestamp,
}

impl Tx<'_> {
    /// Stores a new user.
    ///
    /// # Errors
    /// `Refused` when the login is taken.
    pub fn user_insert(&mut self, new: &PanelUser) -> Result<(), StoreError> {
        use panel_user::dsl;
        let row = (
            dsl::id.eq(key(new.id)),
            dsl::login.eq(&new.login),
            dsl::password_hash.eq(&new.password_hash),
            dsl::totp_secret.eq(&new.totp_secret),
            dsl::failed.eq(0),
            dsl::created_at.eq(At(new.created_at)),
            dsl::updated_at.eq(At(new.updated_at)),
        );
        self.run(|c| diesel::insert_into(dsl::panel_user).values(row).execute(c)).map(drop)
    }

    /// The user with this login.
    pub fn user_find_by_login(&mut self, login: &str) -> Result<Option<PanelUser>, StoreError> {
        let one = panel_user::table.filter(panel_user::login.eq(login)).select(PanelUser::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// All users by login.
    pub fn user_list(&mut self) -> Result<Vec<PanelUser>, StoreError> {
        let all = panel_user::table.order(panel_user::login).select(PanelUser::as_select());
        self.run(|c| all.load(c))
    }

    /// Stores a new password hash and ends the lock and all sessions; `false` when there is no such user.
    pub fn user_set_password(&mut self, id: UserId, hash: &str, at: Timestamp) -> Result<bool, StoreError> {
        use panel_user::dsl;
        let row = (
            dsl::password_hash.eq(hash),
            dsl::failed.eq(0),
            dsl::locked_until.eq(None::<At>),
            dsl::updated_at.eq(At(at)),
        );
        let one = dsl::panel_user.find(key(id));
        let changed = self.run(|c| diesel::update(one).set(row).execute(c))? > 0;
        let sessions = panel_session::table.filter(panel_session::user_id.eq(key(id)));
        self.run(|c| diesel::delete(sessions).execute(c))?;
        Ok(changed)
    }

    /// Counts a failed login and gives the number since the last good one; `None` when there is no such user.
    pub fn user_note_failure(&mut self, id: UserId) -> Result<Option<i32>, StoreError> {
        use panel_user::dsl;
        let one = dsl::panel_user.find(key(id));
        let counted = dsl::failed.eq(dsl::failed + 1);
        self.run(|c| diesel::update(one).set(counted).returning(dsl::failed).get_result(c).optional())
    }

    /// Lets a user not log in before `until`.
    pub fn user_lock(&mut self, id: UserId, until: Timestamp) -> Result<bool, StoreError> {
        use panel_user::dsl;
        let one = dsl::panel_user.find(key(id));
        self.run(|c| diesel::update(one).set(dsl::locked_until.eq(Some(At(until)))).execute(c)).map(|n| n > 0)
    }

    /// Forgets failed logins after a good one.
    pub fn user_clear_failures(&mut self, id: UserId) -> Result<bool, StoreError> {
        use panel_user::dsl;
        let row = (dsl::failed.eq(0), dsl::locked_until.eq(None::<At>));
        let one = dsl::panel_user.find(key(id));
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// Gives a user a role in a programme, or another one.
    pub fn role_put(
        &mut self,
        scope: Scope,
        user: UserId,
        role: Role,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        use panel_role::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::user_id.eq(key(user)),
            dsl::role.eq(role),
            dsl::created_at.eq(At(at)),
        );
        let put = |c: &mut AnyConnection| {
            both!(c, k => diesel::insert_into(dsl::panel_role)
                .values(row)
                .on_conflict((dsl::programme_id, dsl::user_id))
                .do_update()
                .set(dsl::role.eq(role))
                .execute(k))
        };
        self.run(put).map(drop)
    }

    /// What a user may do in a programme.
    pub fn role_find(&mut self, scope: Scope, user: UserId) -> Result<Option<Role>, StoreError> {
        let one = panel_role::table.find((key(scope.programme), key(user))).select(panel_role::role);
        self.run(|c| one.first(c).optional())
    }

    /// The programmes of a user.
    pub fn role_list(&mut self, user: UserId) -> Result<Vec<(ProgrammeId, Role)>, StoreError> {
        use panel_role::dsl;
        let all = dsl::panel_role
            .filter(dsl::user_id.eq(key(user)))
            .order(dsl::programme_id)
            .select((dsl::programme_id, dsl::role));
        self.run(|c| all.load(c))
    }

    /// Stores a new session of the panel.
    pub fn panel_session_insert(&mut self, new: &PanelSession) -> Result<(), StoreError> {
        use panel_session::dsl;
        let row = (
            dsl::id.eq(key(new.id)),
            dsl::fingerprint.eq(&new.fingerprint),
            dsl::user_id.eq(key(new.user_id)),
            dsl::created_at.eq(At(new.created_at)),
            dsl::last_seen_at.eq(At(new.last_seen_at)),
        );
        self.run(|c| diesel::insert_into(dsl::panel_session).values(row).execute(c)).map(drop)
    }

    /// The session of a cookie and its user.
    pub fn panel_session_find(
        &mut self,
        fingerprint: &str,
    ) -> Result<Option<(PanelSession, PanelUser)>, StoreError> {
        use panel_session::dsl;
        let one = dsl::panel_session
            .inner_join(panel_user::table.on(panel_user::id.eq(dsl::user_id)))
            .filter(dsl::fingerprint.eq(fingerprint))
            .select((PanelSession::as_select(), PanelUser::as_select()));
        self.run(|c| one.first(c).optional())
    }

    /// Notes that a session was used; never moves the time back. `false` when it is gone or was used later.
    pub fn panel_session_touch(&mut self, id: SessionId, at: Timestamp) -> Result<bool, StoreError> {
        use panel_session::dsl;
        let one = dsl::panel_session.find(key(id)).filter(dsl::last_seen_at.lt(At(at)));
        self.run(|c| diesel::update(one).set(dsl::last_seen_at.eq(At(at))).execute(c)).map(|n| n > 0)
    }

    /// Ends a session; `false` when it is gone.
    pub fn panel_session_delete(&mut self, id: SessionId) -> Result<bool, StoreError> {
        let one = panel_session::table.find(key(id));
        self.run(|c| diesel::delete(one).execute(c)).map(|n| n > 0)
    }

    /// Ends the sessions that were last used before `before`, and gives their number.
    pub fn panel_session_delete_idle(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let idle = panel_session::table.filter(panel_session::last_seen_at.lt(At(before)));
        self.run(|c| diesel::delete(idle).execute(c))
    }
}
