//! What can be set. Every key has a default that works on one machine without any file.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

/// All settings of one installation.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// `postgres://…`, or the path of an SQLite file.
    #[validate(length(min = 1))]
    pub database: String,
    /// Address and port to accept connections on; port 0 picks a free one.
    #[validate(custom(function = "socket_address"))]
    pub listen: String,
    /// The address people see, without a slash at the end. Links and cookies follow it.
    #[validate(custom(function = "public_address"))]
    pub public_url: String,
    /// Folder of the key files that `miernik key new` makes.
    pub keys: PathBuf,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Addresses that may read `/metrics`; for everybody else there is no such page.
    pub metrics_from: Vec<std::net::IpAddr>,
    /// How letters leave.
    #[validate(nested)]
    pub mail: MailSettings,
    /// Who asks: printed on pages and in letters.
    #[validate(nested)]
    pub office: Office,
    /// What the accessibility statement says.
    #[validate(nested)]
    pub accessibility: AccessibilityStatement,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            database: "miernik.db".into(),
            listen: "127.0.0.1:8080".into(),
            public_url: "http://127.0.0.1:8080".into(),
            keys: "keys".into(),
            trusted_proxies: Vec::new(),
            metrics_from: vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
            mail: MailSettings::default(),
            office: Office::default(),
            accessibility: AccessibilityStatement::default(),
        }
    }
}

impl Settings {
    /// Makes relative paths absolute against the folder of the settings file.
    pub(super) fn resolve(&mut self, folder: &Path) {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        // What is no address of a database stays as it is written, for the message that refuses it.
        if let Ok(store::Address::Sqlite(path)) = store::Address::parse(&self.database) {
            self.database = folder.join(path).display().to_string();
        }
        self.keys = folder.join(&self.keys);
        self.mail.file.folder = folder.join(&self.mail.file.folder);
        for file in [&mut self.mail.smtp.password_file, &mut self.mail.smtp.ca_file].into_iter().flatten() {
            *file = folder.join(&*file);
        }
    }

    /// Whether the public address is plain http on this very machine, where `Secure` cookies would not come back.
    pub fn plain_loopback(&self) -> bool {
        let host = self.public_url.strip_prefix("http://").unwrap_or_default();
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| {
            host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
        })
    }

    /// The host of the public address as a person would check it, without the scheme.
    pub fn host(&self) -> &str {
        self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, host)| host)
    }
}

/// How letters leave the service.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct MailSettings {
    /// Which of the two ways is used.
    pub transport: Transport,
    /// The sender as people see it: a name and an address.
    #[validate(length(min = 3))]
    pub from: String,
    /// A mailbox that somebody reads; where it is not set, the office's address for questions.
    pub reply_to: Option<String>,
    /// Domain of `Message-ID`.
    #[validate(length(min = 1))]
    pub message_domain: String,
    /// Least pause between two messages, in milliseconds; the file transport has none.
    pub pause_ms: u32,
    /// Settings of the file transport.
    pub file: FileMail,
    /// Settings of the SMTP transport.
    pub smtp: SmtpMail,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self {
            transport: Transport::File,
            from: "Miernik <ankieta@miernik.example>".into(),
            reply_to: None,
            message_domain: "miernik.example".into(),
            pause_ms: 3_000,
            file: FileMail::default(),
            smtp: SmtpMail::default(),
        }
    }
}

impl MailSettings {
    /// The bare address of the sender, as letters name it.
    pub fn address(&self) -> &str {
        let inside = self.from.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>'));
        inside.unwrap_or(&self.from)
    }
}

/// The two ways out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// One `.eml` file per message in a folder: for trying out.
    File,
    /// A relay of the office.
    Smtp,
}

/// Where the file transport puts messages.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileMail {
    /// The folder; made when missing.
    pub folder: PathBuf,
}

impl Default for FileMail {
    fn default() -> Self {
        Self { folder: "outbox".into() }
    }
}

/// How the relay is reached.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmtpMail {
    /// Host name of the relay.
    pub host: String,
    /// 587 for STARTTLS, 465 for TLS from the start.
    pub port: u16,
    /// How the connection is protected.
    pub tls: SmtpTls,
    /// Login, when the relay asks for one.
    pub user: Option<String>,
    /// File (0600) that holds the password.
    pub password_file: Option<PathBuf>,
    /// Certificate (PEM) of the office's own authority, believed besides the public ones.
    pub ca_file: Option<PathBuf>,
}

impl Default for SmtpMail {
    fn default() -> Self {
        Self {
            host: "localhost".into(),
            port: 587,
            tls: SmtpTls::Starttls,
            user: None,
            password_file: None,
            ca_file: None,
        }
    }
}

/// Protection of the way to the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// STARTTLS, required; the certificate is checked.
    Starttls,
    /// TLS from the first byte; the certificate is checked.
    Implicit,
    /// None: only for a mail catcher on the same machine or container network.
    None,
}

/// The office that asks, as printed on pages and in letters.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct Office {
    /// Full name.
    #[validate(length(min = 1))]
    pub name: String,
    /// Short name.
    #[validate(length(min = 1))]
    pub short_name: String,
    /// Postal address.
    pub address: String,
    /// Person who answers questions.
    pub person: String,
    /// Telephone that can be checked on the office's site.
    pub phone: String,
    /// Address for questions.
    pub email: String,
    /// The office's site.
    pub website: String,
    /// How to reach the data protection officer.
    pub data_protection_officer: String,
}

impl Office {
    /// The address for questions once the office has given one: there answers to letters go where nothing else is set.
    pub(super) fn mailbox(&self) -> Option<String> {
        let given = !self.email.is_empty() && self.email != Self::default().email;
        given.then(|| self.email.clone())
    }
}

impl Default for Office {
    fn default() -> Self {
        Self {
            name: "Mazowieckie Centrum Polityki Społecznej".into(),
            short_name: "MCPS".into(),
            address: "(adres do uzupełnienia w ustawieniach)".into(),
            person: "(osoba do uzupełnienia w ustawieniach)".into(),
            phone: "(telefon do uzupełnienia w ustawieniach)".into(),
            email: "ankieta@miernik.example".into(),
            website: "www.mcps.com.pl".into(),
            data_protection_officer: "(kontakt do inspektora do uzupełnienia w ustawieniach)".into(),
        }
    }
}

/// What the accessibility statement says besides the fixed text.
#[derive(Debug, Clone, Serialize, Deserialize, Validate)]
#[serde(default, deny_unknown_fields)]
pub struct AccessibilityStatement {
    /// `zgodna`, `częściowo zgodna` or `niezgodna`; never the first by default.
    #[validate(custom(function = "statement_status"))]
    pub status: String,
    /// Date of publication of the service.
    pub published: chrono::NaiveDate,
    /// Date of the last important change.
    pub updated: chrono::NaiveDate,
    /// Date on which the statement was written.
    pub written: chrono::NaiveDate,
    /// How the building can be reached.
    pub architecture: String,
    /// How the office can be communicated with.
    pub communication: String,
}

impl Default for AccessibilityStatement {
    fn default() -> Self {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day of the calendar");
        Self {
            status: "częściowo zgodna".into(),
            published: day,
            updated: day,
            written: day,
            architecture: "(opis dostępności architektonicznej do uzupełnienia w ustawieniach)".into(),
            communication: "(opis dostępności komunikacyjno-informacyjnej do uzupełnienia w ustawieniach)"
                .into(),
        }
    }
}

fn socket_address(text: &str) -> Result<(), ValidationError> {
    text.parse::<std::net::SocketAddr>().map(drop).map_err(|_| {
        ValidationError::new("listen").with_message("listen: adres i port, np. 127.0.0.1:8080".into())
    })
}

fn public_address(text: &str) -> Result<(), ValidationError> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
    if rest.is_empty() || rest.ends_with('/') || rest.contains(char::is_whitespace) {
        return Err(ValidationError::new("public_url")
            .with_message("public_url: adres z https:// i bez ukośnika na końcu".into()));
    }
    Ok(())
}

fn statement_status(text: &str) -> Result<(), ValidationError> {
    if ["zgodna", "częściowo zgodna", "niezgodna"].contains(&text) {
        return Ok(());
    }
    Err(ValidationError::new("status")
        .with_message("accessibility.status: zgodna, częściowo zgodna albo niezgodna".into()))
}
