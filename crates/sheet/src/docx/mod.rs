//! Word documents whose numbers stay bound to where they come from.
//!
//! [`write()`] makes a document of a [`Document`], with our own look or inside an office's template. Every number is a
//! content control bound to a part of the file that holds all numbers; [`update`] refreshes them in a document that
//! people have edited since, and touches nothing else. [`numbers`] lists them with their sentences.

mod assemble;
mod bound;
mod contents;
mod controls;
mod grid;
mod package;
mod pictures;
mod place;
mod redraw;
mod refresh;
mod runs;
mod styles;
mod writer;
mod xml;

use std::collections::BTreeMap;

use crate::document::{Document, Mistake};

pub use controls::{BoundNumber, Origin, numbers, origin};
pub use redraw::{Fate, Redrawn};
pub use refresh::{Change, Updated, update};

/// The text of the paragraph, or the tag of the content control, that a template marks the place of the content with.
/// As a paragraph it stands in double braces: `{{ROZDZIAL}}`.
pub const PLACE: &str = "ROZDZIAL";

/// Where in a document something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The text itself.
    Body,
    /// A footnote or endnote.
    Note,
    /// The head of pages.
    Header,
    /// The foot of pages.
    Footer,
}

/// Why a file cannot be taken as a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocxError {
    /// Not a Word document: no zip, or a zip of something else.
    #[error("the file is no Word document (.docx)")]
    NotADocument,
    /// Behind a password, or a binary document of before 2007: both have the same container.
    #[error("the document is protected by a password or is an old .doc")]
    Locked,
    /// A document with macros, or a template with them.
    #[error("the document holds macros")]
    Macros,
    /// Larger than what is taken, both in bytes.
    #[error("the file has {bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// What is allowed.
        limit: usize,
    },
    /// It unpacks to more than is taken, in bytes, or to too many entries.
    #[error("the document unpacks to more than {limit} bytes")]
    Unpacked {
        /// What is allowed.
        limit: u64,
    },
    /// A part that cannot be read.
    #[error("the part {part} of the document cannot be read: {why}")]
    Broken {
        /// Its name in the file.
        part: String,
        /// What is wrong.
        why: String,
    },
    /// A document without our numbers.
    #[error("the document holds no bound numbers of ours")]
    NotOurs,
}

/// Why a document cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// The document is wrong in itself.
    #[error("the document has {} mistakes, the first: {}", .0.len(), .0[0])]
    Mistakes(Vec<Mistake>),
    /// Keys of the document that the given numbers do not have, or have with another text.
    #[error("the numbers do not agree with the document: {}", .0.join(", "))]
    Numbers(Vec<String>),
    /// The template cannot be read.
    #[error("the template: {0}")]
    Template(#[from] DocxError),
    /// The template has no place for the content, or more than one, or not in its text itself.
    #[error(
        "the template needs one paragraph {{{{ROZDZIAL}}}} or one content control ROZDZIAL in its text, found {found}"
    )]
    Place {
        /// How many there are.
        found: usize,
    },
    /// The template was saved as strict Open XML, or in a way that Word does not write.
    #[error("the template is not saved as an ordinary .docx: {0}")]
    Unusual(String),
    /// The template holds bound numbers already: it is a filled document.
    #[error("the template holds bound numbers already")]
    Filled,
}

/// The document as the bytes of a .docx, the same bytes for the same input.
///
/// With a template its styles, headers, footers and page setup stand, the content goes to its [`PLACE`] and takes the style
/// of that paragraph, and the title is left to it. `numbers` are keys and texts that the document is checked against; more than the document uses is fine.
///
/// # Errors
/// When the document or the template cannot be used; see [`WriteError`].
pub fn write(
    document: &Document,
    template: Option<&[u8]>,
    numbers: &[(String, String)],
) -> Result<Vec<u8>, WriteError> {
    let mut mistakes = document.mistakes();
    mistakes
        .extend(document.pictures().filter_map(|figure| crate::picture::Picture::read(&figure.svg).err()));
    if !mistakes.is_empty() {
        return Err(WriteError::Mistakes(mistakes));
    }
    agree(document, numbers)?;
    assemble::assemble(document, template)
}

fn agree(document: &Document, numbers: &[(String, String)]) -> Result<(), WriteError> {
    let given: BTreeMap<&str, &str> =
        numbers.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
    let own = document.own_numbers().map(|number| number.key);
    let used = document.numbers();
    let wrong = used.values().filter(|number| {
        !own.contains(&number.key) && given.get(number.key.as_str()) != Some(&number.text.as_str())
    });
    let wrong: Vec<String> = wrong.map(|number| number.key.clone()).collect();
    if wrong.is_empty() { Ok(()) } else { Err(WriteError::Numbers(wrong)) }
}
