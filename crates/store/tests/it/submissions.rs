//! Submissions: numbers, events, what is counted.

use store::{EventKind, Numbered, StoreError};
use survey::SubmissionId;
use uuid::Uuid;

use crate::fixtures::{EDITION, NAMES, SCOPE, at, fill, invitation_id, submission};
use crate::harness::{Refusal, at_once, on_both_databases};

fn id(n: u128) -> SubmissionId {
    submission(n, 0, 0).id
}

on_both_databases! {
    fn numbers_and_events_have_no_gaps_whatever_fails_and_whoever_writes(database) {
        let store = database.store();
        fill(&store);
        let numbers: Vec<_> = at_once(16, |thread| {
            (0..6u32)
                .map(|n| {
                    store.write("submit", move |tx| {
                        let one = u128::from(thread * 100 + n);
                        let new = submission(one, thread % 6, i64::from(thread * 100 + n));
                        let numbered = tx.submission_insert(SCOPE, &new)?.ok_or(Refusal::Domain)?;
                        // Its number was taken already: it must be given to somebody else.
                        if n % 3 == 2 { Err(Refusal::Domain) } else { Ok(numbered) }
                    })
                })
                .collect::<Vec<_>>()
        })
        .into_iter()
        .flatten()
        .collect();
        let mut given: Vec<_> = numbers.into_iter().filter_map(Result::ok).collect();
        given.sort_by_key(|numbered| numbered.number);
        let expected: Vec<_> = (1..=64).map(|n| Numbered { number: n, seq: n }).collect();
        assert_eq!(given, expected);
        let events = store.read("events", |tx| tx.events_after(SCOPE, EDITION, 60, 100)).unwrap();
        assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [61, 62, 63, 64]);
        assert_eq!(database.number("SELECT count(*) AS n FROM submission"), 64);
    }

    fn one_revision_of_a_draft_is_submitted_once(database) {
        let store = database.store();
        fill(&store);
        let results = at_once(16, |n| {
            store.write("submit", move |tx| tx.submission_insert(SCOPE, &submission(u128::from(n), 0, 5)))
        });
        let (kept, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
        assert_eq!((kept.len(), refused.len()), (1, 15));
        assert!(refused.into_iter().all(|error| error.is_err_and(|e| e.is_taken("submission"))));
        let edition = store.read("edition", |tx| tx.edition_find(SCOPE, EDITION)).unwrap().unwrap();
        assert_eq!((edition.seq, edition.submissions), (1, 1));
    }

    fn the_newest_that_is_not_withdrawn_counts_now_and_at_every_event(database) {
        let store = database.store();
        fill(&store);
        // 1: first, 2: correction, 3: correction withdrawn, 4: first withdrawn, 5: third.
        store
            .write("history", |tx| {
                tx.submission_insert(SCOPE, &submission(1, 0, 1))?;
                tx.submission_insert(SCOPE, &submission(2, 0, 2))?;
                assert_eq!(tx.submission_withdraw(SCOPE, EDITION, id(2), at(8))?, Some(3));
                assert_eq!(tx.submission_withdraw(SCOPE, EDITION, id(2), at(9))?, None);
                assert_eq!(tx.submission_withdraw(SCOPE, EDITION, id(1), at(10))?, Some(4));
                tx.submission_insert(SCOPE, &submission(3, 0, 3)).map(drop)
            })
            .unwrap();
        let (counted, events) = store
            .read("counted", |tx| {
                let counted = (0..=6)
                    .map(|seq| Ok(tx.submission_counted_at(SCOPE, invitation_id(0), seq)?.map(|s| s.id)))
                    .collect::<Result<Vec<_>, StoreError>>()?;
                Ok::<_, StoreError>((counted, tx.events_after(SCOPE, EDITION, 0, 100)?))
            })
            .unwrap();
        assert_eq!(counted, [None, Some(id(1)), Some(id(2)), Some(id(1)), None, Some(id(3)), Some(id(3))]);
        let happened: Vec<_> = events.iter().map(|event| (event.seq, event.kind, event.submission_id)).collect();
        use EventKind::{Submitted, Withdrawn};
        let expected = [
            (1, Submitted, id(1)), (2, Submitted, id(2)), (3, Withdrawn, id(2)), (4, Withdrawn, id(1)),
            (5, Submitted, id(3)),
        ];
        assert_eq!(happened, expected);
        let newest = store.read("list", |tx| tx.submission_list(SCOPE, invitation_id(0))).unwrap().remove(0);
        assert_eq!((newest.number, newest.seq), (3, 5));
    }

    fn counted_submissions_come_in_pages_in_the_order_of_units(database) {
        let store = database.store();
        fill(&store);
        store
            .write("submit", |tx| {
                for n in 0..6u32 {
                    for rev in 0..3u32 {
                        let one = u128::from(n * 10 + rev);
                        tx.submission_insert(SCOPE, &submission(one, n, i64::from(rev)))?;
                    }
                }
                tx.submission_withdraw(SCOPE, EDITION, id(2), at(9)).map(drop)
            })
            .unwrap();
        let pages = store
            .read("pages", |tx| {
                let (mut all, mut after) = (Vec::new(), None);
                loop {
                    let page = tx.submission_page_counted(SCOPE, EDITION, Some("jst"), after.as_ref(), 4)?;
                    let Some(last) = page.last() else { return Ok::<_, StoreError>(all) };
                    after = Some(last.invitation.place());
                    all.extend(page);
                }
            })
            .unwrap();
        let names: Vec<_> = pages.iter().map(|counted| counted.invitation.unit_name.as_str()).collect();
        assert_eq!(names, ["Ciechanów", "Ćmielów", "Lipsko", "Łomianki", "Zwoleń", "Żuromin"]);
        for counted in pages {
            let unit = NAMES.iter().position(|name| *name == counted.invitation.unit_name).unwrap();
            let newest = if unit == 0 { 1 } else { 2 };
            assert_eq!(counted.submission.id, id(u128::try_from(unit).unwrap() * 10 + newest));
        }
        let other = store.read("other", |tx| tx.submission_page_counted(SCOPE, EDITION, Some("up"), None, 9));
        assert_eq!(other, Ok(vec![]));
    }

    fn a_frozen_edition_takes_nothing(database) {
        let store = database.store();
        fill(&store);
        store.write("first", |tx| tx.submission_insert(SCOPE, &submission(1, 0, 1))).unwrap();
        assert_eq!(store.write("freeze", |tx| tx.edition_set_frozen(SCOPE, EDITION, true)), Ok(true));
        assert_eq!(store.write("late", |tx| tx.submission_insert(SCOPE, &submission(2, 0, 2))), Ok(None));
        assert_eq!(store.write("undo", |tx| tx.submission_withdraw(SCOPE, EDITION, id(1), at(9))), Ok(None));
        let plan = store::PlanVersion {
            edition_id: EDITION,
            form_id: "jst".into(),
            no: 0,
            source: String::new(),
            hash: "h".into(),
            created_at: at(1),
        };
        let late = plan.clone();
        assert_eq!(store.write("plan", move |tx| tx.plan_insert(SCOPE, &late)), Ok(None));
        assert_eq!(store.write("thaw", |tx| tx.edition_set_frozen(SCOPE, EDITION, false)), Ok(true));
        let mut numbers: Vec<_> = at_once(16, |_| {
            let plan = plan.clone();
            store.write("plan", move |tx| tx.plan_insert(SCOPE, &plan)).unwrap().unwrap()
        });
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=16).collect::<Vec<_>>());
    }

    fn what_is_stored_comes_back_as_it_was(database) {
        let store = database.store();
        fill(&store);
        let mut new = submission(1, 0, 1);
        new.answers.fields.insert("uwagi".into(), "„Zażółć” \u{a0} \\ \"gęślą\"\njaźń 🙂".into());
        new.answers.repeats.insert(
            "medium".into(),
            vec![form::answers::RawRow {
                id: "k3f9a2bc".into(),
                fields: [("medium_nazwa".to_owned(), "Radio".to_owned())].into(),
            }],
        );
        new.context.unit.insert("kind".into(), "gmina_wiejska".into());
        let sent = new.clone();
        store.write("submit", move |tx| tx.submission_insert(SCOPE, &new)).unwrap();
        let stored = store.read("find", |tx| tx.submission_find(SCOPE, id(1))).unwrap().unwrap();
        assert_eq!((stored.answers, stored.context), (sent.answers, sent.context));
        assert_eq!((stored.at, stored.today.to_string().as_str()), (sent.at, "2025-01-20"));
        let nobody = SubmissionId(Uuid::from_u128(0));
        assert_eq!(store.read("find", |tx| tx.submission_find(SCOPE, nobody)), Ok(None));
    }
}
