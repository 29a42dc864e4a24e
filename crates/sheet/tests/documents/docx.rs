//! Word documents as they are written.

use sheet::document::{Block, Document, Inline, Mistake, Properties};
use sheet::docx::{DocxError, WriteError, write};

use crate::sample::{document, number, numbers};
use crate::zipped::{entries, text, with, zip};

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = document();
    let bytes = write(&document, None, &numbers(&document)).unwrap();
    assert_eq!(bytes, write(&document, None, &numbers(&document)).unwrap());
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/document.docx"), bytes).unwrap();
}

/// The markup with a line per paragraph, row and table, so that a change can be read.
fn in_lines(markup: &str) -> String {
    ["<w:p>", "<w:tbl>", "<w:tr>", "<w:sectPr"]
        .iter()
        .fold(without_prints(markup), |text, tag| text.replace(tag, &format!("\n{tag}")))
}

/// Without the fingerprints of drawn pictures, which change with the library that draws them.
fn without_prints(markup: &str) -> String {
    let mut parts = markup.split("<m:png>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + "<m:png>…" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit())
    })
}

#[test]
fn the_markup_of_a_document_is_as_it_was() {
    let document = document();
    let bytes = write(&document, None, &numbers(&document)).unwrap();
    for part in ["word/document.xml", "word/footnotes.xml", "word/header1.xml", "customXml/item1.xml"] {
        let name = part.rsplit('/').next().unwrap().replace(".xml", "");
        insta::assert_snapshot!(name, in_lines(&text(&bytes, part)));
    }
}

#[test]
fn every_control_has_its_own_id_and_the_text_of_the_part() {
    let document = document();
    let bytes = write(&document, None, &numbers(&document)).unwrap();
    let found = sheet::docx::numbers(&bytes).unwrap();
    let given = document.numbers();
    assert!(found.len() > 40 && found.iter().all(|number| given[&number.key].text == number.text));
    let all: String = ["document", "header1", "footer1", "footnotes"]
        .iter()
        .map(|part| text(&bytes, &format!("word/{part}.xml")))
        .collect();
    let ids: Vec<&str> =
        all.split("<w:id w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(ids.len(), unique.len());
    assert_eq!(all.matches("<w:dataBinding").count(), found.len());
}

/// A template as an office has it: Polish ids of styles, a page of its own before and after the place.
fn template(place: &str) -> Vec<u8> {
    let empty = Document {
        title: String::new(),
        language: "pl-PL".into(),
        properties: Properties::default(),
        blocks: vec![Block::Paragraph(vec![Inline::text(place)])],
    };
    let bytes = write(&empty, None, &[]).unwrap();
    let mut all = entries(&bytes);
    all.retain(|name, _| !name.starts_with("customXml"));
    let styles = text(&bytes, "word/styles.xml").replace("\"Heading1\"", "\"Nagwek1\"");
    let styles = styles.replace("w:val=\"heading 1\"", "w:val=\"Heading 1\"");
    let start = styles.find("<w:style w:type=\"paragraph\" w:styleId=\"Caption\"").unwrap();
    let end = start + styles[start..].find("</w:style>").unwrap() + "</w:style>".len();
    all.insert("word/styles.xml".into(), format!("{}{}", &styles[..start], &styles[end..]).into_bytes());
    let relations = text(&bytes, "word/_rels/document.xml.rels");
    let start = relations.find("<Relationship xmlns").unwrap();
    let relations: String = relations[start..]
        .split_inclusive("/>")
        .filter(|one| !one.contains("rIdLiczby"))
        .fold(relations[..start].to_owned(), |all, one| all + one)
        .replace("rIdPrzypisy", "rId7")
        .replace("rIdWyliczenia", "rId8");
    all.insert("word/_rels/document.xml.rels".into(), relations.into_bytes());
    let before = "<w:p><w:r><w:t>Strona tytułowa urzędu</w:t></w:r></w:p>";
    let main = text(&bytes, "word/document.xml").replace("<w:body>", &format!("<w:body>{before}"));
    all.insert("word/document.xml".into(), main.into_bytes());
    zip(&all)
}

#[test]
fn a_template_keeps_what_it_has_and_takes_the_content_in_its_place() {
    let template = template("{{ROZDZIAL}}");
    let document = document();
    let bytes = write(&document, Some(&template), &numbers(&document)).unwrap();
    std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/filled.docx"), &bytes).unwrap();
    let main = text(&bytes, "word/document.xml");
    let title = main.find("Strona tytułowa urzędu").unwrap();
    assert!(title < main.find("DANE SYNTETYCZNE").unwrap() && !main.contains("ROZDZIAL}}"));
    assert!(
        main.contains("<w:pStyle w:val=\"Nagwek1\"/>") && !main.contains("<w:pStyle w:val=\"Heading1\"/>")
    );
    assert!(text(&bytes, "word/styles.xml").contains("<w:name w:val=\"caption\"/>"));
    assert_eq!(text(&bytes, "word/header1.xml"), text(&template, "word/header1.xml"));
    assert_eq!(sheet::docx::numbers(&bytes).unwrap().len(), document_controls(&main) + 1);
    let origin = sheet::docx::origin(&bytes).unwrap();
    assert_eq!((origin.edition.as_str(), origin.hash.as_str()), ("mazowsze/2024", "ab12cd34"));
    let again = write(&document, Some(&bytes), &numbers(&document));
    assert_eq!(again, Err(WriteError::Filled));
}

/// The rest of the controls stand in the footnote.
fn document_controls(main: &str) -> usize {
    main.matches("<w:dataBinding").count()
}

#[test]
fn a_template_without_a_place_or_with_two_is_refused() {
    let document = document();
    let numbers = numbers(&document);
    let refused = |template: &[u8]| write(&document, Some(template), &numbers).unwrap_err();
    assert_eq!(refused(&template("nic")), WriteError::Place { found: 0 });
    let good = template("{{ROZDZIAL}}");
    let main = text(&good, "word/document.xml").replace("Strona tytułowa urzędu", "{{ROZDZIAL}}");
    assert_eq!(refused(&with(&good, &[("word/document.xml", &main)])), WriteError::Place { found: 2 });
    assert_eq!(refused(b"tekst"), WriteError::Template(DocxError::NotADocument));
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), WriteError::Template(DocxError::Locked));
    let macros = with(&good, &[("word/vbaProject.bin", "x")]);
    assert_eq!(refused(&macros), WriteError::Template(DocxError::Macros));
    let strict = main.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    );
    assert!(matches!(refused(&with(&good, &[("word/document.xml", &strict)])), WriteError::Unusual(_)));
    let broken = with(&good, &[("word/document.xml", "<w:document")]);
    assert!(matches!(refused(&broken), WriteError::Template(DocxError::Broken { .. })));
    assert!(matches!(refused(&good[..good.len() / 2]), WriteError::Template(DocxError::Broken { .. })));
}

#[test]
fn a_content_control_marks_the_place_too() {
    let template = template("{{ROZDZIAL}}");
    let main = text(&template, "word/document.xml");
    let start = main.find("{{ROZDZIAL}}").unwrap();
    let start = main[..start].rfind("<w:p>").unwrap();
    let end = start + main[start..].find("</w:p>").unwrap() + "</w:p>".len();
    let control =
        "<w:sdt><w:sdtPr><w:tag w:val=\"ROZDZIAL\"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>";
    let styled = control.replace("<w:p/>", "<w:p><w:pPr><w:pStyle w:val=\"Tretekstu\"/></w:pPr></w:p>");
    let main = format!("{}{styled}{}", &main[..start], &main[end..]);
    let template = with(&template, &[("word/document.xml", &main)]);
    let document = document();
    let bytes = write(&document, Some(&template), &numbers(&document)).unwrap();
    let main = text(&bytes, "word/document.xml");
    assert!(!main.contains("\"ROZDZIAL\""));
    assert!(
        main.contains(
            "<w:pStyle w:val=\"Tretekstu\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Odpowiedziało"
        )
    );
}

#[test]
fn numbers_that_disagree_and_mistakes_are_told_all_at_once() {
    let mut document = document();
    let mut given = numbers(&document);
    given.retain(|(key, _)| key != "jst.sent");
    given.iter_mut().find(|(key, _)| key == "jst.powiaty.n").unwrap().1 = "7".into();
    let wrong = vec!["jst.powiaty.n".to_owned(), "jst.sent".to_owned()];
    assert_eq!(write(&document, None, &given), Err(WriteError::Numbers(wrong)));
    document.blocks = vec![
        Block::Paragraph(vec![number("a", "1"), number("a", "2"), number("b c", "3")]),
        Block::Paragraph(vec![Inline::Reference("nic".into())]),
    ];
    let mistakes = vec![
        Mistake::TwoTexts { key: "a".into(), one: "1".into(), other: "2".into() },
        Mistake::BadKey("b c".into()),
        Mistake::NoSuchId("nic".into()),
    ];
    assert_eq!(write(&document, None, &[]), Err(WriteError::Mistakes(mistakes)));
}

#[test]
fn long_texts_and_control_characters_are_written() {
    let mut document = document();
    let long = "ąż<&>\u{1} ".repeat(15_000);
    document.blocks = vec![Block::Paragraph(vec![Inline::text(long)])];
    let bytes = write(&document, None, &[]).unwrap();
    let main = text(&bytes, "word/document.xml");
    assert_eq!(main.matches("ąż&lt;&amp;&gt; ").count(), 15_000);
}

#[test]
fn a_document_that_ends_across_leaves_no_empty_page_behind() {
    let mut document = document();
    let end = document.blocks.iter().rposition(|block| matches!(block, Block::Section(_))).unwrap();
    document.blocks.truncate(end);
    let numbers = numbers(&document);
    let main = text(&write(&document, None, &numbers).unwrap(), "word/document.xml");
    let setups: Vec<&str> = main.match_indices("<w:sectPr").map(|(at, _)| &main[at..]).collect();
    assert_eq!(setups.len(), 2);
    assert!(setups[1].contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
    // Where the template goes on after the place, its own pages stay upright.
    let mut template = text(&template("{{ROZDZIAL}}"), "word/document.xml");
    let at = template.rfind("<w:sectPr").unwrap();
    template.insert_str(at, "<w:p><w:r><w:t>Podpis</w:t></w:r></w:p>");
    let template = with(&self::template("{{ROZDZIAL}}"), &[("word/document.xml", &template)]);
    let main = text(&write(&document, Some(&template), &numbers).unwrap(), "word/document.xml");
    let last = main.rfind("<w:sectPr").unwrap();
    assert!(main[..last].ends_with("Podpis</w:t></w:r></w:p>") && !main[last..].contains("landscape"));
    assert_eq!(main.matches("w:orient=\"landscape\"").count(), 1);
}

#[test]
fn a_key_longer_than_word_takes_is_bound_all_the_same() {
    let mut document = document();
    let long = format!("jst.{}", "bardzo_dlugi_klucz.".repeat(10));
    document.blocks = vec![Block::Paragraph(vec![number(&long, "7"), number(&format!("{long}x"), "8")])];
    let bytes = write(&document, None, &numbers(&document)).unwrap();
    let main = text(&bytes, "word/document.xml");
    let of = |name: &str| -> Vec<usize> {
        let mark = format!("<w:{name} w:val=\"");
        main.split(&mark).skip(1).map(|rest| rest.split('"').next().unwrap().chars().count()).collect()
    };
    assert!(of("tag").into_iter().chain(of("alias")).all(|length| length <= 64));
    let found = sheet::docx::numbers(&bytes).unwrap();
    assert_eq!(found.iter().filter(|one| one.key.starts_with(&long)).count(), 2);
}
