//! Polish order of names and searching without diacritics, the same on every database.

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The Polish order. Make one and keep it: making it looks tables up.
#[derive(Debug)]
pub struct Polish(CollatorBorrowed<'static>);

impl Polish {
    /// The order of the Unicode collation algorithm as tailored for Polish (CLDR).
    pub fn new() -> Self {
        let collator = Collator::try_new(locale!("pl").into(), CollatorOptions::default());
        Self(collator.expect("the Polish tables are compiled in"))
    }

    /// Bytes whose plain byte order is the Polish order of the texts; stored beside a name to sort by.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        match self.0.write_sort_key_to(text, &mut key) {
            Ok(_) => key,
            Err(never) => match never {},
        }
    }
}

impl Default for Polish {
    fn default() -> Self {
        Self::new()
    }
}

/// The text for searching: lower case, without diacritics (also ł), punctuation as spaces, spaces joined.
/// `„Łódź”` and `lodz` fold to the same.
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c))
        .map(|c| match c {
            'ł' => 'l',
            c if c.is_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const IN_ORDER: [&str; 14] = [
        "Ciechanów",
        "Ćmielów",
        "Lipsko",
        "Łomianki",
        "łosice",
        "Łódź",
        "Ostrołęka",
        "Ostrów Mazowiecka",
        "Płock",
        "Sokołów Podlaski",
        "Śniadowo",
        "Zwoleń",
        "Żuromin",
        "Żyrardów",
    ];

    #[test]
    fn names_sort_as_in_a_polish_dictionary() {
        let polish = Polish::new();
        let mut names = IN_ORDER;
        names.reverse();
        names.sort_by_key(|name| polish.sort_key(name));
        assert_eq!(names, IN_ORDER);
    }

    #[test]
    fn searching_forgives_diacritics_case_and_punctuation() {
        assert_eq!(fold("  Gmina „Łódź-Śródmieście” "), "gmina lodz srodmiescie");
        assert_eq!(fold("ŻÓŁĆ"), "zolc");
        assert_eq!(fold("Urząd\u{a0}Pracy"), "urzad pracy");
        assert_eq!(fold("Ło\u{301}dz\u{301}"), fold("Łódź"));
    }

    proptest! {
        #[test]
        fn byte_order_of_keys_is_the_order_of_the_collator(a in "[a-zA-ZąćęłńóśźżĄĆĘŁŃÓŚŹŻ -]{0,12}", b in "[a-zA-ZąćęłńóśźżĄĆĘŁŃÓŚŹŻ -]{0,12}") {
            let polish = Polish::new();
            prop_assert_eq!(polish.sort_key(&a).cmp(&polish.sort_key(&b)), polish.0.compare(&a, &b));
        }

        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,30}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
