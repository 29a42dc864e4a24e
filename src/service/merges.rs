//! What analysts decided about answers, gathered for whoever reads measures.

use std::collections::BTreeMap;
use std::sync::Arc;

use store::{ThingDecision, Tx};
use survey::{EditionId, Scope};
use tally::{Merges, Place};

use super::{Refused, Service};

impl Service {
    /// Every decision that holds about answers to a questionnaire.
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
        Ok(merges)
    }
}

/// The newest decision about each place of each list, from all decisions in the order of their numbers.
pub(super) fn holding(decisions: Vec<ThingDecision>) -> BTreeMap<(String, Place), ThingDecision> {
    let place = |decision: &ThingDecision| Place {
        response: decision.response.uuid(),
        row: decision.row_id.as_deref().map(Arc::from),
    };
    decisions.into_iter().map(|decision| ((decision.list.clone(), place(&decision)), decision)).collect()
}
