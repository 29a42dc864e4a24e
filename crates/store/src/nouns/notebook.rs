//! The notebook of an edition: facts of the year, and what is written about each row of the report. Every save is a
//! new version; two people who save over the same version at once meet in the primary key.

use diesel::prelude::*;
use serde_json::Value;
use survey::{EditionId, Scope, Timestamp};

use crate::error::StoreError;
use crate::schema::{notebook_fact, notebook_row};
use crate::tx::Tx;
use crate::types::{At, Json, RowState, key};

/// One version of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notebook_fact)]
pub struct FactVersion {
    /// Its short name, unique within the edition.
    pub slug: String,
    /// Counts from 1.
    pub rev: i32,
    /// What it says.
    pub content: Value,
    /// Who wrote it.
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
}

/// One version of what is written about a row of the report.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = notebook_row)]
pub struct RowVersion {
    /// Code of the row.
    pub code: String,
    /// Counts from 1.
    pub rev: i32,
    /// How far the action is.
    pub state: RowState,
    /// What is written.
    pub content: Value,
    /// Who wrote it.
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Stores a version of a fact.
    ///
    /// # Errors
    /// `Refused` when somebody else has stored this version.
    pub fn notebook_fact_insert(
        &mut self,
        scope: Scope,
        edition: EditionId,
        new: &FactVersion,
    ) -> Result<(), StoreError> {
        use notebook_fact::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(edition)),
            dsl::slug.eq(&new.slug),
            dsl::rev.eq(new.rev),
            dsl::content.eq(Json::of(&new.content)),
            dsl::actor.eq(&new.actor),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::notebook_fact).values(row).execute(c)).map(drop)
    }

    /// All versions of all facts of an edition, by fact and in their order.
    pub fn notebook_fact_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<FactVersion>, StoreError> {
        use notebook_fact::dsl;
        let all = dsl::notebook_fact
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order((dsl::slug, dsl::rev))
            .select(FactVersion::as_select());
        self.run(|c| all.load(c))
    }

    /// Stores a version of a row.
    ///
    /// # Errors
    /// `Refused` when somebody else has stored this version.
    pub fn notebook_row_insert(
        &mut self,
        scope: Scope,
        edition: EditionId,
        new: &RowVersion,
    ) -> Result<(), StoreError> {
        use notebook_row::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(edition)),
            dsl::code.eq(&new.code),
            dsl::rev.eq(new.rev),
            dsl::state.eq(new.state),
            dsl::content.eq(Json::of(&new.content)),
            dsl::actor.eq(&new.actor),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::notebook_row).values(row).execute(c)).map(drop)
    }

    /// All versions of all rows of an edition, by row and in their order.
    pub fn notebook_row_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<RowVersion>, StoreError> {
        use notebook_row::dsl;
        let all = dsl::notebook_row
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order((dsl::code, dsl::rev))
            .select(RowVersion::as_select());
        self.run(|c| all.load(c))
    }
}
