//! Parts of paragraphs as runs.

use crate::document::{Inline, Target};
use crate::html::is_safe;
use crate::markup::escape;

use super::writer::{Writer, field, place_name};

/// How text is set.
#[derive(Clone, Copy, Default)]
struct Look {
    bold: bool,
    italic: bool,
    link: bool,
}

impl<'a> Writer<'a> {
    /// Parts of a paragraph.
    pub(super) fn inlines(&mut self, content: &'a [Inline]) {
        self.parts(content, Look::default(), false);
    }

    fn parts(&mut self, content: &'a [Inline], look: Look, in_footnote: bool) {
        for inline in content {
            self.part(inline, look, in_footnote);
        }
    }

    fn part(&mut self, inline: &'a Inline, look: Look, in_footnote: bool) {
        match inline {
            Inline::Text(text) => self.push_run(text, look),
            Inline::Strong(inner) => self.parts(inner, Look { bold: true, ..look }, in_footnote),
            Inline::Emphasis(inner) => self.parts(inner, Look { italic: true, ..look }, in_footnote),
            Inline::Link { to, content } => self.link(to, content, look, in_footnote),
            Inline::Place(id) => {
                let places = self.start_places(&[place_name(id)]);
                self.end_places(places);
            }
            Inline::Reference(id) => {
                let text = self.labels.get(id).map(|label| label.text()).unwrap_or_default();
                let shown = self.run(&text, &self.look(look));
                let markup = field(&format!(" REF {} \\h ", place_name(id)), &shown, false);
                self.push(&markup);
            }
            Inline::Footnote(paragraphs) if in_footnote => {
                // Word has no footnotes of footnotes.
                for paragraph in paragraphs {
                    self.push_run(" (", look);
                    self.parts(paragraph, look, true);
                    self.push_run(")", look);
                }
            }
            Inline::Footnote(paragraphs) => self.footnote(paragraphs),
            Inline::Number(number) => {
                let properties = self.look(look);
                self.control(number, &properties);
            }
        }
    }

    /// Links are fields, which need no relationship of the part that they stand in.
    fn link(&mut self, to: &Target, content: &'a [Inline], look: Look, in_footnote: bool) {
        let instruction = match to {
            Target::Address(address) if is_safe(address) => {
                format!(" HYPERLINK \"{}\" ", address.replace('\\', "%5C").replace('"', "%22"))
            }
            Target::Address(_) => return self.parts(content, look, in_footnote),
            Target::Id(id) => format!(" HYPERLINK \\l \"{}\" ", place_name(id)),
        };
        let before = std::mem::take(&mut self.out);
        self.parts(content, Look { link: true, ..look }, in_footnote);
        let shown = std::mem::replace(&mut self.out, before);
        self.push(&field(&instruction, &shown, false));
    }

    fn footnote(&mut self, paragraphs: &'a [Vec<Inline>]) {
        let number = self.ids.footnote;
        self.ids.footnote += 1;
        let reference = self.styles.id("FootnoteReference").to_owned();
        let mark = format!("<w:r><w:rPr><w:rStyle w:val=\"{reference}\"/></w:rPr>");
        self.push(&format!("{mark}<w:footnoteReference w:id=\"{number}\"/></w:r>"));
        let before = std::mem::take(&mut self.out);
        let distance = std::mem::take(&mut self.needs_distance);
        let style = self.styles.id("FootnoteText").to_owned();
        self.push(&format!("<w:footnote w:id=\"{number}\">"));
        // A footnote has at least one paragraph, with its mark.
        for place in 0..paragraphs.len().max(1) {
            self.start_paragraph(Some(&style), "");
            if place == 0 {
                self.push(&format!(
                    "{mark}<w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>"
                ));
            }
            if let Some(paragraph) = paragraphs.get(place) {
                self.parts(paragraph, Look::default(), true);
            }
            self.push("</w:p>");
        }
        self.push("</w:footnote>");
        self.needs_distance = distance;
        let markup = std::mem::replace(&mut self.out, before);
        self.footnotes.push((number, markup));
    }

    fn push_run(&mut self, text: &str, look: Look) {
        let run = self.run(text, &self.look(look));
        self.push(&run);
    }

    fn look(&self, look: Look) -> String {
        let mut out = String::new();
        if look.link {
            out.push_str(&format!("<w:rStyle w:val=\"{}\"/>", self.styles.id("Hyperlink")));
        }
        if look.bold {
            out.push_str("<w:b/><w:bCs/>");
        }
        if look.italic {
            out.push_str("<w:i/><w:iCs/>");
        }
        out
    }

    /// A run of text; line feeds break the line.
    pub(super) fn run(&self, text: &str, properties: &str) -> String {
        let language = if self.names_language {
            format!("<w:lang w:val=\"{}\"/>", escape(&self.document.language))
        } else {
            String::new()
        };
        let mut out = String::from("<w:r>");
        if !properties.is_empty() || !language.is_empty() {
            out.push_str(&format!("<w:rPr>{properties}{language}</w:rPr>"));
        }
        for (line_place, line) in text.split('\n').enumerate() {
            if line_place > 0 {
                out.push_str("<w:br/>");
            }
            for (place, piece) in line.split('\t').enumerate() {
                if place > 0 {
                    out.push_str("<w:tab/>");
                }
                if !piece.is_empty() {
                    out.push_str(&format!("<w:t xml:space=\"preserve\">{}</w:t>", escape(piece)));
                }
            }
        }
        out.push_str("</w:r>");
        out
    }
}
