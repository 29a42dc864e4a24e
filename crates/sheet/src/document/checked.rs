//! What must hold in a document before it is written.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Document, EDITION_KEY, HASH_KEY, Inline, Mistake, Number, Row, Table, Target};

/// Where a caption stands in the count of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// „Tabela” or „Rysunek”.
    pub(crate) word: &'static str,
    /// Counted from 1.
    pub(crate) number: usize,
}

impl Label {
    /// „Tabela 3”, with a no-break space.
    pub(crate) fn text(&self) -> String {
        format!("{}\u{A0}{}", self.word, self.number)
    }
}

/// The word before the number of a table.
pub(crate) const TABLE: &str = "Tabela";
/// The word before the number of a figure.
pub(crate) const FIGURE: &str = "Rysunek";

impl Document {
    /// Everything that is wrong with the document; what is empty can be written.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut found = Vec::new();
        let mut ids = BTreeSet::new();
        for id in self.ids() {
            if !ids.insert(id) {
                found.push(Mistake::TwoIds(id.to_owned()));
            }
        }
        let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
        let labels = self.labels();
        self.each_inline(&mut |inline| match inline {
            Inline::Link { to: Target::Id(id), .. } if !ids.contains(id.as_str()) => {
                found.push(Mistake::NoSuchId(id.clone()));
            }
            Inline::Reference(id) if !labels.contains_key(id) => found.push(Mistake::NoSuchId(id.clone())),
            Inline::Number(number) => {
                if !is_key(&number.key) {
                    found.push(Mistake::BadKey(number.key.clone()));
                }
                let one = *texts.entry(&number.key).or_insert(&number.text);
                if one != number.text {
                    let (key, one, other) = (number.key.clone(), one.to_owned(), number.text.clone());
                    found.push(Mistake::TwoTexts { key, one, other });
                }
            }
            _ => {}
        });
        for block in &self.blocks {
            if let Block::Table(table) = block {
                found.extend(ragged(table));
            }
        }
        found
    }

    /// The bound numbers by key, those of the properties among them. Of two texts under one key the first is taken.
    pub fn numbers(&self) -> BTreeMap<String, Number> {
        let mut numbers = BTreeMap::new();
        for number in self.own_numbers() {
            numbers.insert(number.key.clone(), number);
        }
        self.each_inline(&mut |inline| {
            if let Inline::Number(number) = inline {
                numbers.entry(number.key.clone()).or_insert_with(|| number.clone());
            }
        });
        numbers
    }

    /// Edition and hash as bound numbers.
    pub(crate) fn own_numbers(&self) -> [Number; 2] {
        let own = |key: &str, text: &str, title: &str| Number {
            key: key.to_owned(),
            text: text.to_owned(),
            title: title.to_owned(),
        };
        [
            own(EDITION_KEY, &self.properties.edition, "Edycja"),
            own(HASH_KEY, &self.properties.hash, "Skrót liczb"),
        ]
    }

    /// The labels of tables and figures that bear an id.
    pub(crate) fn labels(&self) -> BTreeMap<String, Label> {
        let (mut tables, mut figures) = (0, 0);
        let mut labels = BTreeMap::new();
        for block in &self.blocks {
            let (id, word, count) = match block {
                Block::Table(table) => (&table.id, TABLE, &mut tables),
                Block::Figure(figure) => (&figure.id, FIGURE, &mut figures),
                _ => continue,
            };
            *count += 1;
            if let Some(id) = id {
                labels.entry(id.clone()).or_insert(Label { word, number: *count });
            }
        }
        labels
    }

    /// All figures.
    pub fn pictures(&self) -> impl Iterator<Item = &super::Figure> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }

    fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for block in &self.blocks {
            let id = match block {
                Block::Heading(heading) => &heading.id,
                Block::Table(table) => &table.id,
                Block::Figure(figure) => &figure.id,
                _ => &None,
            };
            ids.extend(id.as_deref());
        }
        self.each_inline(&mut |inline| {
            if let Inline::Place(id) = inline {
                ids.push(id);
            }
        });
        ids
    }

    /// Calls `visit` with every part of every paragraph, outer ones first, footnotes where they are called.
    pub(crate) fn each_inline<'a>(&'a self, visit: &mut impl FnMut(&'a Inline)) {
        for block in &self.blocks {
            match block {
                Block::Heading(heading) => each_of(&heading.text, visit),
                Block::Paragraph(content) | Block::Note(content) => each_of(content, visit),
                Block::List { items, .. } => items.iter().for_each(|item| each_of(item, visit)),
                Block::Table(table) => {
                    each_of(&table.caption, visit);
                    let cells = table.header.iter().chain(&table.rows).flat_map(|row| &row.cells);
                    cells.flat_map(|cell| &cell.paragraphs).for_each(|content| each_of(content, visit));
                    table.notes.iter().for_each(|note| each_of(note, visit));
                }
                Block::Figure(figure) => {
                    each_of(&figure.caption, visit);
                    figure.notes.iter().for_each(|note| each_of(note, visit));
                }
                Block::PageBreak | Block::Section(_) | Block::Contents(_) => {}
            }
        }
    }
}

fn each_of<'a>(content: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in content {
        each(inline, visit);
    }
}

fn each<'a, F: FnMut(&'a Inline)>(inline: &'a Inline, visit: &mut F) {
    visit(inline);
    match inline {
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { content: inner, .. } => {
            inner.iter().for_each(|inline| each(inline, visit));
        }
        Inline::Footnote(paragraphs) => {
            paragraphs.iter().flatten().for_each(|inline| each(inline, visit));
        }
        Inline::Text(_) | Inline::Place(_) | Inline::Reference(_) | Inline::Number(_) => {}
    }
}

/// The text of a paragraph without its marks; footnotes left out.
pub(crate) fn plain(content: &[Inline], labels: &BTreeMap<String, Label>) -> String {
    content.iter().map(|inline| plain_one(inline, labels)).collect()
}

fn plain_one(inline: &Inline, labels: &BTreeMap<String, Label>) -> String {
    match inline {
        Inline::Text(text) => text.clone(),
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { content: inner, .. } => {
            plain(inner, labels)
        }
        Inline::Number(number) => number.text.clone(),
        Inline::Reference(id) => labels.get(id).map(Label::text).unwrap_or_default(),
        Inline::Place(_) | Inline::Footnote(_) => String::new(),
    }
}

/// Keys stand inside quoted paths of the binding, where nothing can be escaped.
pub(crate) fn is_key(key: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "'\"<>&".contains(c);
    !key.is_empty() && !key.contains(bad)
}

/// For each row, the place of its cells: the first column of each, and which columns are covered from above.
pub(crate) fn places(rows: &[Row], columns: usize) -> Vec<Vec<usize>> {
    let mut covered = vec![0_u16; columns];
    let mut places = Vec::with_capacity(rows.len());
    for row in rows {
        let mut firsts = Vec::with_capacity(row.cells.len());
        let mut column = 0;
        let mut next = covered.iter().map(|left| left.saturating_sub(1)).collect::<Vec<_>>();
        for cell in &row.cells {
            while column < columns && covered[column] > 0 {
                column += 1;
            }
            firsts.push(column);
            let end = column + usize::from(cell.columns.max(1));
            let last = end.min(columns);
            next[column.min(last)..last].fill(cell.rows.max(1) - 1);
            column = end;
        }
        covered = next;
        places.push(firsts);
    }
    places
}

fn ragged(table: &Table) -> Vec<Mistake> {
    let columns = table.columns.len();
    let mut found = Vec::new();
    let mut row_number = 0;
    for rows in [&table.header, &table.rows] {
        let mut covered = vec![0_u16; columns];
        for (row, firsts) in rows.iter().zip(places(rows, columns)) {
            row_number += 1;
            let spans: usize = row.cells.iter().map(|cell| usize::from(cell.columns.max(1))).sum();
            let from_above = covered.iter().filter(|left| **left > 0).count();
            let overlaps = row.cells.iter().zip(&firsts).any(|(cell, first)| {
                (*first..first + usize::from(cell.columns.max(1)))
                    .any(|place| covered.get(place).is_none_or(|left| *left > 0))
            });
            if spans + from_above != columns || overlaps {
                found.push(Mistake::Ragged {
                    caption: plain(&table.caption, &BTreeMap::new()),
                    row: row_number,
                    filled: spans + from_above,
                    columns,
                });
            }
            covered.iter_mut().for_each(|left| *left = left.saturating_sub(1));
            for (cell, first) in row.cells.iter().zip(firsts) {
                let end = (first + usize::from(cell.columns.max(1))).min(columns);
                covered[first.min(end)..end].fill(cell.rows.max(1) - 1);
            }
        }
    }
    found
}
