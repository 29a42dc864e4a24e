//! `/panel/{programme}/{edition}/decyzje`: what was decided about the numbers.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};

use super::cross::Choosable;
use super::table::Table;

/// The page of decisions.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/decisions.html")]
pub struct DecisionsPage {
    /// Surroundings.
    pub layout: Layout,
    /// Sentences under the heading.
    pub lead: Vec<String>,
    /// The same as a file.
    pub downloads: Vec<Link>,
    /// Title of the edition before.
    pub before: String,
    /// Its decisions that wait to be confirmed.
    pub waiting: Vec<WaitingDecision>,
    /// Everything decided in this edition.
    pub made: Table,
    /// Decisions that can be ended.
    pub standing: Vec<Choosable>,
    /// Kinds of decision.
    pub topics: Vec<Choosable>,
    /// What a decision can be about: what the field takes, and in words.
    pub subjects: Vec<(String, String)>,
    /// Address of the page.
    pub action: String,
    /// Token of its forms.
    pub csrf: String,
}

/// A decision of the edition before.
#[derive(Debug, Clone)]
pub struct WaitingDecision {
    /// Its id.
    pub id: String,
    /// What was decided.
    pub what: String,
    /// Kind, subject, who and when.
    pub about: String,
    /// Why.
    pub why: String,
}
