//! Text inside XML and HTML.

use std::fmt::Write as _;

/// Whether XML 1.0 can hold the character; a carriage return it could, but nobody means it.
pub(crate) fn is_printable(c: char) -> bool {
    matches!(c, '\t' | '\n') || (!c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

/// The text without what no document can hold.
pub(crate) fn printable(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c)).collect()
}

/// Text for the inside of an element or of an attribute in double quotes. What no document can hold is dropped.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

/// As [`escape`], into `out`.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars().filter(|c| is_printable(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
}

/// Text for an attribute of XML, where tabs and line feeds would otherwise become spaces.
pub(crate) fn attribute(text: &str) -> String {
    escape(text).replace('\t', "&#9;").replace('\n', "&#10;")
}

/// The first 16 hexadecimal digits of the text's SHA-256.
pub(crate) fn short_hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(text.as_bytes())[..8])
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The text cut to so many characters, with an ellipsis where something is missing.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text_and_control_characters_go() {
        assert_eq!(escape("a<b>\"c\" & 'd'\u{0}\u{B}\r\n"), "a&lt;b&gt;&quot;c&quot; &amp; &#39;d&#39;\n");
        assert_eq!(attribute("a\nb\tc"), "a&#10;b&#9;c");
        assert_eq!(printable("1\u{A0}234\u{FFFF}"), "1\u{A0}234");
    }

    #[test]
    fn long_texts_are_cut_with_an_ellipsis() {
        assert_eq!(shortened("abcd", 4), "abcd");
        assert_eq!(shortened("żółćx", 4), "żół…");
    }
}
