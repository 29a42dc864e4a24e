//! Commands. Standard output carries only the result; progress and the log go to standard error.
//! A command ends with 0, with 1 (the input is wrong, with a list of what and where) or with 2 (it could not run).

mod args;
mod codes;
mod compare;
mod demo;
mod edition;
mod entities;
mod files;
mod form;
mod indicators;
mod invite;
mod key;
mod measures;
mod open;
mod report;
mod responses;
mod serve;
mod things;
mod units;
mod uploads;
mod usage;
mod user;

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use store::StoreError;

use args::{Cli, Command};

use crate::service::{COMMAND, Refused};
use crate::words;

/// How a command fails.
#[derive(Debug)]
pub enum Failure {
    /// What was given is wrong: exit code 1. The lines say what, where and what to do.
    Input(Vec<String>),
    /// It could not run: exit code 2.
    Cannot(anyhow::Error),
}

impl Failure {
    /// One wrong thing.
    pub(crate) fn input(line: impl Into<String>) -> Self {
        Self::Input(vec![line.into()])
    }
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    /// A use case's refusal is either about what was given or about the machine; everything else is the machine.
    fn from(error: E) -> Self {
        match error.into().downcast::<Refused>() {
            Ok(Refused::Input(lines)) => Self::Input(lines),
            Ok(Refused::UnknownEdition(name)) => Self::input(format!("nie ma edycji ani programu „{name}”")),
            Ok(Refused::NotThere(name)) => Self::input(format!("nie ma: {name}")),
            Ok(Refused::UnknownUnit(code)) => {
                Self::input(format!("w tej edycji nie ma jednostki o kodzie „{code}”"))
            }
            Ok(Refused::Overtaken(what)) => Self::input(format!(
                "ktoś inny zmienił to w międzyczasie: {what}. Proszę powtórzyć polecenie"
            )),
            Ok(Refused::Store(error)) => Self::Cannot(anyhow::anyhow!(database_sentence(&error))),
            Ok(other) => Self::Cannot(other.into()),
            Err(error) => match error.downcast::<std::io::Error>() {
                Ok(error) => Self::Cannot(anyhow::anyhow!(words::io(&error))),
                Err(error) => Self::Cannot(error),
            },
        }
    }
}

/// Why the database gave no result, for whoever typed the command.
fn database_sentence(error: &StoreError) -> String {
    match error {
        StoreError::Busy => "baza jest teraz zajęta. Proszę powtórzyć polecenie za chwilę".into(),
        StoreError::Unavailable(cause) => {
            format!("połączenie z bazą zostało przerwane ({cause}). Proszę sprawdzić, czy baza działa")
        }
        StoreError::DiskFull => {
            "dysk z bazą jest pełny, niczego nie zapisano. Proszę zwolnić miejsce i powtórzyć polecenie"
                .into()
        }
        other => format!("baza zgłosiła błąd: {other}"),
    }
}

/// What every command returns.
pub type Outcome = Result<(), Failure>;

/// Runs the command that the process was called with.
pub fn run() -> ExitCode {
    let parsed = usage::in_polish(Cli::command()).try_get_matches();
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return usage::refused(&error),
    };
    let environment: BTreeMap<String, String> = std::env::vars().collect();
    crate::telemetry::start(environment.get("MIERNIK_LOG").map(String::as_str));
    match dispatch(cli, &environment) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input(lines)) => {
            for line in lines {
                eprintln!("{line}");
            }
            ExitCode::from(1)
        }
        Err(Failure::Cannot(error)) => {
            eprintln!("nie udało się: {}", chain(&error));
            ExitCode::from(2)
        }
    }
}

/// A cause and the causes behind it; what the operating system says ends the line in Polish.
fn chain(error: &anyhow::Error) -> String {
    let mut parts = Vec::new();
    for cause in error.chain() {
        if let Some(system) = cause.downcast_ref::<std::io::Error>() {
            parts.push(words::io(system));
            break;
        }
        parts.push(cause.to_string());
    }
    parts.join(": ")
}

fn dispatch(cli: Cli, environment: &BTreeMap<String, String>) -> Outcome {
    let opening = open::Opening { flags: cli.flags(), environment };
    match cli.command {
        Command::Demo(args) => demo::run(&opening, &args),
        Command::Serve => serve::run(&opening),
        Command::Migrate => open::migrate(&opening),
        Command::Key { action } => key::run(&opening, action),
        Command::Units { action } => units::run(&opening, action),
        Command::Entities { action } => entities::run(&opening, action),
        Command::Edition { action } => edition::run(&opening, action),
        Command::Invite(args) => invite::invite(&opening, &args),
        Command::Links(args) => invite::links(&opening, &args),
        Command::Measures(args) => measures::run(&opening, &args),
        Command::Indicators(args) => indicators::run(&opening, args),
        Command::Report(args) => report::run(&opening, &args),
        Command::Compare(args) => compare::run(&opening, &args),
        Command::Responses { action } => responses::run(&opening, action),
        Command::Codes { action } => codes::run(&opening, action),
        Command::Things { action } => things::run(&opening, action),
        Command::Form { action } => form::run(action),
        Command::User { action } => user::run(&opening, action),
    }
}
