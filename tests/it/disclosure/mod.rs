//! Nothing that leaves the panel tells of fewer than five offices: every number of a small programme is collected from
//! everything that is handed out, and everything that follows from them by adding and subtracting is looked at.

use std::collections::{BTreeMap, BTreeSet};

use miernik::service::compare;
use miernik::service::indicators::TypedValue;
use miernik::service::states::Freezing;
use serde_json::Value;
use store::StateKind;

mod offices;
mod told;

use offices::{answered, edition, first_year, opened, rules, two_years};
use told::{Api, Chosen, computed, everything, of_tables, report, texts};

use crate::harness::{Analyst, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    nothing_that_leaves_the_panel_tells_of_few_offices,
    what_one_edition_keeps_inside_no_other_one_tells,
    of_a_small_base_there_is_no_percentage_anywhere,
    days_of_the_curve_are_told_in_groups_too,
}

/// Fewest offices in a group; what programmes have without a rule of their own.
const LEAST: u64 = 5;
/// Who may enter the panel of the small programme.
const LOGIN: &str = "basia";

fn anna(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

/// Every whole number of a text that stands for itself, whatever spaces are in it.
fn numbers_in(text: &str) -> BTreeSet<u64> {
    let plain: String = text.replace(['\u{a0}', '\u{202f}'], "");
    let tokens = plain.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/')));
    tokens.filter_map(|token| token.trim_end_matches('.').parse().ok()).collect()
}

/// Sums over all groups by attributes: those of few offices that are of no larger group as well.
fn sums_of_few() -> BTreeSet<u64> {
    let (mut few, mut many) = (BTreeSet::new(), BTreeSet::new());
    let names = ["kind", "powiat", "nuts2", "nuts3"];
    for mask in 0..16_usize {
        let mut groups: BTreeMap<Vec<&str>, (u64, u64)> = BTreeMap::new();
        for (_, unit, number) in first_year() {
            let own = names.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
            let key = own.map(|(_, name)| unit.attributes[name]).collect();
            let (offices, sum) = groups.entry(key).or_default();
            (*offices, *sum) = (*offices + 1, *sum + number.unwrap_or_default());
        }
        for (offices, sum) in groups.into_values() {
            if offices < LEAST {
                few.insert(sum)
            } else {
                many.insert(sum)
            };
        }
    }
    few.retain(|sum| *sum > 0 && !many.contains(sum));
    few
}

fn nothing_that_leaves_the_panel_tells_of_few_offices(app: &TestApp) {
    two_years(app);
    let api = Api::of(app);
    let told = everything(app, &api);
    assert_eq!(computed(&told), [None, None]);
    let is_told =
        |name: &str, value: &str| told.contains(&(None, Chosen::from([(name.to_owned(), value.to_owned())])));
    assert!(is_told("kind", "gmina_wiejska") && is_told("nuts2", "PL91"), "large groups are told: {told:?}");

    // The numbers themselves, as they stand in everything that is handed out.
    let few = sums_of_few();
    assert!(few.len() > 10, "{few:?}");
    let wish = Freezing { name: None, kind: StateKind::Published, label: "stan".into() };
    app.service.freeze(&edition("2024"), &wish, "user:anna").unwrap();
    let mut all: Vec<(String, String)> = Vec::new();
    for (year, state) in [("2024", None), ("2024", Some("stan")), ("2025", None)] {
        for (name, bytes) in report(app, year, state).files {
            all.extend(texts(&bytes).into_iter().map(|text| (format!("{year} {state:?} {name}"), text)));
        }
    }
    let addresses = ["2024/measures", "2024/measures?state=stan", "2024/measures.csv?by=kind&by=powiat"];
    all.extend(addresses.map(|rest| (rest.to_owned(), api.read(rest))));
    for (name, text) in &all {
        let found: Vec<u64> = numbers_in(text).intersection(&few).copied().collect();
        assert_eq!(found, [0_u64; 0], "{name}");
    }
    // What this test looks for is there as soon as the rule is another one.
    app.service.unfreeze(&edition("2024"), "user:anna").unwrap();
    rules(app, "smallest_group = 1");
    let told = of_tables(&api.json("2024/measures?by=kind&by=powiat"));
    assert!(computed(&told).iter().all(Option::is_some));
    assert!(!numbers_in(&api.read("2024/measures.csv?by=kind&by=powiat")).is_disjoint(&few));
}

/// Four offices answer in 2024, more in 2025; an indicator follows the same measure in both years.
fn a_year_of_few(app: &TestApp) -> u64 {
    opened(app);
    let few: Vec<(String, Option<u64>, u32)> = first_year()
        .filter(|one| one.2.is_some())
        .take(4)
        .map(|(_, unit, number)| (unit.code, number, 3))
        .collect();
    let sum = few.iter().filter_map(|one| one.1).sum();
    answered(app, "2024", few.into_iter());
    answered(app, "2025", first_year().map(|(_, unit, number)| (unit.code, number, 4)));
    let programme = app.service.programme("male").unwrap();
    for (year, part, value) in [("2024", "jst", ""), ("2025", "jst", ""), ("2025", "inne", "7")] {
        let value = TypedValue {
            code: "W1".into(),
            years: year.into(),
            part: part.into(),
            value: value.into(),
            bind: value.is_empty(),
            document: "Sprawozdanie".into(),
            accessed: "2026-01-14".into(),
            ..TypedValue::default()
        };
        app.service.indicator_set(&programme, &value, None, "command").unwrap();
    }
    sum
}

fn what_one_edition_keeps_inside_no_other_one_tells(app: &TestApp) {
    let hidden = a_year_of_few(app);
    let anna = anna(app);
    let shown: u64 = first_year().filter_map(|one| one.2).sum();
    let page = anna.get("/panel/male/2025/wskazniki/W1").with_status(200);
    assert!(numbers_in(page.source()).contains(&hidden), "the panel shows it: {}", page.words());

    let wish = Freezing { name: None, kind: StateKind::Published, label: "stan".into() };
    app.service.freeze(&edition("2025"), &wish, "user:anna").unwrap();
    let api = Api::of(app);
    let mut all: Vec<(String, String)> = Vec::new();
    for (year, state) in [("2024", None), ("2025", None), ("2025", Some("stan"))] {
        for (name, bytes) in report(app, year, state).files {
            all.extend(texts(&bytes).into_iter().map(|text| (format!("{year} {state:?} {name}"), text)));
        }
        for rest in ["indicators", "indicators.csv", "measures", "measures.csv"] {
            all.push((format!("API {year} {rest}"), api.read(&format!("{year}/{rest}"))));
        }
        for file in
            ["wskazniki/pliki/wskazniki.json", "wskazniki/pliki/wskazniki.csv", "porownanie/porownanie.json"]
        {
            let page = anna.get(&format!("/panel/male/{year}/{file}")).with_status(200);
            all.push((format!("{year} {file}"), page.source().to_owned()));
        }
    }
    let chart = anna.get("/panel/male/2025/porownanie/wykres.svg?m=jst.suma_liczb").with_status(200);
    all.push(("chart".into(), chart.source().to_owned()));
    // Alone, with what else the year has, with the base of the indicator, and as the change to the next year.
    let sums = [hidden, hidden + shown, hidden + shown + 7, hidden + 10, hidden + shown + 17, shown - hidden];
    for (name, text) in &all {
        let found: Vec<u64> = numbers_in(text).into_iter().filter(|number| sums.contains(number)).collect();
        assert_eq!(found, [0_u64; 0], "{name}");
    }
    let of_2025 =
        |what: &str| all.iter().any(|(name, text)| name.contains(what) && numbers_in(text).contains(&shown));
    assert!(of_2025("2025 None rozdzial.html") && of_2025("API 2025 indicators"), "what may be told is");
    let page = all.iter().find(|(name, _)| name == "2025 None rozdzial.html").unwrap();
    assert!(page.1.contains("której liczb nie podaje się"), "the chapter says why");
    let document = api.json("2025/indicators");
    let values = document["indicators"][0]["values"].as_array().unwrap();
    assert!(
        values.iter().all(|value| value["bound"].is_null()),
        "no number of an earlier moment: {values:?}"
    );

    // The panel says which points nobody outside sees.
    let page = anna.get("/panel/male/2025/porownanie").with_status(200);
    assert!(
        page.texts("ol li").iter().any(|note| note == "poza panelem ukryte: mniej niż 5 urzędów"),
        "{}",
        page.words()
    );
    let drawn = page.attributes("svg.spark", "aria-label");
    assert!(drawn.iter().any(|said| said.contains(", poza panelem ukryte; 2025")), "{drawn:?}");
    let open = app.service.compare(&edition("2025"), &[], compare::View::All).unwrap();
    assert!(open.series.iter().any(|series| series.points[1].inside.is_none()));
}

/// Numbers with a percent sign right behind them.
fn percents(text: &str) -> Vec<String> {
    let words = text.split([' ', '\n', '(', ')', ';', '"', '>', '<']);
    let is_one = |word: &&str| {
        word.find('%').is_some_and(|place| place > 0 && word.as_bytes()[place - 1].is_ascii_digit())
    };
    words.filter(is_one).map(str::to_owned).collect()
}

/// The cells of some columns of a CSV file.
fn columns(csv: &str, names: &[&str]) -> Vec<String> {
    let book = sheet::read(csv.as_bytes(), "tabela.csv").unwrap();
    let rows = &book.sheets[0].rows;
    let text = |cell: &sheet::Cell| match cell {
        sheet::Cell::Text(text) => text.clone(),
        sheet::Cell::Empty => String::new(),
        other => format!("{other:?}"),
    };
    let places: Vec<usize> = names
        .iter()
        .map(|name| {
            rows[0].cells.iter().position(|cell| text(cell) == *name).unwrap_or_else(|| panic!("{name}"))
        })
        .collect();
    rows.iter()
        .skip(1)
        .flat_map(|row| places.iter().map(|place| row.cells.get(*place).map(text).unwrap_or_default()))
        .collect()
}

fn of_a_small_base_there_is_no_percentage_anywhere(app: &TestApp) {
    two_years(app);
    // More than all offices together: of such a base there is never enough.
    rules(app, "smallest_group = 1\nsmallest_base = 1000000");
    let (api, anna) = (Api::of(app), anna(app));
    for row in api.json("2024/measures")["measures"].as_array().unwrap() {
        assert!(row["share"].is_null() && !row["share_text"].to_string().contains('%'), "{row}");
    }
    let share = api.json("2024/measures")["measures"][0].clone();
    assert_eq!((&share["name"], &share["numerator"], &share["base"]), (&"tak".into(), &0.into(), &32.into()));
    for table in api.json("2024/measures?by=kind")["tables"].as_array().unwrap() {
        assert!(table["groups"].as_array().unwrap().iter().all(|group| group["share"].is_null()), "{table}");
    }
    let empty =
        |csv: &str, names: &[&str]| assert!(columns(csv, names).iter().all(String::is_empty), "{csv}");
    empty(&api.read("2024/measures.csv"), &["udzial"]);
    empty(&api.read("2024/measures.csv?by=kind"), &["udzial"]);
    let file = |rest: &str| anna.get(&format!("/panel/male/2025/{rest}")).with_status(200);
    let response = file("braki-odpowiedzi/braki-odpowiedzi.csv");
    empty(response.source(), &["odsetek", "czesc_zaproszonych", "czesc_zlozonych", "indeks"]);
    empty(
        file("porownanie/porownanie.csv?z=2024").source(),
        &["udzial", "zmiana_wzgledna", "zmiana_udzialu_pp"],
    );

    let bundle = report(app, "2024", None);
    let figures: Value = serde_json::from_slice(&bundle.files["liczby.json"]).unwrap();
    let share = &figures["figures"]["jst.submitted.share"];
    assert_eq!((share["text"].as_str(), &share["value"]), (Some("32 z 46"), &Value::Null));
    for (key, figure) in figures["figures"].as_object().unwrap() {
        let is_part = key.ends_with(".share") || key.ends_with(".answered") || key.ends_with(".all");
        assert!(!is_part || figure["value"].is_null(), "{key}: {figure}");
    }
    empty(std::str::from_utf8(&bundle.files["dane/mierniki.csv"]).unwrap(), &["udzial"]);
    let kody = std::str::from_utf8(&bundle.files["dane/kody.csv"]).unwrap();
    empty(kody, &["udzial_odpowiadajacych", "udzial_wszystkich"]);
    for number in sheet::docx::numbers(&bundle.files["rozdzial.docx"]).unwrap() {
        let is_indicator = number.key.starts_with("wskaznik.");
        assert!(is_indicator || percents(&number.text).is_empty(), "{}: {}", number.key, number.text);
    }
    let said = |words: &str, place: &str| {
        // The target of an indicator is declared, not counted.
        let found: Vec<String> =
            percents(words).into_iter().filter(|word| !word.starts_with("70%")).collect();
        assert!(found.is_empty(), "{place}: {found:?}");
    };
    let page = scraper::Html::parse_document(std::str::from_utf8(&bundle.files["rozdzial.html"]).unwrap());
    let wanted =
        scraper::Selector::parse("p, td, th, li, figcaption, svg text, svg desc, svg title").unwrap();
    said(&page.select(&wanted).flat_map(|one| one.text()).collect::<Vec<_>>().join(" "), "rozdzial.html");
    for place in [
        "liczby",
        "liczby/jst/tak",
        "przekroje?miernik=jst.tak&wiersze=kind",
        "przekroje?miernik=jst.tak&wiersze=kind&kolumny=nuts3",
        "braki-odpowiedzi",
        "porownanie",
        "porownanie?widok=te-same&z=2024",
        "rozdzial",
    ] {
        said(&file(place).words(), place);
    }
}

fn days_of_the_curve_are_told_in_groups_too(app: &TestApp) {
    opened(app);
    let days = [1, 1, 2, 3, 3, 3, 4, 5, 6, 6, 6, 6, 6, 9];
    let sent = first_year().zip(days).map(|((_, unit, number), day)| (unit.code, number, day));
    answered(app, "2024", sent);
    let found = app.service.nonresponse(&edition("2024")).unwrap();
    let jst = found.iter().find(|one| one.form == "jst").unwrap();
    let told: Vec<(String, u64, u64)> =
        jst.told_curve().iter().map(|day| (day.day.to_string(), day.new, day.total)).collect();
    assert_eq!(told.iter().map(|one| one.1).sum::<u64>(), 14);
    assert!(told.iter().all(|one| one.1 >= LEAST), "{told:?}");
    assert_eq!(told.last().map(|one| one.2), Some(14));
    let numbers = sheet::docx::numbers(&report(app, "2024", None).files["rozdzial.docx"]).unwrap();
    let days: Vec<&str> = numbers
        .iter()
        .filter(|number| number.key.starts_with("odpowiedzi.jst.") && number.key.ends_with(".nowe"))
        .map(|number| number.text.as_str())
        .collect();
    assert_eq!(days.len(), told.len());
    assert!(days.iter().all(|new| new.parse::<u64>().unwrap() >= LEAST), "{days:?}");
}
