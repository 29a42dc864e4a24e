//! Parts of paragraphs, footnotes.

use crate::document::{Inline, Number, Target};
use crate::markup::escape;

use super::Page;

/// Footnotes called so far, not yet written.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'a> {
    called: Vec<&'a [Vec<Inline>]>,
}

/// Addresses that a link may lead to; anything else stays text.
pub(crate) fn is_safe(address: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
}

impl<'a> Page<'a> {
    pub(super) fn inlines(&mut self, content: &'a [Inline]) {
        for inline in content {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        match inline {
            Inline::Text(text) => self.push(&escape(text).replace('\n', "<br>")),
            Inline::Strong(inner) => self.within("strong", inner),
            Inline::Emphasis(inner) => self.within("em", inner),
            Inline::Link { to, content } => self.link(to, content),
            Inline::Place(id) => self.push(&format!("<span id=\"{}\"></span>", escape(id))),
            Inline::Reference(id) => {
                let text = self.labels.get(id).map(|label| label.text()).unwrap_or_default();
                self.push(&format!("<a href=\"#{}\">{text}</a>", escape(id)));
            }
            Inline::Footnote(paragraphs) => {
                self.footnotes.called.push(paragraphs);
                let number = self.footnotes.called.len();
                self.push(&format!(
                    "<sup><a id=\"pw-{number}\" href=\"#p-{number}\" role=\"doc-noteref\" \
                     aria-label=\"Przypis {number}\">{number}</a></sup>"
                ));
            }
            Inline::Number(number) => self.number(number),
        }
    }

    fn within(&mut self, name: &str, inner: &'a [Inline]) {
        self.push(&format!("<{name}>"));
        self.inlines(inner);
        self.push(&format!("</{name}>"));
    }

    fn link(&mut self, to: &Target, content: &'a [Inline]) {
        let address = match to {
            Target::Address(address) if is_safe(address) => escape(address),
            Target::Address(_) => return self.inlines(content),
            Target::Id(id) => format!("#{}", escape(id)),
        };
        self.push(&format!("<a href=\"{address}\">"));
        self.inlines(content);
        self.push("</a>");
    }

    fn number(&mut self, number: &'a Number) {
        let place = self.printed.entry(&number.key).or_insert(0);
        *place += 1;
        let place = *place;
        let (key, text, title) = (escape(&number.key), escape(&number.text), escape(&number.title));
        let inside = if self.definitions.iter().any(|definition| definition.key == number.key) {
            format!("<a href=\"#d-{key}\" title=\"{title}\">{text}</a>")
        } else {
            text
        };
        self.push(&format!("<data class=\"number\" id=\"l-{key}-{place}\" value=\"{key}\">{inside}</data>"));
    }

    /// Footnotes may call footnotes, so the list may grow while it is written.
    pub(super) fn write_footnotes(&mut self) {
        if self.footnotes.called.is_empty() {
            return;
        }
        self.push("<section role=\"doc-endnotes\" aria-labelledby=\"przypisy\">\n<h2 id=\"przypisy\">Przypisy</h2>\n<ol>\n");
        let mut place = 0;
        while let Some(paragraphs) = self.footnotes.called.get(place).copied() {
            place += 1;
            self.push(&format!("<li id=\"p-{place}\">\n"));
            for paragraph in paragraphs {
                self.push("<p>");
                self.inlines(paragraph);
                self.push("</p>\n");
            }
            self.push(&format!(
                "<p><a href=\"#pw-{place}\" role=\"doc-backlink\" aria-label=\"Wróć do tekstu, przypis {place}\">↩</a></p>\n</li>\n"
            ));
        }
        self.push("</ol>\n</section>\n");
    }
}
