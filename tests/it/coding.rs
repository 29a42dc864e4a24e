//! Coding of open answers through the panel: suggestions, decisions, two people at once, what offices change later.

use miernik::service::coding::decide::Decision;
use miernik::service::coding::{CodedQuestion, Coder};
use miernik::service::{Refused, figures::Flag};
use store::Role;

use crate::harness::{Analyst, Form, LOGIN, PASSWORD, Page, TestApp, on_both_databases};

on_both_databases! {
    Small:
    answers_wait_with_suggestions_and_nothing_is_assigned_by_itself,
    a_unit_counts_once_for_each_code_and_texts_that_say_nothing_are_said_beside,
    alike_answers_get_the_same_codes_by_one_explicit_button,
    the_second_of_two_people_is_told_both_sides_and_nothing_is_lost,
    people_at_once_make_one_history_without_gaps,
    every_decision_is_kept_and_the_last_can_be_taken_back,
    an_answer_changed_after_coding_waits_to_be_confirmed,
    codes_without_an_answer_are_listed_and_not_counted,
    codes_without_an_answer_are_cleared_one_by_one_or_all_and_come_back,
    of_two_who_clear_the_same_codes_the_second_is_told,
    a_frame_changes_by_versions_and_keeps_every_code_that_was_given,
    two_people_who_change_a_frame_do_not_overwrite_each_other,
    a_second_person_codes_the_sample_without_seeing_the_first,
    first_codes_of_the_sample_are_covered_until_all_of_it_is_coded,
    from_a_code_one_click_leads_to_the_units,
    a_frozen_edition_keeps_its_codes,
    tables_go_out_and_come_back_with_one_outcome_per_row,
    very_long_and_formula_like_answers_survive_the_way_through_a_table,
}

const BENCH: &str = "/panel/proba/2024/kodowanie/jst/opis";

fn asked() -> CodedQuestion {
    CodedQuestion { form: "jst".into(), question: "opis".into() }
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    assert_eq!(anna.log_in(LOGIN, PASSWORD).location(), "/panel");
    anna
}

/// A second person of the panel.
fn basia(app: &TestApp) -> Analyst {
    app.service.user_add("basia", "pięć niebieskich gęsi", Role::Analyst).unwrap();
    let basia = app.analyst();
    assert_eq!(basia.log_in("basia", "pięć niebieskich gęsi").location(), "/panel");
    basia
}

/// An office answers and sends.
fn writes(app: &TestApp, unit: &str, text: &str) {
    let office = app.office_inside(unit);
    let fields = [("czy", "nie"), ("ile", "1"), ("opis", text), ("zgoda", "OK")];
    office.save("liczby", &fields).location();
    office.send().location();
}

/// An office changes its answer and sends again.
fn rewrites(app: &TestApp, unit: &str, text: &str) {
    let office = app.office_inside(unit);
    office.correct();
    office.save("liczby", &[("opis", text)]).location();
    office.send().location();
}

/// The form of the card of a unit.
fn card(app: &TestApp, page: &Page, unit: &str) -> Form {
    let id = app.issued(unit).invitation.id;
    page.form_in(&format!("#o-{id} form[action='{BENCH}']"))
}

/// Ticks codes on a card and saves them.
fn code(app: &TestApp, anna: &Analyst, unit: &str, codes: &[&str]) -> Page {
    let page = anna.get(&format!("{BENCH}?stan=wszystkie")).with_status(200);
    let form = codes.iter().fold(card(app, &page, unit), |form, code| form.tick("kod", code, true));
    anna.browser.post(BENCH, &form.pressed("zapisz", "jedna"))
}

/// What the figures say under a key.
fn figure(app: &TestApp, key: &str) -> String {
    let figures = app.service.figures(&app.edition).unwrap().figures;
    figures.get(&format!("jst.opis.{key}")).unwrap_or_else(|| panic!("{key}: {figures:?}")).text.clone()
}

fn answers_wait_with_suggestions_and_nothing_is_assigned_by_itself(app: &TestApp) {
    writes(app, "Promna", "Potrzebne szkolenia dla pracowników");
    writes(app, "Białobrzegi", "nie dotyczy");
    writes(app, "Radzanów", "=2+2 <b>pogrubione</b>");
    let anna = inside(app);
    let list = anna.get("/panel/proba/2024/kodowanie").with_status(200);
    assert!(list.words().contains("Opis JST 3 3 0 0"), "{}", list.words());
    let page = anna.get(BENCH).with_status(200);
    assert_eq!(page.texts("article").len(), 3);
    assert!(page.texts("article")[0].starts_with("Radzanów"), "the newest comes first");
    let suggested = page.texts(".suggested");
    assert_eq!(suggested.len(), 2, "{suggested:?}");
    assert!(suggested.iter().any(|one| one.contains("O98") && one.contains("to nie jest odpowiedź")));
    assert!(suggested.iter().any(|one| one.contains("O01") && one.contains("szkolenia")));
    assert_eq!(page.attributes("input[type=checkbox][checked]", "value"), Vec::<String>::new());
    assert!(page.source().contains("=2+2 &#60;b&#62;") && !page.source().contains("<b>pogrubione"));
    assert_eq!(figure(app, "odpowiedzi.coded"), "0");
    assert_eq!(app.database.rows("coding").len(), 0, "looking assigns nothing");
}

fn a_unit_counts_once_for_each_code_and_texts_that_say_nothing_are_said_beside(app: &TestApp) {
    writes(app, "Promna", "szkolenia i dotacje");
    writes(app, "Białobrzegi", "brak");
    writes(app, "Radzanów", "dotacje");
    let anna = inside(app);
    let saved = code(app, &anna, "Promna", &["o02", "o01"]);
    assert!(
        saved.location().starts_with(&format!("{BENCH}?stan=wszystkie&zapisano=1#")),
        "{}",
        saved.location()
    );
    code(app, &anna, "Radzanów", &["o02"]).location();
    code(app, &anna, "Białobrzegi", &["o98"]).location();
    assert_eq!(
        ["kody.o01", "kody.o02", "kody.o03", "kody.o98"].map(|key| figure(app, key)),
        ["1", "2", "0", "1"]
    );
    assert_eq!(
        (figure(app, "kody.o02.answered"), figure(app, "kody.o02.all")),
        ("2 z 2".into(), "2 z 3".into()),
        "what says nothing is no part, and a percent of three would only look exact"
    );
    assert_eq!((figure(app, "odpowiedzi"), figure(app, "odpowiedzi.off_topic")), ("3".into(), "1".into()));
    let page = anna.get(&format!("{BENCH}/wyniki")).with_status(200);
    assert!(
        page.words().contains("Odpowiedzi: 3 z 3 złożonych ankiet, w tym 1 nie na temat."),
        "{}",
        page.words()
    );
    let rows = page.texts("tbody tr");
    assert!(rows[0].starts_with("O02. Pieniądze 2") && rows[1].starts_with("O01. Szkolenia 1"), "{rows:?}");
    assert!(
        rows.iter().rposition(|row| row.contains("O03")) < rows.iter().position(|row| row.contains("O98"))
    );
    assert!(
        page.words().contains("Jakie barwy?"),
        "the list on the same topic stands beside: {}",
        page.words()
    );
    let themes = anna.get("/panel/proba/2024/kodowanie").with_status(200);
    assert!(
        themes.words().contains("T1. Wiedza 1") && themes.words().contains("T2. Pieniądze 2"),
        "{}",
        themes.words()
    );
    let flags = app.service.figures(&app.edition).unwrap().figures["jst.opis.kody.o02"].flags.clone();
    assert!(flags.is_empty());
    rewrites(app, "Radzanów", "");
    assert_eq!(figure(app, "kody.o02"), "1");
}

fn alike_answers_get_the_same_codes_by_one_explicit_button(app: &TestApp) {
    writes(app, "Promna", "Szkolenia z klauzul społecznych");
    writes(app, "Białobrzegi", "szkolenie z klauzul społecznych");
    writes(app, "Radzanów", "Zupełnie co innego");
    let anna = inside(app);
    let page = anna.get(BENCH).with_status(200);
    assert_eq!(page.texts("h2:not(.vh)"), ["2 podobne odpowiedzi"]);
    let form = card(app, &page, "Białobrzegi").tick("kod", "o01", true);
    let without = card(app, &page, "Białobrzegi").pressed("zapisz", "wszystkie");
    anna.browser.post(BENCH, &without).with_status(422);
    let saved = anna.browser.post(BENCH, &form.pressed("zapisz", "wszystkie"));
    assert!(saved.location().contains("zapisano=2"), "{}", saved.location());
    assert_eq!((figure(app, "kody.o01"), figure(app, "odpowiedzi.coded")), ("2".into(), "2".into()));
    let flags = &app.service.figures(&app.edition).unwrap().figures["jst.opis.kody.o01"].flags;
    assert!(flags.contains(&Flag::Incomplete), "one answer waits");
    rewrites(app, "Radzanów", "SZKOLENIA Z KLAUZUL SPOŁECZNYCH");
    let page = anna.get(BENCH).with_status(200);
    assert!(page.text(".suggested").contains("tak zakodowano taką samą odpowiedź"), "{}", page.words());
}

fn the_second_of_two_people_is_told_both_sides_and_nothing_is_lost(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    let (anna, basia) = (inside(app), basia(app));
    let seen = card(app, &basia.get(BENCH).with_status(200), "Promna").tick("kod", "o03", true);
    code(app, &anna, "Promna", &["o01"]).location();
    let refused = basia.browser.post(BENCH, &seen.pressed("zapisz", "jedna")).with_status(409);
    for part in ["Promna", "anna", "O01", "Państwa wybór: O03"] {
        assert!(refused.words().contains(part), "{part}: {}", refused.words());
    }
    assert_eq!(figure(app, "kody.o01"), "1");
    assert_eq!(figure(app, "kody.o03"), "0");
    let again = card(app, &basia.get(&format!("{BENCH}?stan=zakodowane")), "Promna").tick("kod", "o03", true);
    basia.browser.post(BENCH, &again.pressed("zapisz", "jedna")).location();
    assert_eq!((figure(app, "kody.o01"), figure(app, "kody.o03")), ("1".into(), "1".into()));
}

fn people_at_once_make_one_history_without_gaps(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    let codes = ["o01", "o02", "o03", "biel"];
    let told: Vec<Result<usize, Refused>> = std::thread::scope(|scope| {
        let people: Vec<_> = codes
            .iter()
            .map(|code| {
                scope.spawn(move || {
                    let bench = app.service.bench(&app.edition, &asked()).unwrap();
                    let decision = Decision::about(&bench.answers[0], vec![(*code).to_owned()]);
                    app.service.code(
                        &app.edition,
                        &format!("user:{code}"),
                        Coder::First,
                        &asked(),
                        &[decision],
                    )
                })
            })
            .collect();
        people.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let stored = told.iter().filter(|one| one.is_ok()).count();
    assert!(stored >= 1);
    assert!(told.iter().all(|one| matches!(one, Ok(1) | Err(Refused::Overtaken(_)))), "{told:?}");
    let bench = app.service.bench(&app.edition, &asked()).unwrap();
    let numbers: Vec<i32> = bench.answers[0].history.iter().map(|row| row.no).collect();
    let expected: Vec<i32> = (1..=i32::try_from(stored).unwrap()).rev().collect();
    assert_eq!(numbers, expected);
}

fn every_decision_is_kept_and_the_last_can_be_taken_back(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    let anna = inside(app);
    code(app, &anna, "Promna", &["o01"]).location();
    code(app, &anna, "Promna", &["o02"]).location();
    let page = anna.get(&format!("{BENCH}?stan=zakodowane")).with_status(200);
    let history = page.texts("article li");
    assert!(history[0].contains("anna") && history[0].contains("z: O01; na: O01, O02"), "{history:?}");
    assert!(history[1].contains("z: bez kodów; na: O01"), "{history:?}");
    let undo = page.form_to(&format!("{BENCH}/cofnij"));
    anna.browser.post(&undo.action, &undo.sent()).location();
    assert_eq!((figure(app, "kody.o01"), figure(app, "kody.o02")), ("1".into(), "0".into()));
    anna.browser.post(&undo.action, &undo.sent()).with_status(409);
    assert_eq!(app.database.rows("coding").len(), 3, "taking back is a decision as well");
    let notes: Vec<String> =
        app.database.rows("audit").into_iter().filter(|row| row.contains("codes.give")).collect();
    assert_eq!(notes.len(), 3);
    assert!(notes.iter().all(|row| !row.contains("szkolenia")), "answers do not stand in the trail");
}

fn an_answer_changed_after_coding_waits_to_be_confirmed(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    let anna = inside(app);
    let before = card(app, &anna.get(BENCH).with_status(200), "Promna").tick("kod", "o03", true);
    code(app, &anna, "Promna", &["o01"]).location();
    rewrites(app, "Promna", "jednak dotacje");
    assert_eq!(figure(app, "kody.o01"), "1", "the codes hold until somebody decides");
    let page = anna.get(&format!("{BENCH}?stan=zmienione")).with_status(200);
    assert!(page.text("article h3").contains("zmieniona po zakodowaniu"));
    anna.browser.post(BENCH, &before.pressed("zapisz", "jedna")).with_status(409);
    let confirm = card(app, &page, "Promna");
    anna.browser.post(BENCH, &confirm.pressed("zapisz", "jedna")).location();
    assert!(anna.get(&format!("{BENCH}?stan=zmienione")).texts("article").is_empty());
    assert_eq!(figure(app, "kody.o01"), "1");
}

fn codes_without_an_answer_are_listed_and_not_counted(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    writes(app, "Radzanów", "szkolenia");
    let anna = inside(app);
    code(app, &anna, "Promna", &["o01"]).location();
    code(app, &anna, "Radzanów", &["o01"]).location();
    app.withdraw("Promna");
    rewrites(app, "Radzanów", "");
    assert_eq!((figure(app, "kody.o01"), figure(app, "odpowiedzi")), ("0".into(), "0".into()));
    let page = anna.get(&format!("{BENCH}?stan=bez-odpowiedzi")).with_status(200);
    let rows = page.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Promna O01 ankieta nie jest już liczona")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("Radzanów O01 pole jest teraz puste")), "{rows:?}");
    rewrites(app, "Radzanów", "szkolenia");
    assert_eq!(figure(app, "kody.o01"), "1", "the same answer has its codes again");
}

/// Two answers with the code o01 that are gone.
fn two_lost(app: &TestApp, anna: &Analyst) {
    for unit in ["Promna", "Radzanów"] {
        writes(app, unit, "szkolenia");
        code(app, anna, unit, &["o01"]).location();
    }
    app.withdraw("Promna");
    rewrites(app, "Radzanów", "");
}

fn codes_without_an_answer_are_cleared_one_by_one_or_all_and_come_back(app: &TestApp) {
    let lost = format!("{BENCH}?stan=bez-odpowiedzi");
    let clear = format!("{BENCH}/bez-odpowiedzi");
    let anna = inside(app);
    two_lost(app, &anna);
    let form = anna.get(&lost).with_status(200).form_to(&clear);
    anna.browser.post(&clear, &form.clone().pressed("zakres", "zaznaczone")).with_status(422);
    let place = anna.get(&lost).attributes("input[name=zaznaczona]", "value").remove(0);
    let one = form.tick("zaznaczona", &place, true).pressed("zakres", "zaznaczone");
    assert!(anna.browser.post(&clear, &one).location().ends_with("usunieto=1"));
    let page = anna.get(&lost).with_status(200);
    assert_eq!(page.texts("tbody tr").len(), 1);
    assert!(
        page.words().contains("Usunięte") && page.words().contains("kody usunął: anna"),
        "{}",
        page.words()
    );
    let all = page.form_to(&clear).pressed("zakres", "wszystkie");
    assert!(anna.browser.post(&clear, &all).location().ends_with("usunieto=1"));
    let page = anna.get(&lost).with_status(200);
    assert!(page.texts("tbody tr").is_empty() && page.words().contains("Za każdym kodem stoi odpowiedź"));
    assert!(anna.get("/panel/proba/2024/kodowanie").words().contains("Opis JST 0 0 0 0"), "none is left");
    assert_eq!(app.database.rows("coding").len(), 4, "clearing is a decision as well");
    // The answer is back: its codes were cleared, and taking that back gives them again.
    rewrites(app, "Radzanów", "szkolenia");
    assert_eq!(figure(app, "kody.o01"), "0");
    let page = anna.get(&format!("{BENCH}?stan=do-zakodowania")).with_status(200);
    assert!(page.texts("article li")[0].contains("z: O01; na: bez kodów"), "{:?}", page.texts("article li"));
    let undo = page.form_in(&format!("article form[action='{BENCH}/cofnij']"));
    anna.browser.post(&undo.action, &undo.sent()).location();
    assert_eq!(figure(app, "kody.o01"), "1");
    // What is still without an answer comes back as well.
    let undo = anna.get(&lost).with_status(200).form_to(&format!("{BENCH}/cofnij"));
    anna.browser.post(&undo.action, &undo.sent()).location();
    assert_eq!(anna.get(&lost).texts("tbody tr").len(), 1);
}

fn of_two_who_clear_the_same_codes_the_second_is_told(app: &TestApp) {
    let lost = format!("{BENCH}?stan=bez-odpowiedzi");
    let clear = format!("{BENCH}/bez-odpowiedzi");
    let (anna, basia) = (inside(app), basia(app));
    two_lost(app, &anna);
    let forms = [&anna, &basia].map(|one| one.get(&lost).with_status(200).form_to(&clear));
    let [hers, his] = forms.map(|form| form.pressed("zakres", "wszystkie"));
    anna.browser.post(&clear, &hers).location();
    basia.browser.post(&clear, &his).with_status(409);
    assert_eq!(app.database.rows("coding").len(), 4);
    // Codes whose answer came back are not cleared by an old page.
    let undo = anna.get(&lost).with_status(200).forms_to(&format!("{BENCH}/cofnij"));
    undo.into_iter().for_each(|undo| _ = anna.browser.post(&undo.action, &undo.sent()).location());
    let old = basia.get(&lost).with_status(200).form_to(&clear).pressed("zakres", "wszystkie");
    rewrites(app, "Radzanów", "szkolenia");
    basia.browser.post(&clear, &old).with_status(409);
    assert_eq!(figure(app, "kody.o01"), "1");
}

fn a_frame_changes_by_versions_and_keeps_every_code_that_was_given(app: &TestApp) {
    const FRAME: &str = "/panel/proba/2024/kodowanie/klucz/kody_opisu";
    writes(app, "Promna", "szkolenia");
    let anna = inside(app);
    code(app, &anna, "Promna", &["o01"]).location();
    let page = anna.get(FRAME).with_status(200);
    assert!(page.words().contains("O01 (1 odpowiedź)"), "{}", page.words());
    let form = page.form_to(FRAME);
    let form = form.set("nowy", "O04").set("nowy_opis", "Wizyty").set("opis.o03", "Eksperci");
    let form = form.set("wycofany.o01", "za szeroki").tick("usun.biel", "1", true);
    assert_eq!(anna.browser.post(FRAME, &form.sent()).location(), format!("{FRAME}?zapisano=2"));
    let bench = anna.get(&format!("{BENCH}?stan=wszystkie")).with_status(200);
    let labels = bench.texts("article label");
    assert!(labels.iter().any(|label| label.contains("O01. Szkolenia (wycofany)")), "{labels:?}");
    assert!(labels.iter().any(|label| label.contains("O04. Wizyty")), "{labels:?}");
    assert!(!labels.iter().any(|label| label.contains("BIEL")), "{labels:?}");
    writes(app, "Radzanów", "szkolenia");
    let retired = card(app, &anna.get(BENCH), "Radzanów").with("kod", "o01");
    anna.browser.post(BENCH, &retired.pressed("zapisz", "jedna")).with_status(422);
    let delete = anna.get(FRAME).form_to(FRAME).with("usun.o01", "1");
    let refused = anna.browser.post(FRAME, &delete.sent()).with_status(422);
    assert!(refused.words().contains("tyle odpowiedzi: 1"), "{}", refused.words());
    let wrong = anna.get(FRAME).form_to(FRAME).set("nowy", "z kropką.").set("nowy_opis", "x");
    anna.browser.post(FRAME, &wrong.sent()).with_status(422);
    assert_eq!(figure(app, "kody.o01"), "1");
    let files = app.service.frames_as_files(&app.edition).unwrap();
    let loaded = form::load_frame(&files[0].0, &files[0].1);
    assert!(loaded.frame.unwrap().code("o04").is_some(), "{:?}", loaded.problems);
    assert!(anna.get(FRAME).words().contains("wersja 1: "), "earlier versions are told");
}

fn two_people_who_change_a_frame_do_not_overwrite_each_other(app: &TestApp) {
    const FRAME: &str = "/panel/proba/2024/kodowanie/klucz/kody_opisu";
    let (anna, basia) = (inside(app), basia(app));
    let hers = basia.get(FRAME).with_status(200).form_to(FRAME).set("opis.o03", "Eksperci");
    let mine = anna.get(FRAME).with_status(200).form_to(FRAME).set("opis.o02", "Dotacje");
    anna.browser.post(FRAME, &mine.sent()).location();
    let refused = basia.browser.post(FRAME, &hers.sent()).with_status(409);
    assert!(refused.words().contains("Eksperci"), "what was typed is shown: {}", refused.words());
    assert!(anna.get(FRAME).source().contains("value=\"Dotacje\""));
}

fn a_second_person_codes_the_sample_without_seeing_the_first(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    let (anna, basia) = (inside(app), basia(app));
    code(app, &anna, "Promna", &["o01", "o02"]).location();
    let second = format!("{BENCH}/drugie");
    let page = basia.get(&second).with_status(200);
    assert_eq!(page.attributes("input[type=checkbox][checked]", "value"), Vec::<String>::new());
    assert!(page.texts(".suggested").is_empty() && !page.words().contains("anna"), "{}", page.words());
    assert!(anna.get(&second).with_status(200).words().contains("drugi raz koduje ją ktoś inny"));
    let form = page.form_to(&second).tick("kod", "o01", true);
    basia.browser.post(&second, &form.pressed("zapisz", "jedna")).location();
    assert_eq!(figure(app, "kody.o01"), "1", "the second codes change no number");
    let page = basia.get(&second).with_status(200);
    let rows = page.texts("tbody tr");
    assert!(
        rows[0].starts_with("O01. Szkolenia 1 0 0 0 –"),
        "a percent of one would only look exact: {rows:?}"
    );
    assert!(rows[1].starts_with("O02. Pieniądze 0 1 0 0 – 0,00"), "{rows:?}");
    assert!(rows.last().unwrap().starts_with("Razem"), "{rows:?}");
    let own =
        Decision::about(&app.service.bench(&app.edition, &asked()).unwrap().answers[0], vec!["o01".into()]);
    let own = Decision { seen: 1, ..own };
    let told = app.service.code(&app.edition, "user:anna", Coder::Second, &asked(), &[own]);
    assert!(matches!(told, Err(Refused::Input(_))), "{told:?}");
}

fn first_codes_of_the_sample_are_covered_until_all_of_it_is_coded(app: &TestApp) {
    let (anna, basia) = (inside(app), basia(app));
    let jst =
        app.service.issued(&app.edition).unwrap().into_iter().filter(|one| one.invitation.form_id == "jst");
    let jst: Vec<String> = jst.map(|one| one.invitation.unit_name).collect();
    assert_eq!(jst.len(), 4, "a fifth of four is one answer");
    for (place, unit) in jst.iter().enumerate() {
        writes(app, unit, &format!("szkolenia numer {place}"));
        code(app, &anna, unit, &["o01"]).location();
    }
    // The sample is one answer here, so it is begun and unfinished once its codes are taken away again.
    let second = format!("{BENCH}/drugie");
    let all = format!("{BENCH}?stan=wszystkie");
    let ticked = |page: &Page| page.attributes("input[type=checkbox][checked]", "value").len();
    assert_eq!(ticked(&basia.get(&all)), 4, "whoever has not begun sees all");
    let form = basia.get(&second).with_status(200).form_to(&second).tick("kod", "o02", true);
    basia.browser.post(&second, &form.pressed("zapisz", "jedna")).location();
    let page = basia.get(&second).with_status(200);
    assert!(page.texts("tbody tr").iter().any(|row| row.starts_with("O01")), "done: agreement is told");
    let form = page.form_to(&second).tick("kod", "o02", false);
    basia.browser.post(&second, &form.pressed("zapisz", "jedna")).location();

    let page = basia.get(&all).with_status(200);
    assert_eq!(ticked(&page), 3, "the sample is covered");
    assert!(
        page.words().contains("kody zasłonięte") && page.words().contains("Zasłonięte1"),
        "{}",
        page.words()
    );
    assert_eq!(ticked(&anna.get(&all)), 4, "nobody else is hindered");
    let unit = page.text("article:has(.warn) h3").replace(" kody zasłonięte", "");
    let covered = page.text("article:has(.warn)");
    assert!(!covered.contains("O01") && !covered.contains("anna"), "{covered}");
    let reporters = basia.get(&format!("{BENCH}/kod/o01")).with_status(200);
    assert_eq!(reporters.texts("tbody tr").len(), 3);
    assert!(reporters.words().contains("kodują Państwo drugi raz (1)"), "{}", reporters.words());
    let table = basia.get(&format!("{BENCH}/csv")).with_status(200);
    assert_eq!(
        (table.source().matches(",o01,").count(), table.source().matches(",,zasłonięta").count()),
        (3, 1)
    );
    let page = basia.get(&second).with_status(200);
    assert!(page.words().contains("Zgodność zobaczą Państwo po zakodowaniu całej próby"), "{}", page.words());
    // Neither can first codes be changed or taken back unseen.
    let form = card(app, &anna.get(&all), &unit).tick("kod", "o03", true);
    let token = basia.get(&second).form_to(&second).value("_csrf");
    let forged = form.without("_csrf").with("_csrf", &token);
    basia.browser.post(BENCH, &forged.clone().pressed("zapisz", "jedna")).with_status(422);
    basia.browser.post(&format!("{BENCH}/cofnij"), &forged.sent()).with_status(422);
    assert_eq!((figure(app, "kody.o01"), figure(app, "kody.o03")), ("4".into(), "0".into()));
    // Done again: nothing is covered.
    let form = basia.get(&second).form_to(&second).tick("kod", "o01", true);
    basia.browser.post(&second, &form.pressed("zapisz", "jedna")).location();
    assert_eq!(ticked(&basia.get(&all)), 4);
}

fn from_a_code_one_click_leads_to_the_units(app: &TestApp) {
    let promna = app.office_inside("Promna");
    let form = promna.section("liczby").form().set("opis", "białe szkolenia").tick("barwy", "biel", true);
    promna.press(&form, "_save").location();
    promna.save("liczby", &[("czy", "nie"), ("ile", "1"), ("zgoda", "OK")]).location();
    promna.send().location();
    writes(app, "Radzanów", "szkolenia");
    let anna = inside(app);
    code(app, &anna, "Promna", &["biel"]).location();
    code(app, &anna, "Radzanów", &["biel"]).location();
    let results = anna.get(&format!("{BENCH}/wyniki")).with_status(200);
    let rows = results.texts("tbody tr");
    assert!(rows[0].starts_with("BIEL. Biel 2 – – 1"), "side by side, not added: {rows:?}");
    let link = results.attributes("tbody a", "href").remove(0);
    let units = anna.get(&link).with_status(200);
    let rows = units.texts("tbody tr");
    assert!(rows[0].starts_with("Promna") && rows[0].contains("opis i wybór z listy"), "{rows:?}");
    assert!(rows[1].starts_with("Radzanów") && rows[1].ends_with("opis szkolenia"), "{rows:?}");
    anna.get(&format!("{BENCH}/kod/nic")).with_status(404);
    anna.get("/panel/proba/2024/kodowanie/jst/kwota").with_status(404);
}

fn a_frozen_edition_keeps_its_codes(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    let anna = inside(app);
    code(app, &anna, "Promna", &["o01"]).location();
    let form = card(app, &anna.get(&format!("{BENCH}?stan=wszystkie")), "Promna").tick("kod", "o02", true);
    let (scope, id) = (app.programme().scope(), app.service.edition(&app.edition).unwrap().1.id);
    app.service.store.write("test", move |tx| tx.edition_set_frozen(scope, id, true)).unwrap();
    let refused = anna.browser.post(BENCH, &form.pressed("zapisz", "jedna")).with_status(422);
    assert!(refused.words().contains("zamrożona"), "{}", refused.words());
    let page = anna.get(&format!("{BENCH}?stan=wszystkie")).with_status(200);
    assert!(page.texts("article form").is_empty() && page.words().contains("O01. Szkolenia"));
    assert_eq!((figure(app, "kody.o01"), figure(app, "kody.o02")), ("1".into(), "0".into()));
}

fn tables_go_out_and_come_back_with_one_outcome_per_row(app: &TestApp) {
    writes(app, "Promna", "szkolenia");
    writes(app, "Radzanów", "dotacje");
    let anna = inside(app);
    let excel = anna.get(&format!("{BENCH}/csv?profil=excel")).with_status(200);
    assert!(excel.header("content-disposition").unwrap().contains("kody-jst-opis.csv"));
    let code_of = |unit: &str| app.issued(unit).invitation.unit_code;
    let (promna, radzanow) = (code_of("Promna"), code_of("Radzanów"));
    let head = "ankieta,pytanie,kod_jednostki,odpowiedz,kody\n";
    let import = |rows: &str, dry: bool| {
        let file = format!("{head}{rows}");
        app.service.codes_import(&app.edition, "command", file.as_bytes(), "kody.csv", dry).unwrap()
    };
    let bad = format!(
        "jst,opis,{promna},szkolenia,O01 o02\njst,opis,{radzanow},dotacje,o77\njst,opis,0000,x,o01\njst,opis,{radzanow},inna treść,o02\njst,kwota,{promna},,o01\n"
    );
    let told = import(&bad, false);
    assert!(told.is_wrong() && told.changed == 0);
    let lines: Vec<(u32, &str)> = told.rows.iter().map(|row| (row.line, row.outcome.word())).collect();
    assert_eq!(lines, [(2, "zakodowano"), (3, "błąd"), (4, "błąd"), (5, "błąd"), (6, "błąd")]);
    assert!(told.rows[1].outcome.details().contains("o77"), "{:?}", told.rows);
    assert_eq!(app.database.rows("coding").len(), 0, "all rows or none");
    let good = format!("jst,opis,{promna},szkolenia,\"O01, o02\"\njst,opis,{radzanow},dotacje,\n");
    assert_eq!(import(&good, true).changed, 0);
    assert_eq!(app.database.rows("coding").len(), 0, "a dry run stores nothing");
    let told = import(&good, false);
    let words: Vec<&str> = told.rows.iter().map(|row| row.outcome.word()).collect();
    assert_eq!((told.changed, words), (1, vec!["zakodowano", "bez kodów"]));
    assert_eq!((figure(app, "kody.o01"), figure(app, "kody.o02")), ("1".into(), "1".into()));
    assert_eq!(import(&good, false).rows[0].outcome.word(), "bez zmian");
    let twice = format!("jst,opis,{radzanow},dotacje,o02\njst,opis,{radzanow},dotacje,o01\n");
    assert!(import(&twice, false).is_wrong());
    let missing = app.service.codes_import(&app.edition, "command", b"a,b\n1,2\n", "x.csv", false);
    assert!(matches!(missing, Err(Refused::Input(_))));
}

fn very_long_and_formula_like_answers_survive_the_way_through_a_table(app: &TestApp) {
    let long = "zażółć ".repeat(100_000 / 7);
    writes(app, "Promna", &long);
    writes(app, "Radzanów", "=HYPERLINK(\"http://x.example\";\"kliknij\")");
    let anna = inside(app);
    let page = anna.get(BENCH).with_status(200);
    assert!(page.words().contains("Cała odpowiedź"));
    let excel = anna.get(&format!("{BENCH}/csv?profil=excel")).with_status(200);
    assert!(excel.source().contains("'=HYPERLINK"), "a text in a table starts no formula");
    let mut lines: Vec<String> = excel.source().split("\r\n").map(str::to_owned).collect();
    let coded = lines.iter_mut().skip(1).filter(|line| line.contains(";opis;"));
    coded.for_each(|line| *line = line.replace(";;do zakodowania;", ";o01;do zakodowania;"));
    let file = lines.join("\r\n");
    let told = app.service.codes_import(&app.edition, "command", file.as_bytes(), "kody.csv", false).unwrap();
    assert_eq!(told.changed, 2, "{:?}", told.rows.iter().map(|row| &row.outcome).collect::<Vec<_>>());
    let bench = app.service.bench(&app.edition, &asked()).unwrap();
    assert!(bench.answers.iter().any(|one| one.answer.text.chars().count() > 99_000));
}
