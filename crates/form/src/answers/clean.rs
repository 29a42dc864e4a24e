//! What every typed text goes through before it is kept.

use thiserror::Error;

/// A control character other than line feed and tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("control character U+{:04X}", *.0 as u32)]
pub struct ControlCharacter(pub char);

/// The text without blanks at its ends and with plain line feeds.
///
/// # Errors
/// The first control character that is no line break and no tab.
pub fn clean(text: &str) -> Result<String, ControlCharacter> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    match text.chars().find(|c| c.is_control() && *c != '\n' && *c != '\t') {
        Some(control) => Err(ControlCharacter(control)),
        None => Ok(text.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::{ControlCharacter, clean};

    #[test]
    fn line_ends_become_line_feeds_and_outer_blanks_go() {
        assert_eq!(clean("  a\r\nb\rc\td \n").unwrap(), "a\nb\nc\td");
    }

    #[test]
    fn control_characters_are_refused() {
        assert_eq!(clean("a\u{0}b"), Err(ControlCharacter('\u{0}')));
        assert_eq!(clean("a\u{85}b").unwrap_err().to_string(), "control character U+0085");
    }
}
