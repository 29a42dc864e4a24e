//! The uploaded table as this module sees it.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// What stands in a cell of the upload.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text as it stands, with its spaces.
    Text(String),
    /// A number.
    Number(f64),
    /// Truth or falsehood.
    Bool(bool),
    /// An error value such as `#N/A`.
    Error(String),
}

/// One record of the upload.
#[derive(Debug, Clone, PartialEq)]
pub struct RawRow {
    /// The physical line on which the record starts, counted from 1.
    pub line: u32,
    /// The cells from the first column on.
    pub cells: Vec<Cell>,
}

impl Cell {
    /// The content as text; a whole number without a fraction part.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Bool(true) => Cow::Borrowed("PRAWDA"),
            Self::Bool(false) => Cow::Borrowed("FAŁSZ"),
        }
    }

    /// Whether a person sees nothing in the cell, or only a dash.
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| c.is_whitespace() || is_invisible(c) || is_dash(c)),
            Self::Number(_) | Self::Bool(_) | Self::Error(_) => false,
        }
    }

    /// Whether there is a number and nothing else, as a number or as text.
    pub(super) fn is_numeric(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Text(text) => {
                let text = text.trim();
                !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
            }
            Self::Empty | Self::Bool(_) | Self::Error(_) => false,
        }
    }
}

impl RawRow {
    /// The cell of a column; beyond the last one there is nothing.
    pub(crate) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Whether nothing can be seen in the row.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// The different texts of the row in order; a merged range counts once.
    pub(crate) fn distinct(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let filled = self.cells.iter().filter(|cell| !cell.is_blank());
        filled.map(|cell| cell.text().trim().to_owned()).filter(|text| seen.insert(text.clone())).collect()
    }
}

/// The text in a formula that does nothing but hold it: `="1403042"` or `=HYPERLINK("mailto:a@b.example";"a@b.example")`.
pub(super) fn held_by_formula(text: &str) -> Option<String> {
    let formula = text.trim().strip_prefix('=')?.trim();
    let link = formula.get(..10).is_some_and(|head| head.eq_ignore_ascii_case("HYPERLINK("));
    let quoted = if link { &formula[10..] } else { formula };
    let inner = quoted.trim_start().strip_prefix('"')?;
    let (held, rest) = inner.split_once('"')?;
    let plain = rest.trim().is_empty() && !link;
    (plain || link).then(|| held.to_owned())
}

/// Whether the text is a formula that would have to be computed.
pub(super) fn is_uncomputed(text: &str) -> bool {
    text.trim_start().starts_with('=') && held_by_formula(text).is_none()
}

/// Characters that take no room on the screen.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Hyphens and dashes.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_that_only_holds_a_text_gives_it_up() {
        assert_eq!(held_by_formula("=\"1403042\"").as_deref(), Some("1403042"));
        let link = "=HYPERLINK(\"mailto:ug@promna.example\";\"ug@promna.example\")";
        assert_eq!(held_by_formula(link).as_deref(), Some("mailto:ug@promna.example"));
        for text in ["=2+3", "1403042", "=\"14\"&\"03042\"", "=", "=\"", "=ęęęęęęęęęę(\"x\")"] {
            assert_eq!(held_by_formula(text), None, "{text}");
        }
    }
}
