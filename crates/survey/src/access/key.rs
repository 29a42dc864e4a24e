//! Keys that secrets are derived from.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::crockford;

/// Name of a key: 1 to 32 small letters, digits and hyphens. Stored with every access that the key serves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KeyId(String);

/// A key: 32 random bytes and a name. Neither printing nor logging shows the bytes.
#[derive(Clone)]
pub struct Key {
    id: KeyId,
    bytes: [u8; 32],
}

/// The text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// The name is not 1 to 32 small letters, digits and hyphens.
    #[error("the name of a key is 1 to 32 small letters, digits and hyphens")]
    Id,
    /// Not `name:` with 52 characters of Crockford base32 after it.
    #[error("a key is its name, a colon and 52 characters of Crockford base32")]
    Text,
}

/// The loaded key is another one than the database knows by this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyMismatch {
    /// No key of this name is loaded.
    #[error("key {0} is not loaded")]
    Missing(KeyId),
    /// The key's check value differs from the stored one.
    #[error("key {0} is not the one that this database was made with")]
    Different(KeyId),
}

/// What a MAC is for; a MAC of one purpose never passes for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Check,
    Link,
    LetterCode,
    Csrf,
    PanelCsrf,
    Invitation,
}

impl Purpose {
    /// Labels end with a zero byte and none is the beginning of another, so that texts cannot run into each other.
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Check => b"miernik check\0",
            Self::Link => b"miernik link\0",
            Self::LetterCode => b"miernik letter code\0",
            Self::Csrf => b"miernik csrf\0",
            Self::PanelCsrf => b"miernik panel csrf\0",
            Self::Invitation => b"miernik invitation\0",
        }
    }
}

impl KeyId {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, BadKey> {
        let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let fits = (1..=32).contains(&text.len()) && text.bytes().all(allowed);
        if fits { Ok(Self(text.to_owned())) } else { Err(BadKey::Id) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for KeyId {
    type Error = BadKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<KeyId> for String {
    fn from(id: KeyId) -> Self {
        id.0
    }
}

impl Key {
    /// A key from its name and 32 bytes of the injected random source.
    pub fn new(id: KeyId, bytes: [u8; 32]) -> Self {
        Self { id, bytes }
    }

    /// The key's name.
    pub fn id(&self) -> &KeyId {
        &self.id
    }

    /// The text for the key's file or variable: `name:` and 52 characters. The only way by which the bytes leave.
    pub fn reveal(&self) -> String {
        format!("{}:{}", self.id, crockford::encode(&crockford::symbols::<52>(&self.bytes)))
    }

    /// 32 hexadecimal digits by which the database recognizes the key without knowing it.
    pub fn check_value(&self) -> String {
        self.mac(Purpose::Check, &[])[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Compares the stored check value with this key's.
    pub fn verify_check(&self, stored: &str) -> Result<(), KeyMismatch> {
        let same: bool = self.check_value().as_bytes().ct_eq(stored.as_bytes()).into();
        if same { Ok(()) } else { Err(KeyMismatch::Different(self.id.clone())) }
    }

    pub(super) fn mac(&self, purpose: Purpose, message: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.bytes).expect("HMAC takes a key of any length");
        mac.update(purpose.label());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (id, secret) = text.trim().split_once(':').ok_or(BadKey::Text)?;
        let symbols = crockford::decode(secret).map_err(|_| BadKey::Text)?;
        if symbols.len() != 52 {
            return Err(BadKey::Text);
        }
        let bytes = crockford::bytes(&symbols).try_into().map_err(|_| BadKey::Text)?;
        Ok(Self { id: KeyId::parse(id)?, bytes })
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.id.0).finish_non_exhaustive()
    }
}

/// The loaded keys: one for new rows and those that open editions still use.
#[derive(Debug, Clone)]
pub struct KeyRing {
    newest: KeyId,
    keys: BTreeMap<KeyId, Key>,
}

impl KeyRing {
    /// A ring; `newest` serves new rows. A second key of the same name is left out.
    pub fn new(newest: Key, older: impl IntoIterator<Item = Key>) -> Self {
        let id = newest.id.clone();
        let mut keys = BTreeMap::from([(id.clone(), newest)]);
        for key in older {
            keys.entry(key.id.clone()).or_insert(key);
        }
        Self { newest: id, keys }
    }

    /// The key for new rows.
    pub fn newest(&self) -> &Key {
        &self.keys[&self.newest]
    }

    /// The key of this name.
    pub fn get(&self, id: &KeyId) -> Option<&Key> {
        self.keys.get(id)
    }

    /// All keys, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.keys.values()
    }

    /// Compares the ring with what the database knows (name, check value) of keys in use; returns all that is wrong.
    pub fn verify<'a>(&self, known: impl IntoIterator<Item = (&'a KeyId, &'a str)>) -> Vec<KeyMismatch> {
        known
            .into_iter()
            .filter_map(|(id, check)| match self.keys.get(id) {
                None => Some(KeyMismatch::Missing(id.clone())),
                Some(key) => key.verify_check(check).err(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str, byte: u8) -> Key {
        Key::new(KeyId::parse(name).unwrap(), [byte; 32])
    }

    #[test]
    fn printing_a_key_or_a_ring_never_shows_its_bytes() {
        let ring = KeyRing::new(key("2025", 0xAB), [key("2024", 0xCD)]);
        let printed = format!("{ring:?} {:#?}", ring.newest());
        assert!(printed.contains("2025"));
        for leak in ["171", "205", "ab", "AB, ", &ring.newest().reveal()[5..]] {
            assert!(!printed.contains(leak), "{leak} in {printed}");
        }
    }

    #[test]
    fn a_key_reads_back_from_its_file() {
        let made = key("2025", 0x5A);
        let read: Key = format!("{}\n", made.reveal()).parse().unwrap();
        assert_eq!((read.id(), read.bytes), (made.id(), made.bytes));
        for text in ["", "2025", "2025:ABC", "Bad Name:0", &format!("{}0", made.reveal())] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_ring_tells_every_key_that_is_missing_or_another_one() {
        let ring = KeyRing::new(key("2025", 1), [key("2024", 2)]);
        let (right, other) = (key("2025", 1).check_value(), key("2024", 3).check_value());
        let lost = KeyId::parse("2023").unwrap();
        let known =
            [(key("2025", 0).id.clone(), right), (key("2024", 0).id.clone(), other), (lost, "".into())];
        let wrong = ring.verify(known.iter().map(|(id, check)| (id, check.as_str())));
        assert_eq!(
            wrong,
            [
                KeyMismatch::Different(KeyId::parse("2024").unwrap()),
                KeyMismatch::Missing(KeyId::parse("2023").unwrap())
            ]
        );
    }

    #[test]
    fn new_rows_use_the_newest_key_and_old_ones_theirs() {
        let ring = KeyRing::new(key("2025", 1), [key("2024", 2), key("2025", 9)]);
        assert_eq!(ring.newest().bytes, [1; 32]);
        assert_eq!(ring.get(&KeyId::parse("2024").unwrap()).unwrap().bytes, [2; 32]);
        assert_eq!(ring.iter().count(), 2);
    }
}
