//! One SQL type for both databases where their native types differ: uuid, instant, JSON; and the small sets of words.

mod id;
mod instant;
mod json;
mod words;

pub(crate) use id::UuidSql;
pub(crate) use id::key;
pub(crate) use instant::{At, UtcSql};
pub(crate) use json::{Json, JsonSql};
pub use words::{
    AccessKind, Coder, EditionState, EndVerdict, EventKind, OutboxState, Role, RowState, StateKind, ThingAct,
    Topic, ValueSource, ValueState, Verdict,
};

/// Makes an SQL type known to the connection that is either database.
macro_rules! on_either_database {
    ($sql:ty) => {
        impl diesel::sql_types::HasSqlType<$sql> for crate::connection::MultiBackend {
            fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
                Self::lookup_sql_type::<$sql>(lookup)
            }
        }
    };
}

/// Storing through the connection that is either database, by way of the two that it is.
macro_rules! storable_as {
    ($sql:ident, $rust:ty) => {
        impl diesel::serialize::ToSql<$sql, crate::connection::MultiBackend> for $rust {
            fn to_sql<'b>(
                &'b self,
                out: &mut diesel::serialize::Output<'b, '_, crate::connection::MultiBackend>,
            ) -> diesel::serialize::Result {
                out.set_value(($sql, self));
                Ok(diesel::serialize::IsNull::No)
            }
        }
    };
}

/// Reading only: Diesel's rules leave no way to let types of other crates stand in queries; there their wrappers
/// [`Id`], [`At`] and [`Json`] stand.
macro_rules! readable_as {
    ($sql:ident, $rust:ty) => {
        impl diesel::deserialize::FromSql<$sql, crate::connection::MultiBackend> for $rust {
            fn from_sql(value: crate::connection::MultiRawValue<'_>) -> diesel::deserialize::Result<Self> {
                value.from_sql::<Self, $sql>()
            }
        }
    };
}

/// What Diesel's derive would write for a type of this crate.
macro_rules! in_rows {
    ($sql:ident, $rust:ty) => {
        impl<DB> diesel::deserialize::Queryable<$sql, DB> for $rust
        where
            DB: diesel::backend::Backend,
            Self: diesel::deserialize::FromSql<$sql, DB>,
        {
            type Row = Self;

            fn build(row: Self) -> diesel::deserialize::Result<Self> {
                Ok(row)
            }
        }
    };
}

use {in_rows, on_either_database, readable_as, storable_as};
