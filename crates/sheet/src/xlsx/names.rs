//! Names of sheets as Excel takes them.

use std::collections::BTreeSet;

/// What a name may not hold.
const FORBIDDEN: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// UTF-16 units of a name.
const MOST: usize = 31;

/// Names that are taken, in small letters, because Excel tells them apart no better.
#[derive(Debug)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// Some names are for sheets of our own; „History” is Excel's.
    pub(super) fn new(reserved: &[&str]) -> Self {
        Self(reserved.iter().chain(&["History"]).map(|name| name.to_lowercase()).collect())
    }

    /// The nearest name that is allowed and free.
    pub(super) fn take(&mut self, wanted: &str) -> String {
        let spaced: String =
            wanted.chars().map(|c| if c.is_control() || FORBIDDEN.contains(&c) { ' ' } else { c }).collect();
        let plain = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
        let plain = plain.trim_matches(|c: char| c == '\'' || c == ' ');
        let plain = if plain.is_empty() { "Arkusz" } else { plain };
        let free = (1..).find_map(|attempt| {
            let ending = if attempt == 1 { String::new() } else { format!(" ({attempt})") };
            let name = format!("{}{ending}", cut(plain, MOST - ending.len()));
            self.0.insert(name.to_lowercase()).then_some(name)
        });
        free.expect("there are more endings than sheets")
    }
}

fn cut(name: &str, most: usize) -> &str {
    let mut units = 0;
    let end = name.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(name, |(at, _)| &name[..at]).trim_end_matches([' ', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_what_excel_takes_and_never_repeat() {
        let mut names = Names::new(&["Opis"]);
        assert_eq!(names.take("Miary: [jst]/2024"), "Miary jst 2024");
        assert_eq!(names.take("miary JST 2024"), "miary JST 2024 (2)");
        assert_eq!(names.take("opis"), "opis (2)");
        assert_eq!(names.take("'?*'"), "Arkusz");
        assert_eq!(names.take(""), "Arkusz (2)");
        assert_eq!(names.take(&"ż".repeat(40)), "ż".repeat(31));
        assert_eq!(names.take(&"Ż".repeat(40)), format!("{} (2)", "Ż".repeat(27)));
        assert_eq!(names.take(&"😀".repeat(20)).encode_utf16().count(), 30);
    }
}
