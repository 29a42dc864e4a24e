//! What is stored, one file per noun.

mod access;
mod audit;
mod change;
mod coding;
mod contact;
mod decision;
mod draft;
mod edition;
mod entity;
mod frozen_state;
mod indicator_value;
mod invitation;
mod job_lease;
mod keys;
mod known_total;
mod letter_template;
mod notebook;
mod outbox;
mod panel;
mod programme;
mod response_import;
mod session;
mod submission;
mod thing;
mod thing_apart;
mod unit;
mod version;

pub use access::Access;
pub use audit::AuditRow;
pub use change::Change;
pub use coding::{CodeFrameVersion, Coding};
pub use contact::{Contact, ContactChange, ContactHistory};
pub use decision::Decision;
pub use draft::Draft;
pub use edition::Edition;
pub use entity::{EntityEnd, EntityImport, EntityMention};
pub use frozen_state::{Erratum, FrozenChapter, FrozenState};
pub use indicator_value::IndicatorValue;
pub use invitation::{Invitation, UnitPlace};
pub use keys::{ApiKey, LinkKey};
pub use known_total::KnownTotal;
pub use letter_template::LetterTemplate;
pub use notebook::{FactVersion, RowVersion};
pub use outbox::{Mail, NewMail, Settled};
pub use panel::{PanelSession, PanelUser};
pub use programme::Programme;
pub use response_import::{ImportedLine, ResponseImport};
pub use session::{Seated, Session};
pub use submission::{Counted, Event, Former, NewSubmission, Numbered, Submission};
pub use thing::ThingDecision;
pub use thing_apart::ThingsApart;
pub use unit::UnitAddress;
pub use version::{FormVersion, PlanVersion};

use crate::error::StoreError;

/// Rows of one insert: SQLite takes about 32 000 values at a time.
const CHUNK: usize = 200;

/// A stored text that its type refuses.
fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
