//! Writes that PostgreSQL asks to run again.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use store::StoreError;

use crate::fixtures::{EDITION, SCOPE, day, edition, fill, programme};
use crate::harness::Database;

/// Makes the server itself answer the first `times` inserts of a programme with an SQLSTATE.
fn fail_inserts(database: &Database, state: &str, times: u32) {
    database.execute(&format!(
        "CREATE SEQUENCE tries;
         CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN
             IF nextval('tries') <= {times} THEN
                 RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '{state}';
             END IF;
             RETURN NEW;
         END $$;
         CREATE TRIGGER fail BEFORE INSERT ON programme FOR EACH ROW EXECUTE FUNCTION fail();"
    ));
}

#[test]
fn a_write_runs_again_after_a_serialization_failure() {
    let database = Database::postgres();
    let store = database.store();
    fail_inserts(&database, "40001", 3);
    let runs = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&runs);
    let result = store.write("insert", move |tx| {
        counted.fetch_add(1, Ordering::SeqCst);
        tx.programme_insert(&programme(1, "a"))
    });
    assert_eq!((result, runs.load(Ordering::SeqCst)), (Ok(()), 4));
    assert_eq!(database.number("SELECT count(*) AS n FROM programme"), 1);
}

#[test]
fn a_write_that_always_meets_others_is_busy_in_the_end() {
    let database = Database::postgres();
    let store = database.store();
    fail_inserts(&database, "40001", 1_000);
    let result = store.write("insert", |tx| tx.programme_insert(&programme(1, "a")));
    assert_eq!(result, Err(StoreError::Busy));
}

#[test]
fn a_full_disk_of_the_server_is_not_tried_again() {
    let database = Database::postgres();
    let store = database.store();
    fail_inserts(&database, "53100", 1);
    let result = store.write("insert", |tx| tx.programme_insert(&programme(1, "a")));
    assert_eq!(result, Err(StoreError::DiskFull));
    assert_eq!(store.write("insert", |tx| tx.programme_insert(&programme(1, "a"))), Ok(()));
}

#[test]
fn of_two_writes_that_lock_each_other_both_end_well() {
    let database = Database::postgres();
    let store = database.store();
    fill(&store);
    let second = survey::EditionId(uuid::Uuid::from_u128(99));
    store.write("second", move |tx| tx.edition_insert(SCOPE, &edition(second, "2025"))).unwrap();
    let both_hold_one = Arc::new(Barrier::new(2));
    let runs = Arc::new(AtomicU32::new(0));
    std::thread::scope(|scope| {
        for (first, then) in [(EDITION, second), (second, EDITION)] {
            let (barrier, runs, store) = (Arc::clone(&both_hold_one), Arc::clone(&runs), &store);
            let again = AtomicBool::new(false);
            scope.spawn(move || {
                let result = store.write("cross", move |tx| {
                    runs.fetch_add(1, Ordering::SeqCst);
                    let days = (day("2025-01-18"), day("2025-02-26"));
                    assert!(tx.edition_set_calendar(SCOPE, first, days.0, days.1)?);
                    if !again.swap(true, Ordering::SeqCst) {
                        barrier.wait();
                    }
                    tx.edition_set_calendar(SCOPE, then, days.0, days.1)
                });
                assert_eq!(result, Ok(true));
            });
        }
    });
    assert!(runs.load(Ordering::SeqCst) > 2, "one of them ran again");
}

#[test]
fn connections_that_the_server_cut_are_replaced() {
    let database = Database::postgres();
    let store = database.store();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for n in 0..3u32 {
        crate::harness::at_once(8, |_| store.read("fill the pool", |tx| tx.programme_list()).unwrap());
        database.execute(cut);
        let slug = format!("p{n}");
        let result = store.write("after", move |tx| tx.programme_insert(&programme(u128::from(n), &slug)));
        assert_eq!(result, Ok(()));
    }
    assert_eq!(store.read("list", |tx| tx.programme_list()).unwrap().len(), 3);
}

#[test]
fn a_write_whose_connection_is_cut_says_so() {
    let database = Database::postgres();
    let store = database.store();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let url = database.url.clone();
    let result = store.write("cut", move |tx| {
        tx.programme_insert(&programme(1, "a"))?;
        let mut other = <diesel::PgConnection as diesel::Connection>::establish(&url).unwrap();
        diesel::connection::SimpleConnection::batch_execute(&mut other, cut).unwrap();
        tx.programme_insert(&programme(2, "b"))
    });
    assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
    assert_eq!(database.number("SELECT count(*) AS n FROM programme"), 0);
}
