//! Several instances over one database, or one that was restarted: to people they are one service.

use crate::harness::{Office, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_respondent_s_way_may_lead_through_two_instances,
    two_people_at_two_instances_are_asked_about_the_same_conflict,
    an_edition_closed_at_one_instance_is_closed_at_the_other,
}

/// The same person, whose next requests go to another instance.
fn moved(office: &Office, address: &str) -> Office {
    Office { browser: office.browser.at_instance(address), ..office.clone() }
}

fn a_respondent_s_way_may_lead_through_two_instances(app: &TestApp) {
    let (_server, address) = app.second_instance();
    let here = app.office_inside("Promna");
    let there = moved(&here, &address);
    let form = here.section("liczby").form().set("opis", "zaczęte tu").set("czy", "nie").set("ile", "6");
    there.press(&form.tick("zgoda", "OK", true), "_save").location();
    assert_eq!(here.section("liczby").form().value("opis"), "zaczęte tu");
    let check = here.get("/ankieta/sprawdz").form();
    assert_eq!(there.submit(&check).location(), "/ankieta/potwierdzenie");
    assert_eq!(here.number(), there.number());
    assert_eq!(here.submit(&check).location(), "/ankieta/potwierdzenie");
    assert_eq!(app.submissions("Promna").len(), 1);
    assert_eq!(app.program().measure("jst", "suma")["value"], 6);
}

fn two_people_at_two_instances_are_asked_about_the_same_conflict(app: &TestApp) {
    let (_server, address) = app.second_instance();
    let anna = app.office_inside("Promna");
    let jan = moved(&app.office("Promna").colleague(), &address);
    let (hers, his) = (anna.section("liczby").form(), jan.section("liczby").form());
    anna.press(&hers.set("opis", "od Anny"), "_save").location();
    let page = jan.press(&his.set("opis", "od Jana"), "_save").with_status(409);
    assert!(page.words().contains("od Anny") && page.words().contains("od Jana"));
}

fn an_edition_closed_at_one_instance_is_closed_at_the_other(app: &TestApp) {
    let (_server, address) = app.second_instance();
    let here = app.office_inside("Promna");
    let there = moved(&here, &address);
    let form = there.section("liczby").form().set("opis", "za późno");
    app.service.edition_close(&app.edition).unwrap();
    there.press(&form, "_save").with_status(409);
    there.get("/ankieta").with_status(200);
}
