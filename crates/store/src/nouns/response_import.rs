//! Files of answers from other tools, and which submission came from which line. Rows are only added.

use std::collections::BTreeMap;

use diesel::prelude::*;
use survey::{EditionId, ImportId, Scope, SubmissionId, Timestamp};

use super::CHUNK;
use crate::connection::both;
use crate::error::StoreError;
use crate::schema::{imported_submission, response_import};
use crate::tx::Tx;
use crate::types::{At, key};

/// A file of answers that was imported.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = response_import)]
pub struct ResponseImport {
    /// Its id.
    pub id: ImportId,
    /// Into which edition.
    pub edition_id: EditionId,
    /// Of which questionnaire.
    pub form_id: String,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of its bytes, 64 hexadecimal digits.
    pub file_hash: String,
    /// The text of the map that was used.
    pub map: String,
    /// Who imported it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// Where an imported submission came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedLine {
    /// Which submission.
    pub submission_id: SubmissionId,
    /// The line of the file on which its record begins.
    pub line: i32,
    /// What was said about the row.
    pub note: String,
}

impl Tx<'_> {
    /// Notes a file and the submissions that came from it.
    ///
    /// # Errors
    /// `Refused` when edition or submissions do not exist.
    pub fn response_import_insert(
        &mut self,
        scope: Scope,
        new: &ResponseImport,
        submissions: &[ImportedLine],
    ) -> Result<(), StoreError> {
        use response_import::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::form_id.eq(&new.form_id),
            dsl::file_name.eq(&new.file_name),
            dsl::file_hash.eq(&new.file_hash),
            dsl::map.eq(&new.map),
            dsl::actor.eq(&new.actor),
            dsl::at.eq(At(new.at)),
        );
        self.run(|c| diesel::insert_into(dsl::response_import).values(row).execute(c))?;
        for chunk in submissions.chunks(CHUNK) {
            use imported_submission::dsl;
            let rows: Vec<_> = chunk
                .iter()
                .map(|one| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::submission_id.eq(key(one.submission_id)),
                        dsl::import_id.eq(key(new.id)),
                        dsl::line.eq(one.line),
                        dsl::note.eq(&one.note),
                    )
                })
                .collect();
            self.run(
                |c| both!(c, k => diesel::insert_into(dsl::imported_submission).values(rows).execute(k)),
            )?;
        }
        Ok(())
    }

    /// The files that were imported into an edition, the oldest first.
    pub fn response_import_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<ResponseImport>, StoreError> {
        use response_import::dsl;
        let all = dsl::response_import
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order((dsl::at, dsl::id))
            .select(ResponseImport::as_select());
        self.run(|c| all.load(c))
    }

    /// The submissions that came from a file, with their lines.
    pub fn imported_lines(
        &mut self,
        scope: Scope,
        import: ImportId,
    ) -> Result<BTreeMap<SubmissionId, i32>, StoreError> {
        use imported_submission::dsl;
        let all = dsl::imported_submission
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::import_id.eq(key(import)))
            .select((dsl::submission_id, dsl::line));
        let rows: Vec<(SubmissionId, i32)> = self.run(|c| all.load(c))?;
        Ok(rows.into_iter().collect())
    }
}
