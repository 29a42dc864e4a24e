//! The one thread that writes to an SQLite file.
//!
//! Writes that wait at the same time are committed together, each in its own savepoint, and answered only after the
//! commit. When the connection itself fails or a closure panics, nothing that the connection says is believed any
//! more: SQLite may have left the transaction by itself, and then later savepoints would commit on their own. The
//! connection is thrown away, which rolls back, and the others run again one by one, each in its own transaction.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use diesel::connection::SimpleConnection;

use crate::connection::{self, AnyConnection, Role};
use crate::error::{Harm, StoreError};
use crate::faults::Faults;
use crate::job::{Job, Ran, job};
use crate::tx::Tx;
use crate::url::Address;

/// At most so many writes share one commit.
const BATCH: usize = 64;

/// The sending end of the writer thread.
pub(crate) struct Writer {
    queue: Mutex<Option<SyncSender<Box<dyn Job>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Writes that were taken and not yet answered.
    waiting: AtomicUsize,
}

impl Writer {
    /// Starts the thread with an open connection. At most `queue` writes wait.
    pub(crate) fn start(address: Address, faults: Arc<dyn Faults>, queue: usize) -> Result<Self, String> {
        let mut desk = Desk { address, faults, connection: None };
        desk.open()?;
        let (sender, receiver) = sync_channel(queue);
        let thread = thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || desk.serve(&receiver))
            .map_err(|e| e.to_string())?;
        Ok(Self {
            queue: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
            waiting: AtomicUsize::new(0),
        })
    }

    /// Runs a write and waits for its answer.
    pub(crate) fn write<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (job, answer) = job(name, work);
        let sender = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let sender = sender.ok_or(StoreError::Closed)?;
        sender.try_send(job).map_err(|e| match e {
            TrySendError::Full(_) => StoreError::Busy,
            TrySendError::Disconnected(_) => StoreError::Closed,
        })?;
        drop(sender);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let answer = answer.recv();
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        match answer {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(error.into()),
            Err(RecvError) => Err(StoreError::Closed.into()),
        }
    }

    /// How many writes were taken and are not yet answered.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Takes no more writes, finishes those that wait, writes everything into the main file, ends the thread.
    pub(crate) fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        // The last owner of a store may be a closure that the writer itself drops.
        if thread.thread().id() != thread::current().id() && thread.join().is_err() {
            tracing::error!("the writer thread ended with a panic");
        }
    }
}

/// What the thread has.
struct Desk {
    address: Address,
    faults: Arc<dyn Faults>,
    connection: Option<AnyConnection>,
}

type Batch = Vec<Box<dyn Job>>;

impl Desk {
    fn open(&mut self) -> Result<&mut AnyConnection, String> {
        if self.connection.is_none() {
            let mut connection = connection::open(&self.address, Role::Writer)?;
            if let Some(pages) = self.faults.page_limit() {
                let limit = format!("PRAGMA max_page_count = {pages}");
                connection.batch_execute(&limit).map_err(|e| e.to_string())?;
            }
            self.connection = Some(connection);
        }
        Ok(self.connection.as_mut().expect("opened above"))
    }

    fn serve(mut self, queue: &Receiver<Box<dyn Job>>) {
        while let Ok(first) = queue.recv() {
            let mut batch = vec![first];
            batch.extend(queue.try_iter().take(BATCH - 1));
            self.batch(batch);
        }
        if let Some(connection) = &mut self.connection
            && let Err(error) = connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")
        {
            tracing::warn!(%error, "the write-ahead log could not be emptied");
        }
    }

    fn batch(&mut self, mut batch: Batch) {
        match self.together(&mut batch) {
            Together::Committed => batch.into_iter().for_each(|job| job.answer(None)),
            Together::NotBegun(error) => {
                batch.into_iter().for_each(|job| job.answer(Some(error.clone())));
            }
            Together::Broken { culprit, error } => {
                self.connection = None;
                tracing::error!(%error, waiting = batch.len(), "a batch of writes failed, each runs on its own");
                if let Some(at) = culprit {
                    batch.remove(at).answer(Some(error));
                }
                batch.into_iter().for_each(|job| self.alone(job));
            }
        }
    }

    fn together(&mut self, batch: &mut Batch) -> Together {
        let faults = Arc::clone(&self.faults);
        let connection = match self.open() {
            Ok(connection) => connection,
            Err(cause) => return Together::NotBegun(StoreError::Unavailable(cause)),
        };
        match begin(connection) {
            Ok(()) => {}
            Err(StoreError::Busy) => return Together::NotBegun(StoreError::Busy),
            Err(error) => return Together::Broken { culprit: None, error },
        }
        for (at, job) in batch.iter_mut().enumerate() {
            match in_savepoint(connection, job.as_mut()) {
                Ok(()) => {}
                Err(Failure::Closure(error)) => return Together::Broken { culprit: Some(at), error },
                Err(Failure::Frame(error)) => return Together::Broken { culprit: None, error },
            }
        }
        match commit(connection, faults.as_ref()) {
            Ok(()) => Together::Committed,
            Err(error) => Together::Broken { culprit: None, error },
        }
    }

    /// Runs one write in a transaction of its own.
    fn alone(&mut self, mut job: Box<dyn Job>) {
        match self.in_transaction(job.as_mut()) {
            Ok(()) => job.answer(None),
            Err(error) => {
                self.connection = None;
                job.answer(Some(error));
            }
        }
    }

    fn in_transaction(&mut self, job: &mut dyn Job) -> Result<(), StoreError> {
        let faults = Arc::clone(&self.faults);
        let connection = self.open().map_err(StoreError::Unavailable)?;
        begin(connection)?;
        match job.run(connection) {
            Ran::Keep => commit(connection, faults.as_ref()),
            Ran::Undo => execute(connection, "ROLLBACK"),
            Ran::Broken(error) => Err(error),
        }
    }
}

/// How a batch ended.
enum Together {
    Committed,
    /// Nothing was run.
    NotBegun(StoreError),
    Broken {
        /// The write that met the error, when it was one of them.
        culprit: Option<usize>,
        error: StoreError,
    },
}

/// Who failed inside a batch.
enum Failure {
    Closure(StoreError),
    Frame(StoreError),
}

fn in_savepoint(connection: &mut AnyConnection, job: &mut dyn Job) -> Result<(), Failure> {
    execute(connection, "SAVEPOINT one").map_err(Failure::Frame)?;
    let end = match job.run(connection) {
        Ran::Keep => "RELEASE one",
        Ran::Undo => "ROLLBACK TO one; RELEASE one",
        Ran::Broken(error) => return Err(Failure::Closure(error)),
    };
    execute(connection, end).map_err(Failure::Frame)
}

fn begin(connection: &mut AnyConnection) -> Result<(), StoreError> {
    execute(connection, "BEGIN IMMEDIATE")
}

fn commit(connection: &mut AnyConnection, faults: &dyn Faults) -> Result<(), StoreError> {
    match faults.commit() {
        Some(cause) => Err(StoreError::Database(cause)),
        None => execute(connection, "COMMIT"),
    }
}

fn execute(connection: &mut AnyConnection, sql: &str) -> Result<(), StoreError> {
    connection.batch_execute(sql).map_err(|e| Harm::of(&e).error())
}
