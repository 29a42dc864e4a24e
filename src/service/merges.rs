//! What analysts decided about answers, gathered for whoever reads measures.

use std::collections::BTreeMap;
use std::sync::Arc;

use store::{ThingDecision, Tx};
use survey::{EditionId, Scope};
use tally::{Merges, Place};

use super::coding::{Coder, split};
use super::{Refused, Service};

impl Service {
    /// Every decision that holds about answers to a questionnaire: what is the same thing, and codes of open answers.
    pub(super) fn merges(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: EditionId,
        form: &str,
    ) -> Result<Merges, Refused> {
        let mut merges = Merges::default();
        for ((list, place), decision) in holding(tx.thing_decision_list(scope, edition, form)?) {
            if let Some(key) = &decision.thing_key {
                merges.merge(&list, place, key);
            }
        }
        self.put_frames(tx, scope, edition, form, &mut merges)?;
        put_codes(tx, scope, edition, form, &mut merges)?;
        Ok(merges)
    }

    /// What the codes of each coded question mean.
    fn put_frames(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        edition: EditionId,
        form: &str,
        merges: &mut Merges,
    ) -> Result<(), Refused> {
        let (plan, version) =
            (tx.plan_newest(scope, edition, form)?, tx.form_version_newest(scope, edition, form)?);
        let Some((plan, version)) = plan.zip(version) else { return Ok(()) };
        let (plan, model) = (self.versions.plan(&plan)?, self.versions.model(&version)?);
        for coding in &plan.codings {
            let frame = self.code_frame(tx, scope, edition, &model, &coding.frame)?;
            merges.frame(&coding.question, frame.frame);
        }
        Ok(())
    }
}

/// The codes that count, answer by answer.
fn put_codes(
    tx: &mut Tx<'_>,
    scope: Scope,
    edition: EditionId,
    form: &str,
    merges: &mut Merges,
) -> Result<(), Refused> {
    // The newest decision about an answer comes before the older ones, so from the back it is put over them.
    let rows = tx.coding_list(scope, edition, form, None)?;
    for row in rows.iter().rev().filter(|row| row.coder == Coder::First) {
        let row_id = Some(row.row_id.as_str()).filter(|row| !row.is_empty());
        let place = Place { response: row.invitation_id.uuid(), row: row_id.map(Arc::from) };
        merges.code(&row.question, place, split(&row.codes).iter().map(String::as_str));
    }
    Ok(())
}

/// The newest decision about each place of each list, from all decisions in the order of their numbers.
pub(super) fn holding(decisions: Vec<ThingDecision>) -> BTreeMap<(String, Place), ThingDecision> {
    let place = |decision: &ThingDecision| Place {
        response: decision.response.uuid(),
        row: decision.row_id.as_deref().map(Arc::from),
    };
    decisions.into_iter().map(|decision| ((decision.list.clone(), place(&decision)), decision)).collect()
}
