//! Indicators: values with their sources and history, the computation, two people at once, files.

use miernik::service::Refused;
use miernik::service::indicators::{Placed, TypedValue};
use serde_json::{Value, json};

use crate::harness::{Analyst, Form, LOGIN, PASSWORD, Page, TestApp, on_both_databases};

on_both_databases! {
    Small:
    values_are_entered_and_the_computation_is_written_out,
    a_correction_needs_a_reason_and_keeps_what_was_there,
    the_second_of_two_people_is_told_and_stores_nothing,
    of_many_at_the_same_moment_exactly_one_is_stored,
    a_year_cannot_be_counted_twice,
    a_withdrawn_value_makes_room_for_others,
    a_bound_value_follows_its_measure_and_says_when_it_changed,
    everything_wrong_is_said_at_once_and_nothing_typed_is_lost,
    what_was_typed_is_only_text,
    a_file_gives_one_outcome_per_row_and_goes_in_whole_or_not_at_all,
    exported_values_go_in_again_without_a_change,
    the_figures_have_keys_that_stay_and_carry_their_flags,
    every_entry_leaves_a_row_in_the_trail,
    an_indicator_that_nobody_declares_has_no_page,
}

const LIST: &str = "/panel/proba/2024/wskazniki";
const PAGE: &str = "/panel/proba/2024/wskazniki/W1";

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

/// The form of the page that does this: `wpisz`, `powiaz`, `wycofaj`.
#[track_caller]
fn form(page: &Page, what: &str) -> Form {
    let forms = page.forms_to(PAGE);
    let found = forms.into_iter().find(|form| form.value("_co") == what);
    found.unwrap_or_else(|| panic!("no form {what}: {}", page.words()))
}

fn fill(form: Form, fields: &[(&str, &str)]) -> Form {
    fields.iter().fold(form, |form, (name, value)| form.set(name, value))
}

fn sourced<'a>(years: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("lata", years), ("wartosc", value), ("dokument", "Sprawozdanie"), ("dostep", "14.01.2025")]
}

/// Enters a value on the page.
#[track_caller]
fn enter(anna: &Analyst, fields: &[(&str, &str)]) -> Page {
    let form = fill(form(&anna.get(PAGE).with_status(200), "wpisz"), fields);
    anna.browser.post(&form.action, &form.sent())
}

fn typed(years: &str, value: &str) -> TypedValue {
    TypedValue {
        code: "W1".into(),
        years: years.into(),
        value: value.into(),
        document: "Sprawozdanie".into(),
        accessed: "2025-01-14".into(),
        ..TypedValue::default()
    }
}

fn set(app: &TestApp, typed: &TypedValue) -> Result<Placed, Refused> {
    app.service.indicator_set(&app.programme(), typed, None, "command")
}

/// The document of one indicator, as programs read it.
fn document(app: &TestApp, code: &str) -> Value {
    let client = reqwest::blocking::Client::new();
    let address = format!("{}/api/v1/editions/{}/indicators", app.address, app.edition);
    let answer = client.get(address).bearer_auth(&app.api_key).send().unwrap();
    let all: Value = answer.json().unwrap();
    let found = all["indicators"].as_array().unwrap().iter().find(|one| one["code"] == code);
    found.unwrap().clone()
}

fn values_are_entered_and_the_computation_is_written_out(app: &TestApp) {
    let anna = inside(app);
    let empty = anna.get(PAGE).with_status(200);
    assert!(empty.words().contains("Nie wpisano jeszcze żadnej wartości"), "{}", empty.words());
    assert_eq!(enter(&anna, &sourced("2021–2023", "30")).location(), format!("{PAGE}#historia"));
    let mut rest = sourced("2024", "12");
    rest.extend([("czesc", "inne"), ("strona", "s. 4"), ("uwaga", "po korekcie")]);
    enter(&anna, &rest).location();
    let page = anna.get(PAGE).with_status(200);
    let words = page.words();
    for part in [
        "30 (2021–2023) + 12 (2024) = 42",
        "42 / (110 − 10) = 42 / 100 = 42%",
        "brakuje 58",
        "na koniec 2024 r. planowano 40, osiągnięto 42: o 2 powyżej planu",
        "Nie wpisano części sumy (2024, JST)",
        "12 = inne źródła 12",
        "Sprawozdanie, s. 4, dostęp 14.01.2025",
        "anna, 20.01.2025",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!page.texts("svg title").is_empty(), "the line is drawn");
    let list = anna.get(LIST).with_status(200);
    assert!(list.words().contains("42 z 100") && list.words().contains("42%"), "{}", list.words());
    assert!(list.texts(".footnotes li").iter().any(|note| note.contains("niekompletne")));
    let result = &document(app, "W1")["result"];
    assert_eq!((&result["degree"], &result["degree_text"]), (&json!("21/50"), &json!("42%")));
    assert_eq!((&result["distance"], &result["planned"]), (&json!("58"), &json!("40")));
}

fn a_correction_needs_a_reason_and_keeps_what_was_there(app: &TestApp) {
    let anna = inside(app);
    enter(&anna, &sourced("2021–2023", "30")).location();
    let refused = enter(&anna, &sourced("2021–2023", "31")).with_status(422);
    assert!(refused.words().contains("powód poprawki"), "{}", refused.words());
    let mut again = sourced("2021–2023", "31");
    again.push(("powod", "literówka"));
    enter(&anna, &again).location();
    let words = anna.get(PAGE).words();
    assert!(words.contains("zastąpiona") && words.contains("powód: literówka"), "{words}");
    let values = document(app, "W1")["values"].clone();
    let told: Vec<(Value, Value)> = values
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["number"].clone(), one["current"].clone()))
        .collect();
    assert_eq!(told, [(json!("30"), json!(false)), (json!("31"), json!(true))]);
    enter(&anna, &sourced("2021–2023", "31")).location();
    assert_eq!(app.database.rows("indicator_value").len(), 2, "the same once more is nothing new");
}

fn the_second_of_two_people_is_told_and_stores_nothing(app: &TestApp) {
    let (anna, jan) = (inside(app), inside(app));
    let hers = fill(form(&anna.get(PAGE), "wpisz"), &sourced("2021–2023", "30"));
    let his = fill(form(&jan.get(PAGE), "wpisz"), &sourced("2022", "7"));
    anna.browser.post(PAGE, &hers.sent()).location();
    let told = jan.browser.post(PAGE, &his.sent()).with_status(409);
    assert!(
        told.words().contains("Ktoś inny zmienił") && told.words().contains("wskaźnik W1"),
        "{}",
        told.words()
    );
    assert!(told.words().contains('7'), "what was typed is shown");
    assert_eq!(app.database.rows("indicator_value").len(), 1);
}

fn of_many_at_the_same_moment_exactly_one_is_stored(app: &TestApp) {
    let programme = app.programme();
    let outcomes: Vec<Result<Placed, Refused>> = std::thread::scope(|scope| {
        let many: Vec<_> = (0..16)
            .map(|n| {
                let (service, programme) = (&app.service, &programme);
                scope.spawn(move || {
                    let typed = typed(&(2021 + n % 4).to_string(), &n.to_string());
                    service.indicator_set(programme, &typed, Some(0), "command")
                })
            })
            .collect();
        many.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    for outcome in outcomes.iter().filter(|outcome| outcome.is_err()) {
        assert!(matches!(outcome, Err(Refused::Overtaken(_))), "{outcome:?}");
    }
    assert_eq!(app.database.rows("indicator_value").len(), 1);
}

fn a_year_cannot_be_counted_twice(app: &TestApp) {
    set(app, &typed("2021-2023", "30")).unwrap();
    let refusals = [
        ("2023", "", "już wpisane jako 2021–2023"),
        ("2022-2024", "", "już wpisane jako 2021–2023"),
        ("2021-2023", "inne", "wpisana jako całość"),
        ("2019-2021", "", "przed pierwszym liczonym rokiem"),
    ];
    for (years, part, words) in refusals {
        let Err(Refused::Input(lines)) = set(app, &TypedValue { part: part.into(), ..typed(years, "1") })
        else {
            panic!("{years} {part} was taken");
        };
        assert!(lines.iter().any(|line| line.contains(words)), "{years} {part}: {lines:?}");
    }
    let part = |code: &str| TypedValue { part: code.into(), ..typed("2024", "1") };
    set(app, &part("inne")).unwrap();
    let Err(Refused::Input(lines)) = set(app, &typed("2024", "5")) else { panic!("whole beside a part") };
    assert!(lines[0].contains("w częściach"), "{lines:?}");
    set(app, &part("jst")).unwrap();
    assert_eq!(document(app, "W1")["result"]["cumulative"], "32");
}

fn a_withdrawn_value_makes_room_for_others(app: &TestApp) {
    let anna = inside(app);
    enter(&anna, &sourced("2021–2023", "30")).location();
    let take = form(&anna.get(PAGE), "wycofaj").set("wybrana", "2021-2023");
    let refused = anna.browser.post(PAGE, &take.sent()).with_status(422);
    assert!(refused.words().contains("powód wycofania"), "{}", refused.words());
    anna.browser.post(PAGE, &take.set("powod", "są liczby roczne").sent()).location();
    assert!(anna.get(PAGE).words().contains("wycofanie"));
    for (year, value) in [("2021", "9"), ("2022", "10"), ("2023", "12")] {
        enter(&anna, &sourced(year, value)).location();
    }
    let found = document(app, "W1");
    assert_eq!(found["result"]["cumulative"], "31");
    assert_eq!(found["values"].as_array().unwrap().len(), 5, "nothing is removed");
    let Err(Refused::Input(lines)) =
        set(app, &TypedValue { withdraw: true, reason: "x".into(), ..typed("2021-2023", "") })
    else {
        panic!("withdrawn twice")
    };
    assert!(lines[0].contains("nie ma wartości"), "{lines:?}");
}

fn a_bound_value_follows_its_measure_and_says_when_it_changed(app: &TestApp) {
    let promna = app.office_inside("Promna");
    promna.answer("nie", "28");
    let anna = inside(app);
    let offer = form(&anna.get(PAGE), "powiaz");
    anna.browser.post(PAGE, &offer.sent()).location();
    let page = anna.get(PAGE);
    assert!(page.words().contains("miara jst.suma edycji proba/2024"), "{}", page.words());
    assert!(page.words().contains("28 / (110 − 10)"), "{}", page.words());
    promna.correct();
    promna.save("liczby", &[("ile", "33")]).location();
    promna.send().location();
    let page = anna.get(PAGE);
    assert!(page.words().contains("33 / (110 − 10)"), "{}", page.words());
    assert!(page.words().contains("było 28, jest 33"), "{}", page.words());
    let inside = miernik::service::indicators::tables::json(&app.service.indicators(&app.edition).unwrap());
    let inside: Value = serde_json::from_slice(&inside).unwrap();
    let bound = |document: &Value| {
        let value = &document["values"][0];
        (value["number"].clone(), value["bound"].clone())
    };
    assert_eq!(bound(&inside["indicators"][0]), (json!("33"), json!("28")));
    assert_eq!(
        bound(&document(app, "W1")),
        (json!("33"), Value::Null),
        "nobody outside may subtract the two"
    );
    let confirm = form(&page, "powiaz");
    anna.browser.post(PAGE, &confirm.sent()).location();
    let page = anna.get(PAGE);
    assert!(!page.words().contains("było 28, jest 33"), "{}", page.words());
    assert!(page.words().contains("potwierdzenie zmiany miary"));
}

fn everything_wrong_is_said_at_once_and_nothing_typed_is_lost(app: &TestApp) {
    let anna = inside(app);
    let form = fill(
        form(&anna.get(PAGE), "wpisz"),
        &[("lata", "2023-2021"), ("wartosc", "dużo"), ("dostep", "30.02.2025"), ("uwaga", "moja uwaga")],
    );
    let page = anna.browser.post(PAGE, &form.sent()).with_status(422);
    for words in ["lata „2023-2021”", "„dużo” nie jest liczbą", "„30.02.2025” nie jest datą", "moja uwaga"]
    {
        assert!(page.words().contains(words), "{words}: {}", page.words());
    }
    let refused = [
        (TypedValue { document: String::new(), ..typed("2024", "1") }, "dokument"),
        (TypedValue { accessed: String::new(), ..typed("2024", "1") }, "datę dostępu"),
        (TypedValue { accessed: "2025-02-01".into(), ..typed("2024", "1") }, "w przyszłości"),
        (TypedValue { incomplete: true, ..typed("2024", "1") }, "czego brakuje"),
        (TypedValue { document: String::new(), ..typed("2024", "b.d.") }, "dlaczego nie ma danych"),
        (TypedValue { part: "nie_ma".into(), ..typed("2024", "1") }, "nie ma części"),
        (TypedValue { part: "inne".into(), bind: true, ..typed("2024", "") }, "żadnej miary"),
        (TypedValue { part: "jst".into(), bind: true, ..typed("2021-2023", "") }, "żadnej miary"),
        (TypedValue { part: "jst".into(), bind: true, ..typed("2022", "") }, "nie ma edycji"),
        (TypedValue { code: "W9".into(), ..typed("2024", "1") }, "nie ma wskaźnika"),
        (TypedValue { code: "W2".into(), ..typed("2024", "74/68") }, "częścią całości"),
        (typed("2024", "68/74"), "tylko dla wskaźnika, który jest udziałem"),
        (typed("2024", "1,2345678901234567"), "piętnaście cyfr"),
        (TypedValue { note: "x".repeat(1001), ..typed("2024", "1") }, "najwyżej 1000 znaków"),
        (TypedValue { note: "a\u{7}b".into(), ..typed("2024", "1") }, "znaki sterujące"),
    ];
    for (value, words) in refused {
        let Err(Refused::Input(lines)) = set(app, &value) else { panic!("{value:?} was taken") };
        assert!(lines.iter().any(|line| line.contains(words)), "{words}: {lines:?}");
    }
    let forged = form_without_rev(&anna);
    assert_eq!(anna.browser.post(PAGE, &forged).status, 422);
    assert!(app.database.rows("indicator_value").is_empty());
}

fn form_without_rev(anna: &Analyst) -> Vec<(String, String)> {
    fill(form(&anna.get(PAGE), "wpisz"), &sourced("2024", "1")).without("_rev").sent()
}

fn what_was_typed_is_only_text(app: &TestApp) {
    let anna = inside(app);
    let hostile = "<script>alert(1)</script>=1+1";
    let fields = [
        ("lata", "2022"),
        ("wartosc", "1"),
        ("dokument", hostile),
        ("dostep", "2025-01-14"),
        ("uwaga", hostile),
    ];
    enter(&anna, &fields).location();
    let page = anna.get(PAGE);
    assert!(!page.source().contains("<script>alert"), "{}", page.source());
    assert!(page.words().contains(hostile));
}

fn import(app: &TestApp, text: &str, dry_run: bool) -> miernik::service::indicators::Imported {
    app.service
        .indicators_import(&app.programme(), text.as_bytes(), "wartosci.csv", dry_run, "command")
        .unwrap()
}

const HEADER: &str = "wskaznik;lata;czesc;wartosc;dokument;strona;data_dostepu;niekompletna;uwaga;powod\n";

fn a_file_gives_one_outcome_per_row_and_goes_in_whole_or_not_at_all(app: &TestApp) {
    let good = "W1;2021-2023;;30;Sprawozdanie;4;14.01.2025;;;\nW1;2024;inne;b.d.;;;;;nie zebrano;\n\nW2;2024;;68/74;Rejestr;;2025-01-14;tak;bez czerwca;\n";
    let bad = format!("{HEADER}{good}W1;2022;;5;Sprawozdanie;4;14.01.2025;;;\nW7;2022;;5;;;;;;\n");
    let words = |imported: &miernik::service::indicators::Imported| -> Vec<(u32, &str)> {
        imported.outcomes.iter().map(|outcome| (outcome.line, outcome.polish())).collect()
    };
    for dry_run in [true, false] {
        let found = import(app, &bad, dry_run);
        assert_eq!(
            words(&found),
            [(2, "nowa"), (3, "nowa"), (5, "nowa"), (6, "odrzucona"), (7, "odrzucona")]
        );
        assert!(!found.stored);
        assert!(app.database.rows("indicator_value").is_empty());
    }
    let text = format!("{HEADER}{good}");
    assert!(!import(app, &text, true).stored);
    assert!(app.database.rows("indicator_value").is_empty(), "a dry run stores nothing");
    assert!(import(app, &text, false).stored);
    assert_eq!(words(&import(app, &text, false)), [(2, "bez zmian"), (3, "bez zmian"), (5, "bez zmian")]);
    assert_eq!(app.database.rows("indicator_value").len(), 3);
    let changed = text.replace(";30;", ";31;");
    assert_eq!(words(&import(app, &changed, false))[0], (2, "odrzucona"), "a correction needs a reason");
    let changed = changed.replace("14.01.2025;;;\nW1;2024", "14.01.2025;;;korekta\nW1;2024");
    assert_eq!(words(&import(app, &changed, false))[0], (2, "poprawiona"));
    let share = document(app, "W2");
    assert_eq!(share["result"]["steps"], json!(["68 / 74 = 92%; ≥ 70%"]));
    assert_eq!(share["values"][0]["file"], "wartosci.csv");
    assert_eq!(share["result"]["flags"], json!(["incomplete"]));
    let headless = app.service.indicators_import(&app.programme(), b"a;b\n1;2\n", "x.csv", false, "command");
    assert!(matches!(headless, Err(Refused::Input(lines)) if lines[0].contains("wskaznik, lata, wartosc")));
}

fn exported_values_go_in_again_without_a_change(app: &TestApp) {
    for (years, part, value) in
        [("2021-2023", "", "12,345"), ("2024", "inne", "-1,5"), ("2024", "jst", "1 090")]
    {
        set(
            app,
            &TypedValue { part: part.into(), note: "uwaga, z przecinkiem".into(), ..typed(years, value) },
        )
        .unwrap();
    }
    set(app, &TypedValue { code: "W2".into(), ..typed("2024", "75,5%") }).unwrap();
    let before = document(app, "W1")["result"].clone();
    let table = inside(app).get(&format!("{LIST}/pliki/wartosci.csv")).with_status(200);
    let again = import(app, table.source(), false);
    assert_eq!(again.outcomes.len(), 4, "{}", table.source());
    assert!(again.outcomes.iter().all(|outcome| outcome.polish() == "bez zmian"), "{:?}", again.outcomes);
    assert_eq!(document(app, "W1")["result"], before);
}

fn the_figures_have_keys_that_stay_and_carry_their_flags(app: &TestApp) {
    set(app, &typed("2021-2023", "30")).unwrap();
    let part =
        TypedValue { part: "inne".into(), incomplete: true, note: "bez maja".into(), ..typed("2024", "12") };
    set(app, &part).unwrap();
    let figures = serde_json::to_value(app.service.figures(&app.edition).unwrap()).unwrap();
    let figure = |key: &str| &figures["figures"][format!("wskaznik.W1.{key}")];
    assert_eq!(figure("2021-2023")["value"], "30");
    assert_eq!(figure("2021-2023").get("flags"), None);
    assert_eq!(figure("2024")["flags"], json!(["incomplete"]));
    for (key, value, text) in [
        ("razem", "42", "42"),
        ("stopien", "21/50", "42%"),
        ("do_osiagniecia", "100", "100"),
        ("pozostaje", "58", "58"),
    ] {
        assert_eq!((&figure(key)["value"], &figure(key)["text"]), (&json!(value), &json!(text)), "{key}");
        assert_eq!(figure(key)["flags"], json!(["incomplete"]), "{key}");
    }
    assert_eq!(figures["figures"]["wskaznik.W2.stopien"]["value"], Value::Null);
    assert_eq!(figures["figures"]["wskaznik.W2.stopien"]["text"], "–");
    let twice = app.service.figures(&app.edition).unwrap();
    assert_eq!(twice.hash(), app.service.figures(&app.edition).unwrap().hash());
}

fn every_entry_leaves_a_row_in_the_trail(app: &TestApp) {
    let anna = inside(app);
    enter(&anna, &sourced("2021–2023", "30")).location();
    set(app, &TypedValue { withdraw: true, reason: "próba".into(), ..typed("2021-2023", "") }).unwrap();
    let trail: Vec<String> =
        app.database.rows("audit").into_iter().filter(|row| row.contains("indicator.set")).collect();
    assert_eq!(trail.len(), 2, "{trail:?}");
    assert!(trail.iter().any(|row| row.contains("user:anna") && row.contains("W1 2021-2023")), "{trail:?}");
    assert!(trail.iter().any(|row| row.contains("command") && row.contains("withdrawn")), "{trail:?}");
}

fn an_indicator_that_nobody_declares_has_no_page(app: &TestApp) {
    let anna = inside(app);
    anna.get(&format!("{LIST}/W9")).with_status(404);
    anna.get(&format!("{LIST}/pliki/inne.csv")).with_status(404);
}

/// On the shipped programme, which has two editions.
mod next_year {
    use miernik::forms::ProgrammeFiles;
    use miernik::service::EditionName;
    use miernik::service::editions::Calendar;
    use miernik::service::indicators::TypedValue;
    use tally::indicator::{OfYear, Warning};

    use crate::harness::{TestApp, on_both_databases};

    on_both_databases! {
        Shipped:
        values_of_last_year_are_still_there_and_follow_their_own_edition,
    }

    fn values_of_last_year_are_still_there_and_follow_their_own_edition(app: &TestApp) {
        let next = EditionName { programme: "mazowsze".into(), edition: "2025".into() };
        app.service.edition_create(&next, &ProgrammeFiles::Shipped, Calendar::default(), false).unwrap();
        let programme = app.programme();
        let bound = TypedValue {
            code: "W2.1".into(),
            years: "2024".into(),
            part: "up".into(),
            bind: true,
            ..TypedValue::default()
        };
        app.service.indicator_set(&programme, &bound, None, "command").unwrap();
        let found = app.service.indicators(&next).unwrap();
        assert_eq!((found.year, found.indicators.len()), (2025, 11));
        let jobs = found.indicator("W2.1").unwrap();
        assert_eq!(jobs.history[0].edition.as_deref(), Some("mazowsze/2024"));
        let assessed = jobs.found.as_ref().unwrap();
        assert_eq!(assessed.of_year, OfYear::NotEntered);
        assert!(assessed.warnings.contains(&Warning::MissingYears { years: vec![2021, 2022, 2023, 2025] }));
        assert_eq!(jobs.offers.len(), 1, "this year's measure can be bound");
        assert_eq!(jobs.offers[0].number, None, "an edition that is not open has no numbers");
    }
}
