//! The page shown when two people changed the same answer: both values, and a choice between them.
use askama::Template;

use super::layout::Layout;
use super::parts::{Carried, Hidden};

/// The conflict page. Everything that did not conflict is already saved.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/conflict.html")]
pub struct ConflictPage {
    /// Surroundings.
    pub layout: Layout,
    /// Address of the section; the choice is sent there.
    pub action: String,
    /// Hidden fields; `_rev` is that of the draft as it is now.
    pub hidden: Hidden,
    /// The answers in question.
    pub contested: Vec<Contested>,
}

/// One answer with two values.
#[derive(Debug, Clone)]
pub struct Contested {
    /// Name of the input.
    pub path: String,
    /// Printed number.
    pub number: String,
    /// The question's text.
    pub label: String,
    /// The value typed on this page, in words; none when it was emptied.
    pub mine: Option<String>,
    /// The value saved meanwhile by somebody else, in words; none when it was emptied or its entry removed.
    pub theirs: Option<String>,
    /// When the other value was saved, in words, and through which access.
    pub saved: String,
    /// The inputs that repeat the value typed here, sent along with the choice.
    pub carried: Vec<Carried>,
}
