//! New pictures in documents that people edited.

use std::collections::BTreeMap;

use sheet::document::{Block, Document, Figure, Inline, Properties};
use sheet::docx::{Fate, Updated, update, write};

use crate::sample;
use crate::zipped::{bytes, entries, text, with_bytes};

const BODY: &str = "word/document.xml";
const SVG: &str = "word/media/liczby-rysunek1.svg";
const PNG: &str = "word/media/liczby-rysunek1.png";

fn figure(size: (u32, u32), words: &str) -> Figure {
    let (width, height) = size;
    Figure {
        id: Some("mapa".into()),
        caption: vec![Inline::text("Szkolenia")],
        alternative: format!("Na mapie: {words}"),
        svg: format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><rect width=\"{}\" height=\"9\"/><title>{}</title></svg>",
            words.len(),
            words.replace('&', "i")
        ),
        notes: Vec::new(),
    }
}

fn written() -> Vec<u8> {
    let other = Figure { id: None, svg: figure((40, 40), "godło").svg, ..figure((40, 40), "godło") };
    let document = Document {
        title: "Rozdział".into(),
        language: "pl-PL".into(),
        properties: Properties::default(),
        blocks: vec![Block::Figure(figure((400, 200), "dwa & trzy")), Block::Figure(other)],
    };
    write(&document, None, &sample::numbers(&document)).unwrap()
}

fn redrawn(document: &[u8], figures: &[&Figure]) -> Updated {
    update(document, &BTreeMap::new(), figures).unwrap()
}

fn fate(document: &[u8], figures: &[&Figure]) -> Fate {
    let told = redrawn(document, figures).pictures;
    assert_eq!(told.len(), 1, "the picture without an id is nobody's business");
    assert_eq!((told[0].key.as_str(), told[0].title.as_str()), ("mapa", "Szkolenia"));
    told[0].fate
}

/// A changed body, as somebody's office would write it.
fn edited(change: impl Fn(&str) -> String) -> Vec<u8> {
    let document = written();
    let body = change(&text(&document, BODY));
    assert_ne!(body, text(&document, BODY));
    with_bytes(&document, &[(BODY, body.as_bytes())])
}

#[test]
fn a_picture_that_nobody_touched_is_exchanged_with_its_description_and_nothing_else_is() {
    let document = written();
    let new = figure((400, 200), "cztery");
    let updated = redrawn(&document, &[&new]);
    assert_eq!(updated.pictures[0].fate, Fate::Exchanged);
    assert_eq!(text(&updated.bytes, SVG), new.svg);
    assert_ne!(bytes(&updated.bytes, PNG), bytes(&document, PNG));
    let body = text(&document, BODY);
    assert_eq!(body.matches("Na mapie: dwa &amp; trzy").count(), 2);
    assert_eq!(text(&updated.bytes, BODY), body.replace("Na mapie: dwa &amp; trzy", "Na mapie: cztery"));
    let touched = [BODY, SVG, PNG, "customXml/item1.xml"];
    for (name, content) in entries(&document) {
        assert_eq!(touched.contains(&name.as_str()), bytes(&updated.bytes, &name) != content, "{name}");
    }
    assert_eq!(fate(&updated.bytes, &[&new]), Fate::Same);
    assert_eq!(redrawn(&updated.bytes, &[&new]).bytes, updated.bytes);
    // And back: what was written then is known again.
    assert_eq!(fate(&updated.bytes, &[&figure((400, 200), "dwa & trzy")]), Fate::Exchanged);
}

#[test]
fn a_picture_of_other_proportions_keeps_its_width_and_gets_its_height() {
    let document = written();
    let body = text(&document, BODY);
    let updated = text(&redrawn(&document, &[&figure((400, 300), "cztery")]).bytes, BODY);
    let size = |body: &str, tag: &str| {
        let start = body.find(tag).unwrap() + tag.len();
        let numbers = body[start..].split('"').filter_map(|part| part.parse::<u64>().ok()).take(2);
        numbers.collect::<Vec<_>>()
    };
    for tag in ["<wp:extent ", "<a:ext cx"] {
        let [before, after] = [size(&body, tag), size(&updated, tag)];
        assert_eq!((after[0], after[1] * 2), (before[0], before[1] * 3), "{tag}");
    }
    let tall = text(&redrawn(&document, &[&figure((400, 4000), "cztery")]).bytes, BODY);
    assert_eq!(size(&tall, "<wp:extent "), [720_000, 7_200_000], "no picture is higher than a page");
}

#[test]
fn whatever_people_did_to_a_picture_stays_and_is_told() {
    let document = written();
    let new = figure((400, 200), "cztery");
    let stays = |document: &[u8], figures: &[&Figure], expected: Fate| {
        let updated = redrawn(document, figures);
        assert_eq!(updated.pictures[0].fate, expected);
        assert_eq!(text(&updated.bytes, BODY), text(document, BODY), "{expected:?}");
        assert_eq!(bytes(&updated.bytes, SVG), bytes(document, SVG), "{expected:?}");
    };
    stays(&document, &[], Fate::NoMore);
    stays(&with_bytes(&document, &[(SVG, b"<svg/>"), (PNG, b"\x89PNG other")]), &[&new], Fate::NotFound);
    stays(
        &edited(|body| body.replacen("<w:drawing>", "<w:pict>", 1).replacen("</w:drawing>", "</w:pict>", 1)),
        &[&new],
        Fate::NotFound,
    );
    let deleted = edited(|body| {
        let start = body.find("<w:r><w:drawing>").unwrap();
        let end = start + body[start..].find("</w:r>").unwrap() + 6;
        format!(
            "{}<w:del w:id=\"1\" w:author=\"a\">{}</w:del>{}",
            &body[..start],
            &body[start..end],
            &body[end..]
        )
    });
    stays(&deleted, &[&new], Fate::NotFound);
    stays(
        &edited(|body| body.replacen("<a:stretch>", "<a:srcRect l=\"1200\"/><a:stretch>", 1)),
        &[&new],
        Fate::Cropped,
    );
    stays(&with_bytes(&document, &[(PNG, b"\xFF\xD8\xFF jpeg")]), &[&new], Fate::Recoded);
}

#[test]
fn a_description_that_somebody_wrote_stays_beside_the_new_picture() {
    let own = edited(|body| body.replace("Na mapie: dwa &amp; trzy", "Opis Anny"));
    let updated = redrawn(&own, &[&figure((400, 200), "cztery")]);
    assert_eq!(updated.pictures[0].fate, Fate::OwnDescription);
    assert_eq!(text(&updated.bytes, BODY), text(&own, BODY));
    assert!(text(&updated.bytes, SVG).contains("cztery"));
}

#[test]
fn a_picture_is_known_by_either_of_its_files() {
    let document = written();
    let new = figure((400, 200), "cztery");
    // Word may press the PNG together again; LibreOffice keeps only the PNG.
    let pressed = with_bytes(&document, &[(PNG, b"\x89PNG pressed together")]);
    assert_eq!(fate(&pressed, &[&new]), Fate::Exchanged);
    let body = text(&document, BODY);
    let start = body.find("<a:extLst>").unwrap();
    let end = start + body[start..].find("</a:extLst>").unwrap() + "</a:extLst>".len();
    let alone = with_bytes(&document, &[(BODY, format!("{}{}", &body[..start], &body[end..]).as_bytes())]);
    let updated = redrawn(&alone, &[&new]);
    assert_eq!(updated.pictures[0].fate, Fate::Exchanged);
    assert_ne!(bytes(&updated.bytes, PNG), bytes(&document, PNG));
}
