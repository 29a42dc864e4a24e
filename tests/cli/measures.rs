//! Measures in every form, the same on the command line and over HTTP.

use crate::campaign::Campaign;
use crate::process::{EDITION, Program, Serving, Signal};

fn printed(program: &Program, format: &str) -> Vec<u8> {
    let ran = program.run(&["measures", "--edition", EDITION, "--format", format]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    ran.out
}

#[test]
fn the_api_answers_the_same_documents_as_the_command() {
    let campaign = Campaign::shared();
    let (_folder, program) = campaign.copy();
    let serving = Serving::start(&program);
    let address = format!("{}/api/v1/editions/{EDITION}/measures", serving.address);
    let key = campaign.report["api_key"].as_str().unwrap();
    let get = |rest: &str| {
        let client = reqwest::blocking::Client::new();
        let answer = client.get(format!("{address}{rest}")).bearer_auth(key).send().unwrap();
        assert!(answer.status().is_success(), "{rest}: {}", answer.status());
        answer.bytes().unwrap().to_vec()
    };
    // While `serve` runs, the command works on the same database.
    for (rest, format) in [("", "json"), (".csv", "csv"), (".csv?profil=excel", "csv-excel")] {
        assert_eq!(get(rest), printed(&program, format), "{format}");
    }
    assert_eq!(reqwest::blocking::get(&address).unwrap().status().as_u16(), 401);
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
}

#[test]
fn json_is_one_document() {
    let bytes = printed(&Campaign::shared().program(), "json");
    let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(document["edition"], EDITION);
}

#[test]
fn open_data_are_read_by_programs_and_the_other_table_by_polish_excel() {
    let program = Campaign::shared().program();
    let open = String::from_utf8(printed(&program, "csv")).unwrap();
    let excel = String::from_utf8(printed(&program, "csv-excel")).unwrap();
    let row = |table: &str, separator: &str, name: &str| -> Vec<String> {
        let of = |line: &&str| line.contains(&format!("{separator}{name}{separator}"));
        // No cell before the number of answers holds a separator inside quotes but the notice and the description.
        table.lines().find(of).unwrap().split(separator).map(str::to_owned).collect()
    };
    assert!(open.starts_with("edycja,stan_liczenia,uwaga_o_danych,ankieta,miernik,"), "{open:.80}");
    assert!(excel.starts_with("\u{feff}Edycja;Stan liczenia;Uwaga o danych;Ankieta;Miernik;"), "{excel:.80}");
    assert!(excel.contains("\r\n"));
    let open = row(&open, ",", "wydarzenia_jst");
    let excel = row(&excel, ";", "wydarzenia_jst");
    assert!(open.contains(&"share".to_owned()), "{open:?}");
    assert!(excel.contains(&"liczba i odsetek".to_owned()), "{excel:?}");
    let answered = [(open, "answered", "0.480315"), (excel, "ankiety z odpowiedzią", "0,480315")];
    for (row, base, share) in answered {
        let counts = row.iter().position(|cell| cell == "61").unwrap();
        assert_eq!(row[counts..counts + 5], ["61", "61", "127", base, share]);
        assert!(row.iter().any(|cell| cell.contains("dane przykładowe")), "{row:?}");
    }
}

#[test]
fn an_edition_that_there_is_not_is_wrong_input() {
    let program = Campaign::shared().program();
    for name in ["mazowsze/1999", "podlasie/2024"] {
        let said = program.run(&["measures", "--edition", name, "--format", "json"]).refused(1);
        assert!(said.contains(name), "{said}");
    }
    let said = program.run(&["measures", "--edition", "mazowsze"]).refused(1);
    assert!(said.contains("mazowsze/2024"), "{said}");
}

#[test]
fn measures_are_broken_down_and_small_groups_leave_only_when_asked_for() {
    let program = Campaign::shared().program();
    let printed = |more: &[&str]| {
        let arguments = ["measures", "--edition", EDITION, "--by", "kind", "--measure", "up.spotkania_up"];
        let ran = program.run(&[&arguments[..], more].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        String::from_utf8(ran.out).unwrap()
    };
    let outside = printed(&[]);
    assert!(outside.contains("ogółem: 21 (62%; n = 34); złożone 35 z 40"), "{outside}");
    assert_eq!(outside.matches("ukryte").count(), 2, "one office would follow from the others: {outside}");
    let inside = printed(&["--with-small-groups"]);
    assert!(inside.contains("wojewódzki urząd pracy: 0 (n = 1); złożone 1 z 1"), "{inside}");
    let filtered = printed(&["--where", "kind=PUP", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&filtered).unwrap();
    let groups = document["tables"][0]["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["hidden"] == true), "a filter opens nothing: {groups:?}");
    let wrong = ["measures", "--edition", EDITION, "--by", "kolor"];
    assert!(program.run(&wrong).refused(1).contains("kolor"));
}
