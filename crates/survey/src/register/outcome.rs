//! What became of a row.

use super::trouble::Trouble;
use crate::unit::{Email, UnitCode};

/// What became of a row of an upload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A header.
    Header,
    /// Not data: a title, a blank line, a total, a footnote, a part of a gmina.
    Ignore,
    /// Taken as it stands.
    Ok,
    /// Taken after a clean-up that leaves no doubt.
    OkFixed,
    /// Taken; the name differs from the register.
    WarnName,
    /// Taken; several addresses, the first usable one becomes the main contact.
    WarnMulti,
    /// Taken; the domain of the address has letters outside ASCII.
    WarnIdn,
    /// Taken; the seventh digit is not the newest one, the unit was found by the first six.
    WarnType,
    /// Taken without an address, because there is none that can be used.
    WarnEmail,
    /// The same unit again with nothing new; not taken.
    Duplicate,
    /// The same unit with other content, or a code and a name of two units; a person chooses.
    Conflict,
    /// The unit cannot be identified; not taken.
    Error,
}

impl Verdict {
    /// The word in the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Ignore => "ignore",
            Self::Ok => "ok",
            Self::OkFixed => "ok_fixed",
            Self::WarnName => "warn_name",
            Self::WarnMulti => "warn_multi",
            Self::WarnIdn => "warn_idn",
            Self::WarnType => "warn_type",
            Self::WarnEmail => "warn_email",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
            Self::Error => "error",
        }
    }

    /// The words on the screen.
    pub fn polish(self) -> &'static str {
        match self {
            Self::Header => "nagłówek",
            Self::Ignore => "pominięto",
            Self::Ok => "przyjęto",
            Self::OkFixed => "przyjęto po poprawieniu zapisu",
            Self::WarnName => "przyjęto, inna nazwa",
            Self::WarnMulti => "przyjęto, kilka adresów",
            Self::WarnIdn => "przyjęto, polskie litery w adresie",
            Self::WarnType => "przyjęto, inny rodzaj gminy w kodzie",
            Self::WarnEmail => "przyjęto bez adresu",
            Self::Duplicate => "powtórzenie",
            Self::Conflict => "sprzeczność, do rozstrzygnięcia",
            Self::Error => "błąd, nie przyjęto",
        }
    }

    /// Whether the row's unit is imported.
    pub fn is_taken(self) -> bool {
        matches!(
            self,
            Self::Ok
                | Self::OkFixed
                | Self::WarnName
                | Self::WarnMulti
                | Self::WarnIdn
                | Self::WarnType
                | Self::WarnEmail
        )
    }
}

/// What the row said, in the columns that were recognised; for showing, untouched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Values {
    /// The code; the parts of a split one joined by spaces.
    pub code: String,
    /// The name.
    pub name: String,
    /// The address or addresses.
    pub email: String,
}

/// The outcome of one physical row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The physical line on which the row starts.
    pub line: u32,
    /// What became of it.
    pub outcome: Verdict,
    /// The full code of the unit as the register has it now: `1401013`, `UP1401`.
    pub teryt: Option<String>,
    /// The key of the unit.
    pub unit: Option<UnitCode>,
    /// The main address as cleaned up; with its Polish letters where it has some.
    pub email: Option<String>,
    /// All usable addresses as mail is sent to them, the main one first; a domain with Polish letters is in its ASCII
    /// form.
    pub contacts: Vec<Email>,
    /// What was found, in the order of the columns.
    pub problems: Vec<Trouble>,
    /// The problems as Polish sentences.
    pub note: String,
    /// What the row said.
    pub values: Values,
}
