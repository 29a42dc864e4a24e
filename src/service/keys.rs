//! Keys that secrets are derived from: the database knows each one's name and check value, never the key.

use store::{LinkKey, StoreError};
use survey::access::{Key, KeyId, KeyMismatch};

use super::{Refused, Service};

/// What the keys of the instance are for.
const PURPOSE: &str = "links";

impl Service {
    /// Refuses to go on with keys other than those that the database was made with.
    ///
    /// # Errors
    /// [`Refused::Keys`] with one sentence per missing or different key.
    pub fn verify_keys(&self) -> Result<(), Refused> {
        let rows = self.store.read("verify_keys", |tx| tx.link_key_list())?;
        let known: Vec<(KeyId, String)> = rows
            .into_iter()
            .filter(|row| row.retired_at.is_none())
            .filter_map(|row| Some((KeyId::parse(&row.id).ok()?, row.check_value)))
            .collect();
        let wrong = self.keys.verify(known.iter().map(|(id, check)| (id, check.as_str())));
        if wrong.is_empty() { Ok(()) } else { Err(Refused::Keys(wrong.iter().map(sentence).collect())) }
    }

    /// Notes name and check value of keys that rows are about to be made with.
    pub(super) fn remember_keys(&self, keys: &[&Key]) -> Result<(), Refused> {
        for key in keys {
            let row = LinkKey {
                id: key.id().to_string(),
                check_value: key.check_value(),
                purpose: PURPOSE.into(),
                created_at: self.now(),
                retired_at: None,
            };
            match self.store.write("remember_key", move |tx| tx.link_key_insert(&row)) {
                Err(error) if error.is_taken("link_key") => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// The keys that the database knows, the oldest first.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn known_keys(&self) -> Result<Vec<LinkKey>, StoreError> {
        self.store.read("known_keys", |tx| tx.link_key_list())
    }
}

fn sentence(mismatch: &KeyMismatch) -> String {
    match mismatch {
        KeyMismatch::Missing(id) => {
            format!(
                "brak klucza {id}, którego używa ta baza. Proszę przywrócić plik {id}.key z kopii zapasowej do folderu kluczy"
            )
        }
        KeyMismatch::Different(id) => {
            format!(
                "klucz {id} jest inny niż ten, z którym powstała ta baza. Proszę przywrócić właściwy plik {id}.key"
            )
        }
    }
}
