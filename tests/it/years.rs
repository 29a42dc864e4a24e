//! Two years of one programme: last year's answers beside the questions, numbers beside each other, totals of years
//! without answers.

use std::path::{Path, PathBuf};

use miernik::forms::ProgrammeFiles;
use miernik::service::compare::{self, View};
use miernik::service::editions::Calendar;
use miernik::service::{EditionName, Refused};
use serde_json::{Value, json};

use crate::harness::{Analyst, LOGIN, Office, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    last_year_s_answers_stand_beside_the_questions_and_are_copied_only_by_a_press,
    entries_of_last_year_are_taken_over_one_by_one,
    what_was_answered_last_year_is_stored_with_the_submission,
    an_office_that_did_not_answer_sees_nothing_of_last_year,
    two_years_stand_beside_each_other_with_every_break,
    the_same_units_are_compared_apart_from_everybody,
    the_same_units_leave_the_panel_only_where_neither_they_nor_the_others_are_few,
    an_edition_without_an_earlier_one_is_compared_with_nothing,
    figures_carry_the_mark_of_a_changed_definition,
    the_panel_shows_the_comparison_and_hands_it_out,
    editions_are_compared_in_their_order_whatever_is_named_first,
    given_numbers_stand_beside_the_series_with_their_source,
    two_people_who_give_the_same_number_at_once_are_told,
    a_given_number_that_is_none_is_refused_with_what_was_typed,
}

/// The programme of the fixtures with a second edition.
fn files() -> (tempfile::TempDir, ProgrammeFiles) {
    let folder = tempfile::tempdir().unwrap();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures");
    copy(&fixtures.join("proba"), folder.path());
    let extra = fixtures.join("lata");
    std::fs::copy(extra.join("jst-2025.toml"), folder.path().join("jst-2025.toml")).unwrap();
    let programme = folder.path().join("programme.toml");
    let mut text = std::fs::read_to_string(&programme).unwrap();
    text.push_str(&std::fs::read_to_string(extra.join("edition.toml")).unwrap());
    std::fs::write(programme, text).unwrap();
    let files = ProgrammeFiles::Folder(folder.path().to_owned());
    (folder, files)
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap().path();
        let target: PathBuf = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy(&entry, &target);
        } else {
            std::fs::copy(&entry, &target).unwrap();
        }
    }
}

fn next() -> EditionName {
    EditionName { programme: "proba".into(), edition: "2025".into() }
}

/// Opens the second edition and goes to its second day.
fn a_year_later(app: &TestApp) {
    let (_folder, files) = files();
    app.service.edition_create(&next(), &files, Calendar::default(), false).unwrap();
    app.service.edition_open(&next(), &files).unwrap();
    app.wait_until("2026-01-20T08:00:00Z");
}

/// An office inside the second edition.
fn office(app: &TestApp, unit: &str) -> Office {
    let all = app.service.issued(&next()).unwrap();
    let issued = all.into_iter().find(|issued| issued.invitation.unit_name == unit).unwrap();
    let office = Office::of(app, &issued);
    office.begin();
    office
}

fn entry(office: &Office, name: &str, people: &str) {
    let form = office.section("lista").form();
    let blank = form.names().into_iter().find(|field| field.ends_with(".nazwa")).unwrap().to_owned();
    let row = blank.strip_suffix(".nazwa").unwrap().to_owned();
    let form = form.set(&blank, name).set(&format!("{row}.osoby"), people);
    office.press(&form, "_save").location();
}

/// What the offices answered in the first year.
fn first_year(app: &TestApp) {
    let promna = app.office_inside("Promna");
    promna.save("kontakt", &[("kontakt_email", "jan@promna.example")]).location();
    entry(&promna, "Klub", "7");
    let form = promna.section("liczby").form().tick("barwy", "czern", true);
    promna.press(&form.set("kwota", "100").set("opis", "Opis z 2024."), "_save").location();
    promna.answer("tak", "1090");
    app.office_inside("Białobrzegi").answer("nie", "10");
}

/// The second year: Promna again, Radzanów for the first time.
fn second_year(app: &TestApp) {
    let answer = |unit: &str, czy: &str, number: &str, colour: &str| {
        let office = office(app, unit);
        let form = office.section("liczby").form().set("czy", czy).set("liczba", number);
        let form = form.tick("barwy", colour, true).tick("zgoda", "OK", true).set("kwota", "80");
        office.press(&form, "_save").location();
        if czy == "tak" {
            office.save("dodatek", &[("dopisek", "Znowu.")]).location();
        }
        assert_eq!(office.send().location(), "/ankieta/potwierdzenie");
    };
    answer("Promna", "tak", "1200", "czern");
    answer("Radzanów", "tak", "5", "szary");
}

fn two_years(app: &TestApp) {
    first_year(app);
    a_year_later(app);
    second_year(app);
}

fn last_year_s_answers_stand_beside_the_questions_and_are_copied_only_by_a_press(app: &TestApp) {
    first_year(app);
    a_year_later(app);
    let office = office(app, "Promna");
    let page = office.section("liczby");
    assert_eq!(page.text("#p-liczba"), "Rok temu: 1090");
    assert!(page.attributes("#f-liczba", "aria-describedby")[0].contains("p-liczba"));
    assert_eq!(page.text("#p-opis"), "Rok temu: Opis z 2024.");
    assert!(page.texts("#p-kwota").is_empty(), "the question means something else now");
    assert!(page.texts("#p-barwy").is_empty(), "the choice was split");
    let form = page.form();
    assert_eq!((form.value("liczba").as_str(), form.buttons("_copy")), ("", vec!["liczba"]));
    assert!(office.section("kontakt").texts("#p-kontakt_email").is_empty(), "contact details never");
    assert!(!office.section("kontakt").source().contains("jan@promna.example"));

    let form = form.set("opis", "Nowy opis.");
    let pressed = office.browser.post(&form.action, &form.pressed("_copy", "liczba"));
    assert_eq!(pressed.location(), "/ankieta/czesc/liczby#f-liczba");
    let again = office.section("liczby");
    assert_eq!(again.form().value("liczba"), "1090");
    assert_eq!(again.form().value("opis"), "Nowy opis.", "what else was typed is saved too");
    assert!(again.form().buttons("_copy").is_empty(), "the answer is the same now");
    assert_eq!(again.text("#p-liczba"), "Rok temu: 1090");

    for wrong in ["kontakt_email", "nazwa", "nie_ma", "wpis.aaaaaaaa.nazwa"] {
        office.browser.post(&form.action, &form.clone().with("_copy", wrong).sent()).with_status(400);
    }
}

fn entries_of_last_year_are_taken_over_one_by_one(app: &TestApp) {
    first_year(app);
    a_year_later(app);
    let office = office(app, "Promna");
    let page = office.section("lista");
    assert!(page.words().contains("Rok temu na tej liście było też: Klub"), "{}", page.words());
    let form = page.form();
    let offered = form.buttons("_take")[0].to_owned();
    let taken = office.browser.post(&form.action, &form.pressed("_take", &offered));
    assert!(taken.location().starts_with("/ankieta/czesc/lista#r-wpis."), "{}", taken.location());
    let page = office.section("lista");
    let form = page.form();
    assert_eq!(form.value(&format!("{offered}.nazwa")), "Klub");
    assert_eq!(form.value(&format!("{offered}.osoby")), "", "only what the questionnaire offers is taken");
    assert!(form.buttons("_take").is_empty());
    // The same press sent again changes nothing; a removed entry is offered again.
    let before = app.database.dump();
    office.browser.post(&form.action, &form.clone().with("_take", &offered).sent()).location();
    assert_eq!(office.section("lista").texts("fieldset.entry").len(), page.texts("fieldset.entry").len());
    assert_eq!(app.database.dump(), before);
    let form = office.section("lista").form();
    office.browser.post(&form.action, &form.pressed("_remove", &offered)).location();
    assert_eq!(office.section("lista").form().buttons("_take"), [offered.as_str()]);
}

fn what_was_answered_last_year_is_stored_with_the_submission(app: &TestApp) {
    two_years(app);
    let all = app.service.issued(&next()).unwrap();
    let context = |unit: &str| {
        let issued = all.iter().find(|issued| issued.invitation.unit_name == unit).unwrap();
        let scope = app.programme().scope();
        let sent =
            app.service.store.read("test", |tx| tx.submission_list(scope, issued.invitation.id)).unwrap();
        sent[0].context.previous.clone()
    };
    let promna = context("Promna");
    assert_eq!((promna["liczba"].as_str(), promna["czy"].as_str()), ("1090", "tak"));
    assert!(!promna.contains_key("kwota") && !promna.contains_key("kontakt_email"), "{promna:?}");
    assert!(context("Radzanów").is_empty());
}

fn an_office_that_did_not_answer_sees_nothing_of_last_year(app: &TestApp) {
    first_year(app);
    app.withdraw("Białobrzegi");
    a_year_later(app);
    for unit in ["Radzanów", "Białobrzegi"] {
        let office = office(app, unit);
        let page = office.section("liczby");
        assert!(!page.words().contains("Rok temu"), "{unit}: {}", page.words());
        assert!(page.form().buttons("_copy").is_empty());
        let form = page.form();
        office.browser.post(&form.action, &form.clone().with("_copy", "liczba").sent()).location();
        assert_eq!(office.section("liczby").form().value("liczba"), "", "there is nothing to copy");
    }
}

fn compared(app: &TestApp, view: View) -> Value {
    let comparison = app.service.compare(&next(), &[], view).unwrap();
    serde_json::from_slice(&compare::json(&comparison)).unwrap()
}

fn series<'a>(document: &'a Value, name: &str, code: Option<&str>) -> &'a Value {
    let all = document["series"].as_array().unwrap();
    let wanted = |one: &&Value| one["name"] == name && one["choice"]["code"].as_str() == code;
    all.iter().find(wanted).unwrap_or_else(|| panic!("no series {name} {code:?}"))
}

fn values(series: &Value) -> Vec<Value> {
    series["points"].as_array().unwrap().iter().map(|point| point["value"].clone()).collect()
}

fn two_years_stand_beside_each_other_with_every_break(app: &TestApp) {
    two_years(app);
    let document = compared(app, View::All);
    let editions: Vec<&Value> =
        document["editions"].as_array().unwrap().iter().map(|e| &e["edition"]).collect();
    assert_eq!(editions, ["proba/2024", "proba/2025"]);
    assert_eq!(document["editions"][1]["forms"]["jst"], json!({ "invited": 4, "submitted": 2 }));

    let sum = series(&document, "suma_liczb", None);
    assert_eq!(values(sum), [json!(1100), json!(1205)]);
    assert_eq!(sum["points"][0]["measure"], "suma", "found by the question, not by the name");
    assert_eq!(sum["points"][1]["change"]["absolute"], 105);
    assert_eq!(sum["points"][1]["change"]["relative"], 0.095455);

    let share = series(&document, "tak", None);
    assert_eq!(values(share), [json!(1), json!(2)]);
    assert_eq!(share["points"][1]["change"], json!({ "absolute": 1, "relative": null, "points": null }));

    assert_eq!(share["points"][1]["share"], Value::Null, "of a base under ten only counts are told");

    let broken = series(&document, "kwoty", None);
    assert_eq!(values(broken), [json!(100), json!(80)]);
    assert_eq!(broken["points"][1]["cut"]["comparable"], "no");
    assert_eq!(broken["points"][1]["cut"]["notes"][0], "Do 2024 r. kwota brutto, od 2025 r. netto.");
    assert!(broken["points"][1].get("change").is_none(), "nothing is computed across this break");

    let split = series(&document, "barwy_ile", Some("czern szary"));
    assert_eq!(values(split), [json!(1), json!(2)]);
    assert_eq!(split["points"][1]["cut"]["comparable"], "partial");
    assert_eq!(values(series(&document, "barwy_ile", Some("szary"))), [Value::Null, json!(1)]);

    assert!(
        document["series"].as_array().unwrap().iter().all(|one| one["name"] != "dopiski"),
        "no open answers"
    );
    assert_eq!(document["retired"][0]["reason"], "Nikt nie pamiętał dnia.");
}

fn the_same_units_are_compared_apart_from_everybody(app: &TestApp) {
    two_years(app);
    let document = compared(app, View::SameUnits);
    assert_eq!(document["view"], "same_units");
    for edition in document["editions"].as_array().unwrap() {
        assert_eq!(edition["forms"]["jst"], json!({ "invited": 1, "submitted": 1 }));
    }
    assert_eq!(values(series(&document, "suma_liczb", None)), [json!(1090), json!(1200)]);
    let sent = series(&document, "wszystkie", None);
    assert_eq!((&sent["points"][0]["base"], &sent["points"][1]["base"]), (&json!(1), &json!(1)));
}

/// Two offices answered each year, one of them in both.
fn the_same_units_leave_the_panel_only_where_neither_they_nor_the_others_are_few(app: &TestApp) {
    two_years(app);
    let anna = anna(app);
    let file = |view: &str| -> Value {
        let file = anna.get(&format!("/panel/proba/2025/porownanie/porownanie.json?widok={view}&z=2024"));
        serde_json::from_slice(&file.with_status(200).body).unwrap()
    };
    app.rules("[figures]\nsmallest_group = 2");
    assert_eq!(values(series(&file("wszyscy"), "suma_liczb", None)), [json!(1100), json!(1205)]);
    let same = file("te-same");
    for point in series(&same, "suma_liczb", None)["points"].as_array().unwrap() {
        assert!(
            point["value"].is_null() && point["base"].is_null() && point.get("change").is_none(),
            "{point}"
        );
        assert_eq!(point["hidden"], true);
    }
    app.rules("");
    assert_eq!(values(series(&file("wszyscy"), "suma_liczb", None)), [Value::Null, Value::Null]);
    let csv = anna.get("/panel/proba/2025/porownanie/porownanie.csv").with_status(200);
    assert!(
        !csv.source().contains("1205") && csv.source().contains("Liczby nie podaje się"),
        "{}",
        csv.source()
    );
    let page = anna.get("/panel/proba/2025/porownanie?widok=te-same&z=2024").with_status(200);
    assert!(page.source().contains("1\u{a0}090"), "the panel shows it: {}", page.words());
}

fn an_edition_without_an_earlier_one_is_compared_with_nothing(app: &TestApp) {
    first_year(app);
    let alone = app.service.compare(&app.edition, &[], View::All).unwrap();
    assert_eq!(alone.editions.len(), 1);
    assert!(alone.series.iter().all(|series| series.points.len() == 1 && series.points[0].change.is_none()));
    let unknown = app.service.compare(&app.edition, &["1999".into()], View::All);
    assert_eq!(unknown, Err(Refused::UnknownEdition("proba/1999".into())));
}

fn figures_carry_the_mark_of_a_changed_definition(app: &TestApp) {
    two_years(app);
    let figures = |name: &EditionName| -> Value {
        serde_json::from_slice(&app.service.figures(name).unwrap().canonical()).unwrap()
    };
    let new = figures(&next());
    let marked = |figure: &Value| figure["flags"].to_string().contains("definition_changed");
    assert!(marked(&new["figures"]["jst.kwoty"]));
    assert!(!marked(&new["figures"]["jst.suma_liczb"]));
    let old = figures(&app.edition);
    assert!(!old["figures"].as_object().unwrap().values().any(marked));
}

fn anna(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn the_panel_shows_the_comparison_and_hands_it_out(app: &TestApp) {
    two_years(app);
    let anna = anna(app);
    let page = anna.get("/panel/proba/2025/porownanie").with_status(200);
    for said in
        ["1\u{a0}100", "1\u{a0}205", "+105", "+10%", "Do 2024 r. kwota brutto", "Nikt nie pamiętał dnia."]
    {
        assert!(page.source().contains(said), "{said}: {}", page.words());
    }
    let drawn = page.attributes("svg.spark", "aria-label");
    assert!(drawn.iter().any(|words| words == "Suma. 2024: 1\u{a0}100; 2025: 1\u{a0}205."), "{drawn:?}");
    let chart =
        page.attributes("td a", "href").into_iter().find(|href| href.ends_with("m=jst.kwoty")).unwrap();
    let chart = anna.get(&chart).with_status(200);
    assert_eq!(chart.header("content-type"), Some("image/svg+xml"));
    assert!(chart.source().contains("zmiana definicji (M)"), "the break is drawn: {}", chart.source());
    anna.get("/panel/proba/2025/porownanie/wykres.svg?m=jst.inna").with_status(404);
    let same = anna.get("/panel/proba/2025/porownanie?widok=te-same&z=2024").with_status(200);
    assert!(same.words().contains("zawsze te same") && same.source().contains("1\u{a0}090"));
    anna.get("/panel/proba/2025/porownanie?z=1999").with_status(404);
    anna.get("/panel/proba/2024/porownanie").with_status(200);

    let file = |name: &str| anna.get(&format!("/panel/proba/2025/porownanie/{name}")).with_status(200);
    let json: Value = serde_json::from_slice(&file("porownanie.json").body).unwrap();
    let all = app.service.compare(&next(), &[], View::All).unwrap();
    assert_eq!(json, serde_json::from_slice::<Value>(&compare::json(&all.published())).unwrap());
    let csv = file("porownanie.csv");
    assert!(
        csv.source().contains("wszystkie,,jst,suma_liczb,Suma,sum,,,proba/2025,suma_liczb,2,4,1205,"),
        "{}",
        csv.source()
    );
    assert!(file("porownanie-excel.csv").body.starts_with(b"\xef\xbb\xbf"));
    anna.get("/panel/proba/2025/porownanie/inne.csv").with_status(404);
}

fn editions_are_compared_in_their_order_whatever_is_named_first(app: &TestApp) {
    two_years(app);
    let there = app.service.compare(&next(), &["2024".into()], View::All).unwrap();
    let back = app.service.compare(&app.edition, &["2025".into()], View::All).unwrap();
    assert_eq!(there, back);
    let itself = app.service.compare(&next(), &["2025".into()], View::All).unwrap();
    assert_eq!(itself.editions.len(), 1, "an edition is not compared with itself");
}

fn give(app: &TestApp, fields: &[(&str, &str)]) -> crate::harness::Page {
    let anna = anna(app);
    let form = anna.get("/panel/proba/2025/podane").with_status(200).form_to("/panel/proba/2025/podane");
    let form = fields.iter().fold(form, |form, (name, value)| form.set(name, value));
    anna.browser.post("/panel/proba/2025/podane", &form.sent())
}

const GIVEN: [(&str, &str); 7] = [
    ("miernik", "jst.suma_liczb"),
    ("od", "2021"),
    ("do", "2023"),
    ("liczba", "1 234"),
    ("dokument", "Raport za 2023 r."),
    ("strona", "12"),
    ("dostep", "30.04.2025"),
];

fn given_numbers_stand_beside_the_series_with_their_source(app: &TestApp) {
    two_years(app);
    assert_eq!(give(app, &GIVEN).location(), "/panel/proba/2025/podane");
    let anna = anna(app);
    let list = anna.get("/panel/proba/2025/podane").with_status(200);
    assert!(
        list.words().contains("Raport za 2023 r., s. 12, dostęp 30.04.2025, wpis: anna"),
        "{}",
        list.words()
    );
    let page = anna.get("/panel/proba/2025/porownanie").with_status(200);
    assert!(
        page.words().contains("2021–2023: 1\u{a0}234 – liczba podana")
            || page.source().contains("2021–2023: 1\u{a0}234 – liczba podana"),
        "{}",
        page.words()
    );
    let document = compared(app, View::All);
    let sum = series(&document, "suma_liczb", None);
    assert_eq!((&sum["known"][0]["value"], &sum["known"][0]["author"]), (&json!(1234), &json!("user:anna")));
    assert_eq!(values(sum), [json!(1100), json!(1205)], "never added to what responses give");

    // Changed and taken back; the history stays.
    let edit = "/panel/proba/2025/podane?m=jst.suma_liczb&od=2021&do=2023";
    let form = anna.get(edit).with_status(200).form_to("/panel/proba/2025/podane").set("liczba", "b.d.");
    anna.browser.post("/panel/proba/2025/podane", &form.sent()).location();
    let none = &compared(app, View::All);
    assert_eq!(series(none, "suma_liczb", None)["known"][0]["value"], Value::Null);
    let form = anna.get(edit).with_status(200).form_to("/panel/proba/2025/podane");
    anna.browser.post("/panel/proba/2025/podane", &form.pressed("wycofaj", "1")).location();
    assert!(series(&compared(app, View::All), "suma_liczb", None).get("known").is_none());
    assert_eq!(app.database.rows("known_total").len(), 3, "the history stays");
}

fn two_people_who_give_the_same_number_at_once_are_told(app: &TestApp) {
    a_year_later(app);
    let anna = anna(app);
    let form = anna.get("/panel/proba/2025/podane").with_status(200).form_to("/panel/proba/2025/podane");
    let form = GIVEN.iter().fold(form, |form, (name, value)| form.set(name, value));
    anna.browser.post("/panel/proba/2025/podane", &form.sent()).location();
    let late =
        anna.browser.post("/panel/proba/2025/podane", &form.set("liczba", "99").sent()).with_status(409);
    assert!(late.words().contains("Ktoś inny zmienił to w międzyczasie"), "{}", late.words());
    assert!(late.words().contains("99"), "what was typed is shown");
}

fn a_given_number_that_is_none_is_refused_with_what_was_typed(app: &TestApp) {
    a_year_later(app);
    let wrong = [
        ("miernik", "jst.suma_liczb"),
        ("od", "2023"),
        ("do", "2021"),
        ("liczba", "dużo"),
        ("dokument", ""),
        ("dostep", "jutro"),
    ];
    let page = give(app, &wrong).with_status(422);
    for said in ["od–do", "„dużo” nie jest liczbą", "Proszę podać dokument", "odczytano liczbę", "jutro"]
    {
        assert!(page.words().contains(said), "{said}: {}", page.words());
    }
    assert!(
        give(app, &[("miernik", ""), ("od", "2023"), ("liczba", "1")])
            .with_status(422)
            .words()
            .contains("Proszę wybrać miernik")
    );
}
