//! Wrong codes are slowed down, offices that have the right one are not.

use chrono::TimeDelta;

use crate::harness::{Office, TestApp, on_both_databases};

on_both_databases! {
    Small:
    the_sixth_mistyping_of_a_code_must_wait_and_the_wait_ends,
    an_office_behind_the_same_address_gets_in_while_another_guesses,
    guessing_through_many_codes_is_slowed_down_for_the_whole_address,
    links_are_slowed_down_too,
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
    app.wait(TimeDelta::seconds(i64::from(retry_after(&page))));
    office.enter_code(&wrong).with_status(404);
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
