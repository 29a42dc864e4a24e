//! Guarded updates and unique indexes decide, from sixteen threads.

use std::sync::atomic::{AtomicU32, Ordering};

use store::{AccessKind, ContactHistory, OutboxState, Settled, StoreError};

use crate::fixtures::{SCOPE, access, access_id, answers, at, fill, invitation_id, mail};
use crate::harness::{at_once, on_both_databases};

on_both_databases! {
    fn no_update_of_a_draft_is_lost(database) {
        let store = database.store();
        fill(&store);
        let invitation = invitation_id(0);
        let starts = at_once(16, |_| {
            store.write("start", move |tx| tx.draft_start(SCOPE, invitation, 1, &answers(&[]), at(1))).unwrap()
        });
        assert_eq!(starts.into_iter().filter(|started| *started).count(), 1);
        let lost = AtomicU32::new(0);
        at_once(16, |thread| {
            for n in 0..10 {
                let save = || -> Result<Option<i64>, StoreError> {
                    store.write("save", move |tx| {
                        let mut draft = tx.draft_find(SCOPE, invitation)?.expect("started above");
                        draft.answers.fields.insert(format!("q{thread}_{n}"), n.to_string());
                        tx.draft_update_guarded(SCOPE, invitation, draft.rev, &draft.answers, at(2))
                    })
                };
                while save().unwrap().is_none() {
                    lost.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        let draft = store.read("read", |tx| tx.draft_find(SCOPE, invitation)).unwrap().unwrap();
        assert_eq!((draft.rev, draft.answers.fields.len()), (161, 160));
        // The single writer of SQLite never lets two of them meet.
        assert!(!database.is_sqlite() || lost.load(Ordering::Relaxed) == 0);
    }

    fn a_contact_is_saved_once_per_revision(database) {
        let store = database.store();
        fill(&store);
        let save = |seen| {
            let results = at_once(16, |n| {
                let raw = answers(&[("telefon", &n.to_string())]);
                let save = move |tx: &mut store::Tx<'_>| tx.contact_save(SCOPE, invitation_id(1), seen, &raw, &ContactHistory::default(), at(3));
                (n, store.write("save", save).unwrap())
            });
            results.into_iter().filter(|(_, saved)| saved.is_some()).collect::<Vec<_>>()
        };
        for seen in 0..3 {
            let winners = save(seen);
            assert_eq!(winners.len(), 1, "from revision {seen}");
            assert_eq!(winners[0].1, Some(seen + 1));
            let contact = store.read("read", |tx| tx.contact_find(SCOPE, invitation_id(1))).unwrap().unwrap();
            assert_eq!(contact.answers.fields["telefon"], winners[0].0.to_string());
        }
    }

    fn the_same_mail_is_queued_once_and_leased_once(database) {
        let store = database.store();
        fill(&store);
        let queued = at_once(16, |_| {
            store
                .write("enqueue", |tx| {
                    let mails: Vec<_> = (0..6).map(|n| mail(u128::from(n), n, "start")).collect();
                    tx.outbox_enqueue(SCOPE, &mails)
                })
                .unwrap()
        });
        assert_eq!(queued.into_iter().sum::<usize>(), 6);
        let mut leased: Vec<_> = at_once(16, |_| {
            store.write("lease", |tx| tx.outbox_lease_next(SCOPE, at(20), at(1_000))).unwrap()
        })
        .into_iter()
        .flatten()
        .map(|mail| (mail.id, mail.attempts, mail.state))
        .collect();
        leased.sort();
        let expected: Vec<_> = (0..6).map(|n| (mail(n, 0, "").id, 1, OutboxState::Sending)).collect();
        assert_eq!(leased, expected);
        let settled = at_once(16, |_| {
            let settle = move |tx: &mut store::Tx<'_>| tx.outbox_settle(SCOPE, mail(0, 0, "").id, 1, &Settled::Accepted, at(30));
            store.write("settle", settle).unwrap()
        });
        assert_eq!(settled.into_iter().filter(|settled| *settled).count(), 1);
    }

    fn an_access_is_reissued_once_and_a_selector_is_given_once(database) {
        let store = database.store();
        fill(&store);
        let stored: Vec<_> = at_once(16, |n| {
            store
                .write("access", move |tx| tx.access_insert_all(SCOPE, &[access(n, AccessKind::Letter, "7Q3K")]))
                .unwrap()
        })
        .into_iter()
        .flatten()
        .collect();
        assert_eq!(stored.len(), 1);
        let id = stored[0];
        let raised = at_once(16, |_| store.write("reissue", move |tx| tx.access_reissue(SCOPE, id, 1)).unwrap());
        assert_eq!(raised.into_iter().flatten().collect::<Vec<_>>(), [2]);
        // Another kind has selectors of its own.
        let link = store.write("link", |tx| tx.access_insert_all(SCOPE, &[access(50, AccessKind::Link, "7Q3K")]));
        assert_eq!(link, Ok(vec![access_id(50)]));
    }

    fn a_job_has_one_holder_at_a_time(database) {
        let store = database.store();
        let take = |now: i64| {
            at_once(16, |n| {
                let take = move |tx: &mut store::Tx<'_>| {
                    tx.lease_take("outbox", &format!("process {n}"), at(now), at(now + 100))
                };
                store.write("take", take).unwrap()
            })
            .into_iter()
            .filter(|taken| *taken)
            .count()
        };
        assert_eq!((take(0), take(200)), (1, 1));
        let holder = database.words("SELECT holder AS word FROM job_lease").remove(0);
        let other = store.write("other", |tx| tx.lease_take("outbox", "process 99", at(250), at(400)));
        assert_eq!(other, Ok(false));
        let renew = holder.clone();
        assert_eq!(store.write("renew", move |tx| tx.lease_take("outbox", &renew, at(250), at(400))), Ok(true));
        assert_eq!(store.write("release", move |tx| tx.lease_release("outbox", &holder)), Ok(true));
        assert_eq!(store.write("other", |tx| tx.lease_take("outbox", "process 99", at(250), at(400))), Ok(true));
    }
}
