//! Databases of tests: made, copied, looked at past the program, and removed with their values.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A database that does not exist yet (SQLite) or is empty (PostgreSQL) when it is made.
pub(crate) struct Database {
    /// What `--database` takes.
    pub(crate) url: String,
    /// The server that removes it; none for a file.
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
            Kind::Sqlite => Self::file(),
            Kind::Postgres => Self::on(&server()),
        }
    }

    /// On a PostgreSQL server.
    pub(crate) fn on(server: &str) -> Self {
        Self::created(server, "")
    }

    fn file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { url: folder.path().join("miernik.db").display().to_string(), server: None, folder }
    }

    /// `clause` is appended to CREATE DATABASE.
    fn created(server: &str, clause: &str) -> Self {
        // The folder is also for its name, which no other test has at the same time.
        let folder = tempfile::Builder::new().prefix("miernik_test_").tempdir().unwrap();
        let own = name(folder.path());
        let create = format!("CREATE DATABASE \"{own}\" {clause}");
        PgConnection::establish(server).unwrap().batch_execute(&create).unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        Self { url: format!("{address}/{own}"), server: Some(server.to_owned()), folder }
    }

    /// A copy with the same rows. Nobody may be connected to this one.
    pub(crate) fn copy(&self) -> Self {
        if let Some(server) = &self.server {
            return Self::created(server, &format!("TEMPLATE \"{}\"", name(self.folder())));
        }
        let copy = Self::file();
        std::fs::copy(&self.url, &copy.url).unwrap();
        copy
    }

    /// Ends every connection to it.
    pub(crate) fn leave_alone(&self) {
        if let Some(server) = &self.server {
            let own = name(self.folder());
            let end =
                format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{own}'");
            PgConnection::establish(server).unwrap().batch_execute(&end).unwrap();
        }
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

    /// Every row of every table as text, by table.
    pub(crate) fn dump(&self) -> Vec<(String, Vec<String>)> {
        let tables = match self.server {
            Some(_) => {
                "SELECT tablename::text AS word FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
            }
            None => {
                "SELECT name AS word FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            }
        };
        let tables = self.words(tables);
        tables.into_iter().map(|table| (table.clone(), self.rows(&table))).collect()
    }

    /// Every row of a table as text.
    pub(crate) fn rows(&self, table: &str) -> Vec<String> {
        if self.server.is_some() {
            return self.words(&format!("SELECT t::text AS word FROM \"{table}\" t ORDER BY 1"));
        }
        let columns = self.words(&format!("SELECT name AS word FROM pragma_table_info('{table}')"));
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        self.words(&format!("SELECT {} AS word FROM \"{table}\" ORDER BY 1", quoted.join(" || ',' || ")))
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
        let Ok(mut connection) = PgConnection::establish(server) else { return };
        let dropped = connection.batch_execute(&drop);
        // A second panic while a test fails would hide the first one.
        if !std::thread::panicking() {
            dropped.unwrap();
        }
    }
}
