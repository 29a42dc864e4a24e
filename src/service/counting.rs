//! The running tally of each questionnaire, caught up on the events since it was last read.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use form::{Model, Plan};
use store::{Edition, Invitation, StoreError, Submission, Tx};
use survey::{EditionId, Scope, Timestamp};
use tally::{Contribution, Counted, Stratum, Tally, UnitKey};

use super::programmes::Known;
use super::{Refused, Service};

/// Events read at a time while catching up.
const PAGE: u32 = 500;

/// One tally kept in memory.
#[derive(Default)]
pub(super) struct Kept {
    counting: String,
    /// The tally itself.
    pub(super) tally: Tally,
}

/// An edition and one of its questionnaires.
type Counting = (EditionId, String);

/// The tallies that this process keeps, one per edition and questionnaire. Losing them costs time, never numbers:
/// whoever needs a tally first catches up on the events after its `as_of`.
#[derive(Default)]
pub(super) struct Tallies(Mutex<HashMap<Counting, Arc<Mutex<Kept>>>>);

impl Tallies {
    pub(super) fn of(&self, edition: EditionId, form: &str) -> Arc<Mutex<Kept>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry((edition, form.to_owned())).or_default())
    }
}

/// Number, hash and date of a version.
pub(super) type Stamp = (i32, String, Timestamp);

/// A questionnaire with everything its measures are read from.
pub(super) struct Source {
    /// `form_id`.
    pub(super) form: String,
    /// Its newest version.
    pub(super) model: Arc<Model>,
    /// Its newest plan.
    pub(super) plan: Arc<Plan>,
    /// Version of the questionnaire: number, hash, when it was frozen.
    pub(super) version: Stamp,
    /// Version of the plan.
    pub(super) plan_version: Stamp,
    /// What a kept tally was counted with; another plan or other strata begin anew.
    counting: String,
    /// Attributes that tallies are filed by besides those of every unit.
    pub(super) breakdowns: Vec<String>,
    /// Invitations that are not withdrawn.
    pub(super) sent: u64,
}

impl Service {
    /// The questionnaires of an edition with their newest plans.
    pub(super) fn sources(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
    ) -> Result<Vec<Source>, Refused> {
        let scope = programme.scope();
        let breakdowns: Vec<String> =
            programme.declared.own_breakdowns().map(|one| one.code.clone()).collect();
        let sent = tx.invitation_count(scope, edition.id)?;
        let mut newest = BTreeMap::new();
        for version in tx.form_version_list(scope, edition.id)? {
            newest.insert(version.form_id.clone(), version);
        }
        let mut sources = Vec::new();
        for (form, newest) in newest {
            let Some(plan) = tx.plan_newest(scope, edition.id, &form)? else { continue };
            sources.push(Source {
                model: self.versions.model(&newest)?,
                plan: self.versions.plan(&plan)?,
                counting: format!("{} {}", plan.hash, breakdowns.join(" ")),
                breakdowns: breakdowns.clone(),
                version: (newest.version, newest.hash, newest.created_at),
                plan_version: (plan.no, plan.hash, plan.created_at),
                sent: sent.get(&form).copied().unwrap_or_default(),
                form,
            });
        }
        Ok(sources)
    }

    /// Brings a kept tally to the edition's newest event. A new plan, or a process that has just started, counts
    /// everything once; after that only what happened since. A reader whose snapshot is older than the kept tally
    /// counts for itself from nothing.
    pub(super) fn catch_up(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: &Edition,
        source: &Source,
        kept: &mut Kept,
    ) -> Result<(), Refused> {
        let newest = u64::try_from(edition.seq).unwrap_or_default();
        if kept.counting != source.counting || kept.tally.as_of == 0 || kept.tally.as_of > newest {
            *kept = Kept {
                counting: source.counting.clone(),
                tally: self.count_where(tx, scope, edition, source, |_| true)?,
            };
            kept.tally.as_of = newest;
            return Ok(());
        }
        // A failure half way leaves the tally unusable, so it works on a marked one and ends by setting `as_of`.
        let from = i64::try_from(kept.tally.as_of).unwrap_or_default();
        kept.tally.as_of = 0;
        let mut after = from;
        loop {
            let events = tx.events_after(scope, edition.id, after, PAGE)?;
            let Some(last) = events.last() else { break };
            after = last.seq;
            for event in &events {
                self.replay(tx, scope, source, event, &mut kept.tally)?;
            }
        }
        kept.tally.as_of = newest;
        Ok(())
    }

    /// Takes out what counted before an event and adds what counts after it.
    fn replay(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        source: &Source,
        event: &store::Event,
        tally: &mut Tally,
    ) -> Result<(), Refused> {
        let gone = || StoreError::Unreadable("an event without its submission".into());
        let submission = tx.submission_find(scope, event.submission_id)?.ok_or_else(gone)?;
        let invitation = tx.invitation_find(scope, submission.invitation_id)?.ok_or_else(gone)?;
        if invitation.form_id != source.form {
            return Ok(());
        }
        let before = tx.submission_counted_at(scope, invitation.id, event.seq - 1)?;
        let after = tx.submission_counted_at(scope, invitation.id, event.seq)?;
        if before.as_ref().map(|s| s.id) == after.as_ref().map(|s| s.id) {
            return Ok(());
        }
        if let Some(before) = before {
            tally.remove(&self.contribution(tx, scope, source, &invitation, &before)?);
        }
        if let Some(after) = after {
            tally.add(&self.contribution(tx, scope, source, &invitation, &after)?);
        }
        Ok(())
    }

    /// What a submission adds.
    pub(super) fn contribution(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        source: &Source,
        invitation: &Invitation,
        submission: &Submission,
    ) -> Result<Contribution, Refused> {
        let model = self.model_of(tx, scope, submission.form_version_id)?;
        Ok(with_counted(source, &model, invitation, submission, |counted| {
            tally::contribute(&source.plan, counted)
        }))
    }
}

/// Counts a submission: its answers evaluated once more as they were when it was sent.
pub(super) fn with_counted<T>(
    source: &Source,
    model: &Model,
    invitation: &Invitation,
    submission: &Submission,
    count: impl FnOnce(&Counted<'_>) -> T,
) -> T {
    let evaluation = form::settle(model, &submission.answers, &submission.context);
    count(&Counted {
        response: invitation.id.uuid(),
        unit: UnitKey { sort: invitation.unit_sort.clone(), name: invitation.unit_name.clone() },
        stratum: stratum(invitation, &source.breakdowns),
        model,
        evaluation: &evaluation,
    })
}

/// The strata that numbers can later be split by: as they were on the day of the register that the edition asked.
pub(super) fn stratum(invitation: &Invitation, breakdowns: &[String]) -> Stratum {
    let parts = [
        ("kind", Some(&invitation.kind)),
        ("powiat", invitation.powiat.as_ref()),
        ("nuts2", invitation.nuts2.as_ref()),
        ("nuts3", invitation.nuts3.as_ref()),
    ];
    let own = breakdowns.iter().map(|name| (name.as_str(), invitation.attributes.get(name)));
    parts.into_iter().chain(own).filter_map(|(name, value)| Some((name.to_owned(), value?.clone()))).collect()
}
