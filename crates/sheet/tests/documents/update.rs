//! New numbers in documents that people edited.

use std::collections::BTreeMap;

use proptest::prelude::*;
use sheet::document::{Block, Document, HASH_KEY, Inline, Properties};
use sheet::docx::{DocxError, Part, numbers, update, write};

use crate::sample::{self, number};
use crate::zipped::{entries, text, with};

const BODY: &str = "word/document.xml";

/// The properties of a control as Word writes them back, with identifiers of its own.
fn properties(key: &str, more: &str) -> String {
    let order = ["a.n", "a.share", "b.n", "c.n", "d.n", "dokument.edycja", HASH_KEY, "e.n"];
    let place = order.iter().position(|known| *known == key).unwrap();
    format!(
        "<w:sdtPr><w:rPr><w:b/></w:rPr><w:alias w:val=\"Miernik {key}\"/><w:tag w:val=\"{key}\"/><w:id w:val=\"-1190141023\"/>\
         <w:lock w:val=\"contentLocked\"/>{more}<w:dataBinding w:prefixMappings=\"xmlns:m='urn:miernik:liczby:1'\" \
         w:xpath=\"/m:liczby[1]/m:liczba[{}]/m:tekst[1]\" w:storeItemID=\"{{5C1B8E0A-7D0F-4F3C-9A4E-6D1A2B7C9E31}}\" \
         w16sdtdh:storeItemChecksum=\"ABCD==\"/><w:text/></w:sdtPr><w:sdtEndPr/>",
        place + 1
    )
}

fn control(key: &str, content: &str) -> String {
    format!("<w:sdt>{}<w:sdtContent>{content}</w:sdtContent></w:sdt>", properties(key, ""))
}

fn run(text: &str) -> String {
    format!("<w:r w:rsidR=\"00A77B3E\"><w:rPr><w:lang w:val=\"pl-PL\"/></w:rPr><w:t>{text}</w:t></w:r>")
}

fn paragraph(content: &str) -> String {
    format!("<w:p w14:paraId=\"1A2B3C4D\" w:rsidR=\"00A77B3E\">{content}</w:p>")
}

const KEYS: [&str; 6] = ["a.n", "a.share", "b.n", "c.n", "d.n", "e.n"];

/// What we wrote: every key once in the text, `a.n` once more in a footnote; edition and hash in header and footer.
fn written() -> Vec<u8> {
    let mut blocks: Vec<Block> = KEYS
        .iter()
        .map(|key| Block::Paragraph(vec![Inline::text("Jest "), number(key, "1"), Inline::text(" gmin.")]))
        .collect();
    blocks.push(Block::Paragraph(vec![Inline::Footnote(vec![vec![number("a.n", "1")]])]));
    let document = Document {
        title: "Rozdział".into(),
        language: "pl-PL".into(),
        properties: Properties { edition: "x/2024".into(), hash: "aaaa".into(), ..Properties::default() },
        blocks,
    };
    write(&document, None, &sample::numbers(&document)).unwrap()
}

/// The same with a text that Word saved after people had edited it.
fn edited(body: &str) -> Vec<u8> {
    let bytes = written();
    let main = text(&bytes, BODY);
    let setup = &main[main.rfind("<w:sectPr>").unwrap()..];
    let start = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:document \
        xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
        xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
        xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
        xmlns:w16sdtdh=\"http://schemas.microsoft.com/office/word/2020/wordml/sdtdatahash\" mc:Ignorable=\"w14 w16sdtdh\"><w:body>";
    let comments = "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>";
    let main = format!("{start}{body}{setup}");
    with(&bytes, &[(BODY, &main), ("word/comments.xml", comments)])
}

fn new(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let same = KEYS.iter().map(|key| (*key, "1")).chain([("dokument.edycja", "x/2024"), (HASH_KEY, "aaaa")]);
    same.chain(pairs.iter().copied()).map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
}

#[test]
fn nothing_changes_when_the_numbers_are_the_same() {
    let bytes = written();
    let updated = update(&bytes, &new(&[]), &[]).unwrap();
    assert_eq!(entries(&updated.bytes), entries(&bytes));
    assert!(updated.changes.is_empty() && updated.missing.is_empty() && updated.deleted.is_empty());
    assert!(updated.duplicated.is_empty() && updated.nested.is_empty());
}

#[test]
fn a_number_changes_wherever_it_stands_and_every_change_is_listed() {
    let bytes = written();
    let updated = update(&bytes, &new(&[("a.n", "1\u{A0}234 <5>"), (HASH_KEY, "bbbb")]), &[]).unwrap();
    let shown: Vec<_> =
        updated.changes.iter().map(|c| (c.part, c.before.as_str(), c.after.as_str())).collect();
    assert_eq!(shown[0], (Part::Body, "Jest 1 gmin.", "Jest 1\u{A0}234 <5> gmin."));
    assert_eq!(shown[1], (Part::Note, " 1", " 1\u{A0}234 <5>"));
    assert_eq!(shown[2].0, Part::Footer);
    assert!(shown[2].1.contains("aaaa") && shown[2].2.contains("bbbb"));
    assert_eq!(updated.changes[0].title, "Miernik a.n");
    assert_eq!(sheet::docx::origin(&updated.bytes).unwrap().hash, "bbbb");
    let (before, after) = (entries(&bytes), entries(&updated.bytes));
    let changed: Vec<_> =
        before.iter().filter(|(name, content)| after[*name] != **content).map(|(n, _)| n).collect();
    assert_eq!(changed, ["customXml/item1.xml", BODY, "word/footer1.xml", "word/footnotes.xml"]);
    let main = text(&bytes, BODY);
    assert_eq!(text(&updated.bytes, BODY), main.replacen(">1</w:t>", ">1\u{A0}234 &lt;5&gt;</w:t>", 1));
    let part = text(&bytes, "customXml/item1.xml");
    let part = part.replacen(">1</m:tekst>", ">1\u{A0}234 &lt;5&gt;</m:tekst>", 1).replace("aaaa", "bbbb");
    assert_eq!(text(&updated.bytes, "customXml/item1.xml"), part);
}

/// The text of the body after `a.n` became 77.
fn updated_body(body: &str) -> String {
    text(&update(&edited(body), &new(&[("a.n", "77")]), &[]).unwrap().bytes, BODY)
}

#[test]
fn runs_that_word_split_are_put_together_and_their_look_stays() {
    let split = format!("{}<w:proofErr w:type=\"spellStart\"/>{}{}", run("1"), run("2"), run("3"));
    let body = paragraph(&format!("{}{}{}", run("Jest "), control("a.n", &split), run(" gmin")));
    let expected = body
        .replace("<w:t>1</w:t>", "<w:t>77</w:t>")
        .replace("<w:t>2<", "<w:t><")
        .replace("<w:t>3<", "<w:t><");
    assert!(updated_body(&body).contains(&expected));
}

#[test]
fn tracked_changes_inside_stay_and_count_as_word_shows_them() {
    let content = format!(
        "<w:del w:id=\"1\" w:author=\"Anna\"><w:r><w:delText>1</w:delText></w:r></w:del><w:ins w:id=\"2\" w:author=\"Anna\">{}</w:ins>",
        run("2")
    );
    let body = paragraph(&format!("{}{}", run("Jest "), control("a.n", &content)));
    let bytes = edited(&body);
    assert_eq!(numbers(&bytes).unwrap()[0].paragraph, "Jest 2");
    assert!(updated_body(&body).contains(&body.replace("<w:t>2<", "<w:t>77<")));
}

#[test]
fn a_number_deleted_at_one_of_its_places_is_told_with_how_many_are_left() {
    let whole = update(&written(), &new(&[("a.n", "77")]), &[]).unwrap();
    assert!(whole.fewer.is_empty(), "{:?}", whole.fewer);
    // The text was typed anew there; the footnote still has its control.
    let updated = update(&edited(&paragraph(&run("Jest 1 gmin."))), &new(&[("a.n", "77")]), &[]).unwrap();
    assert_eq!(updated.fewer, BTreeMap::from([("a.n".to_owned(), (1, 2))]));
    assert!(!updated.deleted.contains(&"a.n".to_owned()), "{:?}", updated.deleted);
}

#[test]
fn a_number_deleted_with_or_without_tracking_is_told_and_left_alone() {
    let gone = "<w:del w:id=\"1\" w:author=\"Anna\"><w:r><w:delText>1</w:delText></w:r></w:del>";
    let around = format!("<w:del w:id=\"3\" w:author=\"Anna\">{}</w:del>", control("b.n", &run("1")));
    let body = paragraph(&format!("{}{around}{}", control("c.n", gone), control("a.n", &run("1"))));
    let bytes = edited(&body);
    let updated = update(&bytes, &new(&[("c.n", "9"), ("b.n", "9"), ("d.n", "9")]), &[]).unwrap();
    assert_eq!(updated.deleted, ["a.share", "b.n", "c.n", "d.n", "e.n"]);
    assert!(updated.changes.is_empty());
    assert_eq!(text(&updated.bytes, BODY), text(&bytes, BODY));
}

#[test]
fn copies_are_refreshed_and_told() {
    let body = paragraph(&format!("{}{}", control("a.n", &run("1")), control("a.n", &run("1"))));
    let updated = update(&edited(&body), &new(&[("a.n", "77")]), &[]).unwrap();
    assert_eq!(updated.duplicated, ["a.n"], "two in the text and one in the footnote, two were written");
    assert_eq!(updated.changes.len(), 3);
    assert_eq!(updated.changes[0].after, "7777");
}

#[test]
fn a_control_inside_another_is_refreshed_and_the_outer_one_left() {
    let inner = control("a.n", &run("1"));
    let body = paragraph(&control("b.n", &format!("{}{inner}", run("1"))));
    let updated = update(&edited(&body), &new(&[("a.n", "77"), ("b.n", "88")]), &[]).unwrap();
    assert_eq!(updated.nested, ["b.n"]);
    assert!(
        text(&updated.bytes, BODY).contains(&body.replace(&inner, &inner.replace("<w:t>1<", "<w:t>77<")))
    );
    let foreign = format!(
        "<w:sdt><w:sdtPr><w:tag w:val=\"inny\"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    );
    assert!(updated_body(&paragraph(&foreign)).contains("<w:t>77</w:t>"));
}

#[test]
fn an_emptied_control_shows_its_number_again() {
    let prompt = format!(
        "<w:sdt>{}<w:sdtContent><w:r><w:rPr><w:rStyle w:val=\"Tekstzastpczy\"/><w:b/></w:rPr><w:t>Kliknij tutaj</w:t></w:r></w:sdtContent></w:sdt>",
        properties("a.n", "<w:showingPlcHdr/>")
    );
    let body = updated_body(&paragraph(&prompt));
    assert!(body.contains("<w:rPr><w:b/></w:rPr><w:t>77</w:t>") && !body.contains("showingPlcHdr"));
    for (content, expected) in [
        ("<w:sdtContent/>", "<w:sdtContent><w:r><w:t xml:space=\"preserve\">77</w:t></w:r></w:sdtContent>"),
        ("<w:sdtContent><w:r/></w:sdtContent>", "<w:r><w:t xml:space=\"preserve\">77</w:t></w:r>"),
        ("<w:sdtContent><w:r><w:t/></w:r></w:sdtContent>", "<w:r><w:t>77</w:t></w:r>"),
        (
            "<w:sdtContent><w:r><w:t xml:space=\"preserve\"/></w:r></w:sdtContent>",
            "<w:t xml:space=\"preserve\">77</w:t>",
        ),
        (
            "<w:sdtContent><w:r><w:tab/></w:r></w:sdtContent>",
            "<w:r><w:t xml:space=\"preserve\">77</w:t></w:r>",
        ),
    ] {
        let one = format!("<w:sdt>{}{content}</w:sdt>", properties("a.n", ""));
        let bytes = edited(&paragraph(&format!("{}{one}{}", run("x"), run("y"))));
        let updated = update(&bytes, &new(&[("a.n", "77")]), &[]).unwrap();
        assert!(text(&updated.bytes, BODY).contains(expected), "{content}");
        assert_eq!(updated.changes[0].after, "x77y", "{content}");
    }
}

#[test]
fn controls_around_paragraphs_and_cells_and_in_text_boxes_are_found() {
    let block = control("a.n", &paragraph(&run("1")));
    let cell = control("a.n", &format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(&run("1"))));
    let table = format!("<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>");
    let boxed = paragraph(&format!("{}{}", run("W ramce "), control("a.n", &run("1"))));
    let frame = paragraph(&format!(
        "{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>{boxed}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent>{boxed}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
        run("Obok")
    ));
    let body = format!("{block}{table}{frame}");
    let updated = update(&edited(&body), &new(&[("a.n", "77")]), &[]).unwrap();
    assert!(
        text(&updated.bytes, BODY).contains(&body.replace("<w:t>1<", "<w:t>77<")),
        "the copy for old programs too"
    );
    assert_eq!(updated.changes.len(), 4, "the copy is not told twice, the footnote is");
    assert_eq!(updated.changes[2].after, "W ramce 77");
}

#[test]
fn a_control_without_its_binding_is_known_by_its_tag_and_a_foreign_one_is_not() {
    let own = "<w:sdt><w:sdtPr><w:tag w:val=\"a.n\"/></w:sdtPr><w:sdtContent><w:r><w:t>1</w:t></w:r></w:sdtContent></w:sdt>";
    let binding = "<w:dataBinding w:xpath=\"/m:liczby[1]/m:liczba[1]/m:tekst[1]\" w:storeItemID=\"{0}\"/><w:text/></w:sdtPr>";
    let foreign = own.replace("</w:sdtPr>", binding);
    let renamed = control("a.n", &run("1")).replace("<w:tag w:val=\"a.n\"/>", "<w:tag w:val=\"moje\"/>");
    let body = updated_body(&paragraph(&format!("{own}{foreign}{renamed}")));
    let own_now = own.replace(">1<", ">77<");
    assert!(body.contains(&paragraph(&format!("{own_now}{foreign}{}", renamed.replace(">1<", ">77<")))));
}

#[test]
fn a_key_that_is_no_more_stays_as_it_was_and_is_told() {
    let mut numbers = new(&[("a.n", "77")]);
    numbers.remove("b.n");
    let updated = update(&written(), &numbers, &[]).unwrap();
    assert_eq!(updated.missing, ["b.n"]);
    assert_eq!(updated.changes.len(), 2);
}

#[test]
fn a_part_that_word_renamed_and_wrote_anew_is_found() {
    let bytes = written();
    let part = text(&bytes, "customXml/item1.xml").replace("m:", "ns0:").replace("xmlns:m", "xmlns:ns0");
    let part = part.replace(">1</ns0:tekst>", "/>");
    let mut all = entries(&bytes);
    all.remove("customXml/item1.xml");
    all.insert("customXml/item7.xml".into(), format!("\u{FEFF}{part}").into_bytes());
    let bytes = crate::zipped::zip(&all);
    let updated = update(&bytes, &new(&[("a.n", "77")]), &[]).unwrap();
    let part = text(&updated.bytes, "customXml/item7.xml");
    assert!(part.starts_with('\u{FEFF}') && part.contains(">77</ns0:tekst>"), "{part}");
    assert_eq!(updated.changes.len(), 2);
}

#[test]
fn what_is_not_ours_or_not_safe_is_refused() {
    let good = written();
    let part = text(&good, "customXml/item1.xml");
    let foreign = with(&good, &[("customXml/item1.xml", &part.replace("urn:miernik", "urn:inny"))]);
    let none = BTreeMap::new();
    let refused = |bytes: &[u8]| {
        let error = update(bytes, &none, &[]).unwrap_err();
        assert_eq!(numbers(bytes).unwrap_err(), error);
        error
    };
    assert_eq!(refused(&foreign), DocxError::NotOurs);
    assert_eq!(refused(b""), DocxError::NotADocument);
    assert_eq!(
        refused(b"PK\x03\x04"),
        DocxError::Broken { part: "zip".into(), why: refused_why(b"PK\x03\x04") }
    );
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 x"), DocxError::Locked);
    assert_eq!(
        refused(&crate::zipped::zip(&[("a.txt".to_owned(), vec![1])].into())),
        DocxError::NotADocument
    );
    assert_eq!(refused(&with(&good, &[("word/vbaProject.bin", "x")])), DocxError::Macros);
    let entity = text(&good, BODY).replacen("<w:document", "<!DOCTYPE a [<!ENTITY b \"c\">]><w:document", 1);
    assert!(matches!(refused(&with(&good, &[(BODY, &entity)])), DocxError::Broken { .. }));
    let deep = format!("{}{}", "<w:p>".repeat(2000), "</w:p>".repeat(2000));
    let deep = text(&good, BODY).replacen("<w:body>", &format!("<w:body>{deep}"), 1);
    assert!(matches!(refused(&with(&good, &[(BODY, &deep)])), DocxError::Broken { .. }));
}

fn refused_why(bytes: &[u8]) -> String {
    match update(bytes, &BTreeMap::new(), &[]) {
        Err(DocxError::Broken { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_unpacks_to_too_much_is_refused() {
    let mut all = entries(&written());
    all.insert("word/media/bomba.bin".into(), vec![0; 301 << 20]);
    let bytes = crate::zipped::zip(&all);
    assert!(bytes.len() < 2 << 20);
    assert_eq!(update(&bytes, &BTreeMap::new(), &[]).unwrap_err(), DocxError::Unpacked { limit: 300 << 20 });
}

/// One way in which Word may hold a control.
fn shape(key: &'static str, shape: u8, texts: &[String]) -> String {
    let escaped: Vec<String> =
        texts.iter().map(|text| text.replace('&', "&amp;").replace('<', "&lt;")).collect();
    let runs: String = escaped.iter().map(|text| run(text)).collect();
    match shape {
        0 => control(key, &runs),
        1 => control(key, &format!("<w:ins w:id=\"5\" w:author=\"B\">{runs}</w:ins>")),
        2 => control(key, "<w:del w:id=\"6\" w:author=\"B\"><w:r><w:delText>1</w:delText></w:r></w:del>"),
        3 => control(key, &format!("{runs}<w:r><w:tab/><w:br/></w:r>")),
        4 => control(key, ""),
        5 => control("a.n", &control(key, &runs)),
        _ => control(
            key,
            &format!("<w:bookmarkStart w:id=\"9\" w:name=\"x\"/>{runs}<w:bookmarkEnd w:id=\"9\"/>"),
        ),
    }
}

/// The body with the content of every control cut out.
fn outside(body: &str) -> String {
    let (mut out, mut depth) = (String::new(), 0);
    for piece in body.split_inclusive('>') {
        if piece.contains("</w:sdtContent>") || piece == "</w:sdtContent>" {
            depth -= 1;
        }
        if depth == 0 {
            out.push_str(piece);
        }
        if piece.ends_with("<w:sdtContent>") {
            depth += 1;
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn updating_is_idempotent_changes_only_controls_and_the_last_numbers_win(
        shapes in prop::collection::vec((0..KEYS.len(), 0_u8..7, prop::collection::vec("[0-9 <&ą]{0,4}", 0..4)), 1..8),
        first in prop::collection::vec("[ -~ąę\u{A0}]{1,6}", KEYS.len()),
        second in prop::collection::vec("[0-9 ]{0,3}%", KEYS.len()),
    ) {
        let controls = shapes.iter().map(|(key, kind, texts)| shape(KEYS[*key], *kind, texts));
        let body: String = controls.map(|one| paragraph(&format!("{}{one}{}", run("przed "), run(" po &amp;")))).collect();
        let bytes = edited(&body);
        let of = |texts: &[String]| {
            let pairs: Vec<(&str, &str)> = KEYS.iter().copied().zip(texts.iter().map(String::as_str)).collect();
            new(&pairs)
        };
        let once = update(&bytes, &of(&first), &[]).unwrap();
        let twice = update(&once.bytes, &of(&first), &[]).unwrap();
        prop_assert_eq!(&twice.bytes, &once.bytes);
        prop_assert!(twice.changes.is_empty());
        prop_assert_eq!(outside(&text(&once.bytes, BODY)), outside(&text(&bytes, BODY)));
        let (before, after) = (entries(&bytes), entries(&once.bytes));
        for (name, content) in &before {
            if ![BODY, "customXml/item1.xml", "word/footnotes.xml"].contains(&name.as_str()) {
                prop_assert_eq!(&after[name], content);
            }
        }
        let later = numbers(&update(&once.bytes, &of(&second), &[]).unwrap().bytes).unwrap();
        let direct = numbers(&update(&bytes, &of(&second), &[]).unwrap().bytes).unwrap();
        prop_assert_eq!(&later, &direct);
        let wanted = of(&second);
        for number in later.iter().filter(|number| !once.nested.contains(&number.key)) {
            prop_assert_eq!(&number.text, &wanted[&number.key]);
        }
    }

    #[test]
    fn any_bytes_in_place_of_a_part_are_read_or_refused(garbage in "\\PC{0,200}", cut in 0_usize..4000) {
        let good = written();
        let main = text(&good, BODY);
        let cut = (0..=cut.min(main.len())).rev().find(|at| main.is_char_boundary(*at)).unwrap();
        let _ = update(&with(&good, &[(BODY, &format!("{}{garbage}", &main[..cut]))]), &new(&[("a.n", "2")]), &[]);
        let _ = update(&with(&good, &[("customXml/item1.xml", &garbage)]), &new(&[]), &[]);
    }
}
