//! The panel's door.

use chrono::TimeDelta;

use crate::harness::{Analyst, LOGIN, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_wrong_password_and_an_unknown_login_get_the_same_answer,
    five_failures_lock_the_account_until_the_clock_has_moved,
    guesses_at_once_are_all_counted,
    a_session_ends_after_half_an_hour_without_a_request,
    a_session_ends_after_twelve_hours_however_busy,
    logging_out_ends_the_session_also_for_a_kept_cookie,
    a_login_form_of_somebody_else_is_refused,
    a_respondent_s_session_opens_nothing_of_the_panel,
    the_list_shows_the_editions_with_their_days,
}

fn inside(app: &TestApp) -> Analyst {
    let anna = app.analyst();
    assert_eq!(anna.log_in(LOGIN, PASSWORD).location(), "/panel");
    anna
}

fn a_wrong_password_and_an_unknown_login_get_the_same_answer(app: &TestApp) {
    let anna = app.analyst();
    let wrong = anna.log_in(LOGIN, "nie to hasło").with_status(401);
    let unknown = anna.log_in("nikt", PASSWORD).with_status(401);
    assert_eq!(wrong.text(".error"), unknown.text(".error"));
    assert_eq!(wrong.form().value("login"), LOGIN, "the login stays");
    assert_eq!(wrong.form().value("haslo"), "", "the password does not");
    assert!(!wrong.source().contains("nie to hasło"));
    anna.log_in("", "").with_status(401);
    anna.log_in(LOGIN, &"x".repeat(5000)).with_status(401);
    anna.get("/panel").with_status(401);
    inside(app).get("/panel").with_status(200);
}

fn five_failures_lock_the_account_until_the_clock_has_moved(app: &TestApp) {
    let anna = app.analyst();
    for _ in 0..5 {
        anna.log_in(LOGIN, "nie to hasło").with_status(401);
    }
    let locked = anna.log_in(LOGIN, PASSWORD).with_status(429);
    assert_eq!(locked.header("retry-after"), Some("300"));
    app.wait(TimeDelta::seconds(299));
    anna.log_in(LOGIN, PASSWORD).with_status(429);
    app.wait(TimeDelta::seconds(1));
    anna.log_in(LOGIN, "nie to hasło").with_status(401);
    let longer = anna.log_in(LOGIN, PASSWORD).with_status(429);
    assert_eq!(longer.header("retry-after"), Some("600"), "each further failure waits longer");
    app.wait(TimeDelta::minutes(10));
    assert_eq!(anna.log_in(LOGIN, PASSWORD).location(), "/panel");
    anna.log_in(LOGIN, "nie to hasło").with_status(401);
    assert_eq!(anna.log_in(LOGIN, PASSWORD).location(), "/panel", "the count begins anew");
}

fn guesses_at_once_are_all_counted(app: &TestApp) {
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let guesses: Vec<_> =
            (0..8).map(|_| scope.spawn(|| app.analyst().log_in(LOGIN, "zgaduję").status.as_u16())).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert!(statuses.iter().all(|status| [401, 429].contains(status)), "{statuses:?}");
    app.analyst().log_in(LOGIN, PASSWORD).with_status(429);
}

fn a_session_ends_after_half_an_hour_without_a_request(app: &TestApp) {
    let anna = inside(app);
    for _ in 0..3 {
        app.wait(TimeDelta::minutes(29));
        anna.get("/panel").with_status(200);
    }
    app.wait(TimeDelta::minutes(31));
    let page = anna.get("/panel").with_status(401);
    assert!(page.form().names().contains(&"haslo"), "the way back in is on the page");
}

fn a_session_ends_after_twelve_hours_however_busy(app: &TestApp) {
    let anna = inside(app);
    for _ in 0..36 {
        app.wait(TimeDelta::minutes(20));
        anna.get("/panel").with_status(200);
    }
    app.wait(TimeDelta::minutes(1));
    anna.get("/panel").with_status(401);
}

fn logging_out_ends_the_session_also_for_a_kept_cookie(app: &TestApp) {
    let anna = app.analyst();
    let cookie =
        anna.log_in(LOGIN, PASSWORD).header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let replay = || {
        let client = reqwest::blocking::Client::new();
        client
            .get(format!("{}/panel", app.address))
            .header("cookie", &cookie)
            .send()
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(replay(), 200);
    anna.browser.post("/panel/wyloguj", &[]).with_status(403);
    let out = anna.log_out();
    assert_eq!(out.location(), "/panel/logowanie");
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    anna.get("/panel").with_status(401);
    assert_eq!(replay(), 401);
}

fn a_login_form_of_somebody_else_is_refused(app: &TestApp) {
    let anna = app.analyst();
    let form = anna.get("/panel/logowanie").form().set("login", LOGIN).set("haslo", PASSWORD);
    for bad in [form.clone().without("_csrf"), form.with("_csrf", "x")] {
        anna.browser.post("/panel/logowanie", &bad.sent()).with_status(403);
    }
    anna.get("/panel").with_status(401);
}

fn a_respondent_s_session_opens_nothing_of_the_panel(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.get("/panel").with_status(401);
    office.get("/panel/proba/2024/liczby").with_status(401);
}

fn the_list_shows_the_editions_with_their_days(app: &TestApp) {
    let page = inside(app).get("/panel").with_status(200);
    assert!(page.words().contains("Ankieta na próbę za 2024 r."), "{}", page.words());
    assert!(page.attributes("main a", "href").contains(&"/panel/proba/2024/liczby".to_owned()));
}
