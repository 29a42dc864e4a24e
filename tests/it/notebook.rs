//! The notebook: facts entered once, texts by source, and two people at one row.

use miernik::service::Refused;
use miernik::service::notebook::{Fact, FactSource, RowNote, Saved, SourceNote};
use miernik::service::report::Wish;
use store::RowState;

use crate::harness::{Analyst, LOGIN, PASSWORD, Page, TestApp, on_both_databases};

on_both_databases! {
    Shipped:
    all_fifty_rows_are_listed_with_what_is_missing,
    a_row_is_written_and_every_version_stays,
    two_people_at_one_row_see_both_texts_and_lose_none,
    of_many_who_save_one_version_at_once_one_is_kept_and_the_others_are_told,
    a_fact_used_in_two_rows_is_one_number,
    what_cannot_be_read_is_said_and_stays_in_the_fields,
    a_fact_that_stands_in_a_row_is_not_withdrawn,
    numbers_of_measures_are_cited_and_typed_percents_are_refused,
    formula_like_and_markup_like_texts_stay_texts,
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn at(app: &TestApp, rest: &str) -> String {
    format!("/panel/{}/notatnik{rest}", app.edition)
}

fn post(anna: &Analyst, form: &crate::harness::Form) -> Page {
    anna.browser.post(&form.action, &form.sent())
}

fn all_fifty_rows_are_listed_with_what_is_missing(app: &TestApp) {
    let anna = inside(app);
    let page = anna.get(&at(app, "")).with_status(200);
    let rows = page.attributes("tbody th a", "href");
    assert_eq!(rows.len(), 50);
    assert!(page.words().contains("0 z 50") && page.words().contains("OWES: brak"), "{}", page.words());
    for row in [&rows[0], &rows[49]] {
        anna.get(row).with_status(200);
    }
    anna.get(&at(app, "/9.9")).with_status(404);
    let row = anna.get(&at(app, "/1.3")).with_status(200);
    assert!(
        row.words().contains("JST poruszono tematykę"),
        "the survey's sentence stands there: {}",
        row.words()
    );
}

fn a_row_is_written_and_every_version_stays(app: &TestApp) {
    let anna = inside(app);
    let form = anna.get(&at(app, "/1.1")).with_status(200).form_to(&at(app, "/1.1"));
    let first = form
        .set("stan", "in_progress")
        .set("odpowiedzialny", "Wydział Ekonomii Społecznej")
        .set("termin", "co roku")
        .set("tekst.MCPS", "Przygotowano artykuły:\n- jeden,\n- drugi.")
        .tick("nic.OWES", "1", true);
    assert_eq!(post(&anna, &first).location(), at(app, "/1.1"));
    let second = anna.get(&at(app, "/1.1")).form_to(&at(app, "/1.1"));
    assert_eq!(
        second.value("tekst.MCPS"),
        "Przygotowano artykuły:\r\n- jeden,\r\n- drugi.",
        "as a browser sends it"
    );
    post(&anna, &second).location();
    assert_eq!(versions(app, "1.1"), 1, "nothing changed, so there is no new version");
    post(&anna, &second.set("tekst.MCPS", "Przygotowano trzy artykuły.")).location();
    assert_eq!(versions(app, "1.1"), 2);
    let page = anna.get(&at(app, "/1.1")).with_status(200);
    assert!(page.words().contains("- jeden,"), "the earlier version stays: {}", page.words());
    let list = anna.get(&at(app, "")).with_status(200);
    assert!(list.words().contains("OWES: nic nowego") && list.words().contains("1 z 50"), "{}", list.words());
}

fn versions(app: &TestApp, code: &str) -> usize {
    app.service.notebook(&app.edition).unwrap().rows[code].versions().count()
}

fn two_people_at_one_row_see_both_texts_and_lose_none(app: &TestApp) {
    let (anna, ewa) = (inside(app), inside(app));
    let (mine, theirs) = [&anna, &ewa].map(|who| who.get(&at(app, "/4.1")).form_to(&at(app, "/4.1"))).into();
    post(&ewa, &theirs.set("tekst.MCPS", "Tekst Ewy.")).location();
    let conflict = post(&anna, &mine.set("tekst.MCPS", "Tekst Anny.")).with_status(409);
    assert!(conflict.words().contains("Tekst Ewy."), "{}", conflict.words());
    let again = conflict.form_to(&at(app, "/4.1"));
    assert_eq!(again.value("tekst.MCPS"), "Tekst Anny.");
    post(&anna, &again.set("tekst.MCPS", "Tekst Anny. Tekst Ewy.")).location();
    let book = app.service.notebook(&app.edition).unwrap();
    let texts: Vec<_> = book.rows["4.1"].versions().map(|v| v.content.sources["MCPS"].text.clone()).collect();
    assert_eq!(texts, ["Tekst Anny. Tekst Ewy.", "Tekst Ewy."]);
}

fn note(text: &str) -> RowNote {
    let said = SourceNote { text: text.to_owned(), ..SourceNote::default() };
    RowNote { state: RowState::Done, sources: [("MCPS".to_owned(), said)].into(), ..RowNote::default() }
}

fn of_many_who_save_one_version_at_once_one_is_kept_and_the_others_are_told(app: &TestApp) {
    let results: Vec<_> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16)
            .map(|n| {
                scope.spawn(move || {
                    app.service.row_save(
                        &app.edition,
                        "2.1",
                        0,
                        &note(&format!("Tekst {n}")),
                        &format!("user:{n}"),
                    )
                })
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap().unwrap()).collect()
    });
    let stored = results.iter().filter(|saved| matches!(saved, Saved::Stored(1))).count();
    assert_eq!(stored, 1);
    let book = app.service.notebook(&app.edition).unwrap();
    let kept = book.rows["2.1"].newest();
    for saved in &results {
        if let Saved::Overtaken(theirs) = saved {
            assert_eq!(theirs, kept);
        }
    }
    assert_eq!(results.iter().filter(|saved| matches!(saved, Saved::Overtaken(_))).count(), 15);
}

fn fact(event: &str, number: &str) -> Fact {
    Fact {
        event: event.into(),
        number: Some(number.into()),
        unit: "porozumienie|porozumienia|porozumień".into(),
        source: FactSource { document: "Rejestr porozumień".into(), ..FactSource::default() },
        ..Fact::default()
    }
}

fn a_fact_used_in_two_rows_is_one_number(app: &TestApp) {
    let (slug, _) = app
        .service
        .fact_save(&app.edition, None, 0, &fact("Nowe porozumienia RESiS", "16"), "user:anna")
        .unwrap();
    assert_eq!(slug, "nowe-porozumienia-resis");
    for code in ["4.7", "4.21"] {
        let text = "Podpisano {nowe-porozumienia-resis} nowych porozumień.";
        app.service.row_save(&app.edition, code, 0, &note(text), "user:anna").unwrap();
    }
    let figures = app.service.figures(&app.edition).unwrap();
    assert_eq!(figures.figures["fakt.nowe-porozumienia-resis"].text, "16");
    let book = app.service.notebook(&app.edition).unwrap();
    assert_eq!(book.places_of(&slug), ["4.21", "4.7"]);
    app.service
        .fact_save(&app.edition, Some(&slug), 1, &fact("Nowe porozumienia RESiS", "17"), "user:anna")
        .unwrap();
    let figures = app.service.figures(&app.edition).unwrap();
    assert_eq!(figures.figures["fakt.nowe-porozumienia-resis"].text, "17");
    let (other, _) = app
        .service
        .fact_save(&app.edition, None, 0, &fact("Nowe porozumienia RESiS", "1"), "user:anna")
        .unwrap();
    assert_eq!(other, "nowe-porozumienia-resis-2", "another fact has another name");
}

fn what_cannot_be_read_is_said_and_stays_in_the_fields(app: &TestApp) {
    let anna = inside(app);
    let new = at(app, "/fakty/nowy");
    let form = anna.get(&new).with_status(200).form_to(&new);
    let wrong = form.set("wydarzenie", "Targi").set("od", "31.02.2024").set("liczba", "dużo");
    let page = post(&anna, &wrong).with_status(422);
    assert!(page.words().contains("31.02.2024"), "{}", page.words());
    assert_eq!(page.form_to(&new).value("wydarzenie"), "Targi");
    assert_eq!(page.form_to(&new).value("od"), "31.02.2024");
    let better = page.form_to(&new).set("od", "5.12.2024");
    let page = post(&anna, &better).with_status(422);
    assert!(page.words().contains("liczby nie da się odczytać"), "{}", page.words());
    let row = anna.get(&at(app, "/1.2")).form_to(&at(app, "/1.2"));
    let page = post(&anna, &row.clone().set("tekst.MCPS", "Było {nie-ma} targów.")).with_status(422);
    assert!(page.words().contains("„nie-ma”"), "{}", page.words());
    assert_eq!(page.form_to(&at(app, "/1.2")).value("tekst.MCPS"), "Było {nie-ma} targów.");
    let both = row.clone().set("tekst.MCPS", "Coś").tick("nic.MCPS", "1", true);
    post(&anna, &both).with_status(422);
    assert!(app.service.notebook(&app.edition).unwrap().rows.is_empty());
    post(&anna, &row.without("_csrf")).with_status(403);
}

fn a_fact_that_stands_in_a_row_is_not_withdrawn(app: &TestApp) {
    let (slug, _) = app.service.fact_save(&app.edition, None, 0, &fact("Targi", "2"), "user:anna").unwrap();
    app.service.row_save(&app.edition, "1.2", 0, &note("Było {targi} targów."), "user:anna").unwrap();
    let withdrawn = Fact { withdrawn: true, ..fact("Targi", "2") };
    let refused = app.service.fact_save(&app.edition, Some(&slug), 1, &withdrawn, "user:anna");
    assert!(matches!(refused, Err(Refused::Input(lines)) if lines[0].contains("1.2")));
    app.service.row_save(&app.edition, "1.2", 1, &note("Były targi."), "user:anna").unwrap();
    app.service.fact_save(&app.edition, Some(&slug), 1, &withdrawn, "user:anna").unwrap();
    assert!(!app.service.figures(&app.edition).unwrap().figures.contains_key("fakt.targi"));
}

fn formula_like_and_markup_like_texts_stay_texts(app: &TestApp) {
    let anna = inside(app);
    let form = anna.get(&at(app, "/5.1")).form_to(&at(app, "/5.1"));
    let hostile = "=HYPERLINK(\"http://x\")\n<script>alert(1)</script>";
    post(&anna, &form.set("tekst.MCPS", hostile)).location();
    let page = anna.get(&at(app, "/5.1")).with_status(200);
    assert_eq!(page.form_to(&at(app, "/5.1")).value("tekst.MCPS").replace("\r\n", "\n"), hostile);
    assert!(!page.source().contains("<script>alert"));
    let long = "x".repeat(20_001);
    let page = post(&anna, &page.form_to(&at(app, "/5.1")).set("tekst.MCPS", &long)).with_status(422);
    assert!(page.words().contains("20000"), "{}", page.words().chars().take(500).collect::<String>());
}

fn numbers_of_measures_are_cited_and_typed_percents_are_refused(app: &TestApp) {
    let anna = inside(app);
    let form = anna.get(&at(app, "/2.6")).with_status(200).form_to(&at(app, "/2.6"));
    let typed = form.clone().set("tekst.UP", "22 urzędy, czyli 63% z 35.");
    let refused = post(&anna, &typed).with_status(422);
    assert!(refused.words().contains("UP: odsetek 63% jest wpisany ręcznie"), "{}", refused.words());
    assert!(refused.source().contains("czyli 63% z 35."), "nothing typed is lost");
    let unknown = post(&anna, &form.clone().set("tekst.UP", "{up.nie_ma}")).with_status(422);
    assert!(unknown.words().contains("nie ma miary „up.nie_ma”"), "{}", unknown.words());
    // What no questionnaire collects may say percents of its own.
    let cited = form
        .set("tekst.UP", "Informowało {up.informowanie_up} urzędów, czyli {up.informowanie_up.share}.")
        .set("tekst.MCPS", "Budżet wzrósł o 5%.");
    assert_eq!(post(&anna, &cited).location(), at(app, "/2.6"));
    let report = app.service.report(&app.edition, &Wish::default(), "user:anna").unwrap();
    let bound = sheet::docx::numbers(&report.files["rozdzial.docx"]).unwrap();
    let mut keys =
        bound.iter().filter(|number| number.sentence.contains("Informowało")).map(|number| &number.key);
    assert_eq!(keys.next().unwrap(), "up.informowanie_up");
    assert_eq!(keys.next().unwrap(), "up.informowanie_up.share");
    let rows = anna.get(&at(app, "")).with_status(200);
    assert!(!rows.words().contains("up.informowanie_up"), "a measure is no fact: {}", rows.words());
}
