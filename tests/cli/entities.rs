//! `entities import`.

use std::fs;

use crate::process::{Database, EDITION, Kind, Program};

const LIST: &str = "Rejestr przedsiębiorstw społecznych\n\
    Lp.;Nazwa;NIP;KRS;Forma prawna;Siedziba;Data nadania statusu;Data utraty statusu;Data założenia\n\
    1;Spółdzielnia „Robota”;525-224-84-81;;spółdzielnia socjalna;Radom;2023-03-01;;2015-01-01\n\
    2;Fundacja Krok;;123456;fundacja;Płock;1.02.2023;;2011\n\
    3;Zła suma;5252248482;;fundacja;Płock;2023-02-01;;\n\
    Razem;3\n";

fn import<'a>(date: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let always = ["entities", "import", "ps.csv", "--list", "ps", "--date", date, "--source", "wojewoda"];
    [&always[..], more].concat()
}

#[test]
fn every_row_of_a_list_has_one_outcome_and_a_later_list_proposes_the_end_of_who_vanished() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::new(kind);
        let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
        program.install();
        program.run(&["edition", "create", EDITION]).done();
        fs::write(database.folder().join("ps.csv"), LIST).unwrap();
        let report = |name: &str| fs::read_to_string(database.folder().join(name)).unwrap();
        let outcomes = |name: &str| -> Vec<String> {
            let rows = report(name);
            rows.lines()
                .skip(1)
                .map(|line| line.splitn(3, ',').take(2).collect::<Vec<_>>().join(","))
                .collect()
        };

        let dry = program.run(&import("2023-12-31", &["--dry-run", "--report", "proba.csv"]));
        assert!(dry.err.contains("niczego nie zapisano"), "{}", dry.err);
        assert_eq!(dry.done(), "");
        assert!(report("proba.csv").starts_with("row,outcome,nip,krs,name,note"));
        let expected = ["1,ignore", "2,header", "3,new", "4,new", "5,error", "6,ignore"];
        assert_eq!(outcomes("proba.csv"), expected);
        assert!(report("proba.csv").contains("kontrolną"));
        assert!(database.words("SELECT name AS word FROM entity_mention").is_empty());

        let said = program.run(&import("2023-12-31", &["--report", "pierwszy.csv"])).refused(1);
        assert!(said.contains("wiersz 5") && said.contains("kontrolną"), "{said}");
        assert_eq!(report("proba.csv"), report("pierwszy.csv"));
        assert!(database.words("SELECT name AS word FROM entity_mention").is_empty(), "all or nothing");

        let right = LIST.replace("3;Zła suma;5252248482;;fundacja;Płock;2023-02-01;;\n", "");
        assert_ne!(right, LIST);
        fs::write(database.folder().join("ps.csv"), &right).unwrap();
        program.run(&import("2023-12-31", &[])).done();
        let names = || database.words("SELECT name AS word FROM entity_mention ORDER BY name");
        assert_eq!(names(), ["Fundacja Krok", "Spółdzielnia „Robota”"]);
        let again = program.run(&import("2023-12-31", &[]));
        assert!(again.err.contains("już wczytana"), "{}", again.err);
        again.done();
        assert_eq!(names().len(), 2);

        let later: String =
            right.lines().filter(|line| !line.contains("Krok")).map(|line| format!("{line}\n")).collect();
        fs::write(database.folder().join("ps.csv"), later).unwrap();
        program.run(&import("2024-12-31", &["--report", "drugi.csv"])).done();
        assert_eq!(outcomes("drugi.csv"), ["1,ignore", "2,header", "3,unchanged", "4,ignore", ",vanished"]);
        assert!(report("drugi.csv").contains("Proponowany ostatni dzień statusu: 2024-12-30"));
    }
}

#[test]
fn an_unknown_list_and_a_file_that_is_no_list_are_named() {
    let database = Database::new(Kind::Sqlite);
    let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
    program.install();
    program.run(&["edition", "create", EDITION]).done();
    fs::write(database.folder().join("ps.csv"), "uchwała;nr\nw sprawie;5\n").unwrap();
    let said = program.run(&import("2024-12-31", &[])).refused(1);
    assert!(said.contains("ps.csv") && said.contains("nagłówkami"), "{said}");
    let wrong = ["entities", "import", "ps.csv", "--list", "pes", "--date", "2024-12-31", "--source", "x"];
    let said = program.run(&wrong).refused(1);
    assert!(said.contains("„pes”") && said.contains("cis"), "{said}");
}
