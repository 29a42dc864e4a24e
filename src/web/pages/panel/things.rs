//! Distinct things: the lists, and the workbench of one.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::table::Table;

/// The lists whose things are counted.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/things.html")]
pub struct ThingListsPage {
    /// Surroundings.
    pub layout: Layout,
    /// The lists.
    pub lists: Table,
}

/// One list: what may be the same, everything that is on it, what was decided.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/workbench.html")]
pub struct WorkbenchPage {
    /// Surroundings.
    pub layout: Layout,
    /// Address of the lists.
    pub back: String,
    /// Address of this page.
    pub address: String,
    /// Token of the forms.
    pub csrf: String,
    /// The newest decision that the page shows.
    pub rev: i64,
    /// The numbers.
    pub facts: Vec<Fact>,
    /// Files.
    pub downloads: Vec<Link>,
    /// Decisions whose answer changed since.
    pub changed: Vec<ChangedView>,
    /// Decisions about what is not counted any more.
    pub gone: Vec<String>,
    /// What may be the same.
    pub proposals: Vec<ProposalView>,
    /// Everything on the list.
    pub groups: Vec<GroupView>,
    /// What was decided, the newest first.
    pub history: Vec<ActView>,
    /// Whether decisions can be made.
    pub open: bool,
}

/// A decision and what stands there now.
#[derive(Debug, Clone)]
pub struct ChangedView {
    /// The office.
    pub unit: String,
    /// What stood there.
    pub then: String,
    /// What stands there.
    pub now: String,
    /// What it was decided to be.
    pub thing: String,
    /// The place, as the button carries it.
    pub place: String,
}

/// Groups that may be one thing.
#[derive(Debug, Clone)]
pub struct ProposalView {
    /// What an earlier edition decided, in a word.
    pub tag: Option<&'static str>,
    /// Why it is proposed.
    pub why: String,
    /// What the thing would be called.
    pub name: String,
    /// The reason that would be noted.
    pub reason: String,
    /// The reason that would be noted if they are told apart.
    pub apart: String,
    /// Whether an earlier edition told them apart.
    pub told_apart: bool,
    /// The groups.
    pub groups: Vec<GroupView>,
}

/// One thing.
#[derive(Debug, Clone)]
pub struct GroupView {
    /// Its key, as the box carries it.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Other spellings.
    pub spellings: Vec<String>,
    /// Who named it.
    pub entries: Vec<EntryView>,
}

impl GroupView {
    /// "3 wpisy".
    pub fn count(&self) -> String {
        let number = self.entries.len() as u64;
        format!("{number} {}", form::polish::plural_of(number, "wpis", "wpisy", "wpisów"))
    }
}

/// One entry.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The office.
    pub unit: String,
    /// What it wrote.
    pub raw: String,
    /// What else stands in the row.
    pub details: String,
    /// Why it stands here, when somebody decided so.
    pub decided: Option<String>,
    /// The place, as the button carries it.
    pub place: String,
}

/// Decisions made at one stroke.
#[derive(Debug, Clone)]
pub struct ActView {
    /// Its id, as the button carries it.
    pub act: String,
    /// What was done.
    pub what: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
    /// Which entries.
    pub rows: Vec<String>,
    /// Whether something of it still holds.
    pub holds: bool,
}
