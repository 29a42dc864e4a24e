//! Random secrets of sessions and API keys: shown once, stored as a hash.

use std::fmt;

use sha2::{Digest, Sha256};

use super::crockford;
use super::token::BadToken;

const SYMBOLS: usize = 51;

/// 255 random bits; the database keeps only [`RandomSecret::fingerprint`].
#[derive(Clone)]
pub struct RandomSecret([u8; SYMBOLS]);

impl RandomSecret {
    /// A secret from 32 bytes of the injected random source.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(crockford::symbols(&random))
    }

    /// Reads a cookie or a bearer key.
    pub fn parse(text: &str) -> Result<Self, BadToken> {
        let symbols = crockford::decode(text)?;
        let wrong = |found: Vec<u8>| BadToken::Length { found: found.len(), needed: SYMBOLS };
        symbols.try_into().map(Self).map_err(wrong)
    }

    /// The 51 characters; the only way by which the secret leaves.
    pub fn reveal(&self) -> String {
        crockford::encode(&self.0)
    }

    /// 64 hexadecimal digits of SHA-256 by which the row is found. Finding by a hash needs no constant time: whoever
    /// guesses cannot steer the hash.
    pub fn fingerprint(&self) -> String {
        Sha256::digest(self.reveal()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for RandomSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RandomSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_again_by_its_fingerprint_and_never_printed() {
        let secret = RandomSecret::from_random([0xA5; 32]);
        let read = RandomSecret::parse(&secret.reveal()).unwrap();
        assert_eq!(read.fingerprint(), secret.fingerprint());
        assert_eq!(secret.fingerprint().len(), 64);
        assert_ne!(RandomSecret::from_random([0xA4; 32]).fingerprint(), secret.fingerprint());
        assert_eq!(format!("{secret:?}"), "RandomSecret(…)");
    }

    #[test]
    fn a_text_of_another_length_is_no_secret() {
        assert!(matches!(RandomSecret::parse("ABC"), Err(BadToken::Length { found: 3, needed: 51 })));
    }
}
