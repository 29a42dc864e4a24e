//! `/panel/{programme}/{edition}/stany` and what lies below: frozen states and errata.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::table::Table;

/// The states of an edition, its errata, and the forms that make new ones.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/states.html")]
pub struct StatesPage {
    /// Surroundings.
    pub layout: Layout,
    /// Token of the forms.
    pub csrf: String,
    /// Address of this page.
    pub address: String,
    /// Where errata are posted.
    pub errata_address: String,
    /// Whether the edition is frozen.
    pub frozen: bool,
    /// Whether a number changed since the newest state although the edition is frozen.
    pub drifted: bool,
    /// Why the state was not frozen.
    pub troubles: Vec<String>,
    /// What the new state is for, as typed.
    pub label: String,
    /// Kinds of states: word, name on screen, chosen.
    pub kinds: Vec<(&'static str, &'static str, bool)>,
    /// States: name in addresses and name on screen.
    pub names: Vec<(String, String)>,
    /// The states.
    pub states: Table,
    /// The errata.
    pub errata: Table,
}

/// One state beside the numbers of this moment, or one erratum.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/state.html")]
pub struct StatePage {
    /// Surroundings.
    pub layout: Layout,
    /// Where all states are.
    pub back: String,
    /// What came out of comparing.
    pub verdict: Option<String>,
    /// Whether that is good news.
    pub good: bool,
    /// Who, when, hash.
    pub facts: Vec<Fact>,
    /// The same as files.
    pub downloads: Vec<Link>,
    /// Numbers that differ.
    pub changes: Option<Table>,
}
