//! When everything is busy, people are told to come back, soon and with nothing lost.

use std::sync::mpsc;
use std::time::Duration;

use store::{Options, Store, StoreError};

use crate::harness::{Ground, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_busy_service_says_when_to_come_back_and_works_again_afterwards,
}

/// One connection, for which nobody waits long.
fn narrow(app: &TestApp) -> TestApp {
    let options =
        Options { readers: 1, connections: 1, wait: Duration::from_millis(50), ..Options::default() };
    TestApp::start_over(app.kind, Ground::Small, |_| {}, options)
}

/// Holds the only connection while `work` runs.
fn occupied(store: &Store, work: impl FnOnce()) {
    let (go, wait) = mpsc::channel::<()>();
    let (started, running) = mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            store.read("occupy", |_| {
                started.send(()).unwrap();
                // Ends also when the test fails and drops the sender.
                let _ = wait.recv();
                Ok::<(), StoreError>(())
            })
        });
        running.recv().unwrap();
        work();
        drop(go);
    });
}

fn a_busy_service_says_when_to_come_back_and_works_again_afterwards(app: &TestApp) {
    let app = narrow(app);
    let office = app.office_inside("Promna");
    let form = office.section("liczby").form().set("opis", "w tłoku");
    occupied(&app.service.store, || {
        for page in [office.get("/ankieta"), office.get(&office.link), office.enter_code(&office.code)] {
            let page = page.with_status(503);
            assert!(page.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
            assert!(page.words().contains(page.header("x-request-id").unwrap()));
        }
        let refused = office.press(&form, "_save").with_status(503);
        assert!(refused.header("retry-after").is_some());
        assert_eq!(office.get("/health/live").status, 200);
        assert_eq!(office.get("/health/ready").status, 503);
        let api = app.program().ask("").with_status(503);
        assert_eq!(api.header("content-type"), Some("application/problem+json"));
        assert!(api.header("retry-after").is_some());
    });
    office.get("/health/ready").with_status(200);
    office.press(&form, "_save").location();
    assert_eq!(app.drafted("Promna", "opis"), "w tłoku");
}
