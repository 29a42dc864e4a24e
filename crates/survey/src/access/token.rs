//! The secret of an access as people get it: a link's token or a letter's code.

use std::fmt;

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::crockford::{self, BadSymbol};
use super::key::{Key, Purpose};
use crate::AccessId;

/// Longest host for which a link stays under 76 characters, so that mail never folds it.
pub const MAX_HOST_OF_SHORT_ADDRESS: usize = 26;

/// Why a text is no link token or letter code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    /// A character that cannot stand in one.
    #[error(transparent)]
    Symbol(#[from] BadSymbol),
    /// Another number of characters than needed; blanks and hyphens are not counted.
    #[error("{found} characters instead of {needed}")]
    Length {
        /// How many there are.
        found: usize,
        /// How many there must be.
        needed: usize,
    },
}

macro_rules! token {
    ($(#[$selector_doc:meta])* $selector:ident($first:literal),
     $(#[$doc:meta])* $name:ident($mac:literal), $purpose:expr) => {
        $(#[$selector_doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $selector([u8; $first]);

        impl $selector {
            /// A selector from random bytes; whoever stores it makes sure that it is free.
            pub fn from_random(random: [u8; 8]) -> Self {
                Self(crockford::symbols(&random))
            }

            /// Reads a selector as it is stored.
            pub fn parse(text: &str) -> Result<Self, BadToken> {
                read(text).map(Self)
            }
        }

        impl fmt::Display for $selector {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&crockford::encode(&self.0))
            }
        }

        impl TryFrom<String> for $selector {
            type Error = BadToken;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl From<$selector> for String {
            fn from(selector: $selector) -> Self {
                selector.to_string()
            }
        }

        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            selector: $selector,
            mac: [u8; $mac],
        }

        impl $name {
            /// The secret of an access; the same every time until the generation is raised.
            pub fn derive(key: &Key, access: AccessId, generation: u32, selector: $selector) -> Self {
                Self { selector, mac: mac(key, $purpose, access, generation) }
            }

            /// Reads what somebody opened or typed; forgives case, blanks, hyphens, O for 0, I and L for 1.
            pub fn parse(text: &str) -> Result<Self, BadToken> {
                let symbols: [u8; $first + $mac] = read(text)?;
                let (first, rest) = symbols.split_at($first);
                Ok(Self {
                    selector: $selector(std::array::from_fn(|place| first[place])),
                    mac: std::array::from_fn(|place| rest[place]),
                })
            }

            /// By what the access is found.
            pub fn selector(&self) -> $selector {
                self.selector
            }

            /// Whether this is the secret of the access as it is now. Takes the same time whatever differs.
            pub fn verify(&self, key: &Key, access: AccessId, generation: u32, selector: $selector) -> bool {
                let right = Self::derive(key, access, generation, selector);
                (self.mac.ct_eq(&right.mac) & self.selector.0.ct_eq(&right.selector.0)).into()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({}…)"), self.selector)
            }
        }
    };
}

token! {
    /// The first 60 bits of a link: 12 characters, unique, no secret.
    LinkSelector(12),
    /// What stands in the address of a link: 60 bits of selector and 130 bits of MAC, 38 characters.
    LinkToken(26),
    Purpose::Link
}

token! {
    /// The first 20 bits of a letter code: 4 characters, unique among editions that are not archived, no secret.
    CodeSelector(4),
    /// The code from a letter: 20 bits of selector and 80 bits of MAC, 20 characters.
    LetterCode(16),
    Purpose::LetterCode
}

impl LinkToken {
    /// The 38 characters; the only way by which the secret leaves.
    pub fn reveal(&self) -> String {
        crockford::encode(&self.selector.0) + &crockford::encode(&self.mac)
    }
}

impl LetterCode {
    /// Five groups of four, `K3F9-...`; the only way by which the secret leaves.
    pub fn reveal(&self) -> String {
        let symbols: Vec<u8> = self.selector.0.iter().chain(&self.mac).copied().collect();
        symbols.chunks(4).map(crockford::encode).collect::<Vec<_>>().join("-")
    }
}

/// The whole address of a link; `public_url` is the service's, such as `https://ankiety.example`.
pub fn address(public_url: &str, token: &LinkToken) -> String {
    format!("{}/a/{}", public_url.trim_end_matches('/'), token.reveal())
}

fn read<const N: usize>(text: &str) -> Result<[u8; N], BadToken> {
    let symbols = crockford::decode(text)?;
    symbols.try_into().map_err(|found: Vec<u8>| BadToken::Length { found: found.len(), needed: N })
}

fn mac<const N: usize>(key: &Key, purpose: Purpose, access: AccessId, generation: u32) -> [u8; N] {
    let mut message = access.uuid().as_bytes().to_vec();
    message.extend(generation.to_be_bytes());
    crockford::symbols(&key.mac(purpose, &message))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::KeyId;
    use super::*;

    fn key(byte: u8) -> Key {
        Key::new(KeyId::parse("test").unwrap(), [byte; 32])
    }

    fn link(byte: u8, access: u128, generation: u32, random: [u8; 8]) -> LinkToken {
        let selector = LinkSelector::from_random(random);
        LinkToken::derive(&key(byte), AccessId(Uuid::from_u128(access)), generation, selector)
    }

    #[test]
    fn links_and_codes_of_a_known_key_stay_as_they_are() {
        let access = AccessId(Uuid::from_u128(42));
        let code = LetterCode::derive(&key(7), access, 1, CodeSelector::from_random([0x5A; 8]));
        insta::assert_snapshot!(format!("{}\n{}", link(7, 42, 1, [0x5A; 8]).reveal(), code.reveal()));
    }

    #[test]
    fn an_address_stays_under_76_characters_for_every_host_up_to_26() {
        let token = link(1, 2, 3, [255; 8]);
        for length in 1..=MAX_HOST_OF_SHORT_ADDRESS {
            let url = format!("https://{}/", "h".repeat(length));
            assert!(address(&url, &token).len() < 76, "{length}");
        }
        assert_eq!(address("https://ankiety.example", &token).len(), 23 + 3 + 38);
    }

    #[test]
    fn a_code_is_printed_in_five_groups_of_four() {
        let code = LetterCode::derive(&key(1), AccessId(Uuid::nil()), 0, CodeSelector::from_random([9; 8]));
        let groups: Vec<_> = code.reveal().split('-').map(str::len).collect();
        assert_eq!(groups, [4; 5]);
    }

    #[test]
    fn a_wrong_length_or_character_says_so() {
        assert!(matches!(LetterCode::parse("K3F9"), Err(BadToken::Length { found: 4, needed: 20 })));
        assert!(matches!(
            LetterCode::parse("K3F9-U000-0000-0000-0000"),
            Err(BadToken::Symbol(BadSymbol('U')))
        ));
        assert!(matches!(LinkToken::parse(""), Err(BadToken::Length { found: 0, needed: 38 })));
    }

    #[test]
    fn printing_a_token_never_shows_its_secret_part() {
        let token = link(1, 2, 3, [255; 8]);
        assert_eq!(format!("{token:?}"), "LinkToken(ZZZZZZZZZZZZ…)");
    }

    /// The text as a person may type it: small letters, look-alikes, blanks and hyphens anywhere.
    fn retyped(text: &str, habits: &[u8]) -> String {
        let mut typed = String::new();
        for (place, c) in text.chars().enumerate() {
            typed.push(match (c, habits[place % habits.len()] % 8) {
                ('0', 0 | 1) => 'O',
                ('0', 2) => 'o',
                ('1', 0 | 1) => 'l',
                ('1', 2) => 'I',
                (c, 3 | 4) => c.to_ascii_lowercase(),
                (c, _) => c,
            });
            typed.push_str(["", "", " ", "-", " - "][usize::from(habits[place % habits.len()] % 5)]);
        }
        typed
    }

    proptest! {
        #[test]
        fn what_is_derived_is_read_back_and_verifies_however_it_is_typed(
            byte: u8, access: u128, generation: u32, random: [u8; 8],
            habits in prop::collection::vec(any::<u8>(), 1..12),
        ) {
            let (key, id) = (key(byte), AccessId(Uuid::from_u128(access)));
            let link = LinkToken::derive(&key, id, generation, LinkSelector::from_random(random));
            let read = LinkToken::parse(&retyped(&link.reveal(), &habits)).unwrap();
            prop_assert!(read.verify(&key, id, generation, link.selector()));
            let code = LetterCode::derive(&key, id, generation, CodeSelector::from_random(random));
            let read = LetterCode::parse(&retyped(&code.reveal(), &habits)).unwrap();
            prop_assert!(read.verify(&key, id, generation, code.selector()));
            let stored = code.selector().to_string();
            prop_assert_eq!(CodeSelector::parse(&stored).unwrap(), code.selector());
        }

        #[test]
        fn a_secret_opens_nothing_but_its_own_access(
            access: u128, other: u128, generation in 0..u32::MAX, random: [u8; 8],
        ) {
            prop_assume!(access != other);
            let token = link(1, access, generation, random);
            let (id, selector) = (AccessId(Uuid::from_u128(access)), token.selector());
            prop_assert!(token.verify(&key(1), id, generation, selector));
            prop_assert!(!token.verify(&key(2), id, generation, selector));
            prop_assert!(!token.verify(&key(1), id, generation + 1, selector));
            prop_assert!(!token.verify(&key(1), AccessId(Uuid::from_u128(other)), generation, selector));
            let code = LetterCode::derive(&key(1), id, generation, CodeSelector::from_random(random));
            prop_assert_ne!(&token.mac[..16], &code.mac[..]);
        }

        #[test]
        fn changing_any_character_spoils_a_secret(random: [u8; 8], place in 0..38usize, step in 1..32u8) {
            let right = link(1, 5, 1, random);
            let mut symbols = crockford::decode(&right.reveal()).unwrap();
            symbols[place] = (symbols[place] + step) % 32;
            let wrong = LinkToken::parse(&crockford::encode(&symbols)).unwrap();
            prop_assert!(!wrong.verify(&key(1), AccessId(Uuid::from_u128(5)), 1, right.selector()));
        }
    }
}
