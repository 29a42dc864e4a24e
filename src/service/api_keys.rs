//! Bearer keys of the read-only API.

use serde_json::json;
use store::{ApiKey, StoreError};
use survey::access::RandomSecret;
use survey::{ApiKeyId, ProgrammeId};

use super::audit::COMMAND;
use super::{Refused, Service};

impl Service {
    /// Makes a key for a programme; the secret is given once and only its fingerprint is kept.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when there is no such programme.
    pub fn api_key_add(&self, programme: &str, name: &str) -> Result<RandomSecret, Refused> {
        let scope = self.programme(programme)?.scope();
        let secret = RandomSecret::from_random(self.bytes());
        let key = ApiKey {
            id: self.id::<ApiKeyId>(),
            fingerprint: secret.fingerprint(),
            name: name.to_owned(),
            created_at: self.now(),
            revoked_at: None,
        };
        let note = self.note(COMMAND, "api_key.add", name, json!({}));
        self.store.write("api_key_add", move |tx| -> Result<(), StoreError> {
            tx.api_key_insert(scope, &key)?;
            tx.audit_append(scope, &note)
        })?;
        Ok(secret)
    }

    /// The programme that a bearer key opens.
    ///
    /// # Errors
    /// [`Refused::NoSession`] for an unknown or revoked key.
    pub fn api_key_programme(&self, bearer: &str) -> Result<ProgrammeId, Refused> {
        let secret = RandomSecret::parse(bearer).map_err(|_| Refused::NoSession)?;
        let fingerprint = secret.fingerprint();
        let found = self.store.read("api_key", |tx| tx.api_key_find(&fingerprint))?;
        found.map(|(programme, _)| programme).ok_or(Refused::NoSession)
    }

    /// All keys of a programme, the oldest first.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when there is no such programme.
    pub fn api_keys(&self, programme: &str) -> Result<Vec<ApiKey>, Refused> {
        let scope = self.programme(programme)?.scope();
        Ok(self.store.read("api_keys", |tx| tx.api_key_list(scope))?)
    }

    /// Revokes every key of this name; returns how many there were.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`] when there is no such programme.
    pub fn api_key_revoke(&self, programme: &str, name: &str) -> Result<usize, Refused> {
        let scope = self.programme(programme)?.scope();
        let note = self.note(COMMAND, "api_key.revoke", name, json!({}));
        let (name, now) = (name.to_owned(), self.now());
        Ok(self.store.write("api_key_revoke", move |tx| -> Result<usize, StoreError> {
            let keys = tx.api_key_list(scope)?;
            let mut revoked = 0;
            for key in keys.iter().filter(|key| key.name == name) {
                revoked += usize::from(tx.api_key_revoke(scope, key.id, now)?);
            }
            tx.audit_append(scope, &note)?;
            Ok(revoked)
        })?)
    }
}
