//! What each address of a respondent answers when something is not as it should be.

use crate::harness::{Form, Office, TestApp, filled, on_both_databases, section};

on_both_databases! {
    Small:
    an_unknown_link_or_code_is_not_found,
    a_replaced_or_revoked_link_and_code_are_gone,
    before_the_first_day_nobody_gets_in,
    after_the_last_day_everything_can_be_read_and_nothing_written,
    a_page_that_is_open_at_closing_time_has_fifteen_silent_minutes,
    closing_by_hand_has_no_grace,
    a_correction_that_was_not_sent_in_time_is_told_so,
    closing_lists_what_was_complete_and_never_sent,
    without_a_session_nothing_is_shown,
    a_post_without_the_page_s_token_is_refused,
    an_unknown_section_is_not_found_and_an_irrelevant_one_leads_back,
    a_post_that_no_page_could_send_is_refused_whole,
    bytes_that_are_not_utf_8_are_refused,
    control_characters_are_refused_and_what_was_typed_is_shown,
    more_than_a_mebibyte_is_too_much,
    the_buttons_of_a_section_redirect,
    going_on_saves_in_every_case_and_stays_where_something_is_wrong,
    an_answer_of_another_content_type_is_refused,
    a_save_in_the_background_answers_with_the_section,
}

/// Addresses that need a session.
const INSIDE: [&str; 6] = [
    "/ankieta",
    "/ankieta/czesc/liczby",
    "/ankieta/sprawdz",
    "/ankieta/potwierdzenie",
    "/ankieta/kopia",
    "/ankieta/wzor",
];

fn typed(office: &Office, text: &str) -> Form {
    office.section("liczby").form().set("opis", text)
}

fn post(office: &Office, form: &Form) -> crate::harness::Page {
    office.press(form, "_save")
}

fn nothing_saved(app: &TestApp) {
    assert_eq!(app.drafted("Promna", "opis"), "");
    assert_eq!(app.draft("Promna").unwrap().rev, 0);
}

fn an_unknown_link_or_code_is_not_found(app: &TestApp) {
    let office = app.office("Promna");
    let mut wrong = office.link.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '0' { '1' } else { '0' });
    for link in ["/a/0", "/a/%00", wrong.as_str()] {
        let page = office.get(link).with_status(404);
        assert!(page.text("h1").contains("odnośnik"), "{}", page.words());
        office.browser.post(link, &[]).with_status(404);
    }
    let page = office.enter_code("AAAA-BBBB-CCCC-DDDD-EEEE").with_status(404);
    assert_eq!(page.form_to("/kod").value("kod"), "AAAA-BBBB-CCCC-DDDD-EEEE", "what was typed stays");
    assert!(page.text(".error").contains("Nie ma takiego kodu"));
    office.enter_code("").with_status(404);
}

fn a_replaced_or_revoked_link_and_code_are_gone(app: &TestApp) {
    let office = app.office("Promna");
    let unit = app.issued("Promna").invitation.unit_code;
    app.service.reissue(&app.edition, &unit).unwrap();
    office.get(&office.link).with_status(410);
    office.browser.post(&office.link, &[]).with_status(410);
    office.enter_code(&office.code).with_status(410);

    let newer = app.office("Promna");
    assert_ne!(newer.link, office.link);
    newer.begin();
    app.service.revoke(&app.edition, &unit).unwrap();
    newer.get(&newer.link).with_status(410);
    newer.enter_code(&newer.code).with_status(410);
    newer.get("/ankieta").with_status(401);
}

fn before_the_first_day_nobody_gets_in(app: &TestApp) {
    let office = app.office("Promna");
    app.wait_until("2025-01-16T22:59:59Z");
    let page = office.get(&office.link).with_status(403);
    assert!(page.words().contains("17 stycznia 2025"), "{}", page.words());
    office.browser.post(&office.link, &[]).with_status(403);
    office.enter_code(&office.code).with_status(403);
    assert!(app.draft("Promna").is_none());
    app.wait_until("2025-01-16T23:00:00Z");
    office.begin();
}

fn after_the_last_day_everything_can_be_read_and_nothing_written(app: &TestApp) {
    let office = app.office_inside("Promna");
    office
        .save("liczby", &[("czy", "nie"), ("ile", "3"), ("opis", "zapisane wcześniej"), ("zgoda", "OK")])
        .location();
    app.wait_until("2025-02-25T22:59:00Z");
    office.begin();
    let (form, check) = (typed(&office, "za późno"), office.get("/ankieta/sprawdz").form());

    app.wait_until("2025-02-25T23:15:00Z");
    let page = post(&office, &form).with_status(409);
    assert!(page.words().contains("za późno"), "what was typed is shown");
    assert!(page.words().contains("25 lutego 2025"), "{}", page.words());
    office.submit(&check).with_status(409);
    assert_eq!(app.drafted("Promna", "opis"), "zapisane wcześniej");
    assert!(app.submissions("Promna").is_empty());

    for path in [office.link.as_str(), "/ankieta", "/ankieta/sprawdz", "/ankieta/kopia", "/ankieta/wzor"] {
        office.get(path).with_status(200);
    }
    let check = office.get("/ankieta/sprawdz");
    assert!(check.words().contains("można było wysłać do 25 lutego 2025"), "{}", check.words());
    assert!(
        !check.words().contains("Wyślij ankietę") && !check.words().contains("Zmień"),
        "{}",
        check.words()
    );
    let read = office.section("liczby");
    assert!(read.words().contains("zapisane wcześniej"));
    assert!(read.attributes("main input", "name").is_empty(), "nothing to fill in");
    office.begin();
    app.office("Białobrzegi").begin();
    assert!(app.draft("Białobrzegi").is_none(), "nothing begins any more");
}

fn a_page_that_is_open_at_closing_time_has_fifteen_silent_minutes(app: &TestApp) {
    let office = app.office_inside("Promna");
    app.wait_until("2025-02-25T22:59:00Z");
    office.begin();
    let form = filled(typed(&office, "na ostatnią chwilę"), &[("czy", "nie"), ("ile", "0"), ("zgoda", "OK")]);
    app.wait_until("2025-02-25T23:14:59Z");
    assert_eq!(post(&office, &form).location(), "/ankieta?zapisano");
    assert_eq!(app.drafted("Promna", "opis"), "na ostatnią chwilę");
    assert_eq!(office.send().location(), "/ankieta/potwierdzenie");
    assert_eq!(app.submissions("Promna").len(), 1);
}

fn closing_lists_what_was_complete_and_never_sent(app: &TestApp) {
    app.office_inside("Promna").answer("nie", "1");
    app.office_inside("Radzanów");
    let half = app.office_inside("Białobrzegi");
    half.save("liczby", &[("opis", "na razie tyle")]).location();
    let whole = app.office_inside("powiat białobrzeski");
    whole.save("liczby", &[("czy", "nie"), ("ile", "1"), ("zgoda", "OK")]).location();
    whole.get("/ankieta/sprawdz").with_status(200);

    let left = app.service.edition_close(&app.edition).unwrap();
    let names: Vec<&str> = left.complete.iter().map(|one| one.unit_name.as_str()).collect();
    assert_eq!((names, left.incomplete), (vec!["powiat białobrzeski"], 1));
    assert_eq!(left.complete[0].form, "jst");
}

fn closing_by_hand_has_no_grace(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = typed(&office, "za późno");
    app.service.edition_close(&app.edition).unwrap();
    let refused = post(&office, &form).with_status(409);
    let today = form::polish::date_long(survey::calendar::Zone::WARSAW.date(app.service.now()));
    assert!(
        refused.words().contains(&today),
        "it was closed today, not on the day planned: {}",
        refused.words()
    );
    for path in [office.link.as_str(), "/ankieta/sprawdz"] {
        let page = office.get(path).with_status(200);
        assert!(page.words().contains(&today), "{}", page.words());
    }
    office.get("/ankieta").with_status(200);
    nothing_saved(app);
}

fn a_correction_that_was_not_sent_in_time_is_told_so(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.answer("nie", "3");
    office.correct();
    app.service.edition_close(&app.edition).unwrap();
    let page = office.get("/ankieta/sprawdz").with_status(200);
    assert!(page.words().contains("Tej poprawki nie wysłano"), "{}", page.words());
}

fn without_a_session_nothing_is_shown(app: &TestApp) {
    let office = app.office("Promna");
    for path in INSIDE {
        let page = office.get(path).with_status(401);
        let id = page.header("x-request-id").unwrap();
        assert!(page.words().contains(id), "the page names the request: {}", page.words());
    }
    for path in ["/ankieta/czesc/liczby", "/ankieta/wyslij", "/ankieta/popraw"] {
        office.browser.post(path, &[("_csrf".into(), "x".into())]).with_status(401);
    }
}

fn a_post_without_the_page_s_token_is_refused(app: &TestApp) {
    let office = app.office_inside("Promna");
    let foreign = app.office_inside("Białobrzegi").section("liczby").form().value("_csrf");
    let form = typed(&office, "obce");
    for bad in
        [form.clone().without("_csrf"), form.clone().with("_csrf", "x"), form.clone().with("_csrf", &foreign)]
    {
        post(&office, &bad).with_status(403);
    }
    post(&office, &form.clone().with("_inv", "zmyślone")).with_status(403);
    let send = office.get("/ankieta/sprawdz").form().without("_csrf");
    office.submit(&send).with_status(403);
    office.browser.post("/ankieta/popraw", &[]).with_status(403);
    nothing_saved(app);
    post(&office, &form).location();
}

fn an_unknown_section_is_not_found_and_an_irrelevant_one_leads_back(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.get(&section("nie_ma")).with_status(404);
    let form = office.section("liczby").form();
    office.browser.post(&section("nie_ma"), &form.pressed("_save", "1")).with_status(404);
    assert_eq!(office.get(&section("dodatek")).location(), "/ankieta");
    office.save("liczby", &[("czy", "tak")]).location();
    office.section("dodatek");
}

fn a_post_that_no_page_could_send_is_refused_whole(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = typed(&office, "z tej strony");
    for (name, value) in
        [("nie_ma", "1"), ("_nie_ma", "1"), ("ile.nw", "tak"), ("wpis.K3F9.nazwa", "x"), ("_rev", "-1")]
    {
        post(&office, &form.clone().with(name, value)).with_status(400);
    }
    // Drawn after everything that was ever saved: nothing would conflict with such a page.
    for ahead in ["1", "99", "9223372036854775807"] {
        post(&office, &form.clone().with("_rev", ahead)).with_status(400);
        let send = office.get("/ankieta/sprawdz").form().with("_rev", ahead);
        office.submit(&send).with_status(400);
    }
    for hidden in ["_rev", "_page"] {
        post(&office, &form.clone().without(hidden)).with_status(400);
    }
    nothing_saved(app);
    for (address, fields) in outside(&office) {
        let body = format!("{fields}&nie_ma=1");
        office.browser.post_raw(&address, body.into_bytes()).with_status(400);
    }
    assert!(app.submissions("Promna").is_empty());
}

/// The addresses besides a section's to which a respondent posts, with the fields of their pages.
fn outside(office: &Office) -> [(String, String); 5] {
    let csrf = office.get("/ankieta").form_to("/ankieta/wyjdz").value("_csrf");
    [
        (office.link.clone(), "_next=1".to_owned()),
        ("/kod".to_owned(), format!("kod={}", office.code)),
        ("/ankieta/wyslij".to_owned(), format!("_csrf={csrf}&_rev=0")),
        ("/ankieta/popraw".to_owned(), format!("_csrf={csrf}")),
        ("/ankieta/wyjdz".to_owned(), format!("_csrf={csrf}")),
    ]
}

fn bytes_that_are_not_utf_8_are_refused(app: &TestApp) {
    let office = app.office_inside("Promna");
    let csrf = typed(&office, "").value("_csrf");
    for bytes in ["opis=%ff", "opis=%c5", "%ff=1"] {
        let body = format!("_csrf={csrf}&_rev=0&_page=abc&{bytes}&_save=1");
        office.browser.post_raw(&section("liczby"), body.into_bytes()).with_status(400);
        for (address, fields) in outside(&office) {
            office.browser.post_raw(&address, format!("{fields}&{bytes}").into_bytes()).with_status(400);
        }
    }
    nothing_saved(app);
}

fn control_characters_are_refused_and_what_was_typed_is_shown(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = typed(&office, "dłuższy wywód").with("ile", "12\u{0}");
    let page = post(&office, &form).with_status(400);
    assert!(page.words().contains("dłuższy wywód"), "{}", page.words());
    nothing_saved(app);
    post(&office, &typed(&office, "wiersz\r\ndrugi\twiersz")).location();
    assert!(
        app.drafted("Promna", "opis").starts_with("wiersz\ndrugi"),
        "line breaks are no control characters"
    );
}

fn more_than_a_mebibyte_is_too_much(app: &TestApp) {
    let office = app.office_inside("Promna");
    let body = |bytes: usize| {
        let mut body = b"opis=".to_vec();
        body.resize(bytes, b'a');
        body
    };
    office.browser.post_raw(&section("liczby"), body(1024 * 1024 + 1)).with_status(413);
    let outside = outside(&office).map(|(address, _)| address);
    for address in &outside {
        office.browser.post_raw(address, body(1024 * 1024 + 1)).with_status(413);
    }
    let stranger = app.office("Białobrzegi");
    stranger.browser.post_raw(&stranger.link, body(10 * 1024 * 1024)).with_status(413);
    assert!(app.draft("Białobrzegi").is_none(), "nothing begins with such a body");
    office.browser.post_raw(&section("liczby"), body(1024 * 1024)).with_status(403);
    nothing_saved(app);
}

fn the_buttons_of_a_section_redirect(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = office.section("lista").form();
    assert_eq!(office.press(&form, "_save").location(), "/ankieta?zapisano");
    let saved = office.get("/ankieta?zapisano").with_status(200);
    assert!(saved.words().contains("Zapisano odpowiedzi"));

    let added = office.browser.post(&form.action, &form.pressed("_add", "wpis"));
    assert!(added.location().starts_with("/ankieta/czesc/lista?wpis=wpis"), "{}", added.location());
    let page = office.browser.follow(&added).with_status(200).form();
    let name = page.names().into_iter().find(|name| name.ends_with(".nazwa")).unwrap().to_owned();
    assert_eq!(office.press(&page.set(&name, "Koło"), "_save").location(), "/ankieta?zapisano");

    let form = office.section("lista").form();
    let row = form.buttons("_remove")[0].to_owned();
    let removed = office.browser.post(&form.action, &form.pressed("_remove", &row));
    assert_eq!(removed.location(), format!("/ankieta/czesc/lista?usunieto={row}"));
    assert!(app.listed("Promna", "wpis", "nazwa").is_empty());
}

fn going_on_saves_in_every_case_and_stays_where_something_is_wrong(app: &TestApp) {
    let office = app.office_inside("Promna");
    let form = typed(&office, "zapisane mimo braków").set("czy", "nie").set("ile", "6000");
    let page = office.press(&form, "_next").with_status(422);
    let errors = page.texts(".bad li").join(" ");
    assert!(errors.contains("od 0 do 5000"), "{errors}");
    assert!(page.texts(".bad li a").len() >= 2, "the tick is missing too: {errors}");
    assert_eq!(app.drafted("Promna", "opis"), "zapisane mimo braków");
    assert_eq!(app.drafted("Promna", "ile"), "6000");

    let better = page.form().set("ile", "5000").tick("zgoda", "OK", true);
    assert_eq!(office.press(&better, "_next").location(), "/ankieta/czesc/lista");
    assert_eq!(app.drafted("Promna", "ile"), "5000");
}

fn an_answer_of_another_content_type_is_refused(app: &TestApp) {
    let office = app.office_inside("Promna");
    let json = reqwest::blocking::Client::new()
        .post(format!("{}/kod", app.address))
        .header("content-type", "application/json")
        .body(r#"{"kod":"AAAA"}"#);
    assert_eq!(json.send().unwrap().status().as_u16(), 400);
    office.browser.ask("DELETE", "/ankieta").with_status(404);
}

fn a_save_in_the_background_answers_with_the_section(app: &TestApp) {
    let office = app.office_inside("Promna");
    let pairs = typed(&office, "w tle").sent();
    let saved = office.browser.post_in_background(&section("liczby"), &pairs);
    assert_eq!(saved.location(), section("liczby"));
    assert_eq!(app.drafted("Promna", "opis"), "w tle");
}
