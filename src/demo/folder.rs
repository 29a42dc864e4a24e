//! The demo's folder: claimed only when empty, with settings that other commands can use.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{self, Settings};

/// Why the folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is something in it.
    #[error("folder {0} nie jest pusty. Proszę podać inny (--dir) albo usunąć poprzedni pokaz")]
    NotEmpty(PathBuf),
    /// It cannot be made or written to.
    #[error("{path}: {cause}")]
    Io {
        /// Folder or file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> FolderError {
    let path = path.to_path_buf();
    move |cause| FolderError::Io { path, cause }
}

/// Makes the folder, or takes an empty one; gives its absolute path.
pub(super) fn claim(dir: &Path) -> Result<PathBuf, FolderError> {
    let dir = std::path::absolute(dir).map_err(io(dir))?;
    fs::create_dir_all(&dir).map_err(io(&dir))?;
    if fs::read_dir(&dir).map_err(io(&dir))?.next().is_some() {
        return Err(FolderError::NotEmpty(dir));
    }
    Ok(dir)
}

/// Writes `miernik.toml` and reads it back, so that the demo runs on what other commands will read.
pub(super) fn settings(dir: &Path, url: &str, database: Option<&str>) -> anyhow::Result<(PathBuf, Settings)> {
    let path = dir.join("miernik.toml");
    let listen = url.trim_start_matches("http://");
    let database = toml::Value::from(database.unwrap_or("miernik.db"));
    let text = format!(
        "# Ustawienia pokazu. Ścieżki są względne wobec tego pliku.\n\
         database = {database}\n\
         listen = \"{listen}\"\n\
         public_url = \"{url}\"\n\
         keys = \"keys\"\n\n\
         [mail]\n\
         transport = \"file\"\n\
         from = \"MCPS – ankieta (pokaz) <ankieta@mcps.example>\"\n\
         message_domain = \"mcps.example\"\n\n\
         [mail.file]\n\
         folder = \"outbox\"\n\n\
         [office]\n\
         person = \"Anna Przykładowa (pokaz)\"\n\
         phone = \"22 000 00 00\"\n\
         email = \"ankieta@mcps.example\"\n"
    );
    fs::write(&path, &text).map_err(io(&path))?;
    let settings = config::parse(&path, &text, &Default::default())?;
    Ok((path, settings))
}
