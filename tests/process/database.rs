//! Databases of tests, removed with their values.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A database that does not exist yet (SQLite) or is empty (PostgreSQL).
pub(crate) struct Database {
    /// What `--database` takes.
    pub(crate) url: String,
    /// The server that removes it.
    server: Option<String>,
    folder: tempfile::TempDir,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    word: String,
}

#[expect(clippy::disallowed_methods, reason = "which server to test on is not the program's own setting")]
fn server() -> String {
    std::env::var("MIERNIK_TEST_POSTGRES").expect(
        "MIERNIK_TEST_POSTGRES must be the URL of a PostgreSQL server for tests: tests/postgres.sh run cargo test",
    )
}

impl Database {
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                Self { url: folder.path().join("miernik.db").display().to_string(), server: None, folder }
            }
            Kind::Postgres => Self::on(&server()),
        }
    }

    /// On a PostgreSQL server.
    pub(crate) fn on(server: &str) -> Self {
        // The folder is also for its name, which no other test has at the same time.
        let folder = tempfile::Builder::new().prefix("miernik_run_").tempdir().unwrap();
        let create = format!("CREATE DATABASE \"{}\"", name(folder.path()));
        PgConnection::establish(server).unwrap().batch_execute(&create).unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        let url = format!("{address}/{}", name(folder.path()));
        Self { url, server: Some(server.to_owned()), folder }
    }

    /// A folder that is removed with the database.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The texts of a query with one column, which is called `word`.
    pub(crate) fn words(&self, sql: &str) -> Vec<String> {
        let rows: Vec<Row> = match self.server {
            Some(_) => sql_query(sql).load(&mut PgConnection::establish(&self.url).unwrap()).unwrap(),
            None => sql_query(sql).load(&mut sqlite(&self.url)).unwrap(),
        };
        rows.into_iter().map(|row| row.word).collect()
    }

    /// Changes it past the program.
    pub(crate) fn execute(&self, sql: &str) {
        match self.server {
            Some(_) => PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap(),
            None => sqlite(&self.url).batch_execute(sql).unwrap(),
        }
    }
}

fn sqlite(path: &str) -> SqliteConnection {
    let mut connection = SqliteConnection::establish(path).unwrap();
    connection.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
    connection
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(server) = &self.server else { return };
        let drop = format!("DROP DATABASE \"{}\" WITH (FORCE)", name(self.folder.path()));
        // The server may be one that the test has stopped; it is removed with everything in it.
        if let Ok(mut connection) = PgConnection::establish(server) {
            let _ = connection.batch_execute(&drop);
        }
    }
}
