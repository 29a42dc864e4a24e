//! `indicators`, `indicators set` and `indicators import`.

use std::fs;

use serde_json::Value;

use crate::campaign::Campaign;
use crate::process::{Database, EDITION, Kind, Program, Serving, Signal};

fn printed(program: &Program, more: &[&str]) -> String {
    let ran = program.run(&[&["indicators", "--edition", EDITION], more].concat());
    assert_eq!(ran.err, "");
    ran.done()
}

fn degree(program: &Program, code: &str) -> String {
    let all: Value = serde_json::from_str(&printed(program, &["--format", "json"])).unwrap();
    let found = all["indicators"].as_array().unwrap().iter().find(|one| one["code"] == code).unwrap();
    found["result"]["degree_text"].as_str().unwrap_or("–").to_owned()
}

#[test]
fn every_degree_of_the_report_is_printed_with_its_computation_and_its_traps() {
    insta::assert_snapshot!(printed(&Campaign::shared().program(), &[]));
}

/// The document without what measures said when they were bound: only people of the office are told.
fn told_outside(printed: &str) -> Value {
    let mut document: Value = serde_json::from_str(printed).unwrap();
    let indicators = document["indicators"].as_array_mut().unwrap().iter_mut();
    for value in indicators.flat_map(|one| one["values"].as_array_mut().unwrap()) {
        value["bound"] = Value::Null;
    }
    document
}

#[test]
fn documents_of_the_command_and_of_the_api_are_the_same() {
    let campaign = Campaign::shared();
    let (_folder, program) = campaign.copy();
    let serving = Serving::start(&program);
    let key = campaign.report["api_key"].as_str().unwrap();
    for (rest, format) in [("", "json"), (".csv", "csv"), (".csv?profil=excel", "csv-excel")] {
        let address = format!("{}/api/v1/editions/{EDITION}/indicators{rest}", serving.address);
        let answer = reqwest::blocking::Client::new().get(address).bearer_auth(key).send().unwrap();
        let (theirs, ours) = (answer.text().unwrap(), printed(&program, &["--format", format]));
        match format {
            "json" => assert_eq!(serde_json::from_str::<Value>(&theirs).unwrap(), told_outside(&ours)),
            _ => assert_eq!(theirs, ours, "{format}"),
        }
    }
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
}

#[test]
fn with_the_jobs_of_all_entities_the_degree_is_another_one() {
    let (_folder, program) = Campaign::shared().copy();
    assert_eq!(degree(&program, "W2.1"), "48,46%");
    let set = ["indicators", "set", "W2.1", "--year", "2024", "--part", "up", "--value", "33"];
    let source = ["--document", "Działanie 4.11", "--page", "wiersz 1530", "--accessed", "2025-04-30"];
    let said = program.run(&[&set[..], &source].concat()).refused(1);
    assert!(said.contains("powód poprawki"), "{said}");
    let reason = ["--reason", "wszystkie PES"];
    let ran = program.run(&[&set[..], &source, &reason].concat());
    assert!(ran.err.contains("zmieniono wartość"), "{}", ran.err);
    assert_eq!(ran.done(), "");
    assert_eq!(degree(&program, "W2.1"), "48,94%");
    program
        .run(&[
            "indicators",
            "set",
            "W2.1",
            "--year",
            "2024",
            "--part",
            "up",
            "--bind",
            "--reason",
            "ankieta",
        ])
        .done();
    assert_eq!(degree(&program, "W2.1"), "48,46%");
}

#[test]
fn a_file_goes_in_whole_or_not_at_all_and_the_report_tells_each_row() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::new(kind);
        let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
        program.install();
        program.open_edition(&[]);
        let rows = "wskaznik,lata,czesc,wartosc,dokument,strona,data_dostepu\n\
                    W1.2,2021-2023,,36,Sprawozdanie,4,2025-04-30\n\
                    W2.2,2024,,68/74,Rejestr,,30.04.2025\n";
        fs::write(database.folder().join("dobre.csv"), rows).unwrap();
        fs::write(
            database.folder().join("zle.csv"),
            format!("{rows}W1.2,2023,,1,x,,30.04.2025\nW9,2024,,1,,,\n"),
        )
        .unwrap();
        let import = |more: &[&str]| program.run(&[&["indicators", "import"], more].concat());
        let stored = || database.words("SELECT code AS word FROM indicator_value ORDER BY code");

        let said = import(&["zle.csv", "--report", "wynik.csv"]).refused(1);
        assert!(said.contains("zle.csv:4: W1.2 2023") && said.contains("zle.csv:5: W9 2024"), "{said}");
        assert!(said.contains("niczego nie zapisano"), "{said}");
        let report = fs::read_to_string(database.folder().join("wynik.csv")).unwrap();
        let outcomes: Vec<&str> = report.lines().map(|line| line.split(',').nth(1).unwrap()).collect();
        assert_eq!(outcomes, ["wynik", "nowa", "nowa", "odrzucona", "odrzucona"]);
        import(&["dobre.csv", "--dry-run"]).done();
        assert!(stored().is_empty());
        import(&["dobre.csv"]).done();
        assert_eq!(stored(), ["W1.2", "W2.2"]);
        let again = import(&["dobre.csv"]);
        assert!(again.err.contains("2  bez zmian"), "{}", again.err);
        again.done();
        assert_eq!(stored().len(), 2);
        fs::write(database.folder().join("obce.csv"), "a,b\n1,2\n").unwrap();
        assert!(import(&["obce.csv"]).refused(1).contains("wskaznik, lata, wartosc"));
        assert!(import(&["nie_ma.csv"]).refused(1).contains("nie_ma.csv"));
    }
}

#[test]
fn values_printed_in_the_columns_of_an_import_go_in_again_without_a_change() {
    let (folder, program) = Campaign::shared().copy();
    let before = printed(&program, &[]);
    let values = printed(&program, &["--values", "--format", "csv"]);
    assert_eq!(values.lines().count(), 29, "{values}");
    fs::write(folder.path().join("wartosci.csv"), values).unwrap();
    let ran = program.run(&["indicators", "import", "wartosci.csv"]);
    assert!(ran.err.contains("28  bez zmian"), "{}", ran.err);
    ran.done();
    assert_eq!(printed(&program, &[]), before);
    let said = program.run(&["indicators", "--edition", EDITION, "--values"]).refused(1);
    assert!(said.contains("--values"), "{said}");
}

#[test]
fn what_is_wrong_with_a_value_is_said_all_at_once() {
    let (_folder, program) = Campaign::shared().copy();
    let said = program.run(&["indicators", "set", "W1.2", "--year", "24", "--value", "sporo"]).refused(1);
    for words in ["lata „24”", "„sporo” nie jest liczbą"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = program.run(&["indicators", "set", "W1.2", "--year", "2025", "--value", "3"]).refused(1);
    assert!(said.contains("dokument") && said.contains("datę dostępu"), "{said}");
    let said = program.run(&["indicators", "set", "W7.7", "--year", "2024", "--value", "3"]).refused(1);
    assert!(said.contains("nie ma wskaźnika „W7.7”"), "{said}");
}

#[test]
fn an_indicator_that_names_an_unknown_measure_stops_the_opening() {
    let database = Database::new(Kind::Sqlite);
    let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
    program.install();
    let forms = crate::editions::forms_with(database.folder(), |jst| format!("# bez zmian\n{jst}"));
    let file = database.folder().join(&forms).join("programme.toml");
    let text = fs::read_to_string(&file).unwrap().replace("up.miejsca_pracy_ps", "up.nie_ma_takiej");
    fs::write(&file, text).unwrap();
    program.run(&["edition", "create", EDITION, "--forms", &forms]).done();
    let said = program.run(&["edition", "open", EDITION, "--forms", &forms]).refused(1);
    assert!(said.contains("indicators[W2.1].up") && said.contains("up.nie_ma_takiej"), "{said}");
}
