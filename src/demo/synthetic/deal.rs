//! Dealing quotas out to offices: who says "yes" where, and who reports how much.

use std::collections::BTreeMap;

use super::Office;
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

/// The answers at the gates of these offices. Exactly the quota of each section says "yes" and "don't know", as long as
/// there are offices enough. About three offices in ten have nothing to report.
pub(super) fn gates(sections: &[Section], offices: &[&Office], dice: &Dice<'_>) -> Vec<Gates> {
    let mut gates = vec![Gates::new(); offices.len()];
    let mut order: Vec<usize> = (0..offices.len()).collect();
    dice.shuffle(&mut order);
    let most = sections.iter().map(|section| section.yes).max().unwrap_or_default();
    let active = &order[..(offices.len() * 7 / 10).max(most).min(offices.len())];
    for section in sections {
        let fitting: Vec<usize> =
            active.iter().copied().filter(|office| fits(offices[*office], section)).collect();
        let yes = draw(&fitting, section.yes, dice);
        let others: Vec<usize> = order.iter().copied().filter(|office| !yes.contains(office)).collect();
        let dont_know = draw(&others, section.dont_know, dice);
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

fn draw(from: &[usize], count: usize, dice: &Dice<'_>) -> Vec<usize> {
    dice.sample(from, count).into_iter().copied().collect()
}

/// The voivodeship's labour office serves no unemployed people itself, so some sections are not for it.
fn fits(office: &Office, section: &Section) -> bool {
    office.kind != "WUP" || !["doradztwo", "miejsca", "skierowania", "problemy"].contains(&section.name)
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
