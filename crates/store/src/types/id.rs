//! Ids: 16 bytes on SQLite, native uuid on PostgreSQL.

use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{Binary, SqlType, Uuid as PgUuid};
use diesel::sqlite::{Sqlite, SqliteValue};
use survey::{
    AccessId, ActId, ApiKeyId, AuditId, DecisionId, EditionId, EntityId, EntityImportId, ImportId,
    IndicatorValueId, InvitationId, OutboxId, ProgrammeId, SessionId, StateId, SubmissionId, UnitId, UserId,
    VersionId,
};
use uuid::Uuid;

use super::{in_rows, on_either_database, readable_as, storable_as};

/// An id of either database.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951), sqlite_type(name = "Binary"))]
pub struct UuidSql;

on_either_database!(UuidSql);

/// An id in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression)]
#[diesel(sql_type = UuidSql)]
pub struct Id(Uuid);

/// An id as a query takes it.
pub(crate) fn key(id: impl Into<Id>) -> Id {
    id.into()
}

storable_as!(UuidSql, Id);

impl ToSql<UuidSql, Sqlite> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_bytes().as_slice());
        Ok(IsNull::No)
    }
}

impl ToSql<UuidSql, Pg> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <Uuid as ToSql<PgUuid, Pg>>::to_sql(&self.0, out)
    }
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl From<$name> for Id {
            fn from(id: $name) -> Self {
                Self(id.uuid())
            }
        }

        impl FromSql<UuidSql, Sqlite> for $name {
            fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
                let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
                Ok(Self(Uuid::from_slice(&bytes)?))
            }
        }

        impl FromSql<UuidSql, Pg> for $name {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                Ok(Self(<Uuid as FromSql<PgUuid, Pg>>::from_sql(value)?))
            }
        }

        readable_as!(UuidSql, $name);
        in_rows!(UuidSql, $name);
    )*};
}

ids!(
    AccessId,
    ActId,
    ApiKeyId,
    AuditId,
    DecisionId,
    EditionId,
    EntityId,
    EntityImportId,
    IndicatorValueId,
    ImportId,
    InvitationId,
    OutboxId,
    ProgrammeId,
    SessionId,
    StateId,
    SubmissionId,
    UnitId,
    UserId,
    VersionId
);
