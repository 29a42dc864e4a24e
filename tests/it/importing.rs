//! Uploads of the register.

use miernik::service::Refused;
use survey::register::report_row;

use crate::harness::{TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_dry_run_has_the_outcomes_of_the_real_one_and_stores_nothing,
    the_report_tells_every_row_apart,
    the_same_upload_again_changes_nothing,
    a_corrected_address_replaces_the_old_one,
    a_file_without_units_is_refused_and_named,
}

const UPLOAD: &str = "Lista jednostek;;\n\
    TERYT;Nazwa jednostki;E-mail\n\
    1401022;Promna;urzad@promna.example\n\
    1401013;Białobrzegi;SEKRETARIAT@bialobrzegi.example; \n\
    1401013;Białobrzegi;sekretariat@bialobrzegi.example\n\
    1401992;Nigdzie;a@b.example\n\
    1401032;Radzanów;bez małpy\n\
    UP1401;Powiatowy Urząd Pracy w Białobrzegach;pup@praca.example\n\
    Razem: 5;;\n";

fn import(app: &TestApp, dry_run: bool) -> miernik::service::register::Imported {
    app.service.units_import(&app.programme(), UPLOAD.as_bytes(), "rejestr.csv", dry_run).unwrap()
}

fn addresses(app: &TestApp) -> Vec<(String, Vec<String>)> {
    let units = app.service.units(&app.programme()).unwrap();
    let told = units.into_iter().map(|(unit, own)| {
        (unit.code.to_string(), own.iter().map(|address| address.email.as_str().to_owned()).collect())
    });
    told.collect()
}

fn a_dry_run_has_the_outcomes_of_the_real_one_and_stores_nothing(app: &TestApp) {
    let before = app.database.dump();
    let planned = import(app, true);
    assert_eq!(app.database.dump(), before);
    assert_eq!(planned.changed, 0);
    let real = import(app, false);
    assert_eq!(planned.outcomes, real.outcomes);
    assert_eq!(planned.guessed, real.guessed);
    assert_eq!(real.outcomes.len(), UPLOAD.lines().count(), "one outcome per row");
    assert_eq!(real.changed, 3);
}

fn the_report_tells_every_row_apart(app: &TestApp) {
    let words: Vec<String> =
        import(app, true).outcomes.iter().map(|outcome| report_row(outcome)[1].clone()).collect();
    assert_eq!(
        words,
        ["ignore", "header", "ok", "ok_fixed", "duplicate", "error", "warn_email", "ok", "ignore"]
    );
}

fn the_same_upload_again_changes_nothing(app: &TestApp) {
    import(app, false);
    let (before, told) = (app.database.dump(), addresses(app));
    let again = import(app, false);
    assert_eq!(again.changed, 0);
    assert_eq!(addresses(app), told);
    let differing: Vec<_> =
        app.database.dump().into_iter().zip(before).filter(|(now, then)| now != then).collect();
    assert!(differing.iter().all(|(now, _)| now.0 == "audit"), "{differing:?}");
    let told: Vec<&(String, Vec<String>)> = told.iter().filter(|(_, own)| !own.is_empty()).collect();
    assert_eq!(told.len(), 3, "{told:?}");
}

fn a_corrected_address_replaces_the_old_one(app: &TestApp) {
    import(app, false);
    let changed = app.upload_addresses("1401022;Promna;nowy@promna.example");
    assert_eq!(changed.changed, 1);
    let all = addresses(app);
    assert!(all.iter().any(|(_, own)| own == &["nowy@promna.example"]), "{all:?}");
    assert!(!all.iter().any(|(_, own)| own.iter().any(|email| email == "urzad@promna.example")));
    assert_eq!(app.issued("Promna").email.as_deref(), Some("nowy@promna.example"));
}

fn a_file_without_units_is_refused_and_named(app: &TestApp) {
    for (bytes, name) in [
        (&b"a;b\n1;2\n"[..], "inne.csv"),
        (&b"PK\x03\x04popsuty"[..], "popsuty.xlsx"),
        (&b""[..], "pusty.csv"),
    ] {
        let refused = app.service.units_import(&app.programme(), bytes, name, false).unwrap_err();
        let Refused::Input(lines) = refused else { panic!("{refused:?}") };
        assert!(lines[0].starts_with(name), "{lines:?}");
    }
}
