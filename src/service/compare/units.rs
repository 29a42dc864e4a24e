//! The units that answered in every edition, and the numbers over them alone.

use std::collections::BTreeSet;

use store::Tx;
use survey::{Scope, UnitId};

use super::Side;
use crate::service::measures::FormCounts;
use crate::service::{Refused, Service};

/// Rows read at a time.
const PAGE: u32 = 500;

impl Service {
    /// Reads the numbers of all sides again over the units that answered in each of them.
    pub(super) fn narrow(&self, tx: &mut Tx<'_>, scope: Scope, sides: &mut [Side]) -> Result<(), Refused> {
        let forms: BTreeSet<String> = sides.iter().flat_map(|side| side.readings.keys().cloned()).collect();
        for form in forms {
            let shared = self.shared(tx, scope, sides, &form)?;
            for side in sides.iter_mut() {
                let Some(source) = side.sources.iter().find(|source| source.form == form) else { continue };
                let tally =
                    self.count_where(tx, scope, &side.edition, source, |unit| shared.contains(&unit))?;
                let merges = self.merges(tx, scope, side.edition.id, &form)?;
                let count = shared.len() as u64;
                let readings = tally::read(&source.model, &source.plan, &tally, &merges, count);
                side.counts.insert(form.clone(), FormCounts { invited: count, submitted: count });
                side.readings.insert(form.clone(), readings);
            }
        }
        Ok(())
    }

    /// The units whose answers count in every side that has the questionnaire.
    fn shared(
        &self,
        tx: &mut Tx<'_>,
        scope: Scope,
        sides: &[Side],
        form: &str,
    ) -> Result<BTreeSet<UnitId>, Refused> {
        let mut shared: Option<BTreeSet<UnitId>> = None;
        for side in sides.iter().filter(|side| side.readings.contains_key(form)) {
            let mut answered = BTreeSet::new();
            let mut after = None;
            loop {
                let page =
                    tx.submission_page_counted(scope, side.edition.id, Some(form), after.as_ref(), PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.invitation.place());
                answered.extend(page.iter().map(|counted| counted.invitation.unit_id));
            }
            shared = Some(match shared {
                None => answered,
                Some(shared) => shared.intersection(&answered).copied().collect(),
            });
        }
        Ok(shared.unwrap_or_default())
    }
}
