//! The sweep: rows that mean nothing any more are removed, once an hour.

use chrono::TimeDelta;
use survey::Timestamp;

use crate::service::{Refused, Service};

/// How often.
const PERIOD: TimeDelta = TimeDelta::hours(1);

/// Remembers when the last sweep was.
#[derive(Debug, Default)]
pub struct Sweep {
    last: Option<Timestamp>,
}

impl Sweep {
    /// Removes ended sessions when an hour has passed since the last time; says whether it did.
    ///
    /// # Errors
    /// Only those of the database; then the next call tries again.
    pub fn step(&mut self, service: &Service) -> Result<bool, Refused> {
        let now = service.now();
        if self.last.is_some_and(|last| now < last + PERIOD) {
            return Ok(false);
        }
        let gone = service.end_idle_sessions()?;
        self.last = Some(now);
        tracing::debug!(gone, "ended sessions removed");
        Ok(true)
    }
}
