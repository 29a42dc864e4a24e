//! The service as it is run: the release binary in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// `miernik serve`; killed with the value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// From starting the process to its line `listening`.
    pub(crate) started_in: Duration,
}

impl Server {
    /// Starts it on the settings of a file.
    pub(crate) fn start(config: &Path) -> Self {
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_miernik"))
            .arg("serve")
            .arg("--config")
            .arg(config)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let started_in = began.elapsed();
        let address = line.trim().strip_prefix("listening ").expect("serve says where it listens").to_owned();
        Self { child, address, started_in }
    }

    /// Memory in use, in KiB.
    pub(crate) fn resident(&self) -> u64 {
        resident(&self.child.id().to_string())
    }
}

/// Memory that a process (`self` is this one) has in use, in KiB.
pub(crate) fn resident(process: &str) -> u64 {
    status(process, "VmRSS:").unwrap()
}

/// The most memory that a process had in use so far, in KiB; none once it has ended.
pub(crate) fn peak(process: &str) -> Option<u64> {
    status(process, "VmHWM:")
}

fn status(process: &str, wanted: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(wanted))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
