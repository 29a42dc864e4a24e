//! One connection to either database.

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryResult};

use crate::url::Address;

/// A connection whose database was chosen at run time.
#[derive(diesel::MultiConnection)]
#[expect(unreachable_pub, reason = "Diesel's derive makes public what it builds from it")]
pub enum AnyConnection {
    /// The embedded SQLite.
    Sqlite(SqliteConnection),
    /// PostgreSQL.
    Postgres(PgConnection),
}

/// Runs the same expression on the concrete connection: for what Diesel cannot build for both at once (ON CONFLICT,
/// inserts of many rows), at the price of compiling it twice.
macro_rules! both {
    ($connection:expr, $c:ident => $body:expr) => {
        match $connection {
            $crate::connection::AnyConnection::Sqlite($c) => $body,
            $crate::connection::AnyConnection::Postgres($c) => $body,
        }
    };
}
pub(crate) use both;

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reads on SQLite; reads and writes on PostgreSQL.
    Pooled,
    /// The one writer of SQLite.
    Writer,
    /// Migrations: foreign keys are off on SQLite, or rebuilding a table would touch the rows that refer to it.
    Migrations,
}

/// Each PRAGMA is its own statement, the waiting time first: switching to WAL may itself have to wait.
const SQLITE_SETUP: [&str; 4] = [
    "PRAGMA busy_timeout = 3000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
];

/// Waiting for a row that another transaction holds is bounded as well.
const POSTGRES_SETUP: &str = "SET lock_timeout = '3s'; SET idle_in_transaction_session_timeout = '60s'";

/// Opens a connection and sets it up.
///
/// # Errors
/// The cause as the database or its library says it.
pub(crate) fn open(address: &Address, role: Role) -> Result<AnyConnection, String> {
    match address {
        Address::Sqlite(path) => {
            let path = path.to_str().ok_or("the path is not UTF-8")?;
            // The prefix keeps SQLite from reading a relative path as one of its addresses.
            let plain = if path.starts_with('/') { path.to_owned() } else { format!("./{path}") };
            let mut connection = SqliteConnection::establish(&plain).map_err(|e| format!("{path}: {e}"))?;
            set_up_sqlite(&mut connection, role).map_err(|e| format!("{path}: {e}"))?;
            Ok(AnyConnection::Sqlite(connection))
        }
        Address::Postgres(url) => {
            let mut connection = PgConnection::establish(url).map_err(|e| e.to_string())?;
            connection.batch_execute(POSTGRES_SETUP).map_err(|e| e.to_string())?;
            Ok(AnyConnection::Postgres(connection))
        }
    }
}

fn set_up_sqlite(connection: &mut SqliteConnection, role: Role) -> QueryResult<()> {
    for pragma in SQLITE_SETUP {
        connection.batch_execute(pragma)?;
    }
    connection.batch_execute(match role {
        Role::Pooled => "PRAGMA foreign_keys = ON; PRAGMA query_only = ON",
        Role::Writer => "PRAGMA foreign_keys = ON",
        Role::Migrations => "PRAGMA foreign_keys = OFF",
    })
}
