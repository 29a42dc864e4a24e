//! Sending: once, whole, with a number; and correcting what was sent.

use crate::harness::{Office, TestApp, on_both_databases, outbox_rows};

on_both_databases! {
    Small:
    a_second_click_finds_the_submission_of_the_first,
    eight_clicks_at_once_make_one_submission,
    several_offices_at_once_get_numbers_of_their_own,
    a_page_drawn_before_the_submission_saves_nothing,
    what_was_sent_can_be_read_and_not_filled_in,
    a_correction_has_its_own_button_and_the_old_submission_counts_until_it_is_sent,
    correcting_twice_is_the_same_as_once,
    nothing_can_be_corrected_after_closing_and_what_was_sent_stays,
    an_incomplete_questionnaire_is_not_sent,
    what_changed_since_the_check_page_is_checked_again,
    answers_of_a_section_that_is_hidden_again_are_kept_and_not_sent,
    contact_details_are_no_part_of_a_submission,
}

const COMPLETE: [(&str, &str); 3] = [("czy", "nie"), ("ile", "3"), ("zgoda", "OK")];

/// An office that may send, and somebody to send a receipt to.
fn ready(app: &crate::harness::TestApp) -> Office {
    let office = app.office_inside("Promna");
    office.save("kontakt", &[("kontakt_email", "anna@promna.example")]).location();
    office.save("liczby", &COMPLETE).location();
    office
}

fn a_second_click_finds_the_submission_of_the_first(app: &TestApp) {
    let office = ready(app);
    let check = office.get("/ankieta/sprawdz").form();
    assert_eq!(office.submit(&check).location(), "/ankieta/potwierdzenie");
    let number = office.number();
    assert_eq!(office.submit(&check).location(), "/ankieta/potwierdzenie");
    assert_eq!(office.number(), number);
    assert_eq!(app.submissions("Promna").len(), 1);
    assert_eq!(outbox_rows(app).len(), 1);
}

fn eight_clicks_at_once_make_one_submission(app: &TestApp) {
    let office = ready(app);
    let check = office.get("/ankieta/sprawdz").form();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(office.submit(&check).location(), "/ankieta/potwierdzenie"));
        }
    });
    assert_eq!(app.submissions("Promna").len(), 1);
    assert_eq!(outbox_rows(app).len(), 1);
}

fn several_offices_at_once_get_numbers_of_their_own(app: &TestApp) {
    let names = ["Promna", "Białobrzegi", "Radzanów", "powiat białobrzeski"];
    let offices = names.map(|name| app.office_inside(name));
    let mut numbers: Vec<String> = std::thread::scope(|scope| {
        let sent = offices.each_ref().map(|office| scope.spawn(move || office.answer("nie", "1")));
        sent.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), names.len(), "{numbers:?}");
    assert_eq!(app.program().measures()["forms"]["jst"]["submitted"], 4);
}

fn a_page_drawn_before_the_submission_saves_nothing(app: &TestApp) {
    let office = ready(app);
    let open = office.colleague().section("liczby").form().set("opis", "dopisane za późno");
    office.send().location();
    let (before, number) = (app.draft("Promna").unwrap(), office.number());
    let page = office.press(&open, "_save").with_status(409);
    assert!(page.words().contains("dopisane za późno") && page.words().contains(&number), "{}", page.words());
    assert_eq!(app.draft("Promna").unwrap(), before);

    office.correct();
    office.press(&open, "_save").with_status(409);
    assert_eq!(app.drafted("Promna", "opis"), "");
    office.save("liczby", &[("opis", "w poprawce")]).location();
    assert_eq!(app.drafted("Promna", "opis"), "w poprawce");
}

fn what_was_sent_can_be_read_and_not_filled_in(app: &TestApp) {
    let office = ready(app);
    office.send().location();
    assert_eq!(office.get("/ankieta/sprawdz").location(), "/ankieta/potwierdzenie");
    let section = office.section("liczby");
    assert!(section.attributes("main input", "name").is_empty());
    let start = office.get(&office.link).with_status(200);
    assert!(start.words().contains(&office.number()));
}

fn a_correction_has_its_own_button_and_the_old_submission_counts_until_it_is_sent(app: &TestApp) {
    let office = ready(app);
    office.send().location();
    let (first, total) = (office.number(), || app.program().measure("jst", "suma")["value"].clone());
    assert_eq!(total(), 3);

    office.correct();
    let list = office.get("/ankieta").with_status(200);
    assert!(list.words().contains(&first), "{}", list.words());
    office.save("liczby", &[("ile", "40")]).location();
    assert_eq!(total(), 3, "a correction that was not sent does not count");
    assert_eq!(office.number(), first);
    assert!(office.get("/ankieta/kopia").words().contains(&first), "the copy is of what was sent");

    office.send().location();
    assert_ne!(office.number(), first);
    assert_eq!(total(), 40);
    let sent = app.submissions("Promna");
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[1].answers.get(&"ile".parse().unwrap()), Some("3"), "the old copy is as it was");
    let receipts = outbox_rows(app);
    assert_eq!(receipts.len(), 2);
    assert_ne!(receipts[0].params, receipts[1].params);
    assert_ne!(receipts[0].message_id, receipts[1].message_id);
}

fn correcting_twice_is_the_same_as_once(app: &TestApp) {
    let office = ready(app);
    office.send().location();
    let button = office.get("/ankieta").form_to("/ankieta/popraw");
    office.submit(&button).location();
    let form = office.section("liczby").form();
    office.submit(&button).location();
    office.press(&form.set("opis", "wciąż otwarte"), "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "wciąż otwarte");
}

fn nothing_can_be_corrected_after_closing_and_what_was_sent_stays(app: &TestApp) {
    let office = ready(app);
    office.send().location();
    let button = office.get("/ankieta").form_to("/ankieta/popraw");
    app.wait_until("2025-02-25T23:30:00Z");
    office.begin();
    office.submit(&button).with_status(409);
    let list = office.get("/ankieta").with_status(200);
    assert!(!list.source().contains("/ankieta/popraw"));
    assert_eq!(app.program().measure("jst", "suma")["value"], 3);
}

fn an_incomplete_questionnaire_is_not_sent(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("czy", "tak"), ("ile", "3"), ("zgoda", "OK")]).location();
    let page = office.get("/ankieta/sprawdz").with_status(200);
    assert!(page.texts(".btn").is_empty(), "no button while something is missing");
    let answer = office.submit(&page.form()).with_status(422);
    assert_eq!(answer.texts(".bad li").len(), 1, "{}", answer.words());
    assert!(app.submissions("Promna").is_empty());
}

fn what_changed_since_the_check_page_is_checked_again(app: &TestApp) {
    let office = ready(app);
    let check = office.get("/ankieta/sprawdz").form();
    office.colleague().save("liczby", &[("ile", "4000")]).location();
    let again = office.submit(&check).with_status(409);
    assert!(again.words().contains("4 000") || again.words().contains("4000"), "{}", again.words());
    assert!(app.submissions("Promna").is_empty());
    assert_eq!(office.submit(&again.form()).location(), "/ankieta/potwierdzenie");
    assert_eq!(app.program().measure("jst", "suma")["value"], 4000);
}

fn answers_of_a_section_that_is_hidden_again_are_kept_and_not_sent(app: &TestApp) {
    let office = ready(app);
    office.save("liczby", &[("czy", "tak")]).location();
    office.save("dodatek", &[("dopisek", "ukryte")]).location();
    office.save("liczby", &[("czy", "nie")]).location();
    office.send().location();
    assert_eq!(app.drafted("Promna", "dopisek"), "ukryte");
    assert_eq!(app.submissions("Promna")[0].answers.get(&"dopisek".parse().unwrap()), None);
}

fn contact_details_are_no_part_of_a_submission(app: &TestApp) {
    ready(app).send().location();
    for (table, rows) in app.database.dump() {
        let found = rows.iter().any(|row| row.contains("anna@promna.example"));
        assert_eq!(found, table == "contact" || table == "outbox", "{table}");
    }
}
