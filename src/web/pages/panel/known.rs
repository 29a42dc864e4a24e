//! `/panel/{programme}/{edition}/podane`: numbers of years without responses, entered with their source.
use askama::Template;

use super::table::Table;
use crate::web::pages::layout::Layout;

/// The page of given numbers.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/known.html")]
pub struct KnownPage {
    /// Surroundings.
    pub layout: Layout,
    /// Where the form goes.
    pub action: String,
    /// The token of the form.
    pub csrf: String,
    /// The numbers that hold now.
    pub totals: Table,
    /// The measures of the edition: `{form}.{measure}`, what it says, whether it is chosen.
    pub measures: Vec<(String, String, bool)>,
    /// What stands in the fields.
    pub filled: Filled,
}

/// What stands in the fields of the form.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// First year.
    pub year_from: String,
    /// Last year.
    pub year_to: String,
    /// The number.
    pub value: String,
    /// The document.
    pub document: String,
    /// The page.
    pub page: String,
    /// Day of access.
    pub accessed_on: String,
    /// The entry that is being changed; 0 for a new one.
    pub seen: i32,
}
