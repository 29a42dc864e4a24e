//! What jobs need: the lease that only one process holds, and removing what has ended.

use chrono::TimeDelta;
use store::StoreError;

use super::{Refused, Service, entry, panel};

/// Name of the one lease of all jobs.
const JOBS: &str = "jobs";
/// A process that has not renewed its lease for so long is taken for dead. Longer than one attempt to send a mail.
const LEASE: TimeDelta = TimeDelta::minutes(2);

impl Service {
    /// Asks the database once.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn reach_database(&self) -> Result<(), Refused> {
        Ok(self.store.read("reach_database", |tx| tx.link_key_list().map(drop))?)
    }

    /// Takes or renews the lease of the jobs; `false` while another process has it.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn hold_jobs(&self, holder: &str) -> Result<bool, Refused> {
        let (holder, now) = (holder.to_owned(), self.now());
        Ok(self.store.write("hold_jobs", move |tx| tx.lease_take(JOBS, &holder, now, now + LEASE))?)
    }

    /// Gives the lease back, so that another process need not wait until it runs out.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn release_jobs(&self, holder: &str) -> Result<(), Refused> {
        let holder = holder.to_owned();
        self.store.write("release_jobs", move |tx| tx.lease_release(JOBS, &holder))?;
        Ok(())
    }

    /// Removes the sessions that have ended; returns how many.
    ///
    /// # Errors
    /// Only those of the database.
    pub fn end_idle_sessions(&self) -> Result<usize, Refused> {
        let now = self.now();
        Ok(self.store.write("end_idle_sessions", move |tx| -> Result<usize, StoreError> {
            let mut gone = tx.panel_session_delete_idle(now + -panel::IDLE)?;
            for programme in tx.programme_list()? {
                let scope = survey::Scope::programme(programme.id);
                gone += tx.session_delete_idle(scope, now + -entry::IDLE)?;
            }
            Ok(gone)
        })?)
    }
}
