//! Frozen texts of questionnaires, and the plans that read their answers.

use diesel::dsl::max;
use diesel::prelude::*;
use survey::{EditionId, Scope, Timestamp, VersionId};

use crate::error::StoreError;
use crate::schema::{form_version, plan_version};
use crate::tx::Tx;
use crate::types::{At, key};

/// A frozen text of a questionnaire; never changed.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = form_version)]
pub struct FormVersion {
    /// Its id.
    pub id: VersionId,
    /// Of which edition.
    pub edition_id: EditionId,
    /// Name of the questionnaire, such as `jst`.
    pub form_id: String,
    /// Counts from 1.
    pub version: i32,
    /// The text (TOML).
    pub source: String,
    /// Hash of the questionnaire's canonical form.
    pub hash: String,
    /// When it was frozen.
    pub created_at: Timestamp,
}

/// One text of the measures and report rows of a questionnaire; never changed, only followed by another one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = plan_version)]
pub struct PlanVersion {
    /// Of which edition.
    pub edition_id: EditionId,
    /// Name of the questionnaire.
    pub form_id: String,
    /// Counts from 1.
    pub no: i32,
    /// The text (TOML).
    pub source: String,
    /// Hash of the plan's canonical form.
    pub hash: String,
    /// When it was stored.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Stores a version of a questionnaire.
    ///
    /// # Errors
    /// `Refused` when the edition has this version of the questionnaire.
    pub fn form_version_insert(&mut self, scope: Scope, new: &FormVersion) -> Result<(), StoreError> {
        use form_version::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::form_id.eq(&new.form_id),
            dsl::version.eq(new.version),
            dsl::source.eq(&new.source),
            dsl::hash.eq(&new.hash),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::form_version).values(row).execute(c)).map(drop)
    }

    /// The version with this id.
    pub fn form_version_find(
        &mut self,
        scope: Scope,
        id: VersionId,
    ) -> Result<Option<FormVersion>, StoreError> {
        let one = form_version::table.find((key(scope.programme), key(id))).select(FormVersion::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The newest version of a questionnaire in an edition: what respondents see.
    pub fn form_version_newest(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
    ) -> Result<Option<FormVersion>, StoreError> {
        use form_version::dsl;
        let one = dsl::form_version
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::form_id.eq(form))
            .order(dsl::version.desc())
            .select(FormVersion::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The id of the newest version of a questionnaire in an edition: what respondents see. The text itself is large
    /// and never changes, so it is read by id once.
    pub fn form_version_newest_id(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
    ) -> Result<Option<VersionId>, StoreError> {
        use form_version::dsl;
        let one = dsl::form_version
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::form_id.eq(form))
            .order(dsl::version.desc())
            .select(dsl::id);
        self.run(|c| one.first(c).optional())
    }

    /// All versions of an edition, by questionnaire and version.
    pub fn form_version_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<FormVersion>, StoreError> {
        use form_version::dsl;
        let all = dsl::form_version
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order((dsl::form_id, dsl::version))
            .select(FormVersion::as_select());
        self.run(|c| all.load(c))
    }

    /// Stores a plan as the next of its questionnaire and gives its number; `None` when the edition is frozen.
    /// `new.no` is not read.
    pub fn plan_insert(&mut self, scope: Scope, new: &PlanVersion) -> Result<Option<i32>, StoreError> {
        use plan_version::dsl;
        // Holding the edition also keeps a second plan from taking the same number.
        if !self.edition_hold(scope, new.edition_id)? {
            return Ok(None);
        }
        let of_form = dsl::plan_version
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(new.edition_id)))
            .filter(dsl::form_id.eq(&new.form_id))
            .select(max(dsl::no));
        let last: Option<i32> = self.run(|c| of_form.first(c))?;
        let no = last.unwrap_or(0) + 1;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::form_id.eq(&new.form_id),
            dsl::no.eq(no),
            dsl::source.eq(&new.source),
            dsl::hash.eq(&new.hash),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::plan_version).values(row).execute(c))?;
        Ok(Some(no))
    }

    /// The newest plan of a questionnaire.
    pub fn plan_newest(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
    ) -> Result<Option<PlanVersion>, StoreError> {
        use plan_version::dsl;
        let one = dsl::plan_version
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::form_id.eq(form))
            .order(dsl::no.desc())
            .select(PlanVersion::as_select());
        self.run(|c| one.first(c).optional())
    }
}
