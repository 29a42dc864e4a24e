//! The plan of analysis: measures and rows of the report. Versioned on its own.

mod template;

pub use template::{Piece, Template};

use crate::expr::Expr;

/// The `[[measures]]`, `[[report]]` and `[[retired]]` tables.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Measures in the order of the file.
    pub measures: Vec<Measure>,
    /// Rows of the report in the order of the file.
    pub reports: Vec<ReportRow>,
    /// Questions of earlier editions that are asked no more, in the order of the file.
    pub retired: Vec<Retired>,
    /// Open questions whose answers analysts sort into code frames, in the order of the file.
    pub codings: Vec<Coding>,
}

/// An open question whose answers are sorted into a code frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coding {
    /// Name of the question.
    pub question: String,
    /// What it asks.
    pub label: String,
    /// Name of the code frame.
    pub frame: String,
    /// The repeat that it stands in.
    pub repeat: Option<String>,
}

/// A question of an earlier edition that is asked no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retired {
    /// Its `id`.
    pub id: String,
    /// Its name when it was last asked.
    pub name: String,
    /// Why it is asked no more.
    pub reason: String,
}

impl Plan {
    /// The measure of this name.
    #[must_use]
    pub fn measure(&self, name: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.name == name)
    }

    /// How the answers to a question are coded.
    #[must_use]
    pub fn coding(&self, question: &str) -> Option<&Coding> {
        self.codings.iter().find(|coding| coding.question == question)
    }

    /// Rows of the report in which the measure stands: those it names itself, then those whose text uses it.
    #[must_use]
    pub fn rows_of(&self, measure: &Measure) -> Vec<String> {
        let mut rows = measure.rows.clone();
        for report in &self.reports {
            let used =
                report.text.as_ref().is_some_and(|text| text.measures().any(|name| name == measure.name));
            if used && !rows.contains(&report.row) {
                rows.push(report.row.clone());
            }
        }
        rows
    }
}

/// One number of the report.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Name, unique among measures.
    pub name: String,
    /// What it says.
    pub label: String,
    /// How it is counted.
    pub function: Function,
    /// What is counted: an expression, most often `${question}`.
    pub of: Option<Expr>,
    /// The question, where `of` is nothing but `${question}`.
    pub question: Option<String>,
    /// Which responses (entries) are counted; all where it is missing.
    pub filter: Option<Expr>,
    /// The repeat whose entries are counted; responses where it is missing.
    pub over: Option<String>,
    /// What the number is a part of.
    pub base: Option<Base>,
    /// Rows of the report that it feeds.
    pub rows: Vec<String>,
    /// A footnote.
    pub caveat: Option<String>,
    /// The number that this one is a part of: printed as one line, so that nobody takes them for two facts.
    pub part_of: Option<PartOf>,
}

/// What a number is a part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOf {
    /// The measure that counts the whole.
    pub whole: String,
    /// Which part this is, as it follows the number: "w PS".
    pub label: String,
}

/// How a measure is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// Responses (entries) that `where` lets through.
    Count,
    /// The same, as a part of the base.
    Share,
    /// Sum of `of`.
    Sum,
    /// Arithmetic mean of `of`.
    Mean,
    /// Median of `of`.
    Median,
    /// Smallest `of`.
    Min,
    /// Largest `of`.
    Max,
    /// Different keys of `of`.
    Distinct,
    /// Count per choice of `of`.
    Frequencies,
    /// The answers themselves.
    List,
}

impl Function {
    /// All functions, in the order of the documentation.
    pub const ALL: [Self; 10] = [
        Self::Count,
        Self::Share,
        Self::Sum,
        Self::Mean,
        Self::Median,
        Self::Min,
        Self::Max,
        Self::Distinct,
        Self::Frequencies,
        Self::List,
    ];

    /// The word of the key `fn`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Min => "min",
            Self::Max => "max",
            Self::Distinct => "distinct",
            Self::Frequencies => "frequencies",
            Self::List => "list",
        }
    }

    /// What the number is, for people.
    #[must_use]
    pub fn polish(self) -> &'static str {
        match self {
            Self::Count => "liczba",
            Self::Share => "liczba i odsetek",
            Self::Sum => "suma",
            Self::Mean => "średnia",
            Self::Median => "mediana",
            Self::Min => "najmniejsza wartość",
            Self::Max => "największa wartość",
            Self::Distinct => "liczba różnych",
            Self::Frequencies => "liczby odpowiedzi",
            Self::List => "odpowiedzi",
        }
    }

    /// The function of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == word)
    }
}

/// What a share is a part of. Always counts responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Base {
    /// Counted submissions.
    All,
    /// Of these, those that were asked `of`.
    Relevant,
    /// Of these, those that gave a value: neither empty nor don't-know.
    Answered,
    /// Invitations not withdrawn.
    Sent,
}

impl Base {
    /// All bases.
    pub const ALL: [Self; 4] = [Self::All, Self::Relevant, Self::Answered, Self::Sent];

    /// The word of the key `base`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Relevant => "relevant",
            Self::Answered => "answered",
            Self::Sent => "sent",
        }
    }

    /// What is counted in the base, for people.
    #[must_use]
    pub fn polish(self) -> &'static str {
        match self {
            Self::All => "wszystkie złożone ankiety",
            Self::Relevant => "ankiety, w których zadano pytanie",
            Self::Answered => "ankiety z odpowiedzią",
            Self::Sent => "zaproszenia niewycofane",
        }
    }

    /// The base of this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|base| base.name() == word)
    }
}

/// A sentence or table of the report.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// Row of the report ("3.6", "V.JST.problemy").
    pub row: String,
    /// The sentence.
    pub text: Option<Template>,
    /// Kind of table under it ("codes").
    pub table: Option<String>,
    /// What the table is about.
    pub of: Option<Expr>,
    /// The question, where `of` is nothing but `${question}`.
    pub question: Option<String>,
}
