//! Programs of others, run on our files.

use std::path::Path;
use std::process::{Command, Output};

use super::TOOLS;

const HELP: &str = "Please run crates/sheet/tests/outside/tools.sh first.";

/// Runs a program and gives what it said; a missing one fails with what to do.
pub(crate) fn run(command: &mut Command, help: &str) -> Output {
    let program = command.get_program().to_owned();
    command.output().unwrap_or_else(|error| panic!("{program:?} cannot be run: {error}. {help}"))
}

/// A program that `tools.sh` installed.
fn tool(name: &str) -> Command {
    Command::new(Path::new(TOOLS).join(".venv/bin").join(name))
}

/// Whether the validator of Office files finds no fault, and what it said.
pub(crate) fn audit(file: &Path) -> (bool, String) {
    let output = run(tool("openxml-audit").arg(file), HELP);
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success() && said.contains("Errors: 0"), said)
}

/// Whether the validator of data packages finds no fault in one and in its files, and what it said.
pub(crate) fn package(descriptor: &Path) -> (bool, String) {
    let output = run(tool("frictionless").arg("validate").arg(descriptor), HELP);
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}
