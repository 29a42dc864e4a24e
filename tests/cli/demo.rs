//! The demo: the numbers of the report of 2024 come out of a played campaign, on both databases.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use crate::campaign::{Campaign, measure, names};
use crate::process::{Database, EDITION, Kind, Program, Serving, Signal};

/// A number of the report: questionnaire, measure, value, and the base and share where the report prints them.
type Printed = (&'static str, &'static str, u64, Option<(u64, &'static str, &'static str)>);

const PRINTED: [Printed; 24] = [
    ("jst", "ankiety_jst", 135, None),
    ("up", "ankiety_up", 35, None),
    ("jst", "media_jst", 28, None),
    ("jst", "media_artykuly", 261, None),
    ("jst", "media_rozne", 67, None),
    ("jst", "dokumenty_jst", 54, Some((135, "all", "40%"))),
    ("jst", "dokumenty", 69, None),
    ("jst", "wydarzenia_jst", 61, Some((127, "answered", "48%"))),
    ("jst", "wydarzenia_jst_wszystkie", 61, Some((135, "all", "45%"))),
    ("jst", "wydarzenia_udzialy", 131, None),
    ("jst", "zamowienia_jst", 8, Some((135, "all", "6%"))),
    ("jst", "problemy_jst", 12, None),
    ("jst", "potrzeby_jst", 43, None),
    ("up", "szkolenia_up", 4, None),
    ("up", "doradztwo_up", 6, None),
    ("up", "doradztwo_uslugi", 7, None),
    ("up", "spotkania_up", 21, None),
    ("up", "spotkania_udzialy", 41, None),
    ("up", "organizacja_up", 8, None),
    ("up", "organizacja_wydarzenia", 20, None),
    ("up", "miejsca_pracy", 33, None),
    ("up", "miejsca_pracy_ps", 28, None),
    ("up", "badania_up", 0, None),
    ("up", "potrzeby_up", 10, None),
];

/// Every number of the report, and how many were asked and answered.
#[track_caller]
fn assert_numbers_of_the_report(measures: &Value) {
    let forms =
        json!({ "jst": { "invited": 351, "submitted": 135 }, "up": { "invited": 40, "submitted": 35 } });
    assert_eq!(measures["forms"], forms);
    for (form, name, value, base) in PRINTED {
        let found = measure(measures, form, name);
        assert_eq!(found["value"], json!(value), "{found}");
        if let Some((base, kind, share)) = base {
            assert_eq!(found["numerator"], json!(value), "{found}");
            assert_eq!((&found["base"], &found["denominator"]), (&json!(base), &json!(base)), "{found}");
            assert_eq!((&found["base_kind"], &found["share_text"]), (&json!(kind), &json!(share)), "{found}");
        }
    }
}

/// What depends on nothing but the seed: everything but the moment of the run.
fn numbers(measures: &Value) -> &Value {
    &measures["measures"]
}

#[test]
fn every_number_of_the_report_comes_out_on_sqlite_with_its_base() {
    let campaign = Campaign::shared();
    assert_numbers_of_the_report(&campaign.report["measures"]);
    assert_eq!(campaign.measures(), campaign.report["measures"], "the command prints what the demo printed");
}

#[test]
fn every_number_of_the_report_comes_out_on_postgresql_the_same_as_on_sqlite() {
    let database = Database::new(Kind::Postgres);
    let campaign = Campaign::play(database.folder(), &["--database", &database.url]);
    assert_eq!(campaign.report["database"], json!(database.url));
    assert!(!campaign.dir.join("miernik.db").exists());
    let measures = campaign.measures();
    assert_numbers_of_the_report(&measures);
    // The same seed gives the same answers, whatever the database and the hour.
    assert_eq!(numbers(&measures), numbers(&Campaign::shared().report["measures"]));
    assert_eq!(measures["as_of"], json!({ "seq": 170, "frozen": false }));
}

#[test]
fn sixty_one_of_those_who_answered_stands_beside_sixty_one_of_all_by_name() {
    let text = Campaign::shared().program().run(&["measures", "--edition", EDITION]).done();
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.contains("[jst.wydarzenia_jst]")).unwrap();
    assert!(lines[first].contains(": 61 (48%; n = 127, ankiety z odpowiedzią)"), "{}", lines[first]);
    assert!(lines[first + 1].contains("[jst.wydarzenia_jst_wszystkie]"), "{}", lines[first + 1]);
    assert!(
        lines[first + 1].contains(": 61 (45%; n = 135, wszystkie złożone ankiety)"),
        "{}",
        lines[first + 1]
    );
    for code in ["answered", ", all)", "relevant"] {
        assert!(!text.contains(code), "{code} in\n{text}");
    }
}

#[test]
fn every_invitation_and_every_receipt_is_a_letter_in_the_outbox() {
    let campaign = Campaign::shared();
    let outbox = campaign.dir.join("outbox");
    let mut subjects: BTreeMap<String, u32> = BTreeMap::new();
    for name in names(&outbox) {
        let letter = fs::read_to_string(outbox.join(name)).unwrap();
        let subject = letter.lines().find(|line| line.starts_with("Subject: ")).unwrap();
        *subjects.entry(subject.split(' ').nth(1).unwrap().to_owned()).or_default() += 1;
        assert!(letter.contains("Reply-To: ankieta@mcps.example"), "{letter}");
        // Quoted-printable keeps what is not Polish as it is.
        assert!(!letter.contains("DO UZUPE"), "{letter}");
        let to = letter.lines().find(|line| line.starts_with("To: ")).unwrap();
        assert!(to.ends_with(".example") || to.contains(".example>"), "{to}");
    }
    assert_eq!(subjects, BTreeMap::from([("Ankieta".to_owned(), 391), ("Potwierdzenie".to_owned(), 170)]));
}

#[test]
fn another_seed_gives_other_answers_with_the_same_numbers_and_serves_them_until_ctrl_c() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--dir", "inny", "--port", "0", "--json", "--seed", "7"];
    let (serving, printed) = Serving::announced_beside(Program::at(folder.path()).command(&arguments));
    let report: Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(report["url"], json!(serving.address));
    assert_numbers_of_the_report(&report["measures"]);
    let first = Campaign::shared();
    assert_ne!(numbers(&report["measures"]), numbers(&first.report["measures"]));
    assert_ne!(report["respondents"][0]["link"], first.report["respondents"][0]["link"]);

    let panel = reqwest::blocking::get(report["panel"]["url"].as_str().unwrap()).unwrap().text().unwrap();
    assert!(panel.contains("name=\"haslo\""), "{panel}");
    let open = state(&report, "open");
    let start = reqwest::blocking::get(open["link"].as_str().unwrap()).unwrap().text().unwrap();
    assert!(start.contains(open["unit"].as_str().unwrap()) && start.contains("dane przykładowe"));
    let ended = serving.end(Signal::Interrupt);
    assert_eq!((ended.status.code(), ended.printed.as_str()), (Some(0), ""), "{}", ended.err);
}

/// The first office that came so far.
fn state<'a>(report: &'a Value, state: &str) -> &'a Value {
    report["respondents"].as_array().unwrap().iter().find(|one| one["state"] == state).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_printed_document_has_exactly_the_agreed_keys() {
    let campaign = Campaign::shared();
    let report = &campaign.report;
    let all = "dir config database url edition outbox respondents panel api_key measures";
    assert_eq!(keys(report).join(" "), all);
    assert_eq!(keys(&report["respondents"][0]).join(" "), "form unit state link code");
    assert_eq!(keys(&report["panel"]).join(" "), "url login password");
    assert_eq!(keys(&report["measures"]).join(" "), "edition as_of synthetic notice forms measures codes");
    assert_eq!(keys(&report["measures"]["as_of"]).join(" "), "seq frozen");
    assert_eq!(keys(&report["measures"]["forms"]["jst"]).join(" "), "invited submitted");
    let measure = "form name label fn value numerator denominator base base_kind share share_text \
                   answered missing dont_know not_relevant rows caveat";
    for found in report["measures"]["measures"].as_array().unwrap() {
        assert_eq!(keys(found).join(" "), measure);
    }
    assert_eq!(report["measures"]["synthetic"], json!(true));
    let notice = "dane przykładowe, nie są odpowiedziami wymienionych urzędów";
    assert_eq!(report["measures"]["notice"], json!(notice));
    assert_eq!(report["edition"], json!(EDITION));
}

#[test]
fn printed_paths_are_absolute_and_there_is_an_open_and_a_sent_questionnaire_of_each_kind() {
    let campaign = Campaign::shared();
    let report = &campaign.report;
    let at = |name: &str| json!(campaign.dir.join(name).display().to_string());
    assert_eq!(report["dir"], json!(campaign.dir.display().to_string()));
    assert_eq!(report["config"], at("miernik.toml"));
    assert_eq!(report["database"], at("miernik.db"));
    assert_eq!(report["outbox"], at("outbox"));
    assert_eq!(names(&campaign.dir), ["keys", "miernik.db", "miernik.toml", "outbox"]);
    let respondents = report["respondents"].as_array().unwrap();
    for form in ["jst", "up"] {
        for state in ["open", "started", "submitted"] {
            assert!(
                respondents.iter().any(|one| one["form"] == form && one["state"] == state),
                "{form} {state}"
            );
        }
    }
    let settings = fs::read_to_string(campaign.dir.join("miernik.toml")).unwrap();
    assert!(!settings.contains(&campaign.dir.display().to_string()), "{settings}");
}

#[test]
fn an_empty_folder_is_taken_and_one_that_is_not_empty_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("pokaz");
    fs::create_dir(&dir).unwrap();
    let program = Program::at(folder.path());
    program.run(&["demo", "--dir", "pokaz", "--once", "--port", "0"]).done();
    let before = names(&dir);
    let settings = fs::read(dir.join("miernik.toml")).unwrap();
    let database = fs::read(dir.join("miernik.db")).unwrap();

    let said = program.run(&["demo", "--dir", "pokaz", "--once", "--port", "0", "--json"]).refused(1);
    assert!(said.contains("nie jest pusty") && said.contains("--dir"), "{said}");
    assert_eq!(names(&dir), before);
    assert_eq!(fs::read(dir.join("miernik.toml")).unwrap(), settings);
    assert_eq!(fs::read(dir.join("miernik.db")).unwrap(), database);
}

#[test]
fn a_port_that_is_taken_is_said_and_nothing_is_made_unless_nobody_will_listen_there() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let said = Program::at(folder.path()).run(&["demo", "--dir", "d", "--port", &port]).refused(1);
    assert!(said.contains(&port) && said.contains("zajęte") && said.contains("--port"), "{said}");
    assert!(!folder.path().join("d").exists());
    // A folder that cannot be used is told first.
    fs::create_dir(folder.path().join("pełny")).unwrap();
    fs::write(folder.path().join("pełny/plik"), "").unwrap();
    let said = Program::at(folder.path()).run(&["demo", "--dir", "pełny", "--port", &port]).refused(1);
    assert!(said.contains("nie jest pusty"), "{said}");
    Program::at(folder.path()).run(&["demo", "--dir", "d", "--once", "--port", &port]).done();
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    // A file in the way: whoever runs the test, root or not, cannot make a folder below it.
    fs::write(folder.path().join("plik"), "").unwrap();
    let said =
        Program::at(folder.path()).run(&["demo", "--dir", "plik/pokaz", "--once", "--port", "0"]).refused(2);
    assert!(said.contains("plik/pokaz"), "{said}");
}

#[test]
fn a_broken_questionnaire_stops_the_demo_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let forms = crate::editions::forms_with(folder.path(), |jst| jst.replacen("label = ", "label == ", 1));
    let arguments = ["demo", "--dir", "d", "--once", "--port", "0", "--forms", &forms];
    let said = Program::at(folder.path()).run(&arguments).refused(1);
    assert!(said.contains("2024/jst.toml:"), "{said}");
    assert!(!folder.path().join("d").exists());
}

#[test]
fn without_json_the_demo_prints_the_numbers_and_three_addresses_to_click() {
    let folder = tempfile::tempdir().unwrap();
    let printed = Program::at(folder.path()).run(&["demo", "--once", "--port", "0"]).done();
    assert!(printed.contains("61 (48%; n = 127, ankiety z odpowiedzią)"), "{printed}");
    let addresses = printed.split("Adresy do kliknięcia:").nth(1).unwrap();
    assert!(addresses.contains("/a/") && addresses.contains("/panel (login: "), "{addresses}");
    assert!(addresses.contains("miernik-demo/outbox"), "{addresses}");
    assert!(folder.path().join("miernik-demo/miernik.toml").exists());
}
