//! What analysts decide not to be one thing. Rows are only added.

use diesel::dsl::max;
use diesel::prelude::*;
use survey::{ActId, EditionId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::both;
use crate::error::StoreError;
use crate::schema::thing_apart::{self, dsl};
use crate::schema::thing_decision::dsl as decided;
use crate::tx::Tx;
use crate::types::{At, key};

/// Two keys of a list and whether they are told apart. Of several about the same two the one with the highest number
/// holds.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = thing_apart)]
pub struct ThingsApart {
    /// Of which edition.
    pub edition_id: EditionId,
    /// Of which questionnaire.
    pub form_id: String,
    /// The repeat that is counted over or, outside of repeats, the question.
    pub list: String,
    /// Counts the decisions about the list from 1, together with those that merge and split.
    pub number: i64,
    /// Decisions made at one stroke have it in common.
    pub act: ActId,
    /// The question's id, which stays between editions.
    pub question: String,
    /// The smaller of the two keys.
    pub one_key: String,
    /// What people called that thing.
    pub one_name: String,
    /// The other key.
    pub other_key: String,
    /// What people called the other thing.
    pub other_name: String,
    /// Whether they are told apart; `false` once that was taken back.
    pub apart: bool,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// The newest number of a list, 0 when nothing was decided yet; `None` when the edition is frozen. Until the
    /// transaction ends nobody else decides about a list of the edition, so the number stays the newest one.
    pub fn things_hold(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
        list: &str,
    ) -> Result<Option<i64>, StoreError> {
        if !self.edition_hold(scope, edition)? {
            return Ok(None);
        }
        let merged = decided::thing_decision
            .filter(decided::programme_id.eq(key(scope.programme)))
            .filter(decided::edition_id.eq(key(edition)))
            .filter(decided::form_id.eq(form))
            .filter(decided::list.eq(list))
            .select(max(decided::number));
        let merged: Option<i64> = self.run(|c| merged.first(c))?;
        let apart = dsl::thing_apart
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::form_id.eq(form))
            .filter(dsl::list.eq(list))
            .select(max(dsl::number));
        let apart: Option<i64> = self.run(|c| apart.first(c))?;
        Ok(Some(merged.max(apart).unwrap_or_default()))
    }

    /// Stores decisions under the numbers that they carry.
    ///
    /// # Errors
    /// `Refused` when somebody else has taken one of the numbers of the list.
    pub fn things_apart_insert_all(&mut self, scope: Scope, new: &[ThingsApart]) -> Result<(), StoreError> {
        for chunk in new.chunks(CHUNK) {
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::edition_id.eq(key(new.edition_id)),
                        dsl::form_id.eq(&new.form_id),
                        dsl::list.eq(&new.list),
                        dsl::number.eq(new.number),
                        dsl::act.eq(key(new.act)),
                        dsl::question.eq(&new.question),
                        dsl::one_key.eq(&new.one_key),
                        dsl::one_name.eq(&new.one_name),
                        dsl::other_key.eq(&new.other_key),
                        dsl::other_name.eq(&new.other_name),
                        dsl::apart.eq(new.apart),
                        dsl::reason.eq(&new.reason),
                        dsl::actor.eq(&new.actor),
                        dsl::at.eq(At(new.at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::thing_apart).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// The decisions of all editions about keys of answers to a question, by edition and list in the order of their
    /// numbers.
    pub fn things_apart_list(
        &mut self,
        scope: Scope,
        question: &str,
    ) -> Result<Vec<ThingsApart>, StoreError> {
        let all = dsl::thing_apart
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::question.eq(question))
            .order((dsl::edition_id, dsl::form_id, dsl::list, dsl::number))
            .select(ThingsApart::as_select());
        self.run(|c| all.load(c))
    }
}
