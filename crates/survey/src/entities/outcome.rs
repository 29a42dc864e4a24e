//! What became of a row of a list.

use chrono::NaiveDate;

use super::{Krs, Nip};

/// What a row says about an entity, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Tax number.
    pub nip: Option<Nip>,
    /// Number of the court register.
    pub krs: Option<Krs>,
    /// Name, with single spaces.
    pub name: String,
    /// Legal form or the like as the list has it; may be empty.
    pub kind: String,
    /// Where it sits; may be empty.
    pub seat: String,
    /// First day of the status.
    pub status_from: Option<NaiveDate>,
    /// Last day of the status.
    pub status_to: Option<NaiveDate>,
    /// When it was founded or registered.
    pub founded_on: Option<NaiveDate>,
}

/// What became of a row; `Vanished` stands for an entity that has no row any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// A header.
    Header,
    /// Not data: a title, a blank line, a total, a footnote.
    Ignore,
    /// An entity that was not known.
    New,
    /// A known entity about which something changed.
    Updated,
    /// A known entity, nothing new.
    Unchanged,
    /// The same entity again with nothing new; not taken.
    Duplicate,
    /// The same entity again with other content, or numbers of two entities; a person chooses; not taken.
    Conflict,
    /// Cannot be read; not taken.
    Error,
    /// Was on the list before and is not any more: its end is proposed.
    Vanished,
}

impl Verdict {
    /// The word in the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Ignore => "ignore",
            Self::New => "new",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
            Self::Error => "error",
            Self::Vanished => "vanished",
        }
    }

    /// The words on the screen.
    pub const fn polish(self) -> &'static str {
        match self {
            Self::Header => "nagłówek",
            Self::Ignore => "pominięto",
            Self::New => "nowy podmiot",
            Self::Updated => "zmieniono",
            Self::Unchanged => "bez zmian",
            Self::Duplicate => "powtórzenie",
            Self::Conflict => "sprzeczność, do rozstrzygnięcia",
            Self::Error => "błąd, nie przyjęto",
            Self::Vanished => "nie ma go na tej liście: propozycja końca statusu",
        }
    }

    /// Whether what the row says is stored.
    pub const fn is_taken(self) -> bool {
        matches!(self, Self::New | Self::Updated | Self::Unchanged)
    }
}

/// The outcome of one physical row, or of a known entity without a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The physical line; none for a vanished entity.
    pub line: Option<u32>,
    /// What became of it.
    pub verdict: Verdict,
    /// Position of the entity among the known ones.
    pub known: Option<usize>,
    /// What the row says, where it could be read.
    pub said: Option<Said>,
    /// What was found, as Polish sentences.
    pub notes: Vec<String>,
}

/// The headers of the report of an import, in order.
pub const OUTCOME_COLUMNS: [&str; 6] = ["row", "outcome", "nip", "krs", "name", "note"];

/// One line of the report under [`OUTCOME_COLUMNS`].
pub fn outcome_row(outcome: &Outcome) -> [String; 6] {
    let said = outcome.said.as_ref();
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        outcome.line.map(|line| line.to_string()).unwrap_or_default(),
        outcome.verdict.as_str().to_owned(),
        text(said.and_then(|said| said.nip.as_ref()).map(Nip::as_str)),
        text(said.and_then(|said| said.krs.as_ref()).map(Krs::as_str)),
        text(said.map(|said| said.name.as_str())),
        outcome.notes.join(" "),
    ]
}
