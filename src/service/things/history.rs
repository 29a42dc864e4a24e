//! What was decided about a list, act by act.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use store::{ThingDecision, ThingsApart, Tx};
use survey::InvitationId;

use super::super::Refused;
use super::super::merges::holding;
use super::super::outbox::local_time;
use super::super::programmes::Known;
use super::apart::{self, Decided};
use super::{Act, Done};

/// The acts, the newest first.
pub(super) fn history(tx: &mut Tx<'_>, programme: &Known, decided: &Decided) -> Result<Vec<Act>, Refused> {
    let mut acts = of_places(tx, programme, &decided.places)?;
    acts.extend(of_pairs(programme, &decided.pairs));
    acts.sort_by_key(|act| std::cmp::Reverse(act.number));
    Ok(acts)
}

fn of_places(tx: &mut Tx<'_>, programme: &Known, decisions: &[ThingDecision]) -> Result<Vec<Act>, Refused> {
    let standing: Vec<i64> = holding(decisions.to_vec()).into_values().map(|last| last.number).collect();
    let mut units: BTreeMap<InvitationId, String> = BTreeMap::new();
    let mut acts = Vec::new();
    for rows in decisions.chunk_by(|one, next| one.act == next.act) {
        let mut entries = Vec::new();
        for row in rows {
            let unit = match units.entry(row.response) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(place) => {
                    let found = tx.invitation_find(programme.scope(), row.response)?;
                    place.insert(found.map(|invitation| invitation.unit_name).unwrap_or_default())
                }
            };
            entries.push((unit.clone(), row.raw.clone()));
        }
        let first = &rows[0];
        let thing = first.thing_name.clone().or_else(|| first.thing_key.clone()).unwrap_or_default();
        acts.push(Act {
            act: first.act,
            number: first.number,
            done: Done::Places { kind: first.kind, thing, entries },
            reason: first.reason.clone(),
            actor: first.actor.clone(),
            when: local_time(programme, first.at),
            holds: rows.iter().any(|row| standing.contains(&row.number)),
        });
    }
    Ok(acts)
}

fn of_pairs(programme: &Known, decisions: &[ThingsApart]) -> Vec<Act> {
    let standing: Vec<i64> = apart::newest(decisions).into_values().map(|last| last.number).collect();
    let acts = decisions.chunk_by(|one, next| one.act == next.act);
    acts.map(|rows| {
        let first = &rows[0];
        let names = |row: &ThingsApart| [row.one_name.clone(), row.other_name.clone()];
        Act {
            act: first.act,
            number: first.number,
            done: Done::Pairs { apart: first.apart, pairs: rows.iter().map(names).collect() },
            reason: first.reason.clone(),
            actor: first.actor.clone(),
            when: local_time(programme, first.at),
            holds: rows.iter().any(|row| standing.contains(&row.number)),
        }
    })
    .collect()
}
