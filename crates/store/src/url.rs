//! Which database a URL means.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::OpenError;

/// A database: decided by the URL when the program runs, not when it is built.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A file of the embedded SQLite.
    Sqlite(PathBuf),
    /// A PostgreSQL server; the URL as libpq reads it, which may hold a password.
    Postgres(String),
}

impl Address {
    /// Reads `sqlite:PATH`, a plain path ending in `.db`, `postgres://...` or `postgresql://...`.
    ///
    /// # Errors
    /// [`OpenError::Url`] when it is none of these.
    pub fn parse(url: &str) -> Result<Self, OpenError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = match url.strip_prefix("sqlite:") {
            Some(rest) => rest.strip_prefix("//").unwrap_or(rest),
            None if url.ends_with(".db") && !url.contains("://") => url,
            None => return Err(OpenError::Url),
        };
        // SQLite would read these as a database in memory or as an address with options.
        if path.is_empty() || path.starts_with(':') || path.starts_with("file:") {
            return Err(OpenError::Url);
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }

    /// The file of an SQLite database.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }
}

/// Never prints the password of a PostgreSQL URL.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => f.write_str(&without_password(url)),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Leaves scheme, user, host and database name; drops the password and every parameter after `?`.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or(url);
    let Some((scheme, rest)) = url.split_once("://") else { return String::new() };
    match rest.rsplit_once('@') {
        Some((login, place)) => {
            let user = login.split(':').next().unwrap_or("");
            format!("{scheme}://{user}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_decides_which_database() {
        assert_eq!(Address::parse("sqlite:/a/b").unwrap(), Address::Sqlite("/a/b".into()));
        assert_eq!(Address::parse("sqlite:///a/b").unwrap(), Address::Sqlite("/a/b".into()));
        assert_eq!(Address::parse("x/miernik.db").unwrap(), Address::Sqlite("x/miernik.db".into()));
        assert!(matches!(Address::parse("postgresql://h/d").unwrap(), Address::Postgres(_)));
        for wrong in ["", "sqlite:", "sqlite::memory:", "mysql://h/d.db", "miernik"] {
            assert!(matches!(Address::parse(wrong), Err(OpenError::Url)), "{wrong}");
        }
    }

    #[test]
    fn a_printed_address_has_no_password() {
        let address = Address::parse("postgres://jan:s3kr@t@db:5432/m?password=s3kr").unwrap();
        assert_eq!(address.to_string(), "postgres://jan@db:5432/m");
        assert_eq!(format!("{address:?}"), "postgres://jan@db:5432/m");
    }
}
