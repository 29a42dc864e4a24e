//! The key under which spellings of one thing fall together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The key of a distinct thing: two texts name the same thing when their keys are equal.
///
/// An address first loses its scheme, `www.` and the last slash. Then: lower case, `ł` to `l`, no diacritics,
/// everything that is neither a letter nor a digit becomes a space, repeated spaces become one. A text
/// without a letter or digit (a lone dash) has the empty key and names nothing.
///
/// ```
/// assert_eq!(tally::key("„Życie Żyrardowa”"), "zycie zyrardowa");
/// assert_eq!(tally::key("https://www.Radom.pl/"), tally::key("radom.pl"));
/// ```
pub fn key(text: &str) -> String {
    let bare = bare_address(text.trim());
    if bare.chars().all(|c| usual(c).is_some()) {
        return spaced(bare.chars().filter_map(usual), bare.len());
    }
    unusual(bare)
}

/// The same for any text.
fn unusual(bare: &str) -> String {
    let composed: String = bare.nfc().collect();
    // `İ` becomes `i` and a dot above in lower case, so marks are taken off after that.
    let lower = composed.to_lowercase();
    let plain = lower.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == 'ł' { 'l' } else { c });
    spaced(plain.nfc(), bare.len())
}

/// What becomes of the letters and signs of which nearly all Polish texts consist; others go the long way.
fn usual(c: char) -> Option<char> {
    Some(match c {
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        'ą' | 'Ą' => 'a',
        'ć' | 'Ć' => 'c',
        'ę' | 'Ę' => 'e',
        'ł' | 'Ł' => 'l',
        'ń' | 'Ń' => 'n',
        'ó' | 'Ó' => 'o',
        'ś' | 'Ś' => 's',
        'ź' | 'Ź' | 'ż' | 'Ż' => 'z',
        '„' | '”' | '–' | '\u{a0}' => ' ',
        _ => return None,
    })
}

/// Letters and digits, with one space where anything else stands between them.
fn spaced(letters: impl Iterator<Item = char>, length: usize) -> String {
    let mut out = String::with_capacity(length);
    for c in letters {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The address without scheme, `www.` and last slash; any other text as it is.
fn bare_address(text: &str) -> &str {
    let rest = after_scheme(text);
    let bare = without_www(rest.unwrap_or(text));
    match bare {
        Some(bare) => bare.strip_suffix('/').unwrap_or(bare),
        None => rest.map_or(text, |rest| rest.strip_suffix('/').unwrap_or(rest)),
    }
}

/// What follows `scheme://`, when the text starts with a scheme.
fn after_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let mut letters = scheme.chars();
    let starts = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
    (starts && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))).then_some(rest)
}

/// What follows `www.` in any case; nothing when only `www.` is there, so that it is not emptied.
fn without_www(text: &str) -> Option<&str> {
    let start = text.get(..4)?;
    start.eq_ignore_ascii_case("www.").then(|| &text[4..]).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{bare_address, key, unusual};
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_medium_fall_together() {
        let one = [
            "Tygodnik Siedlecki",
            "tygodnik  siedlecki ",
            "„Tygodnik Siedlecki”",
            "TYGODNIK-SIEDLECKI",
            "Tygodnik\u{a0}Siedlecki.",
        ];
        for spelling in one {
            assert_eq!(key(spelling), "tygodnik siedlecki", "{spelling}");
        }
    }

    #[test]
    fn an_address_loses_scheme_www_and_last_slash() {
        let one = ["https://www.gminalow.pl/", "http://gminalow.pl", "www.gminalow.pl/", "WWW.GminaLow.pl"];
        for spelling in one {
            assert_eq!(key(spelling), "gminalow pl", "{spelling}");
        }
        assert_eq!(key("https://www.facebook.com/gmina.low/"), "facebook com gmina low");
    }

    #[test]
    fn polish_letters_lose_their_marks_composed_or_not() {
        assert_eq!(key("ZAŻÓŁĆ GĘŚLĄ JAŹŃ"), "zazolc gesla jazn");
        assert_eq!(key("Zaz\u{307}o\u{301}łc\u{301}"), "zazolc");
    }

    #[test]
    fn a_text_that_names_nothing_has_the_empty_key() {
        for nothing in ["", " ", "–", "???", "https://"] {
            assert_eq!(key(nothing), "");
        }
    }

    #[test]
    fn different_things_stay_apart() {
        assert_ne!(key("Radio 1"), key("Radio 11"));
        assert_ne!(key("Echo dnia"), key("Echodnia"));
    }

    proptest! {
        #[test]
        fn a_key_has_only_letters_digits_and_single_spaces_between(text in "\\PC{0,40}") {
            let key = key(&text);
            prop_assert!(!key.contains("  ") && key.trim() == key);
            prop_assert!(key.chars().all(|c| c == ' ' || c.is_alphanumeric()));
        }

        #[test]
        fn the_short_way_and_the_long_way_come_to_the_same(text in "[ -~ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–\u{a0}\u{301}é]{0,20}") {
            let text = format!("a{text}b");
            prop_assert_eq!(key(&text), unusual(bare_address(text.trim())));
        }

        #[test]
        fn case_spaces_and_marks_do_not_matter(words in proptest::collection::vec("[a-zżźćńółęąś]{1,8}", 1..5)) {
            let plain = words.join(" ");
            prop_assert_eq!(key(&plain), key(&plain.to_uppercase()));
            prop_assert_eq!(key(&plain), key(&format!("  «{}», ", words.join("\u{a0} - "))));
            prop_assert_eq!(key(&key(&plain)), key(&plain));
        }
    }
}
