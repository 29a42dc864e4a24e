//! What most commands begin with: settings, database, service.

use std::collections::BTreeMap;

use super::{Failure, Outcome};
use crate::config::{self, Flags, Settings};
use crate::service::{EditionName, Service};

/// Everything that says which installation a command works on.
pub(super) struct Opening<'a> {
    pub flags: Flags,
    pub environment: &'a BTreeMap<String, String>,
}

impl Opening<'_> {
    /// The settings, with variables and flags laid over.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        config::load(&self.flags, self.environment).map_err(|error| Failure::input(error.to_string()))
    }

    /// A service over the database, with its keys.
    pub(super) fn service(&self) -> Result<Service, Failure> {
        Ok(crate::app::service(self.settings()?, self.environment)?)
    }
}

/// Reads `programme/edition`.
pub(super) fn edition_name(text: &str) -> Result<EditionName, Failure> {
    text.parse().map_err(Failure::input)
}

/// `migrate`
pub(super) fn migrate(opening: &Opening<'_>) -> Outcome {
    let settings = opening.settings()?;
    let shown = crate::app::shown(&settings.database);
    let done = crate::app::migrate(&settings.database)?;
    if done.0.is_empty() {
        eprintln!("baza {shown} jest aktualna");
    } else {
        eprintln!("baza {shown}: wykonano {}", done.0.join(", "));
    }
    Ok(())
}
