//! What differs between two sets of figures.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::service::figures::{Figure, Figures};

/// A number that is not the same in two states. Texts are as they are printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Key of the figure.
    pub key: String,
    /// What it says; the later wording where both have one.
    pub label: String,
    /// As it was; none where the earlier state does not have it.
    pub old: Option<String>,
    /// As it is; none where the later state does not have it.
    pub new: Option<String>,
}

/// The numbers that differ, in the order of their keys. A label that was worded anew changes no number.
#[must_use]
pub fn changes(old: &Figures, new: &Figures) -> Vec<Change> {
    let keys: BTreeSet<&String> = old.figures.keys().chain(new.figures.keys()).collect();
    let pairs = keys.into_iter().map(|key| (key, old.figures.get(key), new.figures.get(key)));
    pairs
        .filter(|(_, old, new)| !same(*old, *new))
        .map(|(key, old, new)| Change {
            key: key.clone(),
            label: new.or(old).map(|figure| figure.label.clone()).unwrap_or_default(),
            old: old.map(text),
            new: new.map(text),
        })
        .collect()
}

fn same(old: Option<&Figure>, new: Option<&Figure>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => (&old.value, &old.text, &old.flags) == (&new.value, &new.text, &new.flags),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// As printed; where two numbers print alike, or only a flag differs, the exact value and the flags tell them apart.
fn text(figure: &Figure) -> String {
    let flags: Vec<String> = figure.flags.iter().map(|flag| flag.sign().to_owned()).collect();
    let mut text = figure.text.clone();
    if let Some(value) = figure.value.as_ref().filter(|value| !value.is_integer()) {
        text += &format!(" ({value})");
    }
    if !flags.is_empty() {
        text += &format!(" [{}]", flags.join(", "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::measures::AsOf;

    fn figures(of: &[(&str, u64)]) -> Figures {
        Figures {
            edition: "proba/2024".into(),
            as_of: AsOf { seq: 1, frozen: false },
            synthetic: false,
            figures: of.iter().map(|(key, n)| ((*key).to_owned(), Figure::count("Ile", *n))).collect(),
        }
    }

    #[test]
    fn only_numbers_that_differ_are_told_whichever_state_lacks_them() {
        let (old, mut new) =
            (figures(&[("a", 1), ("b", 2), ("c", 3)]), figures(&[("a", 1), ("b", 1090), ("d", 4)]));
        new.figures.get_mut("a").unwrap().label = "Inaczej".into();
        let found = changes(&old, &new);
        let brief: Vec<_> =
            found.iter().map(|c| (c.key.as_str(), c.old.as_deref(), c.new.as_deref())).collect();
        let grouped = "1\u{a0}090";
        assert_eq!(brief, [("b", Some("2"), Some(grouped)), ("c", Some("3"), None), ("d", None, Some("4"))]);
        assert_eq!(changes(&old, &old), []);
    }

    #[test]
    fn figures_read_back_from_their_canonical_form_are_the_same() {
        let mut all = figures(&[("a", 1)]);
        let third = form::number::Rational::new(1.into(), 3.into());
        all.figures.insert("s".into(), Figure::number("Udział", &third));
        all.figures.insert("n".into(), Figure::nothing("Nic"));
        let back: Figures = serde_json::from_slice(&all.canonical()).unwrap();
        assert_eq!(back, all);
        assert_eq!(back.canonical(), all.canonical());
    }
}
