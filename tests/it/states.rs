//! Frozen states and errata: kept for ever, compared with what comes out now, one name for one state.

use chrono::TimeDelta;
use miernik::service::indicators::TypedValue;
use miernik::service::notebook::{RowNote, SourceNote};
use miernik::service::report::Wish;
use miernik::service::states::Freezing;
use miernik::service::{Refused, Service};
use serde_json::{Value, json};
use store::{FrozenState, StateKind};

use crate::harness::{Analyst, LOGIN, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_state_keeps_its_numbers_whatever_happens_after_it,
    a_frozen_edition_takes_no_answers_until_it_is_unfrozen,
    counting_again_gives_the_same_bytes,
    of_two_who_freeze_one_name_one_wins,
    nothing_arrives_between_the_numbers_and_the_lock,
    a_program_reads_a_state_and_every_file_carries_its_hash,
    a_fact_of_the_notebook_written_later_is_listed_and_the_lock_tells_the_truth,
    an_erratum_lists_exactly_the_numbers_that_changed,
    wrong_wishes_are_told_in_words,
    no_open_answer_is_kept_in_a_state,
    the_chapter_of_a_state_is_the_same_whenever_it_is_printed,
    a_state_that_kept_no_chapter_says_so,
    somebody_in_the_panel_freezes_compares_and_unfreezes,
}

fn wish(label: &str) -> Freezing {
    Freezing { name: None, kind: StateKind::Rkres, label: label.to_owned() }
}

fn freeze(app: &TestApp, label: &str) -> miernik::service::states::State {
    app.service.freeze(&app.edition, &wish(label), "user:anna").unwrap()
}

fn unfreeze(app: &TestApp) {
    app.service.unfreeze(&app.edition, "user:anna").unwrap();
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna
}

fn document(service: &Service, app: &TestApp, state: &str) -> Value {
    serde_json::to_value(service.state_measures(&app.edition, state).unwrap()).unwrap()
}

fn a_state_keeps_its_numbers_whatever_happens_after_it(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let before = app.service.figures(&app.edition).unwrap().hash();
    let frozen = freeze(app, "dla RKRES");
    assert_eq!((frozen.row.name.as_str(), frozen.row.seq), ("dla-rkres", 1));
    assert_eq!(frozen.row.hash, frozen.figures.hash());
    assert_eq!(frozen.row.hash, before, "freezing changes no number");
    unfreeze(app);
    app.office_inside("Radzanów").answer("nie", "25");
    app.withdraw("Promna");

    let kept = app.service.state(&app.edition, "dla-rkres").unwrap();
    assert_eq!(kept.row, frozen.row);
    assert_eq!(kept.figures.figures["jst.suma"].text, "10");
    let then = document(&app.service, app, "dla-rkres");
    assert_eq!(then["as_of"], json!({ "seq": 1, "frozen": true }));
    assert_eq!(then["forms"]["jst"], json!({ "invited": 4, "submitted": 1 }));
    let verified = app.service.verify(&app.edition, "dla-rkres").unwrap();
    assert!(!verified.same);
    assert_eq!((verified.seq, verified.seq_now), (1, 3));
    let suma = verified.changes.iter().find(|change| change.key == "jst.suma").unwrap();
    assert_eq!((suma.old.as_deref(), suma.new.as_deref()), (Some("10"), Some("25")));
    assert!(verified.changes.iter().all(|change| change.old != change.new));
    assert_eq!(
        app.service.state(&app.edition, "dla-rkres").unwrap().row,
        frozen.row,
        "verifying changes nothing"
    );
}

fn a_frozen_edition_takes_no_answers_until_it_is_unfrozen(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("czy", "nie"), ("ile", "1"), ("zgoda", "OK")]).location();
    freeze(app, "dla Zarządu");
    assert_eq!(app.program().measures()["as_of"]["frozen"], true);
    office.send().with_status(409);
    assert_eq!(app.program().measures()["forms"]["jst"]["submitted"], 0);
    unfreeze(app);
    assert_eq!(app.program().measures()["as_of"]["frozen"], false);
    assert_eq!(office.send().location(), "/ankieta/potwierdzenie");
    assert!(matches!(app.service.unfreeze(&app.edition, "user:anna"), Err(Refused::Input(_))));
}

fn counting_again_gives_the_same_bytes(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let frozen = freeze(app, "dla RKRES");
    for service in [&*app.service, &app.second_service()] {
        let verified = service.verify(&app.edition, "dla-rkres").unwrap();
        assert!(verified.same && verified.changes.is_empty() && verified.reworded.is_empty());
        assert_eq!(verified.hash_now, frozen.row.hash);
    }
    unfreeze(app);
    assert!(app.service.verify(&app.edition, "dla-rkres").unwrap().same, "the lock is no number");
    // An answer that came and went leaves another state of counting and the same numbers.
    app.office_inside("Radzanów").answer("nie", "25");
    app.withdraw("Radzanów");
    let verified = app.service.verify(&app.edition, "dla-rkres").unwrap();
    assert!(!verified.same && verified.changes.is_empty());
}

fn of_two_who_freeze_one_name_one_wins(app: &TestApp) {
    let results: Vec<_> = std::thread::scope(|scope| {
        let both: Vec<_> = (0..8)
            .map(|n| {
                scope
                    .spawn(move || app.service.freeze(&app.edition, &wish("dla RKRES"), &format!("user:{n}")))
            })
            .collect();
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    for refused in results.iter().filter_map(|result| result.as_ref().err()) {
        assert!(matches!(refused, Refused::Input(_)), "{refused:?}");
    }
    let states = app.service.states(&app.edition).unwrap();
    let won = results.into_iter().find_map(Result::ok).unwrap();
    assert_eq!(states, [won.row]);
}

fn nothing_arrives_between_the_numbers_and_the_lock(app: &TestApp) {
    let offices: Vec<_> = ["Promna", "Białobrzegi", "Radzanów"].map(|name| app.office_inside(name)).into();
    for office in &offices {
        office.save("liczby", &[("czy", "nie"), ("ile", "1"), ("zgoda", "OK")]).location();
    }
    std::thread::scope(|scope| {
        for office in &offices {
            // Whoever comes after the lock is told that the edition is closed.
            scope.spawn(|| office.send());
        }
        scope.spawn(|| freeze(app, "dla RKRES"));
    });
    let frozen = app.service.state(&app.edition, "dla-rkres").unwrap();
    let now = app.program().measures();
    assert_eq!(now["as_of"], json!({ "seq": frozen.row.seq, "frozen": true }));
    let counted = frozen.figures.figures["jst.submitted"].text.clone();
    assert_eq!(counted, frozen.row.seq.to_string());
    assert!(app.service.verify(&app.edition, "dla-rkres").unwrap().same);
}

fn a_program_reads_a_state_and_every_file_carries_its_hash(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "1 090");
    let hash = freeze(app, "dla RKRES").row.hash;
    unfreeze(app);
    app.withdraw("Promna");
    let asked = app.program().ask("?state=dla-rkres").with_status(200);
    let then: Value = serde_json::from_slice(&asked.body).unwrap();
    assert_eq!(then["state"]["hash"], json!(hash));
    assert_eq!(then["forms"]["jst"]["submitted"], 1);
    let suma = then["measures"].as_array().unwrap().iter().find(|m| m["name"] == "suma").unwrap();
    assert_eq!(suma["value"], 1090);
    assert!(app.program().measures().get("state").is_none(), "numbers of this moment are of no state");
    for rest in [".csv?state=dla-rkres", ".csv?state=dla-rkres&profil=excel"] {
        let table = app.program().ask(rest).with_status(200);
        let rows: Vec<&str> = table.source().lines().skip(1).collect();
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains(&hash)), "{}", table.source());
    }
    assert!(!app.program().ask(".csv").with_status(200).source().contains(&hash));
    app.program().ask("?state=nie-ma").with_status(404);
    let stored = inside(app).get("/panel/proba/2024/stany/dla-rkres/liczby.json").with_status(200);
    assert_eq!(sha256(&stored.body), hash, "the file is what the hash names");
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn a_fact_of_the_notebook_written_later_is_listed_and_the_lock_tells_the_truth(app: &TestApp) {
    freeze(app, "dla RKRES");
    assert_eq!(app.program().measures()["as_of"]["frozen"], true);
    let fact = miernik::service::notebook::Fact {
        event: "Posiedzenia komitetu".into(),
        number: Some("3".into()),
        source: miernik::service::notebook::FactSource {
            document: "Protokoły".into(), ..Default::default()
        },
        ..Default::default()
    };
    app.service.fact_save(&app.edition, None, 0, &fact, "user:anna").unwrap();
    let verified = app.service.verify(&app.edition, "dla-rkres").unwrap();
    let brief: Vec<_> = verified.changes.iter().map(|c| (c.key.as_str(), c.new.as_deref())).collect();
    assert_eq!(brief, [("fakt.posiedzenia-komitetu", Some("3"))]);
    assert_eq!(app.program().measures()["as_of"]["frozen"], false, "a number is no longer the frozen one");
}

fn an_erratum_lists_exactly_the_numbers_that_changed(app: &TestApp) {
    app.office_inside("Promna").answer("nie", "10");
    freeze(app, "dla RKRES");
    unfreeze(app);
    app.office_inside("Radzanów").answer("nie", "5");
    app.wait(TimeDelta::hours(1));
    freeze(app, "opublikowany");
    let anna = inside(app);
    let page = anna.get("/panel/proba/2024/stany").with_status(200);
    let form = page
        .form_to("/panel/proba/2024/errata")
        .set("od", "dla-rkres")
        .set("do", "opublikowany")
        .set("powod", "=Ankieta przyszła po terminie");
    let made = anna.browser.post(&form.action, &form.sent());
    assert_eq!(made.location(), "/panel/proba/2024/errata/1");
    let erratum = anna.get("/panel/proba/2024/errata/1").with_status(200);
    assert!(erratum.words().contains("Ankieta przyszła po terminie") && erratum.words().contains("jst.suma"));
    let found = app.service.erratum(&app.edition, 1).unwrap();
    let (old, new) =
        (app.service.state(&app.edition, "dla-rkres"), app.service.state(&app.edition, "opublikowany"));
    assert_eq!(
        found.changes,
        miernik::service::states::changes(&old.unwrap().figures, &new.unwrap().figures)
    );
    assert!(found.changes.iter().all(|change| !change.key.starts_with("up.")), "{:?}", found.changes);
    let csv = anna.get("/panel/proba/2024/errata/1/zmiany.csv").with_status(200);
    assert!(csv.source().contains("'=Ankieta") && csv.source().contains("jst.suma"), "{}", csv.source());
    // The same two states have one erratum, and the earlier one comes first.
    let again = |from, to| app.service.erratum_add(&app.edition, (from, to), "Powód", "user:anna");
    assert!(matches!(again("dla-rkres", "opublikowany"), Err(Refused::Input(_))));
    assert!(matches!(again("opublikowany", "dla-rkres"), Err(Refused::Input(_))));
    assert!(matches!(again("dla-rkres", "nie-ma"), Err(Refused::NotThere(_))));
    assert_eq!(app.service.errata(&app.edition).unwrap().len(), 1);
}

fn wrong_wishes_are_told_in_words(app: &TestApp) {
    let refused = |name: Option<&str>, label: &str| {
        let wish = Freezing { name: name.map(str::to_owned), ..wish(label) };
        match app.service.freeze(&app.edition, &wish, "user:anna") {
            Err(Refused::Input(lines)) => lines.join(" "),
            other => panic!("{other:?}"),
        }
    };
    assert!(refused(None, "  ").contains("po co"));
    assert!(refused(Some("Dla RKRES"), "dla RKRES").contains("Dla RKRES"));
    assert!(refused(Some("../x"), "dla RKRES").contains("../x"));
    assert!(refused(None, &"x".repeat(81)).contains("80"));
    assert_eq!(app.service.states(&app.edition).unwrap(), []);
    let edition = app.service.edition(&app.edition).unwrap().1;
    assert!(!edition.frozen);
}

fn no_open_answer_is_kept_in_a_state(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let row = freeze(app, "dla RKRES").row;
    assert!(
        serde_json::to_string(&app.service.measures(&app.edition).unwrap()).unwrap().contains("Coś było.")
    );
    assert!(!row.measures.contains("Coś było.") && !row.figures.contains("Coś było."));
    let scope = app.programme().scope();
    let chapter =
        app.service.store.read("test", |tx| tx.frozen_chapter_find(scope, row.id)).unwrap().unwrap();
    assert!(chapter.content.contains("jst.suma") && !chapter.content.contains("Coś było."));
}

/// The documents that are printed of a state.
fn printed(app: &TestApp, state: &str) -> [Vec<u8>; 2] {
    let wish = Wish { state: Some(state.into()), ..Wish::default() };
    let mut files = app.service.report(&app.edition, &wish, "user:anna").unwrap().files;
    ["rozdzial.docx", "rozdzial.html"].map(|file| files.remove(file).unwrap())
}

fn the_chapter_of_a_state_is_the_same_whenever_it_is_printed(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    freeze(app, "dla RKRES");
    let first = printed(app, "dla-rkres");
    unfreeze(app);
    let office = app.office_inside("Radzanów");
    let fields = [("czy", "nie"), ("ile", "25"), ("opis", "Potrzebne szkolenia"), ("zgoda", "OK")];
    office.save("liczby", &fields).location();
    office.send().location();
    app.withdraw("Promna");
    let said = SourceNote { text: "Napisano później.".into(), ..SourceNote::default() };
    let note = RowNote { sources: [("JST".to_owned(), said)].into(), ..RowNote::default() };
    app.service.row_save(&app.edition, "1.1", 0, &note, "user:anna").unwrap();
    let value = TypedValue {
        code: "W1".into(),
        years: "2024".into(),
        part: "inne".into(),
        value: "40".into(),
        document: "Sprawozdanie".into(),
        accessed: "2025-01-14".into(),
        ..TypedValue::default()
    };
    app.service.indicator_set(&app.programme(), &value, None, "command").unwrap();
    let bench = "/panel/proba/2024/kodowanie/jst/opis";
    let anna = inside(app);
    let page = anna.get(&format!("{bench}?stan=wszystkie")).with_status(200);
    let card = page.form_in(&format!("#o-{} form[action='{bench}']", app.issued("Radzanów").invitation.id));
    anna.browser.post(bench, &card.tick("kod", "o01", true).pressed("zapisz", "jedna")).location();
    app.wait(TimeDelta::days(400));
    let second = printed(app, "dla-rkres");
    assert!(first == second, "not the same bytes");
    let page = String::from_utf8(second[1].clone()).unwrap();
    assert!(page.contains("z upływem dni") && !page.contains("Napisano później."));
    freeze(app, "opublikowany");
    let later = String::from_utf8(printed(app, "opublikowany")[1].clone()).unwrap();
    assert!(later.contains("Napisano później.") && later.contains("Sprawozdanie, dostęp"));
    let wish = Wish { state: Some("dla-rkres".into()), answers: true, ..Wish::default() };
    let book =
        app.service.report(&app.edition, &wish, "user:anna").unwrap().files.remove("tabele.xlsx").unwrap();
    let book = sheet::read(&book, "tabele.xlsx").unwrap();
    assert!(
        book.sheets.iter().all(|sheet| !sheet.name.starts_with("Odpowiedzi")),
        "answers of today under that hash"
    );
    let kept = |state: &str| app.service.verify(&app.edition, state).unwrap().chapter.unwrap();
    assert_eq!((kept("dla-rkres").len(), kept("dla-rkres") == kept("opublikowany")), (64, false));
}

fn a_state_that_kept_no_chapter_says_so(app: &TestApp) {
    app.office_inside("Promna").answer("tak", "10");
    let row = freeze(app, "dla RKRES").row;
    unfreeze(app);
    // As an earlier version of the program stored it.
    let earlier = FrozenState {
        id: survey::ids::uuid_v7(app.service.now(), [7; 10]).into(),
        name: "dawny".into(),
        ..row
    };
    let scope = app.programme().scope();
    app.service.store.write("test", move |tx| tx.frozen_state_insert(scope, &earlier)).unwrap();
    let page = |state: &str| String::from_utf8(printed(app, state)[1].clone()).unwrap();
    let words = "Ten stan zamrożono, zanim program zaczął zamrażać cały rozdział";
    assert!(page("dawny").contains(words) && !page("dla-rkres").contains(words));
    assert_eq!(app.service.verify(&app.edition, "dawny").unwrap().chapter, None);
    let anna = inside(app);
    let state = anna.get("/panel/proba/2024/stany/dawny").with_status(200);
    assert!(state.words().contains("nie jest zamrożony: stan powstał"), "{}", state.words());
    let chapter = anna.get("/panel/proba/2024/rozdzial?stan=dawny").with_status(200);
    assert!(chapter.words().contains("stan jest starszy niż zamrażanie rozdziału"));
}

fn somebody_in_the_panel_freezes_compares_and_unfreezes(app: &TestApp) {
    let anna = inside(app);
    let page = anna.get("/panel/proba/2024/stany").with_status(200);
    let form = page.form_to("/panel/proba/2024/stany").set("opis", "dla Zarządu");
    // For whom it is has to be chosen; what was typed stays.
    let again = anna.browser.post("/panel/proba/2024/stany", &form.sent()).with_status(422);
    assert!(again.words().contains("Proszę wybrać, dla kogo jest ten stan."), "{}", again.words());
    assert_eq!(again.form_to("/panel/proba/2024/stany").value("opis"), "dla Zarządu");
    assert!(app.service.states(&app.edition).unwrap().iter().all(|state| state.name != "dla-zarzadu"));
    let form = again.form_to("/panel/proba/2024/stany").set("rodzaj", "board");
    let made = anna.browser.post(&form.action, &form.sent());
    assert_eq!(made.location(), "/panel/proba/2024/stany/dla-zarzadu");
    let state = anna.browser.follow(&made).with_status(200);
    assert!(state.words().contains("takie same co do bajta"), "{}", state.words());
    anna.browser.post(&form.action, &form.sent()).with_status(422);
    anna.browser.post("/panel/proba/2024/stany", &[("opis".into(), "bez znacznika".into())]).with_status(403);
    let list = anna.get("/panel/proba/2024/stany").with_status(200);
    assert!(list.words().contains("Edycja jest zamrożona"), "{}", list.words());
    let unfreeze = list.form_to("/panel/proba/2024/stany/odmroz");
    assert_eq!(anna.browser.post(&unfreeze.action, &unfreeze.sent()).location(), "/panel/proba/2024/stany");
    for path in ["stany/nie-ma", "errata/7", "errata/x", "stany/dla-zarzadu/nie-ma.csv"] {
        anna.get(&format!("/panel/proba/2024/{path}")).with_status(404);
    }
    let trail =
        app.service.store.read("test", |tx| tx.audit_page(app.programme().scope(), None, 10)).unwrap();
    let actions: Vec<_> = trail.iter().map(|row| (row.action.as_str(), row.actor.as_str())).collect();
    assert!(
        actions.contains(&("edition.freeze", "user:anna"))
            || actions.contains(&("edition.freeze", &*format!("user:{LOGIN}")))
    );
    assert!(actions.iter().any(|(action, _)| *action == "edition.unfreeze"));
}
