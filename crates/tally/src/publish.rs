//! What may be shown outside of the office: no group of fewer than so many offices, nor one that is a subtraction away.
//!
//! A published table is a set of sums over parts of the frame (its strata), and whoever reads it can add and subtract.
//! So a group is shown only while no small group, and nothing that was left out for the sake of one, follows from what
//! is shown: its vector of parts must not lie in the span of theirs. Groups are taken in the order given, the whole
//! first and margins before cells, so what is given up is what comes last.
//!
//! Groups that nobody listed are guarded too: what a group leaves of a larger one, and any few offices in whatever parts
//! of the frame (two powiats less all of one kind may leave the answer of one office).
//!
//! How many were asked is known to everybody (the register is public), so a hidden group's coverage is hidden with it
//! and cannot be had from the non-response either.

use std::collections::BTreeSet;

use form::Model;
use form::expr::Expr;
use form::model::Publish;
use form::plan::{Function, Measure};

mod few;
mod space;
mod strata;

use few::Few;
use space::{Space, Vector};
pub use strata::{Pattern, Permits, beside, permits, permits_once};

/// Fewest offices in a group that is shown, unless the programme says otherwise.
pub const LEAST: u64 = 5;

/// How many offices stand behind a number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Offices that were asked.
    pub asked: u64,
    /// Offices whose answers are counted.
    pub answered: u64,
    /// Of these, offices with a value; none where the number is about whole responses.
    pub valued: Option<u64>,
}

impl Size {
    /// Whether a number of this group says something about fewer than `least` offices. Where nobody answered it says
    /// who did not; where nobody was asked there is nothing to say.
    #[must_use]
    pub fn is_small(&self, least: u64) -> bool {
        self.asked.max(self.answered) > 0
            && (self.answered < least || self.valued.is_some_and(|valued| (1..least).contains(&valued)))
    }
}

/// A set of offices that a number can be given for, as parts of the frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The parts that it is made of, each by its place; no office is in two parts.
    pub parts: Vec<usize>,
    /// How many offices it has.
    pub size: Size,
}

/// Which groups may be shown, in the order of `groups`; `parts` are the sizes of the parts. The first group is the whole.
///
/// No group that is not shown can be computed from those that are by adding and subtracting; nor can a number of any 1 to
/// `least` − 1 offices, in whatever parts they lie. The whole is shown unless fewer than `least` offices answered at all.
#[must_use]
pub fn shown(parts: &[Size], groups: &[Group], least: u64) -> Vec<bool> {
    shown_of(parts, groups, least, |_| true)
}

/// The same where some groups, by their place, are not shown for another reason.
fn shown_of(parts: &[Size], groups: &[Group], least: u64, may: impl Fn(usize) -> bool) -> Vec<bool> {
    let Some((whole, rest)) = groups.split_first() else { return Vec::new() };
    let vector = |places: &[usize]| Vector::of(places, parts.len());
    let mut space = Space::default();
    let mut few = few(parts, whole, least);
    let mut shown = vec![whole_is_shown(whole.size, least)];
    if shown[0] {
        space.add(vector(&whole.parts));
        few.iter_mut().for_each(|few| few.show(&whole.parts));
    }
    // What equals the whole is known with it.
    let mut guarded: Vec<Vector> =
        guarded(parts, groups, least).iter().map(|places| vector(places)).collect();
    guarded.iter_mut().for_each(|one| *one = space.rest(one.clone()));
    guarded.retain(|one| !one.is_zero());
    for (place, group) in (1..).zip(rest) {
        let rest = space.rest(vector(&group.parts));
        let allowed = may(place)
            && (rest.is_zero()
                || (!group.size.is_small(least)
                    && !gives_away(&rest, &guarded)
                    && !few.iter().any(|few| few.follows_with(&group.parts))));
        if allowed && !rest.is_zero() {
            guarded.iter_mut().for_each(|one| one.take_out(&rest));
            space.add(rest);
            few.iter_mut().for_each(|few| few.show(&group.parts));
        }
        shown.push(allowed);
    }
    shown
}

/// Whether numbers of the whole may be shown: it is what a report is about, so only few answers at all keep it inside.
#[must_use]
pub fn whole_is_shown(size: Size, least: u64) -> bool {
    size.answered >= least || size.asked.max(size.answered) == 0
}

/// Whether numbers of a part may be shown beside those of the whole: neither it nor the rest may be few.
#[must_use]
pub fn part_is_shown(part: Size, rest: Size, least: u64) -> bool {
    let parts = [part, rest];
    let group =
        |places: Vec<usize>| Group { size: sum(places.iter().map(|place| parts[*place])), parts: places };
    shown(&parts, &[group(vec![0, 1]), group(vec![0])], least) == [true, true]
}

/// Who looks out for few offices that answered, and for few with a value. Where only few of the whole have a value the
/// number of the whole is about them, and nothing else is shown that could be taken from it.
fn few(parts: &[Size], whole: &Group, least: u64) -> Vec<Few> {
    let answered = Few::new(parts.iter().map(|part| part.answered), least);
    let valued = Few::new(parts.iter().map(|part| part.valued.unwrap_or_default()), least);
    let is_large = whole.size.valued.is_some_and(|valued| valued >= least);
    [Some(answered), is_large.then_some(valued)].into_iter().flatten().collect()
}

/// The parts of small groups, and those of what a smaller group leaves of a larger one where that is small.
fn guarded(parts: &[Size], groups: &[Group], least: u64) -> BTreeSet<Vec<usize>> {
    let size = |places: &[usize]| sum(places.iter().map(|place| parts[*place]));
    let own: Vec<BTreeSet<usize>> =
        groups.iter().map(|group| group.parts.iter().copied().collect()).collect();
    let small = groups.iter().skip(1).filter(|group| group.size.is_small(least));
    let mut found: BTreeSet<Vec<usize>> = small.map(|group| group.parts.clone()).collect();
    for large in &own {
        let inside = own.iter().filter(|small| small.len() < large.len() && small.is_subset(large));
        let rests = inside.map(|small| large.difference(small).copied().collect::<Vec<_>>());
        found.extend(rests.filter(|rest| size(rest).is_small(least)));
    }
    found
}

/// Whether adding a vector to the space would put one of the guarded into it.
fn gives_away(new: &Vector, guarded: &[Vector]) -> bool {
    guarded.iter().any(|one| one.is_multiple_of(new))
}

/// What may be shown of a cross-table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Cells, row by row.
    pub cells: Vec<Vec<bool>>,
    /// Totals of the rows.
    pub rows: Vec<bool>,
    /// Totals of the columns.
    pub columns: Vec<bool>,
    /// The total of all.
    pub total: bool,
}

/// The size of several groups that do not overlap.
pub fn sum(sizes: impl Iterator<Item = Size>) -> Size {
    sizes.fold(Size::default(), |all, one| Size {
        asked: all.asked + one.asked,
        answered: all.answered + one.answered,
        valued: match (all.valued, one.valued) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or_default() + b.unwrap_or_default()),
        },
    })
}

/// The lowest publication level among the questions that a measure is made of. A calculation has a level of its own: its
/// author says whether what it makes of answers may be published.
#[must_use]
pub fn level(measure: &Measure, model: &Model) -> Publish {
    let parts = [&measure.of, &measure.filter];
    let names = parts.into_iter().flatten().flat_map(Expr::references);
    names
        .filter_map(|name| model.question(name))
        .map(|question| question.publish)
        .min()
        .unwrap_or(Publish::Unit)
}

/// Whether the value of a measure may leave the office: numbers need the level `aggregate`, answers as they were given
/// (`fn = "list"`) the level `unit`.
#[must_use]
pub fn may_leave(measure: &Measure, model: &Model) -> bool {
    let needed = if measure.function == Function::List { Publish::Unit } else { Publish::Aggregate };
    level(measure, model) >= needed
}

#[cfg(test)]
mod tests;
