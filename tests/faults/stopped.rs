//! SIGTERM under load: what is under way is finished.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use diesel::Connection;
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

use crate::ground::Ground;
use crate::process::{Kind, Serving, Signal};
use crate::rounds::rounds;

fn stop(kind: Kind, times: u64) {
    rounds(&Ground::new(kind), times, Signal::Terminate, |status, said| {
        assert_eq!(status.code(), Some(0), "{said}");
    });
}

#[test]
fn stopping_under_load_ends_well_and_loses_nothing_on_sqlite() {
    stop(Kind::Sqlite, 2);
}

#[test]
fn stopping_under_load_ends_well_and_loses_nothing_on_postgresql() {
    stop(Kind::Postgres, 2);
}

#[test]
#[ignore = "takes a minute: runs with ./check --long"]
fn thirty_stops_lose_nothing_on_sqlite() {
    stop(Kind::Sqlite, 30);
}

#[test]
#[ignore = "takes a minute: runs with ./check --long"]
fn thirty_stops_lose_nothing_on_postgresql() {
    stop(Kind::Postgres, 30);
}

/// Something that keeps every write waiting as long as it lives.
enum Hold {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Hold {
    fn on(ground: &Ground, kind: Kind) -> Self {
        let url = &ground.database.url;
        match kind {
            Kind::Sqlite => {
                let mut connection = SqliteConnection::establish(url).unwrap();
                connection.batch_execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE").unwrap();
                Self::Sqlite(connection)
            }
            Kind::Postgres => {
                let mut connection = PgConnection::establish(url).unwrap();
                connection.batch_execute("BEGIN; LOCK TABLE change IN ACCESS EXCLUSIVE MODE").unwrap();
                Self::Postgres(connection)
            }
        }
    }

    fn release(self) {
        match self {
            Self::Sqlite(mut connection) => connection.batch_execute("ROLLBACK").unwrap(),
            Self::Postgres(mut connection) => connection.batch_execute("ROLLBACK").unwrap(),
        }
    }
}

/// A save that waits for the database when the signal comes is finished, answered and there.
fn finish(kind: Kind) {
    let ground = Ground::new(kind);
    let serving = ground.serve();
    let mut visitors = ground.visitors(&serving, 1);
    let hold = Hold::on(&ground, kind);
    let address = serving.address.clone();
    let (status, ended) = thread::scope(|scope| {
        let visitor = &mut visitors[0];
        let saving = scope.spawn(|| visitor.save(&address, 0).map(|answer| answer.status().as_u16()));
        thread::sleep(Duration::from_millis(400));
        assert!(!saving.is_finished(), "a page is answered only after its commit");
        let ending = scope.spawn(|| serving.end(Signal::Terminate));
        thread::sleep(Duration::from_millis(400));
        assert!(!ending.is_finished(), "the process waits for what is under way");
        hold.release();
        (saving.join().unwrap(), ending.join().unwrap())
    });
    assert_eq!((status, ended.status.code()), (Some(303), Some(0)), "{}", ended.err);
    assert_eq!(visitors[0].acknowledged.len(), 1);
    ground.assert_nothing_lost(&visitors);
}

#[test]
fn a_save_under_way_is_finished_before_the_process_ends_on_sqlite() {
    finish(Kind::Sqlite);
}

#[test]
fn a_save_under_way_is_finished_before_the_process_ends_on_postgresql() {
    finish(Kind::Postgres);
}

/// The first part of a POST without its last bytes.
fn half_a_post(
    serving: &Serving,
    request: &reqwest::blocking::Request,
    cookie: &str,
) -> (TcpStream, Vec<u8>) {
    let host = serving.address.strip_prefix("http://").unwrap();
    let body = request.body().unwrap().as_bytes().unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        request.url().path(),
        body.len()
    );
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let (first, rest) = body.split_at(body.len() / 2);
    stream.write_all(&[head.as_bytes(), first].concat()).unwrap();
    (stream, rest.to_vec())
}

#[test]
fn a_page_that_is_still_coming_in_when_the_signal_comes_is_taken_or_plainly_not() {
    let ground = Ground::new(Kind::Sqlite);
    let serving = ground.serve();
    let mut visitors = ground.visitors(&serving, 1);
    let text = visitors[0].note(0);
    let request = visitors[0].raw(&serving.address, &text);
    let cookie = visitors[0].cookie(&serving.address);
    let (mut stream, rest) = half_a_post(&serving, &request, &cookie);
    thread::sleep(Duration::from_millis(200));
    let ending = thread::spawn(move || serving.end(Signal::Terminate));
    thread::sleep(Duration::from_millis(200));
    let _ = stream.write_all(&rest);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert_eq!(ending.join().unwrap().status.code(), Some(0));
    if answer.starts_with("HTTP/1.1 303") {
        visitors[0].acknowledged.push(text);
    }
    ground.assert_nothing_lost(&visitors);
}
