//! Tables.

use crate::document::{Align, Cell, Label, Row, TABLE, Table};
use crate::markup::{attribute, printable, shortened};

use super::writer::Writer;

/// One place of a row in the markup: a cell, or what a cell above covers.
enum Slot<'a> {
    Cell(&'a Cell),
    Covered,
}

/// A slot with its first column and how many it fills.
struct Filled<'a> {
    slot: Slot<'a>,
    first: usize,
    span: usize,
}

/// What stands in a cell.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Header,
    Value,
}

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, table: &'a Table) {
        self.tables += 1;
        let label = Label { word: TABLE, number: self.tables };
        self.caption(&label, table.id.as_deref(), &table.caption);
        let widths = widths(table, self.pages.text_size(self.orientation).0);
        self.start_table(table, &widths);
        for row in slots(&table.header, table.columns.len()) {
            self.row(table, &widths, row, Role::Header);
        }
        for row in slots(&table.rows, table.columns.len()) {
            self.row(table, &widths, row, Role::Value);
        }
        self.push("</w:tbl>");
        self.needs_distance = true;
        for note in &table.notes {
            self.note(note);
        }
    }

    fn start_table(&mut self, table: &Table, widths: &[u32]) {
        let total: u32 = widths.iter().sum();
        let style = self.styles.id("TableGrid").to_owned();
        let (row, column) = (u8::from(!table.header.is_empty()), u8::from(table.header_column));
        let title = crate::document::plain(&table.caption, &self.labels);
        let text = |text: &str| attribute(&shortened(&printable(text), 2000));
        self.push(&format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"{style}\"/><w:tblW w:w=\"{total}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0{}{}0\" w:firstRow=\"{row}\" w:lastRow=\"0\" \
             w:firstColumn=\"{column}\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
             <w:tblCaption w:val=\"{}\"/><w:tblDescription w:val=\"{}\"/></w:tblPr><w:tblGrid>",
            6,
            match (row, column) {
                (0, 0) => '0',
                (1, 0) => '2',
                (0, _) => '8',
                _ => 'A',
            },
            text(&title),
            text(&table.description),
        ));
        for width in widths {
            self.push(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.push("</w:tblGrid>");
    }

    fn row(&mut self, table: &Table, widths: &[u32], row: Vec<Filled<'a>>, role: Role) {
        let repeated = if role == Role::Header { "<w:tblHeader/>" } else { "" };
        self.push(&format!("<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>"));
        for filled in row {
            let width: u32 = widths.iter().skip(filled.first).take(filled.span).sum();
            self.push(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>"));
            if filled.span > 1 {
                self.push(&format!("<w:gridSpan w:val=\"{}\"/>", filled.span));
            }
            match filled.slot {
                Slot::Cell(cell) if cell.rows > 1 => self.push("<w:vMerge w:val=\"restart\"/>"),
                Slot::Cell(_) => {}
                Slot::Covered => self.push("<w:vMerge/>"),
            }
            if role == Role::Header {
                self.push(
                    "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF2F6\"/><w:vAlign w:val=\"bottom\"/>",
                );
            }
            self.push("</w:tcPr>");
            let own = table.columns.get(filled.first).map_or(Align::Start, |column| column.align);
            let align = match (filled.span, role) {
                (1, _) => own,
                (_, Role::Header) => Align::Centre,
                (_, Role::Value) => Align::Start,
            };
            self.cell(&filled.slot, role, align);
            self.push("</w:tc>");
        }
        self.push("</w:tr>");
    }

    fn cell(&mut self, slot: &Slot<'a>, role: Role, align: Align) {
        let style =
            self.styles.id(if role == Role::Header { "NaglowekTabeli" } else { "TekstTabeli" }).to_owned();
        let align = match align {
            Align::Start => "",
            Align::Centre => "<w:jc w:val=\"center\"/>",
            Align::End => "<w:jc w:val=\"right\"/>",
        };
        self.needs_distance = false;
        let paragraphs: &[_] = match slot {
            Slot::Cell(cell) => &cell.paragraphs,
            Slot::Covered => &[],
        };
        for paragraph in paragraphs {
            self.start_paragraph(Some(&style), align);
            self.inlines(paragraph);
            self.push("</w:p>");
        }
        if paragraphs.is_empty() {
            self.start_paragraph(Some(&style), align);
            self.push("</w:p>");
        }
    }
}

/// The columns share the width of the text as the table says, but none is too narrow for the words of its header.
fn widths(table: &Table, text: u32) -> Vec<u32> {
    let fair = text / u32::try_from(table.columns.len().max(1)).unwrap_or(u32::MAX).max(1);
    let least: Vec<u32> = header_words(table).into_iter().map(|word| word_width(word).min(fair)).collect();
    let shares: Vec<u64> = table.columns.iter().map(|column| u64::from(column.width.max(1))).collect();
    let mut fixed = vec![false; shares.len()];
    loop {
        let taken: u32 = least.iter().zip(&fixed).filter(|(_, fixed)| **fixed).map(|(least, _)| *least).sum();
        let total: u64 =
            shares.iter().zip(&fixed).filter(|(_, fixed)| !**fixed).map(|(share, _)| *share).sum();
        let free = u64::from(text.saturating_sub(taken));
        let width = |place: usize| match fixed[place] {
            true => least[place],
            false => u32::try_from(free * shares[place] / total.max(1)).unwrap_or(text),
        };
        let widths: Vec<u32> = (0..shares.len()).map(width).collect();
        let narrow: Vec<usize> =
            (0..shares.len()).filter(|at| !fixed[*at] && widths[*at] < least[*at]).collect();
        if narrow.is_empty() {
            return widths.into_iter().map(|width| width.max(1)).collect();
        }
        narrow.into_iter().for_each(|place| fixed[place] = true);
    }
}

/// For each column the characters of the longest word in a header cell of its own.
fn header_words(table: &Table) -> Vec<usize> {
    let mut longest = vec![0; table.columns.len()];
    for row in slots(&table.header, table.columns.len()) {
        for filled in row.into_iter().filter(|filled| filled.span == 1) {
            let Slot::Cell(cell) = filled.slot else { continue };
            let texts =
                cell.paragraphs.iter().map(|content| crate::document::plain(content, &Default::default()));
            let words = texts.flat_map(|text| text.split_whitespace().map(|word| word.chars().count()).max());
            longest[filled.first] = longest[filled.first].max(words.max().unwrap_or(0));
        }
    }
    longest
}

/// Twentieths of a point that a word of a header takes with the margins of its cell, rather too many.
fn word_width(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(u32::MAX).saturating_mul(125).saturating_add(230)
}

/// The places of every row, with those that cells above cover.
fn slots(rows: &[Row], columns: usize) -> Vec<Vec<Filled<'_>>> {
    // For each column: rows still covered, the first column of the covering cell and its span.
    let mut covered = vec![(0_u16, 0_usize, 0_usize); columns];
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let mut filled = Vec::new();
        let mut cells = row.cells.iter();
        let mut column = 0;
        while column < columns {
            let (left, first, span) = covered[column];
            if left > 0 {
                filled.push(Filled { slot: Slot::Covered, first, span });
                covered[column..column + span].iter_mut().for_each(|place| place.0 -= 1);
                column += span;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let span = usize::from(cell.columns.max(1)).min(columns - column);
            covered[column..column + span].fill((cell.rows.max(1) - 1, column, span));
            filled.push(Filled { slot: Slot::Cell(cell), first: column, span });
            column += span;
        }
        all.push(filled);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Column;

    #[test]
    fn columns_share_the_width_but_headers_keep_their_words_whole() {
        let column = |width| Column { width, align: Align::Start };
        let header =
            |words: &[&str]| vec![Row { cells: words.iter().map(|word| Cell::text(*word)).collect() }];
        let mut table = Table { columns: vec![column(8), column(1), column(1)], ..Table::default() };
        assert_eq!(widths(&table, 9000), [7200, 900, 900]);
        table.header = header(&["Liczba", "Podstawa", "n"]);
        let wide = widths(&table, 9000);
        assert_eq!(wide[1], word_width(8));
        assert!(wide[2] < 900 && wide.iter().sum::<u32>() <= 9000);
        table.header = header(&["Liczba", "Niedopowiedzenie", "Nieprzyporządkowane"]);
        assert!(widths(&table, 3000).iter().sum::<u32>() <= 3000, "never wider than the text");
    }
}
