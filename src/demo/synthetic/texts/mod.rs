//! What offices write in their own words. Sentences belong to the codes that the office chose; no two offices write the
//! same text.

mod needs;
mod problems;
mod remarks;

use super::desk::Desk;
pub(super) use needs::{JST_NEEDS, NEEDS_ENDINGS, UP_NEEDS};
pub(super) use problems::{JST_PROBLEMS, PROBLEMS_ENDINGS, UP_PROBLEMS};
pub(super) use remarks::{CLIMATE, DIGITAL, JST_REMARKS, PROCUREMENT, Remarks, UP_REMARKS};

/// Sentences by the code that they speak about.
pub(super) type Pool = &'static [(&'static str, &'static [&'static str])];

/// The codes of all sentences that stand in a text, each once.
pub(in super::super) fn codes_in(text: &str) -> Vec<&'static str> {
    let pools = [JST_PROBLEMS, JST_NEEDS, UP_PROBLEMS, UP_NEEDS];
    let said = |(_, sentences): &&(&str, &[&str])| sentences.iter().any(|sentence| text.contains(sentence));
    let mut codes: Vec<&str> = pools.into_iter().flatten().filter(said).map(|(code, _)| *code).collect();
    codes.dedup();
    codes
}

/// What some offices write where they have nothing to say.
const NOTHING: [&str; 3] = ["brak", "Nie dotyczy.", "-"];

/// The text of an office, or one that says nothing where the office at this place is to write such.
pub(super) fn or_nothing(text: String, place: usize, at: usize) -> String {
    if place == at { NOTHING[at % NOTHING.len()].to_owned() } else { text }
}

/// Different codes of a pool, the first ones drawn a little more often, as the first options of a list are.
pub(super) fn codes(pool: Pool, count: usize, desk: &Desk<'_>) -> Vec<&'static str> {
    let mut left: Vec<&'static str> = pool.iter().map(|(code, _)| *code).collect();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let place = desk.dice.below(left.len()).min(desk.dice.below(left.len() + 3));
        chosen.push(left.remove(place));
    }
    chosen
}

/// A text about the codes: a sentence on each of the first two.
pub(super) fn about(codes: &[&str], pool: Pool, endings: &[&'static str], desk: &Desk<'_>) -> String {
    let sentences = codes.iter().take(2).filter_map(|code| {
        let (_, sentences) = pool.iter().find(|(known, _)| known == code)?;
        Some(desk.least_used(sentences))
    });
    let mut text = sentences.collect::<Vec<_>>().join(" ");
    if desk.dice.chance(35) {
        text = format!("{text} {}", desk.least_used(endings));
    }
    desk.only_once(text, endings)
}
