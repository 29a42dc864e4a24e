//! The degree of realisation by each rule, with the computation written out.

use form::number::Rational;
use num_traits::Zero;

use super::print::percent;
use super::{Definition, Rule};

/// A degree and how it came about.
pub(super) struct Degree {
    /// Numerator.
    pub achieved: Rational,
    /// Denominator.
    pub needed: Rational,
    /// The quotient; none when there was nothing to reach.
    pub degree: Option<Rational>,
    /// `502 / (1 090 − 54) = 502 / 1 036 = 48,46%`
    pub step: String,
}

/// The degree by a rule; none for rules without one. `amount` is the sum of years for kinds that add up, else the
/// newest level.
pub(super) fn degree(
    definition: &Definition,
    rule: Rule,
    target: &Rational,
    amount: &Rational,
) -> Option<Degree> {
    let print = |number: &Rational| definition.style.print(number);
    let zero = Rational::zero();
    let base = definition.base.number().unwrap_or(&zero);
    let (adds, has_base) = (definition.kind.adds_up(), !base.is_zero());
    let (above, achieved) = match rule {
        Rule::Net | Rule::Survey if !adds && has_base => {
            (format!("({} − {})", print(amount), print(base)), amount - base)
        }
        Rule::Gross if adds && has_base => (format!("({} + {})", print(base), print(amount)), base + amount),
        Rule::Net | Rule::Survey | Rule::Gross | Rule::ZeroBase => (print(amount), amount.clone()),
        Rule::YearOnYear | Rule::Threshold | Rule::None => return None,
    };
    let (below, needed) = match rule {
        Rule::Net | Rule::Survey if has_base => {
            (format!("({} − {})", print(target), print(base)), target - base)
        }
        _ => (print(target), target.clone()),
    };
    let quotient = quotient(&achieved, &needed);
    let mut step = format!("{above} / {below}");
    if above.starts_with('(') || below.starts_with('(') {
        let [achieved, needed] = [&achieved, &needed].map(|number| definition.style.print_difference(number));
        step += &format!(" = {achieved} / {needed}");
    }
    step += &format!(" = {}", quotient.as_ref().map_or_else(|| "–".to_owned(), percent));
    Some(Degree { achieved, needed, degree: quotient, step })
}

/// None when there was nothing to reach.
pub(super) fn quotient(achieved: &Rational, needed: &Rational) -> Option<Rational> {
    (!needed.is_zero()).then(|| achieved / needed)
}
