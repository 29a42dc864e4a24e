//! Bearer keys of the API, and what is known of the keys that links are derived from.

use diesel::prelude::*;
use survey::{ApiKeyId, ProgrammeId, Scope, Timestamp};

use crate::error::StoreError;
use crate::schema::{api_key, link_key};
use crate::tx::Tx;
use crate::types::{At, key};

/// A bearer key of the API.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = api_key)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Fingerprint of the key, which is not kept itself.
    pub fingerprint: String,
    /// Whose, or what for.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// What is known of a key of the instance; the key itself is never in the database.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = link_key)]
pub struct LinkKey {
    /// Its id.
    pub id: String,
    /// Tells the key from another one with the same id.
    pub check_value: String,
    /// What it is for.
    pub purpose: String,
    /// When it was first used with this database.
    pub created_at: Timestamp,
    /// Since when nothing new is derived from it.
    pub retired_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Stores a new key of the API.
    pub fn api_key_insert(&mut self, scope: Scope, new: &ApiKey) -> Result<(), StoreError> {
        use api_key::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::fingerprint.eq(&new.fingerprint),
            dsl::name.eq(&new.name),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::api_key).values(row).execute(c)).map(drop)
    }

    /// The key with this fingerprint and its programme, unless it is revoked.
    pub fn api_key_find(&mut self, fingerprint: &str) -> Result<Option<(ProgrammeId, ApiKey)>, StoreError> {
        use api_key::dsl;
        let one = dsl::api_key
            .filter(dsl::fingerprint.eq(fingerprint))
            .filter(dsl::revoked_at.is_null())
            .select((dsl::programme_id, ApiKey::as_select()));
        self.run(|c| one.first(c).optional())
    }

    /// All keys of the programme, the oldest first.
    pub fn api_key_list(&mut self, scope: Scope) -> Result<Vec<ApiKey>, StoreError> {
        use api_key::dsl;
        let all = dsl::api_key
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order(dsl::id)
            .select(ApiKey::as_select());
        self.run(|c| all.load(c))
    }

    /// Revokes a key; `false` when it already is.
    pub fn api_key_revoke(&mut self, scope: Scope, id: ApiKeyId, at: Timestamp) -> Result<bool, StoreError> {
        use api_key::dsl;
        let one = dsl::api_key.find((key(scope.programme), key(id))).filter(dsl::revoked_at.is_null());
        self.run(|c| diesel::update(one).set(dsl::revoked_at.eq(Some(At(at)))).execute(c)).map(|n| n > 0)
    }

    /// Notes a key of the instance.
    ///
    /// # Errors
    /// `Refused` when its id is known.
    pub fn link_key_insert(&mut self, new: &LinkKey) -> Result<(), StoreError> {
        use link_key::dsl;
        let row = (
            dsl::id.eq(&new.id),
            dsl::check_value.eq(&new.check_value),
            dsl::purpose.eq(&new.purpose),
            dsl::created_at.eq(At(new.created_at)),
            dsl::retired_at.eq(new.retired_at.map(At)),
        );
        self.run(|c| diesel::insert_into(dsl::link_key).values(row).execute(c)).map(drop)
    }

    /// All keys of the instance, the oldest first.
    pub fn link_key_list(&mut self) -> Result<Vec<LinkKey>, StoreError> {
        use link_key::dsl;
        let all = dsl::link_key.order((dsl::created_at, dsl::id)).select(LinkKey::as_select());
        self.run(|c| all.load(c))
    }

    /// Notes that nothing new is derived from a key; `false` when that was noted before.
    pub fn link_key_retire(&mut self, id: &str, at: Timestamp) -> Result<bool, StoreError> {
        use link_key::dsl;
        let one = dsl::link_key.find(id).filter(dsl::retired_at.is_null());
        self.run(|c| diesel::update(one).set(dsl::retired_at.eq(Some(At(at)))).execute(c)).map(|n| n > 0)
    }
}
