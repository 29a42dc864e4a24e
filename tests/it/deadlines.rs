//! Closing is per invitation, and an invitation can be withdrawn.

use survey::calendar::Zone;

use crate::harness::{TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_longer_deadline_is_one_office_s_own,
    a_withdrawn_invitation_opens_nothing_and_is_not_asked,
    days_end_at_midnight_in_poland_also_in_summer,
}

fn a_longer_deadline_is_one_office_s_own(app: &TestApp) {
    let (promna, other) = (app.office_inside("Promna"), app.office_inside("Białobrzegi"));
    let (scope, id) = app.scope("Promna");
    let longer = "2025-03-05".parse().unwrap();
    app.service.store.write("test", move |tx| tx.invitation_set_closes_on(scope, id, Some(longer))).unwrap();
    assert!(promna.get("/ankieta").words().contains("5 marca 2025"));
    app.wait_until("2025-03-05T22:59:00Z");
    promna.begin();
    promna.answer("nie", "1");
    other.begin();
    assert!(other.get("/ankieta").words().contains("zamknięta"));
    app.wait_until("2025-03-05T23:16:00Z");
    promna.begin();
    assert!(!promna.get("/ankieta").source().contains("/ankieta/popraw"));
    assert_eq!(app.submissions("Promna").len(), 1);
}

fn a_withdrawn_invitation_opens_nothing_and_is_not_asked(app: &TestApp) {
    let office = app.office_inside("Promna");
    let (scope, id) = app.scope("Promna");
    let at = app.service.now();
    app.service.store.write("test", move |tx| tx.invitation_withdraw(scope, id, at)).unwrap();
    office.get(&office.link).with_status(410);
    office.enter_code(&office.code).with_status(410);
    assert!(office.get("/ankieta").status.is_client_error());
    assert_eq!(app.program().measures()["forms"]["jst"]["invited"], 3);
}

fn days_end_at_midnight_in_poland_also_in_summer(app: &TestApp) {
    let office = app.office_inside("Promna");
    let (scope, id) = app.scope("Promna");
    let summer = "2025-07-01".parse().unwrap();
    app.service.store.write("test", move |tx| tx.invitation_set_closes_on(scope, id, Some(summer))).unwrap();
    // Midnight in Warsaw is 22:00 in Greenwich in summer; fifteen minutes later it is over.
    app.wait_until("2025-07-01T21:59:59Z");
    assert_eq!(Zone::WARSAW.date(app.service.now()), summer);
    office.begin();
    let form = office.section("liczby").form();
    app.wait_until("2025-07-01T22:14:59Z");
    office.press(&form.clone().set("opis", "jeszcze"), "_save").location();
    app.wait_until("2025-07-01T22:15:00Z");
    office.press(&form.set("opis", "już nie"), "_save").with_status(409);
    assert_eq!(app.drafted("Promna", "opis"), "jeszcze");
}
