//! `/panel/{programme}/{edition}/kodowanie`: pages on which open answers are sorted into categories.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::table::Table;

/// All coded questions of an edition.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/coding.html")]
pub struct CodingPage {
    /// Surroundings.
    pub layout: Layout,
    /// The questions, with how far they are.
    pub questions: Table,
    /// Themes across questions.
    pub themes: Table,
}

/// The workbench of one question.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/coding_bench.html")]
pub struct BenchPage {
    /// Surroundings.
    pub layout: Layout,
    /// The list of questions.
    pub back: Link,
    /// Where forms of this page go.
    pub address: String,
    /// Token of the forms.
    pub csrf: String,
    /// How far it is.
    pub facts: Vec<Fact>,
    /// Which answers are shown, each a link.
    pub filters: Vec<Link>,
    /// The filter that is on, as the address has it.
    pub filter: String,
    /// Results, code frame, second coding, downloads.
    pub links: Vec<Link>,
    /// Something was just stored.
    pub saved: Option<String>,
    /// Alike answers together.
    pub groups: Vec<CardGroup>,
    /// Decisions without an answer.
    pub orphans: Vec<OrphanView>,
    /// Whether the page shows these instead of answers.
    pub on_orphans: bool,
    /// Earlier and later pages.
    pub pages: Vec<Link>,
    /// What to say in place of answers.
    pub empty: &'static str,
    /// Whether codes can be changed.
    pub open: bool,
}

impl BenchPage {
    /// Codes that can be cleared.
    pub fn lost(&self) -> impl Iterator<Item = &OrphanView> {
        self.orphans.iter().filter(|orphan| !orphan.cleared)
    }

    /// Codes that were cleared and can come back.
    pub fn cleared(&self) -> impl Iterator<Item = &OrphanView> {
        self.orphans.iter().filter(|orphan| orphan.cleared)
    }
}

/// Codes without an answer behind them.
#[derive(Debug, Clone)]
pub struct OrphanView {
    /// The office.
    pub unit: String,
    /// The codes; of cleared ones those from before.
    pub codes: String,
    /// What became of the answer.
    pub why: &'static str,
    /// Who decided last, and when.
    pub who: String,
    /// The invitation, the row, the number of the last decision and the hash of the text.
    pub hidden: [(&'static str, String); 4],
    /// Whether they were cleared.
    pub cleared: bool,
}

impl OrphanView {
    /// All of [`OrphanView::hidden`] in one value of a form.
    pub fn value(&self) -> String {
        self.hidden.each_ref().map(|(_, value)| value.as_str()).join("|")
    }
}

/// Alike answers.
#[derive(Debug, Clone)]
pub struct CardGroup {
    /// What a heading says where there are several.
    pub heading: Option<String>,
    /// The answers.
    pub cards: Vec<Card>,
}

/// One answer with the form that gives it codes.
#[derive(Debug, Clone)]
pub struct Card {
    /// Id on the page.
    pub anchor: String,
    /// Id of the answer that comes next on the page, or of the heading.
    pub next: String,
    /// Name of the unit, with the row in a list.
    pub unit: String,
    /// When and what it was.
    pub sent: String,
    /// The answer, or its beginning.
    pub text: String,
    /// The whole of a very long answer.
    pub whole: Option<String>,
    /// Class and words of the state.
    pub state: (&'static str, &'static str),
    /// Something that has to be said before the codes.
    pub notice: Option<&'static str>,
    /// The invitation, the row, the number of the last decision and the hash of the text.
    pub hidden: [(&'static str, String); 4],
    /// Whom else the button for all concerns, each as one value.
    pub alike: Vec<String>,
    /// The codes.
    pub codes: Vec<CodeBox>,
    /// What was decided, the newest first.
    pub history: Vec<String>,
    /// Whether the last decision can be taken back here.
    pub undo: bool,
    /// Whether the asking person may code it.
    pub mine: bool,
}

/// A code that can be ticked.
#[derive(Debug, Clone)]
pub struct CodeBox {
    /// The code.
    pub code: String,
    /// Code and label.
    pub label: String,
    /// Key that ticks it.
    pub key: Option<char>,
    /// What belongs to it.
    pub hint: Option<String>,
    /// Why it may fit.
    pub suggestion: Option<String>,
    /// Whether the answer has it.
    pub ticked: bool,
}

/// The counts of one question, or the units that reported a code.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/coding_results.html")]
pub struct CodingResultsPage {
    /// Surroundings.
    pub layout: Layout,
    /// The page before.
    pub back: Link,
    /// What belongs to the code; empty for a question, which its title tells.
    pub hint: String,
    /// Bases and what they leave out.
    pub notes: Vec<String>,
    /// The counts, or the units.
    pub counts: Table,
    /// Downloads.
    pub links: Vec<Link>,
}

/// The second coding of a sample.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/coding_second.html")]
pub struct SecondPage {
    /// Surroundings.
    pub layout: Layout,
    /// The workbench of the first coding.
    pub back: Link,
    /// Where forms of this page go.
    pub address: String,
    /// Token of the forms.
    pub csrf: String,
    /// How many are in the sample and done.
    pub notes: Vec<String>,
    /// Something was just stored.
    pub saved: Option<String>,
    /// The answers of the sample.
    pub groups: Vec<CardGroup>,
    /// Agreement by code.
    pub agreement: Table,
    /// The filter, which this page does not have.
    pub filter: String,
    /// Whether codes can be changed.
    pub open: bool,
}

/// A code frame to be changed.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/frame.html")]
pub struct FramePage {
    /// Surroundings.
    pub layout: Layout,
    /// Where the form goes.
    pub address: String,
    /// The list of questions.
    pub back: Link,
    /// Token of the form.
    pub csrf: String,
    /// Version, who stored it, what it sorts.
    pub facts: Vec<Fact>,
    /// Something was just stored.
    pub saved: Option<String>,
    /// Title of the frame.
    pub title: String,
    /// The version that is shown.
    pub version: i32,
    /// The codes.
    pub codes: Vec<CodeForm>,
    /// Earlier versions, the newest first.
    pub earlier: Vec<String>,
    /// Whether the frame can be changed.
    pub open: bool,
}

/// A code to be changed.
#[derive(Debug, Clone)]
pub struct CodeForm {
    /// The code.
    pub code: String,
    /// As it is printed.
    pub printed: String,
    /// Its text.
    pub label: String,
    /// What belongs to it.
    pub hint: String,
    /// Wordings that suggest it, one per line.
    pub words: String,
    /// Themes: name, text, whether it belongs to it.
    pub themes: Vec<(String, String, bool)>,
    /// What sort of category it is, in words.
    pub kind: &'static str,
    /// How many answers have it.
    pub answers: String,
    /// Why it is given no more.
    pub retired: String,
    /// Whether nobody ever gave it, so that it can go.
    pub unused: bool,
}
