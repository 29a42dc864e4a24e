//! JSON documents: text on SQLite, jsonb on PostgreSQL (which does not keep the order of keys).

use std::collections::BTreeMap;
use std::io::Write;

use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::query_builder::QueryId;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{SqlType, Text};
use diesel::sqlite::{Sqlite, SqliteValue};
use form::answers::Raw;
use form::evaluate::Context;
use serde::Serialize;
use serde_json::Value;
use survey::access::Allowed;

use crate::nouns::ContactHistory;

use super::{in_rows, on_either_database, readable_as, storable_as};

/// A document of either database.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(postgres_type(oid = 3802, array_oid = 3807), sqlite_type(name = "Text"))]
pub struct JsonSql;

on_either_database!(JsonSql);

/// The version with which PostgreSQL prefixes jsonb on the wire.
const JSONB_VERSION: u8 = 1;

/// A document in a query.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression)]
#[diesel(sql_type = JsonSql)]
pub struct Json(String);

impl Json {
    /// The document of a value.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        Self(serde_json::to_string(value).expect("every stored document has texts as keys"))
    }
}

storable_as!(JsonSql, Json);

impl ToSql<JsonSql, Sqlite> for Json {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.as_str());
        Ok(IsNull::No)
    }
}

impl ToSql<JsonSql, Pg> for Json {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&[JSONB_VERSION])?;
        out.write_all(self.0.as_bytes())?;
        Ok(IsNull::No)
    }
}

macro_rules! documents {
    ($($rust:ty),*) => {$(
        impl FromSql<JsonSql, Sqlite> for $rust {
            fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
                let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
                Ok(serde_json::from_str(&text)?)
            }
        }

        impl FromSql<JsonSql, Pg> for $rust {
            fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
                match value.as_bytes().split_first() {
                    Some((&JSONB_VERSION, text)) => Ok(serde_json::from_slice(text)?),
                    _ => Err("not a jsonb value of a known version".into()),
                }
            }
        }

        readable_as!(JsonSql, $rust);
    )*};
}

// Diesel itself lets the first one stand in rows, whatever the SQL type.
documents!(Value, Raw, Context, BTreeMap<String, String>, Allowed, ContactHistory);
in_rows!(JsonSql, Raw);
in_rows!(JsonSql, Context);
in_rows!(JsonSql, BTreeMap<String, String>);
in_rows!(JsonSql, Allowed);
in_rows!(JsonSql, ContactHistory);
