//! Ids: one newtype per noun over a uuid, so that an id of a unit never lands where one of an edition belongs.
//!
//! Ids are uuid version 7, built from the injected clock and random source. They are never secrets.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Timestamp;

/// Builds a uuid of version 7 (RFC 9562): 48 bits of milliseconds, 74 random bits; orders by time.
pub fn uuid_v7(at: Timestamp, random: [u8; 10]) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(at.millis().unsigned_abs(), &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id (uuid version 7) from the moment and ten random bytes.
            pub fn from_parts(at: Timestamp, random: [u8; 10]) -> Self {
                Self(uuid_v7(at, random))
            }

            /// The uuid inside, as the database stores it.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A programme: the tenant.
    ProgrammeId;
    /// One run of a programme.
    EditionId;
    /// A unit that is asked: a JST, a labour office.
    UnitId;
    /// One validity period of a unit's attributes.
    UnitPeriodId;
    /// A questionnaire of an edition (its series, whatever the version).
    QuestionnaireId;
    /// One frozen text of a questionnaire.
    VersionId;
    /// One version of the plan: measures and report rows.
    PlanId;
    /// Unit x edition x questionnaire.
    InvitationId;
    /// One way into an invitation.
    AccessId;
    /// The one response of an invitation.
    ResponseId;
    /// One numbered, never altered copy of a response.
    SubmissionId;
    /// One entry in the history of a draft.
    ChangeId;
    /// A row of the outbox: one mail to one recipient.
    OutboxId;
    /// One version of a letter's template.
    TemplateId;
    /// A session of a respondent or of the panel.
    SessionId;
    /// A person who uses the panel.
    UserId;
    /// A bearer key of the API.
    ApiKeyId;
    /// A row of the audit trail.
    AuditId;
    /// A decision about the numbers of an edition.
    DecisionId;
    /// A lease on a job.
    LeaseId;
    /// A saved tally.
    TallyId;
    /// One act of an analyst that decided about several places at once.
    ActId;
    /// An entity of a public list.
    EntityId;
    /// A public list as it was read in.
    EntityImportId;
    /// A frozen state of an edition's numbers.
    StateId;
    /// One entry in the history of an indicator's values.
    IndicatorValueId;
    /// A file of answers from another tool.
    ImportId;
}

/// What a store function may see: a programme and, for a respondent, one invitation of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Scope {
    /// The tenant; stands in every condition.
    pub programme: ProgrammeId,
    /// Set for a respondent: nothing of another invitation is visible.
    pub invitation: Option<InvitationId>,
}

impl Scope {
    /// The scope of analysts, administrators, commands and jobs of one programme.
    pub const fn programme(programme: ProgrammeId) -> Self {
        Self { programme, invitation: None }
    }

    /// The scope of a respondent.
    pub const fn invitation(programme: ProgrammeId, invitation: InvitationId) -> Self {
        Self { programme, invitation: Some(invitation) }
    }

    /// Whether rows of `invitation` may be seen in this scope.
    pub fn allows(&self, invitation: InvitationId) -> bool {
        self.invitation.is_none_or(|own| own == invitation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_order_by_time() {
        let early = UnitId::from_parts(Timestamp::from_millis(1_700_000_000_000), [255; 10]);
        let late = UnitId::from_parts(Timestamp::from_millis(1_700_000_000_001), [0; 10]);
        assert_eq!(early.uuid().get_version_num(), 7);
        assert!(early < late);
    }

    #[test]
    fn an_id_reads_back_from_its_text_and_json() {
        let id = EditionId::from_parts(Timestamp::from_millis(1_735_689_600_123), [7; 10]);
        assert_eq!(id.to_string().parse::<EditionId>().unwrap(), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<EditionId>(&json).unwrap(), id);
    }

    #[test]
    fn a_respondent_sees_only_its_own_invitation() {
        let programme = ProgrammeId(Uuid::from_u128(1));
        let (mine, other) = (InvitationId(Uuid::from_u128(2)), InvitationId(Uuid::from_u128(3)));
        assert!(Scope::invitation(programme, mine).allows(mine));
        assert!(!Scope::invitation(programme, mine).allows(other));
        assert!(Scope::programme(programme).allows(other));
    }
}
