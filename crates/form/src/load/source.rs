//! Places in the text of a questionnaire.

use std::ops::Range;

/// Bytes of the source.
pub(super) type Span = Range<usize>;

/// The text with its lines.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Source<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(place, _)| place + 1);
        Self { file, text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub(super) fn at(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= byte) - 1;
        let before = self.text.get(self.starts[line]..byte).unwrap_or_default();
        (line + 1, before.chars().count() + 1)
    }

    /// Column after the span, on the line where it starts.
    pub(super) fn end_col(&self, span: &Span) -> usize {
        let (line, col) = self.at(span.start);
        let (end_line, end_col) = self.at(span.end);
        if end_line == line {
            return end_col.max(col + 1);
        }
        let rest = self.text[span.start..].lines().next().unwrap_or_default();
        col + rest.chars().count().max(1)
    }

    /// The bytes of the source that hold a part of a text: `literal` is the place of the whole value, quotes
    /// included, `part` a range of bytes in the text that it stands for.
    pub(super) fn inside(&self, literal: &Span, part: &Range<usize>) -> Span {
        let Some(raw) = self.text.get(literal.clone()) else {
            return literal.clone();
        };
        let map = Decoded::of(raw);
        literal.start + map.raw(part.start)..literal.start + map.raw(part.end).max(map.raw(part.start) + 1)
    }
}

/// Which byte of a literal each byte of its text comes from.
struct Decoded {
    /// (byte of the text, byte of the literal), rising.
    steps: Vec<(usize, usize)>,
}

impl Decoded {
    fn of(raw: &str) -> Self {
        let long = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let quote = if long { 3 } else { usize::from(raw.starts_with(['"', '\''])) };
        let escapes = raw.starts_with('"');
        let first = raw[quote..]
            .strip_prefix("\r\n")
            .map_or_else(|| usize::from(raw[quote..].starts_with('\n')), |_| 2);
        let start = if long { quote + first } else { quote };
        let end = raw.len().saturating_sub(quote).max(start);
        let mut steps = Vec::new();
        let (mut text, mut place) = (0, start);
        while place < end {
            steps.push((text, place));
            let (read, made) = step(&raw[place..end], escapes);
            place += read;
            text += made;
        }
        steps.push((text, end));
        Self { steps }
    }

    fn raw(&self, byte: usize) -> usize {
        let place = self.steps.partition_point(|(text, _)| *text <= byte);
        self.steps[place.saturating_sub(1)].1
    }
}

/// Bytes read from a literal and bytes of text they make.
fn step(rest: &str, escapes: bool) -> (usize, usize) {
    let mut chars = rest.chars();
    let first = chars.next().map_or(1, char::len_utf8);
    if !escapes || !rest.starts_with('\\') {
        return (first, first);
    }
    let hex = |digits: usize| {
        let made = rest
            .get(2..2 + digits)
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .and_then(char::from_u32);
        (2 + digits, made.map_or(1, char::len_utf8))
    };
    match chars.next() {
        Some('x') => hex(2),
        Some('u') => hex(4),
        Some('U') => hex(8),
        Some(' ' | '\t' | '\r' | '\n') => {
            let kept = rest[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            (rest.len() - kept.len(), 0)
        }
        Some(other) => (1 + other.len_utf8(), 1),
        None => (1, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    fn part_of(text: &str, part: &str, decoded: &str) -> String {
        let source = Source::new("f.toml", text);
        let start = decoded.find(part).unwrap();
        let literal = text.find(['"', '\'']).unwrap()..text.len();
        text[source.inside(&literal, &(start..start + part.len()))].to_owned()
    }

    #[test]
    fn a_part_of_a_literal_string_is_found_where_it_stands() {
        assert_eq!(part_of("a = '${żółw} = tak'", "tak", "${żółw} = tak"), "tak");
    }

    #[test]
    fn escapes_before_a_part_move_it() {
        assert_eq!(part_of(r#"a = "x = \"\u0105\" + słowo""#, "słowo", "x = \"ą\" + słowo"), "słowo");
    }

    #[test]
    fn a_multi_line_string_loses_its_first_line_break_and_continued_lines() {
        assert_eq!(part_of("a = \"\"\"\none \\\n   two\"\"\"", "two", "one two"), "two");
    }

    #[test]
    fn columns_count_characters() {
        let source = Source::new("f.toml", "a = 1\nżółw = 2");
        assert_eq!(source.at("a = 1\nżółw".len()), (2, 5));
    }
}
