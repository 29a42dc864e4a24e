//! Which groups may be one thing.

use std::collections::{BTreeMap, BTreeSet};

use store::{Edition, ThingDecision, ThingsApart, Tx};
use survey::Scope;
use tally::Candidate;

use super::super::Refused;
use super::super::merges::holding;
use super::{Group, Proposal, Why, apart};

/// Pairs are proposed from so much likeness of 1000 …
const LEAST: u32 = 560;
/// … and so many at most.
const MOST: usize = 60;
/// Begins the key of a thing that an analyst split out; no text has such a key.
pub(super) const APART: char = '#';

/// What an earlier edition decided about answers to a question.
pub(super) struct Earlier {
    edition: String,
    things: Vec<Thing>,
    apart: Vec<ThingsApart>,
}

/// Spellings that were one thing.
struct Thing {
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
    let apart = tx.things_apart_list(scope, question)?;
    let of_edition = |other: Edition| Earlier {
        things: things(all.iter().filter(|one| one.edition_id == other.id).cloned().collect()),
        apart: apart.iter().filter(|one| one.edition_id == other.id).cloned().collect(),
        edition: other.title,
    };
    Ok(editions.into_iter().map(of_edition).collect())
}

fn things(decisions: Vec<ThingDecision>) -> Vec<Thing> {
    let mut things: BTreeMap<String, Thing> = BTreeMap::new();
    for decision in holding(decisions).into_values() {
        let Some(key) = decision.thing_key.filter(|key| !key.starts_with(APART)) else { continue };
        let thing = things.entry(key.clone()).or_insert_with(|| Thing {
            name: decision.thing_name.unwrap_or_default(),
            reason: decision.reason,
            keys: BTreeSet::from([key]),
        });
        thing.keys.insert(tally::key(&decision.raw));
    }
    things.into_values().collect()
}

/// Groups that were one thing before, then those that look alike, and last those of both that an earlier edition told
/// apart. Of two earlier editions the later one is asked. What this edition told apart is not proposed.
pub(super) fn proposals(groups: &[Group], earlier: &[Earlier], apart: &[ThingsApart]) -> Vec<Proposal> {
    let mut found: Vec<(Proposal, usize)> = Vec::new();
    for (age, edition) in earlier.iter().enumerate() {
        for thing in &edition.things {
            let spelled = |group: &&Group| {
                thing.keys.contains(&group.key)
                    || group.entries.iter().any(|entry| thing.keys.contains(&entry.own_key))
            };
            let keys: Vec<String> = groups.iter().filter(spelled).map(|group| group.key.clone()).collect();
            if keys.len() > 1 && !found.iter().any(|(known, _)| known.groups == keys) {
                let (name, reason) = (thing.name.clone(), thing.reason.clone());
                let why = Why::Earlier { edition: edition.edition.clone(), name, reason };
                found.push((Proposal { groups: keys, why }, age));
            }
        }
    }
    let candidates: Vec<Candidate> = groups.iter().map(candidate).collect();
    for pair in tally::alike(&candidates, LEAST, MOST * 4) {
        let keys = [&groups[pair.first].key, &groups[pair.second].key].map(Clone::clone);
        let known = found.iter().any(|(proposal, _)| keys.iter().all(|key| proposal.groups.contains(key)));
        if !known && !keys.iter().all(|key| is_number(key)) {
            found.push((Proposal { groups: keys.into(), why: Why::Alike(pair.likeness) }, earlier.len()));
        }
    }
    let (mut fresh, mut last) = (Vec::new(), Vec::new());
    for (proposal, age) in found {
        let own: Vec<&Group> = groups.iter().filter(|group| proposal.groups.contains(&group.key)).collect();
        let both = pairs(&own);
        let told = |rows: &[ThingsApart]| {
            both.iter().find_map(|(one, other)| Some(apart::told(rows, one, other)?.reason.clone()))
        };
        if both.iter().any(|(one, other)| one.was_split_from(other)) || told(apart).is_some() {
            continue;
        }
        let before = earlier[..age].iter().find_map(|edition| Some((edition, told(&edition.apart)?)));
        match before {
            None => fresh.push(proposal),
            Some((edition, reason)) => {
                let why = Why::ToldApart { edition: edition.edition.clone(), reason };
                last.push(Proposal { why, ..proposal });
            }
        }
    }
    fresh.truncate(MOST);
    last.truncate(MOST);
    fresh.extend(last);
    fresh
}

/// Every two of some groups.
pub(super) fn pairs<'a>(groups: &[&'a Group]) -> Vec<(&'a Group, &'a Group)> {
    let with_later = |(place, one): (usize, &&'a Group)| {
        let one = *one;
        groups[place + 1..].iter().map(move |other| (one, *other)).collect::<Vec<_>>()
    };
    groups.iter().enumerate().flat_map(with_later).collect()
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
