//! Sending: the whole draft is checked, copied, numbered and confirmed in one transaction.

use std::collections::BTreeMap;

use form::Raw;
use form::problem::Severity;
use serde_json::json;
use store::{NewMail, NewSubmission, StoreError, Tx};
use survey::state::{Command, decide};
use survey::unit::Email;
use survey::{OutboxId, SubmissionId, Timestamp};

use super::respond::{AHEAD, refused, revision};
use super::seat::{Response, Rows, Seat, number};
use super::{Refused, Service, hex};

/// The template of the receipt.
pub(crate) const RECEIPT: &str = "potwierdzenie";

impl Service {
    /// Sends the draft as the person saw it on the check page, drawn at revision `drawn_at`.
    ///
    /// # Errors
    /// [`Refused::Incomplete`] while errors block it, [`Refused::Stale`] when somebody saved since, [`Refused::Submitted`]
    /// when it was sent already (so a second click shows the first one's confirmation), [`Refused::Closed`],
    /// [`Refused::NotAllowed`] for an access to a part of the questionnaire.
    pub fn submit(&self, seat: &Seat, drawn_at: u64) -> Result<(), Refused> {
        if !seat.access.sections.may_submit() {
            return Err(Refused::NotAllowed);
        }
        let now = self.now();
        let response = self.respond(seat)?;
        if drawn_at > response.state.rev {
            return Err(Refused::BadPost(vec![AHEAD.into()]));
        }
        let complete = !blocked(&response);
        let check = Command::Submit { drawn_at, complete };
        decide(&response.state, check.clone(), now).map_err(|refusal| refused(refusal, seat))?;
        if drawn_at != response.state.rev {
            return Err(Refused::Stale);
        }
        let new = self.new_submission(seat, &response);
        let receipt = self.receipt(seat, &response)?;
        let row = self.note(
            &format!("access:{}", seat.access.id),
            "submission.insert",
            seat.invitation.unit_code.clone(),
            json!({ "submission": new.id, "draft_rev": new.draft_rev }),
        );
        let place = seat.clone();
        self.store.write("submit", move |tx| -> Result<(), Refused> {
            let scope = place.scope();
            let rows = Rows::load(tx, scope, &place.invitation)?;
            let state = rows.state(&place);
            decide(&state, check.clone(), now).map_err(|refusal| refused(refusal, &place))?;
            // The revision guards everything that was checked outside this transaction.
            let draft = rows.draft.as_ref().ok_or(Refused::Incomplete)?;
            let (id, seen) = (place.invitation.id, revision(drawn_at));
            let sent = if draft.correcting {
                tx.draft_set_correcting(scope, id, seen, false, now)?
            } else {
                tx.draft_update_guarded(scope, id, seen, &draft.answers, now)?
            };
            if sent.is_none() {
                return Err(overtaken(tx, &place, check.clone(), now)?);
            }
            let closed = || Refused::Closed(place.last_day());
            let numbered = tx.submission_insert(scope, &new)?.ok_or_else(closed)?;
            tx.audit_append(scope, &row)?;
            if let Some(mail) = &receipt {
                let printed = number(&place, numbered.number);
                let mut mail = mail.clone();
                mail.wave = printed.clone();
                mail.params = BTreeMap::from([("NUMER".into(), printed)]);
                tx.outbox_enqueue(scope, &[mail])?;
            }
            Ok(())
        })
    }

    fn new_submission(&self, seat: &Seat, response: &Response) -> NewSubmission {
        NewSubmission {
            id: self.id::<SubmissionId>(),
            edition_id: seat.edition.id,
            invitation_id: seat.invitation.id,
            form_version_id: seat.version,
            answers: response.evaluation.final_answers(),
            context: response.evaluation.context().clone(),
            access_id: Some(seat.access.id),
            draft_rev: revision(response.state.rev),
            at: self.now(),
        }
    }

    /// The receipt, without the number that the transaction will give; none when nobody left an address.
    fn receipt(&self, seat: &Seat, response: &Response) -> Result<Option<NewMail>, Refused> {
        let Some(recipient) = self.receipt_address(seat, &response.contact)? else { return Ok(None) };
        let letter = self.letter(seat.scope(), RECEIPT)?;
        let id: OutboxId = self.id();
        Ok(Some(NewMail {
            id,
            invitation_id: seat.invitation.id,
            template: letter.name.clone(),
            template_version: letter.version,
            wave: String::new(),
            recipient,
            params: BTreeMap::new(),
            message_id: self.message_id(id),
            next_attempt_at: self.now(),
            created_at: self.now(),
        }))
    }

    /// The first contact answer that is an address, else the unit's own.
    fn receipt_address(&self, seat: &Seat, contact: &Raw) -> Result<Option<Email>, StoreError> {
        let personal = seat.model.questions().filter(|question| question.personal);
        let mut given =
            personal.filter_map(|question| contact.fields.get(&question.name)).map(|text| Email::parse(text));
        if let Some(email) = given.find_map(Result::ok) {
            return Ok(Some(email));
        }
        let scope = survey::Scope::programme(seat.programme.row.id);
        self.store.read("receipt_address", |tx| tx.unit_main_address(scope, seat.invitation.unit_id))
    }

    /// `Message-ID` of an outbox row, without angle brackets; the same at every attempt.
    pub(crate) fn message_id(&self, id: OutboxId) -> String {
        format!("{}@{}", hex(id.uuid().as_bytes()), self.settings.mail.message_domain)
    }
}

/// Somebody was faster between reading and writing: by sending, or by saving something that nobody has checked.
fn overtaken(tx: &mut Tx<'_>, seat: &Seat, check: Command, now: Timestamp) -> Result<Refused, Refused> {
    let rows = Rows::load(tx, seat.scope(), &seat.invitation)?;
    let now_refused = decide(&rows.state(seat), check, now).err();
    Ok(now_refused.map_or(Refused::Stale, |refusal| refused(refusal, seat)))
}

/// Whether an error keeps the draft from being sent.
pub fn blocked(response: &Response) -> bool {
    response.evaluation.problems().iter().any(|problem| problem.severity == Severity::Error)
}
