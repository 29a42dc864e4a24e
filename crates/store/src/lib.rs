//! The only crate that speaks to a database: schema, migrations, writer thread, queries.
//!
//! [`migrate`] brings a database to the schema of this program, [`Store::open`] opens it, [`Store::read`] and
//! [`Store::write`] run a closure in one transaction with a [`Tx`]. What can be asked and stored are the methods
//! of [`Tx`], one file per noun, the noun first in the name: `unit_find`, `draft_update`. Each takes a
//! [`survey::Scope`] where the rows belong to a programme.
//!
//! What a write depends on is decided by a guarded `UPDATE` or a unique index, never by reading first.

mod connection;
mod error;
mod faults;
mod job;
mod lock;
mod migrate;
mod nouns;
mod pool;
mod schema;
mod store;
mod tx;
mod types;
mod url;
mod writer;

pub use error::{Constraint, MigrateError, OpenError, StoreError};
pub use faults::{Faults, NoFaults};
pub use lock::Exclusive;
pub use migrate::{Migrated, migrate};
pub use nouns::*;
pub use store::{Options, Store};
pub use tx::Tx;
pub use types::{
    AccessKind, Coder, EditionState, EndVerdict, EventKind, OutboxState, Role, RowState, StateKind, ThingAct,
    Topic, ValueSource, ValueState, Verdict,
};
pub use url::Address;
