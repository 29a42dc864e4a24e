//! One fact in two rows is one number: parts beside their wholes.

use form::number::Rational;
use form::plan::Plan;
use form::polish;

use crate::reading::{Figure, Reading};

/// A whole with its parts, as one line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The measure that counts the whole.
    pub whole: String,
    /// The measures that count parts of it, in the order of the plan.
    pub parts: Vec<String>,
    /// "33 ogółem, w tym 28 w PS".
    pub text: String,
    /// Whether no part is larger than the whole. One that is comes from answers that contradict each other.
    pub fits: bool,
}

/// The lines of a plan, by whole in its order; a whole or part without a number has none.
pub fn reconcile(plan: &Plan, readings: &[Reading]) -> Vec<Reconciliation> {
    plan.measures.iter().filter_map(|measure| line(plan, readings, &measure.name)).collect()
}

fn line(plan: &Plan, readings: &[Reading], whole: &str) -> Option<Reconciliation> {
    let all = number(readings, whole)?;
    let parts: Vec<(&str, &str, &Rational)> = plan
        .measures
        .iter()
        .filter_map(|measure| {
            let part = measure.part_of.as_ref().filter(|part| part.whole == whole)?;
            Some((measure.name.as_str(), part.label.as_str(), number(readings, &measure.name)?))
        })
        .collect();
    let named: Vec<String> =
        parts.iter().map(|(_, label, part)| format!("{} {label}", polish::shortest(part))).collect();
    let (last, others) = named.split_last()?;
    let listed = if others.is_empty() { last.clone() } else { format!("{} i {last}", others.join(", ")) };
    Some(Reconciliation {
        whole: whole.to_owned(),
        text: format!("{} ogółem, w tym {listed}", polish::shortest(all)),
        fits: parts.iter().all(|(_, _, part)| *part <= all),
        parts: parts.iter().map(|(name, _, _)| (*name).to_owned()).collect(),
    })
}

fn number<'a>(readings: &'a [Reading], name: &str) -> Option<&'a Rational> {
    match &readings.iter().find(|reading| reading.name == name)?.value {
        Figure::Number(number) => Some(number),
        _ => None,
    }
}
