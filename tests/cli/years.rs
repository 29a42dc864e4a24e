//! Two years at the terminal: answers of one edition brought into the next by a proposed map, and both compared.

use std::fs;

use serde_json::Value;
use sheet::xlsx::{About, Column, Format, Sheet};

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
    assert_eq!(values(&empty, "media_jst"), [Value::from(28), Value::Null]);

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

/// A sheet of texts.
fn texts(name: &str, header: &[&str], rows: &[&[&str]]) -> Sheet {
    let columns = header.iter().map(|title| Column::new(*title, Format::Plain)).collect();
    let row = |row: &&[&str]| row.iter().map(|text| sheet::Value::Text((*text).to_owned())).collect();
    Sheet { name: name.to_owned(), columns, rows: rows.iter().map(row).collect() }
}

/// Imports a workbook into 2025 with a map and gives the lines of its report: sheet, row, outcome, unit, note.
fn imported(folder: &std::path::Path, program: &Program, sheets: &[Sheet], map: &str) -> Vec<Vec<String>> {
    let book = sheet::xlsx::write(&About::default(), sheets).unwrap();
    fs::write(folder.join("ankiety.xlsx"), book).unwrap();
    fs::write(folder.join("mapa.toml"), map).unwrap();
    let base =
        ["responses", "import", "ankiety.xlsx", "--edition", NEXT, "--form", "jst", "--map", "mapa.toml"];
    let ran = program.run(&[&base[..], &["--report", "wynik.csv"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = sheet::read(&fs::read(folder.join("wynik.csv")).unwrap(), "wynik.csv").unwrap();
    let text = |cell: &sheet::Cell| match cell {
        sheet::Cell::Text(text) => text.clone(),
        _ => String::new(),
    };
    let line = |row: &sheet::Row| {
        let cells = row.cells.iter().map(text).chain(std::iter::repeat_n(String::new(), 5));
        cells.take(5).collect()
    };
    report.sheets[0].rows.iter().skip(1).map(line).collect()
}

fn outcome<'a>(lines: &'a [Vec<String>], sheet: &str, row: &str) -> (&'a str, &'a str, &'a str) {
    let line = lines.iter().find(|line| line[0] == sheet && line[1] == row).unwrap();
    (&line[2], &line[3], &line[4])
}

#[test]
fn a_workbook_is_imported_by_name_and_powiat_with_its_list_on_a_second_sheet() {
    let (folder, program) = two_editions();
    let main = texts(
        "Ankiety",
        &["Nr", "Gmina", "Powiat", "Czy były artykuły", "Sposób"],
        &[
            &["1", "Radzanów", "powiat białobrzeski", "tak", "lista"],
            &["2", "Radzanów", "", "nie", ""],
            &["3", "Kazanów", "zwoleński", "nie", ""],
        ],
    );
    let list = texts(
        "Media",
        &["Ankieta", "Medium"],
        &[&["1", "Gazeta Radomska"], &["1", "Radio dla Ciebie"], &["7", "Niczyje"]],
    );
    let map = r#"
sheet = "Ankiety"
[unit]
name = "Gmina"
powiat = "Powiat"
[[questions]]
column = "Czy były artykuły"
question = "media_czy"
[[questions]]
column = "Sposób"
question = "media_sposob"
[[lists]]
repeat = "medium"
sheet = "Media"
key = "Ankieta"
parent = "Nr"
[[lists.questions]]
column = "Medium"
question = "medium_nazwa"
"#;
    let lines = imported(folder.path(), &program, &[main, list], map);
    let (verdict, unit, _) = outcome(&lines, "Ankiety", "2");
    assert_eq!((verdict, unit), ("warn_missing", "140103"), "{lines:#?}");
    let (verdict, unit, note) = outcome(&lines, "Ankiety", "3");
    assert_eq!((verdict, unit), ("error", ""));
    assert!(note.contains("ma kilka jednostek (140103, 141304)"), "{note}");
    let (_, unit, _) = outcome(&lines, "Ankiety", "4");
    assert_eq!(unit, "143601", "one unit, whatever its kind was");
    assert_eq!(outcome(&lines, "Media", "4").0, "error", "an entry of nobody is told: {lines:#?}");
    let document = compared(&program, &["--with", EDITION]);
    assert_eq!(values(&document, "media_jst")[1], Value::from(1));
    assert_eq!(document["editions"][1]["forms"]["jst"]["submitted"], 2);
    let export =
        ["responses", "export", "--edition", NEXT, "--form", "jst", "-o", "rok2025", "--format", "xlsx"];
    program.run(&[&export[..], &["--with-open-text"]].concat()).done();
    let book = fs::read(folder.path().join("rok2025/odpowiedzi.xlsx")).unwrap();
    let book = sheet::read(&book, "odpowiedzi.xlsx").unwrap();
    let media = book.sheets.iter().find(|sheet| sheet.name == "medium").unwrap();
    assert_eq!(media.rows.len(), 1 + 2);
    for name in ["Gazeta Radomska", "Radio dla Ciebie"] {
        let is = |cell: &sheet::Cell| *cell == sheet::Cell::Text(name.to_owned());
        assert!(media.rows.iter().any(|row| row.cells.iter().any(is)), "{media:?}");
    }
}

#[test]
fn a_unit_that_changed_its_kind_is_found_by_either_code_and_imported_once() {
    let (folder, program) = two_editions();
    let main = texts(
        "Ankiety",
        &["TERYT", "Nazwa", "Czy były artykuły"],
        &[&["1436012", "Kazanów", "tak"], &["1436013", "Kazanów", "nie"]],
    );
    let map = r#"
sheet = "Ankiety"
[unit]
code = "TERYT"
name = "Nazwa"
[[questions]]
column = "Czy były artykuły"
question = "media_czy"
"#;
    let lines = imported(folder.path(), &program, &[main], map);
    let (verdict, unit, _) = outcome(&lines, "Ankiety", "2");
    assert!(verdict.starts_with("warn") && unit == "143601", "{lines:#?}");
    let (verdict, unit, note) = outcome(&lines, "Ankiety", "3");
    assert_eq!((verdict, unit), ("conflict", "143601"), "{lines:#?}");
    assert!(note.contains("w wierszu 2"), "{note}");
    assert_eq!(compared(&program, &["--with", EDITION])["editions"][1]["forms"]["jst"]["submitted"], 1);
}

#[test]
fn how_alike_headers_must_be_for_a_proposed_map_is_said_at_the_command() {
    let (folder, program) = two_editions();
    fs::write(
        folder.path().join("plik.csv"),
        "TERYT;media_czy;Czy jednostka potrzebuje wsparcia w dziedzinie ekonomii społecznej\n1401032;tak;nie\n",
    )
    .unwrap();
    let proposed = |more: &[&str]| {
        let base = ["responses", "map", "plik.csv", "--form", "jst", "--edition", NEXT];
        program.run(&[&base[..], more].concat()).done()
    };
    let usual = proposed(&[]);
    assert!(usual.contains("\"media_czy\"") && usual.contains("\"potrzeby_czy\""), "{usual}");
    assert_eq!(proposed(&["--likeness", "65"]), usual);
    let strict = proposed(&["--likeness", "100"]);
    assert!(strict.contains("\"media_czy\"") && !strict.contains("\"potrzeby_czy\""), "{strict}");
    program.run(&["responses", "map", "plik.csv", "--form", "jst", "--likeness", "0"]).refused(1);
}
