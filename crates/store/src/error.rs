//! What can go wrong in a database, in the words of this crate. Sentences for people are made elsewhere.

use std::path::PathBuf;

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

/// Why a read or a write gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Too many are waiting, nothing became free in time, or retries were used up. Worth trying again later.
    #[error("the database is busy")]
    Busy,
    /// No connection could be made, or it was lost. After a lost connection a write may or may not be stored.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Nothing more can be written.
    #[error("the disk of the database is full")]
    DiskFull,
    /// A rule of the schema refuses the row.
    #[error("refused by the schema: {0:?}")]
    Refused(Constraint),
    /// The scope does not reach the row that was asked for.
    #[error("outside the scope")]
    OutOfScope,
    /// The closure panicked; nothing of it is stored.
    #[error("{name} panicked: {message}")]
    Panicked {
        /// Name of the read or write.
        name: &'static str,
        /// What the panic said.
        message: String,
    },
    /// The store has been closed.
    #[error("the store is closed")]
    Closed,
    /// A stored value cannot be read as the type that it should have, or a value cannot be stored.
    #[error("a value cannot be converted: {0}")]
    Unreadable(String),
    /// Anything else the database says.
    #[error("the database failed: {0}")]
    Database(String),
}

/// A rule of the schema that a row broke. The same on both databases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Constraint {
    /// Primary key or unique index: another row has these values.
    Unique {
        /// Table of the row.
        table: String,
        /// Columns of the key, in its order.
        columns: Vec<String>,
    },
    /// A row that is referred to does not exist, or is still referred to.
    ForeignKey,
    /// A value is missing.
    NotNull,
    /// A value is not one of those allowed, or a kept row would be changed.
    Check,
}

impl StoreError {
    /// Whether a unique key of `table` refused the row.
    pub fn is_taken(&self, table: &str) -> bool {
        matches!(self, Self::Refused(Constraint::Unique { table: other, .. }) if other == table)
    }
}

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Not `sqlite:PATH`, a path ending in `.db`, or `postgres://...`.
    #[error("not the URL of a database: expected sqlite:PATH, a path ending in .db, or postgres://...")]
    Url,
    /// There is no such SQLite file.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The database cannot be reached; the cause as the database or its library says it.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The schema is older than this program: `migrate` has to be run. These migrations are missing.
    #[error("the database needs migrating: {} missing", .0.join(", "))]
    Outdated(Vec<String>),
    /// The database says that this program is too old to serve it.
    #[error("the database needs miernik {needed} or newer, this is {this}")]
    ProgramTooOld {
        /// Oldest version that may serve.
        needed: String,
        /// Version of this program.
        this: String,
    },
    /// Another process serves this SQLite file.
    #[error("another process serves {}", .0.display())]
    Held(PathBuf),
    /// The lock file next to the SQLite file cannot be made.
    #[error("the lock {} cannot be made: {cause}", path.display())]
    Lock {
        /// Path of the lock file.
        path: PathBuf,
        /// Cause.
        cause: std::io::Error,
    },
}

/// Why migrating failed. The database is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A migration failed; the cause as the database says it.
    #[error("a migration failed: {0}")]
    Failed(String),
    /// After the migrations rows refer to rows that do not exist: `table -> table`, each once.
    #[error("rows without what they refer to: {}", .0.join(", "))]
    Dangling(Vec<String>),
}

/// How far an error of the database reaches.
#[derive(Debug, Clone)]
pub(crate) enum Harm {
    /// Only the closure that met it: its own changes have to be undone.
    Closure(StoreError),
    /// The closure may be run again from the start (PostgreSQL: serialization failure, deadlock).
    Again,
    /// The connection: nothing it says can be trusted any more.
    Connection(StoreError),
}

impl Harm {
    /// The error for whoever asked.
    pub(crate) fn error(&self) -> StoreError {
        match self {
            Self::Closure(error) | Self::Connection(error) => error.clone(),
            Self::Again => StoreError::Busy,
        }
    }

    /// Sorts an error of diesel.
    pub(crate) fn of(error: &DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, info) => of_database(kind, info.as_ref()),
            DieselError::DeserializationError(e) | DieselError::SerializationError(e) => {
                Self::Closure(StoreError::Unreadable(e.to_string()))
            }
            DieselError::NotFound | DieselError::QueryBuilderError(_) => {
                Self::Closure(StoreError::Database(error.to_string()))
            }
            other => Self::Connection(StoreError::Database(other.to_string())),
        }
    }
}

fn of_database(kind: &DatabaseErrorKind, info: &dyn DatabaseErrorInformation) -> Harm {
    use DatabaseErrorKind as Kind;
    let refused = |constraint| Harm::Closure(StoreError::Refused(constraint));
    match kind {
        Kind::UniqueViolation => refused(unique(info)),
        Kind::ForeignKeyViolation | Kind::RestrictViolation => refused(Constraint::ForeignKey),
        Kind::NotNullViolation => refused(Constraint::NotNull),
        Kind::CheckViolation | Kind::ExclusionViolation => refused(Constraint::Check),
        Kind::SerializationFailure => Harm::Again,
        Kind::ClosedConnection | Kind::UnableToSendCommand => {
            Harm::Connection(StoreError::Unavailable(info.message().to_owned()))
        }
        _ => of_message(info),
    }
}

/// What PostgreSQL and its library say when the server stops, crashes, or is not there again yet, and SQLite when its
/// file cannot be read or written for the moment (a quota, a network drive).
const LOST: [&str; 9] = [
    "server closed the connection",
    "terminating connection",
    "the database system is",
    "no connection to the server",
    "could not receive data from server",
    "could not send data to server",
    "connection has been closed unexpectedly",
    "disk I/O error",
    "unable to open database file",
];

/// Diesel keeps the SQLSTATE to itself, so the rest is known by its text. SQLite's texts are fixed; PostgreSQL's
/// may be translated, but the details of a deadlock always name the lock mode (`ShareLock`).
fn of_message(info: &dyn DatabaseErrorInformation) -> Harm {
    let message = info.message();
    if message.contains("append-only") || message.contains("never altered") {
        // Raised by our own triggers, which abort only their statement.
        return Harm::Closure(StoreError::Refused(Constraint::Check));
    }
    if message.contains("deadlock detected") || info.details().is_some_and(|d| d.contains("Lock")) {
        return Harm::Again;
    }
    Harm::Connection(if message.contains("database or disk is full") || message.contains("No space left") {
        StoreError::DiskFull
    } else if LOST.iter().any(|words| message.contains(words)) {
        StoreError::Unavailable(message.to_owned())
    } else if message.contains("database is locked") || message.contains("lock timeout") {
        StoreError::Busy
    } else {
        StoreError::Database(message.to_owned())
    })
}

/// SQLite: "UNIQUE constraint failed: unit.programme_id, unit.key". PostgreSQL names the table and says in the
/// details "Key (programme_id, key)=(...) already exists." (the words are translated, the brackets are not).
fn unique(info: &dyn DatabaseErrorInformation) -> Constraint {
    if let Some(table) = info.table_name() {
        let columns = info.details().and_then(|d| d.split_once('(')?.1.split_once(")=").map(|(c, _)| c));
        let columns = columns.into_iter().flat_map(|c| c.split(", ")).map(str::to_owned).collect();
        return Constraint::Unique { table: table.to_owned(), columns };
    }
    let named = info.message().rsplit(": ").next().unwrap_or_default();
    let pairs: Vec<_> = named.split(", ").filter_map(|place| place.split_once('.')).collect();
    let table = pairs.first().map_or("", |(table, _)| table).to_owned();
    Constraint::Unique { table, columns: pairs.iter().map(|(_, column)| (*column).to_owned()).collect() }
}
