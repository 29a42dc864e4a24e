//! The right to be the only process that serves an SQLite file.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::OpenError;

/// Held as long as the value lives; ends with the process at the latest, however it ends.
#[derive(Debug)]
pub struct Exclusive {
    /// `None` on PostgreSQL, where several processes may serve one database.
    _file: Option<File>,
}

impl Exclusive {
    pub(crate) const fn not_needed() -> Self {
        Self { _file: None }
    }

    /// Locks `{database}.lock`, next to the database, so that nothing in the database itself is blocked.
    pub(crate) fn take(database: &Path) -> Result<Self, OpenError> {
        let mut name = database.as_os_str().to_owned();
        name.push(".lock");
        let path = PathBuf::from(name);
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(|cause| OpenError::Lock { path: path.clone(), cause })?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Held(database.to_owned())),
            Err(TryLockError::Error(cause)) => Err(OpenError::Lock { path, cause }),
        }
    }
}
