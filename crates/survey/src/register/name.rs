//! Comparing a given name with the one in the register.

use unicode_normalization::UnicodeNormalization;

use super::cell::{held_by_formula, is_dash, is_invisible};
use super::known::{Known, Register};
use super::trouble::Trouble;

/// The name without differences that nobody means: spaces, invisible characters, kinds of dashes, composed letters.
pub(super) fn tidy(text: &str) -> String {
    let text = held_by_formula(text).unwrap_or_else(|| text.to_owned());
    let plain: String =
        text.nfc().filter(|c| !is_invisible(*c)).map(|c| if is_dash(c) { '-' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").replace(" -", "-").replace("- ", "-")
}

/// What equal names have in common.
pub(super) fn key(text: &str) -> String {
    tidy(text).to_lowercase()
}

/// What is to be said about the name of a row whose code means `unit`.
pub(super) fn compare(given: &str, unit: &Known, register: &Register) -> Option<Trouble> {
    if given == unit.name {
        return None;
    }
    let (tidied, known) = (tidy(given), tidy(&unit.name));
    if tidied == known {
        return Some(Trouble::NameSpaces);
    }
    if tidied.to_lowercase() == known.to_lowercase() {
        return Some(Trouble::NameCase);
    }
    let given = given.trim().to_owned();
    Some(match register.named(&given) {
        Some(other) => Trouble::NameOfAnother(given, other.full.clone()),
        None => Trouble::NameDiffers(given, unit.name.clone()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidying_changes_only_what_nobody_means() {
        assert_eq!(tidy("\u{a0}Regimin "), "Regimin");
        assert_eq!(tidy("Gołymin – Ośrodek"), "Gołymin-Ośrodek");
        assert_eq!(tidy("Z\u{307}abia  Wola\u{200b}"), "Żabia Wola");
        assert_eq!(tidy("Dąbrówka \"Nowa\""), "Dąbrówka \"Nowa\"");
        assert_ne!(tidy("Ilów"), tidy("Iłów"));
    }
}
