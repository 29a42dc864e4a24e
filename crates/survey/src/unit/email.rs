//! Addresses of offices: one plain ASCII address each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One e-mail address that any relay accepts: ASCII, unquoted local part, a host name with a dot. The domain is in
/// lower case, the local part as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is no address that we send to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum EmailTrouble {
    /// Nothing was given.
    #[error("no address")]
    Missing,
    /// There is no `@`.
    #[error("no @")]
    NoAt,
    /// More than one `@`, or several addresses.
    #[error("more than one @")]
    SeveralAt,
    /// A space, a line break or another character that cannot stand in an address.
    #[error("a character that cannot stand in an address")]
    BadCharacter,
    /// Letters outside ASCII, such as `ó` in the domain.
    #[error("letters outside ASCII")]
    NotAscii,
    /// An empty piece: two dots in a row, a dot first or last.
    #[error("an empty piece between dots")]
    EmptyPiece,
    /// The domain has no dot, or its last part is no name of a top domain.
    #[error("no top domain")]
    NoTopDomain,
    /// Longer than 254 characters, the local part than 64, or a label than 63.
    #[error("too long")]
    TooLong,
}

impl Email {
    /// Reads one address; blanks around it are dropped, anything else that is wrong is an error.
    pub fn parse(text: &str) -> Result<Self, EmailTrouble> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailTrouble::Missing);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailTrouble::NoAt)?;
        if domain.contains('@') {
            return Err(EmailTrouble::SeveralAt);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(EmailTrouble::BadCharacter);
        }
        if !text.is_ascii() {
            return Err(EmailTrouble::NotAscii);
        }
        check_pieces(local, 64, is_local)?;
        check_pieces(domain, 253, is_host)?;
        check_host(domain)?;
        if text.len() > 254 {
            return Err(EmailTrouble::TooLong);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What follows the `@`, in lower case; the sending is slowed down per domain.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address for logs and lists: first letter and domain, `s…@powiat.example`.
    pub fn masked(&self) -> String {
        format!("{}…@{}", &self.0[..1], self.domain())
    }
}

fn is_local(c: u8) -> bool {
    c.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&c)
}

fn is_host(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'-'
}

fn check_pieces(text: &str, longest: usize, allowed: fn(u8) -> bool) -> Result<(), EmailTrouble> {
    if text.split('.').any(str::is_empty) {
        return Err(EmailTrouble::EmptyPiece);
    }
    if !text.bytes().all(|c| c == b'.' || allowed(c)) {
        return Err(EmailTrouble::BadCharacter);
    }
    if text.len() > longest { Err(EmailTrouble::TooLong) } else { Ok(()) }
}

fn check_host(domain: &str) -> Result<(), EmailTrouble> {
    if domain.split('.').any(|label| label.len() > 63) {
        return Err(EmailTrouble::TooLong);
    }
    if domain.split('.').any(|label| label.starts_with('-') || label.ends_with('-')) {
        return Err(EmailTrouble::BadCharacter);
    }
    let (_, top) = domain.rsplit_once('.').ok_or(EmailTrouble::NoTopDomain)?;
    let name = top.len() >= 2 && (top.bytes().all(|c| c.is_ascii_alphabetic()) || top.starts_with("xn--"));
    if name { Ok(()) } else { Err(EmailTrouble::NoTopDomain) }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = EmailTrouble;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Email {
    type Error = EmailTrouble;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_addresses_of_offices_are_read() {
        for (text, kept) in [
            ("ug@radzanow-140103.example", "ug@radzanow-140103.example"),
            (" Sekretariat.UM@Ciechanow.EXAMPLE ", "Sekretariat.UM@ciechanow.example"),
            ("a+b_c@x.y.pl", "a+b_c@x.y.pl"),
            ("ug@xn--ciepielw-w3a.example", "ug@xn--ciepielw-w3a.example"),
        ] {
            assert_eq!(Email::parse(text).map(|email| email.to_string()), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn every_unusable_address_says_why() {
        use EmailTrouble::*;
        for (text, trouble) in [
            ("  ", Missing),
            ("ug.promna.example", NoAt),
            ("umig@@glinojeck.example", SeveralAt),
            ("a@x.example; b@y.example", SeveralAt),
            ("ug@ borowie.example", BadCharacter),
            ("ug @borowie.example", BadCharacter),
            ("umig@borowie,example", BadCharacter),
            ("<ug@borowie.example>", BadCharacter),
            ("umig@ciepielów.example", NotAscii),
            ("ug..x@platerow.example", EmptyPiece),
            ("ug@platerow..example", EmptyPiece),
            ("ug@czerwin.example.", EmptyPiece),
            ("@czerwin.example", EmptyPiece),
            ("ug@jaktorow", NoTopDomain),
            ("ug@10.0.0.1", NoTopDomain),
            ("ug@-x.example", BadCharacter),
        ] {
            assert_eq!(Email::parse(text), Err(trouble), "{text}");
        }
        assert_eq!(Email::parse(&format!("{}@x.example", "a".repeat(65))), Err(TooLong));
        assert_eq!(Email::parse(&format!("a@{}.example", "b".repeat(64))), Err(TooLong));
    }

    #[test]
    fn a_masked_address_shows_its_domain_and_one_letter() {
        assert_eq!(Email::parse("sekretariat@powiat.example").unwrap().masked(), "s…@powiat.example");
    }

    proptest! {
        #[test]
        fn what_is_read_is_printable_ascii_with_one_at(text in "\\PC{0,40}|[a-z.@ ]{0,20}@[a-z.-]{1,12}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert!(email.as_str().bytes().all(|c| c.is_ascii_graphic()));
                prop_assert_eq!(email.as_str().matches('@').count(), 1);
                prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email);
            }
        }
    }
}
