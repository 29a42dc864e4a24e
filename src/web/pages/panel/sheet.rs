//! Pages of the panel that are read from top to bottom: facts, then headings with tables.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::picture::Picture;
use super::table::Table;

/// A page to be read.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/sheet.html")]
pub struct SheetPage {
    /// Surroundings.
    pub layout: Layout,
    /// Where people came from.
    pub back: Option<Link>,
    /// Sentences under the heading.
    pub lead: Vec<String>,
    /// What is known at a glance.
    pub facts: Vec<Fact>,
    /// The same in other formats.
    pub downloads: Vec<Link>,
    /// The parts of the page.
    pub blocks: Vec<Block>,
}

/// A part of a page under a heading.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Id of the heading.
    pub id: String,
    /// The heading.
    pub heading: String,
    /// Sentences.
    pub paragraphs: Vec<String>,
    /// Terms with their values.
    pub facts: Vec<Fact>,
    /// Pictures of what the tables hold.
    pub pictures: Vec<Picture>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Where one can go from here.
    pub links: Vec<Link>,
}
