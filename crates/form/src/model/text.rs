//! Texts with `${question}` insertions.

use std::collections::BTreeMap;

use crate::evaluate::Evaluation;

/// A label, hint or message. Insertions were checked at load.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    parts: Vec<Part>,
    translations: BTreeMap<String, Vec<Part>>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words as they stand.
    Plain(String),
    /// The answer to the question of this name.
    Answer(String),
}

impl Text {
    /// A text of these parts, in the default language.
    #[must_use]
    pub fn new(parts: Vec<Part>) -> Self {
        Self { parts, translations: BTreeMap::new() }
    }

    /// Adds the text in another language.
    pub fn translate(&mut self, language: &str, parts: Vec<Part>) {
        self.translations.insert(language.to_owned(), parts);
    }

    /// The parts in the default language.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The parts in another language, where the author gave them.
    #[must_use]
    pub fn translation(&self, language: &str) -> Option<&[Part]> {
        self.translations.get(language).map(Vec::as_slice)
    }

    /// The text without answers: an insertion is shown as "…".
    #[must_use]
    pub fn plain(&self) -> String {
        self.with(|_| "…".to_owned())
    }

    /// The text with the answers of a response, as people read them; "…" where there is none. Not HTML-escaped.
    ///
    /// `row` is the place of the entry when the text stands in a repeat.
    #[must_use]
    pub fn render(&self, evaluation: &Evaluation, row: Option<usize>) -> String {
        self.with(|name| evaluation.shown(name, row).unwrap_or_else(|| "…".to_owned()))
    }

    fn with(&self, answer: impl Fn(&str) -> String) -> String {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Plain(words) => text.push_str(words),
                Part::Answer(name) => text.push_str(&answer(name)),
            }
        }
        text
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::new(vec![Part::Plain(words.to_owned())])
    }
}
