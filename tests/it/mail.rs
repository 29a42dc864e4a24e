//! Letters: never twice, never vanished.

use chrono::TimeDelta;
use miernik::mail::DeliveryError;
use miernik::service::Refused;
use miernik::service::outbox::Step;
use store::{Mail, OutboxState, Settled};

use crate::harness::{Ground, Moody, Outbox, TestApp, on_both_databases, outbox_rows};

on_both_databases! {
    Small:
    a_wave_reaches_each_office_once,
    two_instances_that_invite_at_once_queue_each_letter_once,
    an_invitation_carries_the_office_s_own_link_and_the_headers_of_a_machine,
    without_the_setting_there_is_no_reply_to,
    a_mail_that_is_refused_for_good_is_not_tried_again,
    a_busy_relay_is_asked_again_after_longer_and_longer_pauses,
    a_mail_is_given_up_after_two_days,
    a_mail_that_nobody_knows_about_is_never_sent_again_by_itself,
    an_invitation_whose_worker_died_is_uncertain,
    a_receipt_whose_worker_died_goes_out_again_as_the_same_message,
    two_workers_never_take_the_same_mail,
    a_placeholder_that_nothing_fills_is_found_before_anything_is_queued,
    a_letter_that_is_queued_keeps_the_text_it_was_queued_with,
    nobody_without_an_address_gets_a_receipt_and_sending_works_all_the_same,
}

const ONE: &str = "1401022;Promna;urzad@promna.example";
const TWO: &str = "1401022;Promna;urzad@promna.example\n1401013;Białobrzegi;urzad@bialobrzegi.example";

fn later(text: &str) -> DeliveryError {
    DeliveryError::Later(text.into())
}

/// One invitation waits in the outbox.
fn invited(app: &TestApp) -> Mail {
    app.upload_addresses(ONE);
    app.service.invite(&app.edition, "zaproszenie", "start", false).unwrap();
    let mut rows = outbox_rows(app);
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

/// One receipt waits in the outbox.
fn receipt(app: &TestApp) -> Mail {
    let office = app.office_inside("Promna");
    office.save("kontakt", &[("kontakt_email", "anna@promna.example")]).location();
    office.answer("nie", "1");
    outbox_rows(app).remove(0)
}

/// A worker takes the next mail and is never heard of again.
fn crash_while_sending(app: &TestApp) -> Mail {
    let (scope, now) = (app.programme().scope(), app.service.now());
    let until = now + TimeDelta::minutes(5);
    app.service.store.write("test", move |tx| tx.outbox_lease_next(scope, now, until)).unwrap().unwrap()
}

fn a_wave_reaches_each_office_once(app: &TestApp) {
    app.upload_addresses(TWO);
    let invite =
        |wave: &str, dry_run| app.service.invite(&app.edition, "zaproszenie", wave, dry_run).unwrap();
    let planned = invite("start", true);
    assert_eq!(outbox_rows(app).len(), 0, "a dry run queues nothing");
    let first = invite("start", false);
    assert_eq!(planned, first);
    assert_eq!((first.queued, first.already), (2, 0));
    assert_eq!(
        first.without_address,
        ["powiat białobrzeski", "Powiatowy Urząd Pracy w Białobrzegach", "Radzanów"]
    );
    let again = invite("start", false);
    assert_eq!((again.queued, again.already), (0, 2));
    assert_eq!(invite("start", true), again, "a dry run knows what was queued before");

    let outbox = Outbox::new(&app.service.settings.mail);
    outbox.send_all(app);
    outbox.send_all(app);
    assert_eq!(outbox.letters().len(), 2);
    assert_eq!(app.mail_states(), [OutboxState::Accepted; 2]);
    assert_eq!(invite("start", false).already, 2, "nor after it was sent");
    assert_eq!(invite("2025-02-10", false).queued, 2);
    let reminder = app.service.invite(&app.edition, "przypomnienie", "start", false).unwrap();
    assert_eq!(reminder.queued, 2);
}

fn two_instances_that_invite_at_once_queue_each_letter_once(app: &TestApp) {
    app.upload_addresses(TWO);
    let second = app.second_service();
    let queued: usize = std::thread::scope(|scope| {
        let both = [&*app.service, &second];
        let waves = both.map(|service| {
            scope.spawn(move || service.invite(&app.edition, "zaproszenie", "start", false).unwrap().queued)
        });
        waves.into_iter().map(|wave| wave.join().unwrap()).sum()
    });
    assert_eq!((queued, outbox_rows(app).len()), (2, 2));
}

fn an_invitation_carries_the_office_s_own_link_and_the_headers_of_a_machine(app: &TestApp) {
    let app = TestApp::start_with(app.kind, Ground::Small, |settings| {
        settings.mail.reply_to = Some("Pytania <pytania@unp.example>".into());
    });
    let row = invited(&app);
    app.wait(TimeDelta::days(1));
    let outbox = Outbox::new(&app.service.settings.mail);
    outbox.send_all(&app);
    let letters = outbox.letters();
    let letter = &letters[0];
    let office = app.office("Promna");
    assert_eq!(letter.addresses(), [format!("{}{}", app.address, office.link)]);
    office.begin();
    assert!(!letter.text().contains(&office.code), "the code goes by another way");
    assert!(letter.text().contains("wtorek, 25 lutego 2025"), "{}", letter.text());

    let header = |name: &str| letter.header(name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(header("Message-ID"), format!("<{}>", row.message_id));
    assert_eq!(header("Auto-Submitted"), "auto-generated");
    assert_eq!(header("X-Auto-Response-Suppress"), "All");
    assert_eq!(header("Content-Language"), "pl");
    assert_eq!(header("Content-Type"), "text/plain; charset=utf-8");
    assert_eq!(header("To"), "urzad@promna.example");
    assert!(header("Reply-To").contains("pytania@unp.example"));
    assert!(header("From").contains("ankieta@miernik.example"));
    assert!(
        header("Date").starts_with("Mon, 20 Jan 2025 08:00:00"),
        "of the row, not of the attempt: {}",
        header("Date")
    );
    assert_eq!(letter.header("Subject").map(|subject| subject.is_ascii()), Some(true));
}

fn without_the_setting_there_is_no_reply_to(app: &TestApp) {
    invited(app);
    let outbox = Outbox::new(&app.service.settings.mail);
    outbox.send_all(app);
    assert_eq!(outbox.letters()[0].header("Reply-To"), None);
}

fn a_mail_that_is_refused_for_good_is_not_tried_again(app: &TestApp) {
    invited(app);
    let relay = Moody::new([DeliveryError::Never("550 no such user".into())]);
    assert_eq!(relay.step(app), Step::Tried(OutboxState::Refused));
    app.wait(TimeDelta::days(7));
    assert_eq!(relay.step(app), Step::Idle);
    let row = outbox_rows(app).remove(0);
    assert_eq!(row.last_error.as_deref(), Some("550 no such user"));
    assert_eq!((row.attempts, relay.taken().len()), (1, 0));
}

fn a_busy_relay_is_asked_again_after_longer_and_longer_pauses(app: &TestApp) {
    let row = invited(app);
    let relay = Moody::new(["451 a", "451 b", "451 c", "451 d"].map(later));
    for pause in [5, 60, 240, 240] {
        assert_eq!(relay.step(app), Step::Tried(OutboxState::Queued));
        app.wait(TimeDelta::minutes(pause) - TimeDelta::milliseconds(1));
        assert_eq!(relay.step(app), Step::Idle, "not before {pause} minutes");
        app.wait(TimeDelta::milliseconds(1));
    }
    assert_eq!(relay.step(app), Step::Tried(OutboxState::Accepted));
    assert_eq!(relay.taken(), [format!("<{}>", row.message_id)]);
    assert_eq!(outbox_rows(app)[0].attempts, 5);
}

fn a_mail_is_given_up_after_two_days(app: &TestApp) {
    let start = app.service.now();
    invited(app);
    let relay = Moody::new((0..100).map(|_| later("451 busy")));
    let mut step = relay.step(app);
    while step != Step::Tried(OutboxState::Refused) {
        assert!(matches!(step, Step::Idle | Step::Tried(OutboxState::Queued)), "{step:?}");
        app.wait(TimeDelta::minutes(30));
        step = relay.step(app);
    }
    let hours = app.service.now().millis_since(start) / 3_600_000;
    assert!((48..=53).contains(&hours), "given up after {hours} h");
    assert_eq!(outbox_rows(app)[0].last_error.as_deref(), Some("451 busy"));
    assert!(relay.taken().is_empty());
}

fn a_mail_that_nobody_knows_about_is_never_sent_again_by_itself(app: &TestApp) {
    invited(app);
    let relay = Moody::new([DeliveryError::Unknown("connection lost after DATA".into())]);
    assert_eq!(relay.step(app), Step::Tried(OutboxState::Uncertain));
    app.wait(TimeDelta::days(7));
    assert_eq!(relay.step(app), Step::Idle);
    assert_eq!(app.mail_states(), [OutboxState::Uncertain]);
}

fn an_invitation_whose_worker_died_is_uncertain(app: &TestApp) {
    invited(app);
    let leased = crash_while_sending(app);
    let relay = Moody::default();
    assert_eq!(relay.step(app), Step::Idle, "another worker leaves it alone while the lease lasts");
    assert_eq!(app.mail_states(), [OutboxState::Sending]);
    app.wait(TimeDelta::minutes(6));
    assert_eq!(relay.step(app), Step::Idle);
    assert_eq!(app.mail_states(), [OutboxState::Uncertain]);
    app.wait(TimeDelta::days(7));
    assert_eq!(relay.step(app), Step::Idle);
    assert!(relay.taken().is_empty());

    let (scope, now) = (app.programme().scope(), app.service.now());
    let late = move |tx: &mut store::Tx<'_>| {
        tx.outbox_settle(scope, leased.id, leased.attempts, &Settled::Accepted, now)
    };
    assert!(!app.service.store.write("test", late).unwrap(), "the dead worker cannot settle it any more");
}

fn a_receipt_whose_worker_died_goes_out_again_as_the_same_message(app: &TestApp) {
    let row = receipt(app);
    crash_while_sending(app);
    app.wait(TimeDelta::minutes(6));
    let relay = Moody::default();
    assert_eq!(relay.step(app), Step::Tried(OutboxState::Accepted));
    assert_eq!(relay.taken(), [format!("<{}>", row.message_id)]);
    assert_eq!(relay.step(app), Step::Idle);
}

fn two_workers_never_take_the_same_mail(app: &TestApp) {
    app.upload_addresses(TWO);
    app.service.invite(&app.edition, "zaproszenie", "start", false).unwrap();
    app.service.invite(&app.edition, "zaproszenie", "drugi raz", false).unwrap();
    let relay = Moody::default();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| while relay.step(app) != Step::Idle {});
        }
    });
    let mut taken = relay.taken();
    taken.sort();
    taken.dedup();
    assert_eq!((taken.len(), relay.taken().len()), (4, 4));
    assert_eq!(app.mail_states(), [OutboxState::Accepted; 4]);
}

fn a_placeholder_that_nothing_fills_is_found_before_anything_is_queued(app: &TestApp) {
    app.upload_addresses(TWO);
    let source = "Temat: Ankieta {{ROK}}\n\nDzień dobry {{IMIE}},\n\nnumer {{NUMER}}\n";
    app.service.letter_put(app.programme().scope(), "zaproszenie", source).unwrap();
    let refused = app.service.invite(&app.edition, "zaproszenie", "start", false).unwrap_err();
    let Refused::Input(lines) = refused else { panic!("{refused:?}") };
    let all = lines.join("\n");
    assert!(all.contains("IMIE") && all.contains("NUMER"), "{all}");
    assert!(outbox_rows(app).is_empty());
}

fn a_letter_that_is_queued_keeps_the_text_it_was_queued_with(app: &TestApp) {
    invited(app);
    let changed = "Temat: Nowy temat\n\nNowy tekst {{LINK}}\n";
    app.service.letter_put(app.programme().scope(), "zaproszenie", changed).unwrap();
    let outbox = Outbox::new(&app.service.settings.mail);
    outbox.send_all(app);
    assert!(!outbox.letters()[0].text().contains("Nowy tekst"));
}

fn nobody_without_an_address_gets_a_receipt_and_sending_works_all_the_same(app: &TestApp) {
    let office = app.office_inside("Promna");
    office.answer("nie", "1");
    assert!(outbox_rows(app).is_empty());
    app.upload_addresses("1401013;Białobrzegi;urzad@bialobrzegi.example");
    app.office_inside("Białobrzegi").answer("nie", "1");
    assert_eq!(outbox_rows(app)[0].recipient, "urzad@bialobrzegi.example", "the unit's own address");
}
