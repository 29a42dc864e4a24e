//! Databases of tests: made once as a template, copied for each test, looked at past the store.

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

/// A database that is removed with its value.
pub(crate) struct Database {
    pub(crate) url: String,
    place: Place,
}

enum Place {
    Folder(#[expect(dead_code, reason = "kept until the test ends")] tempfile::TempDir),
    Server { admin: String, name: tempfile::TempDir },
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
    /// An empty one.
    pub(crate) fn empty(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::folder(),
            Kind::Postgres => Self::on_server(""),
        }
    }

    fn folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("miernik.db").display());
        Self { url, place: Place::Folder(folder) }
    }

    /// `clause` is appended to CREATE DATABASE.
    fn on_server(clause: &str) -> Self {
        let admin = server();
        // The folder is only for its name, which no other test has at the same time.
        let name = tempfile::Builder::new().prefix("miernik_it_").tempdir().unwrap();
        let own = file_name(&name);
        let create = format!("CREATE DATABASE \"{own}\" {clause}");
        PgConnection::establish(&admin).unwrap().batch_execute(&create).unwrap();
        let (server, _) = admin.rsplit_once('/').unwrap();
        Self { url: format!("{server}/{own}"), place: Place::Server { admin, name } }
    }

    /// A copy with the same rows. Nobody may be connected to this one.
    pub(crate) fn copy(&self) -> Self {
        match &self.place {
            Place::Folder(_) => {
                let copy = Self::folder();
                std::fs::copy(self.path(), copy.path()).unwrap();
                copy
            }
            Place::Server { name, .. } => Self::on_server(&format!("TEMPLATE \"{}\"", file_name(name))),
        }
    }

    /// Ends every connection to it.
    pub(crate) fn leave_alone(&self) {
        if let Place::Server { admin, name } = &self.place {
            let own = file_name(name);
            let end =
                format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{own}'");
            PgConnection::establish(admin).unwrap().batch_execute(&end).unwrap();
        }
    }

    /// The path of the SQLite file.
    fn path(&self) -> &str {
        self.url.strip_prefix("sqlite:").unwrap()
    }

    fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    fn words(&self, sql: &str) -> Vec<String> {
        let rows: Vec<Row> = if self.is_sqlite() {
            let mut connection = SqliteConnection::establish(self.path()).unwrap();
            connection.batch_execute("PRAGMA busy_timeout = 5000").unwrap();
            sql_query(sql).load(&mut connection).unwrap()
        } else {
            sql_query(sql).load(&mut PgConnection::establish(&self.url).unwrap()).unwrap()
        };
        rows.into_iter().map(|row| row.word).collect()
    }

    /// Every row of every table as text, by table.
    pub(crate) fn dump(&self) -> Vec<(String, Vec<String>)> {
        let tables = if self.is_sqlite() {
            "SELECT name AS word FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        } else {
            "SELECT tablename::text AS word FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
        };
        let tables = self.words(tables);
        tables.into_iter().map(|table| (table.clone(), self.rows(&table))).collect()
    }

    /// Every row of a table as text.
    pub(crate) fn rows(&self, table: &str) -> Vec<String> {
        if !self.is_sqlite() {
            return self.words(&format!("SELECT t::text AS word FROM \"{table}\" t ORDER BY 1"));
        }
        let columns = self.words(&format!("SELECT name AS word FROM pragma_table_info('{table}')"));
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
        self.words(&format!("SELECT {} AS word FROM \"{table}\" ORDER BY 1", quoted.join(" || ',' || ")))
    }
}

fn file_name(folder: &tempfile::TempDir) -> String {
    folder.path().file_name().unwrap().to_str().unwrap().to_owned()
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Server { admin, name } = &self.place {
            let drop = format!("DROP DATABASE \"{}\" WITH (FORCE)", file_name(name));
            let dropped =
                PgConnection::establish(admin).map(|mut connection| connection.batch_execute(&drop));
            // A second panic while a test fails would hide the first one.
            if !std::thread::panicking() {
                dropped.unwrap().unwrap();
            }
        }
    }
}
