//! Failures that a test or a played campaign asks for.

/// What goes wrong on purpose. The defaults let everything pass.
pub trait Faults: Send + Sync {
    /// Asked before each commit of a write; an answer is the cause with which that commit fails.
    /// Nothing of the transaction is kept then.
    fn commit(&self) -> Option<String> {
        None
    }

    /// Asked each time the SQLite writer opens its connection: the number of pages at which the disk counts as full.
    fn page_limit(&self) -> Option<u32> {
        None
    }
}

/// Nothing goes wrong on purpose.
#[derive(Debug, Clone, Copy)]
pub struct NoFaults;

impl Faults for NoFaults {}
