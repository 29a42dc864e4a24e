//! Addresses of answers, the same as names of inputs on the page.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::expr::is_name;

/// The address of one text of a response.
///
/// As text: `question`, `question.nw`, `question.1`, `repeat.row.question`, `repeat.row.question.nw`, and the page's own
/// `_ok.{path}` and `_why.{path}`, which belong to the response whatever they are about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Path {
    /// Outside repeats; the key in [`super::Raw::fields`], suffix included.
    Question(String),
    /// In an entry of a repeat.
    Row {
        /// Name of the repeat.
        repeat: String,
        /// Id of the entry.
        row: String,
        /// Key in the entry's fields, suffix included.
        question: String,
    },
}

/// A text that is no address of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("„{0}” is no address of an answer")]
pub struct BadPath(pub String);

impl Path {
    /// The key within the response or the entry, suffix included ("q.nw").
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Question(key) => key,
            Self::Row { question, .. } => question,
        }
    }

    /// Name of the question, without suffix. For the page's own keys the whole key.
    #[must_use]
    pub fn question(&self) -> &str {
        let key = self.key();
        if key.starts_with('_') { key } else { key.split('.').next().unwrap_or(key) }
    }

    /// The same entry's (or the response's) other key.
    #[must_use]
    pub fn beside(&self, key: &str) -> Self {
        match self {
            Self::Question(_) => Self::Question(key.to_owned()),
            Self::Row { repeat, row, .. } => {
                Self::Row { repeat: repeat.clone(), row: row.clone(), question: key.to_owned() }
            }
        }
    }

    /// Key under which a confirmed warning about this answer is kept.
    #[must_use]
    pub fn ok_key(&self) -> String {
        format!("_ok.{self}")
    }

    /// Key under which the explanation of a confirmed warning is kept.
    #[must_use]
    pub fn why_key(&self) -> String {
        format!("_why.{self}")
    }
}

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question(key) => out.write_str(key),
            Self::Row { repeat, row, question } => write!(out, "{repeat}.{row}.{question}"),
        }
    }
}

impl FromStr for Path {
    type Err = BadPath;

    fn from_str(text: &str) -> Result<Self, BadPath> {
        let bad = || BadPath(text.to_owned());
        if let Some(about) = text.strip_prefix("_ok.").or_else(|| text.strip_prefix("_why.")) {
            return about.parse::<Self>().map(|_| Self::Question(text.to_owned())).map_err(|_| bad());
        }
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [name] if is_name(name) => Ok(Self::Question(text.to_owned())),
            [name, suffix] if is_name(name) && is_suffix(suffix) => Ok(Self::Question(text.to_owned())),
            [repeat, row, name] if is_name(repeat) && is_row(row) && is_name(name) => {
                Ok(in_row(repeat, row, (*name).to_owned()))
            }
            [repeat, row, name, suffix]
                if is_name(repeat) && is_row(row) && is_name(name) && is_suffix(suffix) =>
            {
                Ok(in_row(repeat, row, format!("{name}.{suffix}")))
            }
            _ => Err(bad()),
        }
    }
}

impl TryFrom<String> for Path {
    type Error = BadPath;

    fn try_from(text: String) -> Result<Self, BadPath> {
        text.parse()
    }
}

impl From<Path> for String {
    fn from(path: Path) -> Self {
        path.to_string()
    }
}

fn in_row(repeat: &str, row: &str, question: String) -> Path {
    Path::Row { repeat: repeat.to_owned(), row: row.to_owned(), question }
}

fn is_row(text: &str) -> bool {
    text.len() == 8 && text.chars().all(|c| c.is_ascii_alphanumeric())
}

fn is_suffix(text: &str) -> bool {
    text == "nw"
        || (text.len() <= 3
            && text.starts_with(|c: char| ('1'..='9').contains(&c))
            && text.chars().all(|c| c.is_ascii_digit()))
}
