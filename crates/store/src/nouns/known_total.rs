//! Totals of earlier years of which only the number is known. Rows are only added; the newest `no` counts.

use chrono::NaiveDate;
use diesel::prelude::*;
use survey::{Scope, Timestamp};

use crate::error::StoreError;
use crate::schema::known_total::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, key};

/// A number given with its source.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = known_total)]
pub struct KnownTotal {
    /// The questionnaire whose measure it is.
    pub form_id: String,
    /// The measure.
    pub measure: String,
    /// First year that it is about.
    pub year_from: i32,
    /// Last year; the same as the first for a single year.
    pub year_to: i32,
    /// Which of the entries for the same measure and years, from 1.
    pub no: i32,
    /// The number, a fraction in lowest terms (`36`, `1/2`); none for "no data".
    pub value: Option<String>,
    /// Where it stands.
    pub document: String,
    /// On which page.
    pub page: String,
    /// When it was looked up.
    pub accessed_on: NaiveDate,
    /// Taken back: there is no such number.
    pub withdrawn: bool,
    /// Who entered it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Adds an entry.
    ///
    /// # Errors
    /// `Refused` when another entry has its `no`: somebody was faster.
    pub fn known_total_insert(&mut self, scope: Scope, new: &KnownTotal) -> Result<(), StoreError> {
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::form_id.eq(&new.form_id),
            dsl::measure.eq(&new.measure),
            dsl::year_from.eq(new.year_from),
            dsl::year_to.eq(new.year_to),
            dsl::no.eq(new.no),
            dsl::value.eq(new.value.as_deref()),
            dsl::document.eq(&new.document),
            dsl::page.eq(&new.page),
            dsl::accessed_on.eq(new.accessed_on),
            dsl::withdrawn.eq(new.withdrawn),
            dsl::actor.eq(&new.actor),
            dsl::at.eq(At(new.at)),
        );
        self.run(|c| diesel::insert_into(dsl::known_total).values(row).execute(c)).map(drop)
    }

    /// All entries of a programme by questionnaire, measure, years and number.
    pub fn known_total_list(&mut self, scope: Scope) -> Result<Vec<KnownTotal>, StoreError> {
        let all = dsl::known_total
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::form_id, dsl::measure, dsl::year_from, dsl::year_to, dsl::no))
            .select(KnownTotal::as_select());
        self.run(|c| all.load(c))
    }
}
