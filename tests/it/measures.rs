//! Numbers: exactly the submissions that count, on every instance and in every form.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::harness::{LOGIN, PASSWORD, Program, TestApp, on_both_databases};

on_both_databases! {
    Small:
    the_document_has_the_agreed_fields_and_the_right_numbers,
    a_share_without_anybody_in_its_base_is_a_dash,
    what_was_asked_always_adds_up_to_what_was_sent,
    a_correction_replaces_and_withdrawing_brings_the_older_one_back,
    two_instances_over_one_database_always_agree,
    readers_that_meet_writers_never_see_half_of_a_submission,
    without_a_good_key_there_are_no_numbers,
    tables_come_in_two_profiles,
    a_parameter_that_an_address_does_not_know_is_refused,
    the_panel_shows_the_same_numbers_with_their_sentences,
}

const FIELDS: [&str; 17] = [
    "form",
    "name",
    "label",
    "fn",
    "value",
    "numerator",
    "denominator",
    "base",
    "base_kind",
    "share",
    "share_text",
    "answered",
    "missing",
    "dont_know",
    "not_relevant",
    "rows",
    "caveat",
];

/// Two offices have sent, one has begun, one has not.
fn known(app: &TestApp) {
    let promna = app.office_inside("Promna");
    let form = promna.section("liczby").form().set("kwota", "12,5").tick("barwy", "biel", true);
    promna.press(&form, "_save").location();
    promna.answer("tak", "1 090");
    let bialobrzegi = app.office_inside("Białobrzegi");
    bialobrzegi.save("liczby", &[("czy", "nie"), ("ile.nw", "1"), ("zgoda", "OK")]).location();
    bialobrzegi.send().location();
    app.office_inside("Radzanów").save("liczby", &[("czy", "tak"), ("ile", "7")]).location();
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().unwrap().keys().cloned().collect()
}

fn texts(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn document(service: &miernik::service::Service, app: &TestApp) -> Value {
    serde_json::to_value(service.measures(&app.edition).unwrap()).unwrap()
}

fn the_document_has_the_agreed_fields_and_the_right_numbers(app: &TestApp) {
    known(app);
    let all = app.program().measures();
    assert_eq!(keys(&all), texts(&["edition", "as_of", "synthetic", "forms", "measures", "codes"]));
    assert_eq!(all["codes"][0]["question"], "opis");
    assert_eq!(all["edition"], "proba/2024");
    assert_eq!(all["as_of"], json!({ "seq": 2, "frozen": false }));
    assert_eq!(all["synthetic"], false);
    assert_eq!(
        all["forms"],
        json!({ "jst": { "invited": 4, "submitted": 2 }, "up": { "invited": 1, "submitted": 0 } })
    );
    for measure in all["measures"].as_array().unwrap() {
        assert_eq!(keys(measure), texts(&FIELDS), "{measure}");
    }
    let expected = json!({
        "form": "jst", "name": "tak", "label": "Ile razy tak", "fn": "share", "value": 1,
        "numerator": 1, "denominator": 2, "base": 2, "base_kind": "answered", "share": null, "share_text": "–",
        "answered": 2, "missing": 0, "dont_know": 0, "not_relevant": 0, "rows": ["V"], "caveat": null,
    });
    assert_eq!(app.program().measure("jst", "tak"), expected);
    let sum = app.program().measure("jst", "suma");
    assert_eq!(sum["value"], 1090);
    assert_eq!((&sum["answered"], &sum["dont_know"], &sum["missing"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!((&sum["base"], &sum["share"], &sum["share_text"]), (&Value::Null, &Value::Null, &Value::Null));
    assert_eq!(sum["caveat"], "Na próbę.");
    assert_eq!(app.program().measure("jst", "kwoty")["value"], 12.5);
    let frequencies = json!([
        { "code": "biel", "label": "Biel", "count": 1 }, { "code": "czern", "label": "Czerń", "count": 0 },
    ]);
    assert_eq!(app.program().measure("jst", "barwy_ile")["value"], frequencies);
    let sent = app.program().measure("jst", "wszystkie");
    assert_eq!((&sent["value"], &sent["base"], &sent["share"]), (&json!(2), &json!(4), &Value::Null));
    assert_eq!(app.program().measure("jst", "dopiski")["value"], json!(["Coś było."]));
    assert_eq!(
        app.program().measure("up", "miejsca")["value"],
        Value::Null,
        "nobody answered: that is no zero"
    );
}

fn a_share_without_anybody_in_its_base_is_a_dash(app: &TestApp) {
    let share = app.program().measure("jst", "tak");
    assert_eq!(
        (&share["base"], &share["share"], &share["share_text"]),
        (&json!(0), &Value::Null, &json!("–"))
    );
    assert_eq!(app.program().measure("jst", "kwoty")["value"], Value::Null, "a mean of nothing");
}

fn what_was_asked_always_adds_up_to_what_was_sent(app: &TestApp) {
    known(app);
    let all = app.program().measures();
    for measure in all["measures"].as_array().unwrap() {
        let submitted = all["forms"][measure["form"].as_str().unwrap()]["submitted"].as_u64().unwrap();
        let parts = ["answered", "missing", "dont_know", "not_relevant"].map(|name| measure[name].as_u64());
        let sum: Option<u64> = parts.into_iter().sum();
        assert!(sum.is_none_or(|sum| sum == submitted), "{measure}");
    }
}

fn a_correction_replaces_and_withdrawing_brings_the_older_one_back(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.answer("nie", "10");
    let state = || {
        let all = app.program().measures();
        let suma = app.program().measure("jst", "suma")["value"].clone();
        (all["as_of"]["seq"].clone(), all["forms"]["jst"]["submitted"].clone(), suma)
    };
    assert_eq!(state(), (json!(1), json!(1), json!(10)));
    office.correct();
    office.save("liczby", &[("ile", "25")]).location();
    office.send().location();
    assert_eq!(state(), (json!(2), json!(1), json!(25)));
    app.withdraw("Promna");
    assert_eq!(state(), (json!(3), json!(1), json!(10)));
    app.withdraw("Promna");
    assert_eq!(state(), (json!(4), json!(0), Value::Null));
    let list = office.get("/ankieta").with_status(200);
    assert!(list.texts("[data-number]").is_empty(), "nothing is sent any more: {}", list.words());
    office.send().location();
    assert_eq!(state(), (json!(5), json!(1), json!(25)));
}

fn two_instances_over_one_database_always_agree(app: &TestApp) {
    let second = app.second_service();
    let names = ["Promna", "Białobrzegi", "Radzanów"];
    assert_eq!(document(&second, app), document(&app.service, app));
    for (n, name) in names.into_iter().enumerate() {
        app.office_inside(name).answer(if n == 1 { "tak" } else { "nie" }, &n.to_string());
        if n != 1 {
            assert_eq!(document(&second, app), document(&app.service, app));
        }
    }
    app.withdraw("Promna");
    let kept = document(&second, app);
    assert_eq!(kept, document(&app.service, app));
    assert_eq!(kept, document(&app.second_service(), app), "one that counts everything anew says the same");
    assert_eq!(kept["forms"]["jst"]["submitted"], 2);
}

fn readers_that_meet_writers_never_see_half_of_a_submission(app: &TestApp) {
    let offices: Vec<_> = ["Promna", "Białobrzegi", "Radzanów"].map(|name| app.office_inside(name)).into();
    std::thread::scope(|scope| {
        let writing: Vec<_> =
            offices.iter().map(|office| scope.spawn(|| office.answer("nie", "1"))).collect();
        while writing.iter().any(|thread| !thread.is_finished()) {
            let all = app.program().measures();
            let (seq, submitted) = (&all["as_of"]["seq"], &all["forms"]["jst"]["submitted"]);
            assert_eq!(seq, submitted);
            let measures = all["measures"].as_array().unwrap();
            let suma = measures.iter().find(|measure| measure["name"] == "suma").unwrap();
            // Before the first answer there is no sum.
            assert_eq!(suma["value"].as_u64().unwrap_or_default(), submitted.as_u64().unwrap(), "{all}");
        }
    });
    assert_eq!(app.program().measures()["forms"]["jst"]["submitted"], 3);
}

fn without_a_good_key_there_are_no_numbers(app: &TestApp) {
    let strangers =
        [Program::without_key(app), Program::with_key(app, "x"), Program::with_key(app, &"0".repeat(51))];
    for program in strangers {
        for rest in ["", ".csv"] {
            let answer = program.ask(rest).with_status(401);
            assert_eq!(answer.header("content-type"), Some("application/problem+json"));
            assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
            let problem: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(problem["status"], 401);
        }
    }
    app.program().measures();
    app.service.api_key_revoke("proba", "test").unwrap();
    app.program().ask("").with_status(401);
}

fn tables_come_in_two_profiles(app: &TestApp) {
    known(app);
    let open = app.program().ask(".csv").with_status(200);
    assert_eq!(open.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<&str> = open.source().lines().collect();
    assert!(lines[0].starts_with("edycja,stan_liczenia,"), "{}", lines[0]);
    assert!(
        lines.iter().any(|line| line.contains(",kwoty,") && line.contains(",12.5,")),
        "{}",
        open.source()
    );
    assert!(!open.source().contains("Coś było."), "open answers do not leave in tables");
    assert!(!open.source().contains('\r'));

    let excel = app.program().ask(".csv?profil=excel").with_status(200);
    assert!(excel.body.starts_with(b"\xef\xbb\xbf"));
    let lines: Vec<&str> = excel.source().split("\r\n").collect();
    assert!(lines[0].trim_start_matches('\u{feff}').starts_with("Edycja;Stan liczenia;"), "{}", lines[0]);
    assert!(
        lines.iter().any(|line| line.contains(";kwoty;") && line.contains(";12,5;")),
        "{}",
        excel.source()
    );
    assert_eq!(lines.len(), open.source().lines().count() + 1, "the same rows, the last line ended too");
}

fn a_parameter_that_an_address_does_not_know_is_refused(app: &TestApp) {
    let program = app.program();
    for wrong in ["?format=csv", "?measure=jst.tak", "?by=kind&state=x", "?profil=excel", ".csv?format=excel"]
    {
        let page = program.ask(wrong).with_status(400);
        assert_eq!(page.header("content-type"), Some("application/problem+json"), "{wrong}");
        let problem: Value = serde_json::from_slice(&page.body).unwrap();
        let said = problem.to_string();
        assert!(said.contains("nie zna tu parametru") && said.contains("/measures.csv"), "{said}");
    }
    for good in ["?by=kind&measure=jst.tak", ".csv?by=kind&profil=excel"] {
        program.ask(good).with_status(200);
    }
}

fn the_panel_shows_the_same_numbers_with_their_sentences(app: &TestApp) {
    known(app);
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    let page = anna.get("/panel/proba/2024/liczby").with_status(200);
    assert!(page.words().contains("Odpowiedź „tak” dało 1 urząd."), "{}", page.words());
    assert!(page.words().contains("2 z 4") && page.source().contains("1\u{a0}090"), "{}", page.words());
    let json = anna.get("/panel/proba/2024/liczby/mierniki.json").with_status(200);
    assert!(json.header("content-disposition").unwrap().contains("proba-2024-mierniki.json"));
    assert_eq!(serde_json::from_slice::<Value>(&json.body).unwrap(), app.program().measures());
    let csv = anna.get("/panel/proba/2024/liczby/mierniki-excel.csv").with_status(200);
    assert_eq!(csv.body, app.program().ask(".csv?profil=excel").body);
    anna.get("/panel/proba/2024/liczby/mierniki.xls").with_status(404);
    anna.get("/panel/proba/1999/liczby").with_status(404);
}
