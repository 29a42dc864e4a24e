//! Public lists of entities.
use askama::Template;

use crate::web::pages::layout::Layout;
use crate::web::pages::parts::Fact;

use super::table::Table;

/// Counts at two dates, who vanished, jobs beside the list of enterprises, the lists themselves.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/entities.html")]
pub struct EntitiesPage {
    /// Surroundings.
    pub layout: Layout,
    /// Address of this page.
    pub address: String,
    /// Token of the forms.
    pub csrf: String,
    /// Days that cannot be read.
    pub troubles: Vec<String>,
    /// The first day, as a field has it.
    pub from: String,
    /// The second day.
    pub to: String,
    /// The lists on both days.
    pub balances: Table,
    /// What the table alone would hide.
    pub notes: Vec<Fact>,
    /// Entities that vanished from a list.
    pub vanished: Vec<VanishedView>,
    /// The line that reconciles jobs; none without the list of enterprises.
    pub jobs_line: Option<String>,
    /// Jobs by employer; none where the programme asks for no jobs.
    pub jobs: Option<Table>,
    /// The imports.
    pub imports: Table,
    /// The entities by list.
    pub entities: Vec<Table>,
}

/// An entity that vanished from a list.
#[derive(Debug, Clone)]
pub struct VanishedView {
    /// Its id, as the form carries it.
    pub entity: String,
    /// Its name.
    pub name: String,
    /// Which lists.
    pub what: String,
    /// How many decisions about it the page shows.
    pub seen: usize,
    /// The proposed last day.
    pub day: String,
    /// What was decided; none while it waits.
    pub decided: Option<String>,
}
