//! A write that waits for the writer thread, whatever its types are.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::tx::{Ended, Tx, attempt};

/// What the writer thread has to know about a write.
pub(crate) trait Job: Send {
    /// Runs the closure and keeps its result for [`Job::answer`].
    fn run(&mut self, connection: &mut AnyConnection) -> Ran;

    /// Answers whoever waits: with the kept result, or with `error`.
    fn answer(self: Box<Self>, error: Option<StoreError>);
}

/// How a run ended.
pub(crate) enum Ran {
    /// Commit what it did.
    Keep,
    /// Undo what it did, and only that.
    Undo,
    /// The connection cannot be trusted any more.
    Broken(StoreError),
}

/// The closure's own result, or the store's error.
pub(crate) type Answer<T, E> = Result<Result<T, E>, StoreError>;

struct Pending<T, E, F> {
    name: &'static str,
    work: F,
    result: Option<Answer<T, E>>,
    reply: SyncSender<Answer<T, E>>,
}

/// A job of a closure, and where its answer comes.
pub(crate) fn job<T, E, F>(name: &'static str, work: F) -> (Box<dyn Job>, Receiver<Answer<T, E>>)
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    let (reply, receiver) = sync_channel(1);
    (Box::new(Pending { name, work, result: None, reply }), receiver)
}

impl<T, E, F> Job for Pending<T, E, F>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: Send + 'static,
{
    fn run(&mut self, connection: &mut AnyConnection) -> Ran {
        let (result, ran) = match attempt(self.name, connection, &self.work) {
            Ended::Kept(value) => (Some(Ok(Ok(value))), Ran::Keep),
            Ended::Undone(error) => (Some(Ok(Err(error))), Ran::Undo),
            Ended::Refused(error) => (Some(Err(error)), Ran::Undo),
            Ended::Again => (None, Ran::Broken(StoreError::Busy)),
            Ended::Broken(error) => (None, Ran::Broken(error)),
        };
        self.result = result;
        ran
    }

    fn answer(self: Box<Self>, error: Option<StoreError>) {
        let result = match error {
            Some(error) => Err(error),
            None => self.result.unwrap_or(Err(StoreError::Closed)),
        };
        // Nobody waits any more only when the asking thread has ended.
        let _ = self.reply.send(result);
    }
}
