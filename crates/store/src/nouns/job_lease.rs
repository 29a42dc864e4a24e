//! Leases: which process does a job now.

use diesel::prelude::*;
use survey::Timestamp;

use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::job_lease::dsl;
use crate::tx::Tx;
use crate::types::At;

impl Tx<'_> {
    /// Takes or renews the lease of job `name` until `until`; `false` while another holder has it.
    pub fn lease_take(
        &mut self,
        name: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let free = dsl::job_lease.find(name).filter(dsl::holder.eq(holder).or(dsl::until.le(At(now))));
        let row = (dsl::holder.eq(holder), dsl::until.eq(At(until)));
        if self.run(|c| diesel::update(free).set(row).execute(c))? > 0 {
            return Ok(true);
        }
        let row = (dsl::name.eq(name), dsl::holder.eq(holder), dsl::until.eq(At(until)));
        let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::job_lease).values(row).on_conflict_do_nothing().execute(k));
        self.run(insert).map(|n| n > 0)
    }

    /// Gives a lease back; `false` when `holder` does not have it.
    pub fn lease_release(&mut self, name: &str, holder: &str) -> Result<bool, StoreError> {
        let own = dsl::job_lease.find(name).filter(dsl::holder.eq(holder));
        self.run(|c| diesel::delete(own).execute(c)).map(|n| n > 0)
    }
}
