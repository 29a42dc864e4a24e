//! Lists of headings, tables and figures: fields with their entries already in place, computed anew by Word.

use crate::document::{Block, Contents, FIGURE, Orientation, TABLE, plain};

use super::writer::{Writer, control_id, entry_name, field};

/// Stands inside of the field, so that it goes away with the first computation of the list.
const HINT: &str = "Numery stron wstawia program, w którym otwarto dokument. Word robi to sam albo po kliknięciu spisu \
                    i naciśnięciu F9, LibreOffice po wybraniu Narzędzia – Aktualizuj – Wszystkie indeksy.";

/// An entry: the place it leads to, its level and its text.
struct Entry {
    place: String,
    level: u8,
    text: String,
}

pub(super) fn write(writer: &mut Writer<'_>, contents: &Contents) {
    let (title, instruction, entries) = match contents {
        Contents::Headings { title, levels } => {
            let levels = (*levels).clamp(1, 4);
            (title, format!(" TOC \\o \"1-{levels}\" \\h \\z \\u "), headings(writer, levels))
        }
        Contents::Tables { title } => (title, captions_field(TABLE), captions(writer, TABLE)),
        Contents::Figures { title } => (title, captions_field(FIGURE), captions(writer, FIGURE)),
    };
    let is_main = matches!(contents, Contents::Headings { .. });
    if is_main {
        let id = control_id("spis", &mut writer.ids.controls);
        writer.push(&format!(
            "<w:sdt><w:sdtPr><w:id w:val=\"{id}\"/><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/>\
             <w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"
        ));
    }
    let style = writer.styles.id("TOCHeading").to_owned();
    writer.start_paragraph(Some(&style), "");
    let run = writer.run(title, "");
    writer.push(&format!("{run}</w:p>"));
    list(writer, &instruction, &entries, is_main);
    if is_main {
        writer.push("</w:sdtContent></w:sdt>");
    }
}

fn captions_field(word: &str) -> String {
    format!(" TOC \\h \\z \\c \"{word}\" ")
}

/// The field begins in the paragraph of the hint, or of the first entry, and ends in that of the last entry.
fn list(writer: &mut Writer<'_>, instruction: &str, entries: &[Entry], is_main: bool) {
    let (text_width, _) = writer.pages.text_size(if writer.orientation == Orientation::Landscape {
        Orientation::Landscape
    } else {
        Orientation::Portrait
    });
    let tabs = format!("<w:tabs><w:tab w:val=\"right\" w:leader=\"dot\" w:pos=\"{text_width}\"/></w:tabs>");
    let whole = field(instruction, "\u{0}", true);
    let (start, end) = whole.split_once('\u{0}').expect("the mark was put there");
    if entries.is_empty() {
        writer.push(&format!("<w:p>{start}{end}</w:p>"));
    } else if is_main {
        writer.start_paragraph(None, "");
        writer.push(start);
        let hint = writer.run(HINT, "<w:i/>");
        writer.push(&format!("{hint}</w:p>"));
    }
    for (place, entry) in entries.iter().enumerate() {
        let style =
            if is_main { writer.styles.entry(entry.level) } else { writer.styles.id("TableofFigures") };
        let style = style.to_owned();
        writer.start_paragraph(Some(&style), &tabs);
        if place == 0 && !is_main {
            writer.push(start);
        }
        let text = writer.run(&entry.text.replace(['\n', '\t'], " "), "");
        let page = field(&format!(" PAGEREF {} \\h ", entry.place), "<w:r><w:t>–</w:t></w:r>", true);
        writer.push(&format!(
            "<w:hyperlink w:anchor=\"{}\" w:history=\"1\">{text}<w:r><w:tab/></w:r>{page}</w:hyperlink>",
            entry.place
        ));
        if place + 1 == entries.len() {
            writer.push(end);
        }
        writer.push("</w:p>");
    }
}

fn headings(writer: &Writer<'_>, levels: u8) -> Vec<Entry> {
    let headings = writer.document.blocks.iter().filter_map(|block| match block {
        Block::Heading(heading) => Some(heading),
        _ => None,
    });
    let entries = headings.zip(1..).map(|(heading, number)| Entry {
        place: entry_name(number),
        level: heading.level.clamp(1, 4),
        text: plain(&heading.text, &writer.labels),
    });
    entries.filter(|entry| entry.level <= levels).collect()
}

fn captions(writer: &Writer<'_>, word: &'static str) -> Vec<Entry> {
    let captions = writer.document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) if word == TABLE => Some(&table.caption),
        Block::Figure(figure) if word == FIGURE => Some(&figure.caption),
        _ => None,
    });
    let kind = if word == TABLE { 8 } else { 9 };
    let entries = captions.zip(1..).map(|(caption, number): (_, usize)| Entry {
        place: format!("_Toc{kind}{number:05}"),
        level: 1,
        text: format!("{word}\u{A0}{number}. {}", plain(caption, &writer.labels)),
    });
    entries.collect()
}
