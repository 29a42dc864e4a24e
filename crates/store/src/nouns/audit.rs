//! The audit trail. Rows are only added; the database refuses to change or delete them.

use diesel::prelude::*;
use serde_json::Value;
use survey::{AuditId, Scope, Timestamp};

use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::schema::{audit, instance_audit};
use crate::tx::Tx;
use crate::types::{At, Json, key};

/// Who did what, when. Neither secrets nor personal answers.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AuditRow {
    /// Its id; orders by time.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who, such as `user:anna`, `access:{id}`, `command`.
    pub actor: String,
    /// What, such as `edition.open`.
    pub action: String,
    /// On what.
    pub subject: Option<String>,
    /// Whatever else tells the story.
    pub details: Value,
}

macro_rules! append {
    ($tx:expr, $table:ident, $new:expr $(, $first:expr)?) => {{
        use $table::dsl;
        let row = (
            $($first,)?
            dsl::id.eq(key($new.id)),
            dsl::at.eq(At($new.at)),
            dsl::actor.eq(&$new.actor),
            dsl::action.eq(&$new.action),
            dsl::subject.eq(&$new.subject),
            dsl::details.eq(Json::of(&$new.details)),
        );
        $tx.run(|c| diesel::insert_into($table::table).values(row).execute(c)).map(drop)
    }};
}

impl Tx<'_> {
    /// Adds a row to the trail of a programme.
    pub fn audit_append(&mut self, scope: Scope, new: &AuditRow) -> Result<(), StoreError> {
        append!(self, audit, new, dsl::programme_id.eq(key(scope.programme)))
    }

    /// Adds a row to the trail of the instance.
    pub fn instance_audit_append(&mut self, new: &AuditRow) -> Result<(), StoreError> {
        append!(self, instance_audit, new)
    }

    /// The next rows of a programme's trail, the newest first, older than `before`, at most `limit`.
    pub fn audit_page(
        &mut self,
        scope: Scope,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        use audit::dsl;
        let mut page = dsl::audit
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order(dsl::id.desc())
            .limit(i64::from(limit))
            .select((dsl::id, dsl::at, dsl::actor, dsl::action, dsl::subject, dsl::details))
            .into_boxed::<MultiBackend>();
        if let Some(before) = before {
            page = page.filter(dsl::id.lt(key(before)));
        }
        self.run(|c| page.load(c))
    }

    /// The next rows of the instance's trail, the newest first, older than `before`, at most `limit`.
    pub fn instance_audit_page(
        &mut self,
        before: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        use instance_audit::dsl;
        let mut page = dsl::instance_audit
            .order(dsl::id.desc())
            .limit(i64::from(limit))
            .select((dsl::id, dsl::at, dsl::actor, dsl::action, dsl::subject, dsl::details))
            .into_boxed::<MultiBackend>();
        if let Some(before) = before {
            page = page.filter(dsl::id.lt(key(before)));
        }
        self.run(|c| page.load(c))
    }
}
