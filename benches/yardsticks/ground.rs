//! What stands in a database before a measurement: the demo's campaign, and as many places beside it as are needed.

use std::path::{Path, PathBuf};

use miernik::demo::{self, Demo, Wishes};
use miernik::forms::ProgrammeFiles;
use miernik::service::{EditionName, Service};

use super::postgres::Cluster;
use super::server::Server;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    /// As tables name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// A demo in a folder of its own.
pub(crate) struct Ground {
    pub(crate) demo: Demo,
    pub(crate) database: String,
    folder: tempfile::TempDir,
}

impl Ground {
    /// Plays the demo's campaign on a fresh database.
    pub(crate) fn lay(kind: Kind, cluster: &Cluster, name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = (kind == Kind::Postgres).then(|| cluster.database(&format!("miernik_bench_{name}")));
        let dir = folder.path().join("demo");
        let wishes =
            Wishes { dir, port: 0, serves: false, seed: 1, database, files: ProgrammeFiles::Shipped };
        let demo = demo::prepare(&wishes).unwrap();
        let database = demo.service.settings.database.clone();
        Self { demo, database, folder }
    }

    pub(crate) fn service(&self) -> &Service {
        &self.demo.service
    }

    pub(crate) fn edition(&self) -> EditionName {
        self.demo.report.edition.parse().unwrap()
    }

    /// A path that goes away with the ground.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The service as it is run, over this database.
    pub(crate) fn serve(&self) -> Server {
        // The demo keeps its port for itself; another free one does as well.
        let config = Path::new(&self.demo.report.config);
        let text = std::fs::read_to_string(config).unwrap();
        let lines = text
            .lines()
            .map(|line| if line.starts_with("listen =") { "listen = \"127.0.0.1:0\"" } else { line });
        let own = config.with_file_name("bench.toml");
        std::fs::write(&own, lines.collect::<Vec<_>>().join("\n")).unwrap();
        Server::start(&own)
    }
}
