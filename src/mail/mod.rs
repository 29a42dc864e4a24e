//! How a letter leaves: building the message and handing it to a transport. The only place that names lettre.
//!
//! Nothing here decides whether or when something is sent; that is the outbox ([`crate::jobs::outbox`]).

mod file;
mod message;
mod smtp;

use survey::Timestamp;

pub use file::FileTransport;
pub use message::{MailSetupError, Mailer};
pub use smtp::SmtpRelay;

/// One letter, ready to leave.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Stable name of the outbox row; names the file of the file transport.
    pub id: String,
    /// The one recipient.
    pub to: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// `Date` of the message: when the row was made, so that a repeated attempt is the same message.
    pub date: Timestamp,
    /// `Message-ID` without angle brackets, stored in the row.
    pub message_id: String,
}

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// The relay may take it later (4xx, no connection before the message was handed over).
    #[error("chwilowo nie przyjęto: {0}")]
    Later(String),
    /// The relay will never take it (5xx, an address or text that no relay would take).
    #[error("odrzucono: {0}")]
    Never(String),
    /// The connection broke after the message was handed over: nobody knows whether it was taken.
    #[error("nie wiadomo, czy przyjęto: {0}")]
    Unknown(String),
}

/// A way out. Blocking: the worker owns a thread.
pub trait Transport: Send + Sync {
    /// Hands over one message; `name` is the stable name of the outbox row.
    ///
    /// # Errors
    /// [`DeliveryError`] says whether to try again.
    fn deliver(&self, message: &lettre::Message, name: &str) -> Result<(), DeliveryError>;

    /// Least pause between two messages, in milliseconds.
    fn pause_ms(&self) -> u32;
}
