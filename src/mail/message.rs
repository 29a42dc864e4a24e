//! From an [`Outgoing`] letter to the bytes of a message.

use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};

use super::{DeliveryError, Outgoing, Transport};
use crate::config::{self, MailSettings};

/// A transport together with who writes.
pub struct Mailer {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    message_domain: String,
    transport: Box<dyn Transport>,
}

/// The settings name a sender that is not an address, or a relay that cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("ustawienia poczty: {field}: {cause}")]
pub struct MailSetupError {
    /// The key in the settings file.
    pub field: &'static str,
    /// What is wrong with it.
    pub cause: String,
}

impl Mailer {
    /// Sets up the transport that the settings name. Connects to nothing yet.
    ///
    /// # Errors
    /// [`MailSetupError`] names the key.
    pub fn new(settings: &MailSettings) -> Result<Self, MailSetupError> {
        let transport: Box<dyn Transport> = match settings.transport {
            config::Transport::File => Box::new(super::FileTransport::new(&settings.file.folder)?),
            config::Transport::Smtp => Box::new(super::SmtpRelay::new(&settings.smtp, settings.pause_ms)?),
        };
        Self::with_transport(settings, transport)
    }

    /// The same with a transport of the caller's, as tests do.
    ///
    /// # Errors
    /// [`MailSetupError`] when a sender address is not one.
    pub fn with_transport(
        settings: &MailSettings,
        transport: Box<dyn Transport>,
    ) -> Result<Self, MailSetupError> {
        let mailbox = |field, text: &str| {
            mailbox(text)
                .map_err(|_| MailSetupError { field, cause: format!("„{text}” nie jest adresem e-mail") })
        };
        Ok(Self {
            from: mailbox("mail.from", &settings.from)?,
            reply_to: settings.reply_to.as_deref().map(|text| mailbox("mail.reply_to", text)).transpose()?,
            message_domain: settings.message_domain.clone(),
            transport,
        })
    }

    /// The right-hand side of every `Message-ID`.
    pub fn message_domain(&self) -> &str {
        &self.message_domain
    }

    /// Least pause between two messages, in milliseconds.
    pub fn pause_ms(&self) -> u32 {
        self.transport.pause_ms()
    }

    /// Builds the message and hands it over.
    ///
    /// # Errors
    /// [`DeliveryError`]; a recipient or subject that cannot stand in a message is [`DeliveryError::Never`].
    pub fn send(&self, letter: &Outgoing) -> Result<(), DeliveryError> {
        let message = self.message(letter)?;
        self.transport.deliver(&message, &letter.id)
    }

    fn message(&self, letter: &Outgoing) -> Result<Message, DeliveryError> {
        let never = |error: &dyn std::fmt::Display| DeliveryError::Never(error.to_string());
        let to: Mailbox = letter.to.parse().map_err(|error: lettre::address::AddressError| never(&error))?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .date(letter.date.to_utc().into())
            .message_id(Some(format!("<{}>", letter.message_id)))
            .raw_header(raw("Auto-Submitted", "auto-generated"))
            .raw_header(raw("X-Auto-Response-Suppress", "All"))
            .raw_header(raw("Content-Language", "pl"));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let body = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(letter.text.clone());
        builder.singlepart(body).map_err(|error| never(&error))
    }
}

/// `Name <address>` or a bare address. The name may hold any letters; it is encoded when it is written.
fn mailbox(text: &str) -> Result<Mailbox, lettre::address::AddressError> {
    match text.rsplit_once('<').and_then(|(name, rest)| Some((name, rest.trim_end().strip_suffix('>')?))) {
        Some((name, address)) => Ok(Mailbox::new(Some(name.trim().to_owned()), address.parse()?)),
        None => Ok(Mailbox::new(None, text.trim().parse()?)),
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
