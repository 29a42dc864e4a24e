//! Settings: file < `MIERNIK_*` < flags; a broken file says where.

use std::fs;
use std::path::Path;

use crate::process::Program;

fn made(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".db")).collect();
    names.sort();
    names
}

#[test]
fn a_flag_wins_over_a_variable_and_a_variable_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::at(folder.path());
    program.run(&["migrate"]).done();
    assert_eq!(made(folder.path()), ["miernik.db"]);
    fs::write(folder.path().join("miernik.toml"), "database = \"plik.db\"\n").unwrap();
    program.run(&["migrate"]).done();
    assert_eq!(made(folder.path()), ["miernik.db", "plik.db"]);
    let varied = program.with("MIERNIK_DATABASE", "zmienna.db");
    varied.run(&["migrate"]).done();
    assert_eq!(made(folder.path()), ["miernik.db", "plik.db", "zmienna.db"]);
    varied.run(&["migrate", "--database", "opcja.db"]).done();
    assert_eq!(made(folder.path()), ["miernik.db", "opcja.db", "plik.db", "zmienna.db"]);
}

#[test]
fn the_file_of_a_flag_wins_over_that_of_a_variable_and_over_the_one_that_lies_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("etc")).unwrap();
    for (name, database) in [("miernik.toml", "a.db"), ("b.toml", "b.db"), ("etc/c.toml", "c.db")] {
        fs::write(folder.path().join(name), format!("database = \"{database}\"\n")).unwrap();
    }
    let program = Program::at(folder.path()).with("MIERNIK_CONFIG", "b.toml");
    program.run(&["migrate"]).done();
    assert_eq!(made(folder.path()), ["b.db"]);
    program.run(&["migrate", "--config", "etc/c.toml"]).done();
    assert_eq!(made(&folder.path().join("etc")), ["c.db"], "paths are relative to the file that names them");
}

#[test]
fn a_broken_settings_file_says_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("moje.toml");
    let run = |text: &str| {
        fs::write(&path, text).unwrap();
        Program::at(folder.path()).run(&["migrate", "--config", "moje.toml"]).refused(1)
    };
    let unknown = run("listen = \"127.0.0.1:1\"\n\nlistn = 3\n");
    assert!(
        unknown.contains("moje.toml")
            && unknown.contains("wiersz 3, kolumna 1: nieznany klucz „listn”. Możliwe: database, listen"),
        "{unknown}"
    );
    let unfinished = run("listen = \"127.0.0.1:1\"\ndatabase =\n");
    assert!(unfinished.contains("moje.toml") && unfinished.contains("wiersz 2"), "{unfinished}");
    let several = run("listen = \"gdzieś\"\npublic_url = \"ankiety/\"\n");
    assert!(
        several.contains("listen: adres i port") && several.contains("public_url: adres z https"),
        "{several}"
    );
    assert!(made(folder.path()).is_empty());
}

#[test]
fn a_settings_file_that_was_named_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let said = Program::at(folder.path()).run(&["migrate", "--config", "brak.toml"]).refused(1);
    assert!(
        said.contains("brak.toml") && said.contains("nie ma takiego pliku") && said.contains("Proszę"),
        "{said}"
    );
    assert!(made(folder.path()).is_empty());
}

#[test]
fn a_wrong_variable_is_named_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::at(folder.path());
    let unknown = program.clone().with("MIERNIK_LISTN", "1").run(&["migrate"]).refused(1);
    assert!(unknown.contains("MIERNIK_") && unknown.contains("listn"), "{unknown}");
    let wrong = program.with("MIERNIK_MAIL__PAUSE_MS", "chwila").run(&["migrate"]).refused(1);
    assert!(wrong.contains("MIERNIK_") && wrong.contains("pause_ms: jest tu tekst „chwila”"), "{wrong}");
    assert!(made(folder.path()).is_empty());
}
