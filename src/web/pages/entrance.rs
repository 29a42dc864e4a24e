//! `/a/{token}`: the start page behind an office's link.
use askama::Template;
use chrono::NaiveDate;

use super::layout::Layout;
use super::parts::Fact;

/// The start page. Showing it changes nothing; its one button begins or continues.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/start.html")]
pub struct StartPage {
    /// Surroundings; its title is the questionnaire's.
    pub layout: Layout,
    /// The responding office, told apart from its namesakes.
    pub unit: String,
    /// What the register says of it.
    pub about: Vec<Fact>,
    /// Where the button sends to: the same address.
    pub action: String,
    /// The last day in words, from [`deadline_words`].
    pub deadline: String,
    /// How long filling in takes, in minutes, and how long when there is nothing to report.
    pub minutes: (u32, u32),
    /// What is good to have at hand.
    pub needed: Vec<String>,
    /// Which button is shown.
    pub entry: Entry,
    /// Address of the blank form, where it can be read without a session.
    pub blank: Option<String>,
}

/// How far the office has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// Nothing was begun.
    Begin,
    /// A draft is there.
    Continue,
    /// The questionnaire was sent.
    Submitted {
        /// Under this number.
        number: String,
        /// Whether it can still be corrected.
        open: bool,
    },
}

impl Entry {
    fn button(&self) -> &'static str {
        match self {
            Entry::Begin => "Rozpocznij",
            Entry::Continue => "Wróć do ankiety",
            Entry::Submitted { .. } => "Zobacz wysłaną ankietę",
        }
    }
}

impl StartPage {
    /// Whether the button leads on to the first section.
    fn begins(&self) -> bool {
        self.entry == Entry::Begin
    }
}

/// A deadline as people write it: „25 lutego 2025 r. (wtorek)”. It also goes after „do” and „od”.
pub fn deadline_words(date: NaiveDate) -> String {
    format!("{} ({})", form::polish::date_long(date), form::polish::weekday(date))
}
