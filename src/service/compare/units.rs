//! The units that answered in every edition, and the numbers over them alone.

use std::collections::{BTreeMap, BTreeSet};

use store::{EditionState, Invitation, Tx};
use survey::{EditionId, Scope, UnitId};
use tally::Stratum;
use tally::publish::{self, Size};

use super::Side;
use crate::service::breakdowns::{self, Frame};
use crate::service::counting::stratum;
use crate::service::measures::FormCounts;
use crate::service::programmes::Known;
use crate::service::{Refused, Service};

/// Rows read at a time.
const PAGE: u32 = 500;

/// In what other editions a unit answered, as one digit for each; no attribute of the register has this name.
const OTHERS: &str = "inne edycje";

/// With more other editions there are too many sets of the same units to decide about; their numbers stay inside.
const MOST: usize = 8;

/// Who answered a questionnaire in each edition of the programme.
type Answered = BTreeMap<EditionId, BTreeMap<UnitId, Invitation>>;

impl Service {
    /// Reads the numbers of all sides again over the units that answered in each of them.
    pub(super) fn narrow(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        sides: &mut [Side],
    ) -> Result<(), Refused> {
        let scope = programme.scope();
        let frames = sides.iter().map(|side| breakdowns::frame(tx, programme, &side.edition));
        let frames = frames.collect::<Result<Vec<Frame>, _>>()?;
        let forms: BTreeSet<String> = sides.iter().flat_map(|side| side.readings.keys().cloned()).collect();
        for form in forms {
            let answered = answered(tx, scope, &form)?;
            let with: Vec<EditionId> = sides
                .iter()
                .filter(|side| side.readings.contains_key(&form))
                .map(|side| side.edition.id)
                .collect();
            let shared = shared(&answered, &with);
            for (side, frame) in sides.iter_mut().zip(&frames) {
                let Some(source) = side.sources.iter().find(|source| source.form == form) else { continue };
                let tally =
                    self.count_where(tx, scope, &side.edition, source, |unit| shared.contains(&unit))?;
                let merges = self.merges(tx, scope, side.edition.id, &form)?;
                let count = shared.len() as u64;
                let readings = tally::read(&source.model, &source.plan, &tally, &merges, count);
                let least = side.rules.smallest_group;
                let told =
                    are_told(frame, side.edition.id, (&form, &source.breakdowns), &answered, &with, least);
                side.counts.insert(form.clone(), FormCounts { invited: count, submitted: count });
                side.readings.insert(form.clone(), readings);
                side.same_units.insert(form.clone(), told);
            }
        }
        Ok(())
    }
}

/// The units whose answers to a questionnaire count, in every edition that was opened.
fn answered(tx: &mut Tx<'_>, scope: Scope, form: &str) -> Result<Answered, Refused> {
    let mut all = Answered::new();
    for edition in tx.edition_list(scope)? {
        if edition.state == EditionState::Draft {
            continue;
        }
        let mut units = BTreeMap::new();
        let mut after = None;
        loop {
            let page = tx.submission_page_counted(scope, edition.id, Some(form), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.invitation.place());
            units.extend(page.into_iter().map(|counted| (counted.invitation.unit_id, counted.invitation)));
        }
        all.insert(edition.id, units);
    }
    Ok(all)
}

/// The units whose answers count in every one of these editions.
fn shared(answered: &Answered, with: &[EditionId]) -> BTreeSet<UnitId> {
    let mut sets = with.iter().filter_map(|id| answered.get(id));
    let Some(first) = sets.next() else { return BTreeSet::new() };
    let rest: Vec<_> = sets.collect();
    first.keys().copied().filter(|unit| rest.iter().all(|set| set.contains_key(unit))).collect()
}

/// Whether numbers of the units that answered in all of these editions may be shown beside everything else that is shown
/// of this edition: its breakdowns, and the units that it has in common with any other editions.
fn are_told(
    frame: &Frame,
    edition: EditionId,
    (form, breakdowns): (&str, &[String]),
    answered: &Answered,
    with: &[EditionId],
    least: u64,
) -> bool {
    let others: Vec<EditionId> = answered
        .iter()
        .filter(|(id, units)| **id != edition && !units.is_empty())
        .map(|(id, _)| *id)
        .collect();
    if others.len() > MOST {
        return false;
    }
    let mut sizes: BTreeMap<Stratum, Size> = BTreeMap::new();
    for (stratum, asked) in frame.of(form) {
        sizes.insert(stratum, Size { asked, ..Size::default() });
    }
    for (unit, invitation) in answered.get(&edition).into_iter().flatten() {
        let mut own = stratum(invitation, breakdowns);
        if let Some(size) = sizes.get_mut(&own) {
            size.asked = size.asked.saturating_sub(1);
        }
        let digit = |id: &EditionId| if answered[id].contains_key(unit) { '1' } else { '0' };
        own.insert(OTHERS.to_owned(), others.iter().map(digit).collect());
        let size = sizes.entry(own).or_default();
        (size.asked, size.answered) = (size.asked + 1, size.answered + 1);
    }
    let wanted = others.iter().enumerate().filter(|(_, id)| with.contains(id));
    let wanted = wanted.fold(0_usize, |set, (place, _)| set | 1 << place);
    // Few editions have more units in common, so they come first.
    let mut sets: Vec<usize> = (1..1 << others.len()).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    let is_in = |set: usize, stratum: &Stratum| {
        let digits = stratum.get(OTHERS).map(String::as_bytes).unwrap_or_default();
        !digits.is_empty() && (0..digits.len()).all(|place| set >> place & 1 == 0 || digits[place] == b'1')
    };
    let groups: Vec<_> = sets.iter().map(|set| move |stratum: &Stratum| is_in(*set, stratum)).collect();
    let groups: Vec<&dyn Fn(&Stratum) -> bool> =
        groups.iter().map(|group| group as &dyn Fn(&Stratum) -> bool).collect();
    let attributes: Vec<&str> = frame.names.attributes.iter().map(|(code, _)| code.as_str()).collect();
    let shown = publish::beside(&sizes, &attributes, &groups, least);
    // Compared with nothing else, they are everybody.
    sets.iter().position(|set| *set == wanted).is_none_or(|place| shown[place])
}
