//! Ways into an invitation: links and letter codes, derived from a key and never stored.
//!
//! A secret is a selector, by which the access is found, and a part of HMAC-SHA-256(key, purpose | access id |
//! generation). A dump of the database therefore holds no usable link, and a reminder can repeat the same one.

mod allowed;
mod crockford;
mod key;
mod number;
mod page;
mod secret;
mod token;

pub use allowed::Allowed;
pub use crockford::BadSymbol;
pub use key::{BadKey, Key, KeyId, KeyMismatch, KeyRing};
pub use number::{BadNumber, SubmissionNumber};
pub use page::{csrf, csrf_matches, panel_csrf, panel_csrf_matches, read_invitation, sign_invitation};
pub use secret::RandomSecret;
pub use token::{
    BadToken, CodeSelector, LetterCode, LinkSelector, LinkToken, MAX_HOST_OF_SHORT_ADDRESS, address,
};
