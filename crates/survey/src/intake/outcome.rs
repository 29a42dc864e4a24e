//! What became of a row of an import.

use chrono::NaiveDateTime;
use form::Raw;

use crate::unit::UnitCode;

/// What became of a row. In the order of weight: of several the last one is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The header.
    Header,
    /// Not data: a blank line, a title, a total.
    Ignore,
    /// Taken as it stands.
    Ok,
    /// Taken after a clean-up that leaves no doubt.
    OkFixed,
    /// Taken; required questions are without an answer, as the questionnaire itself would not let them be.
    WarnMissing,
    /// Taken; the name or the kind of the unit differs from the register.
    WarnUnit,
    /// Taken; there is no day, or it cannot be read.
    WarnDate,
    /// Taken; an answer does not meet a condition of the questionnaire.
    WarnCheck,
    /// Taken; an answer stands behind a question that was not answered so, and does not count.
    WarnHidden,
    /// Taken; an answer cannot be read. Its text is kept.
    WarnUnreadable,
    /// The same answers are there already.
    Duplicate,
    /// Other answers of the unit are there already; a person chooses.
    Conflict,
    /// Not taken.
    Error,
}

impl Verdict {
    /// The word in the report.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Ignore => "ignore",
            Self::Ok => "ok",
            Self::OkFixed => "ok_fixed",
            Self::WarnMissing => "warn_missing",
            Self::WarnUnit => "warn_unit",
            Self::WarnDate => "warn_date",
            Self::WarnCheck => "warn_check",
            Self::WarnHidden => "warn_hidden",
            Self::WarnUnreadable => "warn_unreadable",
            Self::Duplicate => "duplicate",
            Self::Conflict => "conflict",
            Self::Error => "error",
        }
    }

    /// The words on the screen.
    #[must_use]
    pub fn polish(self) -> &'static str {
        match self {
            Self::Header => "nagłówek",
            Self::Ignore => "pominięto",
            Self::Ok => "przyjęto",
            Self::OkFixed => "przyjęto po poprawieniu zapisu",
            Self::WarnMissing => "przyjęto, brak wymaganych odpowiedzi",
            Self::WarnUnit => "przyjęto, inna nazwa lub rodzaj jednostki",
            Self::WarnDate => "przyjęto bez daty",
            Self::WarnCheck => "przyjęto, odpowiedź poza zakresem",
            Self::WarnHidden => "przyjęto, część odpowiedzi się nie liczy",
            Self::WarnUnreadable => "przyjęto, część odpowiedzi nieczytelna",
            Self::Duplicate => "powtórzenie",
            Self::Conflict => "sprzeczność, do rozstrzygnięcia",
            Self::Error => "błąd, nie przyjęto",
        }
    }

    /// Whether the row's answers are taken.
    #[must_use]
    pub fn is_taken(self) -> bool {
        (Self::Ok..=Self::WarnUnreadable).contains(&self)
    }
}

/// The outcome of one physical row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The sheet, where the file has several.
    pub sheet: Option<String>,
    /// The physical line on which the row starts.
    pub line: u32,
    /// What became of it.
    pub verdict: Verdict,
    /// The unit, as far as it was found.
    pub unit: Option<UnitCode>,
    /// What was found, as Polish sentences with the column.
    pub notes: Vec<String>,
}

impl Outcome {
    /// Adds what was found; the weightiest verdict stays.
    pub fn add(&mut self, verdict: Verdict, note: impl Into<String>) {
        self.verdict = self.verdict.max(verdict);
        self.notes.push(note.into());
    }

    /// The row under [`REPORT_COLUMNS`].
    #[must_use]
    pub fn report_row(&self) -> [String; 5] {
        [
            self.sheet.clone().unwrap_or_default(),
            self.line.to_string(),
            self.verdict.as_str().to_owned(),
            self.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            self.notes.join(" "),
        ]
    }
}

/// The headers of the report, in order.
pub const REPORT_COLUMNS: [&str; 5] = ["sheet", "row", "outcome", "unit", "note"];

/// A response that was read from the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which of the outcomes tells about it.
    pub outcome: usize,
    /// Whose it is.
    pub unit: UnitCode,
    /// When it was given, in the programme's time.
    pub at: Option<NaiveDateTime>,
    /// The answers as typed.
    pub answers: Raw,
}
