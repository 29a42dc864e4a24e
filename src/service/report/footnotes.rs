//! Ends of paragraphs: one footnote for all of its notes, before the full stop, and never two full stops. A mark right
//! behind a digit would read as another number, so it stands apart from one.
//!
//! Bound numbers get other texts when a document is refreshed, and nothing around them changes then. So what stands around
//! them does not depend on what they say: the full stop behind one stays, and a mark stands apart from every one.

use sheet::document::{Block, Inline};

/// A narrow space at which no line breaks.
const APART: &str = "\u{202F}";
/// Abbreviations whose full stop ends the sentence too, so the mark stands behind it.
const SHORT: [&str; 5] = ["r.", "b.d.", "pkt.", "itp.", "itd."];

/// Gathers the footnotes of every paragraph and ends it well.
pub(super) fn settle(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Note(content) => end(content),
            Block::List { items, .. } => items.iter_mut().for_each(end),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.paragraphs).for_each(end);
            }
            _ => {}
        }
    }
}

fn end(content: &mut Vec<Inline>) {
    let notes = gather(content);
    one_stop(content);
    if !notes.is_empty() {
        mark(content, notes);
    }
}

/// Takes the notes out of a paragraph, each once.
fn gather(content: &mut Vec<Inline>) -> Vec<Vec<Inline>> {
    let mut notes: Vec<Vec<Inline>> = Vec::new();
    content.retain(|inline| match inline {
        Inline::Footnote(paragraphs) => {
            for paragraph in paragraphs {
                if !notes.contains(paragraph) {
                    notes.push(paragraph.clone());
                }
            }
            false
        }
        _ => true,
    });
    notes
}

/// Drops the full stop of words that end in one already: „do 2026 r.”.
fn one_stop(content: &mut Vec<Inline>) {
    let mut ended = false;
    for inline in content.iter_mut() {
        match inline {
            Inline::Text(text) => {
                if ended && text.starts_with('.') {
                    text.remove(0);
                }
                if !text.is_empty() {
                    ended = text.ends_with('.');
                }
            }
            Inline::Number(_) => ended = false,
            _ => {}
        }
    }
    content.retain(|inline| *inline != Inline::Text(String::new()));
}

/// Whether a mark behind this part could be read as a part of a number.
fn is_number(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.ends_with(|c: char| c.is_ascii_digit() || c == '%'),
        Inline::Number(_) => true,
        _ => false,
    }
}

fn mark(content: &mut Vec<Inline>, notes: Vec<Vec<Inline>>) {
    let is_short = |text: &str| {
        let word = text.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        SHORT.contains(&word)
    };
    let mut stop = false;
    if let Some(Inline::Text(text)) = content.last_mut()
        && text.ends_with('.')
        && !is_short(text)
    {
        text.pop();
        stop = true;
    }
    content.retain(|inline| *inline != Inline::Text(String::new()));
    if content.last().is_some_and(is_number) {
        content.push(Inline::text(APART));
    }
    content.push(Inline::Footnote(notes));
    if stop {
        content.push(Inline::text("."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Inline {
        Inline::Footnote(vec![vec![Inline::text(text)]])
    }

    fn settled(content: Vec<Inline>) -> Vec<Inline> {
        let mut blocks = vec![Block::Paragraph(content)];
        settle(&mut blocks);
        match blocks.remove(0) {
            Block::Paragraph(content) => content,
            other => panic!("{other:?}"),
        }
    }

    fn number(text: &str) -> Inline {
        let number = sheet::document::Number { key: "k".into(), text: text.into(), title: String::new() };
        Inline::Number(number)
    }

    #[test]
    fn marks_stand_before_the_full_stop_of_the_paragraph_and_each_note_once() {
        let written = vec![
            Inline::text("Było 210"),
            note("k"),
            Inline::text(" i wiele"),
            note("k"),
            note("M"),
            Inline::text("."),
        ];
        let both = Inline::Footnote(vec![vec![Inline::text("k")], vec![Inline::text("M")]]);
        let [first, second, stop] = ["Było 210", " i wiele", "."].map(Inline::text);
        assert_eq!(settled(written), [first, second, both, stop]);
    }

    #[test]
    fn a_mark_stands_apart_from_a_digit_and_behind_an_abbreviation() {
        let of_number = settled(vec![number("92%"), note("k"), Inline::text(".")]);
        assert_eq!(of_number, [number("92%"), Inline::text(APART), note("k"), Inline::text(".")]);
        let of_year = settled(vec![Inline::text("Było w 2024 r."), note("k")]);
        assert_eq!(of_year, [Inline::text("Było w 2024 r."), note("k")]);
    }

    #[test]
    fn what_stands_behind_a_bound_number_does_not_depend_on_what_it_says() {
        let around = |text: &str| {
            let written = vec![Inline::text("Było "), number(text), note("k"), Inline::text(".")];
            settled(written)
                .into_iter()
                .filter(|inline| !matches!(inline, Inline::Number(_)))
                .collect::<Vec<_>>()
        };
        let expected = [Inline::text("Było "), Inline::text(APART), note("k"), Inline::text(".")];
        for text in ["35", "92%", "brak danych", "–"] {
            assert_eq!(around(text), expected, "{text}");
        }
    }

    #[test]
    fn no_sentence_ends_twice() {
        assert_eq!(settled(vec![number("7"), Inline::text(".")]), [number("7"), Inline::text(".")]);
        let dated = vec![Inline::text("do 2026 r."), Inline::text("."), note("k")];
        assert_eq!(settled(dated), [Inline::text("do 2026 r."), note("k")]);
    }
}
