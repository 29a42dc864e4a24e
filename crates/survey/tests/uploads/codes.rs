//! Outcomes of single rows: codes, names and addresses against each other.

use crate::known::{contract, contracts, jst, register, units};
use survey::register::{Cell, Outcome, RawRow, classify};

fn classified(rows: &[[&str; 3]], known: &survey::register::Register) -> Vec<Outcome> {
    let header = ["Kod TERYT", "Nazwa", "E-mail"];
    let row = |(line, cells): (u32, &[&str; 3])| RawRow {
        line,
        cells: cells.iter().map(|text| Cell::Text((*text).to_owned())).collect(),
    };
    let rows: Vec<RawRow> = (1..).zip([header].iter().chain(rows)).map(row).collect();
    classify(&rows, known).split_off(1)
}

/// The outcome of one row alone, without its line.
fn one(code: &str, name: &str, email: &str) -> String {
    let found = classified(&[[code, name, email]], jst()).remove(0);
    contract(&found).split_once(',').unwrap().1.to_owned()
}

#[test]
fn codes_lead_to_their_unit_or_to_an_error() {
    for (code, name, expected) in [
        ("1401022", "Promna", "ok,1401022"),
        ("140102", "Promna", "ok_fixed,1401022"),
        ("1401000", "powiat białobrzeski", "ok,1401000"),
        ("1401", "powiat białobrzeski", "ok_fixed,1401000"),
        ("14", "województwo mazowieckie", "ok_fixed,1400000"),
        ("1436012", "Kazanów", "warn_type,1436013"),
        ("1436013", "Kazanów", "ok,1436013"),
        ("1401012", "Białobrzegi", "warn_type,1401013"),
        ("1401014", "Białobrzegi", "ignore,"),
        ("1401015", "Białobrzegi", "ignore,"),
        ("1465028", "Bemowo", "ignore,"),
        ("1465000", "Warszawa", "duplicate,1465011"),
        ("1465", "Warszawa", "duplicate,1465011"),
        ("146500", "", "duplicate,1465011"),
        ("1465011", "Warszawa", "ok,1465011"),
        ("146501", "Warszawa", "ok_fixed,1465011"),
        ("1426992", "Korczew", "error,"),
        ("0201011", "Bolesławiec", "error,"),
        ("201011", "Bolesławiec", "error,"),
        ("1,42E+06", "Promna", "error,"),
        ("14O1022", "Promna", "error,"),
        ("1401020", "Promna", "warn_type,1401022"),
        ("1401020", "Inna", "error,"),
        ("", "Promna", "error,"),
        ("Promna", "Promna", "error,"),
    ] {
        let taken = !expected.starts_with("error") && !expected.starts_with("ignore");
        let email = if taken { "ug@x.example" } else { "" };
        assert_eq!(one(code, name, "ug@x.example"), format!("{expected},{email}"), "{code} {name}");
    }
}

#[test]
fn a_name_confirms_a_code_or_speaks_against_it_but_never_identifies() {
    for (name, expected) in [
        ("Promna", "ok,1401022,ug@x.example"),
        ("", "ok,1401022,ug@x.example"),
        ("PROMNA", "ok_fixed,1401022,ug@x.example"),
        (" Promna ", "ok_fixed,1401022,ug@x.example"),
        ("Gmina Promna", "warn_name,1401022,ug@x.example"),
        ("Prómna", "warn_name,1401022,ug@x.example"),
        ("Radzanów", "conflict,1401022,"),
        ("STROMIEC ", "conflict,1401022,"),
        ("=A2&B2", "ok,1401022,ug@x.example"),
        ("=\"Promna\"", "ok_fixed,1401022,ug@x.example"),
        ("#N/A", "warn_name,1401022,ug@x.example"),
    ] {
        assert_eq!(one("1401022", name, "ug@x.example"), expected, "{name}");
    }
    assert_eq!(one("1465000", "Promna", "ug@x.example"), "conflict,1465011,");
}

#[test]
fn a_unit_that_comes_again_is_a_duplicate_or_a_conflict() {
    let rows = [
        ["1401022", "Promna", "ug@p.example"],
        ["140102", "PROMNA", "UG@p.example"],
        ["1401022", "Promna", ""],
        ["1401022", "Promna", "inny@p.example"],
        ["1401022", "Promna", "ug@p.example; inny@p.example"],
        ["1401032", "Radzanów", "brak"],
        ["1401032", "Radzanów", "ug@r.example"],
        ["1401042", "Stromiec", "ug@s.example"],
        ["1401042", "Stara Błotnica", "ug@s.example"],
        ["1401052", "Stromiec", "ug@m.example; um@m.example"],
        ["1401052", "Stromiec", "um@m.example"],
    ];
    let found: Vec<String> = classified(&rows, jst()).iter().map(contract).collect();
    assert_eq!(
        found,
        [
            "2,ok,1401022,ug@p.example",
            "3,duplicate,1401022,ug@p.example",
            "4,duplicate,1401022,",
            "5,conflict,1401022,",
            "6,conflict,1401022,",
            "7,warn_email,1401032,",
            "8,conflict,1401032,",
            "9,conflict,1401042,",
            "10,ok,1401042,ug@s.example",
            "11,warn_multi,1401052,ug@m.example",
            "12,duplicate,1401052,um@m.example",
        ]
    );
}

#[test]
fn every_problem_is_told_in_a_polish_sentence() {
    let rows = [
        ["1436012", "KAZANÓW", "a@x.example b@x.example"],
        ["14O1022", "Promna", ""],
        ["1401022", "Radzanów", "brak"],
        ["1465000", "Warszawa", "UM@x.example"],
        ["1401014", "", ""],
        ["RAZEM", "", "12"],
    ];
    for outcome in classified(&rows, jst()) {
        assert!(!outcome.problems.is_empty(), "{outcome:?}");
        for problem in &outcome.problems {
            let sentence = problem.sentence();
            assert!(sentence.ends_with('.') && sentence.contains(' '), "{sentence}");
            assert!(outcome.note.contains(&sentence), "{}", outcome.note);
        }
    }
}

#[test]
fn a_lost_leading_zero_is_put_back_by_the_register() {
    let csv = "teryt,name,kind,powiat_teryt\n0201011,Bolesławiec,gmina_miejska,0201\n0201000,powiat bolesławiecki,powiat,0201\n\
               0201022,Bolesławiec,gmina_wiejska,0201\n2010112,Sama,gmina_wiejska,2010\n0201122,Inna,gmina_wiejska,0201\n\
               2011223,Trzecia,gmina_wiejska,2011\n0200000,województwo dolnośląskie,wojewodztwo,\n";
    let sheets = crate::known::sheets(csv.as_bytes(), "r.csv");
    let known = register(&survey::register::parse_shipped(&sheets[0]).unwrap());
    for (code, name, expected) in [
        ("201011", "Bolesławiec", "ok_fixed,0201011"),
        ("201022", "Bolesławiec", "ok_fixed,0201022"),
        ("20102", "Bolesławiec", "ok_fixed,0201022"),
        ("201000", "powiat bolesławiecki", "ok_fixed,0201000"),
        ("201", "powiat bolesławiecki", "ok_fixed,0201000"),
        ("2", "województwo dolnośląskie", "ok_fixed,0200000"),
        ("201011", "Sama", "ok_fixed,2010112"),
        ("201011", "", "error,"),
        ("201122", "Inna", "ok_fixed,0201122"),
        ("201122", "Trzecia", "ok_fixed,2011223"),
        ("201122", "Jeszcze inna", "error,"),
    ] {
        let found = classified(&[[code, name, "a@x.example"]], &known).remove(0);
        let email = if expected.starts_with("error") { "" } else { "a@x.example" };
        assert_eq!(contract(&found), format!("2,{expected},{email}"), "{code} {name}");
    }
}

#[test]
fn labour_offices_are_known_by_their_own_codes() {
    let known = register(&units("up.csv"));
    for (code, name, expected) in [
        ("UP1401", "Powiatowy Urząd Pracy w Białobrzegach", "ok,UP1401"),
        ("up 1401", "Powiatowy Urząd Pracy w Białobrzegach", "ok_fixed,UP1401"),
        ("WUP14", "WOJEWÓDZKI URZĄD PRACY W WARSZAWIE", "ok_fixed,WUP14"),
        ("UP1463", "PUP Radom", "warn_name,UP1463"),
        ("UP1402", "Powiatowy Urząd Pracy w Białobrzegach", "conflict,UP1402"),
        ("UP1499", "Powiatowy Urząd Pracy w Białobrzegach", "error,"),
    ] {
        let found = classified(&[[code, name, "up@x.example"]], &known).remove(0);
        let email = if expected.starts_with("error") || expected.starts_with("conflict") {
            ""
        } else {
            "up@x.example"
        };
        assert_eq!(contract(&found), format!("2,{expected},{email}"), "{code} {name}");
    }
}

#[test]
fn columns_of_gminas_and_powiats_name_the_unit_together() {
    let text = "Województwo;Powiat;Gmina;TERYT;e-mail\n\
                mazowieckie;;;1400000;a@a.example\n\
                mazowieckie;białobrzeski;;1401000;b@b.example\n\
                mazowieckie;białobrzeski;Promna;1401022;c@c.example\n\
                mazowieckie;powiat białobrzeski;RADZANÓW;1401032;d@d.example\n";
    assert_eq!(
        contracts(text.as_bytes(), "x.csv"),
        [
            "1,header,,",
            "2,ok,1400000,a@a.example",
            "3,ok,1401000,b@b.example",
            "4,ok,1401022,c@c.example",
            "5,ok_fixed,1401032,d@d.example"
        ]
    );
}
