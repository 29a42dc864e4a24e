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
    #[error("nie można zapisać {path}: {}", crate::words::io(.cause))]
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

/// A folder that was made, or found empty.
pub(super) struct Claimed {
    /// Absolute.
    pub dir: PathBuf,
    made: bool,
}

/// Makes the folder, or takes an empty one.
pub(super) fn claim(dir: &Path) -> Result<Claimed, FolderError> {
    let dir = std::path::absolute(dir).map_err(io(dir))?;
    let made = !dir.exists();
    fs::create_dir_all(&dir).map_err(io(&dir))?;
    if fs::read_dir(&dir).map_err(io(&dir))?.next().is_some() {
        return Err(FolderError::NotEmpty(dir));
    }
    Ok(Claimed { dir, made })
}

impl Claimed {
    /// Takes away what the demo has put into the folder, and the folder if it was made; what resists stays.
    pub(super) fn abandon(self) {
        for name in ["keys", "outbox"] {
            let _ = fs::remove_dir_all(self.dir.join(name));
        }
        for name in ["miernik.toml", "miernik.db", "miernik.db-wal", "miernik.db-shm"] {
            let _ = fs::remove_file(self.dir.join(name));
        }
        if self.made {
            let _ = fs::remove_dir(&self.dir);
        }
    }
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
         address = \"ul. Przykładowa 1, 00-000 Warszawa (pokaz)\"\n\
         data_protection_officer = \"Jan Przykładowy, iod@mcps.example (pokaz)\"\n\
         person = \"Anna Przykładowa (pokaz)\"\n\
         phone = \"22 000 00 00\"\n\
         email = \"ankieta@mcps.example\"\n"
    );
    fs::write(&path, &text).map_err(io(&path))?;
    let settings = config::parse(&path, &text, &Default::default())?;
    Ok((path, settings))
}
