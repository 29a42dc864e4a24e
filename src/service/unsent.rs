//! What was filled in and never sent: it counts for nothing, so whoever closes an edition has to hear of it.

use std::collections::{BTreeMap, BTreeSet};

use form::{Context, Severity};
use store::{Draft, Edition, Invitation, Tx};
use survey::InvitationId;

use super::programmes::Known;
use super::seat::together;
use super::{Refused, Service};

/// A questionnaire that only waited for the last button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Code of the unit.
    pub unit_code: String,
    /// Its name.
    pub unit_name: String,
    /// Its questionnaire.
    pub form: String,
}

/// Drafts of an edition without a counted submission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsent {
    /// Those that nothing kept from being sent, in the order of units.
    pub complete: Vec<Waiting>,
    /// How many others hold answers.
    pub incomplete: usize,
}

/// Drafts read at a time.
const PAGE: u32 = 500;

impl Service {
    /// The drafts of an edition that were never sent, or whose submissions were withdrawn.
    pub(super) fn unsent(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
    ) -> Result<Unsent, Refused> {
        let scope = programme.scope();
        let counted: BTreeSet<InvitationId> = tx
            .submission_times(scope, edition.id)?
            .into_iter()
            .filter(|sent| sent.2)
            .map(|sent| sent.0)
            .collect();
        let mut complete = BTreeSet::new();
        let (mut incomplete, mut after) = (0, None);
        let all = tx.invitation_list(scope, edition.id)?;
        let asked: Vec<Invitation> =
            all.into_iter().filter(|invitation| invitation.withdrawn_at.is_none()).collect();
        let by_id: BTreeMap<InvitationId, &Invitation> = asked.iter().map(|one| (one.id, one)).collect();
        loop {
            let page = tx.draft_page(scope, edition.id, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.invitation_id);
            let open = page.iter().filter(|draft| !counted.contains(&draft.invitation_id));
            for draft in open.filter(|draft| !is_empty(draft)) {
                let Some(invitation) = by_id.get(&draft.invitation_id) else { continue };
                if self.could_be_sent(tx, programme, edition, invitation, draft)? {
                    complete.insert(invitation.id);
                } else {
                    incomplete += 1;
                }
            }
        }
        let waiting = asked.into_iter().filter(|invitation| complete.contains(&invitation.id));
        let complete = waiting
            .map(|one| Waiting { unit_code: one.unit_code, unit_name: one.unit_name, form: one.form_id })
            .collect();
        Ok(Unsent { complete, incomplete })
    }

    /// Whether the check page would have offered to send the draft.
    fn could_be_sent(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
        invitation: &Invitation,
        draft: &Draft,
    ) -> Result<bool, Refused> {
        let scope = programme.scope();
        let (version, model) = self.current_model(tx, scope, invitation)?;
        let contact =
            tx.contact_find(scope, invitation.id)?.map(|contact| contact.answers).unwrap_or_default();
        let last = self.last_answers(tx, edition, invitation, (version, &model), programme.row.id)?;
        let mut context = Context::on(programme.zone().date(self.now()));
        context.unit.clone_from(&invitation.attributes);
        if let Some(last) = last {
            context.previous.clone_from(&last.before.single);
        }
        let (typed, _) = form::read(&model, &together(&draft.answers, &contact));
        let evaluation = form::evaluate(&model, &typed, &context);
        Ok(!evaluation.problems().iter().any(|problem| problem.severity == Severity::Error))
    }
}

/// Begun from the start page, and nothing typed since.
fn is_empty(draft: &Draft) -> bool {
    draft.answers.fields.is_empty() && draft.answers.repeats.is_empty()
}
