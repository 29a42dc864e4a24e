//! What a wish comes to, for a list as it is now.

use std::collections::BTreeMap;

use store::{ThingAct, ThingDecision};
use survey::ActId;
use tally::Place;

use super::super::Refused;
use super::super::merges::holding;
use super::apart::{self, Decided};
use super::gather::grouped;
use super::propose::{APART, pairs};
use super::{Entry, Group, ThingWish};

/// Longest name and reason.
const LONGEST: usize = 300;

/// What is to be written down.
pub(super) enum Change {
    /// Entries name another thing. `sides` is what the things that it is about were called before.
    Places { kind: ThingAct, reason: String, sides: Vec<String>, moves: Vec<Move> },
    /// Things are told apart, or that is taken back.
    Pairs { reason: String, pairs: Vec<Pair> },
}

/// A place that moves, and where to.
pub(super) struct Move {
    pub(super) place: Place,
    pub(super) raw: String,
    pub(super) key: Option<String>,
    pub(super) name: Option<String>,
    /// Why, where it is not the reason of the whole change.
    pub(super) reason: Option<String>,
}

/// Two things, the one with the smaller key first, and whether they are told apart from now on.
pub(super) struct Pair {
    pub(super) one: Side,
    pub(super) other: Side,
    pub(super) apart: bool,
}

/// A thing as it is told apart from others.
pub(super) struct Side {
    pub(super) key: String,
    pub(super) name: String,
}

impl Change {
    pub(super) fn reason(&self) -> &str {
        match self {
            Self::Places { reason, .. } | Self::Pairs { reason, .. } => reason,
        }
    }

    /// The word for it in the trail.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Places { kind, .. } => kind.as_str(),
            Self::Pairs { pairs, .. } if pairs.iter().any(|pair| pair.apart) => "apart",
            Self::Pairs { .. } => ThingAct::Undone.as_str(),
        }
    }
}

impl Pair {
    fn of(one: &Group, other: &Group) -> Self {
        let side = |group: &Group| Side { key: group.key.clone(), name: group.name.clone() };
        let (one, other) = if one.key < other.key { (one, other) } else { (other, one) };
        Self { one: side(one), other: side(other), apart: true }
    }
}

/// A list as it is now, before somebody who saw it at `rev`.
pub(super) struct Desk<'a> {
    pub(super) entries: &'a [Entry],
    pub(super) decided: &'a Decided,
    pub(super) rev: i64,
}

impl Desk<'_> {
    pub(super) fn change(&self, wish: &ThingWish) -> Result<Change, Refused> {
        let change = match wish {
            ThingWish::Merge { groups, name, reason } => self.merge(groups, name, reason)?,
            ThingWish::Apart { groups, reason } => self.apart(groups, reason)?,
            ThingWish::Split { place, name, reason } => self.split(place, name, reason)?,
            ThingWish::Confirm(place) => self.confirm(place)?,
            ThingWish::Undo { act, reason } => self.undo(*act, reason)?,
        };
        match self.decided_since(&change) {
            Some(what) => Err(Refused::Overtaken(what)),
            None => Ok(change),
        }
    }

    /// What of a change somebody else decided about after the page was shown.
    fn decided_since(&self, change: &Change) -> Option<String> {
        let places = self.newest();
        let place_since =
            |place: &Place| places.get(place).is_some_and(|decision| decision.number > self.rev);
        match change {
            Change::Places { kind, moves, .. } => {
                let moved = moves.iter().find(|moved| place_since(&moved.place));
                let moved = moved.map(|moved| format!("„{}”", moved.raw));
                moved.or_else(|| (*kind == ThingAct::Merged).then(|| self.told_apart_since(moves)).flatten())
            }
            Change::Pairs { pairs, .. } => {
                let rows = apart::newest(&self.decided.pairs);
                let since = |pair: &&Pair| {
                    let row = rows.get(&(pair.one.key.as_str(), pair.other.key.as_str()));
                    row.is_some_and(|row| row.number > self.rev)
                };
                let both = pairs.iter().find(since);
                let both = both.map(|pair| format!("„{}” i „{}”", pair.one.name, pair.other.name));
                both.or_else(|| {
                    let keys: Vec<&str> =
                        pairs.iter().flat_map(|pair| [&*pair.one.key, &*pair.other.key]).collect();
                    let own = self.entries.iter().filter(|entry| keys.contains(&Self::key_of(entry)));
                    let moved = own.into_iter().find(|entry| place_since(&entry.place));
                    moved.map(|entry| format!("„{}”", entry.raw))
                })
            }
        }
    }

    /// Two of the things that a merge puts together, if somebody told them apart after the page was shown.
    fn told_apart_since(&self, moves: &[Move]) -> Option<String> {
        let groups = grouped(self.entries.to_vec());
        let target = moves.first().and_then(|moved| moved.key.as_deref());
        let touched = |group: &&Group| {
            Some(group.key.as_str()) == target
                || group.entries.iter().any(|entry| moves.iter().any(|moved| moved.place == entry.place))
        };
        let own: Vec<&Group> = groups.iter().filter(touched).collect();
        let since = |(one, other): (&Group, &Group)| {
            let row = apart::told(&self.decided.pairs, one, other).filter(|row| row.number > self.rev);
            row.map(|row| format!("„{}” i „{}” jako różne pozycje", row.one_name, row.other_name))
        };
        pairs(&own).into_iter().find_map(since)
    }

    /// The newest decision about each place.
    fn newest(&self) -> BTreeMap<Place, &ThingDecision> {
        let numbers =
            holding(self.decided.places.clone()).into_iter().map(|((_, place), d)| (place, d.number));
        numbers
            .filter_map(|(place, number)| {
                Some((place, self.decided.places.iter().find(|d| d.number == number)?))
            })
            .collect()
    }

    /// The key that an entry is counted under now.
    fn key_of(entry: &Entry) -> &str {
        let decided = entry.decision.as_ref().and_then(|decision| decision.thing_key.as_deref());
        decided.unwrap_or(&entry.own_key)
    }

    fn merge(&self, groups: &[String], name: &str, reason: &str) -> Result<Change, Refused> {
        let (name, reason) = (checked("nazwa", name)?, given_reason(reason)?);
        let within = |key: &str| self.entries.iter().filter(move |entry| Self::key_of(entry) == key).count();
        let keys = several(groups, "Proszę zaznaczyć co najmniej dwie pozycje, które są tym samym.")?;
        if let Some(key) = keys.iter().find(|key| within(key) == 0) {
            return Err(gone(key));
        }
        let target = keys.iter().max_by_key(|key| (weight(key), within(key), std::cmp::Reverse(**key)));
        let target = target.map(|key| (*key).clone()).unwrap_or_default();
        let moves = self
            .entries
            .iter()
            .filter(|entry| keys.iter().any(|key| *key == Self::key_of(entry)))
            // Entries that name the target by themselves need a decision only to carry its name.
            .filter(|entry| Self::key_of(entry) != target || !name.is_empty())
            .map(|entry| Move {
                place: entry.place.clone(),
                raw: entry.raw.clone(),
                key: Some(target.clone()),
                name: (!name.is_empty()).then(|| name.clone()),
                reason: None,
            })
            .collect();
        // The thing that stays comes first.
        let mut sides = self.called(&keys);
        sides.sort_by_key(|(key, _)| *key != target);
        let sides = sides.into_iter().map(|(_, name)| name).collect();
        Ok(Change::Places { kind: ThingAct::Merged, reason, sides, moves })
    }

    fn split(&self, place: &Place, name: &str, reason: &str) -> Result<Change, Refused> {
        let (name, reason) = (checked("nazwa", name)?, given_reason(reason)?);
        let entry = self.entry(place)?;
        let alone =
            self.entries.iter().filter(|other| Self::key_of(other) == Self::key_of(entry)).count() == 1;
        if alone {
            return Err(Refused::input("Ten wpis stoi już osobno."));
        }
        let number = self.decided.rev() + 1;
        let name = if name.is_empty() { entry.raw.clone() } else { name };
        let moved = Move {
            place: place.clone(),
            raw: entry.raw.clone(),
            key: Some(format!("{APART}{number} {}", entry.own_key)),
            name: Some(name),
            reason: None,
        };
        let from = Self::key_of(entry).to_owned();
        let sides = self.called(&[&from]).into_iter().map(|(_, name)| name).collect();
        Ok(Change::Places { kind: ThingAct::Split, reason, sides, moves: vec![moved] })
    }

    /// What the things with these keys are called now, by key.
    fn called(&self, keys: &[&String]) -> Vec<(String, String)> {
        let own = grouped(self.entries.to_vec()).into_iter().filter(|group| keys.contains(&&group.key));
        own.map(|group| (group.key, group.name)).collect()
    }

    fn confirm(&self, place: &Place) -> Result<Change, Refused> {
        let entry = self.entry(place)?;
        let decision = entry.decision.as_ref().filter(|decision| decision.thing_key.is_some());
        let decision = decision.ok_or_else(|| Refused::Overtaken(format!("„{}”", entry.raw)))?;
        let moved = Move {
            place: place.clone(),
            raw: entry.raw.clone(),
            key: decision.thing_key.clone(),
            name: decision.thing_name.clone(),
            reason: None,
        };
        let (kind, reason) = (ThingAct::Confirmed, decision.reason.clone());
        Ok(Change::Places { kind, reason, sides: Vec::new(), moves: vec![moved] })
    }

    /// Every place of the act goes back to what held before it, unless something else holds by now.
    fn undo(&self, act: ActId, reason: &str) -> Result<Change, Refused> {
        let reason = given_reason(reason)?;
        let newest = self.newest();
        let mut moves = Vec::new();
        for (place, decision) in &newest {
            if decision.act != act {
                continue;
            }
            let same = |other: &&ThingDecision| {
                other.response == decision.response
                    && other.row_id == decision.row_id
                    && other.number < decision.number
            };
            let before = self.decided.places.iter().rev().find(same);
            moves.push(Move {
                place: place.clone(),
                raw: decision.raw.clone(),
                key: before.and_then(|before| before.thing_key.clone()),
                name: before.and_then(|before| before.thing_name.clone()),
                // What holds again holds for the reason that it had.
                reason: before
                    .filter(|before| before.thing_key.is_some())
                    .map(|before| format!("{} (przywrócono: {reason})", before.reason)),
            });
        }
        if !moves.is_empty() {
            let mut sides: Vec<String> = moves.iter().map(|moved| moved.raw.clone()).collect();
            sides.sort_unstable();
            sides.dedup();
            return Ok(Change::Places { kind: ThingAct::Undone, reason, sides, moves });
        }
        self.undo_apart(act, reason)
    }

    /// No two of the groups are one thing.
    fn apart(&self, keys: &[String], reason: &str) -> Result<Change, Refused> {
        let reason = given_reason(reason)?;
        let keys = several(keys, "Proszę wskazać co najmniej dwie pozycje, które są różne.")?;
        let groups = grouped(self.entries.to_vec());
        let found = |key: &&String| groups.iter().find(|group| group.key == **key).ok_or_else(|| gone(key));
        let own: Vec<&Group> = keys.iter().map(found).collect::<Result<_, _>>()?;
        let new = |(one, other): &(&Group, &Group)| {
            let told = apart::told(&self.decided.pairs, one, other);
            // What is newer than the page is told as a clash, not as nothing to do.
            told.is_none_or(|row| row.number > self.rev)
        };
        let both = pairs(&own).into_iter().filter(new).map(|(one, other)| Pair::of(one, other));
        let both: Vec<Pair> = both.collect();
        if both.is_empty() {
            return Err(Refused::input("Te pozycje są już uznane za różne."));
        }
        Ok(Change::Pairs { reason, pairs: both })
    }

    /// Every pair of the act is again what it was before, unless something else holds by now.
    fn undo_apart(&self, act: ActId, reason: String) -> Result<Change, Refused> {
        let rows = &self.decided.pairs;
        let standing = apart::newest(rows).into_values().filter(|row| row.act == act);
        let back = standing.map(|row| {
            let same = |other: &&store::ThingsApart| {
                other.one_key == row.one_key && other.other_key == row.other_key && other.number < row.number
            };
            Pair {
                one: Side { key: row.one_key.clone(), name: row.one_name.clone() },
                other: Side { key: row.other_key.clone(), name: row.other_name.clone() },
                apart: rows.iter().rev().find(same).is_some_and(|before| before.apart),
            }
        });
        let pairs: Vec<Pair> = back.collect();
        if pairs.is_empty() {
            return Err(Refused::Overtaken("decyzja, która już nie obowiązuje".into()));
        }
        Ok(Change::Pairs { reason, pairs })
    }

    fn entry(&self, place: &Place) -> Result<&Entry, Refused> {
        let found = self.entries.iter().find(|entry| entry.place == *place);
        found.ok_or_else(|| Refused::Overtaken("wpis, którego już nie ma na liście".into()))
    }
}

/// At least two different keys, in order.
fn several<'a>(keys: &'a [String], fewer: &str) -> Result<Vec<&'a String>, Refused> {
    let mut keys: Vec<&String> = keys.iter().collect();
    keys.sort_unstable();
    keys.dedup();
    if keys.len() < 2 { Err(Refused::input(fewer)) } else { Ok(keys) }
}

fn gone(key: &str) -> Refused {
    Refused::Overtaken(format!("pozycja „{key}”, której już nie ma na liście"))
}

/// Which key a merged thing keeps: a number before a text before a key of ours.
fn weight(key: &str) -> u8 {
    match key {
        key if key.starts_with(APART) => 0,
        key if key.len() == 10 && key.bytes().all(|c| c.is_ascii_digit()) => 2,
        _ => 1,
    }
}

fn checked(what: &str, text: &str) -> Result<String, Refused> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() > LONGEST {
        true => Err(Refused::input(format!("Pole „{what}” może mieć najwyżej {LONGEST} znaków."))),
        false => Ok(text),
    }
}

fn given_reason(text: &str) -> Result<String, Refused> {
    let reason = checked("powód", text)?;
    if reason.is_empty() { Err(Refused::input("Proszę podać powód decyzji.")) } else { Ok(reason) }
}
