//! Collecting: who is asked, how they get in, what they type and when it counts. Pure: no I/O, no clock, no randomness;
//! instants and random bytes come as arguments.
//!
//! [`programme`] reads what a programme declares, [`register`] and [`mod@unit`] who there is to ask, [`letters`] what is
//! sent to them. [`access`] makes links, codes and sessions, [`throttle`] slows guessing down. [`merge`] puts a posted
//! page into a draft, [`state`] decides what may happen now, [`calendar`] when. [`intake`] takes answers from other
//! tools and [`entities`] public lists; both give one outcome for every row of a file.

pub mod access;
pub mod calendar;
pub mod collate;
pub mod entities;
pub mod ids;
pub mod intake;
pub mod letters;
pub mod merge;
pub mod programme;
pub mod register;
pub mod state;
pub mod throttle;
pub mod timestamp;
pub mod unit;

pub use ids::{
    AccessId, ActId, ApiKeyId, AuditId, ChangeId, DecisionId, EditionId, EntityId, EntityImportId, ImportId,
    IndicatorValueId, InvitationId, LeaseId, OutboxId, PlanId, ProgrammeId, QuestionnaireId, ResponseId,
    Scope, SessionId, StateId, SubmissionId, TallyId, TemplateId, UnitId, UnitPeriodId, UserId, VersionId,
};
pub use timestamp::Timestamp;
