//! Sentences of the report: `{x}`, `{x:0%}`, `{x|one|few|many}`.

use std::ops::Range;

use crate::answers::is_name;

/// A checked sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The sentence as written.
    pub source: String,
    /// Its pieces in order.
    pub pieces: Vec<Piece>,
    /// Bytes of the sentence that each piece stands in, in the same order.
    pub spans: Vec<Range<usize>>,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// `{x}`: the value of a measure.
    Value(String),
    /// `{x:0%}`: the share of a measure; zeros after a point or comma (`{x:0,0%}`) ask for decimal places.
    Share {
        /// Name of the measure.
        measure: String,
        /// Decimal places of the percentage.
        places: u8,
    },
    /// `{x|podmiot|podmioty|podmiotów}`: the plural form for the value.
    Plural {
        /// Name of the measure.
        measure: String,
        /// Form for 1.
        one: String,
        /// Form for 2 to 4, but not 12 to 14.
        few: String,
        /// Form for everything else.
        many: String,
    },
}

impl Piece {
    /// Name of the measure that it prints.
    #[must_use]
    pub fn measure(&self) -> Option<&str> {
        match self {
            Self::Words(_) => None,
            Self::Value(measure) | Self::Share { measure, .. } | Self::Plural { measure, .. } => {
                Some(measure)
            }
        }
    }

    fn parse(inside: &str) -> Option<Self> {
        if let Some((name, forms)) = inside.split_once('|') {
            let forms: Vec<&str> = forms.split('|').collect();
            let [one, few, many] = forms.as_slice() else {
                return None;
            };
            let [one, few, many] = [one, few, many].map(|form| (*form).to_owned());
            return is_name(name).then(|| Self::Plural { measure: name.to_owned(), one, few, many });
        }
        if let Some((name, format)) = inside.split_once(':') {
            let places = places(format)?;
            return is_name(name).then(|| Self::Share { measure: name.to_owned(), places });
        }
        is_name(inside).then(|| Self::Value(inside.to_owned()))
    }
}

/// Decimal places of `0%`, `0,0%`, `0.00%`.
fn places(format: &str) -> Option<u8> {
    let zeros = format.strip_suffix('%')?.strip_prefix('0')?;
    if zeros.is_empty() {
        return Some(0);
    }
    let zeros = zeros.strip_prefix([',', '.'])?;
    let all = !zeros.is_empty() && zeros.len() <= 6 && zeros.chars().all(|c| c == '0');
    all.then_some(()).and_then(|()| u8::try_from(zeros.len()).ok())
}

impl Template {
    /// Reads a sentence. What cannot be read stays as words, and its bytes are returned beside.
    #[must_use]
    pub fn parse(source: &str) -> (Self, Vec<Range<usize>>) {
        let mut template = Self { source: source.to_owned(), pieces: Vec::new(), spans: Vec::new() };
        let mut troubles = Vec::new();
        let mut end = 0;
        while let Some(start) = source[end..].find(['{', '}']).map(|start| end + start) {
            template.words(end..start);
            end = source[start..].find('}').map_or(source.len(), |close| start + close + 1);
            let inside = source[start..end].strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            match inside.and_then(Piece::parse) {
                Some(piece) => template.push(piece, start..end),
                None => {
                    template.words(start..end);
                    troubles.push(start..end);
                }
            }
        }
        template.words(end..source.len());
        (template, troubles)
    }

    /// Names of the measures in the sentence, as often as they stand there.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(Piece::measure)
    }

    fn words(&mut self, span: Range<usize>) {
        if !span.is_empty() {
            self.push(Piece::Words(self.source[span.clone()].to_owned()), span);
        }
    }

    fn push(&mut self, piece: Piece, span: Range<usize>) {
        self.pieces.push(piece);
        self.spans.push(span);
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Template};

    #[test]
    fn a_sentence_falls_into_words_values_shares_and_plural_forms() {
        let (template, troubles) = Template::parse("w {a:0%} ({b} {b|podmiot|podmioty|podmiotów}), {a:0,0%}");
        assert!(troubles.is_empty());
        assert_eq!(template.measures().collect::<Vec<_>>(), ["a", "b", "b", "a"]);
        assert_eq!(template.pieces[1], Piece::Share { measure: "a".into(), places: 0 });
        assert_eq!(template.pieces[7], Piece::Share { measure: "a".into(), places: 1 });
    }

    #[test]
    fn what_is_no_placeholder_is_told_with_its_bytes() {
        let text = "x {a|b} y } z {ą} {a";
        let (_, troubles) = Template::parse(text);
        let parts: Vec<&str> = troubles.into_iter().map(|span| &text[span]).collect();
        assert_eq!(parts, ["{a|b}", "}", "{ą}", "{a"]);
    }
}
