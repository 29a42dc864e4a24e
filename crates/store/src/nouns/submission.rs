//! Submissions, and the events that tallies follow.

use chrono::NaiveDate;
use diesel::prelude::*;
use form::answers::Raw;
use form::evaluate::Context;
use survey::{AccessId, EditionId, InvitationId, Scope, SubmissionId, Timestamp, UnitId, VersionId};

use super::{Invitation, UnitPlace};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::schema::{edition, form_version, invitation, submission, submission_event};
use crate::tx::{Tx, within};
use crate::types::{At, EditionState, EventKind, Json, key};

/// A whole, numbered, never altered copy of a response.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = submission)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// Of which edition.
    pub edition_id: EditionId,
    /// Of which invitation.
    pub invitation_id: InvitationId,
    /// Running number within the edition, from 1 and without gaps.
    pub number: i64,
    /// `seq` of its event.
    pub seq: i64,
    /// The version of the questionnaire that it was checked against.
    pub form_version_id: VersionId,
    /// Its final answers.
    pub answers: Raw,
    /// What its evaluation depended on besides.
    pub context: Context,
    /// The local date of the submission.
    pub today: NaiveDate,
    /// By which access; `None` when not by a respondent.
    pub access_id: Option<AccessId>,
    /// The revision of the draft that was sent.
    pub draft_rev: i64,
    /// When.
    pub at: Timestamp,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// `seq` of the event that withdrew it.
    pub withdrawn_seq: Option<i64>,
}

/// A submission to be stored; its numbers come from the edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubmission {
    /// Its id.
    pub id: SubmissionId,
    /// Of which edition: the invitation's.
    pub edition_id: EditionId,
    /// Of which invitation.
    pub invitation_id: InvitationId,
    /// The version of the questionnaire that it was checked against.
    pub form_version_id: VersionId,
    /// Its final answers.
    pub answers: Raw,
    /// What its evaluation depended on besides; its date is that of the submission.
    pub context: Context,
    /// By which access.
    pub access_id: Option<AccessId>,
    /// The revision of the draft that is sent.
    pub draft_rev: i64,
    /// When.
    pub at: Timestamp,
}

/// The numbers that a submission got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbered {
    /// Running number within the edition, from 1 and without gaps.
    pub number: i64,
    /// `seq` of its event.
    pub seq: i64,
}

/// What happened to a submission of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = submission_event)]
pub struct Event {
    /// Counts the events of the edition from 1, without gaps.
    pub seq: i64,
    /// What.
    pub kind: EventKind,
    /// To which submission.
    pub submission_id: SubmissionId,
    /// When.
    pub at: Timestamp,
}

/// A submission that counts, and who it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The newest submission of the invitation that is not withdrawn.
    pub submission: Submission,
    /// Its invitation, withdrawn or not.
    pub invitation: Invitation,
}

/// What a unit sent in an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Former {
    /// Title of that edition.
    pub edition: String,
    /// Last day of its reporting period.
    pub period_to: NaiveDate,
    /// The version of the questionnaire that the answers were checked against.
    pub form_version_id: VersionId,
    /// The final answers that count.
    pub answers: Raw,
}

impl Tx<'_> {
    /// Stores a submission with the next number and `seq` of its edition, and its event; `None` when the edition is
    /// frozen or missing. The edition's counter is held until the commit, so this comes late in a transaction.
    ///
    /// # Errors
    /// `Refused` when this revision of the draft is already submitted.
    pub fn submission_insert(
        &mut self,
        scope: Scope,
        new: &NewSubmission,
    ) -> Result<Option<Numbered>, StoreError> {
        use submission::dsl;
        within(scope, new.invitation_id)?;
        let Some(numbered) = self.next_number(scope, new.edition_id)? else { return Ok(None) };
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::id.eq(key(new.id)),
            dsl::edition_id.eq(key(new.edition_id)),
            dsl::invitation_id.eq(key(new.invitation_id)),
            dsl::number.eq(numbered.number),
            dsl::seq.eq(numbered.seq),
            dsl::form_version_id.eq(key(new.form_version_id)),
            dsl::answers.eq(Json::of(&new.answers)),
            dsl::context.eq(Json::of(&new.context)),
            dsl::today.eq(new.context.today),
            dsl::access_id.eq(new.access_id.map(key)),
            dsl::draft_rev.eq(new.draft_rev),
            dsl::at.eq(At(new.at)),
        );
        self.run(|c| diesel::insert_into(dsl::submission).values(row).execute(c))?;
        let event =
            Event { seq: numbered.seq, kind: EventKind::Submitted, submission_id: new.id, at: new.at };
        self.event_insert(scope, new.edition_id, event)?;
        Ok(Some(numbered))
    }

    fn next_number(&mut self, scope: Scope, id: EditionId) -> Result<Option<Numbered>, StoreError> {
        use edition::dsl;
        let one = dsl::edition.find((key(scope.programme), key(id))).filter(dsl::frozen.eq(false));
        let next = (dsl::seq.eq(dsl::seq + 1), dsl::submissions.eq(dsl::submissions + 1));
        let numbers = (dsl::submissions, dsl::seq);
        let found: Option<(i64, i64)> =
            self.run(|c| diesel::update(one).set(next).returning(numbers).get_result(c).optional())?;
        Ok(found.map(|(number, seq)| Numbered { number, seq }))
    }

    fn event_insert(&mut self, scope: Scope, edition: EditionId, event: Event) -> Result<(), StoreError> {
        use submission_event::dsl;
        let row = (
            dsl::programme_id.eq(key(scope.programme)),
            dsl::edition_id.eq(key(edition)),
            dsl::seq.eq(event.seq),
            dsl::kind.eq(event.kind),
            dsl::submission_id.eq(key(event.submission_id)),
            dsl::at.eq(At(event.at)),
        );
        self.run(|c| diesel::insert_into(dsl::submission_event).values(row).execute(c)).map(drop)
    }

    /// Withdraws a submission and gives the `seq` of its event; `None` when it is withdrawn already, is not of this
    /// edition, or the edition is frozen.
    pub fn submission_withdraw(
        &mut self,
        scope: Scope,
        edition: EditionId,
        id: SubmissionId,
        at: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        use submission::dsl;
        // Held first: the next seq stays the one read here.
        if !self.edition_hold(scope, edition)? {
            return Ok(None);
        }
        let counter = edition::table.find((key(scope.programme), key(edition)));
        let seq: i64 = self.run(|c| counter.select(edition::seq).first(c))?;
        let seq = seq + 1;
        let one = dsl::submission
            .find((key(scope.programme), key(id)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::withdrawn_at.is_null());
        let mark = (dsl::withdrawn_at.eq(Some(At(at))), dsl::withdrawn_seq.eq(Some(seq)));
        if self.run(|c| diesel::update(one).set(mark).execute(c))? == 0 {
            return Ok(None);
        }
        self.run(|c| diesel::update(counter).set(edition::seq.eq(seq)).execute(c))?;
        let event = Event { seq, kind: EventKind::Withdrawn, submission_id: id, at };
        self.event_insert(scope, edition, event)?;
        Ok(Some(seq))
    }

    /// The submission with this id.
    pub fn submission_find(
        &mut self,
        scope: Scope,
        id: SubmissionId,
    ) -> Result<Option<Submission>, StoreError> {
        let one = submission::table.find((key(scope.programme), key(id))).select(Submission::as_select());
        let found: Option<Submission> = self.run(|c| one.first(c).optional())?;
        Ok(found.filter(|submission| scope.allows(submission.invitation_id)))
    }

    /// All submissions of an invitation, withdrawn ones included, the newest first.
    pub fn submission_list(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
    ) -> Result<Vec<Submission>, StoreError> {
        use submission::dsl;
        within(scope, invitation)?;
        let all = dsl::submission
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::invitation_id.eq(key(invitation)))
            .order(dsl::seq.desc())
            .select(Submission::as_select());
        self.run(|c| all.load(c))
    }

    /// The submission of an invitation that counted right after event `seq` (`i64::MAX`: that counts now).
    pub fn submission_counted_at(
        &mut self,
        scope: Scope,
        invitation: InvitationId,
        seq: i64,
    ) -> Result<Option<Submission>, StoreError> {
        use submission::dsl;
        within(scope, invitation)?;
        let one = dsl::submission
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::invitation_id.eq(key(invitation)))
            .filter(dsl::seq.le(seq))
            .filter(dsl::withdrawn_seq.is_null().or(dsl::withdrawn_seq.gt(seq)))
            .order(dsl::seq.desc())
            .select(Submission::as_select());
        self.run(|c| one.first(c).optional())
    }

    /// What a unit sent in the newest edition that asked it the questionnaire and whose period began before a day;
    /// `None` when it did not answer then, whatever it sent before. One query, because every page of a respondent asks
    /// for it.
    pub fn submission_former(
        &mut self,
        scope: Scope,
        unit: UnitId,
        form: &str,
        before: NaiveDate,
    ) -> Result<Option<Former>, StoreError> {
        use submission::dsl;
        let same_edition =
            edition::programme_id.eq(invitation::programme_id).and(edition::id.eq(invitation::edition_id));
        let same = dsl::programme_id.eq(invitation::programme_id).and(dsl::invitation_id.eq(invitation::id));
        let later = diesel::alias!(edition as later);
        let of_later = form_version::programme_id
            .eq(later.field(edition::programme_id))
            .and(form_version::edition_id.eq(later.field(edition::id)));
        let asked_later = form_version::table
            .inner_join(later.on(of_later))
            .filter(form_version::programme_id.eq(edition::programme_id))
            .filter(form_version::form_id.eq(form))
            .filter(later.field(edition::state).ne(EditionState::Draft))
            .filter(later.field(edition::period_from).gt(edition::period_from))
            .filter(later.field(edition::period_from).lt(before));
        let newest = edition::table
            .inner_join(invitation::table.on(same_edition))
            .inner_join(dsl::submission.on(same))
            .filter(edition::programme_id.eq(key(scope.programme)))
            .filter(edition::state.ne(EditionState::Draft))
            .filter(edition::period_from.lt(before))
            .filter(invitation::unit_id.eq(key(unit)))
            .filter(invitation::form_id.eq(form))
            .filter(dsl::withdrawn_at.is_null())
            .filter(diesel::dsl::not(diesel::dsl::exists(asked_later)))
            .order((edition::period_from.desc(), dsl::seq.desc()))
            .select((edition::title, edition::period_to, dsl::form_version_id, dsl::answers));
        self.run(|c| newest.first(c).optional())
    }

    /// The next counted submissions of an edition in the order of units, at most `limit`, of one questionnaire or of
    /// all. Several pages belong together when they are read in one transaction.
    ///
    /// The edition is asked of the invitation alone, and the place also as a plain lower bound: then both databases
    /// walk the index in the order of units from there, whatever they know about the sizes of the tables. Told the
    /// edition of the submission too, SQLite sorts all of them for each page.
    pub fn submission_page_counted(
        &mut self,
        scope: Scope,
        edition: EditionId,
        form: Option<&str>,
        after: Option<&UnitPlace>,
        limit: u32,
    ) -> Result<Vec<Counted>, StoreError> {
        use submission::dsl;
        let newer = diesel::alias!(submission as newer);
        let replaced = newer
            .filter(newer.field(dsl::programme_id).eq(dsl::programme_id))
            .filter(newer.field(dsl::invitation_id).eq(dsl::invitation_id))
            .filter(newer.field(dsl::withdrawn_at).is_null())
            .filter(newer.field(dsl::seq).gt(dsl::seq));
        let same = invitation::programme_id.eq(dsl::programme_id).and(invitation::id.eq(dsl::invitation_id));
        let mut page = dsl::submission
            .inner_join(invitation::table.on(same))
            .filter(invitation::programme_id.eq(key(scope.programme)))
            .filter(invitation::edition_id.eq(key(edition)))
            .filter(invitation::unit_sort.ge(after.map_or(&[][..], |(sort, _)| sort)))
            .filter(dsl::withdrawn_at.is_null())
            .filter(diesel::dsl::not(diesel::dsl::exists(replaced)))
            .order((invitation::unit_sort, invitation::id))
            .limit(i64::from(limit))
            .select((Submission::as_select(), Invitation::as_select()))
            .into_boxed::<MultiBackend>();
        if let Some(form) = form {
            page = page.filter(invitation::form_id.eq(form));
        }
        if let Some((sort, id)) = after {
            page = page.filter(invitation::unit_sort.gt(sort).or(invitation::id.gt(key(*id))));
        }
        let rows: Vec<(Submission, Invitation)> = self.run(|c| page.load(c))?;
        Ok(rows.into_iter().map(|(submission, invitation)| Counted { submission, invitation }).collect())
    }

    /// Which invitation each submission of an edition came from and when, withdrawn ones included, in the order in which
    /// they came; whether it still counts for something: it is not withdrawn.
    pub fn submission_times(
        &mut self,
        scope: Scope,
        edition: EditionId,
    ) -> Result<Vec<(InvitationId, Timestamp, bool)>, StoreError> {
        use submission::dsl;
        let all = dsl::submission
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .order(dsl::seq)
            .select((dsl::invitation_id, dsl::at, dsl::withdrawn_at.is_null()));
        self.run(|c| all.load(c))
    }

    /// The next events of an edition after `seq`, at most `limit`.
    pub fn events_after(
        &mut self,
        scope: Scope,
        edition: EditionId,
        seq: i64,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        use submission_event::dsl;
        let page = dsl::submission_event
            .filter(dsl::programme_id.eq(key(scope.programme)))
            .filter(dsl::edition_id.eq(key(edition)))
            .filter(dsl::seq.gt(seq))
            .order(dsl::seq)
            .limit(i64::from(limit))
            .select(Event::as_select());
        self.run(|c| page.load(c))
    }
}
