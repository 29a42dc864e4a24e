//! Decisions about numbers. Rows are only added; the database refuses to change or delete them.

use diesel::prelude::*;
use survey::{DecisionId, EditionId, Scope, Timestamp};

use crate::error::StoreError;
use crate::schema::decision;
use crate::tx::Tx;
use crate::types::{At, Topic, Verdict, key};

/// What was decided, by whom, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = decision)]
pub struct Decision {
    /// Its id; orders by time.
    pub id: DecisionId,
    /// For which edition.
    pub edition_id: EditionId,
    /// What kind of decision.
    pub topic: Topic,
    /// What it is about: the key of a number, a list, a unit.
    pub subject: String,
    /// What was decided.
    pub what: String,
    /// Why.
    pub why: String,
    /// A new decision, or what became of the one that it follows.
    pub verdict: Verdict,
    /// The decision that it confirms or ends.
    pub follows: Option<DecisionId>,
    /// Who, such as `user:anna`.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Adds a decision.
    ///
    /// # Errors
    /// `Refused` (taken: `decision`) when the decision that it follows has been followed in this edition already.
    pub fn decision_append(&mut self, scope: Scope, new: &Decision) -> Result<(), StoreError> {
        use decision::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::topic.eq(new.topic),
            dsl::subject.eq(&new.subject),
            dsl::what.eq(&new.what),
            dsl::why.eq(&new.why),
            dsl::verdict.eq(new.verdict),
            dsl::follows.eq(new.follows.map(key)),
            dsl::actor.eq(&new.actor),
            dsl::at.eq(At(new.at)),
        );
        self.run(|c| diesel::insert_into(dsl::decision).values(row).execute(c)).map(drop)
    }

    /// The decisions of an edition, the oldest first.
    pub fn decision_list(&mut self, scope: Scope, edition: EditionId) -> Result<Vec<Decision>, StoreError> {
        use decision::dsl;
        let all = dsl::decision
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order(dsl::id)
            .select(Decision::as_select());
        self.run(|c| all.load(c))
    }
}
