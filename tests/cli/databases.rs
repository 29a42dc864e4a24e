//! Databases that are missing, away, older, newer, or ask for a newer program.

use std::fs;

use crate::process::{Database, EDITION, Kind, Program, Serving, Signal};

/// Commands that need a database.
const COMMANDS: [&[&str]; 7] = [
    &["serve"],
    &["measures", "--edition", EDITION],
    &["links", "--edition", EDITION],
    &["edition", "close", EDITION],
    &["key", "list"],
    &["units", "export"],
    &["invite", "--edition", EDITION],
];

fn program(database: &Database) -> Program {
    Program::at(database.folder())
        .with("MIERNIK_DATABASE", &database.url)
        .with("MIERNIK_LISTEN", "127.0.0.1:0")
}

/// Asserts that every command could not run and said something with these words; no English reason alone.
#[track_caller]
fn assert_all_say(program: &Program, words: &[&str]) {
    for command in COMMANDS {
        let said = program.run(command).refused(2);
        for word in words {
            assert!(said.contains(word), "{command:?}: {said}");
        }
    }
}

#[test]
fn a_missing_file_is_named_with_the_command_that_makes_it() {
    let database = Database::new(Kind::Sqlite);
    let program = program(&database);
    program.run(&["key", "new"]).done();
    assert_all_say(&program, &["nie ma pliku bazy", &database.url, "miernik migrate"]);
    assert!(!database.folder().join("miernik.db").exists(), "looking for a database does not make one");
}

#[test]
fn a_server_that_does_not_answer_is_named_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://jan:tajne@127.0.0.1:1/miernik?application_name=ukryte";
    let program = Program::at(folder.path()).with("MIERNIK_DATABASE", url);
    program.run(&["key", "new"]).done();
    for command in
        COMMANDS.into_iter().chain([&["migrate"][..], &["units", "import", "Cargo.toml", "--dry-run"]])
    {
        fs::write(folder.path().join("Cargo.toml"), "x").unwrap();
        let said = program.run(command).refused(2);
        assert!(
            said.contains("nie odpowiada") && said.contains("127.0.0.1:1/miernik"),
            "{command:?}: {said}"
        );
        assert!(said.contains("Proszę sprawdzić adres"), "{command:?}: {said}");
        assert!(!said.contains("tajne") && !said.contains("ukryte"), "{command:?}: {said}");
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::at(folder.path());
    program.run(&["key", "new"]).done();
    for command in [&["migrate"][..], &["serve"]] {
        let said = program.run(&[command, &["--database", "mysql://x/y"]].concat()).refused(2);
        assert!(said.contains("mysql://x/y") && said.contains("postgres://"), "{said}");
    }
    let said = program.run(&["migrate", "--database", "nigdzie/a.db"]).refused(2);
    assert!(said.contains("nigdzie/a.db") && said.contains("Proszę"), "{said}");
}

#[test]
fn an_older_schema_asks_for_migrate_and_works_after_it() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::new(kind);
        let program = program(&database);
        program.run(&["key", "new"]).done();
        // A database as a program with nothing but the first migration would have left it.
        let folder = if kind == Kind::Sqlite { "sqlite" } else { "postgres" };
        let first = format!("{}/migrations/{folder}/0001_programme/up.sql", env!("CARGO_MANIFEST_DIR"));
        let list = "CREATE TABLE __diesel_schema_migrations (version VARCHAR(50) PRIMARY KEY NOT NULL, \
                    run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP); \
                    INSERT INTO __diesel_schema_migrations (version) VALUES ('0001')";
        database.execute(&format!("{}; {list}", fs::read_to_string(first).unwrap()));
        assert_all_say(&program, &["starsza niż ten program", "0002", "miernik migrate"]);
        let migrated = program.run(&["migrate"]);
        assert!(migrated.err.contains("0002") && !migrated.err.contains("0001"), "{}", migrated.err);
        assert_eq!(migrated.done(), "");
        program.run(&["key", "list"]).done();
        let again = program.run(&["migrate"]);
        assert!(again.err.contains("jest aktualna"), "{}", again.err);
    }
}

#[test]
fn a_newer_schema_is_served_and_a_database_that_asks_for_a_newer_program_is_not() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::new(kind);
        let program = program(&database);
        program.install();
        database.execute(
            "INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('0999', CURRENT_TIMESTAMP)",
        );
        let serving = Serving::start(&program);
        let ready = reqwest::blocking::get(format!("{}/health/ready", serving.address)).unwrap();
        assert_eq!(ready.status().as_u16(), 200);
        assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));

        database.execute("UPDATE meta SET value = '99.1.0' WHERE name = 'oldest_program'");
        assert_all_say(&program, &["99.1.0", "zaktualizować program"]);
    }
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_as_it_is() {
    let database = Database::new(Kind::Sqlite);
    let program = program(&database);
    program.run(&["key", "new"]).done();
    let text = "To jest list, a nie baza danych.\n".repeat(100);
    fs::write(database.folder().join("miernik.db"), &text).unwrap();
    for command in [&["migrate"][..], &["serve"], &["measures", "--edition", EDITION]] {
        let said = program.run(command).refused(2);
        assert!(said.contains("miernik.db"), "{said}");
    }
    assert_eq!(fs::read_to_string(database.folder().join("miernik.db")).unwrap(), text);
}
