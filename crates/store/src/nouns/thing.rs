//! What analysts decide about things that rows name. Rows are only added.

use diesel::prelude::*;
use survey::{ActId, EditionId, InvitationId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::both;
use crate::error::StoreError;
use crate::schema::thing_decision::{self, dsl};
use crate::tx::Tx;
use crate::types::{At, ThingAct, key};

/// One decision about one place of a list. Of several about the same place the one with the highest number holds.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = thing_decision)]
pub struct ThingDecision {
    /// Of which edition.
    pub edition_id: EditionId,
    /// Of which questionnaire.
    pub form_id: String,
    /// The repeat that is counted over or, outside of repeats, the question.
    pub list: String,
    /// Counts the decisions about the list from 1.
    pub number: i64,
    /// Decisions made at one stroke have it in common.
    pub act: ActId,
    /// What was done.
    pub kind: ThingAct,
    /// The question's id, which stays between editions.
    pub question: String,
    /// The response.
    pub response: InvitationId,
    /// The row's id, in a repeat.
    pub row_id: Option<String>,
    /// Key of the thing that the place names since; `None`: again what its own text says.
    pub thing_key: Option<String>,
    /// What people call the thing.
    pub thing_name: Option<String>,
    /// What stood there at that moment.
    pub raw: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Stores decisions under the numbers that they carry.
    ///
    /// # Errors
    /// `Refused` when somebody else has taken one of the numbers of the list.
    pub fn thing_decision_insert_all(
        &mut self,
        scope: Scope,
        decisions: &[ThingDecision],
    ) -> Result<(), StoreError> {
        for chunk in decisions.chunks(CHUNK) {
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
                        dsl::kind.eq(new.kind),
                        dsl::question.eq(&new.question),
                        dsl::response.eq(key(new.response)),
                        dsl::row_id.eq(&new.row_id),
                        dsl::thing_key.eq(&new.thing_key),
                        dsl::thing_name.eq(&new.thing_name),
                        dsl::raw.eq(&new.raw),
                        dsl::reason.eq(&new.reason),
                        dsl::actor.eq(&new.actor),
                        dsl::at.eq(At(new.at)),
                    )
                })
                .collect();
            self.run(|c| both!(c, k => diesel::insert_into(dsl::thing_decision).values(rows).execute(k)))?;
        }
        Ok(())
    }

    /// The decisions about the lists of a questionnaire, by list in the order of their numbers.
    pub fn thing_decision_list(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: &str,
    ) -> Result<Vec<ThingDecision>, StoreError> {
        let all = dsl::thing_decision
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::form_id.eq(form))
            .order((dsl::list, dsl::number))
            .select(ThingDecision::as_select());
        self.run(|c| all.load(c))
    }

    /// The decisions of all editions about answers to a question, by edition and list in the order of their numbers.
    pub fn thing_decision_list_of_question(
        &mut self,
        scope: Scope,
        question: &str,
    ) -> Result<Vec<ThingDecision>, StoreError> {
        let all = dsl::thing_decision
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::question.eq(question))
            .order((dsl::edition_id, dsl::form_id, dsl::list, dsl::number))
            .select(ThingDecision::as_select());
        self.run(|c| all.load(c))
    }
}
