//! Collecting: units, editions, invitations, accesses, drafts and their merging. Pure: no I/O, no clock, no randomness.

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
