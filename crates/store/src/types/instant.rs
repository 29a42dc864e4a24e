//! Instants: text of a fixed width on SQLite, so that the order of texts is that of time; timestamptz on PostgreSQL.

use chrono::{DateTime, Utc};
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{SqlOrd, SqlType, Text, Timestamptz};
use diesel::sqlite::{Sqlite, SqliteValue};
use survey::Timestamp;

use super::{in_rows, on_either_database, readable_as, storable_as};

/// An instant of either database, in whole milliseconds.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185), sqlite_type(name = "Text"))]
pub struct UtcSql;

impl SqlOrd for UtcSql {}

on_either_database!(UtcSql);
readable_as!(UtcSql, Timestamp);
in_rows!(UtcSql, Timestamp);

/// An instant in a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression)]
#[diesel(sql_type = UtcSql)]
pub struct At(pub(crate) Timestamp);

storable_as!(UtcSql, At);

impl ToSql<UtcSql, Sqlite> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}

impl ToSql<UtcSql, Pg> for At {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <DateTime<Utc> as ToSql<Timestamptz, Pg>>::to_sql(&self.0.to_utc(), &mut out.reborrow())
    }
}

impl FromSql<UtcSql, Sqlite> for Timestamp {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        Ok(<String as FromSql<Text, Sqlite>>::from_sql(value)?.parse()?)
    }
}

impl FromSql<UtcSql, Pg> for Timestamp {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(<DateTime<Utc> as FromSql<Timestamptz, Pg>>::from_sql(value)?.into())
    }
}
