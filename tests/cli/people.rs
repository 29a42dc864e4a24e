//! People of the panel.

use crate::campaign::Campaign;
use crate::process::{Program, Serving};

fn add(program: &Program, login: &str, password: &str) -> crate::process::Ran {
    let role = ["--role", "administrator", "--password-stdin"];
    program.clone().given(password).run(&[&["user", "add", login], &role[..]].concat())
}

/// Where the panel leads after a login with a password.
fn log_in(address: &str, login: &str, password: &str) -> u16 {
    let client = reqwest::blocking::Client::builder().cookie_store(true);
    let client = client.redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let page = client.get(format!("{address}/panel/logowanie")).send().unwrap().text().unwrap();
    let page = scraper::Html::parse_document(&page);
    let hidden = scraper::Selector::parse("form input[type=hidden]").unwrap();
    let mut form: Vec<(&str, &str)> = page
        .select(&hidden)
        .map(|input| (input.attr("name").unwrap(), input.attr("value").unwrap_or_default()))
        .collect();
    form.extend([("login", login), ("haslo", password), ("kod", "")]);
    client.post(format!("{address}/panel/logowanie")).form(&form).send().unwrap().status().as_u16()
}

#[test]
fn a_person_who_was_added_logs_in_with_the_password_from_standard_input() {
    let (_folder, program) = Campaign::shared().copy();
    let added = add(&program, "anna", "cztery zielone kaczki\n");
    assert!(!added.err.contains("kaczki"));
    assert_eq!(added.done(), "");
    let serving = Serving::start(&program);
    assert_eq!(log_in(&serving.address, "anna", "cztery zielone kaczki"), 303);
    assert_ne!(log_in(&serving.address, "anna", "cztery zielone kaczki\n"), 303);
    assert_ne!(log_in(&serving.address, "anna", "inne haslo zupelnie"), 303);
}

#[test]
fn the_demos_login_opens_the_panel() {
    let campaign = Campaign::shared();
    let (_folder, program) = campaign.copy();
    let serving = Serving::start(&program);
    let word = |name: &str| campaign.report["panel"][name].as_str().unwrap();
    assert_eq!(log_in(&serving.address, word("login"), word("password")), 303);
}

#[test]
fn short_passwords_taken_logins_unknown_roles_and_a_missing_switch_are_refused() {
    let (_folder, program) = Campaign::shared().copy();
    let short = add(&program, "anna", "krótkie1234").refused(1);
    assert!(short.contains("12"), "{short}");
    add(&program, "anna", "krótkie12345").done();
    let taken = add(&program, "anna", "cztery zielone kaczki").refused(1);
    assert!(taken.contains("anna") && taken.contains("zajęty"), "{taken}");
    let role = program.clone().given("cztery zielone kaczki");
    let role = role.run(&["user", "add", "ewa", "--role", "szefowa", "--password-stdin"]).refused(1);
    assert!(role.contains("szefowa") && role.contains("administrator"), "{role}");
    let switch = program.run(&["user", "add", "ewa"]).refused(1);
    assert!(switch.contains("--password-stdin"), "{switch}");
}
