//! A PostgreSQL server of one test, which may be stopped without disturbing any other.

use std::path::Path;
use std::process::Command;

/// A server that is removed with its value.
pub(crate) struct Cluster {
    /// The URL of its first database.
    pub(crate) url: String,
}

fn script(arguments: &[&str]) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres.sh");
    let output = Command::new(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

impl Cluster {
    pub(crate) fn start() -> Self {
        Self { url: script(&["start"]) }
    }

    /// Stops it at once, as a power cut would.
    pub(crate) fn pause(&self) {
        script(&["pause", &self.url]);
    }

    /// Starts it again.
    pub(crate) fn resume(&self) {
        script(&["resume", &self.url]);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/postgres.sh");
        let _ = Command::new(script).args(["stop", &self.url]).status();
    }
}
