//! Bringing a database to the schema of this program, and checking that it is there.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::migration::{Migration, MigrationSource};
use diesel::pg::{Pg, PgConnection};
use diesel::sql_types::Text;
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::connection::{AnyConnection, Role, both};
use crate::error::{MigrateError, OpenError};
use crate::store::connect;
use crate::url::Address;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any number that nothing else in the database locks.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7200451)";

/// How often, and how long apart, opening is tried while another process makes the same file.
const TRIES: u32 = 60;
const PAUSE: Duration = Duration::from_millis(50);

/// What [`migrate`] did: the migrations that were run, in order; empty when there was nothing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated(pub Vec<String>);

/// Makes a missing SQLite file and runs the migrations that the database lacks, all or none.
///
/// Several processes may call it at the same time: one works, the others wait.
///
/// # Errors
/// [`MigrateError`]; the database is as it was before.
pub fn migrate(url: &str) -> Result<Migrated, MigrateError> {
    let address = Address::parse(url)?;
    if let Some(path) = address.file() {
        make_private(path)?;
    }
    match connect_patiently(&address)? {
        AnyConnection::Sqlite(mut connection) => migrate_sqlite(&mut connection),
        AnyConnection::Postgres(mut connection) => migrate_postgres(&mut connection),
    }
}

/// A new file is switched to its journal by whoever opens it first. SQLite turns away those who open it at that very
/// moment without asking its busy handler, so they come back.
fn connect_patiently(address: &Address) -> Result<AnyConnection, OpenError> {
    for _ in 0..TRIES {
        match connect(address, Role::Migrations) {
            Err(OpenError::Unreachable(cause)) if cause.ends_with("database is locked") => {
                std::thread::sleep(PAUSE);
            }
            connected => return connected,
        }
    }
    connect(address, Role::Migrations)
}

/// The answers of offices are nobody else's on the machine; SQLite gives its other files the same rights.
fn make_private(path: &Path) -> Result<(), OpenError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(e) => Err(OpenError::Unreachable(format!("{}: {e}", path.display()))),
    }
}

/// One transaction around all: the write lock of the file keeps a second process out.
fn migrate_sqlite(connection: &mut SqliteConnection) -> Result<Migrated, MigrateError> {
    AnsiTransactionManager::begin_transaction_sql(connection, "BEGIN IMMEDIATE").map_err(failed)?;
    let result = run(connection, SQLITE).and_then(|migrated| {
        let dangling = dangling(connection)?;
        if dangling.is_empty() { Ok(migrated) } else { Err(MigrateError::Dangling(dangling)) }
    });
    match result {
        Ok(migrated) => {
            AnsiTransactionManager::commit_transaction(connection).map_err(failed)?;
            Ok(migrated)
        }
        // Dropping the connection would roll back as well; its own error would hide the one that matters.
        Err(error) => {
            let _ = AnsiTransactionManager::rollback_transaction(connection);
            Err(error)
        }
    }
}

fn migrate_postgres(connection: &mut PgConnection) -> Result<Migrated, MigrateError> {
    diesel::Connection::transaction(connection, |connection| {
        connection.batch_execute(LOCK).map_err(Failed::from)?;
        run(connection, POSTGRES).map_err(Failed)
    })
    .map_err(|failed: Failed| failed.0)
}

/// Diesel's transaction wants an error that can also be its own.
struct Failed(MigrateError);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Self {
        Self(failed(error))
    }
}

fn failed(error: diesel::result::Error) -> MigrateError {
    MigrateError::Failed(error.to_string())
}

fn run<C, DB>(connection: &mut C, migrations: EmbeddedMigrations) -> Result<Migrated, MigrateError>
where
    C: MigrationHarness<DB>,
    DB: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let run = connection.run_pending_migrations(migrations);
    let run = run.map_err(|e| MigrateError::Failed(e.to_string()))?;
    Ok(Migrated(run.iter().map(ToString::to_string).collect()))
}

#[derive(QueryableByName)]
struct DanglingRow {
    #[diesel(sql_type = Text)]
    place: String,
}

fn dangling(connection: &mut SqliteConnection) -> Result<Vec<String>, MigrateError> {
    let rows: Vec<DanglingRow> =
        sql_query("SELECT DISTINCT \"table\" || ' -> ' || \"parent\" AS place FROM pragma_foreign_key_check")
            .load(connection)
            .map_err(failed)?;
    Ok(rows.into_iter().map(|row| row.place).collect())
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// Whether this program may serve the database as it is. Changes nothing.
pub(crate) fn check(address: &Address) -> Result<(), OpenError> {
    if let Some(path) = address.file()
        && !path.exists()
    {
        return Err(OpenError::Missing(path.to_owned()));
    }
    let mut connection = connect(address, Role::Pooled)?;
    let missing = missing(&mut connection);
    if !missing.is_empty() {
        return Err(OpenError::Outdated(missing));
    }
    check_program(&mut connection)
}

fn words(connection: &mut AnyConnection, sql: &str) -> Result<Vec<String>, diesel::result::Error> {
    let rows: Vec<Word> = both!(connection, c => sql_query(sql).load(c))?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// Names of the migrations that the database lacks; all of them when it has no list of its migrations.
fn missing(connection: &mut AnyConnection) -> Vec<String> {
    let listed = words(connection, "SELECT version AS word FROM __diesel_schema_migrations");
    let done: BTreeSet<String> = listed.unwrap_or_default().into_iter().collect();
    let known = match connection {
        AnyConnection::Sqlite(_) => names::<Sqlite>(&SQLITE),
        AnyConnection::Postgres(_) => names::<Pg>(&POSTGRES),
    };
    known.into_iter().filter(|(version, _)| !done.contains(version)).map(|(_, name)| name).collect()
}

/// Version and name of each embedded migration.
fn names<DB: diesel::backend::Backend>(source: &EmbeddedMigrations) -> BTreeSet<(String, String)> {
    let all = MigrationSource::<DB>::migrations(source).unwrap_or_default();
    let name = |m: &dyn Migration<DB>| (m.name().version().as_owned().to_string(), m.name().to_string());
    all.iter().map(|m| name(m.as_ref())).collect()
}

fn check_program(connection: &mut AnyConnection) -> Result<(), OpenError> {
    let sql = "SELECT value AS word FROM meta WHERE name = 'oldest_program'";
    let needed = words(connection, sql).map_err(|e| OpenError::Unreachable(e.to_string()))?;
    let this = env!("CARGO_PKG_VERSION");
    match needed.first() {
        Some(needed) if version(needed) > version(this) => {
            Err(OpenError::ProgramTooOld { needed: needed.clone(), this: this.to_owned() })
        }
        _ => Ok(()),
    }
}

/// `1.2.3` as numbers that compare; what is no number counts as 0.
fn version(text: &str) -> Vec<u64> {
    text.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(version("0.10.0") > version("0.9.12"));
        assert!(version("1.0.0") > version("0.99.99"));
    }

    #[test]
    fn both_databases_have_the_same_migrations() {
        assert_eq!(names::<Sqlite>(&SQLITE), names::<Pg>(&POSTGRES));
        assert!(!names::<Pg>(&POSTGRES).is_empty());
    }
}
