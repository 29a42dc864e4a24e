//! What follows a backslash.

use super::{Before, LITERAL, PatternTrouble, Scanner};

impl Scanner<'_> {
    pub(super) fn escape(&mut self, in_class: bool) -> Result<Before, PatternTrouble> {
        let Some(escaped) = self.rest()[1..].chars().next() else {
            return self.trouble(1, "ukośnik na końcu", LITERAL);
        };
        match escaped {
            'd' | 'w' | 'D' | 'W' => self.replace(2, ascii_class(escaped, in_class)),
            's' | 'S' | 'n' | 'r' | 't' | 'f' | 'v' => self.copy(2),
            'b' | 'B' if !in_class => {
                self.replace(2, if escaped == 'b' { r"(?-u:\b)" } else { r"(?-u:\B)" });
                return Ok(Before::Nothing);
            }
            'p' | 'P' => self.property()?,
            'u' => self.hexadecimal(2, 4)?,
            'x' => self.hexadecimal(2, 2)?,
            '-' if in_class => self.copy(2),
            c if "^$\\.*+?()[]{}|/".contains(c) => self.copy(2),
            '1'..='9' | 'k' => return self.trouble(2, "odwołania do grup nie są obsługiwane", ""),
            c => {
                return self.trouble(
                    1 + c.len_utf8(),
                    "nieznany znak po ukośniku",
                    "zwykłych znaków nie poprzedza się ukośnikiem",
                );
            }
        }
        Ok(Before::Atom)
    }

    /// `\u0142`, `\u{142}`, `\x41`
    fn hexadecimal(&mut self, prefix: usize, digits: usize) -> Result<(), PatternTrouble> {
        let body = &self.rest()[prefix..];
        let hex = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_hexdigit());
        let braced =
            if digits == 4 { body.strip_prefix('{').and_then(|rest| rest.split_once('}')) } else { None };
        if let Some((code, _)) = braced.filter(|(code, _)| hex(code) && code.len() <= 6) {
            self.copy(prefix + code.len() + 2);
        } else if body.get(..digits).is_some_and(hex) {
            self.copy(prefix + digits);
        } else {
            return self.trouble(
                prefix,
                "niezrozumiały kod znaku",
                "kod znaku zapisuje się \\u0142 albo \\x41",
            );
        }
        Ok(())
    }

    /// `\p{L}`: general categories and scripts, spelled as JavaScript wants them.
    fn property(&mut self) -> Result<(), PatternTrouble> {
        let name =
            self.rest()[2..].strip_prefix('{').and_then(|rest| rest.split_once('}')).map(|(name, _)| name);
        match name.filter(|name| PROPERTIES.contains(name)) {
            Some(name) => {
                self.copy(name.len() + 4);
                Ok(())
            }
            None => self.trouble(
                2,
                "nieznany rodzaj znaków",
                "litery to \\p{L}, wielkie \\p{Lu}, małe \\p{Ll}, cyfry \\p{Nd}",
            ),
        }
    }
}

const PROPERTIES: [&str; 37] = [
    "L",
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "M",
    "Mn",
    "Mc",
    "Me",
    "N",
    "Nd",
    "Nl",
    "No",
    "P",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "S",
    "Sm",
    "Sc",
    "Sk",
    "So",
    "Z",
    "Zs",
    "Zl",
    "Zp",
    "Letter",
    "Alphabetic",
    "Uppercase",
    "Lowercase",
    "Script=Latin",
    "Script=Cyrillic",
];

/// `\d` and `\w` are ASCII in JavaScript and Java.
fn ascii_class(escaped: char, in_class: bool) -> &'static str {
    match (escaped, in_class) {
        ('d', false) => "[0-9]",
        ('d', true) => "0-9",
        ('w', false) => "[0-9A-Za-z_]",
        ('w', true) => "0-9A-Za-z_",
        ('D', _) => "[^0-9]",
        _ => "[^0-9A-Za-z_]",
    }
}
