//! Figures one can trust: definitions, the answers behind them, groups, decisions, non-response.

use miernik::service::report::Wish;
use serde_json::Value;

use crate::harness::{Analyst, LOGIN, PASSWORD, Page, TestApp, on_both_databases};

on_both_databases! {
    Small:
    one_click_leads_from_a_number_to_its_definition_and_the_answers_behind_it,
    contact_details_stand_nowhere_in_the_panel,
    a_percentage_of_a_small_base_is_given_as_counts,
    small_groups_are_shown_in_the_panel_and_leave_it_nowhere,
    a_whole_of_few_offices_leaves_the_panel_nowhere,
    groups_that_are_large_enough_leave_and_give_no_other_away,
    units_without_a_region_are_a_group_of_their_own,
    attributes_of_the_register_break_numbers_down_too,
    what_is_asked_wrongly_of_a_cross_table_is_said,
    an_edition_without_answers_has_pages_and_no_percentages,
    measures_over_questions_that_are_never_published_stay_inside,
    a_decision_is_kept_with_who_when_and_why_and_ends_by_another_one,
    the_next_edition_begins_with_a_list_of_decisions_to_confirm,
    two_people_confirm_a_decision_once,
    what_was_merged_stands_among_the_decisions_and_waits_for_nobody,
    a_decision_can_be_about_what_the_edition_has,
    non_response_is_named_in_the_panel_and_said_in_a_sentence,
}

const PANEL: &str = "/panel/proba/2024";

/// Two offices have sent, one has begun, one has not.
fn known(app: &TestApp) {
    let promna = app.office_inside("Promna");
    promna
        .save("kontakt", &[("kontakt_email", "sekret@promna.example"), ("kontakt_osoba", "Jan Tajny")])
        .location();
    promna.answer("tak", "1 090");
    let bialobrzegi = app.office_inside("Białobrzegi");
    bialobrzegi.save("liczby", &[("czy", "nie"), ("ile.nw", "1"), ("zgoda", "OK")]).location();
    bialobrzegi.send().location();
    app.office_inside("Radzanów").save("liczby", &[("czy", "tak"), ("ile", "7")]).location();
}

fn anna(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

/// The value beside a term on a page of facts.
fn fact(page: &Page, term: &str) -> String {
    let (terms, values) = (page.texts("dl dt"), page.texts("dl dd"));
    let place = terms.iter().position(|found| found == term);
    values[place.unwrap_or_else(|| panic!("no {term}: {terms:?}"))].clone()
}

fn json(page: &Page) -> Value {
    serde_json::from_slice(&page.body).unwrap()
}

/// The groups of the only table, by the code of an attribute; the whole under the empty text.
fn groups(document: &Value, attribute: &str) -> Vec<(String, Value)> {
    let groups = document["tables"][0]["groups"].as_array().unwrap();
    let code = |group: &Value| group.get(attribute).map(|code| code.as_str().unwrap_or("-").to_owned());
    groups.iter().map(|group| (code(group).unwrap_or_default(), group.clone())).collect()
}

fn one_click_leads_from_a_number_to_its_definition_and_the_answers_behind_it(app: &TestApp) {
    known(app);
    let anna = anna(app);
    let numbers = anna.get(&format!("{PANEL}/liczby")).with_status(200);
    let links = numbers.attributes("tbody th a", "href");
    for measure in ["tak", "suma", "kwoty", "barwy_ile", "rozne", "wszystkie", "dopiski"] {
        let link = format!("{PANEL}/liczby/jst/{measure}");
        assert!(links.contains(&link), "{links:?}");
        anna.get(&link).with_status(200);
    }
    let page = anna.get(&format!("{PANEL}/liczby/jst/suma")).with_status(200);
    assert_eq!(fact(&page, "Liczba"), "1 090");
    assert_eq!(fact(&page, "Złożone z wysłanych ankiet"), "2 z 4", "four are too few for a percentage");
    assert_eq!(fact(&page, "Odpowiedź"), "1, w tym prawdziwe zero: 0");
    assert_eq!(fact(&page, "Nie wiem / brak danych"), "1");
    assert!(fact(&page, "Co liczymy (of)").starts_with("${ile}"), "{}", fact(&page, "Co liczymy (of)"));
    assert!(fact(&page, "Pytanie").contains("Ile?"));
    let words = page.words();
    for part in ["Uwaga: Na próbę.", "Liczba niepełna: nie obejmuje 1 ankiety", "Plan analizy", "Promna"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!words.contains("Białobrzegi"), "an office that knew no number is not behind it");
    let unit =
        page.attributes("tbody th a", "href").into_iter().find(|href| href.contains("/ankieta/")).unwrap();
    let answers = anna.get(&unit).with_status(200);
    assert!(answers.words().contains("Promna") && answers.words().contains("1090"), "{}", answers.words());
    anna.get(&format!("{PANEL}/liczby/jst/nie_ma")).with_status(404);
    anna.get(&format!("{PANEL}/ankieta/nie-ma")).with_status(404);
    let wrong = anna.get(&format!("{PANEL}/liczby/jst/suma?po=zz")).with_status(200);
    assert!(wrong.words().contains("Promna"), "a place that cannot be read is the beginning");
}

fn contact_details_stand_nowhere_in_the_panel(app: &TestApp) {
    known(app);
    let anna = anna(app);
    let invitation = app.scope("Promna").1;
    for place in [
        "liczby",
        "liczby/jst/suma",
        "liczby/jst/dopiski",
        &format!("ankieta/{invitation}"),
        "przekroje",
        "braki-odpowiedzi",
    ] {
        let page = anna.get(&format!("{PANEL}/{place}")).with_status(200);
        assert!(!page.source().contains("sekret@") && !page.source().contains("Jan Tajny"), "{place}");
    }
    let open = anna.get(&format!("{PANEL}/liczby/jst/dopiski")).with_status(200);
    assert!(open.words().contains("Coś było."), "the panel shows open answers");
}

fn a_percentage_of_a_small_base_is_given_as_counts(app: &TestApp) {
    known(app);
    let page = anna(app).get(&format!("{PANEL}/liczby/jst/tak")).with_status(200);
    assert_eq!(fact(&page, "Udział"), "1 z 2");
    assert!(fact(&page, "Dlaczego bez procentu").contains("mniejsza niż 10"));
    app.rules("[figures]\nsmallest_group = 1\nsmallest_base = 2");
    let page = anna(app).get(&format!("{PANEL}/liczby/jst/tak")).with_status(200);
    assert_eq!(fact(&page, "Udział"), "50%");
    let figures = app.service.figures(&app.edition).unwrap();
    assert_eq!(figures.figures["jst.tak.share"].text, "50%");
    app.rules("[figures]\nsmallest_group = 1\nsmallest_base = 3");
    let figures = app.service.figures(&app.edition).unwrap();
    assert_eq!(figures.figures["jst.tak.share"].text, "1 z 2");
    assert!(!figures.figures["jst.suma"].flags.is_empty(), "a sum that lacks an answer is flagged");
    assert!(!figures.figures["jst.kwoty"].flags.is_empty(), "there is no data");
}

fn small_groups_are_shown_in_the_panel_and_leave_it_nowhere(app: &TestApp) {
    known(app);
    app.rules("");
    let anna = anna(app);
    let page = anna.get(&format!("{PANEL}/przekroje?miernik=jst.suma&wiersze=kind")).with_status(200);
    assert!(page.words().contains("gmina wiejska") && page.words().contains("1 090"), "{}", page.words());
    assert!(page.words().contains("tylko w panelu") && page.words().contains("policzona osobno"));
    let json_file =
        anna.get(&format!("{PANEL}/przekroje/przekroje.json?miernik=jst.suma&wiersze=kind")).with_status(200);
    let api = app.program().ask("?by=kind&measure=jst.suma").with_status(200);
    assert_eq!(json(&json_file), json(&api));
    for (kind, group) in groups(&json(&api), "kind") {
        assert_eq!(group["hidden"], true, "two answers are too few for anything: {kind}");
        assert!(group.get("value").is_none() && group.get("responses").is_none(), "{group}");
    }
    for rest in [".csv?by=kind&measure=jst.suma", ".csv?by=kind&by=nuts3&measure=jst.suma&profil=excel"] {
        let csv = app.program().ask(rest).with_status(200);
        assert!(!csv.source().contains("1090"), "{}", csv.source());
    }
    anna.get(&format!("{PANEL}/przekroje/przekroje.xls")).with_status(404);
}

/// Two offices answered, which is fewer than five: their numbers stand in the panel and in nothing that leaves it.
fn a_whole_of_few_offices_leaves_the_panel_nowhere(app: &TestApp) {
    known(app);
    app.rules("");
    let anna = anna(app);
    assert!(anna.get(&format!("{PANEL}/liczby")).with_status(200).words().contains("1 090"));
    let of = |document: &Value, name: &str| {
        let all = document["measures"].as_array().unwrap();
        all.iter().find(|row| row["form"] == "jst" && row["name"] == name).cloned().unwrap()
    };
    for document in [
        json(&app.program().ask("").with_status(200)),
        json(&anna.get(&format!("{PANEL}/liczby/mierniki.json")).with_status(200)),
    ] {
        assert_eq!(document["forms"]["jst"]["submitted"], 2, "how many answered protects nobody");
        for name in ["suma", "tak", "wszystkie"] {
            let row = of(&document, name);
            assert!(
                row["value"].is_null() && row["numerator"].is_null() && row["answered"].is_null(),
                "{row}"
            );
        }
    }
    let report = app.service.report(&app.edition, &Wish::default(), "user:anna").unwrap();
    let page = std::str::from_utf8(&report.files["rozdzial.html"]).unwrap();
    assert!(page.contains("odpowiedziało na nią za mało jednostek"), "{page}");
    for (name, bytes) in report.files.iter().filter(|(name, _)| !name.ends_with("x")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("1090") && !text.contains("1\u{a0}090"), "{name}");
    }
    let figures = app.service.figures(&app.edition).unwrap().figures;
    assert_eq!((&figures["jst.suma"].value, figures["jst.submitted"].text.as_str()), (&None, "2"));
    // Four would still be too few; as many as answered are not.
    app.rules("[figures]\nsmallest_group = 2");
    assert_eq!(of(&json(&app.program().ask("").with_status(200)), "suma")["value"], 1090);
}

fn groups_that_are_large_enough_leave_and_give_no_other_away(app: &TestApp) {
    known(app);
    app.office_inside("Radzanów").save("liczby", &[("zgoda", "OK")]).location();
    let radzanow = app.office_inside("Radzanów");
    radzanow.save("dodatek", &[("dopisek", "x")]).location();
    radzanow.send().location();
    app.rules("[figures]\nsmallest_group = 2");
    let three = json(&app.program().ask("?by=kind&measure=jst.wszystkie").with_status(200));
    assert!(
        groups(&three, "kind").iter().all(|(kind, group)| group["hidden"] == !kind.is_empty()),
        "two of three leave one"
    );
    app.office_inside("powiat białobrzeski").answer("tak", "5");
    let api = json(&app.program().ask("?by=kind&measure=jst.wszystkie").with_status(200));
    let found = groups(&api, "kind");
    let shown: Vec<&str> =
        found.iter().filter(|(_, group)| group["hidden"] == false).map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(shown, ["gmina_wiejska", ""], "{found:?}");
    let (_, rural) = &found.iter().find(|(kind, _)| kind == "gmina_wiejska").unwrap();
    assert_eq!((&rural["value"], &rural["asked"], &rural["responses"]), (&2.into(), &2.into(), &2.into()));
    assert_eq!(rural["kind_name"], "gmina wiejska");
    let filtered =
        json(&app.program().ask("?by=nuts3&where=kind=gmina_wiejska&measure=jst.wszystkie").with_status(200));
    let one = &groups(&filtered, "nuts3")[0];
    assert_eq!(
        (one.0.as_str(), &one.1["nuts3_name"], &one.1["value"]),
        ("PL921", &"Radomski".into(), &2.into())
    );
    let hidden =
        json(&app.program().ask("?by=nuts3&where=kind=powiat&measure=jst.wszystkie").with_status(200));
    assert!(groups(&hidden, "nuts3").iter().all(|(_, group)| group["hidden"] == true));
}

fn units_without_a_region_are_a_group_of_their_own(app: &TestApp) {
    app.office_inside("Powiatowy Urząd Pracy w Białobrzegach");
    let page = anna(app).get(&format!("{PANEL}/przekroje?miernik=up.wszystkie&wiersze=nuts3"));
    let page = if page.status == 200 { page } else { first_up(app) };
    assert!(page.words().contains("bez przypisania"), "{}", page.words());
}

/// The cross-table of the first measure of the labour offices.
fn first_up(app: &TestApp) -> Page {
    let measures = app.service.cross_measures(&app.edition).unwrap();
    let (_, name, _) = measures.into_iter().find(|(form, _, _)| form == "up").unwrap();
    anna(app).get(&format!("{PANEL}/przekroje?miernik=up.{name}&wiersze=nuts3")).with_status(200)
}

fn attributes_of_the_register_break_numbers_down_too(app: &TestApp) {
    let measures = app.service.cross_measures(&app.edition).unwrap();
    let (_, name, _) = measures.into_iter().find(|(form, _, _)| form == "up").unwrap();
    let page = anna(app).get(&format!("{PANEL}/przekroje?miernik=up.{name}&wiersze=seat")).with_status(200);
    assert!(page.texts("tbody th").contains(&"Białobrzegi".to_owned()), "{:?}", page.texts("tbody th"));
    assert!(page.words().contains("Tylko: Siedziba"));
}

fn what_is_asked_wrongly_of_a_cross_table_is_said(app: &TestApp) {
    for rest in [
        "?by=kolor",
        "?by=kind&by=kind",
        "?by=kind&by=nuts2&by=nuts3",
        "?by=kind&measure=jst.nie_ma",
        "?by=kind&where=kolor=x",
        "?by=kind&measure=jst.dopiski",
    ] {
        let page = app.program().ask(rest).with_status(400);
        assert_eq!(page.header("content-type"), Some("application/problem+json"), "{rest}");
    }
    let anna = anna(app);
    anna.get(&format!("{PANEL}/przekroje?wiersze=kolor")).with_status(404);
    anna.get(&format!("{PANEL}/przekroje?miernik=jst.tak&wiersze=kind&kolumny=nuts3&kind=powiat"))
        .with_status(200);
}

fn an_edition_without_answers_has_pages_and_no_percentages(app: &TestApp) {
    let anna = anna(app);
    for place in ["przekroje", "braki-odpowiedzi", "decyzje", "liczby/jst/tak", "liczby/jst/kwoty"] {
        anna.get(&format!("{PANEL}/{place}")).with_status(200);
    }
    let page = anna.get(&format!("{PANEL}/liczby/jst/tak")).with_status(200);
    assert_eq!(fact(&page, "Udział"), "–");
    assert_eq!(fact(&page, "Złożone z wysłanych ankiet"), "0 z 4");
    assert!(page.words().contains("Brak danych"), "{}", page.words());
    let page = anna.get(&format!("{PANEL}/braki-odpowiedzi")).with_status(200);
    assert!(page.words().contains("Nikt nie złożył ankiety (z 4 zaproszonych)."), "{}", page.words());
}

fn measures_over_questions_that_are_never_published_stay_inside(app: &TestApp) {
    known(app);
    // An aggregate question is counted; its answers in people's own words are not handed out one by one.
    let measure = app.program().measure("jst", "dopiski");
    assert_eq!(measure["value"], serde_json::json!(["Coś było."]), "this question may be published per unit");
    let mut measures = app.service.measures(&app.edition).unwrap();
    for found in &mut measures.measures {
        found.may_leave = found.reading.name != "suma";
    }
    let published = serde_json::to_value(measures.published()).unwrap();
    let sum = published["measures"].as_array().unwrap().iter().find(|m| m["name"] == "suma").unwrap().clone();
    assert!(sum["value"].is_null() && sum["answered"].is_null(), "{sum}");
}

fn decide(anna: &Analyst, what: &str, why: &str) -> Page {
    let page = anna.get(&format!("{PANEL}/decyzje")).with_status(200);
    let form = page.form_to(&format!("{PANEL}/decyzje"));
    let form =
        form.set("rodzaj", "base").set("dotyczy", "jst.tak").set("postanowienie", what).set("dlaczego", why);
    anna.browser.post(&form.action, &form.sent())
}

fn a_decision_is_kept_with_who_when_and_why_and_ends_by_another_one(app: &TestApp) {
    let anna = anna(app);
    let refused = decide(&anna, "=1+1", "").with_status(422);
    assert!(refused.words().contains("dlaczego") && refused.words().contains("=1+1"), "{}", refused.words());
    assert_eq!(
        decide(&anna, "Podstawą są odpowiedzi.", "=SUM(A1)").location(),
        format!("{PANEL}/decyzje#zapisane")
    );
    let page = anna.get(&format!("{PANEL}/decyzje")).with_status(200);
    for part in ["Podstawą są odpowiedzi.", "=SUM(A1)", "anna", "podstawa", "jst.tak", "obowiązuje"] {
        assert!(page.words().contains(part), "{part}: {}", page.words());
    }
    let csv = anna.get(&format!("{PANEL}/decyzje/decyzje-excel.csv")).with_status(200);
    assert!(csv.source().contains("'=SUM(A1)") && !csv.source().contains(";=SUM"), "{}", csv.source());
    let end = page.form_to(&format!("{PANEL}/decyzje/uchyl"));
    anna.browser.post(&end.action, &end.sent()).with_status(422);
    let end = end.set("dlaczego", "Zmieniło się pytanie.");
    assert_eq!(anna.browser.post(&end.action, &end.sent()).location(), format!("{PANEL}/decyzje#zapisane"));
    let page = anna.get(&format!("{PANEL}/decyzje")).with_status(200);
    assert!(page.words().contains("uchylona") && page.words().contains("uchyla decyzję"), "{}", page.words());
    anna.browser.post(&end.action, &end.sent()).with_status(409);
    let stranger = app.analyst();
    stranger.browser.post(&end.action, &end.sent()).with_status(401);
    let forged = end.without("_csrf");
    anna.browser.post(&forged.action, &forged.sent()).with_status(403);
}

/// A second edition, for the year after.
fn next_edition(app: &TestApp) -> miernik::service::EditionName {
    let folder = tempfile::tempdir().unwrap();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/proba");
    copy(&from, folder.path());
    let programme = folder.path().join("programme.toml");
    let source = std::fs::read_to_string(&programme).unwrap();
    let start = source.find("[[editions]]").unwrap();
    let end = source[start + 1..].find("\n[[").map_or(source.len(), |at| start + 1 + at);
    let next = source[start..end].replace("2025", "2026").replace("2024", "2025");
    std::fs::write(&programme, format!("{source}\n{next}")).unwrap();
    let name = miernik::service::EditionName { programme: "proba".into(), edition: "2025".into() };
    let files = miernik::forms::ProgrammeFiles::Folder(folder.path().to_path_buf());
    app.service.edition_create(&name, &files, Default::default(), false).unwrap();
    name
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, target).map(drop).unwrap() }
    }
}

fn the_next_edition_begins_with_a_list_of_decisions_to_confirm(app: &TestApp) {
    let anna = anna(app);
    decide(&anna, "Scalono dwa media.", "To ta sama redakcja.").location();
    decide(&anna, "Wyłączono jedną odpowiedź.", "Na prośbę urzędu.").location();
    next_edition(app);
    let page = anna.get("/panel/proba/2025/decyzje").with_status(200);
    assert!(
        page.words().contains("Scalono dwa media.") && page.words().contains("Ankieta na próbę za 2024 r.")
    );
    let confirm = |page: &Page, what: &str, holds: &str| {
        let found = app.service.decisions(&"proba/2025".parse().unwrap()).unwrap();
        let id = found.waiting.iter().find(|decision| decision.what == what).unwrap().id;
        let form = page.form_to(&format!("/panel/proba/2025/decyzje/{id}/potwierdz"));
        anna.browser.post(&form.action, &form.pressed("obowiazuje", holds))
    };
    assert_eq!(confirm(&page, "Scalono dwa media.", "tak").location(), "/panel/proba/2025/decyzje");
    assert_eq!(confirm(&page, "Wyłączono jedną odpowiedź.", "nie").location(), "/panel/proba/2025/decyzje");
    let found = app.service.decisions(&"proba/2025".parse().unwrap()).unwrap();
    assert!(found.waiting.is_empty());
    let told: Vec<(&str, bool)> =
        found.made.iter().map(|one| (one.decision.what.as_str(), one.holds)).collect();
    assert_eq!(told, [("Scalono dwa media.", true), ("Wyłączono jedną odpowiedź.", false)]);
    assert!(found.made.iter().all(|one| one.decision.actor == "user:anna"));
}

fn two_people_confirm_a_decision_once(app: &TestApp) {
    decide(&anna(app), "Podstawa.", "Bo tak.").location();
    next_edition(app);
    let name: miernik::service::EditionName = "proba/2025".parse().unwrap();
    let id = app.service.decisions(&name).unwrap().waiting[0].id;
    let pages: Vec<(Analyst, Page)> = (0..2)
        .map(|_| {
            let anna = anna(app);
            let page = anna.get("/panel/proba/2025/decyzje").with_status(200);
            (anna, page)
        })
        .collect();
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let posts: Vec<_> = pages
            .iter()
            .map(|(anna, page)| {
                scope.spawn(move || {
                    let form = page.form_to(&format!("/panel/proba/2025/decyzje/{id}/potwierdz"));
                    anna.browser.post(&form.action, &form.pressed("obowiazuje", "tak")).status.as_u16()
                })
            })
            .collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(app.service.decisions(&name).unwrap().made.len(), 1);
}

fn non_response_is_named_in_the_panel_and_said_in_a_sentence(app: &TestApp) {
    known(app);
    app.rules("[figures]\nmain = [\"jst.tak\"]");
    let page = anna(app).get(&format!("{PANEL}/braki-odpowiedzi")).with_status(200);
    let words = page.words();
    assert!(words.contains("Ankietę złożyły 2 jednostki z 4 zaproszonych."), "{words}");
    assert!(words.contains("Radzanów") && words.contains("powiat białobrzeski"), "{words}");
    let pictures = page.texts("figure svg[role=img] > title");
    let own = pictures.iter().filter(|title| title.starts_with("Ankieta JST")).count();
    assert_eq!(own, 2, "groups and days: {pictures:?}");
    // Files go outside: nobody is named in them, and groups under five say only who was asked.
    let table = anna(app).get(&format!("{PANEL}/braki-odpowiedzi/braki-odpowiedzi.csv")).with_status(200);
    let rows: Vec<&str> = table.source().lines().filter(|row| row.contains(",jst,")).collect();
    assert!(rows[0].contains("jst,,wszystkie,4,2,,"), "{}", rows[0]);
    assert!(rows.len() > 4 && rows[1..].iter().all(|row| row.ends_with(",,,,,,nie podaje się")), "{rows:?}");
    assert!(!table.source().contains("Radzanów") && table.source().contains("Rodzaj,gmina wiejska,"));
    let book = anna(app).get(&format!("{PANEL}/braki-odpowiedzi/braki-odpowiedzi.xlsx")).with_status(200);
    let book = sheet::read(&book.body, "braki-odpowiedzi.xlsx").unwrap();
    let rows = &book.sheets.iter().find(|sheet| sheet.name == "Zwrotność").unwrap().rows;
    assert!(rows.iter().any(|row| row.cells.contains(&sheet::Cell::Number(2.0))), "typed");
    anna(app).get(&format!("{PANEL}/braki-odpowiedzi/nie-ma.csv")).with_status(404);
    let found = app.service.nonresponse(&app.edition).unwrap();
    let jst = found.iter().find(|one| one.form == "jst").unwrap();
    assert_eq!(jst.missing.len(), 2);
    assert_eq!(jst.curve.iter().map(|day| day.new).sum::<u64>(), 2);
    assert_eq!(jst.curve.last().unwrap().total, 2);
    assert!(!jst.sentence.contains("Radzanów") && !jst.sentence.contains("gmina"), "{}", jst.sentence);
    assert_eq!(jst.weighed[0].measure, "tak");
    app.withdraw("Promna");
    let after = app.service.nonresponse(&app.edition).unwrap();
    assert_eq!(
        after.iter().find(|one| one.form == "jst").unwrap().missing.len(),
        3,
        "a withdrawn answer is none"
    );
}

/// Sends the questionnaire of an office with one name on its list.
fn names(app: &TestApp, unit: &str, name: &str) {
    let office = app.office_inside(unit);
    let form = office.section("lista").form();
    let added = office.browser.post(&form.action, &form.pressed("_add", "wpis"));
    let form = office.browser.follow(&added).with_status(200).form();
    let field = form.names().into_iter().rfind(|field| field.ends_with(".nazwa")).unwrap().to_owned();
    office.press(&form.set(&field, name), "_save").location();
    office.answer("nie", "1");
}

fn what_was_merged_stands_among_the_decisions_and_waits_for_nobody(app: &TestApp) {
    names(app, "Promna", "Kurier");
    names(app, "Radzanów", "Kurjer");
    let wish = miernik::service::things::ThingWish::Merge {
        groups: vec!["kurier".into(), "kurjer".into()],
        name: "Kurier".into(),
        reason: "Ta sama gazeta.".into(),
    };
    app.service.things_decide("user:anna", &app.edition, ("jst", "wpis"), 0, &wish).unwrap();
    let anna = anna(app);
    let page = anna.get(&format!("{PANEL}/decyzje")).with_status(200);
    for part in ["Scalono „Kurier” i „Kurjer” jako „Kurier”", "Ta sama gazeta.", "jst.wpis", "wykonano"]
    {
        assert!(page.words().contains(part), "{part}: {}", page.words());
    }
    // Taking it back is a decision with a reason of its own, and names both again.
    let list = format!("{PANEL}/laczenie/jst/wpis");
    let undo = anna.get(&list).with_status(200).form_to(&format!("{list}/cofnij"));
    let silent = undo.clone().set("powod", " ");
    anna.browser.post(&undo.action, &silent.sent()).with_status(422);
    let undo = undo.set("powod", "To jednak dwie gazety.");
    anna.browser.post(&undo.action, &undo.sent()).location();
    let page = anna.get(&format!("{PANEL}/decyzje")).with_status(200);
    for part in ["Cofnięto wcześniejszą decyzję o 2 wpisach: „Kurier” i „Kurjer”", "To jednak dwie gazety."]
    {
        assert!(page.words().contains(part), "{part}: {}", page.words());
    }
    let next = next_edition(app);
    assert!(app.service.decisions(&next).unwrap().waiting.is_empty());
}

fn a_decision_can_be_about_what_the_edition_has(app: &TestApp) {
    let page = anna(app).get(&format!("{PANEL}/decyzje")).with_status(200);
    let offered = page.attributes("#przedmioty option", "value");
    for subject in ["jst.tak", "jst.wpis", "wiersz 1.1", "wskaźnik W1"] {
        assert!(offered.contains(&subject.to_owned()), "{subject}: {offered:?}");
    }
    assert_eq!(page.attributes("#dotyczy", "list"), ["przedmioty"]);
}
