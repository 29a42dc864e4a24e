//! Public lists of entities of the social economy: social enterprises, centres and clubs of social integration and
//! their like. What a row of a list says, what becomes of it, and who had which status on which day.
//!
//! Lists are uploads like the register of units: the header is looked for, every physical row has one outcome. A list
//! says what was so on its day; a later one updates what an earlier one said. Whoever vanished from a list has not
//! silently lost anything: the end of the status is proposed, a person decides.

mod classify;
mod columns;
mod counts;
mod jobs;
mod number;
mod outcome;
mod standing;

pub use classify::{choose_sheet, classify};
pub use counts::{Ages, Balance, ages, balances, counted};
pub use jobs::{Answer, JobRow, Jobs, Register, Verdict as JobVerdict, Weighed, weigh};
pub use number::{Krs, Nip};
pub use outcome::{OUTCOME_COLUMNS, Outcome, Said, Verdict, outcome_row};
pub use standing::{Ending, Mention, Period, Standing, Status};

/// Which public list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Centres of social integration.
    Cis,
    /// Clubs of social integration.
    Kis,
    /// Workshops of occupational therapy.
    Wtz,
    /// Establishments of vocational activity.
    Zaz,
    /// Social cooperatives.
    SocialCooperative,
    /// Non-profit companies.
    NonProfitCompany,
    /// Social enterprises: the status that the voivode grants.
    Ps,
}

impl List {
    /// All lists in the order of tables.
    pub const ALL: [Self; 7] = [
        Self::Cis,
        Self::Kis,
        Self::SocialCooperative,
        Self::NonProfitCompany,
        Self::Wtz,
        Self::Zaz,
        Self::Ps,
    ];

    /// The six kinds whose growth indicator W4.2 of the programme watches.
    pub const GROWTH: [Self; 6] =
        [Self::Cis, Self::Kis, Self::SocialCooperative, Self::NonProfitCompany, Self::Wtz, Self::Zaz];

    /// The word in commands, addresses and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cis => "cis",
            Self::Kis => "kis",
            Self::Wtz => "wtz",
            Self::Zaz => "zaz",
            Self::SocialCooperative => "spoldzielnie-socjalne",
            Self::NonProfitCompany => "spolki-non-profit",
            Self::Ps => "ps",
        }
    }

    /// Reads the word, in any case.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        Self::ALL.into_iter().find(|list| list.as_str() == word)
    }

    /// What an entity of the list is called in a table.
    pub const fn polish(self) -> &'static str {
        match self {
            Self::Cis => "centrum integracji społecznej (CIS)",
            Self::Kis => "klub integracji społecznej (KIS)",
            Self::Wtz => "warsztat terapii zajęciowej (WTZ)",
            Self::Zaz => "zakład aktywności zawodowej (ZAZ)",
            Self::SocialCooperative => "spółdzielnia socjalna",
            Self::NonProfitCompany => "spółka non profit",
            Self::Ps => "przedsiębiorstwo społeczne (PS)",
        }
    }
}
