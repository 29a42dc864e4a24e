//! Answers of earlier years from another tool.

use miernik::service::Refused;
use miernik::service::intake::{File, Imported};
use serde_json::json;
use sheet::Profile;

use crate::harness::{TestApp, on_both_databases};

on_both_databases! {
    Small:
    every_row_of_an_import_has_an_outcome_and_nothing_is_dropped_silently,
    a_dry_run_of_an_import_changes_nothing_and_a_second_import_neither,
    imported_answers_count_and_say_where_they_are_from,
    answers_given_here_are_never_replaced_by_an_import,
    a_map_that_does_not_fit_is_refused_with_every_reason,
    long_and_formula_like_answers_are_kept_as_they_are,
}

const MAP: &str = r#"
date = "Data"
[unit]
code = "TERYT"
name = "Nazwa"
[[questions]]
column = "Czy coś było"
question = "czy"
values = { "T" = "tak" }
[[questions]]
column = "Ile"
question = "ile"
dont_know = ["nie wiem"]
[[questions]]
column = "Barwa: biel"
question = "barwy"
choice = "biel"
[[questions]]
column = "Barwa: czerń"
question = "barwy"
choice = "czern"
[[questions]]
column = "Opis"
question = "opis"
[[questions]]
column = "Zgoda"
question = "zgoda"
[[questions]]
column = "Dopisek"
question = "dopisek"
[[lists]]
repeat = "wpis"
[[lists.questions]]
column = "Wpis {n} nazwa"
question = "nazwa"
[[lists.questions]]
column = "Wpis {n} osoby"
question = "osoby"
"#;

const HEADER: &str = "TERYT;Nazwa;Data;Czy coś było;Ile;Barwa: biel;Barwa: czerń;Opis;Zgoda;Dopisek;Wpis 1 nazwa;Wpis 1 osoby;Wpis 2 nazwa;Wpis 2 osoby";

/// A file as Excel in Poland saves it: Windows-1250.
fn file(rows: &[&str]) -> Vec<u8> {
    let text = format!("Eksport z ankiety\n{HEADER}\n{}\n", rows.join("\n"));
    text.chars()
        .map(|c| match c {
            'ś' => 0x9c,
            'ń' => 0xf1,
            'ó' => 0xf3,
            'ł' => 0xb3,
            'ż' => 0xbf,
            'Ł' => 0xa3,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect()
}

fn import(app: &TestApp, bytes: &[u8], dry_run: bool) -> Imported {
    // The title above the table has one cell, so the map says where the header stands.
    let map = format!("header = 2\n{MAP}");
    let file = File { name: "ankieta-2024.csv", bytes, map: &map };
    app.service.responses_import(&app.edition, "jst", file, dry_run).unwrap()
}

fn told(imported: &Imported) -> Vec<(u32, &'static str)> {
    imported.outcomes.iter().map(|outcome| (outcome.line, outcome.verdict.as_str())).collect()
}

const ROWS: [&str; 8] = [
    "1401022;Promna;2025-02-01;T;1 234;1;0;;OK;Tak.;Klub;7;Centrum;",
    "=\"1401013\";;12.02.2025;Nie;nie wiem;;x;Bez uwag;tak;;;;;",
    "1401032;Radzanów;wczoraj;może;dużo;;;;tak;;;;;",
    "1401022;Promna;2025-02-01;T;1 234;1;0;;OK;Tak.;Klub;7;Centrum;",
    "1401022;Promna;2025-02-02;nie;5;;;;OK;;;;;",
    "1465011;Warszawa;;nie;1;;;;OK;;;;;",
    ";;;;;;;;;;;;;",
    "1401000;powiat białobrzeski;2025-02-03;nie;9000;;;;OK;Bez pytania;;;;",
];

fn every_row_of_an_import_has_an_outcome_and_nothing_is_dropped_silently(app: &TestApp) {
    let imported = import(app, &file(&ROWS), false);
    assert_eq!(
        told(&imported),
        [
            (1, "ignore"),
            (2, "header"),
            (3, "ok"),
            (4, "ok_fixed"),
            (5, "warn_unreadable"),
            (6, "duplicate"),
            (7, "conflict"),
            (8, "error"),
            (9, "ignore"),
            (10, "warn_hidden"),
        ],
        "{:#?}",
        imported.outcomes
    );
    assert_eq!(imported.stored, 4);
    assert!(imported.guessed.contains("1250"), "{}", imported.guessed);
    let note = |line: u32| imported.outcomes.iter().find(|o| o.line == line).unwrap().notes.join(" ");
    assert!(note(5).contains("„może” nie jest odpowiedzią na pytanie „czy”; tekst zachowano"), "{}", note(5));
    assert!(note(5).contains("„wczoraj” nie jest datą"), "{}", note(5));
    assert!(note(5).contains("„ile”"), "{}", note(5));
    assert!(note(7).contains("niż w wierszu 3"), "{}", note(7));
    assert!(note(10).contains("dopisek") && note(10).contains("5000"), "{}", note(10));

    let sent = app.submissions("Promna").remove(0);
    let field = |name: &str| sent.answers.fields.get(name).map(String::as_str);
    assert_eq!((field("czy"), field("ile"), field("barwy")), (Some("tak"), Some("1234"), Some("biel")));
    let names: Vec<&str> =
        sent.answers.repeats["wpis"].iter().map(|row| row.fields["nazwa"].as_str()).collect();
    assert_eq!(names, ["Klub", "Centrum"]);
    assert_eq!(sent.context.today.to_string(), "2025-02-01");
    let unreadable = app.submissions("Radzanów").remove(0);
    assert_eq!(unreadable.answers.fields["czy"], "może", "kept as typed");
    let unknown = app.submissions("Białobrzegi").remove(0);
    assert_eq!(unknown.answers.fields["ile.nw"], "1");
    assert_eq!(
        app.drafted("powiat białobrzeski", "dopisek"),
        "Bez pytania",
        "what does not count is kept in the draft"
    );
}

fn a_dry_run_of_an_import_changes_nothing_and_a_second_import_neither(app: &TestApp) {
    let bytes = file(&ROWS);
    let before = app.database.dump();
    let planned = import(app, &bytes, true);
    assert_eq!(app.database.dump(), before);
    let real = import(app, &bytes, false);
    assert_eq!((planned.outcomes, planned.stored, real.stored), (real.outcomes, 0, 4));
    let after = app.database.dump();
    let again = import(app, &bytes, false);
    assert_eq!((again.stored, app.database.dump()), (0, after));
    let taken = again.outcomes.iter().filter(|outcome| outcome.verdict.is_taken()).count();
    assert_eq!(taken, 0, "{:?}", told(&again));
}

fn imported_answers_count_and_say_where_they_are_from(app: &TestApp) {
    import(app, &file(&ROWS), false);
    let suma = app.program().measure("jst", "suma");
    assert_eq!((&suma["value"], &suma["answered"]), (&json!(10_234), &json!(2)));
    app.office_inside("Radzanów");
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("eksport");
    let format = miernik::service::export::Format::Csv(Profile::OpenData);
    let mut files = miernik::service::export::Folder::begin(&target, format).unwrap();
    let wanted = miernik::service::export::Wanted { form: "jst", open_text: false };
    app.service.export_responses(&app.edition, wanted, &mut files).unwrap();
    files.finish().unwrap();
    let table = std::fs::read_to_string(target.join("odpowiedzi.csv")).unwrap();
    assert!(table.contains("plik ankieta-2024.csv (sha256 "), "{table}");
    assert!(table.contains("), wiersz 3\"") || table.contains("), wiersz 3,"), "{table}");
}

fn answers_given_here_are_never_replaced_by_an_import(app: &TestApp) {
    app.office_inside("Promna").answer("nie", "3");
    app.office_inside("Białobrzegi");
    let imported = import(app, &file(&ROWS), false);
    let verdict = |line: u32| imported.outcomes.iter().find(|o| o.line == line).unwrap().verdict.as_str();
    assert_eq!((verdict(3), verdict(4)), ("conflict", "conflict"));
    assert_eq!(app.submissions("Promna").len(), 1);
    assert!(app.submissions("Białobrzegi").is_empty());
}

fn a_map_that_does_not_fit_is_refused_with_every_reason(app: &TestApp) {
    let refused = |map: &str| {
        let bytes = file(&ROWS);
        let file = File { name: "ankieta.csv", bytes: &bytes, map };
        match app.service.responses_import(&app.edition, "jst", file, true) {
            Err(Refused::Input(lines)) => lines.join("\n"),
            other => panic!("{other:?}"),
        }
    };
    let wrong = "header = 2\n[unit]\n[[questions]]\ncolumn = \"a\"\nquestion = \"czi\"\n[[questions]]\ncolumn = \"b\"\n\
        question = \"kontakt_email\"\n[[questions]]\ncolumn = \"c\"\nquestion = \"czy\"\nvalues = { T = \"tek\" }\n\
        [[questions]]\ncolumn = \"d\"\nquestion = \"nazwa\"\n";
    let said = refused(wrong);
    for part in [
        "[unit]",
        "czy chodziło o „czy”",
        "danych osób do kontaktu",
        "nie ma odpowiedzi „tek”",
        "stoi na liście „wpis”",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = refused(
        "header = 2\n[unit]\ncode = \"TERYTT\"\n[[questions]]\ncolumn = \"Ilee\"\nquestion = \"ile\"\n",
    );
    assert!(said.contains("„TERYTT”") && said.contains("„Ilee”") && said.contains("czy chodziło"), "{said}");
    assert!(refused("[unit\n").contains("line 1") || refused("[unit\n").contains('1'));
    let nothing = app.service.responses_import(
        &app.edition,
        "inna",
        File { name: "a.csv", bytes: b"a", map: MAP },
        true,
    );
    assert!(matches!(nothing, Err(Refused::Input(_))));
}

fn long_and_formula_like_answers_are_kept_as_they_are(app: &TestApp) {
    let long = "x".repeat(100_000);
    let row = format!("1401022;Promna;2025-02-01;nie;1;;;{long};OK;;=1+2;;;");
    let imported = import(app, &file(&[&row]), false);
    assert_eq!(imported.stored, 1, "{:?}", told(&imported));
    let sent = app.submissions("Promna").remove(0);
    assert_eq!(sent.answers.fields["opis"].len(), 100_000);
    assert_eq!(sent.answers.repeats["wpis"][0].fields["nazwa"], "=1+2");
}
