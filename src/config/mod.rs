//! Settings: a TOML file, overlaid by `MIERNIK_*` variables, overlaid by flags. Read once, at the start of a command.

mod overlay;
mod settings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use settings::{
    AccessibilityStatement, FileMail, MailSettings, Office, Settings, SmtpMail, SmtpTls, Transport,
};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::words;
use overlay::PREFIX;

/// The name of the settings file that is looked for in the working folder.
pub const DEFAULT_FILE: &str = "miernik.toml";

/// Why the settings cannot be used. The texts are for the administrator, in Polish, and say what, where and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file named with `--config` is not there or cannot be read.
    #[error(
        "nie można odczytać pliku ustawień {path}: {cause}. Proszę sprawdzić ścieżkę albo utworzyć plik (wzór: docs/ustawienia.md)."
    )]
    Unreadable {
        /// The file as named.
        path: String,
        /// What the operating system said.
        cause: String,
    },
    /// The text is not TOML, or a key is unknown or has a wrong value.
    #[error("plik ustawień {path} zawiera błąd:\n{detail}")]
    Malformed {
        /// The file as named.
        path: String,
        /// The parser's message with line, column and snippet.
        detail: String,
    },
    /// A `MIERNIK_*` variable names an unknown key or has a value of the wrong type.
    #[error("zmienna {PREFIX}* zawiera błąd: {detail}")]
    Variable {
        /// The parser's message with the key.
        detail: String,
    },
    /// Every value has the right type, but some are not usable.
    #[error("ustawienia (plik {path} i zmienne {PREFIX}*) są niepoprawne:\n{detail}")]
    Invalid {
        /// The file as named.
        path: String,
        /// All fields that are wrong, with reasons, one per line.
        detail: String,
    },
}

/// Values given on the command line; they win over everything else.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// `--database URL`.
    pub database: Option<String>,
}

/// Reads the settings. `environment` is the process environment, passed in so that tests can give their own.
///
/// # Errors
/// Every [`ConfigError`]; nothing is guessed when a file named explicitly is missing.
pub fn load(flags: &Flags, environment: &BTreeMap<String, String>) -> Result<Settings, ConfigError> {
    let path = flags.config.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_FILE));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) if flags.config.is_none() && cause.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(cause) => {
            return Err(ConfigError::Unreadable {
                path: path.display().to_string(),
                cause: words::io(&cause),
            });
        }
    };
    let mut settings = parse(&path, &text, environment)?;
    if let Some(database) = &flags.database {
        settings.database.clone_from(database);
    }
    Ok(settings)
}

/// Reads settings from a text that was found at `path`; relative paths inside are relative to its folder.
///
/// # Errors
/// [`ConfigError::Malformed`] and [`ConfigError::Invalid`].
pub fn parse(
    path: &Path,
    text: &str,
    environment: &BTreeMap<String, String>,
) -> Result<Settings, ConfigError> {
    let shown = path.display().to_string();
    let malformed = |error: toml::de::Error| ConfigError::Malformed {
        path: shown.clone(),
        detail: form::problem::toml_sentence(&error, text),
    };
    // The text is read once on its own, so that a mistake in it is reported with its line and column.
    toml::from_str::<Settings>(text).map_err(malformed)?;
    let mut table: toml::Table = toml::from_str(text).map_err(malformed)?;
    overlay::apply(&mut table, environment);
    let mut settings: Settings = table.try_into().map_err(|error: toml::de::Error| {
        ConfigError::Variable { detail: form::problem::toml_sentence(&error, "") }
    })?;
    settings.validate().map_err(|error| ConfigError::Invalid {
        path: shown.clone(),
        detail: wrong(&error, "").join("\n"),
    })?;
    settings.mail.reply_to = settings.mail.reply_to.take().or_else(|| settings.office.mailbox());
    settings.resolve(path.parent().unwrap_or(Path::new("")));
    Ok(settings)
}

/// One line per wrong field; a reason of our own names the field itself.
fn wrong(errors: &ValidationErrors, above: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, kind) in errors.errors() {
        let name = format!("{above}{name}");
        match kind {
            ValidationErrorsKind::Field(found) => lines.extend(found.iter().map(|error| {
                // Only lengths have no words of their own.
                error
                    .message
                    .as_ref()
                    .map_or_else(|| format!("{name}: brakuje wartości"), ToString::to_string)
            })),
            ValidationErrorsKind::Struct(inner) => lines.extend(wrong(inner, &format!("{name}."))),
            ValidationErrorsKind::List(all) => {
                lines.extend(all.values().flat_map(|inner| wrong(inner, &format!("{name}."))));
            }
        }
    }
    lines.sort();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, environment: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let environment = environment.iter().map(|(k, v)| (String::from(*k), String::from(*v))).collect();
        parse(Path::new("/etc/miernik/miernik.toml"), text, &environment)
    }

    #[test]
    fn an_empty_file_gives_the_embedded_defaults_relative_to_the_file() {
        let settings = read("", &[]).unwrap();
        assert_eq!(settings.database, "/etc/miernik/miernik.db");
        assert_eq!(settings.listen, "127.0.0.1:8080");
    }

    #[test]
    fn a_variable_wins_over_the_file_and_reaches_nested_keys() {
        let settings = read(
            "listen = \"127.0.0.1:1\"\n[mail]\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"a.example\"\n",
            &[("MIERNIK_LISTEN", "127.0.0.1:2"), ("MIERNIK_MAIL__SMTP__PORT", "2525"), ("HOME", "/root")],
        )
        .unwrap();
        assert_eq!(settings.listen, "127.0.0.1:2");
        assert_eq!(settings.mail.smtp.port, 2525);
    }

    #[test]
    fn a_variable_is_read_as_what_its_setting_is() {
        let variables = [
            ("MIERNIK_OFFICE__PHONE", "221234567"),
            ("MIERNIK_TRUSTED_PROXIES", "10.0.0.1, ::1"),
            ("MIERNIK_MAIL__PAUSE_MS", "0"),
            ("MIERNIK_MAIL__REPLY_TO", "biuro@miernik.example"),
        ];
        let settings = read("", &variables).unwrap();
        assert_eq!(settings.office.phone, "221234567");
        assert_eq!(settings.trusted_proxies.len(), 2);
        assert_eq!(settings.mail.pause_ms, 0);
        assert_eq!(settings.mail.reply_to.as_deref(), Some("biuro@miernik.example"));
        assert!(read("", &[("MIERNIK_MAIL__PAUSE_MS", "szybko")]).is_err());
    }

    #[test]
    fn answers_to_letters_go_to_the_office_where_nothing_else_is_set() {
        let reply_to = |text: &str| read(text, &[]).unwrap().mail.reply_to;
        let office = "[office]\nemail = \"pytania@mcps.example\"\n";
        assert_eq!(reply_to(office).as_deref(), Some("pytania@mcps.example"));
        let both = format!("{office}[mail]\nreply_to = \"inna@mcps.example\"\n");
        assert_eq!(reply_to(&both).as_deref(), Some("inna@mcps.example"));
        assert_eq!(reply_to(""), None, "an address that nobody has given is nobody's");
    }

    #[test]
    fn the_explicit_scheme_of_sqlite_is_relative_to_the_file_too() {
        assert_eq!(read("database = \"sqlite:a.db\"", &[]).unwrap().database, "/etc/miernik/a.db");
    }

    #[test]
    fn an_unknown_key_is_reported_with_its_line() {
        let error = read("listen = \"127.0.0.1:1\"\nlistn = 1\n", &[]).unwrap_err().to_string();
        assert!(
            error.contains("wiersz 2") && error.contains("nieznany klucz") && error.contains("listn"),
            "{error}"
        );
    }

    #[test]
    fn an_unusable_public_address_is_refused() {
        let error = read("public_url = \"ankiety\"", &[]).unwrap_err();
        assert!(matches!(error, ConfigError::Invalid { .. }), "{error}");
    }

    #[test]
    fn a_postgres_address_is_not_taken_for_a_path() {
        let settings = read("database = \"postgres://miernik@db/miernik\"", &[]).unwrap();
        assert_eq!(settings.database, "postgres://miernik@db/miernik");
    }
}
