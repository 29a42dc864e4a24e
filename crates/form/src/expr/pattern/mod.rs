//! Patterns of `regex`: the part of the syntax that Rust's `regex` and JavaScript's `u` mode share, meaning the
//! same in both. A form exported to ODK or Kobo thus keeps its meaning.

mod escapes;

use std::ops::Range;

use regex::RegexBuilder;

use super::ast::Pattern;

/// Memory of a compiled pattern, in bytes; `[\p{L}]{1,200}` fits, `(.{1000}){1000}` does not.
const SIZE_LIMIT: usize = 1 << 20;

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PatternTrouble {
    /// Byte range in the pattern.
    pub(super) span: Range<usize>,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// Compiles a pattern so that it must match the whole text.
pub(super) fn compile(source: &str) -> Result<Pattern, PatternTrouble> {
    let translated = Scanner { source, at: 0, out: String::new(), groups: 0 }.translate()?;
    let compiled = RegexBuilder::new(&format!(r"\A(?:{translated})\z"))
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .nest_limit(64)
        .build()
        .map_err(|error| refused_by_compiler(source, &error))?;
    Ok(Pattern { source: source.to_owned(), compiled })
}

fn refused_by_compiler(source: &str, error: &regex::Error) -> PatternTrouble {
    let span = 0..source.len();
    match error {
        regex::Error::CompiledTooBig(_) => PatternTrouble {
            span,
            message: "jest zbyt rozbudowany",
            help: "proszę zmniejszyć liczby powtórzeń; długość tekstu sprawdza string-length(...)",
        },
        _ => PatternTrouble {
            span,
            message: "nie daje się odczytać",
            help: "proszę sprawdzić nawiasy i zakresy",
        },
    }
}

const LITERAL: &str = "jeśli chodzi o sam znak, proszę poprzedzić go ukośnikiem \\";

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    out: String,
    groups: usize,
}

/// What stood before, which decides whether a quantifier may follow.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, `(`, `|`, `^`, `$`, `\b`.
    Nothing,
    Atom,
    Quantifier,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.source[self.at..]
    }

    fn trouble<T>(
        &self,
        length: usize,
        message: &'static str,
        help: &'static str,
    ) -> Result<T, PatternTrouble> {
        let end = (self.at + length).min(self.source.len());
        Err(PatternTrouble { span: self.at..end, message, help })
    }

    fn copy(&mut self, length: usize) {
        self.out.push_str(&self.rest()[..length]);
        self.at += length;
    }

    fn replace(&mut self, length: usize, by: &str) {
        self.out.push_str(by);
        self.at += length;
    }

    fn translate(mut self) -> Result<String, PatternTrouble> {
        let mut before = Before::Nothing;
        while let Some(next) = self.rest().chars().next() {
            before = self.one(next, before)?;
        }
        if self.groups > 0 {
            return self.trouble(0, "brak zamykającego nawiasu", "");
        }
        Ok(self.out)
    }

    fn one(&mut self, next: char, before: Before) -> Result<Before, PatternTrouble> {
        match next {
            '(' => self.open(),
            ')' => self.close(),
            '[' => self.class(),
            '\\' => self.escape(false),
            '*' | '+' | '?' | '{' => self.quantifier(next, before),
            ']' | '}' => self.trouble(1, "zamykający nawias bez otwierającego", LITERAL),
            // Without line ends, as in JavaScript.
            '.' => Ok(self.atom(|scanner| scanner.replace(1, r"[^\n\r\x{2028}\x{2029}]"))),
            '^' | '$' | '|' => {
                self.copy(1);
                Ok(Before::Nothing)
            }
            other => Ok(self.atom(|scanner| scanner.copy(other.len_utf8()))),
        }
    }

    fn atom(&mut self, write: impl FnOnce(&mut Self)) -> Before {
        write(self);
        Before::Atom
    }

    fn open(&mut self) -> Result<Before, PatternTrouble> {
        let rest = self.rest();
        let look_around = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|sign| rest.starts_with(sign));
        if look_around {
            return self.trouble(
                3,
                "podglądanie w przód i w tył nie jest obsługiwane",
                "warunki można łączyć słowem and",
            );
        }
        let named = rest.starts_with("(?<") && rest[3..].starts_with(|c: char| c.is_ascii_alphabetic());
        let length = match (rest.starts_with("(?:"), named) {
            (true, _) => 3,
            (_, true) => rest.find('>').map_or(3, |end| end + 1),
            _ if rest.starts_with("(?") => {
                let help = "proszę użyć zwykłej grupy (...) albo (?:...)";
                return self.trouble(3, "grupa tego rodzaju nie jest obsługiwana", help);
            }
            _ => 1,
        };
        self.groups += 1;
        self.copy(length);
        Ok(Before::Nothing)
    }

    fn close(&mut self) -> Result<Before, PatternTrouble> {
        if self.groups == 0 {
            return self.trouble(1, "zamykający nawias bez otwierającego", LITERAL);
        }
        self.groups -= 1;
        self.copy(1);
        Ok(Before::Atom)
    }

    fn quantifier(&mut self, next: char, before: Before) -> Result<Before, PatternTrouble> {
        let length = if next == '{' { self.counted()? } else { 1 };
        match before {
            Before::Nothing => self.trouble(length, "powtórzenie, przed którym nic nie stoi", LITERAL),
            Before::Quantifier => {
                self.trouble(length, "powtórzenie powtórzenia", "proszę ująć część wzorca w nawias")
            }
            Before::Atom => {
                let lazy = usize::from(self.rest()[length..].starts_with('?'));
                self.copy(length + lazy);
                Ok(Before::Quantifier)
            }
        }
    }

    /// The length of `{2}`, `{2,}`, `{2,5}`.
    fn counted(&self) -> Result<usize, PatternTrouble> {
        let help = "liczbę powtórzeń zapisuje się {2}, {2,} albo {2,5}, bez spacji";
        let Some(end) = self.rest().find('}') else {
            return self.trouble(1, "brak zamykającego }", help);
        };
        let inside = &self.rest()[1..end];
        let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
        let number =
            |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
        if !number(least) || !(most.is_empty() || number(most)) {
            return self.trouble(end + 1, "niezrozumiała liczba powtórzeń", help);
        }
        Ok(end + 1)
    }

    /// `[...]`
    fn class(&mut self) -> Result<Before, PatternTrouble> {
        let start = self.at;
        self.copy(if self.rest().starts_with("[^") { 2 } else { 1 });
        if self.rest().starts_with(']') {
            return self.trouble(1, "pusty zbiór znaków", "nawias ] w zbiorze zapisuje się \\]");
        }
        loop {
            let rest = self.rest();
            let Some(next) = rest.chars().next() else {
                self.at = start;
                return self.trouble(1, "brak zamykającego ]", LITERAL);
            };
            match next {
                ']' => {
                    self.copy(1);
                    return Ok(Before::Atom);
                }
                '[' => {
                    return self.trouble(
                        1,
                        "zbiór znaków w zbiorze nie jest obsługiwany",
                        "nawias [ w zbiorze zapisuje się \\[",
                    );
                }
                '\\' => self.class_escape()?,
                _ if ["&&", "--", "~~"].iter().any(|sign| rest.starts_with(sign)) => {
                    return self.trouble(2, "działania na zbiorach znaków nie są obsługiwane", LITERAL);
                }
                other => self.copy(other.len_utf8()),
            }
        }
    }

    /// An escape inside `[...]`; a class such as `\d` must not be an end of a range.
    fn class_escape(&mut self) -> Result<(), PatternTrouble> {
        let literal_dash = ["[-", "[^-", "\\-"].iter().any(|end| self.out.ends_with(end));
        let after_dash = self.out.ends_with('-') && !literal_dash;
        let many = self.rest()[1..].starts_with(['d', 'D', 'w', 'W', 's', 'S', 'p', 'P']);
        if many && after_dash {
            return self.trouble(
                2,
                "zakres kończy się zbiorem znaków",
                "łącznik na końcu zbioru zapisuje się \\-",
            );
        }
        self.escape(true)?;
        let range = self.rest().starts_with('-') && !self.rest().starts_with("-]");
        if many && range {
            return self.trouble(
                1,
                "zakres zaczyna się zbiorem znaków",
                "łącznik proszę postawić na końcu zbioru",
            );
        }
        Ok(())
    }
}
