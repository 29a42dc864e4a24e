//! A chapter that people edited comes back through the panel.

use std::io::{Cursor, Read, Write};

use miernik::service::EditionName;
use miernik::service::notebook::{RowNote, SourceNote};
use miernik::service::report::Wish;
use miernik::service::states::Freezing;
use store::StateKind;

use crate::harness::{Analyst, LOGIN, PASSWORD, Page, TestApp, on_both_databases};
use crate::things;

on_both_databases! {
    Small:
    what_would_change_is_listed_and_the_document_comes_back_with_it,
    a_merge_between_two_documents_changes_the_number_of_different_things_in_the_one_that_comes_back,
    a_sentence_ends_once_when_its_last_number_comes_and_when_it_goes,
    a_document_is_refreshed_to_the_state_that_is_shown,
    controls_that_people_deleted_or_copied_are_told,
    what_is_no_chapter_of_this_edition_is_said_to_be_so_and_nothing_is_lost,
    a_document_without_the_token_of_the_page_is_not_looked_at,
}

const CHAPTER: &str = "/panel/proba/2024/rozdzial";

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn chapter(app: &TestApp) -> Vec<u8> {
    let bundle = app.service.report(&app.edition, &Wish::default(), "user:anna").unwrap();
    bundle.files["rozdzial.docx"].clone()
}

/// Sends a document with the form of a page.
fn send(anna: &Analyst, page: &Page, button: Option<&str>, name: &str, bytes: &[u8]) -> Page {
    let mut pairs = Vec::new();
    for field in ["_csrf", "stan"] {
        let form = format!("form[enctype] input[name={field}]");
        pairs.push((field, page.attributes(&form, "value").remove(0)));
    }
    let mut pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    pairs.extend(button.map(|button| (button, "1")));
    anna.browser.upload(CHAPTER, &pairs, ("dokument", name, bytes))
}

fn text_of(bytes: &[u8], key: &str) -> String {
    let numbers = sheet::docx::numbers(bytes).unwrap();
    numbers.into_iter().find(|number| number.key == key).unwrap().text
}

/// The document with one part written anew.
fn rewritten(bytes: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        if name == part {
            content = change(String::from_utf8(content).unwrap()).into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The markup of the first control of a key.
fn control(text: &str, key: &str) -> String {
    let at = text.find(&format!("<w:tag w:val=\"{key}\"/>")).unwrap();
    let start = text[..at].rfind("<w:sdt>").unwrap();
    let end = at + text[at..].find("</w:sdt>").unwrap() + "</w:sdt>".len();
    text[start..end].to_owned()
}

fn what_would_change_is_listed_and_the_document_comes_back_with_it(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    app.office_inside("Radzanów").answer("nie", "25");
    let edited = rewritten(&chapter(app), "word/document.xml", |text| {
        // An analyst wrote a word of direction before the sum.
        let sum = control(&text, "jst.suma");
        text.replacen(&sum, &format!("<w:r><w:t xml:space=\"preserve\">Wzrost do </w:t></w:r>{sum}"), 1)
    });
    app.withdraw("Radzanów");
    let anna = inside(app);
    let page = anna.get(CHAPTER).with_status(200);

    let listed = send(&anna, &page, Some("pokaz"), "Rozdział po uwagach.docx", &edited).with_status(200);
    let changes: Vec<String> =
        listed.texts("main table tr").into_iter().filter(|row| row.contains("jst.suma")).collect();
    assert!(changes.iter().any(|row| row.contains("35 10")), "{changes:?} {}", listed.words());
    let doubts = listed.texts("main h2 + div tr");
    assert!(doubts.iter().any(|row| row.contains("Wzrost do 10") && row.contains("35 → 10")), "{doubts:?}");

    let answer = send(&anna, &page, None, "Rozdział po uwagach.docx", &edited).with_status(200);
    assert!(answer.header("content-disposition").unwrap().contains("proba-2024-rozdzial-odswiezony.docx"));
    assert_eq!(text_of(&answer.body, "jst.suma"), "10");
    let again = send(&anna, &page, Some("pokaz"), "x.docx", &answer.body).with_status(200);
    assert!(again.words().contains("Żadna liczba w dokumencie się nie zmieni."));

    let scope = app.programme().scope();
    let trail = app.service.store.read("test", |tx| tx.audit_page(scope, None, 50)).unwrap();
    let taken = trail.iter().filter(|row| row.details["what"] == "odświeżony rozdział").count();
    assert_eq!(taken, 1, "looking is no export");
}

fn a_merge_between_two_documents_changes_the_number_of_different_things_in_the_one_that_comes_back(
    app: &TestApp,
) {
    things::three(app);
    let before = chapter(app);
    assert_eq!(text_of(&before, "jst.rozne"), "2");
    let anna = inside(app);
    let both = ["kurier mazowiecki", "kurjer mazowiecki"];
    things::merge(&anna, &anna.get(things::LIST), &both, "literówka").location();

    let page = anna.get(CHAPTER).with_status(200);
    let listed = send(&anna, &page, Some("pokaz"), "x.docx", &before).with_status(200);
    let rows: Vec<String> =
        listed.texts("main table tr").into_iter().filter(|row| row.contains("jst.rozne")).collect();
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("2 1")), "{rows:?} {}", listed.words());
    let answer = send(&anna, &page, None, "x.docx", &before).with_status(200);
    let numbers = sheet::docx::numbers(&answer.body).unwrap();
    let own: Vec<&str> =
        numbers.iter().filter(|one| one.key == "jst.rozne").map(|one| one.text.as_str()).collect();
    assert!(!own.is_empty() && own.iter().all(|text| *text == "1"), "{own:?}");
    // Taken back, it comes back.
    let undo = anna.get(things::LIST).form_to(&format!("{}/cofnij", things::LIST));
    anna.browser.post(&undo.action, &undo.sent()).location();
    let page = anna.get(CHAPTER).with_status(200);
    let again = send(&anna, &page, None, "x.docx", &answer.body).with_status(200);
    assert_eq!(text_of(&again.body, "jst.rozne"), "2");
}

fn a_sentence_ends_once_when_its_last_number_comes_and_when_it_goes(app: &TestApp) {
    let said = SourceNote { text: "Łącznie było ich {jst.suma}.".into(), ..SourceNote::default() };
    let note = RowNote { sources: [("JST".to_owned(), said)].into(), ..RowNote::default() };
    app.service.row_save(&app.edition, "1.1", 0, &note, "user:anna").unwrap();
    let sentence = |bytes: &[u8]| {
        let numbers = sheet::docx::numbers(bytes).unwrap();
        let said = numbers.into_iter().find(|one| one.paragraph.starts_with("Łącznie")).unwrap();
        // The mark of the footnote stands in this space.
        said.paragraph.replace('\u{202f}', "")
    };
    let refreshed =
        |bytes: &[u8]| app.service.report_update(&app.edition, None, bytes, "user:anna").unwrap().bytes;
    let silent = chapter(app);
    assert_eq!(sentence(&silent), "Łącznie było ich brak danych.");
    app.office_inside("Promna").answer("nie", "10");
    let counted = refreshed(&silent);
    assert_eq!(sentence(&counted), "Łącznie było ich 10.");
    assert_eq!(sentence(&chapter(app)), sentence(&counted));
    app.withdraw("Promna");
    assert_eq!(sentence(&refreshed(&counted)), sentence(&silent));
}

fn a_document_is_refreshed_to_the_state_that_is_shown(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let wish = Freezing { name: None, kind: StateKind::Board, label: "Dla Zarządu".into() };
    let frozen = app.service.freeze(&app.edition, &wish, "user:anna").unwrap().row.name;
    app.service.unfreeze(&app.edition, "user:anna").unwrap();
    app.office_inside("Radzanów").answer("nie", "25");
    let document = chapter(app);
    assert_eq!(text_of(&document, "jst.suma"), "35");
    let anna = inside(app);
    let page = anna.get(&format!("{CHAPTER}?stan={frozen}")).with_status(200);
    let answer = send(&anna, &page, None, "x.docx", &document).with_status(200);
    assert_eq!(text_of(&answer.body, "jst.suma"), "10");
}

fn controls_that_people_deleted_or_copied_are_told(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let edited = rewritten(&chapter(app), "word/document.xml", |text| {
        let invited = control(&text, "jst.invited");
        let mut text = text.replace("<w:tag w:val=\"jst.suma\"/>", "<w:tag w:val=\"\"/>");
        while let Some(at) = text.find("<w:tag w:val=\"\"/>") {
            let start = text[..at].rfind("<w:sdt>").unwrap();
            let end = at + text[at..].find("</w:sdt>").unwrap() + "</w:sdt>".len();
            text.replace_range(start..end, "<w:r><w:t>dziesięć</w:t></w:r>");
        }
        text.replacen(&invited, &format!("{invited}{invited}"), 1)
    });
    let anna = inside(app);
    let page = anna.get(CHAPTER).with_status(200);
    let listed = send(&anna, &page, Some("pokaz"), "x.docx", &edited).with_status(200);
    let words = listed.words();
    let after = |what: &str| words.split_once(what).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    assert!(after("Liczby usunięte z dokumentu").contains("jst.suma"), "{words}");
    assert!(after("Liczby, które ktoś powielił").contains("jst.invited"), "{words}");
}

fn what_is_no_chapter_of_this_edition_is_said_to_be_so_and_nothing_is_lost(app: &TestApp) {
    let anna = inside(app);
    let page = anna.get(CHAPTER).with_status(200);
    let document = chapter(app);
    let foreign =
        rewritten(&document, "customXml/item1.xml", |text| text.replace("proba/2024", "proba/1999"));
    let other = rewritten(&document, "customXml/item1.xml", |text| text.replace("urn:miernik", "urn:inny"));
    let large = vec![b'x'; (20 << 20) + 1];
    let cases: [(&[u8], &str); 6] = [
        (&[], "Nie wybrano pliku albo plik jest pusty."),
        (&large, "więcej niż 20 MB"),
        (b"to nie jest dokument", "nie jest dokumentem Worda"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "stary"),
        (&foreign, "z edycji proba/1999, a nie proba/2024"),
        (&other, "nie ma liczb powiązanych"),
    ];
    for (bytes, why) in cases {
        for button in [Some("pokaz"), None] {
            let refused = send(&anna, &page, button, "x.docx", bytes).with_status(422);
            let words = refused.words();
            let why = if why == "stary" { "starym formacie .doc" } else { why };
            assert!(words.contains(why) && words.contains("nic się w nim nie zmieniło"), "{words}");
            assert_eq!(refused.attributes("main a", "href"), [CHAPTER]);
        }
    }
    let other = EditionName { edition: "1999".into(), ..app.edition.clone() };
    assert!(app.service.report_preview(&other, None, &document).is_err());
}

fn a_document_without_the_token_of_the_page_is_not_looked_at(app: &TestApp) {
    let document = chapter(app);
    let sent = ("dokument", "x.docx", document.as_slice());
    let stranger = app.analyst();
    stranger.browser.upload(CHAPTER, &[("_csrf", "x")], sent).with_status(401);
    let anna = inside(app);
    anna.browser.upload(CHAPTER, &[("_csrf", "x")], sent).with_status(403);
    anna.browser.upload(CHAPTER, &[], sent).with_status(403);
    anna.browser.post_raw(CHAPTER, b"_csrf=x".to_vec()).with_status(400);
}
