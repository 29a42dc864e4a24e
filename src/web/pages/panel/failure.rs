//! A change in the panel that was refused.
use askama::Template;

use crate::web::pages::layout::Layout;
use crate::web::pages::parts::Fact;

/// Says what is wrong and shows what was typed, so that nothing is lost.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/failure.html")]
pub struct DeskFailurePage {
    /// Surroundings.
    pub layout: Layout,
    /// What is wrong and what to do, one sentence each.
    pub troubles: Vec<String>,
    /// Where the form was.
    pub back: String,
    /// What was typed.
    pub typed: Vec<Fact>,
}
