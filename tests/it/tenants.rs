//! Programmes are tenants: whoever belongs to one does not learn what another one has.

use std::path::{Path, PathBuf};

use miernik::forms::ProgrammeFiles;
use miernik::service::EditionName;
use miernik::service::editions::Calendar;

use crate::harness::{Browser, LOGIN, PASSWORD, Program, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_key_and_a_login_open_only_their_own_programme,
    the_same_unit_has_links_of_its_own_in_each_programme,
    the_clause_of_every_programme_is_what_its_file_declares,
}

/// Copies the fixture under another name.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(target, text.replace("slug = \"proba\"", "slug = \"druga\"")).unwrap();
        }
    }
}

/// A second programme with the same units and an open edition; gives a key of its API.
fn second_programme(app: &TestApp) -> (EditionName, String) {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/proba"), folder.path());
    let files = ProgrammeFiles::Folder(folder.path().to_path_buf());
    let name = EditionName { programme: "druga".into(), edition: "2024".into() };
    app.service.edition_create(&name, &files, Calendar::default(), false).unwrap();
    app.service.edition_open(&name, &files).unwrap();
    let key = app.service.api_key_add("druga", "druga").unwrap().reveal();
    (name, key)
}

fn a_key_and_a_login_open_only_their_own_programme(app: &TestApp) {
    let (other, key) = second_programme(app);
    app.office_inside("Promna").answer("nie", "5");
    assert_eq!(app.program().measure("jst", "suma")["value"], 5);
    let theirs = serde_json::to_value(app.service.measures(&other).unwrap()).unwrap();
    assert_eq!(theirs["forms"]["jst"]["submitted"], 0);
    Program::with_key(app, &key).ask("").with_status(404);

    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    anna.get("/panel/druga/2024/liczby").with_status(404);
    anna.get("/panel/druga/2024/liczby/mierniki.json").with_status(404);
    assert!(!anna.get("/panel").with_status(200).source().contains("/panel/druga/"));
    anna.get("/panel/proba/2024/liczby").with_status(200);
}

fn the_same_unit_has_links_of_its_own_in_each_programme(app: &TestApp) {
    let (other, _) = second_programme(app);
    let issued = app.service.issued(&other).unwrap();
    let theirs = issued.iter().find(|issued| issued.invitation.unit_name == "Promna").unwrap();
    let (ours, theirs) = (app.office_inside("Promna"), crate::harness::Office::of(app, theirs));
    assert_ne!((&ours.link, &ours.code), (&theirs.link, &theirs.code));
    theirs.begin();
    theirs.save("liczby", &[("opis", "w drugiej")]).location();
    assert_eq!(app.drafted("Promna", "opis"), "");
    let page = ours.section("liczby").form().set("opis", "w pierwszej");
    theirs.press(&page, "_save").with_status(409);
}

fn the_clause_of_every_programme_is_what_its_file_declares(app: &TestApp) {
    let stranger = Browser::new(&app.address);
    let alone = stranger.get("/informacja-rodo").with_status(200);
    let declared = app.programme().declared.privacy.clone();
    let all = [
        declared.controller,
        declared.officer,
        declared.purpose,
        declared.legal_basis,
        declared.source,
        declared.voluntary,
        declared.recipients,
        declared.transfers,
        declared.retention,
        declared.automation,
    ];
    assert_eq!(alone.texts("dl.facts dd"), all);
    assert!(alone.words().contains("Prezesa Urzędu Ochrony Danych Osobowych"));
    for promise in ["12 miesięcy", "24 miesiącach", "usuwamy"] {
        assert!(!alone.words().contains(promise), "nothing of this program does that: {promise}");
    }
    assert!(alone.texts("main h2").iter().all(|heading| *heading != app.programme().row.name));

    second_programme(app);
    let both = stranger.get("/informacja-rodo").with_status(200);
    assert_eq!(both.texts("dl.facts dd").len(), 2 * all.len());
    assert!(both.texts("main h2").contains(&app.programme().row.name));
}
