//! Texts of letters, kept as long as mail was made from them.

use diesel::dsl::max;
use diesel::prelude::*;
use survey::{Scope, Timestamp};

use crate::connection::{AnyConnection, both};
use crate::error::StoreError;
use crate::schema::letter_template::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, key};

/// A version of a letter's text; never changed, only followed by another one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = letter_template)]
pub struct LetterTemplate {
    /// Its name, such as `zaproszenie`.
    pub name: String,
    /// Counts from 1.
    pub version: i32,
    /// The text with `{{placeholders}}`.
    pub source: String,
    /// Hash of the text.
    pub hash: String,
    /// When it was stored.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Stores a text as the next version of its name, unless the newest one has the same hash, and gives the version
    /// to be used; `None` when somebody stored that version at the same moment: try again.
    pub fn letter_template_keep(
        &mut self,
        scope: Scope,
        new: &LetterTemplate,
    ) -> Result<Option<i32>, StoreError> {
        let newest = self.letter_template_newest(scope, &new.name)?;
        let last = match newest {
            Some(newest) if newest.hash == new.hash => return Ok(Some(newest.version)),
            Some(newest) => newest.version,
            None => 0,
        };
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::name.eq(&new.name),
            dsl::version.eq(last + 1),
            dsl::source.eq(&new.source),
            dsl::hash.eq(&new.hash),
            dsl::created_at.eq(At(new.created_at)),
        );
        let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::letter_template).values(row).on_conflict_do_nothing().execute(k));
        self.run(insert).map(|n| (n > 0).then_some(last + 1))
    }

    /// The text that a mail was made from.
    pub fn letter_template_find(
        &mut self,
        scope: Scope,
        name: &str,
        version: i32,
    ) -> Result<Option<LetterTemplate>, StoreError> {
        let one = dsl::letter_template
            .find((key(scope.programme), name, version))
            .select(LetterTemplate::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The newest text of a name.
    pub fn letter_template_newest(
        &mut self,
        scope: Scope,
        name: &str,
    ) -> Result<Option<LetterTemplate>, StoreError> {
        let of_name = dsl::letter_template
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::name.eq(name))
            .select(max(dsl::version));
        let version: Option<i32> = self.run(|c| of_name.first(c))?;
        match version {
            Some(version) => self.letter_template_find(scope, name, version),
            None => Ok(None),
        }
    }
}
