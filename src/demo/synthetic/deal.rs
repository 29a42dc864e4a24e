//! Dealing quotas out to offices: who says "yes" where, and who reports how much.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::quotas::{Amount, Section};

/// Answers at the gates of one office by section: `tak`, `nie`, `nie_wiem`.
pub(super) type Gates = BTreeMap<&'static str, &'static str>;

/// How an office reports a list.
pub(super) enum Way {
    /// Row by row.
    List(usize),
    /// As a number without a list.
    Numbers(usize),
    /// Not at all: the office does not have the numbers.
    Unknown,
}

/// The answers at the gates of so many offices. Exactly the quota of each section says "yes" and "don't know", as
/// long as there are offices enough. About three offices in ten have nothing to report.
pub(super) fn gates(sections: &[Section], offices: usize, dice: &Dice<'_>) -> Vec<Gates> {
    let mut gates = vec![Gates::new(); offices];
    let mut order: Vec<usize> = (0..offices).collect();
    dice.shuffle(&mut order);
    let most = sections.iter().map(|section| section.yes).max().unwrap_or_default();
    let active = (offices * 7 / 10).max(most).min(offices);
    for section in sections {
        let yes: Vec<usize> = dice.sample(&order[..active], section.yes).into_iter().copied().collect();
        let others: Vec<usize> = order.iter().copied().filter(|office| !yes.contains(office)).collect();
        let dont_know: Vec<usize> = dice.sample(&others, section.dont_know).into_iter().copied().collect();
        for (office, answers) in gates.iter_mut().enumerate() {
            let answer = match (yes.contains(&office), dont_know.contains(&office)) {
                (true, _) => "tak",
                (false, true) => "nie_wiem",
                (false, false) => "nie",
            };
            answers.insert(section.name, answer);
        }
    }
    gates
}

/// How each of so many offices reports its part of the amount, in the order of the offices.
pub(super) fn ways(amount: Amount, offices: usize, dice: &Dice<'_>) -> Vec<Way> {
    let telling = offices.saturating_sub(amount.unknown);
    let parts = dice.split(amount.total, telling, amount.most);
    let mut ways: Vec<Way> = parts
        .into_iter()
        .enumerate()
        .map(|(place, part)| if place < amount.short { Way::Numbers(part) } else { Way::List(part) })
        .collect();
    ways.extend((telling..offices).map(|_| Way::Unknown));
    dice.shuffle(&mut ways);
    ways
}
