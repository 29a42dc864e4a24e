//! Which groups may be one thing.

use std::collections::{BTreeMap, BTreeSet};

use store::{Edition, ThingDecision, Tx};
use survey::Scope;
use tally::Candidate;

use super::super::Refused;
use super::super::merges::holding;
use super::{Group, Proposal, Why};

/// Pairs are proposed from so much likeness of 1000 …
const LEAST: u32 = 560;
/// … and so many at most.
const MOST: usize = 60;
/// Begins the key of a thing that an analyst split out; no text has such a key.
pub(super) const APART: char = '#';

/// Spellings that were one thing in an earlier edition.
pub(super) struct Earlier {
    edition: String,
    name: String,
    reason: String,
    keys: BTreeSet<String>,
}

/// What earlier editions of the programme decided about answers to a question, the newest edition first.
pub(super) fn earlier(
    tx: &mut Tx<'_>,
    scope: Scope,
    edition: &Edition,
    question: &str,
) -> Result<Vec<Earlier>, Refused> {
    let mut editions: Vec<Edition> = tx.edition_list(scope)?;
    editions.retain(|other| other.id != edition.id && other.period_to < edition.period_to);
    editions.sort_by_key(|other| std::cmp::Reverse(other.period_to));
    let all = tx.thing_decision_list_of_question(scope, question)?;
    let of_edition = |other: &Edition| {
        let own: Vec<ThingDecision> = all.iter().filter(|one| one.edition_id == other.id).cloned().collect();
        let mut things: BTreeMap<String, Earlier> = BTreeMap::new();
        for decision in holding(own).into_values() {
            let Some(key) = decision.thing_key.filter(|key| !key.starts_with(APART)) else { continue };
            let thing = things.entry(key.clone()).or_insert_with(|| Earlier {
                edition: other.title.clone(),
                name: decision.thing_name.unwrap_or_default(),
                reason: decision.reason,
                keys: BTreeSet::from([key]),
            });
            thing.keys.insert(tally::key(&decision.raw));
        }
        things.into_values().collect::<Vec<_>>()
    };
    Ok(editions.iter().flat_map(of_edition).collect())
}

/// Groups that were one thing before, then those that look alike.
pub(super) fn proposals(groups: &[Group], earlier: &[Earlier]) -> Vec<Proposal> {
    let mut found: Vec<Proposal> = Vec::new();
    for thing in earlier {
        let spelled = |group: &&Group| {
            thing.keys.contains(&group.key)
                || group.entries.iter().any(|entry| thing.keys.contains(&entry.own_key))
        };
        let keys: Vec<String> = groups.iter().filter(spelled).map(|group| group.key.clone()).collect();
        if keys.len() > 1 && !found.iter().any(|known| known.groups == keys) {
            let (edition, name, reason) = (thing.edition.clone(), thing.name.clone(), thing.reason.clone());
            found.push(Proposal { groups: keys, why: Why::Earlier { edition, name, reason } });
        }
    }
    let candidates: Vec<Candidate> = groups.iter().map(candidate).collect();
    for pair in tally::alike(&candidates, LEAST, MOST * 4) {
        let keys = [&groups[pair.first].key, &groups[pair.second].key].map(Clone::clone);
        let known = found.iter().any(|proposal| keys.iter().all(|key| proposal.groups.contains(key)));
        if !known && !keys.iter().all(|key| is_number(key)) {
            found.push(Proposal { groups: keys.into(), why: Why::Alike(pair.likeness) });
        }
    }
    found.truncate(MOST);
    found
}

/// Two entities with different numbers are never the same, however alike their names.
fn is_number(key: &str) -> bool {
    key.len() == 10 && key.bytes().all(|c| c.is_ascii_digit())
}

fn candidate(group: &Group) -> Candidate {
    let mut candidate = Candidate::default();
    for entry in &group.entries {
        let called = tally::key(&entry.called);
        if called.is_empty() || !is_number(&entry.own_key) {
            candidate.names.insert(entry.own_key.clone());
        }
        candidate.names.extend(Some(called).filter(|key| !key.is_empty()));
        candidate.near.extend(entry.powiat.clone());
        for (question, answer) in &entry.facts {
            candidate.facts.entry(question.clone()).or_default().insert(answer.clone());
        }
    }
    candidate
}
