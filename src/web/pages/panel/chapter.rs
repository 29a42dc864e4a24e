//! `/panel/{programme}/{edition}/rozdzial`: the chapter and its files.
use askama::Template;

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
}
