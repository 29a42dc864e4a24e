//! What runs by itself. Every job is one step that tests can take by hand; the worker repeats them.
//!
//! Of several processes over one database only the holder of the lease works, so that the pause between two mails
//! holds for all of them together.

pub mod outbox;
pub mod sweep;
pub mod worker;
