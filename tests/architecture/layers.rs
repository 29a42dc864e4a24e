//! Who may know whom inside the root package.

use crate::none;
use crate::tree::{File, files, has_word};

/// The parts of `src/` and which others each may name.
const PARTS: [(&str, &[&str]); 12] = [
    ("app", &["clock", "config", "jobs", "mail", "service", "web", "words"]),
    ("cli", &["app", "clock", "config", "demo", "forms", "mail", "service", "telemetry", "words"]),
    ("clock", &[]),
    ("config", &["words"]),
    ("demo", &["app", "clock", "config", "forms", "jobs", "mail", "service", "words"]),
    ("forms", &["words"]),
    ("jobs", &["clock", "config", "mail", "service"]),
    ("mail", &["clock", "config", "words"]),
    ("service", &["clock", "config", "forms", "mail", "words"]),
    ("telemetry", &[]),
    ("web", &["clock", "config", "service"]),
    ("words", &[]),
];

/// Libraries and the only places of `src/` that may name them.
const OWNERS: [(&str, &[&str]); 7] = [
    ("actix_web", &["web", "app"]),
    ("askama", &["web"]),
    ("lettre", &["mail"]),
    ("clap", &["cli"]),
    ("argon2", &["service"]),
    ("diesel", &[]),
    ("getrandom", &["clock"]),
];

/// What asks the machine for the time or for randomness.
const HIDDEN_SOURCES: [&str; 8] = [
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "now_v7",
    "new_v4",
    "getrandom::",
    "env::var(",
];

fn unknown_or_forbidden_parts(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources {
        let Some(part) = file.part().filter(|part| !["lib", "main"].contains(part)) else { continue };
        let Some((_, allowed)) = PARTS.iter().find(|(name, _)| *name == part) else {
            found.push(format!("{}: a part of src/ that the table does not know", file.path));
            continue;
        };
        for (other, _) in PARTS.iter().filter(|(other, _)| *other != part && !allowed.contains(other)) {
            if has_word(&file.code(), &format!("crate::{other}")) {
                found.push(format!("{}: {part} must not name {other}", file.path));
            }
        }
    }
    found
}

fn libraries_out_of_place(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources.iter().filter(|file| file.path.starts_with("src/")) {
        for (library, places) in OWNERS {
            if has_word(&file.code(), library) && !places.contains(&file.part().unwrap_or_default()) {
                found.push(format!("{}: only {places:?} may name {library}", file.path));
            }
        }
    }
    found
}

fn transactions_at_the_edges(sources: &[File]) -> Vec<String> {
    let edges = sources
        .iter()
        .filter(|file| ["web", "cli", "jobs", "mail"].contains(&file.part().unwrap_or_default()));
    let named = edges.filter(|file| has_word(&file.code(), "Tx"));
    named.map(|file| format!("{}: transactions belong to src/service", file.path)).collect()
}

fn hidden_time_and_randomness(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources.iter().filter(|file| file.is_source() && file.path != "src/clock.rs") {
        for source in HIDDEN_SOURCES.iter().filter(|source| file.code().contains(**source)) {
            found.push(format!("{}: {source} is for src/clock.rs only", file.path));
        }
    }
    found
}

#[test]
fn every_part_of_the_program_names_only_parts_below_it() {
    none(&unknown_or_forbidden_parts(&files(&["rs"])));
    let bad = [
        File::new("src/service/x.rs", "use crate::web::pages;"),
        File::new("src/mail/x.rs", "use crate::service::Service;"),
        File::new("src/newcomer.rs", ""),
    ];
    assert_eq!(unknown_or_forbidden_parts(&bad).len(), 3);
}

#[test]
fn a_library_is_named_only_where_it_belongs() {
    none(&libraries_out_of_place(&files(&["rs"])));
    let bad = [
        File::new("src/service/x.rs", "use actix_web::HttpResponse;"),
        File::new("src/web/x.rs", "use diesel::prelude::*;"),
        File::new("src/cli/x.rs", "use lettre::Message;"),
    ];
    assert_eq!(libraries_out_of_place(&bad).len(), 3);
}

#[test]
fn web_commands_jobs_and_mail_never_name_a_transaction() {
    none(&transactions_at_the_edges(&files(&["rs"])));
    let bad = [File::new("src/web/x.rs", "fn f(tx: &mut store::Tx<'_>) {}")];
    assert_eq!(transactions_at_the_edges(&bad).len(), 1);
}

#[test]
fn nothing_but_the_clock_file_asks_the_machine_for_time_or_randomness() {
    none(&hidden_time_and_randomness(&files(&["rs"])));
    let bad = [
        File::new("crates/survey/src/x.rs", "let now = chrono::Utc::now();"),
        File::new("src/jobs/x.rs", "let id = Uuid::now_v7();"),
    ];
    assert_eq!(hidden_time_and_randomness(&bad).len(), 2);
    let fine = [File::new("src/jobs/x.rs", "// never Utc::now()"), File::new("src/clock.rs", "Utc::now()")];
    assert_eq!(hidden_time_and_randomness(&fine), [""; 0]);
}
