//! Sessions end, browsers are shared, links are replaced: what was typed survives.

use chrono::TimeDelta;

use crate::harness::{Office, TestApp, on_both_databases, section};

on_both_databases! {
    Small:
    what_was_typed_into_an_expired_page_is_saved_once_the_code_is_entered_again,
    a_page_of_nobody_is_not_kept_for_anybody,
    a_waiting_page_with_the_code_of_another_office_is_not_saved_there,
    a_session_lasts_while_somebody_works,
    two_offices_in_one_browser_do_not_mix,
    a_check_page_of_another_office_sends_nothing,
    a_replaced_link_ends_the_sessions_it_began_and_the_new_one_goes_on,
    the_letter_code_leads_where_the_link_leads,
    letters_that_look_alike_are_forgiven,
    a_page_opened_by_link_can_be_saved_after_entering_the_code,
    a_made_up_cookie_opens_nothing,
    whoever_leaves_a_shared_computer_leaves_nothing_open,
    a_unit_whose_link_was_revoked_can_get_another_one,
}

fn what_was_typed_into_an_expired_page_is_saved_once_the_code_is_entered_again(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = office
        .section("liczby")
        .form()
        .set("opis", "pisane przez godzinę\ni dłużej")
        .tick("barwy", "biel", true);
    app.wait(TimeDelta::minutes(61));
    office.get("/ankieta").with_status(401);
    let page = office.press(&form, "_save").with_status(401);
    assert_eq!(app.drafted("Promna", "opis"), "");

    let waiting = page.form_to("/kod");
    let mistyped = office.submit(&waiting.set("kod", "AAAA-BBBB-CCCC-DDDD-EEEE")).with_status(404);
    let still = mistyped.form_to("/kod");
    assert_eq!(still.value("opis"), "pisane przez godzinę\r\ni dłużej", "a wrong code loses nothing");
    let saved = office.submit(&still.set("kod", &office.code));
    assert_eq!(saved.location(), "/ankieta?zapisano");
    office.browser.follow(&saved).with_status(200);
    assert_eq!(app.drafted("Promna", "opis"), "pisane przez godzinę\ni dłużej");
    assert_eq!(app.drafted("Promna", "barwy"), "biel");
}

fn a_page_of_nobody_is_not_kept_for_anybody(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = office.section("liczby").form().set("opis", "podrzucone");
    app.wait(TimeDelta::minutes(61));
    for forged in [form.clone().with("_csrf", "x"), form.clone().without("_inv")] {
        let page = office.press(&forged, "_save").with_status(401);
        assert!(!page.source().contains("podrzucone"));
    }
}

fn a_waiting_page_with_the_code_of_another_office_is_not_saved_there(app: &TestApp) {
    let (office, other) = (app.office_inside("Promna"), app.office("Białobrzegi"));
    let form = office.section("liczby").form().set("opis", "z Promnej");
    app.wait(TimeDelta::minutes(61));
    let page = office.press(&form, "_save").with_status(401);
    let answer = office.submit(&page.form_to("/kod").set("kod", &other.code)).with_status(409);
    assert!(answer.words().contains("z Promnej"), "{}", answer.words());
    assert_eq!(app.drafted("Białobrzegi", "opis"), "");
    assert_eq!(app.drafted("Promna", "opis"), "");
}

fn a_session_lasts_while_somebody_works(app: &TestApp) {
    let office = app.office_inside("Promna");
    for _ in 0..4 {
        app.wait(TimeDelta::minutes(50));
        office.get("/ankieta").with_status(200);
    }
    app.wait(TimeDelta::minutes(61));
    office.get("/ankieta").with_status(401);
    office.begin();
    office.get("/ankieta").with_status(200);
}

fn two_offices_in_one_browser_do_not_mix(app: &TestApp) {
    let first = app.office_inside("Promna");
    let form = first.section("liczby").form().set("opis", "odpowiedź Promnej");
    let second = Office { browser: first.browser.clone(), ..app.office("Białobrzegi") };
    assert!(second.begin().source().contains("Białobrzegi"));

    let page = first.press(&form, "_save").with_status(409);
    assert!(page.words().contains("odpowiedź Promnej"), "what was typed stays on the page: {}", page.words());
    assert_eq!(app.drafted("Promna", "opis"), "");
    assert_eq!(app.drafted("Białobrzegi", "opis"), "");
    first.begin();
    first.press(&form, "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "odpowiedź Promnej");
}

fn a_check_page_of_another_office_sends_nothing(app: &TestApp) {
    let first = app.office_inside("Promna");
    first.save("liczby", &[("czy", "nie"), ("ile", "1"), ("zgoda", "OK")]).location();
    let check = first.get("/ankieta/sprawdz").form();
    let second = Office { browser: first.browser.clone(), ..app.office("Białobrzegi") };
    second.begin();
    first.submit(&check).with_status(409);
    assert!(app.submissions("Promna").is_empty() && app.submissions("Białobrzegi").is_empty());
}

fn a_replaced_link_ends_the_sessions_it_began_and_the_new_one_goes_on(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("opis", "zapisane")]).location();
    let form = office.section("liczby").form().set("ile", "8");
    let unit = app.issued("Promna").invitation.unit_code;
    app.service.reissue(&app.edition, &unit).unwrap();
    office.get("/ankieta").with_status(401);
    office.get(&office.link).with_status(410);
    let waiting = office.press(&form, "_save").with_status(401).form_to("/kod");

    let newer = app.office("Promna");
    let saved = office.submit(&waiting.set("kod", &newer.code));
    assert_eq!(saved.location(), "/ankieta?zapisano", "the page that was open is saved with the new code");
    assert_eq!(app.drafted("Promna", "ile"), "8");
    newer.begin();
    assert_eq!(newer.section("liczby").form().value("opis"), "zapisane");
}

fn the_letter_code_leads_where_the_link_leads(app: &TestApp) {
    let by_link = app.office_inside("Promna");
    by_link.save("liczby", &[("opis", "przez odnośnik")]).location();
    let by_code = app.office("Promna");
    let entered = by_code.enter_code(&by_code.code);
    assert_eq!(entered.location(), "/ankieta");
    assert!(by_code.browser.follow(&entered).with_status(200).source().contains("Promna"));
    assert_eq!(by_code.section("liczby").form().value("opis"), "przez odnośnik");
    by_code.save("liczby", &[("opis", "przez kod")]).location();
    assert_eq!(by_link.section("liczby").form().value("opis"), "przez kod");
}

fn letters_that_look_alike_are_forgiven(app: &TestApp) {
    for issued in app.service.issued(&app.edition).unwrap() {
        let code = issued.letter_code.unwrap();
        let spoken = code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
        for typed in [
            spoken.as_str(),
            &code.replace('-', ""),
            &code.replace('1', "I").replace('0', "O"),
            &format!("  {code} "),
        ] {
            let office = app.office(&issued.invitation.unit_name);
            assert_eq!(office.enter_code(typed).location(), "/ankieta", "{code} as {typed}");
        }
    }
}

fn a_made_up_cookie_opens_nothing(app: &TestApp) {
    let client = reqwest::blocking::Client::new();
    for value in ["x", "0000000000000000000000000000000000000000000000000000", "%00", ""] {
        let asked = client
            .get(format!("{}{}", app.address, section("liczby")))
            .header("cookie", format!("sesja={value}"));
        assert_eq!(asked.send().unwrap().status().as_u16(), 401, "{value}");
    }
}

fn whoever_leaves_a_shared_computer_leaves_nothing_open(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.save("liczby", &[("opis", "zapisane")]).location();
    let form = office.section("liczby").form().set("opis", "po wyjściu");
    let button = office.get("/ankieta").form_to("/ankieta/wyjdz");
    office.submit(&button.clone().without("_csrf")).with_status(403);
    office.get("/ankieta").with_status(200);
    let left = office.submit(&button);
    assert_eq!(left.location(), "/");
    assert!(left.header("set-cookie").unwrap().contains("Max-Age=0"));
    office.get("/ankieta").with_status(401);
    assert!(app.database.rows("session").is_empty(), "a kept cookie opens nothing either");
    office.press(&form, "_save").with_status(401);
    assert_eq!(app.drafted("Promna", "opis"), "zapisane");
    office.begin();
}

fn a_unit_whose_link_was_revoked_can_get_another_one(app: &TestApp) {
    let old = app.office("Promna");
    let unit = app.issued("Promna").invitation.unit_code;
    app.service.revoke(&app.edition, &unit).unwrap();
    assert_eq!(app.issued("Promna").link, None);
    let issued = app.service.reissue(&app.edition, &unit).unwrap();
    let newer = Office::of(app, &issued);
    newer.begin();
    assert_eq!(newer.enter_code(&newer.code).location(), "/ankieta");
    old.get(&old.link).with_status(410);
    old.enter_code(&old.code).with_status(410);
}

fn a_page_opened_by_link_can_be_saved_after_entering_the_code(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = office.section("liczby").form().set("opis", "ten sam urząd");
    assert_eq!(office.enter_code(&office.code).location(), "/ankieta");
    office.press(&form, "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "ten sam urząd");
}
