//! `/panel/{programme}/{edition}/rozdzial`: the chapter and its files.
use askama::Template;

use crate::service::report::Mentioned;
use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::table::Table;

/// What can be taken along, and what is missing in it.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/chapter.html")]
pub struct ChapterPage {
    /// Surroundings.
    pub layout: Layout,
    /// State of the numbers and of the texts.
    pub facts: Vec<Fact>,
    /// The numbers of this moment, and frozen states.
    pub states: Vec<Link>,
    /// The files.
    pub downloads: Vec<Link>,
    /// Rows in which a source has not said anything.
    pub missing: Table,
    /// Where an edited document is sent.
    pub action: String,
    /// Token of the form.
    pub csrf: String,
    /// Name of the frozen state that is shown; empty for the numbers of now.
    pub state: String,
}

/// What would change in an edited document that was sent.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/refreshed.html")]
pub struct RefreshedPage {
    /// Surroundings.
    pub layout: Layout,
    /// How many places, how many sentences to look at, which numbers.
    pub facts: Vec<Fact>,
    /// Sentences that may not fit any more.
    pub doubts: Table,
    /// Every place that changes.
    pub changes: Table,
    /// What becomes of pictures.
    pub pictures: Table,
    /// What is to be said about numbers that people deleted, copied or nested.
    pub lists: Vec<(&'static str, Vec<Mentioned>)>,
    /// The page of the chapter.
    pub back: String,
}
