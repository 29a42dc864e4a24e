//! `/`: what this is, and the way in with a letter code.
use askama::Template;

use super::layout::Layout;
use super::parts::Mistake;

/// The first page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/landing.html")]
pub struct LandingPage {
    /// Surroundings.
    pub layout: Layout,
    /// The code as typed, shown again when it was wrong.
    pub code: String,
    /// What is wrong with the code; at most one.
    pub errors: Vec<Mistake>,
}

impl LandingPage {
    /// The page before anything was typed.
    pub fn new(layout: Layout) -> LandingPage {
        LandingPage { layout, code: String::new(), errors: Vec::new() }
    }

    /// The page after a code that could not be used; `trouble` says why.
    pub fn refused(layout: Layout, code: &str, trouble: &str) -> LandingPage {
        let mistake = Mistake { anchor: "kod".into(), text: trouble.into() };
        LandingPage { layout: layout.with_errors(true), code: code.into(), errors: vec![mistake] }
    }

    /// What to write beside the field.
    pub fn error(&self) -> Option<&str> {
        self.errors.first().map(|mistake| mistake.text.as_str())
    }
}
