//! `/panel`: the editions a person may see.
use askama::Template;

use crate::web::pages::layout::Layout;

use super::table::Table;

/// The list of editions.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/editions.html")]
pub struct EditionsPage {
    /// Surroundings.
    pub layout: Layout,
    /// The editions, newest first.
    pub editions: Table,
}
