//! Why a use case gave no result. Small and full of data; sentences and statuses are chosen at the edges.

use chrono::NaiveDate;
use store::StoreError;

use super::EditionName;

/// Every reason a use case can have.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// No such link or letter code.
    #[error("unknown link or code")]
    UnknownLink,
    /// The link or code was replaced by a newer one.
    #[error("the link or code was replaced")]
    ReplacedLink,
    /// The link or code was revoked, or the office is no longer asked.
    #[error("the link or code was revoked")]
    RevokedLink,
    /// The edition opens later.
    #[error("opens on {0}")]
    NotYetOpen(NaiveDate),
    /// The edition or the invitation is closed: reading only.
    #[error("closed on {0}")]
    Closed(NaiveDate),
    /// No session, or it has ended.
    #[error("no session")]
    NoSession,
    /// `_csrf` is missing or of another access.
    #[error("the page's token is wrong")]
    BadToken,
    /// The page was drawn for another invitation than the session's.
    #[error("the page belongs to another invitation")]
    ForeignPage,
    /// No such section, or not for this access.
    #[error("unknown section")]
    UnknownSection,
    /// The access is to a part of the questionnaire, so not to the whole of it.
    #[error("not with an access to a part of the questionnaire")]
    NotAllowed,
    /// The POST names fields that the form does not have, or holds unusable text.
    #[error("unusable POST: {}", .0.join(", "))]
    BadPost(Vec<String>),
    /// The questionnaire was sent after this page was drawn.
    #[error("already submitted")]
    Submitted,
    /// Nothing to submit: errors block it.
    #[error("incomplete")]
    Incomplete,
    /// The draft changed since the check page was drawn.
    #[error("the draft changed since the page was drawn")]
    Stale,
    /// Somebody else changed the same thing since the page was drawn; says what it is.
    #[error("overtaken: {0}")]
    Overtaken(String),
    /// Too many wrong tries; worth trying again after so many seconds.
    #[error("too many tries, wait {0} s")]
    TooMany(u32),
    /// Wrong login, password or one-time code.
    #[error("wrong login or password")]
    BadLogin,
    /// No such programme or edition.
    #[error("no edition {0}")]
    UnknownEdition(String),
    /// The edition has no such frozen state, erratum or row of the notebook; says which.
    #[error("not there: {0}")]
    NotThere(String),
    /// No such unit in the edition.
    #[error("no unit {0}")]
    UnknownUnit(String),
    /// What was given is wrong; one Polish sentence per problem, for commands.
    #[error("{}", .0.join("\n"))]
    Input(Vec<String>),
    /// The keys are not those that the database was made with; one Polish sentence per key.
    #[error("{}", .0.join("\n"))]
    Keys(Vec<String>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A stored text can no longer be read by this program.
    #[error("stored {what} cannot be read: {cause}")]
    Unreadable {
        /// What was read.
        what: &'static str,
        /// Why it cannot be.
        cause: String,
    },
}

impl Refused {
    /// One wrong thing in what was given.
    pub(crate) fn input(line: impl Into<String>) -> Self {
        Self::Input(vec![line.into()])
    }

    /// What is told to somebody who wants to change numbers that are final; `what` in the genitive.
    pub(crate) fn frozen(name: &EditionName, what: &str) -> Self {
        Self::input(format!("edycja {name} jest zamrożona, więc {what} nie można już zmieniać"))
    }
}
