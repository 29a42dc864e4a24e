//! A change in the panel that was refused, and what an address asks for in vain.
use askama::Template;

use crate::web::pages::layout::{Layout, Link};
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

/// Says that an edition does not have what the address asks for, and leads on.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/missing.html")]
pub struct MissingPage {
    /// Surroundings; its title is the heading.
    pub layout: Layout,
    /// What is not there, one sentence each.
    pub troubles: Vec<String>,
    /// Where to go instead.
    pub ways: Vec<Link>,
    /// Names the request in the log of the service.
    pub request_id: String,
}
