//! Drawing charts and maps: numbers, texts and fills that print in light and dark, on paper and in grey.

use std::fmt::Write as _;

use crate::markup::{escape, push_escaped, short_hash};

/// The colour of texts and lines on white: 17 : 1.
pub(crate) const INK: &str = "#1b1b1b";
/// The colour of quiet lines on white: 4.5 : 1.
pub(crate) const QUIET: &str = "#767676";
/// Pixels of usual text.
pub(crate) const SIZE: f64 = 14.0;

/// How an area is filled: a colour, and marks of another on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    /// One colour.
    Plain(&'static str),
    /// Slanted lines on a colour.
    Lines(&'static str, &'static str),
    /// Dots on a colour.
    Dots(&'static str, &'static str),
    /// Crossed lines on a colour.
    Crossed(&'static str, &'static str),
}

/// A picture while it is drawn.
#[derive(Debug)]
pub(crate) struct Drawing {
    width: f64,
    height: f64,
    title: String,
    description: String,
    patterns: Vec<Fill>,
    body: String,
    /// What tells the ids of this picture from those of others on a page.
    prefix: String,
}

/// Where a text begins.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Drawing {
    pub(crate) fn new(width: f64, height: f64, title: &str, description: &str) -> Self {
        Self {
            width,
            height,
            title: title.to_owned(),
            description: description.to_owned(),
            patterns: Vec::new(),
            body: String::new(),
            prefix: format!("r{}", &short_hash(&format!("{title}\n{description}"))[..8]),
        }
    }

    pub(crate) fn push(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// The value of `fill` for this fill; its pattern is defined when it is used for the first time.
    pub(crate) fn fill(&mut self, fill: Fill) -> String {
        if let Fill::Plain(colour) = fill {
            return colour.to_owned();
        }
        let place = self.patterns.iter().position(|known| *known == fill).unwrap_or_else(|| {
            self.patterns.push(fill);
            self.patterns.len() - 1
        });
        format!("url(#{}w{place})", self.prefix)
    }

    /// A rectangle with an outline.
    pub(crate) fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, fill: Fill) {
        let fill = self.fill(fill);
        let (x, y, width, height) = (shown(x), shown(y), shown(width), shown(height));
        self.push(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"{INK}\"/>"
        ));
    }

    pub(crate) fn line(&mut self, from: (f64, f64), to: (f64, f64), colour: &str, more: &str) {
        let (x1, y1, x2, y2) = (shown(from.0), shown(from.1), shown(to.0), shown(to.1));
        self.push(&format!("<path d=\"M{x1} {y1}L{x2} {y2}\" stroke=\"{colour}\" fill=\"none\"{more}/>"));
    }

    /// A text on its base line.
    pub(crate) fn text(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let (x, y) = (shown(x), shown(y));
        self.push(&format!("<text x=\"{x}\" y=\"{y}\"{anchor}>{}</text>", escape(text)));
    }

    /// A square of a legend with its text; gives the width of both.
    pub(crate) fn key(&mut self, x: f64, y: f64, fill: Fill, text: &str) -> f64 {
        self.rectangle(x, y - 12.0, 20.0, 14.0, fill);
        self.text(x + 26.0, y, Anchor::Start, text);
        26.0 + width_of(text, SIZE) + 24.0
    }

    pub(crate) fn finish(self) -> String {
        let (width, height) = (self.width.ceil(), self.height.ceil());
        let prefix = &self.prefix;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}t {prefix}o\" \
             font-family=\"Arial, 'DejaVu Sans', sans-serif\" font-size=\"{SIZE}\" fill=\"{INK}\"><title id=\"{prefix}t\">"
        );
        push_escaped(&mut out, &self.title);
        let _ = write!(out, "</title><desc id=\"{prefix}o\">");
        push_escaped(&mut out, &self.description);
        out.push_str("</desc>");
        if !self.patterns.is_empty() {
            out.push_str("<defs>");
            for (place, fill) in self.patterns.iter().enumerate() {
                out.push_str(&pattern(&format!("{prefix}w{place}"), *fill));
            }
            out.push_str("</defs>");
        }
        let _ = write!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>{}</svg>", self.body);
        out
    }
}

fn pattern(id: &str, fill: Fill) -> String {
    let (ground, marks) = match fill {
        Fill::Plain(colour) => (colour, String::new()),
        Fill::Lines(ground, mark) => (
            ground,
            format!("<path d=\"M-2 2L2 -2M0 8L8 0M6 10L10 6\" stroke=\"{mark}\" stroke-width=\"1.5\"/>"),
        ),
        Fill::Dots(ground, mark) => (
            ground,
            format!(
                "<circle cx=\"2\" cy=\"2\" r=\"1.1\" fill=\"{mark}\"/><circle cx=\"6\" cy=\"6\" r=\"1.1\" fill=\"{mark}\"/>"
            ),
        ),
        Fill::Crossed(ground, mark) => (ground, format!("<path d=\"M0 0L8 8M0 8L8 0\" stroke=\"{mark}\"/>")),
    };
    format!(
        "<pattern id=\"{id}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"8\" height=\"8\" fill=\"{ground}\"/>{marks}</pattern>"
    )
}

/// A coordinate with at most one decimal.
pub(crate) fn shown(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    let sign = if tenths < 0 { "-" } else { "" };
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// About how wide a text is, rather too wide than too narrow.
pub(crate) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().count() as f64 * size * 0.6
}

/// The text in lines of at most so many characters, the last one shortened when there would be more than `lines`.
pub(crate) fn wrapped(text: &str, most: usize, lines: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        match all.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => all.push(word.to_owned()),
        }
    }
    let is_cut = all.len() > lines;
    all.truncate(lines);
    for line in &mut all {
        *line = crate::markup::shortened(line, most);
    }
    if is_cut && let Some(last) = all.last_mut() {
        *last = crate::markup::shortened(&format!("{last} …"), most);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_at_most_one_decimal() {
        assert_eq!([shown(1.0), shown(-0.05), shown(12.34), shown(-3.96)], ["1", "-0.1", "12.3", "-4"]);
        assert_eq!(shown(0.0), "0");
    }

    #[test]
    fn labels_are_broken_between_words() {
        assert_eq!(wrapped("Gminy wiejskie i miejskie", 15, 3), ["Gminy wiejskie", "i miejskie"]);
        assert_eq!(wrapped("a b c d e f", 3, 2), ["a b", "c …"]);
        assert_eq!(wrapped("niedopowiedzenie", 8, 2), ["niedopo…"]);
        assert_eq!(wrapped("", 8, 2), [""; 0]);
    }
}
