//! The planned path of an indicator. Where none is declared, none is invented.

use std::collections::BTreeMap;

use form::number::Rational;
use num_traits::Zero;

use super::{Definition, Rule};

/// A declared path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plan {
    /// A straight line over these years, from the state before to the target.
    Linear {
        /// Year of the state before.
        from: i32,
        /// Year of the target.
        to: i32,
    },
    /// What should have been reached by the end of years; straight between them.
    Points(BTreeMap<i32, Rational>),
}

/// What should have been reached by the end of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The year.
    pub year: i32,
    /// In the measure in which the degree's numerator is.
    pub number: Rational,
}

/// The declared corners of the path; empty without one.
pub(super) fn path(definition: &Definition) -> Vec<Planned> {
    let Some(plan) = &definition.plan else { return Vec::new() };
    match plan {
        Plan::Points(points) => {
            points.iter().map(|(year, number)| Planned { year: *year, number: number.clone() }).collect()
        }
        Plan::Linear { from, to } => {
            let Some((start, end)) = ends(definition) else { return Vec::new() };
            vec![Planned { year: *from, number: start }, Planned { year: *to, number: end }]
        }
    }
}

/// Where a straight line begins and ends, in the measure in which [`position`] gives what was achieved.
fn ends(definition: &Definition) -> Option<(Rational, Rational)> {
    let target = definition.target.clone()?;
    let base = definition.base.number().cloned().unwrap_or_else(Rational::zero);
    Some(match (definition.kind.adds_up(), definition.rule) {
        (true, Rule::Net) => (Rational::zero(), target - base),
        (true, Rule::ZeroBase) => (Rational::zero(), target),
        _ => (base, target),
    })
}

/// What was achieved, to be compared with the path: `amount` is the sum of years or the newest level.
pub(super) fn position(definition: &Definition, amount: &Rational) -> Rational {
    match (definition.kind.adds_up(), definition.rule, definition.base.number()) {
        (true, Rule::Gross, Some(base)) => base + amount,
        _ => amount.clone(),
    }
}

/// The path at the end of a year: straight between its corners, level after the last, none before the first.
pub(super) fn at(path: &[Planned], year: i32) -> Option<Rational> {
    let after = path.iter().position(|corner| corner.year > year);
    let before = match after {
        Some(place) => &path[place.checked_sub(1)?],
        None => path.last()?,
    };
    let Some(next) = after.map(|place| &path[place]) else { return Some(before.number.clone()) };
    let part = Rational::new((year - before.year).into(), (next.year - before.year).into());
    Some(&before.number + (&next.number - &before.number) * part)
}
