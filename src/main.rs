//! The command `miernik`.

use std::process::ExitCode;

fn main() -> ExitCode {
    miernik::cli::run()
}
