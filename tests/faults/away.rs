//! PostgreSQL goes away under the running service and comes back.

use std::thread;
use std::time::Duration;

use crate::cluster::Cluster;
use crate::ground::Ground;
use crate::process::{Database, Signal};
use crate::visitor::Visitor;

const VISITORS: usize = 4;

/// Status of a health page.
fn health(address: &str, name: &str) -> u16 {
    reqwest::blocking::get(format!("{address}/health/{name}")).unwrap().status().as_u16()
}

/// Asserts what people and machines are told while there is no database.
#[track_caller]
fn assert_away(address: &str, visitor: &mut Visitor) {
    let answer = visitor.save(address, 0).expect("an answer while the database is away");
    assert_eq!(answer.status().as_u16(), 503);
    let seconds = answer.headers()["retry-after"].to_str().unwrap().parse::<u32>().unwrap();
    assert!((1..=120).contains(&seconds));
    let words = answer.text().unwrap();
    assert!(words.contains("Proszę") && !words.contains("connection"), "{words}");
    assert_eq!(visitor.get(address, "/ankieta").status().as_u16(), 503);
    assert_eq!((health(address, "live"), health(address, "ready")), (200, 503));
}

/// Waits until a page is acknowledged again.
fn wait_for_return(address: &str, visitor: &mut Visitor) {
    let back = (0..60).any(|_| {
        thread::sleep(Duration::from_millis(250));
        visitor.save(address, 0).is_some_and(|answer| answer.status().as_u16() == 303)
    });
    assert!(back, "the service has not found its database again");
}

fn lose_the_database(times: usize) {
    let cluster = Cluster::start();
    let ground = Ground::of(Database::on(&cluster.url));
    let serving = ground.serve();
    let address = serving.address.clone();
    let mut visitors = ground.visitors(&serving, VISITORS);
    for _ in 0..times {
        // It goes away while everybody saves.
        thread::scope(|scope| {
            for visitor in &mut visitors {
                scope.spawn(|| while visitor.save(&address, 0).unwrap().status().as_u16() == 303 {});
            }
            thread::sleep(Duration::from_millis(300));
            cluster.pause();
        });
        assert_away(&address, &mut visitors[0]);
        cluster.resume();
        for visitor in &mut visitors {
            wait_for_return(&address, visitor);
            visitor.assert_whole(&address);
        }
        assert_eq!(health(&address, "ready"), 200);
    }
    ground.assert_nothing_lost(&visitors);
    assert_eq!(serving.end(Signal::Terminate).status.code(), Some(0));
}

#[test]
fn without_its_database_the_service_asks_for_patience_and_recovers() {
    lose_the_database(1);
}

#[test]
#[ignore = "takes minutes: runs with ./check --long"]
fn a_database_that_goes_away_ten_times_loses_nothing_acknowledged() {
    lose_the_database(10);
}
