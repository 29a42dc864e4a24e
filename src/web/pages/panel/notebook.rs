//! `/panel/{programme}/{edition}/notatnik` and what lies below: texts of the report's rows, and facts of the year.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::table::Table;

/// All rows by table of the report.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/notebook.html")]
pub struct NotebookPage {
    /// Surroundings.
    pub layout: Layout,
    /// Where the facts are.
    pub facts_address: String,
    /// How much is written.
    pub facts: Vec<Fact>,
    /// Heading and table of each part.
    pub parts: Vec<(String, Table)>,
}

/// An earlier version, folded.
#[derive(Debug, Clone)]
pub struct VersionView {
    /// Number, who and when.
    pub title: String,
    /// What was written.
    pub facts: Vec<Fact>,
}

/// A fact that can be placed under a text.
#[derive(Debug, Clone)]
pub struct PlacedFact {
    /// Its short name.
    pub slug: String,
    /// What it says.
    pub text: String,
    /// Whether it is placed there.
    pub chosen: bool,
}

/// The fields of one source.
#[derive(Debug, Clone)]
pub struct SourceForm {
    /// As tables write it.
    pub code: String,
    /// In full.
    pub name: String,
    /// Whether the programme names it for this row.
    pub declared: bool,
    /// What the survey says, filled in by itself.
    pub sentences: Vec<String>,
    /// The answer „nic nowego”.
    pub nothing_new: bool,
    /// The text.
    pub text: String,
    /// Facts to choose from.
    pub facts: Vec<PlacedFact>,
    /// Whether some are chosen.
    pub placed: bool,
}

/// One row of the report.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/notebook_row.html")]
pub struct NotebookRowPage {
    /// Surroundings.
    pub layout: Layout,
    /// Where all rows are.
    pub back: String,
    /// Token of the form.
    pub csrf: String,
    /// Where the form goes.
    pub action: String,
    /// Name of the action.
    pub name: String,
    /// Product indicators and area.
    pub about: Vec<Fact>,
    /// What is wrong.
    pub troubles: Vec<String>,
    /// Who was faster.
    pub overtaken: Option<String>,
    /// What they wrote.
    pub theirs: Vec<Fact>,
    /// The version that the form was drawn from.
    pub rev: i32,
    /// States: word, name, chosen.
    pub states: Vec<(&'static str, &'static str, bool)>,
    /// Who is in charge.
    pub owner: String,
    /// When it is due.
    pub deadline: String,
    /// Fields by source.
    pub sources: Vec<SourceForm>,
    /// The row before and the row after.
    pub around: Vec<Link>,
    /// Earlier versions, the newest first.
    pub history: Vec<VersionView>,
}

/// The facts of the year.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/notebook_facts.html")]
pub struct FactsPage {
    /// Surroundings.
    pub layout: Layout,
    /// The notebook.
    pub back: String,
    /// The form of a new one.
    pub new_address: String,
    /// All of them.
    pub facts: Table,
}

/// A field of one line or several.
#[derive(Debug, Clone)]
pub struct FactLine {
    /// Its name.
    pub name: &'static str,
    /// What it asks for.
    pub label: &'static str,
    /// How to fill it in; empty for no hint.
    pub hint: &'static str,
    /// What was typed.
    pub value: String,
    /// Class of width.
    pub width: &'static str,
    /// Whether it has several lines.
    pub tall: bool,
}

/// One fact.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/notebook_fact.html")]
pub struct FactPage {
    /// Surroundings.
    pub layout: Layout,
    /// Where all facts are.
    pub back: String,
    /// Token of the form.
    pub csrf: String,
    /// Where the form goes.
    pub action: String,
    /// Its short name and where it stands.
    pub about: Vec<Fact>,
    /// What is wrong.
    pub troubles: Vec<String>,
    /// Who was faster.
    pub overtaken: Option<String>,
    /// What they wrote.
    pub theirs: Vec<Fact>,
    /// The version that the form was drawn from.
    pub rev: i32,
    /// The fields.
    pub lines: Vec<FactLine>,
    /// Whether it was entered by mistake.
    pub withdrawn: bool,
    /// Earlier versions, the newest first.
    pub history: Vec<VersionView>,
}
