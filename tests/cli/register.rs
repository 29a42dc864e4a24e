//! `units import` and `units export`.

use std::fs;

use crate::process::{Database, Kind, Program};

const MESSY: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/crates/survey/tests/data/jst-cp1250-semicolons.csv");
const EXPECTED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/crates/survey/tests/data/jst-cp1250-semicolons.expected.csv");

/// The first four columns of each row: row, outcome, teryt, email. None of them ever holds a comma.
fn first_columns(text: &str) -> Vec<String> {
    text.lines().map(|line| line.splitn(5, ',').take(4).collect::<Vec<_>>().join(",")).collect()
}

#[test]
fn the_messy_upload_gives_exactly_its_expected_rows_without_any_database() {
    let folder = tempfile::tempdir().unwrap();
    let ran =
        Program::at(folder.path()).run(&["units", "import", MESSY, "--dry-run", "--report", "wynik.csv"]);
    assert!(ran.err.contains("Windows-1250") && ran.err.contains("średnik"), "{}", ran.err);
    assert_eq!(ran.done(), "");
    let report = fs::read_to_string(folder.path().join("wynik.csv")).unwrap();
    assert!(
        report.starts_with("row,outcome,teryt,email,problems,note\n")
            || report.starts_with("row,outcome,teryt,email,problems,note\r\n")
    );
    let expected = fs::read_to_string(EXPECTED).unwrap();
    assert_eq!(first_columns(&report), first_columns(&expected));
    assert_eq!(
        crate::campaign::names(folder.path()),
        ["wynik.csv"],
        "a dry run makes nothing but its report"
    );
}

fn addresses(database: &Database) -> Vec<String> {
    database.words("SELECT email AS word FROM unit_address ORDER BY email")
}

#[test]
fn a_real_import_has_the_outcomes_of_the_dry_run_and_a_second_one_changes_nothing() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::new(kind);
        let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
        program.install();
        let import = |more: &[&str]| program.run(&[&["units", "import", MESSY], more].concat());
        import(&["--dry-run", "--report", "proba.csv"]).done();
        assert!(database.words("SELECT slug AS word FROM programme").is_empty(), "a dry run stores nothing");

        let first = import(&["--report", "pierwszy.csv"]);
        let changed = |err: &str| err.rsplit(": ").next().unwrap().trim().parse::<u32>().unwrap();
        assert!(changed(&first.err) > 300, "{}", first.err);
        assert_eq!(first.done(), "");
        let stored = addresses(&database);
        assert!(stored.len() > 300, "{}", stored.len());

        let second = import(&["--report", "drugi.csv"]);
        assert_eq!(changed(&second.err), 0, "{}", second.err);
        second.done();
        assert_eq!(addresses(&database), stored);
        let report = |name: &str| fs::read_to_string(database.folder().join(name)).unwrap();
        assert_eq!(report("proba.csv"), report("pierwszy.csv"));
        assert_eq!(report("pierwszy.csv"), report("drugi.csv"));
    }
}

#[test]
fn the_register_comes_out_again_with_both_periods_of_units_that_changed() {
    let database = Database::new(Kind::Sqlite);
    let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
    program.install();
    program.run(&["units", "import", MESSY]).done();
    let printed = program.run(&["units", "export"]).done();
    program.run(&["units", "export", "-o", "rejestr.csv"]).done();
    assert_eq!(fs::read_to_string(database.folder().join("rejestr.csv")).unwrap(), printed);
    assert!(printed.lines().next().unwrap().starts_with("kod,nazwa,rodzaj,powiat,"), "{printed:.60}");
    for changed in ["Kazanów", "Stanisławów", "Małkinia Górna", "Staroźreby"] {
        let periods = printed.lines().filter(|line| line.contains(&format!(",{changed},"))).count();
        assert_eq!(periods, 2, "{changed}");
    }
    let shipped =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/forms/mazowsze/register/up.csv")).unwrap();
    let jst = printed.lines().filter(|line| line.starts_with("14")).count();
    assert_eq!(jst, 352 + 4, "352 JST, four of them with two periods");
    assert_eq!(
        printed.lines().count() - 1 - jst,
        shipped.lines().count() - 1,
        "every period of a labour office"
    );
}

#[test]
fn a_file_that_is_no_register_is_refused_and_stores_nothing() {
    let database = Database::new(Kind::Sqlite);
    let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
    program.install();
    fs::write(database.folder().join("lista.csv"), "nazwa;telefon\nPromna;12\n").unwrap();
    fs::write(database.folder().join("obraz.xlsx"), b"\x89PNG").unwrap();
    for (name, words) in [("lista.csv", "TERYT"), ("obraz.xlsx", "obraz.xlsx"), ("nie_ma.csv", "nie_ma.csv")]
    {
        for dry in [&["--dry-run"][..], &[]] {
            let said = program.run(&[&["units", "import", name], dry].concat()).refused(1);
            assert!(said.contains(words), "{said}");
        }
    }
    assert!(addresses(&database).is_empty());
}

#[test]
fn a_report_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["units", "import", MESSY, "--dry-run", "--report", "nigdzie/wynik.csv"];
    let said = Program::at(folder.path()).run(&arguments).refused(2);
    assert!(said.contains("nigdzie/wynik.csv"), "{said}");
}
