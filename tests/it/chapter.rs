//! The chapter of the report: its files, its numbers at one moment, what never stands in it, and refreshing it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use miernik::service::export::{Folder, Format, Wanted};
use miernik::service::indicators::TypedValue;
use miernik::service::notebook::{Fact, FactSource, RowNote, SourceNote};
use miernik::service::report::{Bundle, UpdateError, Wish, unusable};
use miernik::service::states::Freezing;
use serde_json::Value;
use store::StateKind;

use crate::harness::{Analyst, LOGIN, PASSWORD, TestApp, on_both_databases};
use crate::things::{self, LIST};

on_both_databases! {
    Small:
    an_edition_without_answers_has_a_whole_report,
    every_file_opens_and_says_the_same_numbers,
    neither_contacts_nor_open_answers_stand_in_any_file,
    answers_of_100_000_characters_are_coded_merged_and_exported,
    no_office_is_named_in_a_file_that_is_passed_on,
    a_report_while_answers_arrive_is_of_one_moment,
    a_report_of_a_frozen_state_has_its_numbers_and_its_hash_in_every_file,
    refreshed_numbers_tell_what_changed_and_leave_the_rest_alone,
    no_digit_outside_of_controls_changes_with_a_correction,
    a_document_that_is_not_ours_is_said_to_be_so,
    texts_that_look_like_formulas_or_markup_stay_texts,
    the_panel_hands_out_the_files_and_leaves_a_trail,
}

fn report(app: &TestApp, wish: &Wish) -> Bundle {
    app.service.report(&app.edition, wish, "user:anna").unwrap()
}

/// Every text that a file holds, parts of packed files one by one.
fn texts(name: &str, bytes: &[u8]) -> Vec<String> {
    if !bytes.starts_with(b"PK") {
        return vec![String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| panic!("{name} is not UTF-8"))];
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for place in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(place).unwrap().read_to_end(&mut part).unwrap();
        parts.push(String::from_utf8_lossy(&part).into_owned());
    }
    parts
}

fn numbers(bundle: &Bundle) -> BTreeMap<String, String> {
    let numbers = sheet::docx::numbers(&bundle.files["rozdzial.docx"]).unwrap();
    numbers.into_iter().map(|number| (number.key, number.text)).collect()
}

fn json(bundle: &Bundle) -> Value {
    serde_json::from_slice(&bundle.files["liczby.json"]).unwrap()
}

fn an_edition_without_answers_has_a_whole_report(app: &TestApp) {
    let bundle = report(app, &Wish::default());
    let names: Vec<&str> = bundle.files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "dane/datapackage.json",
            "dane/kody.csv",
            "dane/liczby.csv",
            "dane/mierniki.csv",
            "excel/kody.csv",
            "excel/liczby.csv",
            "excel/mierniki.csv",
            "liczby-kanoniczne.json",
            "liczby.json",
            "rozdzial.docx",
            "rozdzial.html",
            "tabele.xlsx",
        ]
    );
    let numbers = numbers(&bundle);
    assert_eq!((numbers["jst.submitted"].as_str(), numbers["jst.submitted.share"].as_str()), ("0", "0 z 4"));
    assert_eq!(numbers["jst.tak.share"], "–", "nobody is in the base");
}

fn every_file_opens_and_says_the_same_numbers(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "1 090");
    let bundle = report(app, &Wish::default());
    let numbers = numbers(&bundle);
    assert_eq!(numbers["jst.suma"], "1\u{a0}090");
    let stored = json(&bundle);
    // What the document says of itself and the days of the response curve stand nowhere else.
    let own = |key: &str| {
        ["dokument.", "odpowiedzi.", "wskaznik."].iter().any(|of| key.starts_with(of))
            && stored["figures"].get(key).is_none()
    };
    for (key, text) in numbers.iter().filter(|(key, _)| !own(key)) {
        // What the files of numbers abbreviate is written out in sentences.
        let said = if text == "brak danych" { "b.d." } else { text };
        assert_eq!(stored["figures"][key]["text"].as_str(), Some(said), "{key}");
    }
    let page = scraper::Html::parse_document(std::str::from_utf8(&bundle.files["rozdzial.html"]).unwrap());
    let words: String = page.root_element().text().collect();
    assert!(words.contains("1\u{a0}090") && words.contains(&bundle.hash), "{words}");
    let book = sheet::read(&bundle.files["tabele.xlsx"], "tabele.xlsx").unwrap();
    let sheets: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    for wanted in ["Opis", "Tabela 1", "Liczby", "Definicje", "Kody JST", "Pytania JST"] {
        assert!(sheets.contains(&wanted), "{sheets:?}");
    }
    assert!(!sheets.contains(&"Odpowiedzi JST"), "answers stay inside: {sheets:?}");
    let all = book.sheets.iter().find(|sheet| sheet.name == "Liczby").unwrap();
    let row = all.rows.iter().find(|row| row.cells.contains(&sheet::Cell::Text("jst.suma".into()))).unwrap();
    assert!(row.cells.contains(&sheet::Cell::Number(1090.0)), "typed: {row:?}");
    let package: Value = serde_json::from_slice(&bundle.files["dane/datapackage.json"]).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let path = format!("dane/{}", resource["path"].as_str().unwrap());
        assert_eq!(resource["bytes"], bundle.files[&path].len());
    }
}

fn neither_contacts_nor_open_answers_stand_in_any_file(app: &TestApp) {
    let office = app.office_inside("Promna");
    let contact = [("kontakt_email", "jan.tajny@urzad.example"), ("kontakt_osoba", "Jan Tajny")];
    office.save("kontakt", &contact).location();
    office.answer("tak", "10");
    for answers in [false, true] {
        let bundle = report(app, &Wish { answers, ..Wish::default() });
        for (name, bytes) in &bundle.files {
            for part in texts(name, bytes) {
                for secret in ["Tajny", "jan.tajny", "Coś było."] {
                    assert!(!part.contains(secret), "{secret} stands in {name}");
                }
            }
        }
        let book = sheet::read(&bundle.files["tabele.xlsx"], "tabele.xlsx").unwrap();
        let sheet = book.sheets.iter().find(|sheet| sheet.name == "Odpowiedzi JST");
        assert_eq!(sheet.is_some(), answers, "only inside the office");
        let Some(sheet) = sheet else { continue };
        assert!(format!("{:?}", sheet.rows[0].cells).contains("[ile]"), "{:?}", sheet.rows[0]);
        assert_eq!(sheet.rows.len(), 2, "a row per response, nobody else is named");
    }
}

/// An answer of 100 000 characters, and in a list a name as long, which two offices spell in two ways.
fn long_answers(app: &TestApp) -> String {
    let long = "zażółć gęślą ".repeat(100_000 / 13);
    for (unit, end) in [("Promna", "Kurier"), ("Radzanów", "Kurjer")] {
        let office = app.office_inside(unit);
        office.save("liczby", &[("opis", &long)]).location();
        things::write(&office, &format!("{long}{end}"));
        office.answer("nie", "1");
    }
    long.trim().to_owned()
}

fn answers_of_100_000_characters_are_coded_merged_and_exported(app: &TestApp) {
    const BENCH: &str = "/panel/proba/2024/kodowanie/jst/opis";
    let long = long_answers(app);
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    let page = anna.get(BENCH).with_status(200);
    let form = page.forms_to(BENCH).remove(0).tick("kod", "o01", true);
    assert!(anna.browser.post(BENCH, &form.pressed("zapisz", "wszystkie")).location().contains("zapisano=2"));
    let page = anna.get(LIST).with_status(200);
    assert!(page.source().len() < 10 * long.len(), "names are shown short: {} bytes", page.source().len());
    let merge = page.forms_to(&format!("{LIST}/polacz")).remove(0);
    anna.browser.post(&merge.action, &merge.sent()).location();
    let page = anna.get(LIST).with_status(200);
    assert!(page.words().contains("Połączono w"), "{:.2000}", page.words());
    let table = anna.get(&format!("{LIST}/grupy-excel.csv")).with_status(200);
    assert_eq!(table.source().matches(&long).count(), 2, "files have the whole of it");
    anna.get("/panel/proba/2024/decyzje").with_status(200);
    let units = anna.get(&format!("{BENCH}/kod/o01")).with_status(200);
    assert_eq!(units.texts("tbody tr").len(), 2);
    for answers in [false, true] {
        let bundle = report(app, &Wish { answers, ..Wish::default() });
        assert_eq!(numbers(&bundle)["jst.rozne"], "1");
        for (name, bytes) in &bundle.files {
            for part in texts(name, bytes) {
                assert!(!part.contains("gęślą") && !part.contains("gesla"), "own words stand in {name}");
            }
        }
        let book = sheet::read(&bundle.files["tabele.xlsx"], "tabele.xlsx").unwrap();
        let codes = book.sheets.iter().find(|sheet| sheet.name == "Kody odpowiedzi").unwrap();
        let row = codes.rows.iter().find(|row| row.cells.contains(&sheet::Cell::Text("o01".into()))).unwrap();
        assert_eq!(row.cells[11..15], [2.0, 2.0, 2.0, 2.0].map(sheet::Cell::Number), "{row:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("jst");
    let format = Format::Csv(sheet::Profile::ExcelPl);
    let mut files = Folder::begin(&to, format).unwrap();
    let wanted = Wanted { form: "jst", open_text: true };
    app.service.export_responses(&app.edition, wanted, &mut files).unwrap();
    files.finish().unwrap();
    for (file, count) in [("odpowiedzi.csv", 2), ("wpis.csv", 2)] {
        let text = std::fs::read_to_string(to.join(file)).unwrap();
        assert_eq!(text.matches(&long).count(), count, "{file}");
    }
}

fn no_office_is_named_in_a_file_that_is_passed_on(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "1 090");
    let names = |wish: &Wish| -> Vec<String> {
        let bundle = report(app, wish);
        let all = bundle.files.iter().flat_map(|(name, bytes)| {
            texts(name, bytes).into_iter().filter(|text| text.contains("Promna")).map(|_| name.clone())
        });
        all.collect()
    };
    assert_eq!(names(&Wish::default()), Vec::<String>::new());
    let inside = names(&Wish { answers: true, ..Wish::default() });
    assert!(!inside.is_empty() && inside.iter().all(|name| name == "tabele.xlsx"), "{inside:?}");
}

fn a_report_while_answers_arrive_is_of_one_moment(app: &TestApp) {
    let offices: Vec<_> = ["Promna", "Białobrzegi", "Radzanów"].map(|name| app.office_inside(name)).into();
    std::thread::scope(|scope| {
        let writing: Vec<_> =
            offices.iter().map(|office| scope.spawn(|| office.answer("nie", "1"))).collect();
        let mut rounds = 0;
        while rounds < 2 || writing.iter().any(|thread| !thread.is_finished()) {
            rounds += 1;
            let bundle = report(app, &Wish { answers: true, ..Wish::default() });
            let (numbers, stored) = (numbers(&bundle), json(&bundle));
            let seq = bundle.seq.to_string();
            assert_eq!(stored["as_of"]["seq"].to_string(), seq);
            assert_eq!(numbers["jst.submitted"], seq);
            assert_eq!(numbers["jst.suma"], if bundle.seq == 0 { "brak danych".to_owned() } else { seq });
            let book = sheet::read(&bundle.files["tabele.xlsx"], "tabele.xlsx").unwrap();
            let answers = book.sheets.iter().find(|sheet| sheet.name == "Odpowiedzi JST").unwrap();
            assert_eq!(answers.rows.len() - 1, usize::try_from(bundle.seq).unwrap());
        }
    });
}

fn freeze(app: &TestApp) -> String {
    let wish = Freezing { name: None, kind: StateKind::Published, label: "opublikowany".into() };
    let hash = app.service.freeze(&app.edition, &wish, "user:anna").unwrap().row.hash;
    app.service.unfreeze(&app.edition, "user:anna").unwrap();
    hash
}

fn a_report_of_a_frozen_state_has_its_numbers_and_its_hash_in_every_file(app: &TestApp) {
    app.office_inside("Promna").answer("nie", "10");
    let hash = freeze(app);
    app.office_inside("Radzanów").answer("nie", "25");
    let bundle = report(app, &Wish { state: Some("opublikowany".into()), ..Wish::default() });
    assert_eq!((bundle.hash.as_str(), bundle.seq), (hash.as_str(), 1));
    assert_eq!(numbers(&bundle)["jst.suma"], "10");
    for (name, bytes) in bundle.files.iter().filter(|(name, _)| *name != "liczby-kanoniczne.json") {
        assert!(texts(name, bytes).iter().any(|part| part.contains(&hash)), "{name} does not carry the hash");
    }
    assert_eq!(numbers(&report(app, &Wish::default()))["jst.suma"], "35");
    let missing = Wish { state: Some("nie-ma".into()), ..Wish::default() };
    assert!(app.service.report(&app.edition, &missing, "user:anna").is_err());
}

fn refreshed_numbers_tell_what_changed_and_leave_the_rest_alone(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let before = report(app, &Wish::default()).files.remove("rozdzial.docx").unwrap();
    app.office_inside("Radzanów").answer("nie", "25");
    let refreshed = app.service.report_update(&app.edition, None, &before, "user:anna").unwrap();
    let suma: Vec<_> = refreshed.told.changes.iter().filter(|change| change.key == "jst.suma").collect();
    assert!(!suma.is_empty());
    assert!(suma.iter().all(|change| (change.old.as_str(), change.new.as_str()) == ("10", "35")));
    assert!(refreshed.told.changes.iter().all(|change| change.old != change.new));
    assert_eq!((refreshed.told.missing.len(), refreshed.told.deleted.len()), (0, 0));
    let pictures: Vec<_> = refreshed.told.pictures.iter().map(|one| (one.key.as_str(), one.remark)).collect();
    assert_eq!(pictures, [("rysunek.odpowiedzi.jst", "odświeżony")]);
    let fresh = report(app, &Wish::default());
    let texts: BTreeMap<String, String> =
        sheet::docx::numbers(&refreshed.bytes).unwrap().into_iter().map(|n| (n.key, n.text)).collect();
    assert_eq!(texts, numbers(&fresh), "the refreshed document says what a new one says");
    let again = app.service.report_update(&app.edition, None, &refreshed.bytes, "user:anna").unwrap();
    assert_eq!(again.told.changes, []);
}

/// Paragraphs with digits, as they stand when everything bound is taken out.
fn digits_outside(document: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let mut found = Vec::new();
    for part in ["word/document.xml", "word/footnotes.xml"] {
        let mut text = String::new();
        archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        let mut bound: Vec<bool> = Vec::new();
        let (mut paragraph, mut shown) = (String::new(), false);
        for piece in text.split('<').skip(1) {
            let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
            match tag.split([' ', '/']).next().unwrap_or_default() {
                "w:sdt" => bound.push(false),
                "w:dataBinding" => *bound.last_mut().unwrap() = true,
                "w:t" => shown = true,
                "" if tag == "/w:sdt" => _ = bound.pop(),
                "" if tag == "/w:p" => found.push(std::mem::take(&mut paragraph)),
                _ => shown = false,
            }
            if shown && !bound.contains(&true) {
                paragraph.push_str(words);
            }
        }
    }
    found.retain(|paragraph| paragraph.contains(|c: char| c.is_ascii_digit()));
    found
}

fn no_digit_outside_of_controls_changes_with_a_correction(app: &TestApp) {
    let writes = |unit: &str, many: &str, text: &str| {
        let office = app.office_inside(unit);
        things::write(&office, &format!("Gazeta z {unit}"));
        office.save("liczby", &[("czy", "nie"), ("ile", many), ("opis", text), ("zgoda", "OK")]).location();
        office.send().location();
    };
    let value = |number: &str, reason: &str| TypedValue {
        code: "W1".into(),
        years: "2024".into(),
        part: "inne".into(),
        value: number.into(),
        document: format!("Sprawozdanie nr {number}"),
        accessed: "2025-01-14".into(),
        reason: reason.into(),
        ..TypedValue::default()
    };
    let set = |value: &TypedValue| {
        app.service.indicator_set(&app.programme(), value, None, "command").unwrap();
    };
    writes("Promna", "10", "szkolenia");
    writes("Białobrzegi", "3", "brak");
    set(&value("40", ""));
    let before = report(app, &Wish::default()).files.remove("rozdzial.docx").unwrap();
    let outside = digits_outside(&before);
    assert!(outside.iter().any(|paragraph| paragraph.contains("2024")), "{outside:?}");

    let office = app.office_inside("Promna");
    office.correct();
    office.save("liczby", &[("ile", "1 250")]).location();
    office.send().location();
    set(&value("55", "Pomyłka w sprawozdaniu"));
    let anna = inside(app);
    let bench = "/panel/proba/2024/kodowanie/jst/opis";
    let page = anna.get(&format!("{bench}?stan=wszystkie")).with_status(200);
    let card =
        page.form_in(&format!("#o-{} form[action='{bench}']", app.issued("Białobrzegi").invitation.id));
    anna.browser.post(bench, &card.tick("kod", "o98", true).pressed("zapisz", "jedna"));
    assert_eq!(app.service.figures(&app.edition).unwrap().figures["jst.opis.odpowiedzi.off_topic"].text, "1");

    let after = report(app, &Wish::default()).files.remove("rozdzial.docx").unwrap();
    assert_eq!(
        digits_outside(&after),
        outside,
        "what is not bound does not depend on answers, values or codes"
    );
    // A merge is a decision, which a new chapter lists in its annex; in the old one it changes numbers only.
    let both = ["gazeta z promna", "gazeta z bialobrzegi"];
    things::merge(&anna, &anna.get(LIST), &both, "ta sama gazeta").location();
    let after = report(app, &Wish::default()).files.remove("rozdzial.docx").unwrap();
    let refreshed = app.service.report_update(&app.edition, None, &before, "user:anna").unwrap();
    assert_eq!(digits_outside(&refreshed.bytes), outside);
    let told = refreshed.told.changes.iter().find(|change| change.key == "jst.rozne").unwrap();
    assert_eq!((told.old.as_str(), told.new.as_str()), ("2", "1"), "two names that are one thing since");
    let shown = |bytes: &[u8]| -> BTreeMap<String, String> {
        sheet::docx::numbers(bytes).unwrap().into_iter().map(|number| (number.key, number.text)).collect()
    };
    let (refreshed, fresh) = (shown(&refreshed.bytes), shown(&after));
    for (key, text) in &refreshed {
        assert!(fresh.get(key).is_none_or(|fresh| fresh == text), "{key}: {text}");
    }
    assert!(
        refreshed["wskaznik.W1.2024.inne-zrodla"] == "55"
            && refreshed["wskaznik.W1.2024.inne-zrodla.zrodlo"].contains("nr 55")
    );
    assert_eq!(refreshed["jst.rozne"], "1");
}

fn a_document_that_is_not_ours_is_said_to_be_so(app: &TestApp) {
    let refused = |bytes: &[u8]| match app.service.report_update(&app.edition, None, bytes, "user:anna") {
        Err(UpdateError::Document(error)) => unusable(&error),
        other => panic!("{other:?}"),
    };
    assert!(refused(b"to nie jest dokument").contains("nie jest dokumentem Worda"));
    let workbook = report(app, &Wish::default()).files.remove("tabele.xlsx").unwrap();
    assert!(refused(&workbook).contains("Worda"), "{}", refused(&workbook));
    assert!(refused(&[]).contains("Worda"));
}

fn texts_that_look_like_formulas_or_markup_stay_texts(app: &TestApp) {
    let fact = Fact {
        event: "=cmd|' /C calc'!A0".into(),
        number: Some("2".into()),
        source: FactSource { document: "<script>alert(1)</script>".into(), ..FactSource::default() },
        ..Fact::default()
    };
    let (slug, _) = app.service.fact_save(&app.edition, None, 0, &fact, "user:anna").unwrap();
    let said = SourceNote { text: "=1+1 & <b>".into(), facts: vec![slug.clone()], ..SourceNote::default() };
    let note = RowNote { sources: [("JST".to_owned(), said)].into(), ..RowNote::default() };
    app.service.row_save(&app.edition, "1.1", 0, &note, "user:anna").unwrap();
    let bundle = report(app, &Wish::default());
    let page = String::from_utf8(bundle.files["rozdzial.html"].clone()).unwrap();
    assert!(!page.contains("<script>") && page.contains("=1+1 &amp; &lt;b&gt;"));
    // Open data are for programs; only what Excel opens is escaped.
    let table = String::from_utf8(bundle.files["excel/liczby.csv"].clone()).unwrap();
    assert!(table.contains("'=cmd") && !table.contains(";=cmd"), "{table}");
    assert_eq!(numbers(&bundle)[&format!("fakt.{slug}")], "2");
    for part in texts("tabele.xlsx", &bundle.files["tabele.xlsx"]) {
        assert!(!part.contains("<f>"), "a formula in the workbook");
    }
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn the_panel_hands_out_the_files_and_leaves_a_trail(app: &TestApp) {
    let anna = inside(app);
    let page = anna.get("/panel/proba/2024/rozdzial").with_status(200);
    let files = page.attributes("main a", "href");
    let files: Vec<&String> = files.iter().filter(|href| href.contains("/rozdzial/")).collect();
    assert_eq!(files.len(), 13, "{files:?}");
    for href in files {
        let file = anna.get(href).with_status(200);
        assert!(file.header("content-disposition").unwrap().starts_with("attachment"), "{href}");
        assert!(!file.body.is_empty(), "{href}");
    }
    anna.get("/panel/proba/2024/rozdzial/nie-ma.docx").with_status(404);
    anna.get("/panel/proba/2024/rozdzial?stan=nie-ma").with_status(404);
    assert!(page.words().contains("1.1. Działanie na próbę"), "a row without a text: {}", page.words());
    let scope = app.programme().scope();
    let trail = app.service.store.read("test", |tx| tx.audit_page(scope, None, 50)).unwrap();
    let exports: Vec<_> = trail.iter().filter(|row| row.action == "export").collect();
    assert_eq!(exports.len(), 13);
    assert!(exports.iter().any(|row| row.details["what"] == "tabele.xlsx, z odpowiedziami"));
}
