//! The store: opening, reading, writing, closing.

use std::sync::Arc;
use std::time::Duration;

use diesel::connection::SimpleConnection;

use crate::connection::{self, Role};
use crate::error::{Harm, OpenError, StoreError};
use crate::faults::{Faults, NoFaults};
use crate::lock::Exclusive;
use crate::migrate;
use crate::pool::{Lent, Pool};
use crate::tx::{Ended, Tx, attempt};
use crate::url::Address;
use crate::writer::Writer;

/// A write on PostgreSQL is begun at most so many times before it is [`StoreError::Busy`].
const TRIES: u32 = 10;

/// What may differ from store to store. [`Options::default`] is what the service runs with.
#[derive(Clone)]
pub struct Options {
    /// Connections that read at the same time on SQLite.
    pub readers: u32,
    /// Connections on PostgreSQL.
    pub connections: u32,
    /// How long to wait for a connection.
    pub wait: Duration,
    /// How many writes may wait for the writer of SQLite.
    pub queue: usize,
    /// Failures on purpose.
    pub faults: Arc<dyn Faults>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 8,
            connections: 16,
            wait: Duration::from_secs(3),
            queue: 256,
            faults: Arc::new(NoFaults),
        }
    }
}

/// A database. Clones share it; every method blocks.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    address: Address,
    pool: Pool,
    /// On SQLite.
    writer: Option<Writer>,
    faults: Arc<dyn Faults>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(writer) = &self.writer {
            writer.close();
        }
    }
}

impl Store {
    /// Opens a migrated database.
    ///
    /// # Errors
    /// [`OpenError`], with the cause as the database says it. A schema newer than this program is no error as long
    /// as the database does not ask for a newer program.
    pub fn open(url: &str, options: Options) -> Result<Self, OpenError> {
        let address = Address::parse(url)?;
        migrate::check(&address)?;
        let size = if address.file().is_some() { options.readers } else { options.connections };
        let writer = match &address {
            Address::Sqlite(_) => {
                let writer = Writer::start(address.clone(), Arc::clone(&options.faults), options.queue);
                Some(writer.map_err(OpenError::Unreachable)?)
            }
            Address::Postgres(_) => None,
        };
        let pool = Pool::new(address.clone(), size, options.wait);
        Ok(Self { inner: Arc::new(Inner { address, pool, writer, faults: options.faults }) })
    }

    /// Which database this is.
    pub fn address(&self) -> &Address {
        &self.inner.address
    }

    /// Makes this process the only one that serves an SQLite file, as long as the value lives. Commands that do not
    /// ask for it go on working. PostgreSQL may be served by several processes: there it always succeeds.
    ///
    /// # Errors
    /// [`OpenError::Held`] when another process has it, [`OpenError::Lock`] when the lock file cannot be made.
    pub fn hold_exclusively(&self) -> Result<Exclusive, OpenError> {
        match &self.inner.address {
            Address::Sqlite(path) => Exclusive::take(path),
            Address::Postgres(_) => Ok(Exclusive::not_needed()),
        }
    }

    /// Runs `work` on one snapshot that cannot be written to.
    ///
    /// # Errors
    /// What `work` answers; a [`StoreError`] when the database fails, even if `work` ignored it.
    pub fn read<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let begin = match self.inner.address {
            Address::Sqlite(_) => "BEGIN DEFERRED",
            Address::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        let mut lent = self.inner.pool.begin(begin)?;
        let ended = run(&mut lent, name, work);
        match ended {
            Ended::Kept(value) => {
                // A read has nothing to keep; a failing end costs only the connection.
                let _ = finish(&mut lent, "ROLLBACK");
                Ok(value)
            }
            Ended::Undone(error) => {
                let _ = finish(&mut lent, "ROLLBACK");
                Err(error)
            }
            Ended::Refused(error) | Ended::Broken(error) => Err(error.into()),
            Ended::Again => Err(StoreError::Busy.into()),
        }
    }

    /// Runs `work` in one transaction and answers once it is committed for good.
    ///
    /// `work` may run several times and holds SQL and nothing slow. When it answers an error, nothing of it is kept.
    ///
    /// # Errors
    /// What `work` answers; a [`StoreError`] when the database fails or `work` panics, even if `work` ignored it.
    pub fn write<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        match &self.inner.writer {
            Some(writer) => writer.write(name, work),
            None => self.inner.write_postgres(name, work),
        }
    }

    /// How many reads and writes are running or waiting at this moment.
    pub fn load(&self) -> usize {
        self.inner.pool.inside() + self.inner.writer.as_ref().map_or(0, Writer::waiting)
    }

    /// How many callers may read at the same time, those that wait for a connection included; one more is told
    /// [`StoreError::Busy`] at once. Whoever runs this many threads and no more is never told so.
    pub fn places(&self) -> usize {
        self.inner.pool.places()
    }

    /// Ends the writer of SQLite: finishes the writes that wait and empties the write-ahead log. Later writes are
    /// [`StoreError::Closed`]. PostgreSQL has no writer and nothing to finish.
    pub fn close(&self) {
        if let Some(writer) = &self.inner.writer {
            writer.close();
        }
    }
}

impl Inner {
    fn write_postgres<T, E: From<StoreError>>(
        &self,
        name: &'static str,
        work: impl Fn(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        for tried in 0..TRIES {
            let mut lent = self.pool.begin("BEGIN ISOLATION LEVEL READ COMMITTED")?;
            match run(&mut lent, name, &work) {
                Ended::Kept(value) => match self.commit(&mut lent) {
                    Ok(()) => return Ok(value),
                    Err(Harm::Again) => {}
                    Err(harm) => return Err(harm.error().into()),
                },
                Ended::Undone(error) => {
                    let _ = finish(&mut lent, "ROLLBACK");
                    return Err(error);
                }
                Ended::Refused(error) => {
                    let _ = finish(&mut lent, "ROLLBACK");
                    return Err(error.into());
                }
                Ended::Again => {
                    let _ = finish(&mut lent, "ROLLBACK");
                }
                Ended::Broken(error) => return Err(error.into()),
            }
            drop(lent);
            tracing::debug!(name, tried, "a write met another one and runs again");
            // The other one goes first: running again at once could meet it in the same place.
            std::thread::sleep(Duration::from_millis(u64::from(tried + 1) * 10));
        }
        Err(StoreError::Busy.into())
    }

    fn commit(&self, lent: &mut Lent<'_>) -> Result<(), Harm> {
        if let Some(cause) = self.faults.commit() {
            lent.spoiled = true;
            return Err(Harm::Connection(StoreError::Database(cause)));
        }
        finish(lent, "COMMIT")
    }
}

/// Runs a closure; the connection counts as spoiled until its transaction is [`finish`]ed.
fn run<T, E>(
    lent: &mut Lent<'_>,
    name: &'static str,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Ended<T, E> {
    lent.spoiled = true;
    attempt(name, &mut lent.connection, work)
}

fn finish(lent: &mut Lent<'_>, sql: &str) -> Result<(), Harm> {
    lent.connection.batch_execute(sql).map_err(|e| Harm::of(&e))?;
    lent.spoiled = false;
    Ok(())
}

/// Opens a connection for [`migrate`] and its check.
pub(crate) fn connect(address: &Address, role: Role) -> Result<connection::AnyConnection, OpenError> {
    connection::open(address, role).map_err(OpenError::Unreachable)
}
