//! Rows of a table of frequencies through the editions: choices that were split or merged are compared as a sum.

use std::collections::{BTreeMap, BTreeSet};

/// A choice of the newer edition and the choices of the older one that it continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChoiceLink {
    pub(super) new: String,
    pub(super) old: Vec<String>,
}

/// A row: codes whose counts are added up, per edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What the choices say, in the words of the newest edition.
    pub label: String,
    /// Codes by edition, the newest first; none where that edition has nothing to compare with this row.
    pub codes: Vec<Option<BTreeSet<String>>>,
}

/// A choice of an edition: how many editions back, and its code.
type Place = (usize, String);

/// The rows: every choice of the newest edition (codes and labels in order), then the sums that only an earlier edition
/// can be compared with. `links[0]` leads from the newest edition to the one before; where the line ended before it
/// reached all `editions` that are older, the rows have nothing there.
pub(super) fn rows(newest: &[(String, String)], links: &[Vec<ChoiceLink>], editions: usize) -> Vec<Group> {
    let depths: Vec<Vec<BTreeSet<Place>>> =
        (0..=links.len()).map(|depth| parts(newest, &links[..depth])).collect();
    let mut rows: Vec<BTreeSet<String>> =
        newest.iter().map(|(code, _)| BTreeSet::from([code.clone()])).collect();
    for part in depths.iter().flatten() {
        let own = at(part, 0);
        if own.len() > 1 && !rows.contains(&own) {
            rows.push(own);
        }
    }
    let whole = |mut group: Group| {
        group.codes.resize(editions + 1, None);
        group
    };
    rows.into_iter().map(|own| whole(row(own, newest, &depths))).collect()
}

fn row(own: BTreeSet<String>, newest: &[(String, String)], depths: &[Vec<BTreeSet<Place>>]) -> Group {
    let labels = newest.iter().filter(|(code, _)| own.contains(code)).map(|(_, label)| label.as_str());
    let label = labels.collect::<Vec<_>>().join(" + ");
    let codes = depths.iter().enumerate().map(|(depth, parts)| {
        if depth == 0 {
            return Some(own.clone());
        }
        // The row stands for whole parts of this edition, or it has nothing to compare with there.
        let touched: Vec<_> = parts.iter().filter(|part| !at(part, 0).is_disjoint(&own)).collect();
        let whole = touched.iter().all(|part| at(part, 0).is_subset(&own));
        let codes: BTreeSet<String> = touched.iter().flat_map(|part| at(part, depth)).collect();
        (whole && !codes.is_empty()).then_some(codes)
    });
    Group { label, codes: codes.collect() }
}

/// The codes of a part in one edition.
fn at(part: &BTreeSet<Place>, depth: usize) -> BTreeSet<String> {
    part.iter().filter(|(place, _)| *place == depth).map(|(_, code)| code.clone()).collect()
}

/// What hangs together: the choices of all these editions, joined where one continues another.
fn parts(newest: &[(String, String)], links: &[Vec<ChoiceLink>]) -> Vec<BTreeSet<Place>> {
    let mut parts: Vec<BTreeSet<Place>> =
        newest.iter().map(|(code, _)| BTreeSet::from([(0, code.clone())])).collect();
    for (depth, link) in links.iter().enumerate() {
        let continued: BTreeMap<&str, &ChoiceLink> =
            link.iter().map(|choice| (choice.new.as_str(), choice)).collect();
        for choice in continued.values() {
            for old in &choice.old {
                join(&mut parts, (depth, choice.new.clone()), (depth + 1, old.clone()));
            }
        }
    }
    parts
}

fn join(parts: &mut Vec<BTreeSet<Place>>, one: Place, other: Place) {
    let mut joined = BTreeSet::from([one, other]);
    parts.retain(|part| {
        let touches = !part.is_disjoint(&joined);
        if touches {
            joined.extend(part.iter().cloned());
        }
        !touches
    });
    parts.push(joined);
}

#[cfg(test)]
mod tests {
    use super::{ChoiceLink, rows};

    fn link(new: &str, old: &[&str]) -> ChoiceLink {
        ChoiceLink { new: new.to_owned(), old: old.iter().map(|code| (*code).to_owned()).collect() }
    }

    fn told(newest: &[&str], links: &[Vec<ChoiceLink>]) -> Vec<String> {
        let newest: Vec<(String, String)> =
            newest.iter().map(|code| ((*code).to_owned(), code.to_uppercase())).collect();
        let codes = |set: &Option<std::collections::BTreeSet<String>>| match set {
            Some(codes) => codes.iter().cloned().collect::<Vec<_>>().join("+"),
            None => "–".to_owned(),
        };
        let row = |group: &super::Group| {
            format!("{}: {}", group.label, group.codes.iter().map(codes).collect::<Vec<_>>().join(" | "))
        };
        rows(&newest, links, links.len()).iter().map(row).collect()
    }

    #[test]
    fn a_split_choice_is_compared_as_the_sum_of_its_heirs() {
        let links =
            [vec![link("prasa", &["prasa"]), link("radio", &["radio_tv"]), link("tv", &["radio_tv"])]];
        let expected =
            ["PRASA: prasa | prasa", "RADIO: radio | –", "TV: tv | –", "RADIO + TV: radio+tv | radio_tv"];
        assert_eq!(told(&["prasa", "radio", "tv"], &links), expected);
    }

    #[test]
    fn a_merged_choice_is_compared_with_the_sum_of_what_it_continues() {
        let links = [vec![link("media", &["radio", "tv"]), link("nowe", &[])]];
        assert_eq!(told(&["media", "nowe"], &links), ["MEDIA: media | radio+tv", "NOWE: nowe | –"]);
    }

    #[test]
    fn an_older_split_leaves_the_younger_years_choice_by_choice() {
        let same = vec![link("radio", &["radio"]), link("tv", &["tv"])];
        let split = vec![link("radio", &["radio_tv"]), link("tv", &["radio_tv"])];
        let expected =
            ["RADIO: radio | radio | –", "TV: tv | tv | –", "RADIO + TV: radio+tv | radio+tv | radio_tv"];
        assert_eq!(told(&["radio", "tv"], &[same, split]), expected);
    }
}
