//! Reads: snapshots, and bounded waiting.

use std::sync::mpsc;
use std::time::Duration;

use store::{Options, StoreError};

use crate::fixtures::programme;
use crate::harness::on_both_databases;

on_both_databases! {
    fn a_read_is_one_snapshot(database) {
        let store = database.store();
        store.write("before", |tx| tx.programme_insert(&programme(1, "a"))).unwrap();
        let seen = store.read("twice", |tx| {
            let first = tx.programme_list()?.len();
            store.write("meanwhile", |tx| tx.programme_insert(&programme(2, "b")))?;
            Ok::<_, StoreError>((first, tx.programme_list()?.len()))
        });
        assert_eq!(seen, Ok((1, 1)));
        let after = store.read("after", |tx| tx.programme_list()).unwrap();
        assert_eq!(after.len(), 2);
    }

    fn a_read_cannot_write(database) {
        let store = database.store();
        let result = store.read("sly", |tx| tx.programme_insert(&programme(1, "a")));
        assert!(matches!(result, Err(StoreError::Database(_))), "{result:?}");
        assert!(store.read("after", |tx| tx.programme_list()).unwrap().is_empty());
    }

    fn a_panicking_read_costs_nobody_else_anything(database) {
        let store = database.store_with(Options { readers: 1, connections: 1, ..Options::default() });
        for _ in 0..3 {
            let result: Result<(), _> = store.read("careless", |_| panic!("on purpose"));
            assert!(matches!(result, Err(StoreError::Panicked { name: "careless", .. })));
        }
        assert!(store.read("after", |tx| tx.programme_list()).unwrap().is_empty());
    }

    fn who_waits_too_long_for_a_connection_is_told_to_come_back(database) {
        let wait = Duration::from_millis(50);
        let store = database.store_with(Options { readers: 1, connections: 1, wait, ..Options::default() });
        let nested = store.read("outer", |_| store.read("inner", |tx| tx.programme_list()));
        assert_eq!(nested, Err(StoreError::Busy));
        assert!(store.read("after", |tx| tx.programme_list()).unwrap().is_empty());
    }

    fn at_most_twice_as_many_wait_as_there_are_connections(database) {
        let wait = Duration::from_secs(60);
        let store = database.store_with(Options { readers: 1, connections: 1, wait, ..Options::default() });
        let (answer, answers) = mpsc::channel();
        std::thread::scope(|scope| {
            store
                .read("hold", |_| {
                    for _ in 0..5 {
                        let (answer, store) = (answer.clone(), &store);
                        scope.spawn(move || answer.send(store.read("wait", |tx| tx.programme_list())).unwrap());
                    }
                    for _ in 0..3 {
                        let early = answers.recv_timeout(Duration::from_secs(30)).unwrap();
                        assert_eq!(early, Err(StoreError::Busy));
                    }
                    Ok::<_, StoreError>(())
                })
                .unwrap();
        });
        drop(answer);
        assert_eq!(answers.iter().collect::<Vec<_>>(), [Ok(vec![]), Ok(vec![])]);
    }
}
