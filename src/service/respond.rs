//! Filling in: beginning, saving a section, correcting.

use form::answers::Path;
use form::{Evaluation, Raw};
use store::{Change, Contact, ContactChange, ContactHistory, Draft, StoreError, Tx};
use survey::merge::{self, Button, Conflict, FieldChange, Merged, Submitted};
use survey::state::{Command, Refusal, decide};
use survey::{AccessId, Scope, Timestamp};

use super::seat::{Response, Rows, Seat};
use super::{Refused, Service};

/// How often a save begins anew because somebody saved in between. Each round somebody else got through.
const ROUNDS: usize = 32;

/// So many changes of a contact are remembered: a page drawn before them sees its conflicts.
const CONTACT_HISTORY: usize = 100;

/// What a page says that no page of ours can say: that it was drawn after everything that was ever saved. Against such
/// a page nothing would conflict.
pub(super) const AHEAD: &str = "_rev";

/// What became of a saved page.
pub struct Saved {
    /// The rows as they were before.
    before: Rows,
    /// The response with everything that did not conflict.
    pub response: Response,
    /// What a person must decide.
    pub conflicts: Vec<Conflict>,
}

impl Service {
    /// Reads the pairs of a POST of one section.
    ///
    /// # Errors
    /// [`Refused::BadPost`] with every field that the page could not have sent; then nothing is saved.
    pub fn read_post(&self, seat: &Seat, pairs: &[(String, String)]) -> Result<Submitted, Refused> {
        merge::parse(&seat.model, &seat.access.sections, pairs)
            .map_err(|problems| Refused::BadPost(problems.iter().map(ToString::to_string).collect()))
    }

    /// Saves a page of a section. Errors in the answers do not matter; conflicts are reported, the rest is saved.
    ///
    /// # Errors
    /// [`Refused::Closed`], [`Refused::NotYetOpen`], [`Refused::Submitted`] for a page drawn before the last sending.
    pub fn save(&self, seat: &Seat, mine: Submitted) -> Result<Saved, Refused> {
        let now = self.now();
        let mine = match &seat.last {
            Some(last) => last.answered(&seat.model, mine),
            None => mine,
        };
        let job = Saving { seat: seat.clone(), mine, now };
        let (before, after, conflicts) = self.store.write("save", move |tx| job.run(tx))?;
        Ok(Saved { before, response: self.response(seat, after), conflicts })
    }

    /// The response as it was before a save, evaluated. Only pages that stay for their mistakes need it.
    pub fn evaluation_before(&self, saved: &Saved) -> Evaluation {
        self.response(&saved.response.seat, saved.before.clone()).evaluation
    }

    /// Begins, from the start page: makes an empty draft where there is none.
    ///
    /// # Errors
    /// None for a closed edition: there is nothing to begin, and everything can still be read.
    pub(super) fn start_draft(tx: &mut Tx<'_>, seat: &Seat, now: Timestamp) -> Result<(), Refused> {
        let rows = Rows::load(tx, seat.scope(), &seat.invitation)?;
        match decide(&rows.state(seat), Command::Begin, now) {
            Ok(events) if !events.is_empty() => {
                tx.draft_start(seat.scope(), seat.invitation.id, 0, &Raw::default(), now)?;
                Ok(())
            }
            Ok(_) | Err(Refusal::Closed) => Ok(()),
            Err(refusal) => Err(refused(refusal, seat)),
        }
    }

    /// Opens a sent questionnaire for correcting. What was sent goes on counting until it is sent again.
    ///
    /// # Errors
    /// [`Refused::Closed`], [`Refused::Incomplete`] when nothing was sent yet, [`Refused::NotAllowed`] for an access to
    /// a part of the questionnaire.
    pub fn begin_correction(&self, seat: &Seat) -> Result<(), Refused> {
        if !seat.access.sections.may_submit() {
            return Err(Refused::NotAllowed);
        }
        let (seat, now) = (seat.clone(), self.now());
        self.store.write("begin_correction", move |tx| {
            let rows = Rows::load(tx, seat.scope(), &seat.invitation)?;
            let state = rows.state(&seat);
            let events =
                decide(&state, Command::BeginCorrection, now).map_err(|refusal| refused(refusal, &seat))?;
            if !events.is_empty() {
                tx.draft_set_correcting(seat.scope(), seat.invitation.id, revision(state.rev), true, now)?;
            }
            Ok(())
        })
    }
}

/// One POST being saved; may run several times.
struct Saving {
    seat: Seat,
    mine: Submitted,
    now: Timestamp,
}

impl Saving {
    fn run(&self, tx: &mut Tx<'_>) -> Result<(Rows, Rows, Vec<Conflict>), Refused> {
        for _ in 0..ROUNDS {
            let before = Rows::load(tx, self.scope(), &self.seat.invitation)?;
            if let Some((after, conflicts)) = self.once(tx, &before)? {
                return Ok((before, after, conflicts));
            }
        }
        Err(StoreError::Busy.into())
    }

    fn scope(&self) -> Scope {
        self.seat.scope()
    }

    /// One round, with the rows as it leaves them; none when somebody saved between reading and writing.
    fn once(&self, tx: &mut Tx<'_>, rows: &Rows) -> Result<Option<(Rows, Vec<Conflict>)>, Refused> {
        let state = rows.state(&self.seat);
        if self.mine.rev > state.rev {
            return Err(Refused::BadPost(vec![AHEAD.into()]));
        }
        let save = Command::Save { drawn_at: self.mine.rev, changed: false };
        decide(&state, save, self.now).map_err(|refusal| refused(refusal, &self.seat))?;
        let theirs = rows.draft.as_ref().map(|draft| draft.answers.clone()).unwrap_or_default();
        // Almost always nobody has saved since the page was drawn, and there is nothing to ask for.
        let since =
            if self.mine.rev == state.rev { Vec::new() } else { self.changes_after(tx, self.mine.rev)? };
        let mut merged = merge::merge(&since, &theirs, &self.mine);
        self.undo(tx, &mut merged)?;
        let personal = self.merge_contact(rows);
        let mut after = rows.clone();
        if !self.store_draft(tx, &mut after, &merged, &personal)?
            || !self.store_contact(tx, &mut after, &personal)?
        {
            return Ok(None);
        }
        merged.conflicts.extend(personal.conflicts);
        Ok(Some((after, merged.conflicts)))
    }

    fn changes_after(&self, tx: &mut Tx<'_>, rev: u64) -> Result<Vec<FieldChange>, Refused> {
        let changes = tx.change_list_after(self.scope(), self.seat.invitation.id, revision(rev))?;
        changes.into_iter().map(field_change).collect()
    }

    /// The button that brings a removed row back.
    fn undo(&self, tx: &mut Tx<'_>, merged: &mut Merged) -> Result<(), Refused> {
        let Some(Button::Undo(row)) = &self.mine.button else { return Ok(()) };
        let all = self.changes_after(tx, 0)?;
        for change in merge::undo_removal(&all, &merged.draft, row, &self.mine.page) {
            merge::apply(&mut merged.draft, &change);
            merged.changes.push(change);
        }
        Ok(())
    }

    /// Personal answers are merged by the same rules, against a history of their own that goes when they go.
    fn merge_contact(&self, rows: &Rows) -> Merged {
        let (answers, history) = rows
            .contact
            .as_ref()
            .map(|contact| (contact.answers.clone(), contact.history.clone()))
            .unwrap_or_default();
        let since: Vec<FieldChange> = history
            .0
            .into_iter()
            .filter(|past| past.rev > revision(self.mine.rev))
            .map(|past| past.change)
            .collect();
        let mine = Submitted {
            rev: self.mine.rev,
            page: self.mine.page.clone(),
            fields: self.mine.personal.clone(),
            keep: self.mine.keep.clone(),
            ..Submitted::default()
        };
        merge::merge(&since, &answers, &mine)
    }

    /// Stores the draft under its next revision when anything changed, its contact included: pages tell by the
    /// revision what they have not seen.
    fn store_draft(
        &self,
        tx: &mut Tx<'_>,
        rows: &mut Rows,
        merged: &Merged,
        personal: &Merged,
    ) -> Result<bool, StoreError> {
        let (scope, invitation_id, now) = (self.scope(), self.seat.invitation.id, self.now);
        if rows.draft.is_none() && !tx.draft_start(scope, invitation_id, 0, &Raw::default(), now)? {
            return Ok(false);
        }
        let draft = rows.draft.get_or_insert_with(|| Draft {
            invitation_id,
            rev: 0,
            answers: Raw::default(),
            correcting: false,
            started_at: now,
            updated_at: now,
        });
        if merged.changes.is_empty() && personal.changes.is_empty() {
            return Ok(true);
        }
        let stored = tx.draft_update_guarded(scope, invitation_id, draft.rev, &merged.draft, now)?;
        let Some(rev) = stored else { return Ok(false) };
        (draft.rev, draft.updated_at) = (rev, now);
        draft.answers.clone_from(&merged.draft);
        let changes: Vec<Change> =
            merged.changes.iter().map(|c| change(c, rev, self.seat.access.id, now)).collect();
        if !changes.is_empty() {
            tx.change_insert_all(scope, invitation_id, &changes)?;
        }
        Ok(true)
    }

    /// Personal answers stand apart: nothing of them enters the changes of the draft.
    fn store_contact(&self, tx: &mut Tx<'_>, rows: &mut Rows, personal: &Merged) -> Result<bool, StoreError> {
        if personal.changes.is_empty() {
            return Ok(true);
        }
        let (seen, mut history) =
            rows.contact.as_ref().map_or((0, ContactHistory::default()), |c| (c.rev, c.history.clone()));
        let rev = rows.draft.as_ref().map_or(0, |draft| draft.rev);
        history.0.extend(personal.changes.iter().map(|change| ContactChange { rev, change: change.clone() }));
        let surplus = history.0.len().saturating_sub(CONTACT_HISTORY);
        history.0.drain(..surplus);
        let answers = personal.draft.clone();
        let stored =
            tx.contact_save(self.scope(), self.seat.invitation.id, seen, &answers, &history, self.now)?;
        let Some(rev) = stored else { return Ok(false) };
        rows.contact = Some(Contact { rev, answers, history, updated_at: self.now });
        Ok(true)
    }
}

fn field_change(change: Change) -> Result<FieldChange, Refused> {
    let path: Path = change
        .path
        .parse()
        .map_err(|_| Refused::Unreadable { what: "path of a change", cause: change.path.clone() })?;
    Ok(FieldChange { path, old: change.old, new: change.new, page: change.page })
}

fn change(change: &FieldChange, rev: i64, access: AccessId, at: Timestamp) -> Change {
    Change {
        rev,
        path: change.path.to_string(),
        old: change.old.clone(),
        new: change.new.clone(),
        page: change.page.clone(),
        access_id: Some(access),
        at,
    }
}

/// A revision as the database counts it.
pub(super) fn revision(rev: u64) -> i64 {
    i64::try_from(rev).unwrap_or(i64::MAX)
}

/// The rules' refusal as a use case's.
pub(super) fn refused(refusal: Refusal, seat: &Seat) -> Refused {
    match refusal {
        Refusal::NotYetOpen { .. } => Refused::NotYetOpen(seat.window().opens_on),
        Refusal::Closed => Refused::Closed(seat.last_day()),
        Refusal::DrawnBefore { .. } | Refusal::AlreadySubmitted { .. } => Refused::Submitted,
        Refusal::NothingStarted
        | Refusal::NothingSubmitted
        | Refusal::Incomplete
        | Refusal::NoSuchSubmission { .. }
        | Refusal::BadDay { .. } => Refused::Incomplete,
    }
}
