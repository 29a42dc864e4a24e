//! The chapter of the report: everything that is needed is read in one snapshot, the rest is putting blocks together.
//! One file per part of the chapter; `files` turns it into what people take along.

mod actions;
mod annex;
mod bars;
mod cite;
mod codes;
mod definitions;
mod files;
mod fitting;
mod footnotes;
mod indicators;
mod kept;
mod map;
mod material;
mod needs;
mod questionnaires;
mod sector;
mod series;
mod update;
mod words;
mod workbook;

use sheet::document::{Block, Contents, Document, Heading, Inline, Properties};

pub use files::{Bundle, ReportError, Wish};
pub use material::Material;
pub use update::{Changed, Fewer, Mentioned, PictureTold, Refreshed, Told, UpdateError, edition_of};
pub use words::{not_refreshed, refused, unusable};

use cite::Cite;

/// The whole chapter.
#[must_use]
pub fn assemble(material: &Material) -> Document {
    let cite = Cite::new(material);
    let mut blocks = vec![Block::Contents(Contents::Headings { title: "Spis treści".into(), levels: 2 })];
    blocks.extend(opening(material, &cite));
    // The tables of the actions are 2 to 6 whatever is known: exactly one table stands before them.
    let sector = sector::chapter(material, &cite);
    if sector.is_empty() {
        blocks.push(annex::responses_table(material, &cite));
    }
    blocks.extend(sector);
    blocks.extend(indicators::chapter(material, &cite));
    blocks.extend(actions::chapter(material, &cite));
    blocks.extend(needs::chapter(material, &cite));
    blocks.extend(annex::chapter(material, &cite));
    footnotes::settle(&mut blocks);
    Document {
        title: format!("Monitoring programu za {} r. – dane do sprawozdania", material.year()),
        language: "pl-PL".into(),
        properties: Properties {
            organisation: material.programme.programme.owner.clone(),
            subject: material.programme.programme.name.clone(),
            edition: material.name.to_string(),
            hash: material.hash.clone(),
            notice: material.notice(),
            made: Some(material.made.to_utc()),
        },
        blocks,
    }
}

/// What the numbers are and up to when they count.
fn opening(material: &Material, cite: &Cite<'_>) -> Vec<Block> {
    let seq = material.figures.as_of.seq.to_string();
    let mut state = vec![
        Inline::text("Liczby policzono do zdarzenia nr "),
        cite.own("dokument.zdarzenie", "Ostatnie policzone zdarzenie", &seq),
        Inline::text(format!(" edycji {}.", material.name)),
    ];
    if let Some(mark) = &material.state {
        let day = form::polish::date_short(material.zone.date(mark.at));
        state.push(Inline::text(" Są to liczby zamrożone "));
        state.push(cite.own("dokument.stan.dzien", "Dzień zamrożenia", &day));
        state.push(Inline::text(" r. jako stan „"));
        state.push(cite.own("dokument.stan", "Zamrożony stan", &mark.label));
        state.push(Inline::text("”."));
    }
    let mut blocks = vec![
        heading(1, "I. Podstawa", "podstawa"),
        paragraph(format!(
            "Rozdział powstał z ankiet monitorujących programu „{}” oraz z notatnika edycji, w którym są fakty roku i \
             teksty źródeł. Każda liczba w tekście jest powiązana z miejscem, z którego pochodzi; jej definicję i podstawę \
             podaje załącznik.",
            material.programme.programme.name
        )),
        Block::Paragraph(state),
        paragraph(
            "Odświeżenie liczb w dokumencie odświeża też rysunki, których nikt nie zmienił. Wierszy do tabel nie dodaje.",
        ),
    ];
    if !material.is_whole {
        blocks.push(paragraph(
            "Ten stan zamrożono, zanim program zaczął zamrażać cały rozdział razem z liczbami. Teksty, opis zwrotności i \
             uwagi do wskaźników są więc z chwili utworzenia dokumentu.",
        ));
    }
    if let Some(notice) = material.notice() {
        blocks.push(Block::Paragraph(vec![Inline::strong(format!("Uwaga: {notice}."))]));
    }
    blocks
}

/// With a full stop at the end.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn heading(level: u8, text: &str, id: &str) -> Block {
    Block::Heading(Heading { level, id: Some(id.to_owned()), text: vec![Inline::text(text)] })
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(vec![Inline::text(text)])
}
