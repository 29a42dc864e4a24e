//! The program as it is run: a process with arguments, variables and a folder of its own.

#[path = "../database/mod.rs"]
mod database;
mod serving;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

pub(crate) use database::{Database, Kind};
pub(crate) use serving::{Serving, Signal};

/// The edition that the shipped programme declares.
pub(crate) const EDITION: &str = "mazowsze/2024";

/// The program about to be run, with no `MIERNIK_*` variable but those given here.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    folder: PathBuf,
    variables: BTreeMap<String, String>,
    input: Vec<u8>,
}

impl Program {
    /// In a working folder.
    pub(crate) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), variables: BTreeMap::new(), input: Vec::new() }
    }

    /// With a variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// With a standard input.
    pub(crate) fn given(mut self, input: &str) -> Self {
        self.input = input.as_bytes().to_vec();
        self
    }

    /// The process, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_miernik"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("MIERNIK_")) {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(&self.folder).envs(&self.variables);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut child = self.command(arguments).spawn().unwrap();
        // A program that does not read its input may end before all of it is written.
        let _ = child.stdin.take().unwrap().write_all(&self.input);
        Ran::of(arguments, child.wait_with_output().unwrap())
    }

    /// Makes the database of the working folder and a key.
    pub(crate) fn install(&self) {
        self.run(&["migrate"]).done();
        self.run(&["key", "new"]).done();
    }

    /// Makes an edition that is open today.
    pub(crate) fn open_edition(&self, forms: &[&str]) {
        let dates = ["--opens", "2025-01-17", "--closes", "2125-02-25"];
        self.run(&[&["edition", "create", EDITION], forms, &dates].concat()).done();
        self.run(&[&["edition", "open", EDITION], forms].concat()).done();
    }

    /// The links of an edition: columns unit, name, kind, form, email, letter_code, link.
    pub(crate) fn links(&self) -> Vec<Vec<String>> {
        let table = self.run(&["links", "--edition", EDITION]).done();
        let rows = table.trim_start_matches('\u{feff}').lines().skip(1);
        rows.map(|row| row.split(',').map(str::to_owned).collect()).collect()
    }
}

/// A process that has ended.
#[derive(Debug)]
pub(crate) struct Ran {
    arguments: String,
    pub(crate) code: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) err: String,
}

impl Ran {
    fn of(arguments: &[&str], output: Output) -> Self {
        Self {
            arguments: arguments.join(" "),
            code: output.status.code().unwrap_or(-1),
            out: output.stdout,
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// What it printed, after making sure that it ended well.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!(self.code, 0, "miernik {}: {}", self.arguments, self.err);
        String::from_utf8(self.out).unwrap()
    }

    /// What it said on standard error, after making sure that it ended with `code`, said something and printed
    /// nothing.
    #[track_caller]
    pub(crate) fn refused(self, code: i32) -> String {
        let printed = String::from_utf8_lossy(&self.out);
        assert_eq!((self.code, &*printed), (code, ""), "miernik {}: {}", self.arguments, self.err);
        assert!(!self.err.trim().is_empty(), "miernik {} says nothing", self.arguments);
        self.err
    }
}
