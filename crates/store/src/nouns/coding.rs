//! Code frames and the codes of open answers. Rows are only added: the newest holds.

use diesel::prelude::*;
use survey::{EditionId, InvitationId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::{MultiBackend, both};
use crate::error::StoreError;
use crate::schema::{code_frame, coding};
use crate::tx::Tx;
use crate::types::{At, Coder, key};

/// One text of a code frame; never changed, only followed by another one.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = code_frame)]
pub struct CodeFrameVersion {
    /// Of which edition.
    pub edition_id: EditionId,
    /// Name, such as `kody_potrzeb_jst`.
    pub name: String,
    /// Counts from 1.
    pub version: i32,
    /// The text (TOML).
    pub source: String,
    /// Who stored it.
    pub actor: String,
    /// When.
    pub created_at: Timestamp,
}

/// A decision about the codes of one open answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = coding)]
pub struct Coding {
    /// Of which edition.
    pub edition_id: EditionId,
    /// Of which questionnaire.
    pub form_id: String,
    /// The question.
    pub question: String,
    /// Whose answer.
    pub invitation_id: InvitationId,
    /// Id of the row in a list; empty outside of lists.
    pub row_id: String,
    /// Whose decision.
    pub coder: Coder,
    /// Counts the decisions about the answer from 1; the last one holds.
    pub no: i32,
    /// Codes with spaces between them, in the order of the frame; empty when they were taken away.
    pub codes: String,
    /// Tells one text of an answer from another.
    pub answer_hash: String,
    /// The version of the code frame that they were given by.
    pub frame_version: i32,
    /// Who decided.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Stores a version of a code frame; `false` when the edition is frozen.
    ///
    /// # Errors
    /// `Refused` when the frame has this version: somebody else was faster.
    pub fn code_frame_insert(&mut self, scope: Scope, new: &CodeFrameVersion) -> Result<bool, StoreError> {
        use code_frame::dsl;
        if !self.edition_hold(scope, new.edition_id)? {
            return Ok(false);
        }
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::name.eq(&new.name),
            dsl::version.eq(new.version),
            dsl::source.eq(&new.source),
            dsl::actor.eq(&new.actor),
            dsl::created_at.eq(At(new.created_at)),
        );
        self.run(|c| diesel::insert_into(dsl::code_frame).values(row).execute(c)).map(|_| true)
    }

    /// All versions of the code frames of an edition, by name, the newest first.
    pub fn code_frame_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<CodeFrameVersion>, StoreError> {
        use code_frame::dsl;
        let all = dsl::code_frame
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order((dsl::name, dsl::version.desc()))
            .select(CodeFrameVersion::as_select());
        self.run(|c| all.load(c))
    }

    /// Stores decisions about open answers of one edition; `false` when it is frozen.
    ///
    /// # Errors
    /// `Refused` when an answer has a decision of this number: somebody else was faster.
    pub fn coding_insert_all(&mut self, scope: Scope, new: &[Coding]) -> Result<bool, StoreError> {
        use coding::dsl;
        let Some(first) = new.first() else { return Ok(true) };
        if !self.edition_hold(scope, first.edition_id)? {
            return Ok(false);
        }
        for chunk in new.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::edition_id.eq(key(new.edition_id)),
                        dsl::form_id.eq(&new.form_id),
                        dsl::question.eq(&new.question),
                        dsl::invitation_id.eq(key(new.invitation_id)),
                        dsl::row_id.eq(&new.row_id),
                        dsl::coder.eq(new.coder),
                        dsl::no.eq(new.no),
                        dsl::codes.eq(&new.codes),
                        dsl::answer_hash.eq(&new.answer_hash),
                        dsl::frame_version.eq(new.frame_version),
                        dsl::actor.eq(&new.actor),
                        dsl::at.eq(At(new.at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::coding).values(rows).execute(k)))?;
        }
        Ok(true)
    }

    /// Every decision about the open answers to a questionnaire, or to one of its questions: answer by answer, the
    /// newest decision of each first.
    pub fn coding_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
        question: Option<&str>,
    ) -> Result<Vec<Coding>, StoreError> {
        use coding::dsl;
        let mut all = dsl::coding
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::form_id.eq(form))
            .order((dsl::question, dsl::invitation_id, dsl::row_id, dsl::coder, dsl::no.desc()))
            .select(Coding::as_select())
            .into_boxed::<MultiBackend>();
        if let Some(question) = question {
            all = all.filter(dsl::question.eq(question));
        }
        self.run(|c| all.load(c))
    }
}
