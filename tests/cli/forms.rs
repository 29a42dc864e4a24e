//! `form check`, `form diff` and `form eval`.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::process::Program;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn program() -> Program {
    Program::at(Path::new(ROOT))
}

#[test]
fn the_shipped_questionnaires_have_no_errors() {
    let ran = program().run(&["form", "check", "forms/mazowsze"]);
    assert!(ran.err.starts_with("sprawdzone pliki: ") && ran.err.contains(", błędy: 0"), "{}", ran.err);
    ran.done();
}

#[test]
fn every_problem_of_every_file_is_said_at_once_with_place_source_line_and_caret() {
    let folder = "crates/form/tests/forms/broken";
    let ran = program().run(&["form", "check", folder]);
    assert_eq!(ran.code, 1);
    let text = String::from_utf8(ran.out).unwrap();
    for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(text.contains(&format!("{folder}/{name}:")), "{name}: {text}");
    }
    assert!(text.lines().any(|line| line.trim_end().ends_with('^')), "{text}");
    assert!(ran.err.contains("błędy: "), "{}", ran.err);
}

#[test]
fn problems_as_json_are_one_document_with_exactly_the_agreed_keys() {
    let path = "crates/form/tests/forms/broken/expressions.toml";
    let ran = program().run(&["form", "check", path, "--json"]);
    assert_eq!(ran.code, 1);
    let problems: Vec<Value> = serde_json::from_slice(&ran.out).unwrap();
    assert!(problems.len() > 3, "{problems:?}");
    let source = fs::read_to_string(Path::new(ROOT).join(path)).unwrap();
    let lines: Vec<&str> = source.lines().collect();
    for problem in &problems {
        let keys: Vec<&str> = problem.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys.join(" "), "code severity file line col end_col sheet cell question message help");
        assert_eq!(problem["file"], path);
        let place = |name: &str| usize::try_from(problem[name].as_u64().unwrap()).unwrap();
        assert!((1..=lines.len()).contains(&place("line")), "{problem}");
        // Columns are characters from 1; the end is one past the last.
        let width = lines[place("line") - 1].chars().count();
        assert!(
            1 <= place("col") && place("col") <= place("end_col") && place("end_col") <= width + 2,
            "{problem}"
        );
    }
}

#[test]
fn columns_count_characters_and_not_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let source = fs::read_to_string(Path::new(ROOT).join("forms/mazowsze/2024/up.toml")).unwrap();
    let wrong = "relevant = \"'ąęęęę' = 'ź' and ${nie_ma_mnie} = 'x'\"\n";
    let at = source.find("[[survey]]\ntype     = \"text\"").unwrap() + "[[survey]]\n".len();
    let broken = format!("{}{wrong}{}", &source[..at], &source[at..]);
    fs::write(folder.path().join("up.toml"), &broken).unwrap();
    let ran = Program::at(folder.path()).run(&["form", "check", "up.toml", "--json"]);
    let problems: Vec<Value> = serde_json::from_slice(&ran.out).unwrap();
    let found = problems.iter().find(|problem| problem["message"].as_str().unwrap().contains("nie_ma_mnie"));
    let found = found.unwrap_or_else(|| panic!("{problems:?}"));
    let line = broken.lines().position(|line| line.contains("nie_ma_mnie")).unwrap() + 1;
    assert_eq!(found["line"], json!(line));
    let text = broken.lines().nth(line - 1).unwrap();
    let named: String = {
        let (from, to) = (found["col"].as_u64().unwrap(), found["end_col"].as_u64().unwrap());
        let take = usize::try_from(to - from).unwrap();
        text.chars().skip(usize::try_from(from - 1).unwrap()).take(take).collect()
    };
    assert!(named.contains("nie_ma_mnie"), "{named:?} at {found}");
}

#[test]
fn two_editions_are_compared_question_by_question_for_people_and_as_one_document() {
    let files = ["crates/form/tests/forms/jst-2024.toml", "crates/form/tests/forms/jst-2025.toml"];
    let table = program().run(&["form", "diff", files[0], files[1]]).done();
    let counts = "bez zmian 8 · zmiana nazwy 1 · zmiana treści 1 (nieporównywalne) · zmiana listy 1 · nowe 1 · usunięte 1";
    assert!(table.contains(counts), "{table}");
    assert!(table.lines().any(|line| line.contains("spotkania → spotkania_liczba")), "{table}");
    let document = program().run(&["form", "diff", files[0], files[1], "--json"]).done();
    assert!(serde_json::from_str::<Value>(&document).unwrap().is_object());
    let same = program().run(&["form", "diff", files[0], files[0]]).done();
    assert!(same.contains("bez zmian 12") && !same.contains("zmiana"), "{same}");
    program().run(&["form", "diff", files[0], "nie-ma.toml"]).refused(1);
}

#[test]
fn what_cannot_be_checked_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::at(folder.path());
    let told = |path: &str| {
        let ran = program.run(&["form", "check", path]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        String::from_utf8(ran.out).unwrap()
    };
    let missing = told("nie_ma.toml");
    assert!(
        missing.contains("nie_ma.toml: błąd[F006]: nie można odczytać pliku (nie ma takiego"),
        "{missing}"
    );
    let empty = told(".");
    assert!(empty.contains("*.toml"), "{empty}");
    fs::write(folder.path().join("cp1250.toml"), b"# pierwszy\nlabel = \"za\xbf\xf3\xb3\xe6\"\n").unwrap();
    let encoding = told("cp1250.toml");
    assert!(encoding.contains("cp1250.toml:2") && encoding.contains("UTF-8"), "{encoding}");

    // With --json it is an entry of the document like any other, beside what is wrong with other files.
    let ran = program.run(&["form", "check", "nie_ma.toml", "cp1250.toml", "--json"]);
    assert_eq!(ran.code, 1);
    let problems: Vec<Value> = serde_json::from_slice(&ran.out).unwrap();
    let found: Vec<_> =
        problems.iter().map(|problem| (&problem["code"], &problem["file"], &problem["line"])).collect();
    let (code, none) = (json!("F006"), Value::Null);
    assert_eq!(found, [(&code, &json!("nie_ma.toml"), &none), (&code, &json!("cp1250.toml"), &json!(2))]);
}

#[test]
fn an_expression_is_evaluated_for_people() {
    let eval = |arguments: &[&str]| program().run(&[&["form", "eval"], arguments].concat());
    assert_eq!(eval(&["1 + 2"]).done(), "3\n");
    assert_eq!(eval(&["${a} > 3", "--set", "a=5"]).done(), "true\n");
    assert_eq!(
        eval(&["concat(${imie}, '=', ${x} * 2)", "--set", "imie=Ala Ma", "--set", "x=0.1"]).done(),
        "Ala Ma=0.2\n"
    );
    let unfinished = eval(&["1 +"]).refused(1);
    assert!(unfinished.contains("F201"), "{unfinished}");
    let set = eval(&["1", "--set", "a"]).refused(1);
    assert!(set.contains("--set a=5"), "{set}");
    eval(&[]).refused(2);
}

#[test]
fn expressions_line_by_line_give_an_answer_each_and_exit_zero_whatever_they_hold() {
    let input = [
        r#"{"id":1,"expr":"${a} + 1","vars":{"a":"2"}}"#,
        r#"{"id":"b","expr":"sum(${ile})","vars":{"ile":["1","2","3"]}}"#,
        r#"{"id":3,"expr":"1 div 0"}"#,
        r#"{"id":4,"expr":"0 div 0"}"#,
        r#"{"id":5,"expr":"0 - 1 div 0"}"#,
        r#"{"id":6,"expr":". > 3","self":"4"}"#,
        r#"{"id":7,"expr":"today()","today":"2025-02-14"}"#,
        r#"{"id":8,"expr":"${x}","vars":{"x":{"type":"number","value":7}}}"#,
        r#"{"id":9,"expr":"nie_ma("}"#,
        "to nie JSON",
        r#"{"expr":"'tekst'"}"#,
    ];
    let printed = program().given(&input.join("\n")).run(&["form", "eval", "--jsonl"]).done();
    let answers: Vec<Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), input.len());
    let value = |at: usize| (answers[at]["id"].clone(), answers[at]["value"].clone());
    assert_eq!(value(0), (json!(1), json!(3)));
    assert_eq!(value(1), (json!("b"), json!(6)));
    assert_eq!(value(2), (json!(3), json!("Infinity")));
    assert_eq!(value(3), (json!(4), json!("NaN")));
    assert_eq!(value(4), (json!(5), json!("-Infinity")));
    assert_eq!(value(5), (json!(6), json!(true)));
    assert_eq!(answers[6]["value"], json!("2025-02-14"), "{}", answers[6]);
    assert_eq!(value(7), (json!(8), json!(7)));
    for wrong in [8, 9] {
        assert_eq!(answers[wrong]["type"], "error", "{}", answers[wrong]);
        assert!(!answers[wrong]["message"].as_str().unwrap().is_empty());
    }
    assert_eq!(value(10).1, json!("tekst"));
}
