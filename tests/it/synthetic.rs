//! Made-up answers say so wherever they are seen.

use serde_json::Value;

use crate::harness::{LOGIN, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Synthetic:
    every_page_and_file_says_that_answers_are_made_up,
}

const NOTICE: &str = "dane przykładowe, nie są odpowiedziami wymienionych urzędów";

/// Files of the panel with a row per something of the answers.
const FILES: [&str; 6] = [
    "liczby/mierniki.csv",
    "liczby/mierniki-excel.csv",
    "przekroje/przekroje.csv?miernik=jst.suma&wiersze=kind",
    "laczenie/jst/wpis/grupy.csv",
    "laczenie/jst/wpis/grupy-excel.csv",
    "kodowanie/jst/opis/csv",
];

fn every_page_and_file_says_that_answers_are_made_up(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.answer("nie", "1");
    for path in [
        office.link.as_str(),
        "/ankieta",
        "/ankieta/czesc/liczby",
        "/ankieta/kopia",
        "/ankieta/potwierdzenie",
    ] {
        assert!(office.get(path).with_status(200).text(".synthetic").contains(NOTICE), "{path}");
    }
    let all = app.program().measures();
    assert_eq!((&all["synthetic"], &all["notice"]), (&Value::Bool(true), &Value::from(NOTICE)));
    for rest in [".csv", ".csv?profil=excel"] {
        let table = app.program().ask(rest).with_status(200);
        assert!(table.source().lines().skip(1).all(|line| line.contains(NOTICE)), "{}", table.source());
    }
    let anna = app.analyst();
    anna.log_in(LOGIN, PASSWORD).location();
    for path in ["/panel", "/panel/proba/2024/liczby"] {
        assert!(anna.get(path).with_status(200).text(".synthetic").contains(NOTICE), "{path}");
    }
    for file in FILES {
        let table = anna.get(&format!("/panel/proba/2024/{file}")).with_status(200);
        let rows: Vec<&str> = table.source().lines().skip(1).collect();
        assert!(
            table.source().lines().next().unwrap().contains("uwaga_o_danych") || file.contains("excel"),
            "{file}"
        );
        assert!(rows.iter().all(|row| row.contains(NOTICE)), "{file}: {}", table.source());
    }
}
