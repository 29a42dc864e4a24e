//! Which breakdowns of the frame may be shown, all of them taken together.
//!
//! Tables by kind, by region and by both are read side by side, so one decision is made for all of them: the whole, the
//! groups by one attribute, those by two at once. A table by three attributes is in nobody's interest and is not shown.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Group, Size, shown, shown_of, sum};
use crate::tally::Stratum;

/// Attributes with the value that a group has; in the order of their names.
type Chosen = BTreeMap<String, Option<String>>;

/// The groups of a frame that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permits(BTreeSet<Chosen>);

impl Permits {
    /// Whether numbers of the units with these values may be shown; without any, of all units.
    #[must_use]
    pub fn allow(&self, chosen: &BTreeMap<String, Option<String>>) -> bool {
        self.0.contains(chosen)
    }
}

/// Decides for the whole, for the groups by each attribute (in the order given: what comes first is given up last) and
/// by each pair of attributes.
///
/// Beside every number stands how many answered, and the tables of all measures are read together. So a group whose
/// number of answers is not shown has no number of any measure.
#[must_use]
pub fn permits(sizes: &BTreeMap<Stratum, Size>, attributes: &[&str], least: u64) -> Permits {
    let (parts, chosen, groups) = groups(sizes, attributes);
    let counted = answers(&parts, &groups, least);
    let is_shown = match parts.iter().any(|part| part.valued.is_some()) {
        true => shown_of(&parts, &groups, least, |place| counted[place]),
        false => counted,
    };
    Permits(chosen.into_iter().zip(is_shown).filter(|(_, is_shown)| *is_shown).map(|(one, _)| one).collect())
}

/// Groups of which it may be shown how many answered, whatever they answered.
fn answers(parts: &[Size], groups: &[Group], least: u64) -> Vec<bool> {
    let bare = |size: &Size| Size { valued: None, ..*size };
    let bare_groups: Vec<Group> =
        groups.iter().map(|group| Group { parts: group.parts.clone(), size: bare(&group.size) }).collect();
    shown(&parts.iter().map(bare).collect::<Vec<_>>(), &bare_groups, least)
}

/// Whether groups that no attribute makes may be shown beside everything that [`permits`] permits: units that answered
/// in other years too. They are given up first, and in their order.
#[must_use]
pub fn beside(
    sizes: &BTreeMap<Stratum, Size>,
    attributes: &[&str],
    others: &[&dyn Fn(&Stratum) -> bool],
    least: u64,
) -> Vec<bool> {
    let (parts, _, mut all) = groups(sizes, attributes);
    let first = all.len();
    for other in others {
        let wanted = taken(sizes).enumerate().filter(|(_, (stratum, _))| other(stratum));
        let own: Vec<usize> = wanted.map(|(place, _)| place).collect();
        all.push(Group { size: sum(own.iter().map(|place| parts[*place])), parts: own });
    }
    answers(&parts, &all, least).split_off(first)
}

/// Strata where somebody is.
fn taken(sizes: &BTreeMap<Stratum, Size>) -> impl Iterator<Item = (&Stratum, &Size)> {
    sizes.iter().filter(|(_, size)| size.asked.max(size.answered) > 0)
}

/// What is known of a stratum when it is decided: offices that answered and those with a value, up to the least group.
pub type Pattern = Vec<(u64, u64)>;

/// The same for many measures of one frame: what they may show depends only on where there are few, and that is mostly
/// the same, so it is decided once and looked up afterwards.
pub fn permits_once<'a>(
    known: &'a mut BTreeMap<Pattern, Permits>,
    sizes: &BTreeMap<Stratum, Size>,
    attributes: &[&str],
    least: u64,
) -> &'a Permits {
    // Where every response has a value, those with a value are those that answered.
    let few = |size: &Size| (size.answered.min(least), size.valued.unwrap_or(size.answered).min(least));
    known.entry(sizes.values().map(few).collect()).or_insert_with(|| permits(sizes, attributes, least))
}

/// The sizes of the parts, and the groups in the order in which they are decided.
pub(super) fn groups(
    sizes: &BTreeMap<Stratum, Size>,
    attributes: &[&str],
) -> (Vec<Size>, Vec<Chosen>, Vec<Group>) {
    let taken: Vec<(&Stratum, &Size)> = taken(sizes).collect();
    let mut sets: Vec<Vec<&str>> = vec![Vec::new()];
    sets.extend(attributes.iter().map(|one| vec![*one]));
    for (place, first) in attributes.iter().enumerate() {
        sets.extend(attributes[place + 1..].iter().map(|second| vec![*first, *second]));
    }
    let mut all = Vec::new();
    for set in sets {
        let mut found = split(&taken, &set);
        found.sort_by_key(|(_, group)| Reverse(group.size.answered));
        all.extend(found);
    }
    let (chosen, groups) = all.into_iter().unzip();
    (taken.into_iter().map(|(_, size)| *size).collect(), chosen, groups)
}

/// The groups by some attributes.
fn split(taken: &[(&Stratum, &Size)], set: &[&str]) -> Vec<(Chosen, Group)> {
    let mut parts: BTreeMap<Chosen, Vec<usize>> = BTreeMap::new();
    if set.is_empty() {
        parts.insert(Chosen::new(), Vec::new());
    }
    for (place, (stratum, _)) in taken.iter().enumerate() {
        let chosen = set.iter().map(|name| ((*name).to_owned(), stratum.get(*name).cloned())).collect();
        parts.entry(chosen).or_default().push(place);
    }
    let group = |parts: Vec<usize>| Group { size: sum(parts.iter().map(|place| *taken[*place].1)), parts };
    parts.into_iter().map(|(chosen, parts)| (chosen, group(parts))).collect()
}
