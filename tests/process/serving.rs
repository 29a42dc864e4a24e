//! A process that serves.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Program;

/// How a process is told to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Signal {
    /// What a service manager sends.
    Terminate,
    /// Ctrl-C.
    Interrupt,
    /// Nobody is asked.
    Kill,
}

/// `serve`, or `demo` without `--once`. Killed with its value, if it has not ended before.
pub(crate) struct Serving {
    child: Child,
    output: BufReader<ChildStdout>,
    said: Option<JoinHandle<String>>,
    /// `http://127.0.0.1:PORT`
    pub(crate) address: String,
    /// What it printed before it accepted.
    pub(crate) before: String,
}

/// A process that has ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    /// What it printed after it had begun to accept.
    pub(crate) printed: String,
    pub(crate) err: String,
}

impl Serving {
    /// Starts `serve` on a free port.
    pub(crate) fn start(program: &Program) -> Self {
        Self::of(program.clone().with("MIERNIK_LISTEN", "127.0.0.1:0").command(&["serve"]))
    }

    /// Starts a process and waits until it accepts.
    #[track_caller]
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut errors = child.stderr.take().unwrap();
        let said = thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).unwrap();
            text
        });
        let (said, address, before) = (Some(said), String::new(), String::new());
        let mut serving = Self { child, output, said, address, before };
        loop {
            let mut line = String::new();
            // When it has ended instead, dropping `serving` tells what it said.
            assert_ne!(serving.output.read_line(&mut line).unwrap(), 0, "it does not serve");
            if let Some(address) = line.strip_prefix("listening ") {
                serving.address = address.trim_end().to_owned();
                return serving;
            }
            serving.before += &line;
        }
    }

    /// Starts a process that prints one document and says on standard error that it accepts; gives the document.
    #[track_caller]
    pub(crate) fn announced_beside(mut command: Command) -> (Self, String) {
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        // The document comes first and is larger than a pipe.
        let mut document = String::new();
        while !document.ends_with("\n}\n") {
            assert_ne!(output.read_line(&mut document).unwrap(), 0, "{document}");
        }
        let mut heard = String::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(errors.read_line(&mut line).unwrap(), 0, "it does not serve: {heard}");
            if let Some(address) = line.strip_prefix("listening ") {
                break address.trim_end().to_owned();
            }
            heard += &line;
        };
        let said = thread::spawn(move || {
            errors.read_to_string(&mut heard).unwrap();
            heard
        });
        let serving = Self { child, output, said: Some(said), address, before: String::new() };
        (serving, document)
    }

    /// The id of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal and waits for the end.
    #[track_caller]
    pub(crate) fn end(mut self, signal: Signal) -> Ended {
        match signal {
            Signal::Terminate => self.signal("-TERM"),
            Signal::Interrupt => self.signal("-INT"),
            Signal::Kill => self.child.kill().unwrap(),
        }
        // Requests under way get 20 s; a process that needs longer hangs.
        let status = (0..2_400).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            self.child.try_wait().unwrap()
        });
        let status = status.expect("the process has not ended within 24 s");
        let mut printed = String::new();
        self.output.read_to_string(&mut printed).unwrap();
        let err = self.said.take().map(|said| said.join().unwrap()).unwrap_or_default();
        Ended { status, printed, err }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // Both fail when it has ended, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let (true, Some(said)) = (thread::panicking(), self.said.take()) {
            eprintln!("the process said: {}", said.join().unwrap_or_default());
        }
    }
}
