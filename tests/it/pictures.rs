//! Charts and maps in the panel and in the chapter: each with words for those who do not see it and its numbers in a table.

use std::io::{Cursor, Read};

use miernik::service::indicators::TypedValue;
use miernik::service::report::{Bundle, Wish};

use crate::harness::{LOGIN, PASSWORD, Page, TestApp, on_both_databases};

on_both_databases! {
    Small:
    bars_stand_beside_the_table_of_one_attribute,
    powiats_are_drawn_on_a_map_that_says_what_stays_inside,
    gminy_are_drawn_in_the_panel_and_whoever_did_not_answer_looks_like_everybody_else,
    the_chapter_has_charts_and_a_map_with_words_and_tables_and_names_nobody_who_did_not_answer,
    a_map_of_groups_that_are_too_small_is_not_drawn,
}

/// Two of four offices have sent.
fn known(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "1 090");
    app.office_inside("Białobrzegi").answer("nie", "1");
}

fn cross(app: &TestApp, rest: &str) -> Page {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna.get(&format!("/panel/proba/2024/przekroje?{rest}")).with_status(200)
}

fn bars_stand_beside_the_table_of_one_attribute(app: &TestApp) {
    assert!(cross(app, "miernik=jst.tak&wiersze=kind").texts("figure svg").is_empty(), "nobody has answered");
    known(app);
    let page = cross(app, "miernik=jst.tak&wiersze=kind");
    assert_eq!(page.texts("figure svg[role=img] title"), ["Ile razy tak, według: Rodzaj"]);
    let said = page.text("figure svg desc");
    assert!(said.starts_with("Największa liczba: gmina wiejska, 1 (n = 1)"), "{said}");
    let drawn = page.text("figure svg");
    assert!(drawn.contains("tylko") && drawn.contains("panelu"), "{drawn}");
    assert_eq!(page.texts("table").len(), 1);
    assert!(
        cross(app, "miernik=jst.barwy_ile&wiersze=kind").texts("figure").is_empty(),
        "a table of answers"
    );
    assert!(cross(app, "miernik=jst.tak&wiersze=kind&kolumny=nuts3").texts("figure").is_empty());
}

fn powiats_are_drawn_on_a_map_that_says_what_stays_inside(app: &TestApp) {
    known(app);
    app.rules("");
    let page = cross(app, "miernik=jst.suma&wiersze=powiat");
    let areas = page.texts("figure svg g > title");
    assert_eq!(areas.len(), 42);
    let told = areas.iter().find(|area| area.starts_with("powiat białobrzeski: ")).unwrap();
    assert_eq!(told, "powiat białobrzeski: 1 091 (tylko w panelu)");
    assert_eq!(areas.iter().filter(|area| area.ends_with(": brak złożonych ankiet")).count(), 41);
    assert!(page.text("figcaption").contains("Mapa jest tylko w panelu"), "{}", page.text("figcaption"));
}

fn gminy_are_drawn_in_the_panel_and_whoever_did_not_answer_looks_like_everybody_else(app: &TestApp) {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    let gminy = |rest: &str| anna.get(&format!("/panel/proba/2024/gminy{rest}"));
    let page = gminy("").with_status(200);
    assert!(page.texts("figure").is_empty() && page.words().contains("Żadna gmina nie złożyła"));
    known(app);
    let page = gminy("?miernik=jst.suma").with_status(200);
    let areas = page.texts("figure svg g > title");
    let told: Vec<&String> = areas.iter().filter(|area| !area.ends_with(": brak liczby")).collect();
    assert_eq!((areas.len(), told.len()), (314, 2), "{told:?}");
    assert!(told.iter().any(|area| area.contains("Promna") && area.ends_with(": 1 090")), "{told:?}");
    let rows = page.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.iter().any(|row| row.contains("Promna") && row.contains("1 090")), "{rows:?}");
    let unit = page.attributes("tbody a", "href").remove(0);
    anna.get(&unit).with_status(200);
    assert!(
        page.attributes("main a", "href")
            .iter()
            .all(|href| !href.ends_with("csv") && !href.ends_with("json"))
    );
    let page = gminy("?miernik=jst.barwy_ile").with_status(200);
    assert!(page.texts("figure").is_empty() && page.words().contains("nie da się pokazać na mapie"));
    gminy("?miernik=jst.nie_ma").with_status(404);
}

fn chapter(app: &TestApp) -> Bundle {
    app.service.report(&app.edition, &Wish::default(), "user:anna").unwrap()
}

/// The parts of a packed file as texts.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |place| {
        let mut file = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), String::from_utf8_lossy(&bytes).into_owned())
    };
    (0..count).map(part).collect()
}

fn entered(app: &TestApp, years: &str, value: &str) {
    let value = TypedValue {
        code: "W1".into(),
        years: years.into(),
        value: value.into(),
        document: "Sprawozdanie".into(),
        accessed: "2025-01-14".into(),
        ..TypedValue::default()
    };
    app.service.indicator_set(&app.programme(), &value, None, "command").unwrap();
}

fn the_chapter_has_charts_and_a_map_with_words_and_tables_and_names_nobody_who_did_not_answer(app: &TestApp) {
    known(app);
    app.rules("[figures]\nsmallest_group = 2\nmain = [\"jst.tak\"]");
    entered(app, "2022–2023", "30");
    entered(app, "2024", "12");
    let bundle = chapter(app);
    let source = std::str::from_utf8(&bundle.files["rozdzial.html"]).unwrap();
    let page = scraper::Html::parse_document(source);
    let texts = |wanted: &str| -> Vec<String> {
        let wanted = scraper::Selector::parse(wanted).unwrap();
        page.select(&wanted).map(|found| found.text().collect()).collect()
    };
    let titles = texts("svg[role=img] > title");
    let (map, series) =
        ("Ile razy tak według podregionów (NUTS 3)", "W1. Liczba rzeczy – wartość narastająco");
    assert!(titles.iter().any(|title| title == map), "{titles:?}");
    assert!(titles.iter().any(|title| title == series), "{titles:?}");
    assert_eq!(texts("svg[role=img] > desc").iter().filter(|said| !said.is_empty()).count(), titles.len());
    let areas = texts("svg g > title");
    let told: Vec<&String> = areas.iter().filter(|area| !area.ends_with(": nie podaje się")).collect();
    assert_eq!(told, ["powiat białobrzeski: 1 w podregionie Radomski"]);
    let captions = texts("caption").concat();
    assert!(
        captions.contains(map) && captions.contains("Wartości wskaźników w kolejnych latach"),
        "{captions}"
    );
    assert!(!source.contains("Radzanów"));

    let document = parts(&bundle.files["rozdzial.docx"]);
    let body = &document.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    for said in ["descr=\"Im ciemniejszy obszar", "descr=\"2022–2023: 30; 2024: 42; "] {
        assert!(body.contains(said), "{said}");
    }
    assert!(
        document.iter().any(|(name, text)| name.ends_with(".svg") && text.contains("w podregionie Radomski"))
    );
    assert!(document.iter().all(|(_, text)| !text.contains("Radzanów")));
}

fn a_map_of_groups_that_are_too_small_is_not_drawn(app: &TestApp) {
    known(app);
    app.rules("[figures]\nmain = [\"jst.tak\"]");
    let bundle = chapter(app);
    let page = std::str::from_utf8(&bundle.files["rozdzial.html"]).unwrap();
    assert!(page.contains("Mapy nie ma: w żadnym podregionie nie można podać liczby"));
    assert!(!page.contains("w podregionie") && !page.contains("powiat garwoliński"));
}
