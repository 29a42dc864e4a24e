//! What may be shown outside of the office: no group of fewer than so many offices, nor one that is a subtraction away.
//!
//! A published table is a set of sums over parts of the frame (its strata), and whoever reads it can add and subtract.
//! So a group is shown only while no small group, and nothing that was left out for the sake of one, follows from what
//! is shown: its vector of parts must not lie in the span of theirs. Groups are taken in the order given, the whole
//! first and margins before cells, so what is given up is what comes last.
//!
//! How many were asked is known to everybody (the register is public), so a hidden group's coverage is hidden with it
//! and cannot be had from the non-response either.

use form::Model;
use form::expr::Expr;
use form::model::Publish;
use form::plan::{Function, Measure};

mod space;
mod strata;

use space::{Space, Vector};
pub use strata::{Permits, permits, permits_once};

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

/// Which groups may be shown, in the order of `groups`. The first is the whole.
///
/// No group that is not shown can be computed from those that are by adding and subtracting. The whole is shown unless
/// fewer than `least` offices answered at all.
#[must_use]
pub fn shown(groups: &[Group], least: u64) -> Vec<bool> {
    let Some((whole, rest)) = groups.split_first() else { return Vec::new() };
    let parts = groups.iter().flat_map(|group| &group.parts).max().map_or(0, |last| last + 1);
    let vector = |group: &Group| Vector::of(&group.parts, parts);
    let mut space = Space::default();
    let mut shown = vec![whole.size.answered >= least || whole.size.asked == 0];
    if shown[0] {
        space.add(vector(whole));
    }
    // What equals the whole is known with it.
    let small = rest.iter().filter(|group| group.size.is_small(least)).map(vector);
    let mut guarded: Vec<Vector> =
        small.map(|vector| space.rest(vector)).filter(|rest| !rest.is_zero()).collect();
    for group in rest {
        let rest = space.rest(vector(group));
        let allowed = rest.is_zero() || (!group.size.is_small(least) && !gives_away(&rest, &guarded));
        if allowed && !rest.is_zero() {
            guarded.iter_mut().for_each(|one| one.take_out(&rest));
            space.add(rest);
        }
        shown.push(allowed);
    }
    shown
}

/// Whether adding a vector to the space would put one of the guarded into it.
fn gives_away(new: &Vector, guarded: &[Vector]) -> bool {
    guarded.iter().any(|one| one.is_multiple_of(new))
}

/// A table whose totals are sums of its cells, and what of it may be shown.
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

/// What may be shown of a table of groups that do not overlap, given its cells row by row; totals are added up. For a
/// list of groups give one column.
///
/// # Panics
/// When the rows differ in length.
#[must_use]
pub fn table(cells: &[Vec<Size>], least: u64) -> Shown {
    let width = cells.first().map_or(0, Vec::len);
    assert!(cells.iter().all(|row| row.len() == width), "rows of one table have one length");
    // Nobody in a cell is known to everybody, so it is part of nothing.
    let taken = |size: &Size| size.asked.max(size.answered) > 0;
    let group = |mut places: Vec<(usize, usize)>| {
        places.retain(|(row, column)| taken(&cells[*row][*column]));
        Group {
            size: sum(places.iter().map(|(row, column)| cells[*row][*column])),
            parts: places.into_iter().map(|(row, column)| row * width + column).collect(),
        }
    };
    let row = |row: usize| group((0..width).map(|column| (row, column)).collect());
    let column = |column: usize| group((0..cells.len()).map(|row| (row, column)).collect());
    let whole = group((0..cells.len()).flat_map(|row| (0..width).map(move |column| (row, column))).collect());
    let mut groups = vec![(Place::Total, whole)];
    let mut margins: Vec<_> = (0..cells.len()).map(|at| (Place::Row(at), row(at))).collect();
    margins.extend((0..width).map(|at| (Place::Column(at), column(at))));
    let mut inside: Vec<_> = (0..cells.len())
        .flat_map(|row| (0..width).map(move |column| (row, column)))
        .map(|(row, column)| (Place::Cell(row, column), group(vec![(row, column)])))
        .collect();
    for part in [&mut margins, &mut inside] {
        // The largest first, so that the smallest are given up.
        part.sort_by_key(|(_, group)| std::cmp::Reverse(group.size.answered));
        groups.append(part);
    }
    let (places, groups): (Vec<Place>, Vec<Group>) = groups.into_iter().unzip();
    let mut found = Shown {
        cells: vec![vec![false; width]; cells.len()],
        rows: vec![false; cells.len()],
        columns: vec![false; width],
        total: false,
    };
    for (place, is_shown) in places.into_iter().zip(shown(&groups, least)) {
        match place {
            Place::Total => found.total = is_shown,
            Place::Row(row) => found.rows[row] = is_shown,
            Place::Column(column) => found.columns[column] = is_shown,
            Place::Cell(row, column) => found.cells[row][column] = is_shown,
        }
    }
    found
}

/// A place of a table.
enum Place {
    Total,
    Row(usize),
    Column(usize),
    Cell(usize, usize),
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
