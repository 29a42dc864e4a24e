//! Lists of choices.

use std::collections::BTreeMap;

use super::{Comparable, Text};

/// A list of choices in the order of the file. Never empty, names are unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceList {
    /// Name of the list.
    pub name: String,
    /// The choices in the order of the file.
    pub choices: Vec<Choice>,
}

/// One choice of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is stored. Never holds a space.
    pub name: String,
    /// What is shown.
    pub label: Text,
    /// "None of these": excludes every other choice of a select_multiple.
    pub exclusive: bool,
    /// This choice means "don't know / no data".
    pub dont_know: bool,
    /// Name of the choice of the previous edition whose answers this one continues; several, with spaces, where it
    /// merges them.
    pub was: Option<String>,
    /// Whether answers can be compared with the previous edition.
    pub comparable: Option<Comparable>,
    /// Columns for `choice_filter` and those this version does not know.
    pub extra: BTreeMap<String, String>,
}

impl ChoiceList {
    /// The choice of this name.
    #[must_use]
    pub fn choice(&self, name: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.name == name)
    }

    /// Place of the choice in the list, from 0.
    #[must_use]
    pub fn place_of(&self, name: &str) -> Option<usize> {
        self.choices.iter().position(|choice| choice.name == name)
    }
}
