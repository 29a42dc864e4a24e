//! Two years at the terminal: answers of one edition brought into the next by a proposed map, and both compared.

use std::fs;

use serde_json::Value;

use crate::campaign::Campaign;
use crate::process::{EDITION, Program};

const NEXT: &str = "mazowsze/2025";

/// The campaign of 2024 with an opened edition 2025, and its answers exported for JST.
fn two_editions() -> (tempfile::TempDir, Program) {
    let (folder, program) = Campaign::shared().copy();
    program.run(&["edition", "create", NEXT]).done();
    program.run(&["edition", "open", NEXT]).done();
    program.run(&["responses", "export", "--edition", EDITION, "--form", "jst", "-o", "rok2024"]).done();
    (folder, program)
}

fn compared(program: &Program, more: &[&str]) -> Value {
    let arguments = [&["compare", "--edition", NEXT, "--format", "json"], more].concat();
    serde_json::from_str(&program.run(&arguments).done()).unwrap()
}

fn values(document: &Value, name: &str) -> Vec<Value> {
    let all = document["series"].as_array().unwrap();
    let series = all.iter().find(|series| series["name"] == name && series["choice"].is_null()).unwrap();
    series["points"].as_array().unwrap().iter().map(|point| point["value"].clone()).collect()
}

#[test]
fn answers_of_one_year_go_into_the_next_by_a_proposed_map_and_compare_as_equal() {
    let (folder, program) = two_editions();
    let empty = compared(&program, &["--with", EDITION]);
    assert_eq!(values(&empty, "media_jst"), [Value::from(28), Value::from(0)]);

    let file = "rok2024/odpowiedzi.csv";
    program.run(&["responses", "map", file, "--form", "jst", "--edition", NEXT, "-o", "mapa.toml"]).done();
    let map = fs::read_to_string(folder.path().join("mapa.toml")).unwrap();
    assert!(map.contains("code = \"jednostka.kod\"") || map.contains("code = \"jednostka_kod\""), "{map}");
    assert!(map.contains("question = \"media_czy\""), "{map}");

    let import = |more: &[&str]| {
        let base = ["responses", "import", file, "--edition", NEXT, "--form", "jst", "--map", "mapa.toml"];
        let ran = program.run(&[&base[..], more].concat());
        assert_eq!((ran.code, ran.out.len()), (0, 0), "{}", ran.err);
        ran.err
    };
    let planned = import(&["--dry-run", "--report", "wynik.csv"]);
    assert!(planned.contains("niczego nie zapisano"), "{planned}");
    let report = fs::read_to_string(folder.path().join("wynik.csv")).unwrap();
    assert_eq!(report.lines().count(), 1 + 1 + 135, "a header, and an outcome for each row of the file");
    assert!(report.starts_with("sheet,row,outcome,unit,note\n"), "{report:.80}");
    let done = import(&["--report", "wynik2.csv"]);
    assert!(done.contains("zapisano odpowiedzi: 135"), "{done}");
    assert_eq!(fs::read_to_string(folder.path().join("wynik2.csv")).unwrap(), report);
    assert!(import(&[]).contains("zapisano odpowiedzi: 0"));

    for more in [&["--with", EDITION][..], &["--units", "same"]] {
        let document = compared(&program, more);
        assert_eq!(values(&document, "media_jst"), [Value::from(28), Value::from(28)]);
        assert_eq!(values(&document, "wydarzenia_jst"), [Value::from(61), Value::from(61)]);
        let edition = &document["editions"][1]["forms"]["jst"];
        assert_eq!(edition["submitted"], 135);
    }
    let text = program.run(&["compare", "--edition", NEXT]).done();
    assert!(text.starts_with("Porównanie mazowsze/2024 → mazowsze/2025: wszyscy"), "{text:.200}");
    assert!(text.contains("Pytanie zadawane od 2025 r."), "{text}");
}

#[test]
fn editions_that_cannot_be_compared_are_wrong_input() {
    let program = Campaign::shared().program();
    for (with, said) in [
        ("mazowsze/1999", "mazowsze/1999"),
        ("podlasie/2024", "innego programu"),
        ("x", "nie jest nazwą edycji"),
    ] {
        let refused = program.run(&["compare", "--edition", EDITION, "--with", with]).refused(1);
        assert!(refused.contains(said), "{refused}");
    }
}
