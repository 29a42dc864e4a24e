//! Answers as typed: the JSON document of a response.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Path;

/// The texts of a response, whether they can be read or not.
///
/// Serializes as one JSON object: texts by key, repeats as arrays of objects with their id in `_id`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, Leaf>", into = "BTreeMap<String, Leaf>")]
pub struct Raw {
    /// Texts outside repeats by key: `question`, `question.nw`, `question.1`, `_ok.{path}`, `_why.{path}`.
    pub fields: BTreeMap<String, String>,
    /// Entries by repeat, in their order.
    pub repeats: BTreeMap<String, Vec<RawRow>>,
}

/// An entry of a repeat as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawRow {
    /// Id of the entry: 8 letters or digits.
    pub id: String,
    /// Texts by key, as in [`Raw::fields`].
    pub fields: BTreeMap<String, String>,
}

/// Why a JSON object is no response.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadRaw {
    /// An entry without `_id`.
    #[error("an entry of „{0}” has no _id")]
    NoId(String),
    /// Two entries with the same id.
    #[error("two entries of „{0}” have the id {1}")]
    SameId(String, String),
}

#[derive(Clone, Serialize)]
#[serde(untagged)]
enum Leaf {
    Text(String),
    Rows(Vec<BTreeMap<String, String>>),
}

/// Written out, because an untagged enum would first copy every value into a buffer.
impl<'de> Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LeafVisitor)
    }
}

struct LeafVisitor;

impl<'de> Visitor<'de> for LeafVisitor {
    type Value = Leaf;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a text or an array of entries")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Leaf, E> {
        Ok(Leaf::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Leaf, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = entries.next_element()? {
            rows.push(row);
        }
        Ok(Leaf::Rows(rows))
    }
}

impl Raw {
    /// The text at an address.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&str> {
        match path {
            Path::Question(key) => self.fields.get(key).map(String::as_str),
            Path::Row { repeat, row, question } => {
                self.row(repeat, row)?.fields.get(question).map(String::as_str)
            }
        }
    }

    /// The entry of this id.
    #[must_use]
    pub fn row(&self, repeat: &str, id: &str) -> Option<&RawRow> {
        self.repeats.get(repeat)?.iter().find(|row| row.id == id)
    }

    /// Puts a text at an address; an entry that is not there yet is added at the end.
    pub fn set(&mut self, path: &Path, text: &str) {
        match path {
            Path::Question(key) => {
                self.fields.insert(key.clone(), text.to_owned());
            }
            Path::Row { repeat, row, question } => {
                self.row_mut(repeat, row).fields.insert(question.clone(), text.to_owned());
            }
        }
    }

    fn row_mut(&mut self, repeat: &str, id: &str) -> &mut RawRow {
        let rows = self.repeats.entry(repeat.to_owned()).or_default();
        let place = rows.iter().position(|row| row.id == id).unwrap_or_else(|| {
            rows.push(RawRow { id: id.to_owned(), fields: BTreeMap::new() });
            rows.len() - 1
        });
        &mut rows[place]
    }
}

impl TryFrom<BTreeMap<String, Leaf>> for Raw {
    type Error = BadRaw;

    fn try_from(object: BTreeMap<String, Leaf>) -> Result<Self, BadRaw> {
        let mut raw = Self::default();
        for (key, leaf) in object {
            match leaf {
                Leaf::Text(text) => {
                    raw.fields.insert(key, text);
                }
                Leaf::Rows(rows) => {
                    let rows = rows_of(&key, rows)?;
                    raw.repeats.insert(key, rows);
                }
            }
        }
        Ok(raw)
    }
}

fn rows_of(repeat: &str, objects: Vec<BTreeMap<String, String>>) -> Result<Vec<RawRow>, BadRaw> {
    let mut rows: Vec<RawRow> = Vec::with_capacity(objects.len());
    for mut fields in objects {
        let id = fields.remove("_id").ok_or_else(|| BadRaw::NoId(repeat.to_owned()))?;
        if rows.iter().any(|row| row.id == id) {
            return Err(BadRaw::SameId(repeat.to_owned(), id));
        }
        rows.push(RawRow { id, fields });
    }
    Ok(rows)
}

impl From<Raw> for BTreeMap<String, Leaf> {
    fn from(raw: Raw) -> Self {
        let texts = raw.fields.into_iter().map(|(key, text)| (key, Leaf::Text(text)));
        let repeats = raw.repeats.into_iter().map(|(key, rows)| {
            let objects = rows.into_iter().map(|row| {
                let mut object = row.fields;
                object.insert("_id".to_owned(), row.id);
                object
            });
            (key, Leaf::Rows(objects.collect()))
        });
        texts.chain(repeats).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Raw;

    fn refused(json: &str) -> String {
        serde_json::from_str::<Raw>(json).unwrap_err().to_string()
    }

    #[test]
    fn an_answer_that_is_no_text_is_refused() {
        assert!(refused(r#"{"a": 5}"#).contains("a text or an array of entries"));
    }

    #[test]
    fn entries_need_an_id_each_its_own() {
        assert!(refused(r#"{"r": [{"a": "1"}]}"#).contains("an entry of „r” has no _id"));
        let twice = refused(r#"{"r": [{"_id": "aaaaaaaa"}, {"_id": "aaaaaaaa"}]}"#);
        assert!(twice.contains("two entries of „r” have the id aaaaaaaa"));
    }
}
