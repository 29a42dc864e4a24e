//! Filling a template in.

use std::collections::BTreeMap;

use super::parse::{LONGEST_LINE, Piece, Template};

/// A text that is ready to be sent. Lines end with a plain line feed; nothing is wrapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The body; its last line ends with a line feed.
    pub text: String,
}

/// Why a template cannot be filled in. Printed in Polish, for whoever writes letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderProblem {
    /// The template uses a placeholder for which there is no value.
    #[error("wiersz {line}: nic nie wypełnia pola {{{{{name}}}}}")]
    Missing {
        /// Name of the placeholder.
        name: String,
        /// Line of its first use, from 1.
        line: u32,
    },
    /// A line break or another control character in a value that stands in the subject: it could forge a header.
    #[error("wartość pola {{{{{name}}}}} w temacie zawiera znak sterujący")]
    ControlInSubject {
        /// Name of the placeholder.
        name: String,
    },
    /// A control character other than a line break in a value.
    #[error("wartość pola {{{{{name}}}}} zawiera znak sterujący")]
    Control {
        /// Name of the placeholder.
        name: String,
    },
    /// A line becomes longer than mail carries.
    #[error("wiersz {line} gotowego tekstu jest dłuższy niż {LONGEST_LINE} bajtów")]
    LongLine {
        /// Line of the rendered body, from 1; 0 for the subject.
        line: usize,
    },
}

impl Template {
    /// Fills the template in. Values without a placeholder are not used; an empty value is a value.
    /// Returns all problems at once.
    pub fn render(&self, values: &BTreeMap<String, String>) -> Result<Rendered, Vec<RenderProblem>> {
        let mut problems = self.missing(values.keys().map(String::as_str));
        problems.extend(self.controls(values));
        if !problems.is_empty() {
            return Err(problems);
        }
        let (subject, text) = (fill(&self.subject, values), fill(&self.body, values));
        let problems = long_lines(&subject, &text);
        if problems.is_empty() { Ok(Rendered { subject, text }) } else { Err(problems) }
    }

    /// The placeholders that are not among the `known` names, with the line of their first use, in the order of the
    /// text: asked before anything is queued, and when a template is edited.
    pub fn missing<'a>(&self, known: impl IntoIterator<Item = &'a str>) -> Vec<RenderProblem> {
        let known: Vec<&str> = known.into_iter().collect();
        let mut missing: Vec<(u32, &String)> = self
            .placeholders
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()))
            .map(|(name, line)| (*line, name))
            .collect();
        missing.sort_unstable();
        missing.into_iter().map(|(line, name)| RenderProblem::Missing { name: name.clone(), line }).collect()
    }

    fn controls(&self, values: &BTreeMap<String, String>) -> Vec<RenderProblem> {
        let in_subject = |name: &String| self.subject.contains(&Piece::Placeholder(name.clone()));
        let used = values.iter().filter(|(name, _)| self.placeholders.contains_key(*name));
        used.filter_map(|(name, value)| {
            let mut controls =
                value.chars().filter(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
            let name = name.clone();
            match in_subject(&name) {
                true => controls.next().map(|_| RenderProblem::ControlInSubject { name }),
                false => controls.any(|c| c != '\n').then_some(RenderProblem::Control { name }),
            }
        })
        .collect()
    }
}

fn fill(pieces: &[Piece], values: &BTreeMap<String, String>) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Placeholder(name) => values.get(name).cloned().unwrap_or_default(),
    };
    pieces.iter().map(text).collect()
}

fn long_lines(subject: &str, text: &str) -> Vec<RenderProblem> {
    (0..)
        .zip(std::iter::once(subject).chain(text.lines()))
        .filter(|(_, content)| content.len() > LONGEST_LINE)
        .map(|(line, _)| RenderProblem::LongLine { line })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{TemplateProblem, parse};
    use super::*;

    const INVITATION: &str = "Temat: Ankieta za {{ROK}} r. – {{JEDNOSTKA}}\n\nDzień dobry,\n\n{{LINK}}\n\n\
        Termin: {{ TERMIN }}.\n{{PODPIS}}\n";

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    fn whole() -> BTreeMap<String, String> {
        values(&[
            ("ROK", "2024"),
            ("JEDNOSTKA", "Gmina Błędów"),
            ("LINK", "https://ankiety.example/a/X"),
            ("TERMIN", "25 lutego 2025 r."),
            ("PODPIS", "Zespół\nMCPS"),
        ])
    }

    #[test]
    fn a_template_is_filled_in_and_nothing_else_changes() {
        let rendered = parse("zaproszenie", INVITATION).unwrap().render(&whole()).unwrap();
        assert_eq!(rendered.subject, "Ankieta za 2024 r. – Gmina Błędów");
        assert_eq!(
            rendered.text,
            "Dzień dobry,\n\nhttps://ankiety.example/a/X\n\nTermin: 25 lutego 2025 r..\nZespół\nMCPS\n"
        );
    }

    #[test]
    fn every_missing_value_is_told_with_its_line() {
        let template = parse("zaproszenie", INVITATION).unwrap();
        let missing = |name: &str, line| RenderProblem::Missing { name: name.into(), line };
        let problems =
            template.render(&values(&[("ROK", "2024"), ("LINK", "x"), ("INNE", "y")])).unwrap_err();
        assert_eq!(problems, [missing("JEDNOSTKA", 1), missing("TERMIN", 7), missing("PODPIS", 8)]);
        assert_eq!(template.placeholders().count(), 5);
    }

    #[test]
    fn a_value_cannot_forge_a_header() {
        let template = parse("zaproszenie", INVITATION).unwrap();
        for bad in ["Gmina\nBcc: ktos@example.com", "Gmina\r", "Gmina\u{2028}", "Gmina\0"] {
            let mut values = whole();
            values.insert("JEDNOSTKA".into(), bad.into());
            let name = "JEDNOSTKA".to_owned();
            assert_eq!(template.render(&values), Err(vec![RenderProblem::ControlInSubject { name }]));
        }
        let mut values = whole();
        values.insert("PODPIS".into(), "a\rb".into());
        assert_eq!(template.render(&values), Err(vec![RenderProblem::Control { name: "PODPIS".into() }]));
    }

    #[test]
    fn lines_that_mail_cannot_carry_are_told() {
        let template = parse("x", "Temat: {{A}}\n\nb\n{{B}}").unwrap();
        let long = "ż".repeat(500);
        let problems = template.render(&values(&[("A", &long), ("B", &long)])).unwrap_err();
        assert_eq!(problems, [RenderProblem::LongLine { line: 0 }, RenderProblem::LongLine { line: 2 }]);
        let ends = "ż".repeat(499);
        assert!(template.render(&values(&[("A", &ends), ("B", &ends)])).is_ok());
    }

    #[test]
    fn every_mistake_in_a_template_is_told() {
        let text = "Tytuł: x\nDzień dobry\n{{link}} {{A}}\n{{B\n{{}} {{#C}}";
        let bad = |name: &str, line| TemplateProblem::BadName { name: name.into(), line };
        assert_eq!(
            parse("x", text).unwrap_err(),
            [
                TemplateProblem::NoSubject,
                TemplateProblem::NoBlankLine,
                bad("link", 3),
                TemplateProblem::Unclosed { line: 4 },
                bad("", 5),
                bad("#C", 5)
            ]
        );
        assert_eq!(parse("x", "").unwrap_err(), [TemplateProblem::NoSubject, TemplateProblem::NoBody]);
        assert_eq!(parse("x", "Temat: a\n\n").unwrap_err(), [TemplateProblem::NoBody]);
        let tab = parse("x", "Temat: a\n\n\tb").unwrap_err();
        assert_eq!(tab, [TemplateProblem::ControlCharacter { character: '\t', line: 3 }]);
    }

    #[test]
    fn the_version_follows_the_text_not_the_line_ends() {
        let version = |text: &str| parse("x", text).unwrap().version;
        assert_eq!(version(INVITATION), version(&INVITATION.replace('\n', "\r\n")));
        assert_ne!(
            version(INVITATION),
            version(&INVITATION.replace("2024", "2025").replace("Termin", "termin"))
        );
    }

    proptest! {
        #[test]
        fn a_value_is_never_read_as_a_placeholder(value in "[A-Z{} ]{0,12}") {
            let template = parse("x", "Temat: a\n\n[{{A}}]").unwrap();
            let rendered = template.render(&values(&[("A", &value), ("B", "never")])).unwrap();
            prop_assert_eq!(rendered.text, format!("[{value}]\n"));
        }

        #[test]
        fn any_text_is_read_or_refused_with_a_reason(text in "(Temat: )?[\\PC\n{}]{0,60}") {
            if let Err(problems) = parse("x", &text) {
                prop_assert!(!problems.is_empty());
            }
        }
    }
}
