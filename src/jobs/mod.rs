//! What runs by itself. Every job is one step that tests can take by hand, and a thread that repeats it.

pub mod outbox;
