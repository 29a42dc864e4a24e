//! `/panel/{programme}/{edition}/przekroje`: a measure by attributes of the units.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};

use super::sheet::Block;

/// The page of cross-tables. What is chosen stands in its address.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/cross.html")]
pub struct CrossPage {
    /// Surroundings.
    pub layout: Layout,
    /// Sentences under the heading.
    pub lead: Vec<String>,
    /// Where the form leads.
    pub action: String,
    /// What can be chosen.
    pub selects: Vec<Select>,
    /// The table in other formats.
    pub downloads: Vec<Link>,
    /// The table.
    pub blocks: Vec<Block>,
}

/// A list to choose from.
#[derive(Debug, Clone)]
pub struct Select {
    /// Name of the field.
    pub name: String,
    /// What is chosen.
    pub label: String,
    /// What there is to choose.
    pub options: Vec<Choosable>,
}

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Choosable {
    /// As it stands in the address.
    pub name: String,
    /// What it says.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}
