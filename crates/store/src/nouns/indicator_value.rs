//! Values of indicators. Rows are only added; the newest of a code, span and part holds.

use chrono::NaiveDate;
use diesel::prelude::*;
use survey::{EditionId, IndicatorValueId, Scope, Timestamp};

use crate::error::StoreError;
use crate::schema::indicator_value::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, ValueSource, ValueState, key};

/// One entry in the history of an indicator's values.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = indicator_value)]
pub struct IndicatorValue {
    /// Its id.
    pub id: IndicatorValueId,
    /// Code of the indicator.
    pub code: String,
    /// Counts the entries of the indicator from 1.
    pub no: i32,
    /// First year that it is about.
    pub year_from: i32,
    /// Last year that it is about.
    pub year_to: i32,
    /// Code of the part; empty for the whole.
    pub part: String,
    /// Whether it says a value or takes one away.
    pub state: ValueState,
    /// The exact number as text (`238`, `151/200`, `68/74`); none says that there is no data. For a measure the
    /// number at the moment of binding.
    pub number: Option<String>,
    /// Where it comes from.
    pub source: ValueSource,
    /// The measure that it follows: `up.miejsca_pracy_ps`.
    pub measure: Option<String>,
    /// The edition of that measure.
    pub edition_id: Option<EditionId>,
    /// The document that it stands in.
    pub document: Option<String>,
    /// Where in the document.
    pub page: Option<String>,
    /// When the document was read.
    pub accessed_on: Option<NaiveDate>,
    /// The file that it came with.
    pub file: Option<String>,
    /// Whether something is still missing in it.
    pub incomplete: bool,
    /// Whether it was counted by another definition than later years.
    pub redefined: bool,
    /// Anything that a reader should know; printed as a footnote.
    pub note: Option<String>,
    /// Why it replaces the entry before it.
    pub reason: Option<String>,
    /// Who entered it.
    pub author: String,
    /// When.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Adds an entry.
    ///
    /// # Errors
    /// `Refused` when the indicator has an entry of this number: somebody else was faster.
    pub fn indicator_value_insert(&mut self, scope: Scope, new: &IndicatorValue) -> Result<(), StoreError> {
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::code.eq(&new.code),
            dsl::no.eq(new.no),
            dsl::year_from.eq(new.year_from),
            dsl::year_to.eq(new.year_to),
            dsl::part.eq(&new.part),
            dsl::state.eq(new.state),
            dsl::number.eq(&new.number),
            dsl::source.eq(new.source),
            dsl::measure.eq(&new.measure),
            dsl::edition_id.eq(new.edition_id.map(key)),
            dsl::document.eq(&new.document),
            dsl::page.eq(&new.page),
            dsl::accessed_on.eq(new.accessed_on),
            dsl::file.eq(&new.file),
            dsl::incomplete.eq(new.incomplete),
            dsl::redefined.eq(new.redefined),
            dsl::note.eq(&new.note),
            dsl::reason.eq(&new.reason),
            dsl::author.eq(&new.author),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::indicator_value).values(row).execute(c)).map(drop)
    }

    /// The whole history of all indicators of the programme, by code and number.
    pub fn indicator_value_list(&mut self, scope: Scope) -> Result<Vec<IndicatorValue>, StoreError> {
        let all = dsl::indicator_value
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order((dsl::code, dsl::no))
            .select(IndicatorValue::as_select());
        self.run(|c| all.load(c))
    }

    /// The history of one indicator, the oldest entry first.
    pub fn indicator_value_history(
        &mut self,
        scope: Scope,
        code: &str,
    ) -> Result<Vec<IndicatorValue>, StoreError> {
        let all = dsl::indicator_value
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::code.eq(code))
            .order(dsl::no)
            .select(IndicatorValue::as_select());
        self.run(|c| all.load(c))
    }
}
