//! A fresh database for each test.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::sqlite::SqliteConnection;
use diesel::{Connection, QueryableByName, RunQueryDsl, sql_query};
use store::{Faults, Options, Store, StoreError};

/// Writes each test for both databases: `sqlite::name` and `postgres::name`.
macro_rules! on_both_databases {
    ($(fn $name:ident($database:ident) $body:block)*) => {
        $(fn $name($database: &$crate::harness::Database) $body)*

        mod sqlite {
            $(#[test]
            fn $name() {
                super::$name(&$crate::harness::Database::sqlite());
            })*
        }

        mod postgres {
            $(#[test]
            fn $name() {
                super::$name(&$crate::harness::Database::postgres());
            })*
        }
    };
}
pub(crate) use on_both_databases;

/// An empty database that is removed at the end of the test.
pub(crate) struct Database {
    pub(crate) url: String,
    place: Place,
}

enum Place {
    Folder(#[expect(dead_code, reason = "kept until the test ends")] tempfile::TempDir),
    Server { admin: String, folder: tempfile::TempDir },
}

#[expect(clippy::disallowed_methods, reason = "which server to test on is not the program's own setting")]
fn server() -> String {
    std::env::var("MIERNIK_TEST_POSTGRES").expect(
        "MIERNIK_TEST_POSTGRES must be the URL of a PostgreSQL server for tests: tests/postgres.sh run cargo test",
    )
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("miernik.db").display());
        Self { url, place: Place::Folder(folder) }
    }

    pub(crate) fn postgres() -> Self {
        let admin = server();
        // The folder is only for its name, which no other test has at the same time.
        let folder = tempfile::Builder::new().prefix("miernik_").tempdir().unwrap();
        let name = folder.path().file_name().unwrap().to_str().unwrap().to_owned();
        let create = format!("CREATE DATABASE \"{name}\"");
        PgConnection::establish(&admin).unwrap().batch_execute(&create).unwrap();
        let (server, _) = admin.rsplit_once('/').unwrap();
        Self { url: format!("{server}/{name}"), place: Place::Server { admin, folder } }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    /// The path of the SQLite file.
    pub(crate) fn path(&self) -> &str {
        self.url.strip_prefix("sqlite:").unwrap()
    }

    /// Migrates and opens.
    pub(crate) fn store(&self) -> Store {
        self.store_with(Options::default())
    }

    pub(crate) fn store_with(&self, options: Options) -> Store {
        store::migrate(&self.url).unwrap();
        Store::open(&self.url, options).unwrap()
    }

    /// Waits its turn, as every connection to the file has to.
    pub(crate) fn sqlite_connection(&self) -> SqliteConnection {
        let mut connection = SqliteConnection::establish(self.path()).unwrap();
        connection.batch_execute("PRAGMA busy_timeout = 3000").unwrap();
        connection
    }

    /// Runs SQL past the store.
    pub(crate) fn execute(&self, sql: &str) {
        if self.is_sqlite() {
            self.sqlite_connection().batch_execute(sql).unwrap();
        } else {
            PgConnection::establish(&self.url).unwrap().batch_execute(sql).unwrap();
        }
    }

    /// Asks for one number (`AS n`) past the store.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let row: Row = if self.is_sqlite() {
            sql_query(sql).get_result(&mut self.sqlite_connection()).unwrap()
        } else {
            sql_query(sql).get_result(&mut PgConnection::establish(&self.url).unwrap()).unwrap()
        };
        row.n
    }

    /// Asks for texts (`AS word`) past the store.
    pub(crate) fn words(&self, sql: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Row {
            #[diesel(sql_type = Text)]
            word: String,
        }
        let rows: Vec<Row> = if self.is_sqlite() {
            sql_query(sql).load(&mut self.sqlite_connection()).unwrap()
        } else {
            sql_query(sql).load(&mut PgConnection::establish(&self.url).unwrap()).unwrap()
        };
        rows.into_iter().map(|row| row.word).collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Server { admin, folder } = &self.place {
            let name = folder.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let drop = format!("DROP DATABASE \"{name}\" WITH (FORCE)");
            let dropped =
                PgConnection::establish(admin).map(|mut connection| connection.batch_execute(&drop));
            // A second panic while a test fails would hide the first one.
            if !std::thread::panicking() {
                dropped.unwrap().unwrap();
            }
        }
    }
}

/// The error of the use cases in these tests.
#[derive(Debug, PartialEq)]
pub(crate) enum Refusal {
    Domain,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Faults that a test plans, and a count of the commits.
#[derive(Default)]
pub(crate) struct Planned {
    pub(crate) commits: AtomicU32,
    /// One answer per commit; after the last one all pass.
    pub(crate) failing: Mutex<VecDeque<Option<String>>>,
    /// 0: no limit.
    pub(crate) pages: AtomicU32,
}

impl Faults for Planned {
    fn commit(&self) -> Option<String> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        self.failing.lock().unwrap().pop_front().flatten()
    }

    fn page_limit(&self) -> Option<u32> {
        Some(self.pages.load(Ordering::SeqCst)).filter(|pages| *pages > 0)
    }
}

pub(crate) fn planned(database: &Database) -> (Store, Arc<Planned>) {
    let faults = Arc::new(Planned::default());
    (database.store_with(Options { faults: Arc::clone(&faults) as _, ..Options::default() }), faults)
}

/// Runs `count` closures at once, each in its own thread, and gives their results in order.
pub(crate) fn at_once<T: Send>(count: u32, work: impl Fn(u32) -> T + Sync) -> Vec<T> {
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|n| scope.spawn(move || work(n))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// A write that occupies the writer until [`Occupied::release`].
pub(crate) struct Occupied {
    go: mpsc::Sender<()>,
    thread: std::thread::JoinHandle<Result<(), StoreError>>,
}

impl Occupied {
    /// Returns once the write is running.
    pub(crate) fn writer(store: &Store) -> Self {
        let (go, wait) = mpsc::channel::<()>();
        let (started, is_running) = mpsc::channel();
        let (wait, store) = (Mutex::new(wait), store.clone());
        let thread = std::thread::spawn(move || {
            store.write("occupy", move |_| {
                started.send(()).unwrap();
                // Ends also when the test fails and drops the sender.
                let _ = wait.lock().unwrap().recv();
                Ok(())
            })
        });
        is_running.recv().unwrap();
        Self { go, thread }
    }

    pub(crate) fn release(self) {
        self.go.send(()).unwrap();
        self.thread.join().unwrap().unwrap();
    }
}
