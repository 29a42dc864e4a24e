//! A transaction, as closures see it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::QueryResult;
use survey::{InvitationId, Scope};

use crate::connection::AnyConnection;
use crate::error::{Harm, StoreError};

/// One transaction. What can be asked and stored are its methods; it ends with the closure that got it.
pub struct Tx<'c> {
    connection: &'c mut AnyConnection,
    harm: Option<Harm>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(connection: &'c mut AnyConnection) -> Self {
        Self { connection, harm: None }
    }

    /// Runs one query. An error is remembered, so that a closure that swallows it cannot be committed:
    /// PostgreSQL would not let it, and on SQLite the connection may not be what it seems.
    pub(crate) fn run<T>(
        &mut self,
        query: impl FnOnce(&mut AnyConnection) -> QueryResult<T>,
    ) -> Result<T, StoreError> {
        if let Some(harm) = &self.harm {
            return Err(harm.error());
        }
        query(self.connection).map_err(|e| {
            let harm = Harm::of(&e);
            let error = harm.error();
            self.harm = Some(harm);
            error
        })
    }
}

/// Refuses what a respondent's scope does not reach.
pub(crate) fn within(scope: Scope, invitation: InvitationId) -> Result<(), StoreError> {
    if scope.allows(invitation) { Ok(()) } else { Err(StoreError::OutOfScope) }
}

/// How a closure ended.
pub(crate) enum Ended<T, E> {
    /// Its changes are to be kept.
    Kept(T),
    /// Its own decision: its changes are to be undone; nobody else is concerned.
    Undone(E),
    /// The schema or a type refused something; the same as undone.
    Refused(StoreError),
    /// It may be run again from the start.
    Again,
    /// The connection must not be used any more.
    Broken(StoreError),
}

/// Runs a closure and sorts how it ended; a panic is caught.
pub(crate) fn attempt<T, E>(
    name: &'static str,
    connection: &mut AnyConnection,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Ended<T, E> {
    let mut tx = Tx::new(connection);
    let outcome = catch_unwind(AssertUnwindSafe(|| work(&mut tx)));
    match (outcome, tx.harm) {
        (Err(panic), _) => Ended::Broken(StoreError::Panicked { name, message: message_of(&*panic) }),
        (Ok(_), Some(Harm::Connection(error))) => Ended::Broken(error),
        (Ok(_), Some(Harm::Again)) => Ended::Again,
        (Ok(Err(error)), _) => Ended::Undone(error),
        (Ok(Ok(_)), Some(Harm::Closure(error))) => Ended::Refused(error),
        (Ok(Ok(value)), None) => Ended::Kept(value),
    }
}

fn message_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
