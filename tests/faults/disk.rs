//! No more room for the SQLite file.
//!
//! The process gets a limit on the size of its files, as a quota would give it, and the limit is lifted while it runs.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::ground::Ground;
use crate::process::{Kind, Serving, Signal};

/// Starts `serve` with a limit of so many bytes on every file it writes.
fn serve_with_limit(ground: &Ground, bytes: u64) -> Serving {
    let program = ground.program.clone().with("MIERNIK_LISTEN", "127.0.0.1:0");
    let serve = program.command(&["serve"]);
    // Without a handler a process ends at SIGXFSZ; ignored, the write fails instead.
    let limited = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" \"$@\"", bytes.div_ceil(1024));
    let mut command = Command::new("bash");
    command.arg("-c").arg(limited).arg(serve.get_program()).args(serve.get_args());
    for (name, value) in serve.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.current_dir(serve.get_current_dir().unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    Serving::of(command)
}

/// Lifts the limit of a running process.
fn lift_limit(serving: &Serving) {
    let pid = serving.id().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status().unwrap();
    assert!(lifted.success());
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).unwrap().len()
}

#[test]
fn a_full_disk_is_answered_with_503_loses_nothing_and_is_forgotten_when_there_is_room() {
    let ground = Ground::new(Kind::Sqlite);
    let file = Path::new(&ground.database.url);
    let serving = serve_with_limit(&ground, size(file) + 64 * 1024);
    let address = serving.address.clone();
    let mut visitors = ground.visitors(&serving, 3);

    let mut refused = 0;
    for round in 0..2_000 {
        let visitor = &mut visitors[round % 3];
        let answer = visitor.save(&address, 20_000).unwrap();
        match answer.status().as_u16() {
            303 => assert_eq!(refused, 0, "there is no more room"),
            503 => {
                assert!(answer.headers().contains_key("retry-after"));
                refused += 1;
            }
            other => panic!("{other}: {:?}", answer.text()),
        }
        if refused == 6 {
            break;
        }
    }
    assert_eq!(refused, 6, "the disk was never full");
    // Reading goes on, and nothing acknowledged is gone.
    for visitor in &mut visitors {
        visitor.assert_whole(&address);
    }
    ground.assert_nothing_lost(&visitors);

    lift_limit(&serving);
    for visitor in &mut visitors {
        assert_eq!(visitor.save(&address, 20_000).unwrap().status().as_u16(), 303);
        visitor.assert_whole(&address);
    }
    ground.assert_nothing_lost(&visitors);
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
}
