//! What is known of a year or a span: a number, the sum of parts, or that there is no data.

use std::collections::BTreeSet;

use form::number::Rational;

use super::span::Span;
use super::warning::Mark;

/// What is known of one span, from all its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Of which years.
    pub span: Span,
    /// What it is the sum of; a value that is not split has one part without a name.
    pub parts: Vec<Part>,
    /// Names of parts that should be there and are not.
    pub missing: Vec<String>,
    /// Whether it was counted by another definition than the years after it.
    pub redefined: bool,
}

/// One part of a value with its own source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Its name; empty for the whole.
    pub name: String,
    /// The number; none says that there is no data.
    pub number: Option<Rational>,
    /// How the number came about, such as `68 / 74`; none to print the number itself.
    pub shown: Option<String>,
    /// Why it is incomplete, if it is.
    pub incomplete: Option<String>,
}

impl Value {
    /// A value that is not split.
    #[must_use]
    pub fn whole(span: Span, number: Option<Rational>) -> Self {
        let part = Part { number, ..Part::default() };
        Self { span, parts: vec![part], missing: Vec::new(), redefined: false }
    }

    /// The sum of the parts that have a number; none when none has.
    #[must_use]
    pub fn number(&self) -> Option<Rational> {
        self.parts.iter().filter_map(|part| part.number.clone()).reduce(|sum, number| sum + number)
    }

    /// Why it has to be read with care.
    #[must_use]
    pub fn marks(&self) -> BTreeSet<Mark> {
        let no_data = self.parts.iter().any(|part| part.number.is_none());
        let some = self.parts.iter().any(|part| part.number.is_some());
        let incomplete = self.parts.iter().any(|part| part.incomplete.is_some())
            || !self.missing.is_empty()
            || (no_data && some);
        let marks = [
            (incomplete, Mark::Incomplete),
            (self.redefined, Mark::DefinitionChanged),
            (no_data, Mark::NoData),
        ];
        marks.into_iter().filter_map(|(is, mark)| is.then_some(mark)).collect()
    }

    /// Whether it is entered both as a whole and in parts, so that it would count twice.
    pub(super) fn is_doubled(&self) -> bool {
        self.parts.len() > 1 && self.parts.iter().any(|part| part.name.is_empty())
    }
}

/// A number that is not summed but stands beside a value, to be compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Why it is compared.
    pub role: Role,
    /// Of which years.
    pub span: Span,
    /// What it counts.
    pub name: String,
    /// The number.
    pub number: Rational,
}

/// What a number beside a value is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Increases less decreases, where the value counts increases only.
    Balance,
    /// The same fact as printed in another place.
    SameFact {
        /// Name of the part that it is the same as; empty for the whole.
        part: String,
        /// Where it is printed.
        place: String,
    },
}
