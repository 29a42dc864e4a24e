//! Files that commands are given and files that they write.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use sheet::Profile;

use super::{Failure, Outcome};
use crate::words;

/// A folder that tables of an edition are written into.
#[derive(Debug, Args)]
pub(super) struct IntoFolder {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Folder wynikowy: nowy albo pusty
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// CSV dla polskiego Excela zamiast otwartych danych
    #[arg(long)]
    pub excel: bool,
}

impl IntoFolder {
    /// Which CSV is wanted.
    pub(super) fn profile(&self) -> Profile {
        if self.excel { Profile::ExcelPl } else { Profile::OpenData }
    }

    /// Makes the folder, or takes an empty one.
    pub(super) fn claim(&self) -> Outcome {
        let folder = &self.output;
        let unwritable = |error: std::io::Error| {
            Failure::Cannot(anyhow::anyhow!("{}: {}", folder.display(), words::io(&error)))
        };
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        match std::fs::read_dir(folder).map_err(unwritable)?.next() {
            None => Ok(()),
            Some(_) => Err(Failure::input(format!(
                "folder {} nie jest pusty. Proszę podać inny (-o)",
                folder.display()
            ))),
        }
    }
}

/// The bytes of a file that was named on the command line.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| unreadable(path, &words::io(&error)))
}

/// The text of a file that was named on the command line.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::input(format!(
            "{}:{line}: plik nie jest zapisany w UTF-8. Proszę zapisać go ponownie w tym kodowaniu.",
            path.display()
        ))
    })
}

/// A file with the name that messages and checks of its format need.
pub(super) fn read_named(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    Ok((path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(), read(path)?))
}

fn unreadable(path: &Path, cause: &str) -> Failure {
    Failure::input(format!("{}: nie można odczytać pliku ({cause})", path.display()))
}

/// To a file, or to standard output: where no file is named, or `-`.
pub(super) fn write(output: Option<&Path>, bytes: &[u8]) -> Outcome {
    match output.filter(|path| path.as_os_str() != "-") {
        Some(path) => std::fs::write(path, bytes)
            .map_err(|error| Failure::Cannot(anyhow::anyhow!("{}: {}", path.display(), words::io(&error)))),
        None => Ok(std::io::stdout().lock().write_all(bytes)?),
    }
}
