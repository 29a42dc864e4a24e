//! `serve` as a process.

use std::fs;
use std::net::TcpListener;

use crate::campaign::Campaign;
use crate::process::{Database, EDITION, Kind, Program, Serving, Signal};

#[test]
fn the_first_line_says_where_and_signals_end_it_well() {
    for signal in [Signal::Terminate, Signal::Interrupt] {
        let (folder, program) = Campaign::shared().copy();
        let serving = Serving::start(&program);
        assert_eq!(serving.before, "", "nothing is printed before the address");
        assert!(serving.address.starts_with("http://127.0.0.1:"), "{}", serving.address);
        let live = reqwest::blocking::get(format!("{}/health/live", serving.address)).unwrap();
        assert_eq!(live.status().as_u16(), 200);
        let ended = serving.end(signal);
        assert_eq!((ended.status.code(), ended.printed.as_str()), (Some(0), ""), "{signal:?}: {}", ended.err);
        assert!(!folder.path().join("miernik.db-wal").exists(), "the journal is written back into the file");
    }
}

#[test]
fn a_second_process_on_the_same_file_refuses_and_other_commands_work_meanwhile() {
    let (_folder, program) = Campaign::shared().copy();
    let serving = Serving::start(&program);
    let second = program.clone().with("MIERNIK_LISTEN", "127.0.0.1:0");
    let said = second.run(&["serve"]).refused(2);
    assert!(said.contains("miernik.db") && said.contains("inny proces"), "{said}");
    for command in [
        &["measures", "--edition", EDITION][..],
        &["links", "--edition", EDITION, "--reissue", "1401022"],
        &["key", "add", "--programme", "mazowsze", "--name", "drugi"],
        &["migrate"],
        &["edition", "close", EDITION],
    ] {
        program.run(command).done();
    }
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
    // The file is free again.
    assert_eq!(Serving::start(&program).end(Signal::Terminate).status.code(), Some(0));
}

#[test]
fn a_process_that_was_killed_leaves_the_file_free() {
    let (_folder, program) = Campaign::shared().copy();
    let killed = Serving::start(&program).end(Signal::Kill);
    assert_eq!(killed.status.code(), None);
    assert_eq!(Serving::start(&program).end(Signal::Terminate).status.code(), Some(0));
}

#[test]
fn two_processes_serve_one_postgresql_database() {
    let database = Database::new(Kind::Postgres);
    let program = Program::at(database.folder()).with("MIERNIK_DATABASE", &database.url);
    program.install();
    let (first, second) = (Serving::start(&program), Serving::start(&program));
    for serving in [first, second] {
        let ready = reqwest::blocking::get(format!("{}/health/ready", serving.address)).unwrap();
        assert_eq!(ready.status().as_u16(), 200);
        assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
    }
}

#[test]
fn an_address_that_is_taken_is_said() {
    let (_folder, program) = Campaign::shared().copy();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = program.with("MIERNIK_LISTEN", &address).run(&["serve"]).refused(2);
    assert!(said.contains(&address) && said.contains("nie można nasłuchiwać"), "{said}");
}

#[test]
fn a_mail_folder_that_cannot_be_made_is_named() {
    let (folder, program) = Campaign::shared().copy();
    fs::write(folder.path().join("plik"), "").unwrap();
    let program =
        program.with("MIERNIK_MAIL__FILE__FOLDER", "plik/outbox").with("MIERNIK_LISTEN", "127.0.0.1:0");
    let said = program.run(&["serve"]).refused(2);
    assert!(said.contains("plik/outbox"), "{said}");
}
