//! Reading a template.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Longest line that mail carries, in bytes without its line break (RFC 5322).
pub(super) const LONGEST_LINE: usize = 998;

const SUBJECT: &str = "Temat:";

/// A template that can be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Name of the file without its ending: `zaproszenie`.
    pub name: String,
    /// SHA-256 of the text as hexadecimal digits: which version a sent mail was made from.
    pub version: String,
    /// The subject in pieces.
    pub(super) subject: Vec<Piece>,
    /// The body in pieces.
    pub(super) body: Vec<Piece>,
    /// Line of the first use of each placeholder, from 1.
    pub(super) placeholders: BTreeMap<String, u32>,
}

/// A stretch of text, or the name of a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Placeholder(String),
}

/// What is wrong with the text of a template; lines count from 1. Printed in Polish, for whoever writes letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateProblem {
    /// The first line is not `Temat: ...`.
    #[error("pierwszy wiersz nie ma postaci „{SUBJECT} ...”")]
    NoSubject,
    /// The second line is not empty.
    #[error("wiersz 2: po temacie musi być pusty wiersz")]
    NoBlankLine,
    /// Nothing follows the subject.
    #[error("po temacie brakuje treści")]
    NoBody,
    /// A placeholder is not closed on its line.
    #[error("wiersz {line}: „{{{{” bez „}}}}”")]
    Unclosed {
        /// Where.
        line: u32,
    },
    /// Not a name: capital letters, digits and `_`, a letter first.
    #[error(
        "wiersz {line}: „{name}” nie jest nazwą pola. Nazwa ma wielkie litery A–Z, cyfry i „_”, np. {{{{LINK}}}}"
    )]
    BadName {
        /// What stands between the braces.
        name: String,
        /// Where.
        line: u32,
    },
    /// A line longer than mail carries.
    #[error("wiersz {line} jest dłuższy niż {LONGEST_LINE} bajtów")]
    LongLine {
        /// Where.
        line: u32,
    },
    /// A control character.
    #[error("wiersz {line}: znak sterujący U+{:04X}", u32::from(*.character))]
    ControlCharacter {
        /// Which character.
        character: char,
        /// Where.
        line: u32,
    },
}

impl Template {
    /// Names of all placeholders, by name.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.placeholders.keys().map(String::as_str)
    }
}

/// Reads a template; returns all problems at once, in the order of the text.
pub fn parse(name: &str, text: &str) -> Result<Template, Vec<TemplateProblem>> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut reader = Reader::default();
    let mut lines = (1..).zip(text.trim_end().split('\n'));
    let subject = match lines.next().and_then(|(_, first)| first.strip_prefix(SUBJECT)) {
        Some(subject) if !subject.trim().is_empty() => reader.line(subject.trim(), 1),
        _ => {
            reader.problems.push(TemplateProblem::NoSubject);
            Vec::new()
        }
    };
    if lines.next().is_some_and(|(_, second)| !second.trim().is_empty()) {
        reader.problems.push(TemplateProblem::NoBlankLine);
    }
    let mut body = Vec::new();
    for (line, content) in lines {
        body.extend(reader.line(content.trim_end(), line));
        body.push(Piece::Text("\n".to_owned()));
    }
    if body.is_empty() {
        reader.problems.push(TemplateProblem::NoBody);
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    let version = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Template { name: name.to_owned(), version, subject, body, placeholders: reader.placeholders })
}

#[derive(Default)]
struct Reader {
    placeholders: BTreeMap<String, u32>,
    problems: Vec<TemplateProblem>,
}

impl Reader {
    fn line(&mut self, content: &str, line: u32) -> Vec<Piece> {
        if content.len() > LONGEST_LINE {
            self.problems.push(TemplateProblem::LongLine { line });
        }
        if let Some(character) = content.chars().find(|c| c.is_control()) {
            self.problems.push(TemplateProblem::ControlCharacter { character, line });
        }
        let mut pieces = Vec::new();
        let mut rest = content;
        while let Some((before, after)) = rest.split_once("{{") {
            pieces.push(Piece::Text(before.to_owned()));
            let Some((name, behind)) = after.split_once("}}") else {
                self.problems.push(TemplateProblem::Unclosed { line });
                return pieces;
            };
            pieces.extend(self.placeholder(name.trim(), line));
            rest = behind;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        pieces
    }

    fn placeholder(&mut self, name: &str, line: u32) -> Option<Piece> {
        let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) || !name.chars().all(allowed) {
            self.problems.push(TemplateProblem::BadName { name: name.to_owned(), line });
            return None;
        }
        self.placeholders.entry(name.to_owned()).or_insert(line);
        Some(Piece::Placeholder(name.to_owned()))
    }
}
