//! Pooled connections with bounded waiting.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, Pool as Connections, PooledConnection, R2D2Connection};

use crate::connection::{self, AnyConnection, Role};
use crate::error::{Harm, StoreError};
use crate::url::Address;

/// Connections for reads and, on PostgreSQL, writes.
pub(crate) struct Pool {
    connections: Connections<Opener>,
    size: u32,
    /// Those who hold a connection and those who wait for one.
    inside: AtomicU32,
}

impl Pool {
    /// Opens connections when they are needed, at most `size`.
    pub(crate) fn new(address: Address, size: u32, wait: Duration) -> Self {
        let connections = Connections::builder()
            .max_size(size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(wait)
            .error_handler(Box::new(Log))
            .build_unchecked(Opener { address });
        Self { connections, size, inside: AtomicU32::new(0) }
    }

    /// Takes a connection and begins a transaction with `sql`.
    ///
    /// A connection that died while it was idle (the server was restarted) is found out here, before anything was
    /// asked, and another one is taken.
    pub(crate) fn begin(&self, sql: &str) -> Result<Lent<'_>, StoreError> {
        let mut last = StoreError::Busy;
        for _ in 0..=self.size {
            let mut lent = self.get()?;
            let Err(error) = lent.connection.batch_execute(sql) else { return Ok(lent) };
            lent.spoiled = true;
            last = Harm::of(&error).error();
            if !matches!(last, StoreError::Unavailable(_)) {
                break;
            }
        }
        Err(last)
    }

    /// How many callers may be inside: one per connection, and twice as many that wait.
    pub(crate) fn places(&self) -> usize {
        self.most_inside() as usize
    }

    fn most_inside(&self) -> u32 {
        self.size.saturating_mul(3)
    }

    /// How many hold a connection or wait for one.
    pub(crate) fn inside(&self) -> usize {
        self.inside.load(Ordering::Relaxed) as usize
    }

    fn get(&self) -> Result<Lent<'_>, StoreError> {
        let place = Place::take(&self.inside, self.most_inside())?;
        match self.connections.get() {
            Ok(link) => Ok(Lent { link, _place: place }),
            Err(timeout) => Err(match timeout.to_string().split_once(": ") {
                Some((_, cause)) => StoreError::Unavailable(cause.to_owned()),
                None => StoreError::Busy,
            }),
        }
    }
}

/// A connection of the pool.
pub(crate) struct Link {
    pub(crate) connection: AnyConnection,
    /// Set while something runs on it, so that a panic cannot give it back with an open transaction.
    pub(crate) spoiled: bool,
}

/// A connection as long as it is needed.
pub(crate) struct Lent<'p> {
    link: PooledConnection<Opener>,
    _place: Place<'p>,
}

impl Deref for Lent<'_> {
    type Target = Link;

    fn deref(&self) -> &Link {
        &self.link
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Link {
        &mut self.link
    }
}

/// One of the bounded number of places inside.
struct Place<'p>(&'p AtomicU32);

impl<'p> Place<'p> {
    fn take(inside: &'p AtomicU32, most: u32) -> Result<Self, StoreError> {
        let step = |n: u32| (n < most).then_some(n + 1);
        match inside.fetch_update(Ordering::Relaxed, Ordering::Relaxed, step) {
            Ok(_) => Ok(Self(inside)),
            Err(_) => Err(StoreError::Busy),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Opens connections and keeps the real cause when that fails (Diesel's own opener for several databases only says
/// that the URL is wrong).
#[derive(Debug)]
pub(crate) struct Opener {
    address: Address,
}

/// Why a connection could not be opened or used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Cause(String);

impl ManageConnection for Opener {
    type Connection = Link;
    type Error = Cause;

    fn connect(&self) -> Result<Link, Cause> {
        let connection = connection::open(&self.address, Role::Pooled).map_err(Cause)?;
        Ok(Link { connection, spoiled: false })
    }

    fn is_valid(&self, link: &mut Link) -> Result<(), Cause> {
        link.connection.ping().map_err(|e| Cause(e.to_string()))
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.spoiled || link.connection.is_broken()
    }
}

#[derive(Debug)]
struct Log;

impl diesel::r2d2::HandleError<Cause> for Log {
    fn handle_error(&self, cause: Cause) {
        tracing::warn!(%cause, "no connection to the database");
    }
}
