//! What an address is: method, pattern, and who may use it.

use actix_web::{Resource, web};

use super::answer;

/// Who may use an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anybody,
    /// Whoever has a link or a letter code; the address itself checks it.
    HolderOfSecret,
    /// A respondent with a session.
    Respondent,
    /// Somebody logged in to the panel.
    Member,
    /// A program with a bearer key.
    BearerKey,
    /// The machines of the setting `metrics_from`.
    Operator,
}

/// One address and method. GET answers HEAD as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Pattern of the path.
    pub path: &'static str,
    /// Who may use it.
    pub who: Who,
}

/// An address, in lists.
pub(super) const fn at(method: &'static str, path: &'static str, who: Who) -> Address {
    Address { method, path, who }
}

/// A route for GET that answers HEAD the same way.
pub(super) fn get() -> actix_web::Route {
    web::route().guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head()))
}

/// An address for `routes` of one area; another method than those added to it finds nothing there.
pub(super) fn resource(path: &str) -> Resource {
    web::resource(path).default_service(web::to(answer::unknown_page))
}
