//! Looking changes nothing: mail scanners open links, browsers fetch ahead.

use chrono::TimeDelta;
use miernik::web::routes;

use crate::harness::{Browser, LOGIN, Office, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_stranger_who_looks_at_everything_changes_nothing,
    whoever_is_inside_changes_only_when_they_were_last_seen,
    a_program_that_reads_numbers_leaves_only_a_note,
    a_scanner_that_opens_the_link_begins_nothing,
}

/// Paths of every address that can be looked at.
fn paths(office: &Office) -> Vec<String> {
    let looked = routes::list().into_iter().filter(|address| address.method == "GET");
    let values = [
        ("/a/{token}", office.link.as_str()),
        ("{section}", "liczby"),
        ("{programme}", "proba"),
        ("{edition}", "2024"),
        ("{form}", "jst"),
        ("{list}", "wpis"),
        ("{measure}", "tak"),
        ("{invitation}", "0197a3c2-0000-7000-8000-000000000000"),
        ("{indicator}", "W1"),
        ("{table}", "wskazniki.csv"),
        ("{question}", "opis"),
        ("{frame}", "kody_opisu"),
        ("{code}", "o01"),
    ];
    looked
        .map(|address| {
            let file = ("{file}", crate::harness::download(address.path));
            [file]
                .iter()
                .chain(&values)
                .fold(address.path.to_owned(), |path, (name, value)| path.replace(name, value))
        })
        .collect()
}

fn look_at_everything(browser: &Browser, office: &Office) {
    for path in paths(office) {
        let (get, head) = (browser.get(&path), browser.head(&path));
        assert_eq!(get.status, head.status, "{path}");
        assert!(!get.status.is_server_error(), "{path}");
    }
}

/// Names of the tables that differ.
fn changed(app: &TestApp, before: &[(String, Vec<String>)]) -> Vec<String> {
    let after = app.database.dump();
    assert_eq!(after.len(), before.len());
    after.into_iter().zip(before).filter(|(now, then)| now != *then).map(|(now, _)| now.0).collect()
}

fn a_stranger_who_looks_at_everything_changes_nothing(app: &TestApp) {
    let office = app.office("Promna");
    let before = app.database.dump();
    assert!(before.len() > 20 && before.iter().any(|(table, rows)| table == "invitation" && rows.len() == 5));
    look_at_everything(&office.browser, &office);
    for link in ["/a/0000", "/a/%ff"] {
        office.get(link);
    }
    app.program().ask("x").with_status(404);
    assert_eq!(changed(app, &before), [] as [&str; 0]);
}

fn whoever_is_inside_changes_only_when_they_were_last_seen(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.answer("nie", "1");
    office.correct();
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    app.wait(TimeDelta::minutes(10));
    let before = app.database.dump();
    look_at_everything(&office.browser, &office);
    assert_eq!(changed(app, &before), ["session"]);
    look_at_everything(&anna.browser, &office);
    assert_eq!(changed(app, &before), ["audit", "panel_session", "session"], "what was downloaded is noted");

    let rows = |name: &str| before.iter().find(|(table, _)| table == name).unwrap().1.len();
    assert_eq!(app.database.rows("session").len(), rows("session"));
    assert_eq!(app.database.rows("panel_session").len(), rows("panel_session"));
    let exports: Vec<String> =
        app.database.rows("audit").into_iter().filter(|row| row.contains("export")).collect();
    let is_file = |path: &str| {
        path.ends_with("/{file}")
            || path.ends_with("/{table}")
            || path.ends_with("/csv")
            || path.contains("/laczenie/") && path.ends_with(".csv")
    };
    let files = routes::list().iter().filter(|a| a.path.starts_with("/panel") && is_file(a.path)).count();
    assert!(files > 2);
    assert!(
        exports.len() <= 2 * files && exports.len().is_multiple_of(2) && exports.len() >= 6,
        "one for GET and one for HEAD: {exports:?}"
    );
    assert!(exports.iter().all(|row| row.contains("user:anna")));
}

fn a_program_that_reads_numbers_leaves_only_a_note(app: &TestApp) {
    let before = app.database.dump();
    app.program().measures();
    app.program().ask(".csv").with_status(200);
    assert_eq!(changed(app, &before), ["audit"]);
}

fn a_scanner_that_opens_the_link_begins_nothing(app: &TestApp) {
    let office = app.office("Promna");
    for _ in 0..3 {
        let page = office.get(&office.link).with_status(200);
        assert!(page.header("set-cookie").is_none());
        office.browser.head(&office.link).with_status(200);
    }
    assert!(app.draft("Promna").is_none());
    assert!(app.database.rows("session").is_empty());
}
