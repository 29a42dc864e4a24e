//! The outbox: mail that is to be sent, is being sent or was sent.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::count_star;
use diesel::prelude::*;
use survey::unit::Email;
use survey::{InvitationId, OutboxId, Scope, Timestamp};

use super::CHUNK;
use crate::connection::{AnyConnection, MultiBackend, both};
use crate::error::StoreError;
use crate::schema::outbox::{self, dsl};
use crate::tx::{Tx, within};
use crate::types::{At, Json, OutboxState, key};

/// One mail to one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Mail {
    /// Its id.
    pub id: OutboxId,
    /// About which invitation.
    pub invitation_id: InvitationId,
    /// Name of the text.
    pub template: String,
    /// Version of the text.
    pub template_version: i32,
    /// Which occasion, such as `start` or `2025-02-10`: one mail each.
    pub wave: String,
    /// Address.
    pub recipient: String,
    /// What the text needs besides; never a secret.
    pub params: BTreeMap<String, String>,
    /// Where it stands.
    pub state: OutboxState,
    /// `Message-ID`, the same at every attempt.
    pub message_id: String,
    /// How many times it was handed over. Also tells one lease from the next.
    pub attempts: i32,
    /// Not before.
    pub next_attempt_at: Timestamp,
    /// While it is being sent: after this nobody knows how far it came.
    pub lease_until: Option<Timestamp>,
    /// What the last attempt met.
    pub last_error: Option<String>,
    /// When it was queued: its `Date`.
    pub created_at: Timestamp,
    /// When it last moved.
    pub updated_at: Timestamp,
}

/// A mail to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Its id.
    pub id: OutboxId,
    /// About which invitation.
    pub invitation_id: InvitationId,
    /// Name of the text.
    pub template: String,
    /// Version of the text.
    pub template_version: i32,
    /// Which occasion.
    pub wave: String,
    /// Address.
    pub recipient: Email,
    /// What the text needs besides.
    pub params: BTreeMap<String, String>,
    /// `Message-ID`.
    pub message_id: String,
    /// Not before.
    pub next_attempt_at: Timestamp,
    /// When it is queued.
    pub created_at: Timestamp,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The relay took it.
    Accepted,
    /// Refused for good.
    Refused(String),
    /// Nothing was handed over; it may be tried again.
    Again {
        /// Not before.
        at: Timestamp,
        /// What was met.
        error: String,
    },
    /// It may have been taken or not.
    Uncertain(String),
}

impl Tx<'_> {
    /// Queues mails and gives how many were new. One that is there already (same invitation, text, wave, recipient)
    /// is no error and stays as it is.
    pub fn outbox_enqueue(&mut self, scope: Scope, new: &[NewMail]) -> Result<usize, StoreError> {
        let mut queued = 0;
        for chunk in new.chunks(CHUNK) {
            for mail in chunk {
                within(scope, mail.invitation_id)?;
            }
            let rows: Vec<_> = chunk
                .iter()
                .map(|new| {
                    (
                        dsl::programme_id.eq(key(scope.programme)),
                        dsl::id.eq(key(new.id)),
                        dsl::invitation_id.eq(key(new.invitation_id)),
                        dsl::template.eq(&new.template),
                        dsl::template_version.eq(new.template_version),
                        dsl::wave.eq(&new.wave),
                        dsl::recipient.eq(new.recipient.as_str()),
                        dsl::params.eq(Json::of(&new.params)),
                        dsl::state.eq(OutboxState::Queued),
                        dsl::message_id.eq(&new.message_id),
                        dsl::attempts.eq(0),
                        dsl::next_attempt_at.eq(At(new.next_attempt_at)),
                        dsl::created_at.eq(At(new.created_at)),
                        dsl::updated_at.eq(At(new.created_at)),
                    )
                })
                .collect();
            let insert = |c: &mut AnyConnection| both!(c, k => diesel::insert_into(dsl::outbox).values(rows).on_conflict_do_nothing().execute(k));
            queued += self.run(insert)?;
        }
        Ok(queued)
    }

    /// To whom one text of one occasion was queued so far, by invitation.
    pub fn outbox_recipients(
        &mut self,
        scope: Scope,
        template: &str,
        wave: &str,
    ) -> Result<BTreeSet<(InvitationId, String)>, StoreError> {
        let all = dsl::outbox
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::template.eq(template))
            .filter(dsl::wave.eq(wave))
            .select((dsl::invitation_id, dsl::recipient));
        let rows: Vec<(InvitationId, String)> = self.run(|c| all.load(c))?;
        Ok(rows.into_iter().collect())
    }

    /// Takes the mail that has waited longest past its time, marks it as being sent until `lease_until`, counts the
    /// attempt. `None` when none is due.
    pub fn outbox_lease_next(
        &mut self,
        scope: Scope,
        now: Timestamp,
        lease_until: Timestamp,
    ) -> Result<Option<Mail>, StoreError> {
        loop {
            let due = dsl::outbox
                .filter(dsl::programme_id.eq(key(scope.programme)))
                .filter(dsl::state.eq(OutboxState::Queued))
                .filter(dsl::next_attempt_at.le(At(now)))
                .order((dsl::next_attempt_at, dsl::id))
                .select((dsl::id, dsl::attempts));
            let found: Option<(OutboxId, i32)> = self.run(|c| due.first(c).optional())?;
            let Some((id, attempts)) = found else { return Ok(None) };
            let one = dsl::outbox
                .find((key(scope.programme), key(id)))
                .filter(dsl::state.eq(OutboxState::Queued))
                .filter(dsl::attempts.eq(attempts));
            let lease = (
                dsl::state.eq(OutboxState::Sending),
                dsl::attempts.eq(attempts + 1),
                dsl::lease_until.eq(Some(At(lease_until))),
                dsl::updated_at.eq(At(now)),
            );
            if self.run(|c| diesel::update(one).set(lease).execute(c))? > 0 {
                return self.outbox_find(scope, id);
            }
            // Another worker took it between the two statements: it is no longer queued, look for the next one.
        }
    }

    /// Notes how attempt number `attempt` ended; `false` when the mail is no longer being sent by that attempt.
    pub fn outbox_settle(
        &mut self,
        scope: Scope,
        id: OutboxId,
        attempt: i32,
        settled: &Settled,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (state, error, next) = match settled {
            Settled::Accepted => (OutboxState::Accepted, None, now),
            Settled::Refused(error) => (OutboxState::Refused, Some(error), now),
            Settled::Again { at, error } => (OutboxState::Queued, Some(error), *at),
            Settled::Uncertain(error) => (OutboxState::Uncertain, Some(error), now),
        };
        let one = dsl::outbox
            .find((key(scope.programme), key(id)))
            .filter(dsl::state.eq(OutboxState::Sending))
            .filter(dsl::attempts.eq(attempt));
        let row = (
            dsl::state.eq(state),
            dsl::last_error.eq(error),
            dsl::next_attempt_at.eq(At(next)),
            dsl::lease_until.eq(None::<At>),
            dsl::updated_at.eq(At(now)),
        );
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// Ends the leases that ran out before `now` and gives their number: mails of the texts `again` are queued once
    /// more, the others are uncertain.
    pub fn outbox_lapse(
        &mut self,
        scope: Scope,
        again: &[&str],
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let lapsed = || {
            dsl::outbox
                .filter(dsl::programme_id.eq(key(scope.programme)))
                .filter(dsl::state.eq(OutboxState::Sending))
                .filter(dsl::lease_until.lt(Some(At(now))))
        };
        let to = |state| {
            (
                dsl::state.eq(state),
                dsl::last_error.eq(Some("the lease ran out")),
                dsl::lease_until.eq(None::<At>),
                dsl::next_attempt_at.eq(At(now)),
                dsl::updated_at.eq(At(now)),
            )
        };
        let queued = lapsed().filter(dsl::template.eq_any(again.to_vec()));
        let queued = self.run(|c| diesel::update(queued).set(to(OutboxState::Queued)).execute(c))?;
        let rest = self.run(|c| diesel::update(lapsed()).set(to(OutboxState::Uncertain)).execute(c))?;
        Ok(queued + rest)
    }

    /// A person's decision: moves a mail from one state to another; `false` when it is no longer in `from`.
    pub fn outbox_move(
        &mut self,
        scope: Scope,
        id: OutboxId,
        from: OutboxState,
        to: OutboxState,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let one = dsl::outbox.find((key(scope.programme), key(id))).filter(dsl::state.eq(from));
        let row = (
            dsl::state.eq(to),
            dsl::next_attempt_at.eq(At(now)),
            dsl::lease_until.eq(None::<At>),
            dsl::updated_at.eq(At(now)),
        );
        self.run(|c| diesel::update(one).set(row).execute(c)).map(|n| n > 0)
    }

    /// The mail with this id.
    pub fn outbox_find(&mut self, scope: Scope, id: OutboxId) -> Result<Option<Mail>, StoreError> {
        let one = dsl::outbox.find((key(scope.programme), key(id))).select(Mail::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// The next mails by id (the oldest first), in one state or in any, at most `limit`.
    pub fn outbox_page(
        &mut self,
        scope: Scope,
        state: Option<OutboxState>,
        after: Option<OutboxId>,
        limit: u32,
    ) -> Result<Vec<Mail>, StoreError> {
        let mut page = dsl::outbox
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .order(dsl::id)
            .limit(i64::from(limit))
            .select(Mail::as_select())
            .into_boxed::<MultiBackend>();
        if let Some(state) = state {
            page = page.filter(dsl::state.eq(state));
        }
        if let Some(after) = after {
            page = page.filter(dsl::id.gt(key(after)));
        }
        self.run(|c| page.load(c))
    }

    /// How many mails stand in each state.
    pub fn outbox_count(&mut self, scope: Scope) -> Result<BTreeMap<OutboxState, u64>, StoreError> {
        let counts = dsl::outbox
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .group_by(dsl::state)
            .select((dsl::state, count_star()));
        let rows: Vec<(OutboxState, i64)> = self.run(|c| counts.load(c))?;
        Ok(rows.into_iter().map(|(state, n)| (state, n.unsigned_abs())).collect())
    }
}
