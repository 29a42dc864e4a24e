//! A code frame as the file that it could have been read from.

use std::fmt::Write as _;

use super::{Code, CodeFrame, CodeKind};

impl CodeFrame {
    /// The frame as TOML; reading it gives the same frame. Comments of an earlier file are not in it.
    ///
    /// # Panics
    /// Never: writing to a text cannot fail.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut out = format!("[frame]\nname  = {}\ntitle = {}\n", quoted(&self.name), quoted(&self.title));
        if !self.themes.is_empty() {
            out.push_str("\n[themes]\n");
            for theme in &self.themes {
                line(&mut out, &theme.code, &quoted(&theme.label));
            }
        }
        for code in &self.codes {
            code.write(&mut out);
        }
        out
    }
}

impl Code {
    fn write(&self, out: &mut String) {
        out.push_str("\n[[codes]]\n");
        line(out, "code ", &quoted(&self.code));
        line(out, "label", &quoted(&self.label));
        if let Some(hint) = &self.hint {
            line(out, "hint ", &quoted(hint));
        }
        if self.kind != CodeKind::Topic {
            line(out, "kind ", &quoted(self.kind.name()));
        }
        if !self.themes.is_empty() {
            line(out, "themes", &list(&self.themes));
        }
        if !self.words.is_empty() {
            line(out, "words", &list(&self.words));
        }
        if let Some(reason) = &self.retired {
            line(out, "retired", &quoted(reason));
        }
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    writeln!(out, "{key} = {value}").expect("writing to a text cannot fail");
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A basic string on one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                write!(out, "\\u{:04X}", u32::from(c)).expect("writing to a text cannot fail");
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::frame::{Code, CodeFrame, CodeKind, Theme};
    use crate::load::load_frame;

    fn code() -> impl Strategy<Value = Code> {
        // Spaces around a text mean nothing and are not kept.
        let text = "[^\\s\\p{C}]([\\PC\\n\"\\\\]{0,20}[^\\s\\p{C}])?";
        let kind = prop::sample::select(CodeKind::ALL.to_vec());
        let words = prop::collection::vec(text, 0..3);
        (text, prop::option::of(text), kind, any::<bool>(), words, prop::option::of(text)).prop_map(
            |(label, hint, kind, themed, words, retired)| Code {
                code: String::new(),
                label,
                hint,
                kind,
                themes: if themed { vec!["T1".into()] } else { Vec::new() },
                words,
                retired,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_as_the_same_frame(codes in prop::collection::vec(code(), 0..6), title in "[a-z][a-zż \"]{0,20}[a-z]") {
            let mut codes: Vec<Code> = codes;
            let last = Code { retired: None, ..Code::named("pj90", "Inne") };
            codes.push(last);
            for (place, code) in codes.iter_mut().enumerate() {
                code.code = format!("k{place}");
            }
            let themes = vec![Theme { code: "T1".into(), label: "Wiedza".into() }];
            let frame = CodeFrame { name: "kody".into(), title, themes, codes };
            let text = frame.to_toml();
            let loaded = load_frame("kody.toml", &text);
            prop_assert!(loaded.problems.is_empty(), "{:?}\n{}", loaded.problems, text);
            prop_assert_eq!(loaded.frame.unwrap(), frame);
        }
    }
}
