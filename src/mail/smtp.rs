//! The SMTP transport: authenticated submission to the office's own relay.
//!
//! The dialogue is driven command by command, because the outbox must know whether an attempt broke before the message was
//! handed over (try again) or after it (nobody knows, so never again by itself).

use std::path::Path;
use std::time::Duration;

use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;

use super::message::MailSetupError;
use super::{DeliveryError, Transport};
use crate::config::{SmtpMail, SmtpTls};

const TIMEOUT: Duration = Duration::from_secs(30);

/// Hands messages to a relay. One connection per message: a wave is a few hundred messages, seconds apart.
pub struct SmtpRelay {
    host: String,
    port: u16,
    tls: SmtpTls,
    parameters: Option<TlsParameters>,
    credentials: Option<Credentials>,
    pause_ms: u32,
}

impl SmtpRelay {
    /// Reads the password and certificate files and prepares TLS; connects to nothing.
    ///
    /// # Errors
    /// When a file cannot be read or the host name cannot be used for TLS.
    pub fn new(settings: &SmtpMail, pause_ms: u32) -> Result<Self, MailSetupError> {
        let parameters = match settings.tls {
            SmtpTls::None => None,
            SmtpTls::Starttls | SmtpTls::Implicit => Some(tls_parameters(settings)?),
        };
        let credentials = match &settings.user {
            Some(user) => Some(Credentials::new(user.clone(), password(settings)?)),
            None => None,
        };
        Ok(Self {
            host: settings.host.clone(),
            port: settings.port,
            tls: settings.tls,
            parameters,
            credentials,
            pause_ms,
        })
    }

    /// A connection on which MAIL may follow.
    fn connect(&self) -> Result<SmtpConnection, DeliveryError> {
        let hello = ClientId::default();
        let at_once = if self.tls == SmtpTls::Implicit { self.parameters.as_ref() } else { None };
        let server = (self.host.as_str(), self.port);
        let mut connection =
            SmtpConnection::connect(server, Some(TIMEOUT), &hello, at_once, None).map_err(|e| before(&e))?;
        if let (SmtpTls::Starttls, Some(parameters)) = (self.tls, &self.parameters) {
            connection.starttls(parameters, &hello).map_err(|e| before(&e))?;
        }
        if let Some(credentials) = &self.credentials {
            // A refused login is a matter of settings, not of this letter: it waits until somebody mends them.
            connection
                .auth(DEFAULT_MECHANISMS, credentials)
                .map_err(|e| DeliveryError::Later(format!("logowanie do serwera poczty: {e}")))?;
        }
        Ok(connection)
    }
}

impl Transport for SmtpRelay {
    fn deliver(&self, message: &lettre::Message, _name: &str) -> Result<(), DeliveryError> {
        let mut connection = self.connect()?;
        let envelope = message.envelope();
        connection.command(Mail::new(envelope.from().cloned(), vec![])).map_err(|e| before(&e))?;
        for recipient in envelope.to() {
            connection.command(Rcpt::new(recipient.clone(), vec![])).map_err(|e| before(&e))?;
        }
        connection.command(Data).map_err(|e| before(&e))?;
        let answer = connection.message(&message.formatted()).map_err(|e| after(&e));
        // The letter is in the relay's hands whatever becomes of the farewell.
        connection.abort();
        answer.map(drop)
    }

    fn pause_ms(&self) -> u32 {
        self.pause_ms
    }
}

/// A failure before the message was handed over: only a permanent refusal is final.
fn before(error: &SmtpError) -> DeliveryError {
    if error.is_permanent() {
        DeliveryError::Never(error.to_string())
    } else {
        DeliveryError::Later(error.to_string())
    }
}

/// A failure after the first byte of the message: without an answer nobody knows what happened.
fn after(error: &SmtpError) -> DeliveryError {
    if error.is_permanent() {
        DeliveryError::Never(error.to_string())
    } else if error.is_transient() {
        DeliveryError::Later(error.to_string())
    } else {
        DeliveryError::Unknown(error.to_string())
    }
}

fn tls_parameters(settings: &SmtpMail) -> Result<TlsParameters, MailSetupError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(file) = &settings.ca_file {
        let wrong = |cause: String| MailSetupError { field: "mail.smtp.ca_file", cause };
        let pem = read(file).map_err(wrong)?;
        builder = builder
            .add_root_certificate(Certificate::from_pem(pem.as_bytes()).map_err(|e| wrong(e.to_string()))?);
    }
    builder.build().map_err(|e| MailSetupError { field: "mail.smtp.host", cause: e.to_string() })
}

fn password(settings: &SmtpMail) -> Result<String, MailSetupError> {
    let wrong = |cause: String| MailSetupError { field: "mail.smtp.password_file", cause };
    let file =
        settings.password_file.as_ref().ok_or_else(|| wrong("podano user, brak pliku z hasłem".into()))?;
    Ok(read(file).map_err(wrong)?.trim_end_matches(['\r', '\n']).to_owned())
}

fn read(file: &Path) -> Result<String, String> {
    std::fs::read_to_string(file)
        .map_err(|error| format!("{} ({})", file.display(), crate::words::io(&error)))
}
