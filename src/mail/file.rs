//! The file transport: one `.eml` file per message, written whole or not at all.

use std::path::{Path, PathBuf};

use super::message::MailSetupError;
use super::{DeliveryError, Transport};
use crate::words;

/// Writes messages into a folder, for trying out and for tests. No throttle, no office hours.
#[derive(Debug, Clone)]
pub struct FileTransport {
    folder: PathBuf,
}

impl FileTransport {
    /// Makes the folder when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn new(folder: &Path) -> Result<Self, MailSetupError> {
        std::fs::create_dir_all(folder).map_err(|error| MailSetupError {
            field: "mail.file.folder",
            cause: format!("{} ({})", folder.display(), words::io(&error)),
        })?;
        Ok(Self { folder: folder.to_path_buf() })
    }
}

impl Transport for FileTransport {
    fn deliver(&self, message: &lettre::Message, name: &str) -> Result<(), DeliveryError> {
        let later = |error: std::io::Error| DeliveryError::Later(words::io(&error));
        let whole = self.folder.join(format!("{name}.eml"));
        let partial = self.folder.join(format!(".{name}.part"));
        std::fs::write(&partial, message.formatted()).map_err(later)?;
        std::fs::rename(&partial, &whole).map_err(later)
    }

    fn pause_ms(&self) -> u32 {
        0
    }
}
