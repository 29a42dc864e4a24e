//! Key files: one key per file `{name}.key`, readable by their owner alone. Only `key new` and `demo` make one.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use survey::access::{Key, KeyId, KeyRing};

use crate::clock::Random;

/// The variable that holds a key instead of a file.
pub const VARIABLE: &str = "MIERNIK_LINK_KEY";

/// Why the keys cannot be used. For the administrator, so in Polish.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// No key is there.
    #[error("brak klucza odnośników w folderze {0}. Proszę utworzyć go poleceniem: miernik key new")]
    Missing(PathBuf),
    /// Others than the owner may read the file.
    #[error("plik klucza {0} mogą czytać inni użytkownicy. Proszę wykonać: chmod 600 {0}")]
    TooOpen(PathBuf),
    /// The file holds something else.
    #[error("plik {0} nie zawiera klucza. Proszę przywrócić go z kopii zapasowej kluczy")]
    Malformed(PathBuf),
    /// The operating system refuses.
    #[error("{path}: {}", crate::words::io(.cause))]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> KeyFileError {
    let path = path.to_path_buf();
    move |cause| KeyFileError::Io { path, cause }
}

/// Loads every key of the folder, and the one from the environment when it is given; the newest serves new rows:
/// the environment's, else the one whose name comes last.
///
/// # Errors
/// [`KeyFileError`] when there is no key, or when one cannot be trusted.
pub fn load(folder: &Path, variable: Option<&str>) -> Result<KeyRing, KeyFileError> {
    let mut keys = Vec::new();
    for file in files(folder)? {
        keys.push(read(&file)?);
    }
    if let Some(text) = variable {
        keys.push(text.parse().map_err(|_| KeyFileError::Malformed(PathBuf::from(VARIABLE)))?);
    }
    let newest = keys.pop().ok_or_else(|| KeyFileError::Missing(folder.to_path_buf()))?;
    Ok(KeyRing::new(newest, keys))
}

/// Makes a key whose name sorts after all others, and its file.
///
/// # Errors
/// [`KeyFileError::Io`]; an existing file is never written over.
pub fn create(
    folder: &Path,
    date: chrono::NaiveDate,
    random: &dyn Random,
) -> Result<(Key, PathBuf), KeyFileError> {
    fs::create_dir_all(folder).map_err(io(folder))?;
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    let made_today = files(folder)?
        .iter()
        .filter(|file| file.file_stem().is_some_and(|s| s.to_string_lossy().starts_with(&date.to_string())))
        .count();
    let id = KeyId::parse(&format!("{date}-{made_today:02}")).expect("a date and digits are a key's name");
    let key = Key::new(id, bytes);
    let path = folder.join(format!("{}.key", key.id()));
    let mut file =
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(io(&path))?;
    writeln!(file, "{}", key.reveal()).and_then(|()| file.sync_all()).map_err(io(&path))?;
    Ok((key, path))
}

/// Key files in the order of their names; a missing folder has none.
fn files(folder: &Path) -> Result<Vec<PathBuf>, KeyFileError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(io(folder)(cause)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(io(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "key") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Key, KeyFileError> {
    let mode = fs::metadata(path).map_err(io(path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(KeyFileError::TooOpen(path.to_path_buf()));
    }
    let text = fs::read_to_string(path).map_err(io(path))?;
    text.parse().map_err(|_| KeyFileError::Malformed(path.to_path_buf()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SeededRandom;

    fn day() -> chrono::NaiveDate {
        "2025-01-02".parse().unwrap()
    }

    #[test]
    fn a_new_key_serves_new_rows_and_the_old_one_stays_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let random = SeededRandom::new(1);
        let (first, _) = create(folder.path(), day(), &random).unwrap();
        let (second, _) = create(folder.path(), day(), &random).unwrap();
        let ring = load(folder.path(), None).unwrap();
        assert_eq!(ring.newest().id(), second.id());
        assert!(ring.get(first.id()).is_some());
    }

    #[test]
    fn a_folder_without_keys_says_how_to_make_one() {
        let error = load(Path::new("/nonexistent/keys"), None).unwrap_err();
        assert!(error.to_string().contains("miernik key new"));
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = create(folder.path(), day(), &SeededRandom::new(1)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(load(folder.path(), None), Err(KeyFileError::TooOpen(_))));
    }

    #[test]
    fn a_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (_, path) = create(folder.path(), day(), &SeededRandom::new(1)).unwrap();
        fs::write(&path, "2025-01-02-00:ABC").unwrap();
        assert!(load(folder.path(), None).unwrap_err().to_string().contains(path.to_str().unwrap()));
    }
}
