//! `/ankieta/czesc/{section}`: one section of the questionnaire.
use askama::Template;

use super::drawing::Drawn;
use super::field::Block;
use super::layout::Layout;
use super::parts::{Hidden, Mistake};

/// A page with the questions of one section.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/section.html")]
pub struct SectionPage {
    /// Surroundings; its title is the heading.
    pub layout: Layout,
    /// Name of the section, in the address.
    pub name: String,
    /// Which of the relevant sections this is, and of how many.
    pub step: (usize, usize),
    /// Text under the heading.
    pub hint: Option<String>,
    /// One tick „nie wiem / brak danych” for the whole section; `Some(ticked)` where it is offered.
    pub dont_know: Option<bool>,
    /// Whether contact details are asked for.
    pub personal: bool,
    /// Contents.
    pub blocks: Vec<Block>,
    /// What is wrong.
    pub errors: Vec<Mistake>,
    /// The first question that appeared through what was just saved.
    pub appeared: Option<Mistake>,
    /// Hidden fields.
    pub hidden: Hidden,
    /// What just happened to the list of entries or the draft.
    pub notice: Option<Notice>,
    /// Whether the person came from the check page and goes back there.
    pub from_check: bool,
}

/// What happened just before the page was drawn.
#[derive(Debug, Clone)]
pub enum Notice {
    /// The section was saved; time of day such as „12:34”.
    Saved(String),
    /// An entry (`{repeat}.{row}`) was removed and can be brought back with the button `_undo`.
    Removed(String),
    /// The entry was brought back.
    Restored,
}

impl SectionPage {
    /// Puts a drawn section into its page. `step` counts relevant sections from 1.
    pub fn new(
        layout: Layout,
        name: &str,
        step: (usize, usize),
        drawn: Drawn,
        hidden: Hidden,
    ) -> SectionPage {
        SectionPage {
            layout: layout.with_errors(!drawn.errors.is_empty()).scripted(),
            name: name.into(),
            step,
            hint: drawn.hint,
            dont_know: drawn.dont_know,
            personal: drawn.personal,
            blocks: drawn.blocks,
            errors: drawn.errors,
            appeared: drawn.appeared,
            hidden,
            notice: None,
            from_check: false,
        }
    }

    /// Whether `_next` must show this page again (422) instead of going on.
    pub fn must_stay(&self) -> bool {
        !self.errors.is_empty() || self.appeared.is_some()
    }

    /// Where the form is sent; the way back to the check page survives a save.
    fn action(&self) -> String {
        let back = if self.from_check { "?z=sprawdz" } else { "" };
        format!("/ankieta/czesc/{}{back}", self.name)
    }
}
