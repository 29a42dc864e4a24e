//! What is stored comes back; what the scope does not reach stays hidden.

use std::collections::BTreeMap;

use store::{
    AccessKind, ApiKey, LetterTemplate, LinkKey, OutboxState, PanelSession, PanelUser, Role, Session,
    Settled, Store, StoreError, UnitAddress,
};
use survey::unit::{Email, UnitCode};
use survey::{ApiKeyId, ProgrammeId, Scope, SessionId, UserId};
use uuid::Uuid;

use crate::fixtures::{
    EDITION, NAMES, PROGRAMME, SCOPE, access, access_id, answers, at, day, edition, fill, invitation,
    invitation_id, mail, programme, submission, unit, unit_id,
};
use crate::harness::on_both_databases;

fn with_access(store: &Store) {
    fill(store);
    let stored =
        store.write("access", |tx| tx.access_insert_all(SCOPE, &[access(0, AccessKind::Link, "ABCD")]));
    assert_eq!(stored, Ok(vec![access_id(0)]));
}

fn session() -> Session {
    Session {
        id: SessionId(Uuid::from_u128(7)),
        fingerprint: "f1".into(),
        access_id: access_id(0),
        generation: 1,
        created_at: at(1),
        last_seen_at: at(1),
    }
}

on_both_databases! {
    fn units_come_back_with_their_periods_and_addresses(database) {
        let store = database.store();
        fill(&store);
        let mut changed = unit(0, NAMES[0]);
        let mut old = changed.periods[0].clone();
        (old.to, old.extra) = (Some(day("2024-12-31")), BTreeMap::new());
        changed.periods[0].from = Some(day("2025-01-01"));
        changed.periods.push(old);
        let update = changed.clone();
        assert_eq!(store.write("update", move |tx| tx.unit_update(SCOPE, &update, at(9))), Ok(true));
        let addresses = BTreeMap::from([(unit_id(0), vec![
            UnitAddress { email: Email::parse("b@gmina.example").unwrap(), role: "urzad".into() },
            UnitAddress { email: Email::parse("a@gmina.example").unwrap(), role: "ops".into() },
        ])]);
        for _ in 0..2 {
            let addresses = addresses.clone();
            store.write("addresses", move |tx| tx.unit_addresses_replace(SCOPE, &addresses)).unwrap();
        }
        let code = UnitCode::parse("140101").unwrap();
        store
            .read("units", |tx| {
                assert_eq!(tx.unit_find(SCOPE, unit_id(0))?.as_ref(), Some(&changed));
                assert_eq!(tx.unit_find_by_code(SCOPE, &code)?.as_ref(), Some(&changed));
                let all = tx.unit_list(SCOPE)?;
                assert_eq!((all.len(), &all[0], all[1].periods[0].name.as_str()), (6, &changed, NAMES[1]));
                assert_eq!(tx.unit_addresses(SCOPE)?, addresses);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    fn a_whole_register_goes_in_and_out(database) {
        let store = database.store();
        store.write("programme", |tx| tx.programme_insert(&programme(1, "mazowsze"))).unwrap();
        let units: Vec<_> = (0..500u32)
            .map(|n| {
                let mut one = unit(0, &format!("Gmina {n}"));
                one.id = unit_id(n);
                one.code = UnitCode::parse(&format!("PUP{n:03}")).unwrap();
                one
            })
            .collect();
        let all = units.clone();
        store.write("insert", move |tx| tx.unit_insert_all(SCOPE, &all, at(0))).unwrap();
        let listed = store.read("list", |tx| tx.unit_list(SCOPE)).unwrap();
        assert_eq!(listed, units);
        store.write("edition", |tx| tx.edition_insert(SCOPE, &edition(EDITION, "2024"))).unwrap();
        store
            .write("invite", |tx| {
                let all: Vec<_> = (0..500).map(|n| invitation(n, &format!("Gmina {n}"))).collect();
                tx.invitation_insert_all(SCOPE, &all)?;
                let accesses: Vec<_> = (0..1_200).map(|n| access(n, AccessKind::Letter, &format!("S{n}"))).collect();
                assert_eq!(tx.access_insert_all(SCOPE, &accesses)?.len(), 1_200);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let counted = store.read("count", |tx| tx.invitation_count(SCOPE, EDITION)).unwrap();
        assert_eq!(counted, BTreeMap::from([("jst".to_owned(), 500)]));
    }

    fn another_programme_sees_nothing(database) {
        let store = database.store();
        with_access(&store);
        store.write("submit", |tx| tx.submission_insert(SCOPE, &submission(1, 0, 1))).unwrap();
        store.write("other", |tx| tx.programme_insert(&programme(2, "inne"))).unwrap();
        let other = Scope::programme(ProgrammeId(Uuid::from_u128(2)));
        store
            .read("other", |tx| {
                assert!(tx.unit_list(other)?.is_empty());
                assert!(tx.edition_list(other)?.is_empty());
                assert!(tx.invitation_list(other, EDITION)?.is_empty());
                assert_eq!(tx.invitation_find(other, invitation_id(0))?, None);
                assert_eq!(tx.access_find(other, access_id(0))?, None);
                assert_eq!(tx.submission_find(other, submission(1, 0, 1).id)?, None);
                assert!(tx.submission_page_counted(other, EDITION, None, None, 9)?.is_empty());
                assert!(tx.events_after(other, EDITION, 0, 9)?.is_empty());
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let late = store.write("withdraw", move |tx| tx.invitation_withdraw(other, invitation_id(0), at(9)));
        assert_eq!(late, Ok(false));
    }

    fn a_respondent_reaches_only_its_own_invitation(database) {
        let store = database.store();
        with_access(&store);
        let other = Scope::invitation(PROGRAMME, invitation_id(1));
        let outside = Err(StoreError::OutOfScope);
        assert_eq!(store.read("draft", |tx| tx.draft_find(other, invitation_id(0))), outside.clone());
        let save = store.write("save", move |tx| tx.draft_start(other, invitation_id(0), 1, &answers(&[]), at(1)));
        assert_eq!(save.map(|_| None), outside);
        store
            .read("own", |tx| {
                assert_eq!(tx.access_find(other, access_id(0))?, None);
                let own: Vec<_> = tx.invitation_list(other, EDITION)?.into_iter().map(|i| i.id).collect();
                assert_eq!(own, [invitation_id(1)]);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    fn a_draft_keeps_its_history(database) {
        let store = database.store();
        with_access(&store);
        let change = |rev, path: &str, new: &str| store::Change {
            rev,
            path: path.into(),
            old: String::new(),
            new: new.into(),
            page: "p1".into(),
            access_id: Some(access_id(0)),
            at: at(rev),
        };
        let second = vec![change(2, "z", "1"), change(2, "a", "2")];
        let (first, expected) = (vec![change(1, "q", "0")], second.clone());
        store
            .write("history", move |tx| {
                tx.change_insert_all(SCOPE, invitation_id(0), &first)?;
                tx.change_insert_all(SCOPE, invitation_id(0), &second)
            })
            .unwrap();
        let after = store.read("after", |tx| tx.change_list_after(SCOPE, invitation_id(0), 1)).unwrap();
        assert_eq!(after, expected, "in the order of the page, not of the alphabet");
        store
            .write("correct", |tx| {
                assert!(tx.draft_start(SCOPE, invitation_id(0), 1, &answers(&[("q", "0")]), at(1))?);
                assert_eq!(tx.draft_set_correcting(SCOPE, invitation_id(0), 1, true, at(2))?, Some(2));
                assert_eq!(tx.draft_set_correcting(SCOPE, invitation_id(0), 2, true, at(2))?, None);
                assert_eq!(tx.draft_update_guarded(SCOPE, invitation_id(0), 1, &answers(&[]), at(3))?, None);
                let page = tx.draft_page(SCOPE, EDITION, None, 10)?;
                assert_eq!((page.len(), page[0].rev, page[0].correcting), (1, 2, true));
                assert!(tx.draft_page(SCOPE, EDITION, Some(invitation_id(0)), 10)?.is_empty());
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    fn a_link_is_found_until_archived_and_its_sessions_end_with_its_generation(database) {
        let store = database.store();
        with_access(&store);
        store.write("begin", |tx| tx.session_insert(SCOPE, &session())).unwrap();
        store
            .read("find", |tx| {
                let (programme, found) = tx.access_find_by_selector(false, "ABCD")?.unwrap();
                assert_eq!((programme, found.id), (PROGRAMME, access_id(0)));
                assert_eq!(tx.access_find_by_selector(true, "ABCD")?, None);
                let (programme, session, access) = tx.session_find("f1")?.unwrap();
                assert_eq!((programme, session, access.invitation_id), (PROGRAMME, self::session(), invitation_id(0)));
                assert_eq!(tx.session_find("f2")?, None);
                assert_eq!(tx.access_list_by_edition(SCOPE, EDITION)?.len(), 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
        store
            .write("end", |tx| {
                assert!(tx.session_touch(SCOPE, session().id, at(50))?);
                assert!(!tx.session_touch(SCOPE, session().id, at(40))?);
                assert_eq!(tx.session_delete_idle(SCOPE, at(50))?, 0);
                assert_eq!(tx.access_reissue(SCOPE, access_id(0), 1)?, Some(2));
                assert_eq!(tx.session_find("f1")?, None);
                assert!(tx.access_revoke(SCOPE, access_id(0), at(60))?);
                assert_eq!(tx.access_reissue(SCOPE, access_id(0), 2)?, None);
                assert_eq!(tx.access_list(SCOPE, invitation_id(0))?.len(), 1);
                assert_eq!(tx.access_archive(SCOPE, EDITION, at(70))?, 1);
                assert_eq!(tx.access_find_by_selector(false, "ABCD")?, None);
                let again = tx.access_insert_all(SCOPE, &[access(1, AccessKind::Link, "ABCD")])?;
                assert_eq!(again, [access_id(1)]);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    fn mail_goes_its_way_and_is_never_sent_again_by_itself(database) {
        let store = database.store();
        fill(&store);
        store
            .write("mail", |tx| {
                let receipt = LetterTemplate {
                    name: "potwierdzenie".into(), version: 0, source: "…".into(), hash: "x".into(), created_at: at(0),
                };
                assert_eq!(tx.letter_template_keep(SCOPE, &receipt)?, Some(1));
                assert_eq!(tx.letter_template_keep(SCOPE, &receipt)?, Some(1), "the same text is the same version");
                let mut second = mail(2, 1, "start");
                second.template = "potwierdzenie".into();
                assert_eq!(tx.outbox_enqueue(SCOPE, &[mail(1, 0, "start"), second])?, 2);
                assert_eq!(tx.outbox_lease_next(SCOPE, at(9), at(100))?, None, "not before its time");
                let first = tx.outbox_lease_next(SCOPE, at(10), at(100))?.unwrap();
                assert_eq!((first.id, first.state, first.params["termin"].as_str()), (mail(1, 0, "").id, OutboxState::Sending, "25 lutego"));
                tx.outbox_lease_next(SCOPE, at(10), at(100))?.unwrap();
                assert_eq!(tx.outbox_lapse(SCOPE, &["potwierdzenie"], at(99))?, 0);
                assert_eq!(tx.outbox_lapse(SCOPE, &["potwierdzenie"], at(101))?, 2);
                let counts = tx.outbox_count(SCOPE)?;
                assert_eq!(counts, BTreeMap::from([(OutboxState::Queued, 1), (OutboxState::Uncertain, 1)]));
                assert!(!tx.outbox_settle(SCOPE, first.id, 1, &Settled::Accepted, at(102))?, "too late");
                let receipt = tx.outbox_lease_next(SCOPE, at(103), at(200))?.unwrap();
                assert_eq!((receipt.attempts, receipt.message_id), (2, mail(2, 1, "").message_id));
                let again = Settled::Again { at: at(500), error: "450 later".into() };
                assert!(!tx.outbox_settle(SCOPE, receipt.id, 1, &again, at(104))?, "an older attempt");
                assert!(tx.outbox_settle(SCOPE, receipt.id, 2, &again, at(104))?);
                assert_eq!(tx.outbox_lease_next(SCOPE, at(499), at(600))?, None);
                assert!(tx.outbox_move(SCOPE, first.id, OutboxState::Uncertain, OutboxState::Queued, at(300))?);
                assert!(!tx.outbox_move(SCOPE, first.id, OutboxState::Uncertain, OutboxState::Queued, at(300))?);
                let queued = tx.outbox_page(SCOPE, Some(OutboxState::Queued), None, 10)?;
                assert_eq!((queued.len(), queued[1].last_error.as_deref()), (2, Some("450 later")));
                assert_eq!(tx.outbox_page(SCOPE, None, Some(first.id), 10)?.len(), 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    fn people_log_in_with_their_roles(database) {
        let store = database.store();
        fill(&store);
        let user = PanelUser {
            id: UserId(Uuid::from_u128(8)), login: "anna".into(), password_hash: "$argon2id$…".into(),
            totp_secret: None, failed: 0, locked_until: None, created_at: at(1), updated_at: at(1),
        };
        let id = user.id;
        store
            .write("user", move |tx| {
                tx.user_insert(&user)?;
                tx.role_put(SCOPE, id, Role::Analyst, at(1))?;
                tx.role_put(SCOPE, id, Role::Administrator, at(2))?;
                assert_eq!(tx.role_find(SCOPE, id)?, Some(Role::Administrator));
                assert_eq!(tx.role_list(id)?, [(PROGRAMME, Role::Administrator)]);
                assert_eq!((tx.user_note_failure(id)?, tx.user_note_failure(id)?), (Some(1), Some(2)));
                assert!(tx.user_lock(id, at(900))?);
                let locked = tx.user_find_by_login("anna")?.unwrap();
                assert_eq!((locked.failed, locked.locked_until), (2, Some(at(900))));
                assert!(tx.user_clear_failures(id)?);
                assert_eq!(tx.user_list()?, std::slice::from_ref(&user));
                let session = PanelSession {
                    id: SessionId(Uuid::from_u128(9)), fingerprint: "s".into(), user_id: id,
                    created_at: at(1), last_seen_at: at(1),
                };
                tx.panel_session_insert(&session)?;
                assert!(tx.panel_session_touch(session.id, at(5))?);
                assert_eq!(tx.panel_session_find("s")?.unwrap().1, user);
                assert!(tx.user_set_password(id, "$argon2id$new", at(6))?);
                assert_eq!(tx.panel_session_find("s")?, None, "a new password ends all sessions");
                Ok::<_, StoreError>(())
            })
            .unwrap();
        let twice = store.write("twice", move |tx| {
            let login = "anna".to_owned();
            tx.user_insert(&PanelUser {
                id: UserId(Uuid::from_u128(80)), login, password_hash: String::new(), totp_secret: None, failed: 0,
                locked_until: None, created_at: at(1), updated_at: at(1),
            })
        });
        assert!(twice.is_err_and(|error| error.is_taken("panel_user")));
    }

    fn keys_are_known_until_revoked(database) {
        let store = database.store();
        fill(&store);
        store
            .write("keys", |tx| {
                let key = ApiKey {
                    id: ApiKeyId(Uuid::from_u128(4)), fingerprint: "fp".into(), name: "BI".into(),
                    created_at: at(1), revoked_at: None,
                };
                tx.api_key_insert(SCOPE, &key)?;
                assert_eq!(tx.api_key_find("fp")?, Some((PROGRAMME, key.clone())));
                assert!(tx.api_key_revoke(SCOPE, key.id, at(2))?);
                assert!(!tx.api_key_revoke(SCOPE, key.id, at(3))?);
                assert_eq!(tx.api_key_find("fp")?, None);
                assert_eq!(tx.api_key_list(SCOPE)?[0].revoked_at, Some(at(2)));
                let link = LinkKey {
                    id: "k1".into(), check_value: "c".into(), purpose: "links".into(), created_at: at(1), retired_at: None,
                };
                tx.link_key_insert(&link)?;
                assert!(tx.link_key_retire("k1", at(5))?);
                assert!(!tx.link_key_retire("k1", at(6))?);
                assert_eq!(tx.link_key_list()?, [LinkKey { retired_at: Some(at(5)), ..link }]);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }

    fn an_edition_goes_its_way(database) {
        let store = database.store();
        fill(&store);
        store
            .write("edition", |tx| {
                assert!(!tx.edition_open(SCOPE, EDITION, at(5))?, "open already");
                assert!(tx.edition_close(SCOPE, EDITION, at(6))?);
                assert!(!tx.edition_close(SCOPE, EDITION, at(7))?);
                assert_eq!(tx.edition_find_by_slug(SCOPE, "2024")?.unwrap().closed_at, Some(at(6)));
                assert!(tx.edition_reopen(SCOPE, EDITION)?);
                assert!(tx.invitation_set_closes_on(SCOPE, invitation_id(0), Some(day("2025-03-10")))?);
                assert!(tx.invitation_withdraw(SCOPE, invitation_id(1), at(8))?);
                assert!(!tx.invitation_withdraw(SCOPE, invitation_id(1), at(9))?);
                assert_eq!(tx.invitation_count(SCOPE, EDITION)?["jst"], 5);
                let first = tx.invitation_find(SCOPE, invitation_id(0))?.unwrap();
                assert_eq!(first.closes_on, Some(day("2025-03-10")));
                let names: Vec<_> = tx.invitation_list(SCOPE, EDITION)?.into_iter().map(|i| i.unit_name).collect();
                assert_eq!(names, ["Ciechanów", "Ćmielów", "Lipsko", "Łomianki", "Zwoleń", "Żuromin"]);
                assert_eq!(tx.form_version_newest(SCOPE, EDITION, "jst")?.unwrap().version, 1);
                assert_eq!(tx.form_version_list(SCOPE, EDITION)?.len(), 1);
                Ok::<_, StoreError>(())
            })
            .unwrap();
    }
}
