//! What is kept of a write, and what is not.

use store::{Constraint, StoreError};

use crate::fixtures::{at, programme};
use crate::harness::{Refusal, at_once, on_both_databases, planned};

on_both_databases! {
    fn a_domain_error_rolls_back_only_itself(database) {
        let store = database.store();
        let results = at_once(16, |n| {
            store.write("insert", move |tx| {
                tx.programme_insert(&programme(u128::from(n), &format!("p{n}")))?;
                if n % 2 == 0 { Ok(n) } else { Err(Refusal::Domain) }
            })
        });
        for (n, result) in (0u32..).zip(results) {
            assert_eq!(result, if n % 2 == 0 { Ok(n) } else { Err(Refusal::Domain) });
        }
        let kept = store.read("list", |tx| tx.programme_list()).unwrap();
        assert_eq!(kept.len(), 8);
        assert!(kept.iter().all(|p| p.id.uuid().as_u128() % 2 == 0));
    }

    fn a_constraint_violation_rolls_back_only_itself_and_says_what_is_taken(database) {
        let store = database.store();
        let results = at_once(8, |n| {
            store.write("insert", move |tx| {
                tx.programme_insert(&programme(100 + u128::from(n), &format!("own{n}")))?;
                tx.programme_insert(&programme(200 + u128::from(n), "one"))
            })
        });
        let (stored, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!((stored.len(), refused.len()), (1, 7));
        for error in refused {
            let constraint = Constraint::Unique { table: "programme".into(), columns: vec!["slug".into()] };
            assert_eq!(error, Err(StoreError::Refused(constraint)));
        }
        assert_eq!(database.number("SELECT count(*) AS n FROM programme"), 2);
    }

    fn a_composite_key_that_is_taken_is_named_the_same(database) {
        let store = database.store();
        crate::fixtures::fill(&store);
        let twice = store.write("again", |tx| {
            tx.invitation_insert_all(crate::fixtures::SCOPE, &[store::Invitation {
                id: crate::fixtures::invitation_id(77),
                ..crate::fixtures::invitation(0, "Zwoleń")
            }])
        });
        let columns = ["programme_id", "edition_id", "unit_id", "form_id"].map(str::to_owned).to_vec();
        let constraint = Constraint::Unique { table: "invitation".into(), columns };
        assert_eq!(twice, Err(StoreError::Refused(constraint)));
    }

    fn an_error_of_the_database_that_the_closure_ignores_is_not_committed(database) {
        let store = database.store();
        store.write("first", |tx| tx.programme_insert(&programme(1, "taken"))).unwrap();
        let result = store.write("ignore", |tx| {
            tx.programme_insert(&programme(2, "lost"))?;
            let _ = tx.programme_insert(&programme(3, "taken"));
            Ok::<_, StoreError>(())
        });
        assert!(matches!(result, Err(error) if error.is_taken("programme")));
        assert_eq!(database.number("SELECT count(*) AS n FROM programme"), 1);
    }

    fn a_missing_parent_and_an_unknown_word_are_refused(database) {
        let store = database.store();
        crate::fixtures::fill(&store);
        let orphan = store.write("orphan", |tx| {
            let mut orphan = crate::fixtures::invitation(0, "Zwoleń");
            (orphan.id, orphan.unit_id) = (crate::fixtures::invitation_id(9), crate::fixtures::unit_id(99));
            tx.invitation_insert_all(crate::fixtures::SCOPE, &[orphan])
        });
        assert_eq!(orphan, Err(StoreError::Refused(Constraint::ForeignKey)));
    }

    fn a_panicking_write_gets_an_error_and_the_next_one_works(database) {
        let store = database.store();
        let result: Result<(), _> = store.write("careless", |tx| {
            tx.programme_insert(&programme(1, "half"))?;
            panic!("on purpose")
        });
        let message = "on purpose".to_owned();
        assert_eq!(result, Err(StoreError::Panicked { name: "careless", message }));
        store.write("next", |tx| tx.programme_insert(&programme(2, "whole"))).unwrap();
        let slugs = database.words("SELECT slug AS word FROM programme");
        assert_eq!(slugs, ["whole"]);
    }

    fn a_failing_commit_keeps_nothing_that_was_not_answered_as_kept(database) {
        let (store, faults) = planned(database);
        let failure = || Some("the disk is gone".to_owned());
        // The batch and the run on its own both fail on SQLite; PostgreSQL commits once.
        faults.failing.lock().unwrap().extend([failure(), failure()]);
        let first = store.write("first", |tx| tx.programme_insert(&programme(1, "a")));
        assert_eq!(first, Err(StoreError::Database("the disk is gone".into())));
        assert_eq!(database.number("SELECT count(*) AS n FROM programme"), 0);
        faults.failing.lock().unwrap().clear();
        store.write("second", |tx| tx.programme_insert(&programme(2, "b"))).unwrap();
        assert_eq!(database.words("SELECT slug AS word FROM programme"), ["b"]);
    }

    fn kept_rows_cannot_be_changed(database) {
        let store = database.store();
        crate::fixtures::fill(&store);
        let row = store::AuditRow {
            id: survey::AuditId(uuid::Uuid::from_u128(5)),
            at: at(3),
            actor: "command".into(),
            action: "edition.open".into(),
            subject: Some("2024".into()),
            details: serde_json::json!({"invitations": 6, "łącznie": ["a", null]}),
        };
        let kept = row.clone();
        store.write("audit", move |tx| tx.audit_append(crate::fixtures::SCOPE, &row)).unwrap();
        let page = store.read("page", |tx| tx.audit_page(crate::fixtures::SCOPE, None, 10)).unwrap();
        assert_eq!(page, [kept]);
        let decision = store::Decision {
            id: survey::DecisionId(uuid::Uuid::from_u128(6)),
            edition_id: crate::fixtures::EDITION,
            topic: store::Topic::Base,
            subject: "jst.tak".into(),
            what: "Podstawą są odpowiedzi.".into(),
            why: "Tak mówi pytanie.".into(),
            verdict: store::Verdict::Made,
            follows: None,
            actor: "user:anna".into(),
            at: at(4),
        };
        let kept = decision.clone();
        store.write("decision", move |tx| tx.decision_append(crate::fixtures::SCOPE, &decision)).unwrap();
        let list = store
            .read("list", |tx| tx.decision_list(crate::fixtures::SCOPE, crate::fixtures::EDITION))
            .unwrap();
        assert_eq!(list, [kept]);
        for sql in [
            "UPDATE audit SET actor = 'x'",
            "DELETE FROM audit",
            "UPDATE form_version SET source = ''",
            "UPDATE decision SET why = ''",
            "DELETE FROM decision",
        ] {
            let refused = std::panic::catch_unwind(|| database.execute(sql));
            assert!(refused.is_err(), "{sql}");
        }
    }
}
