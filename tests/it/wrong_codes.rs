//! Wrong codes are slowed down, offices that have the right one are not.

use chrono::TimeDelta;

use crate::harness::{Ground, Office, TestApp, on_both_databases};

on_both_databases! {
    Small:
    the_sixth_mistyping_of_a_code_must_wait_and_the_wait_ends,
    an_office_behind_the_same_address_gets_in_while_another_guesses,
    guessing_through_many_codes_is_slowed_down_for_the_whole_address,
    links_are_slowed_down_too,
    a_made_up_forwarding_header_does_not_shorten_the_wait,
    behind_a_trusted_proxy_each_office_is_slowed_down_by_itself,
}

fn wrong(office: &Office) -> String {
    let mut code = office.code.clone();
    let last = code.pop().unwrap();
    code.push(if last == '7' { '8' } else { '7' });
    code
}

fn retry_after(page: &crate::harness::Page) -> u32 {
    page.header("retry-after").unwrap().parse().unwrap()
}

fn elsewhere(app: &TestApp) -> Office {
    app.office("Białobrzegi")
}

fn the_sixth_mistyping_of_a_code_must_wait_and_the_wait_ends(app: &TestApp) {
    let office = app.office("Promna");
    let wrong = wrong(&office);
    for _ in 0..5 {
        office.enter_code(&wrong).with_status(404);
    }
    let page = office.enter_code(&wrong).with_status(429);
    assert!((1..=60).contains(&retry_after(&page)));
    assert!(page.words().contains("zbyt wiele"), "{}", page.words());
    office.enter_code(&office.code).with_status(429);
    app.wait(TimeDelta::seconds(i64::from(retry_after(&page))));
    office.enter_code(&wrong).with_status(404);
    app.wait(TimeDelta::seconds(20));
    assert_eq!(
        office.enter_code(&office.code).location(),
        "/ankieta",
        "the right code works as soon as it is looked at"
    );
}

fn an_office_behind_the_same_address_gets_in_while_another_guesses(app: &TestApp) {
    let guesser = app.office("Promna");
    let wrong = wrong(&guesser);
    for _ in 0..6 {
        guesser.enter_code(&wrong);
    }
    guesser.enter_code(&wrong).with_status(429);
    let neighbour = elsewhere(app);
    assert_eq!(neighbour.enter_code(&neighbour.code).location(), "/ankieta");
    neighbour.get("/ankieta").with_status(200);
}

fn guessing_through_many_codes_is_slowed_down_for_the_whole_address(app: &TestApp) {
    let guesser = app.office("Promna");
    let codes = (0..60).map(|n| format!("{n:04}-0000-0000-0000-0000"));
    let statuses: Vec<u16> = codes.map(|code| guesser.enter_code(&code).status.as_u16()).collect();
    assert!(statuses[..40].iter().all(|status| *status == 404), "{statuses:?}");
    assert_eq!(statuses[59], 429, "{statuses:?}");
    let neighbour = elsewhere(app);
    assert_eq!(neighbour.enter_code(&neighbour.code).location(), "/ankieta");
    neighbour.begin();
}

fn links_are_slowed_down_too(app: &TestApp) {
    let office = app.office("Promna");
    let mut wrong = office.link.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '7' { '8' } else { '7' });
    for _ in 0..5 {
        office.get(&wrong).with_status(404);
    }
    assert!(retry_after(&office.get(&wrong).with_status(429)) >= 1);
    let neighbour = elsewhere(app);
    neighbour.begin();
}

fn guess(office: &Office, code: &str, whom: &str) -> u16 {
    office.browser.post_for(whom, "/kod", &[("kod".into(), code.into())]).status.as_u16()
}

fn a_made_up_forwarding_header_does_not_shorten_the_wait(app: &TestApp) {
    let office = app.office("Promna");
    let wrong = wrong(&office);
    let statuses: Vec<u16> = (0..8).map(|n| guess(&office, &wrong, &format!("192.0.2.{n}"))).collect();
    assert_eq!(statuses, [404, 404, 404, 404, 404, 429, 429, 429]);
}

fn behind_a_trusted_proxy_each_office_is_slowed_down_by_itself(app: &TestApp) {
    let app = TestApp::start_with(app.kind, Ground::Small, |settings| {
        settings.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    });
    let office = app.office("Promna");
    let wrong = wrong(&office);
    for _ in 0..5 {
        assert_eq!(guess(&office, &wrong, "192.0.2.1"), 404);
    }
    assert_eq!(guess(&office, &wrong, "192.0.2.1"), 429);
    assert_eq!(guess(&office, &wrong, "192.0.2.2"), 404);
    // Only the proxy's own word counts, which it appends to whatever the client claimed.
    assert_eq!(guess(&office, &wrong, "192.0.2.9, 192.0.2.1"), 429);
}
