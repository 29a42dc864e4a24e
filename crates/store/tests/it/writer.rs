//! The writer thread of SQLite: what happens to neighbours in one batch.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use store::{Options, Store, StoreError};

use crate::fixtures::programme;
use crate::harness::{Database, Occupied, Planned, planned};

/// Queues `count` writes while the writer is occupied, so that they become one batch, and gives their results.
fn batch<T: Send + 'static>(
    store: &Store,
    count: u32,
    write: impl Fn(u32, &Store) -> Result<T, StoreError> + Sync,
) -> Vec<Result<T, StoreError>> {
    let occupied = Occupied::writer(store);
    let write = &write;
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|n| scope.spawn(move || write(n, store))).collect();
        // One more is the occupying write; those that were refused have ended.
        while store.load() + threads.iter().filter(|thread| thread.is_finished()).count() < threads.len() + 1
        {
            std::thread::sleep(Duration::from_millis(1));
        }
        occupied.release();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn insert(n: u32, store: &Store) -> Result<(), StoreError> {
    store.write("insert", move |tx| tx.programme_insert(&programme(u128::from(n) + 1, &format!("p{n:02}"))))
}

fn slugs(database: &Database) -> Vec<String> {
    database.words("SELECT slug AS word FROM programme ORDER BY slug")
}

fn all_but(missing: u32, count: u32) -> Vec<String> {
    (0..count).filter(|n| *n != missing).map(|n| format!("p{n:02}")).collect()
}

#[test]
fn writes_that_wait_together_share_one_commit() {
    let database = Database::sqlite();
    let (store, faults) = planned(&database);
    assert!(batch(&store, 10, insert).iter().all(Result::is_ok));
    assert_eq!(faults.commits.load(Ordering::SeqCst), 2, "the occupying write and the batch");
    assert_eq!(slugs(&database).len(), 10);
}

#[test]
fn neighbours_of_a_panicking_write_are_stored_and_acknowledged() {
    let database = Database::sqlite();
    let (store, faults) = planned(&database);
    let results = batch(&store, 10, |n, store| {
        if n != 4 {
            return insert(n, store);
        }
        store.write("careless", |tx| {
            tx.programme_insert(&programme(5, "p04"))?;
            panic!("on purpose")
        })
    });
    for (n, result) in (0u32..).zip(&results) {
        assert_eq!(result.is_ok(), n != 4, "{n}: {result:?}");
    }
    assert!(matches!(&results[4], Err(StoreError::Panicked { name: "careless", .. })));
    assert_eq!(slugs(&database), all_but(4, 10));
    assert_eq!(faults.commits.load(Ordering::SeqCst), 1 + 9, "one by one after the panic");
    assert!(batch(&store, 1, |_, store| insert(40, store))[0].is_ok());
    assert_eq!(slugs(&database).len(), 10);
}

#[test]
fn neighbours_of_a_write_that_fills_the_disk_are_stored_and_acknowledged() {
    let database = Database::sqlite();
    let (store, faults) = planned(&database);
    let pages = database.number("SELECT page_count AS n FROM pragma_page_count");
    // Room for small rows, not for the big one. The writer asks anew each time it opens its connection.
    faults.pages.store(u32::try_from(pages).unwrap() + 40, Ordering::SeqCst);
    let reopen: Result<(), StoreError> = store.write("reopen", |_| panic!("so that the limit holds"));
    assert!(reopen.is_err());
    let results = batch(&store, 10, |n, store| {
        if n != 6 {
            return insert(n, store);
        }
        store.write("big", |tx| {
            let mut big = programme(7, "p06");
            big.source = "x".repeat(1_000_000);
            tx.programme_insert(&big)
        })
    });
    for (n, result) in (0u32..).zip(&results) {
        assert_eq!(*result, if n == 6 { Err(StoreError::DiskFull) } else { Ok(()) }, "{n}");
    }
    assert_eq!(slugs(&database), all_but(6, 10));
    assert!(insert(41, &store).is_ok());
    let verdict = database.words("SELECT integrity_check AS word FROM pragma_integrity_check");
    assert_eq!(verdict, ["ok"]);
    store.close();
    assert_eq!(slugs(&database).len(), 10);
}

#[test]
fn a_write_that_ignores_a_full_disk_is_not_acknowledged() {
    let database = Database::sqlite();
    drop(database.store());
    let pages = database.number("SELECT page_count AS n FROM pragma_page_count");
    let faults = Arc::new(Planned::default());
    faults.pages.store(u32::try_from(pages).unwrap() + 20, Ordering::SeqCst);
    let store = database.store_with(Options { faults, ..Options::default() });
    let result = store.write("careless", |tx| {
        let mut big = programme(1, "big");
        big.source = "x".repeat(1_000_000);
        let _ = tx.programme_insert(&big);
        let _ = tx.programme_insert(&programme(2, "small"));
        Ok::<_, StoreError>(())
    });
    assert_eq!(result, Err(StoreError::DiskFull));
    assert!(slugs(&database).is_empty());
}

#[test]
fn a_batch_whose_commit_fails_runs_again_one_by_one_and_is_stored_once() {
    let database = Database::sqlite();
    let (store, faults) = planned(&database);
    faults.failing.lock().unwrap().extend([None, Some("the disk said no".into())]);
    assert!(batch(&store, 8, insert).iter().all(Result::is_ok));
    assert_eq!(slugs(&database).len(), 8);
    assert_eq!(faults.commits.load(Ordering::SeqCst), 1 + 1 + 8);
}

#[test]
fn a_constraint_violation_in_a_batch_does_not_cost_the_batch_its_commit() {
    let database = Database::sqlite();
    let (store, faults) = planned(&database);
    let results = batch(&store, 6, |n, store| {
        store.write("insert", move |tx| {
            tx.programme_insert(&programme(u128::from(n) + 1, &format!("p{}", n / 2)))
        })
    });
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 3);
    assert_eq!(slugs(&database), ["p0", "p1", "p2"]);
    assert_eq!(faults.commits.load(Ordering::SeqCst), 2);
}

#[test]
fn a_full_queue_is_busy_at_once() {
    let database = Database::sqlite();
    let store = database.store_with(Options { queue: 2, ..Options::default() });
    let results = batch(&store, 5, insert);
    let busy = results.iter().filter(|result| **result == Err(StoreError::Busy)).count();
    assert_eq!((busy, slugs(&database).len()), (3, 2));
}

#[test]
fn closing_finishes_what_waits_and_empties_the_log() {
    let database = Database::sqlite();
    let store = database.store();
    let occupied = Occupied::writer(&store);
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..5)
            .map(|n| {
                let store = &store;
                scope.spawn(move || insert(n, store))
            })
            .collect();
        while store.load() < 1 + waiting.len() {
            std::thread::sleep(Duration::from_millis(1));
        }
        scope.spawn(|| {
            // So that closing finds all of them waiting.
            std::thread::sleep(Duration::from_millis(100));
            occupied.release();
        });
        store.close();
        assert!(waiting.into_iter().all(|thread| thread.join().unwrap().is_ok()));
    });
    let log = std::fs::metadata(format!("{}-wal", database.path()));
    assert!(log.map_or(0, |log| log.len()) == 0, "everything is in the main file");
    assert_eq!(slugs(&database).len(), 5);
    assert_eq!(insert(9, &store), Err(StoreError::Closed));
}

#[test]
fn a_write_waits_for_another_process_and_says_so_when_it_takes_too_long() {
    use diesel::connection::SimpleConnection;

    let database = Database::sqlite();
    let store = database.store();
    let mut other = database.sqlite_connection();
    other.batch_execute("BEGIN IMMEDIATE").unwrap();
    assert_eq!(insert(0, &store), Err(StoreError::Busy));
    other.batch_execute("ROLLBACK").unwrap();
    assert_eq!(insert(0, &store), Ok(()));
}
