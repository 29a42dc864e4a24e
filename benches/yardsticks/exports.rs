//! The answers as files, written by the program as a process of its own: how long it takes and how much memory at its
//! peak, whatever their number.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::figures::{heading, row};
use super::ground::Ground;
use super::server::peak;

/// How often the memory of the process is looked at; the kernel itself remembers the peak.
const PAUSE: Duration = Duration::from_millis(10);

/// One export.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Export {
    pub(crate) seconds: f64,
    /// In MiB.
    pub(crate) peak: u64,
}

/// Writes the answers of one questionnaire as CSV and as one XLSX workbook, open answers included. The folder of the CSV
/// files goes away with the ground.
pub(crate) fn measure(ground: &Ground, title: &str) -> (PathBuf, [Export; 2]) {
    heading(&format!("answers as files, {title}"), &["format", "seconds", "MiB written", "peak memory, MiB"]);
    let folder = |format| ground.path(&format!("eksport-{format}"));
    let exports = ["csv", "xlsx"].map(|format| export(ground, format, &folder(format)));
    (folder("csv"), exports)
}

fn export(ground: &Ground, format: &str, target: &Path) -> Export {
    let mut command = Command::new(env!("CARGO_BIN_EXE_miernik"));
    command.args(["responses", "export", "--config", &ground.demo.report.config]);
    command.args(["--edition", &ground.demo.report.edition, "--form", "jst", "--with-open-text"]);
    command.args(["--format", format, "--output"]).arg(target);
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let peak = watched(&mut child) / 1_024;
    let seconds = began.elapsed().as_secs_f64();
    let files = std::fs::read_dir(target).unwrap();
    let written: u64 = files.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    row(&[format.to_owned(), format!("{seconds:.2}"), (written / 1_048_576).to_string(), peak.to_string()]);
    Export { seconds, peak }
}

/// Waits for a process to end well; the most memory that it had in use, in KiB.
fn watched(child: &mut Child) -> u64 {
    let process = child.id().to_string();
    let mut most = 0;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "the export ends with {status}");
            return most;
        }
        most = most.max(peak(&process).unwrap_or_default());
        std::thread::sleep(PAUSE);
    }
}
