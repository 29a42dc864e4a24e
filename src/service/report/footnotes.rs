//! Footnotes of a paragraph as one, at its end: a mark behind a digit would read as another number.

use sheet::document::{Block, Inline};

/// Gathers the footnotes of every paragraph.
pub(super) fn settle(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(content) | Block::Note(content) => gather(content),
            Block::List { items, .. } => items.iter_mut().for_each(gather),
            Block::Table(table) => {
                let cells = table.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.flat_map(|cell| &mut cell.paragraphs).for_each(gather);
            }
            _ => {}
        }
    }
}

fn gather(content: &mut Vec<Inline>) {
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
    if !notes.is_empty() {
        content.push(Inline::Footnote(notes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Inline {
        Inline::Footnote(vec![vec![Inline::text(text)]])
    }

    #[test]
    fn marks_stand_at_the_end_of_the_paragraph_and_each_note_once() {
        let mut blocks = vec![Block::Paragraph(vec![
            Inline::text("Było 210"),
            note("k"),
            Inline::text(" i 28"),
            note("k"),
            note("M"),
            Inline::text("."),
        ])];
        settle(&mut blocks);
        let both = Inline::Footnote(vec![vec![Inline::text("k")], vec![Inline::text("M")]]);
        let words = ["Było 210", " i 28", "."].map(Inline::text);
        assert_eq!(blocks, [Block::Paragraph(words.into_iter().chain([both]).collect())]);
    }
}
