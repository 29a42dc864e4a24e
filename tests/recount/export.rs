//! `responses export` by itself.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{EDITION, Installation, every_kind};

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = files.collect();
    names.sort();
    names
}

fn header(folder: &Path, file: &str) -> Vec<String> {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    text.lines().next().unwrap().split(',').map(str::to_owned).collect()
}

fn json(folder: &Path, file: &str) -> Vec<Value> {
    serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap()
}

#[test]
fn every_file_says_that_the_answers_are_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("jst");
    Installation::demo().export("jst", &to, &["--format", "json"]);
    let files = names(&to);
    assert_eq!(
        files,
        [
            "badanie.json",
            "dokument.json",
            "listy.json",
            "medium.json",
            "nowy_pes.json",
            "odpowiedzi.json",
            "operat.json",
            "slownik.json",
            "wydarzenie.json",
            "wykonawca.json"
        ]
    );
    for file in files {
        let rows = json(&to, &file);
        assert!(!rows.is_empty(), "{file}");
        for row in rows {
            let notice = row["uwaga_o_danych"].as_str().unwrap();
            assert!(notice.contains("dane przykładowe"), "{file}: {row}");
        }
    }
    assert_eq!(json(&to, "odpowiedzi.json").len(), 135);
    let frame = json(&to, "operat.json");
    let answered = frame.iter().filter(|row| row["odpowiedz"] == 1).count();
    assert_eq!((frame.len(), answered), (351, 135));
}

#[test]
fn personal_answers_never_go_and_open_text_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, open) = (folder.path().join("plain"), folder.path().join("nowy/open"));
    let demo = Installation::demo();
    demo.export("jst", &plain, &[]);
    demo.export("jst", &open, &["--with-open-text"]);
    let columns = |folder: &Path| -> Vec<String> {
        let csv = names(folder).into_iter().filter(|name| name != "slownik.csv");
        csv.flat_map(|name| header(folder, &name)).collect()
    };
    let (plain_columns, open_columns) = (columns(&plain), columns(&open));
    let form = form::load("jst.toml", &fs::read_to_string(demo.plan("jst")).unwrap()).questionnaire.unwrap();
    let has = |columns: &[String], name: &str| columns.iter().any(|column| column == name);
    let mut personal = 0;
    for question in form.model.questions().filter(|question| question.kind != form::model::Kind::Note) {
        let name = &question.name;
        personal += usize::from(question.personal);
        assert_eq!(has(&open_columns, name), !question.personal, "{name}");
        let inside = question.kind == form::model::Kind::Text
            || question.publish == form::model::Publish::Never
            // Made of names and numbers that somebody typed.
            || ["wyd_klucz", "wykonawca_klucz"].contains(&name.as_str());
        assert_eq!(has(&plain_columns, name), !question.personal && !inside, "{name}");
        assert_eq!(has(&plain_columns, &format!("{name}.status")), !question.personal && !inside, "{name}");
    }
    assert!(personal > 0);
    let listed = fs::read_to_string(open.join("slownik.csv")).unwrap();
    assert!(listed.contains("medium_nazwa") && !listed.contains("kontakt_"), "{listed:.300}");
}

#[test]
fn open_text_comes_with_a_warning_and_the_help_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("jst");
    let to = to.to_str().unwrap();
    let arguments =
        ["responses", "export", "--edition", EDITION, "--form", "jst", "-o", to, "--with-open-text"];
    let (code, said) = Installation::demo().try_run(&arguments);
    assert!(code == 0 && said.contains("tylko do pracy wewnątrz urzędu"), "{said}");
    let help = Installation::demo().run(&["responses", "export", "--help"]);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("tylko do pracy wewnątrz urzędu") && help.contains("NW nie wiem"), "{help}");
}

#[test]
fn the_table_for_excel_has_polish_headers_and_escaped_formulas() {
    let installation = Installation::open(every_kind);
    crate::answers::file(&installation, 11);
    let to = installation.folder.join("excel");
    installation.export("jst", &to, &["--format", "csv-excel", "--with-open-text"]);
    let text = fs::read_to_string(to.join("odpowiedzi.csv")).unwrap();
    let start = "\u{feff}Kod jednostki;Nazwa jednostki;Rodzaj jednostki;Powiat;";
    assert!(text.starts_with(start) && text.contains("\r\n"), "{text:.200}");
    assert!(text.contains("Czy coś było? [czy];"), "{text:.2000}");
    let list = fs::read_to_string(to.join("operat.lista.csv")).unwrap();
    let formula = |text: &str, escaped: &str| text.contains(&format!(";{escaped}=1+1;"));
    assert!(formula(&text, "'") || formula(&list, "'"), "no formula was drawn");
    assert!(!formula(&text, "") && !formula(&list, ""));
}

#[test]
fn what_left_stands_in_the_trail() {
    let installation = Installation::demo().copied();
    let to = installation.folder.join("up");
    installation.export("up", &to, &["--with-open-text"]);
    let store = store::Store::open(
        installation.folder.join("miernik.db").to_str().unwrap(),
        store::Options::default(),
    )
    .unwrap();
    let programme = store.read("test", |tx| tx.programme_find_by_slug("mazowsze")).unwrap().unwrap();
    let scope = survey::Scope::programme(programme.id);
    let rows = store.read("test", |tx| tx.audit_page(scope, None, 5)).unwrap();
    let row = rows.iter().find(|row| row.action == "export").unwrap();
    assert_eq!((row.actor.as_str(), row.subject.as_deref()), ("command", Some(EDITION)));
    assert_eq!(row.details["what"], "odpowiedzi up, z tekstami otwartymi");
}

#[test]
fn a_wrong_edition_questionnaire_or_folder_is_wrong_input_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("x");
    let try_it = |edition: &str, form: &str| {
        let arguments =
            ["responses", "export", "--edition", edition, "--form", form, "-o", to.to_str().unwrap()];
        Installation::demo().try_run(&arguments)
    };
    for (edition, form, word) in [
        ("mazowsze/1999", "jst", "mazowsze/1999"),
        ("mazowsze", "jst", "nazwą edycji"),
        (EDITION, "owes", "owes"),
    ] {
        let (code, said) = try_it(edition, form);
        assert!(code == 1 && said.contains(word), "{code} {said}");
        assert_eq!(names(folder.path()), [""; 0]);
    }
    fs::create_dir(&to).unwrap();
    assert_eq!(try_it(EDITION, "up").0, 0);
    let (code, said) = try_it(EDITION, "up");
    assert!(code == 1 && said.contains("nie jest pusty"), "{code} {said}");
}
