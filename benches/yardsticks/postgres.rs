//! A PostgreSQL server and databases on it.

use std::process::Command;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;

/// The script that starts and stops throwaway servers.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/postgres.sh");

/// A server; a throwaway one ends with the value.
pub(crate) struct Cluster {
    url: String,
    ours: bool,
}

impl Cluster {
    /// The server of `MIERNIK_TEST_POSTGRES`, else a throwaway one.
    pub(crate) fn start() -> Self {
        if let Ok(url) = std::env::var("MIERNIK_TEST_POSTGRES") {
            return Self { url, ours: false };
        }
        let started = Command::new("sh").args([SCRIPT, "start"]).output().unwrap();
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        Self { url: String::from_utf8(started.stdout).unwrap().trim().to_owned(), ours: true }
    }

    /// An empty database in place of one that an earlier measurement left.
    pub(crate) fn database(&self, name: &str) -> String {
        let mut admin = PgConnection::establish(&self.url).unwrap();
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).unwrap();
        admin.batch_execute(&format!("CREATE DATABASE \"{name}\"")).unwrap();
        let (server, _) = self.url.rsplit_once('/').unwrap();
        format!("{server}/{name}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.ours {
            // Nothing to do about a server that is gone already.
            let _ = Command::new("sh").args([SCRIPT, "stop", &self.url]).status();
        }
    }
}
