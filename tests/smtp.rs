//! The SMTP transport against a relay that answers as it is told, in clear and with TLS.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod relay;

use std::path::Path;

use miernik::config::{MailSettings, SmtpTls, Transport};
use miernik::mail::{DeliveryError, Mailer, Outgoing};
use relay::{Relay, Script};
use survey::Timestamp;

fn letter() -> Outgoing {
    Outgoing {
        id: "0001".into(),
        to: "urzad@gmina.example".into(),
        subject: "Ankieta za 2024 r. – Żyrardów".into(),
        text: "Dzień dobry,\nodnośnik jest w następnym wierszu.\n.\nkropka na początku\n".into(),
        date: Timestamp::from_millis(1_737_100_800_000),
        message_id: "0001@miernik.example".into(),
    }
}

fn settings(port: u16, tls: SmtpTls, ca_file: Option<&Path>) -> MailSettings {
    let mut settings = MailSettings {
        transport: Transport::Smtp,
        from: "MCPS – ankieta <ankieta@miernik.example>".into(),
        reply_to: Some("sekretariat@miernik.example".into()),
        ..MailSettings::default()
    };
    settings.smtp.host = "localhost".into();
    settings.smtp.port = port;
    settings.smtp.tls = tls;
    settings.smtp.ca_file = ca_file.map(Path::to_path_buf);
    settings
}

fn send(relay: &Relay, tls: SmtpTls, ca_file: Option<&Path>) -> Result<(), DeliveryError> {
    Mailer::new(&settings(relay.port, tls, ca_file)).unwrap().send(&letter())
}

#[test]
fn a_letter_arrives_whole_with_its_headers() {
    let relay = Relay::start(Script::default());
    send(&relay, SmtpTls::None, None).unwrap();
    let message = relay.message().unwrap();
    for header in [
        "Message-ID: <0001@miernik.example>",
        "Date: Fri, 17 Jan 2025 08:00:00 +0000",
        "To: urzad@gmina.example",
        "Reply-To: sekretariat@miernik.example",
        "Auto-Submitted: auto-generated",
        "Content-Language: pl",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(message.contains(&format!("{header}\r\n")), "{header} is missing in\n{message}");
    }
    // A line that is a single dot would end the message: it travels doubled.
    assert!(message.contains("\r\n..\r\n"), "{message}");
    assert!(message.lines().all(|line| line.len() <= 998));
}

#[test]
fn a_temporary_refusal_of_the_recipient_is_tried_again_later() {
    let relay = Relay::start(Script { rcpt: "450 4.2.0 greylisted", ..Script::default() });
    assert!(matches!(send(&relay, SmtpTls::None, None), Err(DeliveryError::Later(_))));
}

#[test]
fn a_permanent_refusal_of_the_recipient_is_final() {
    let relay = Relay::start(Script { rcpt: "550 5.1.1 no such mailbox", ..Script::default() });
    let error = send(&relay, SmtpTls::None, None).unwrap_err();
    assert!(matches!(&error, DeliveryError::Never(text) if text.contains("no such mailbox")), "{error}");
}

#[test]
fn a_refusal_after_the_message_says_again_or_never() {
    let later = Relay::start(Script { message: "451 4.3.0 try later", ..Script::default() });
    assert!(matches!(send(&later, SmtpTls::None, None), Err(DeliveryError::Later(_))));
    let never = Relay::start(Script { message: "554 5.7.1 spam", ..Script::default() });
    assert!(matches!(send(&never, SmtpTls::None, None), Err(DeliveryError::Never(_))));
}

#[test]
fn a_connection_that_breaks_before_the_message_is_tried_again_later() {
    let relay = Relay::start(Script { hang_up_at: Some("DATA"), ..Script::default() });
    assert!(matches!(send(&relay, SmtpTls::None, None), Err(DeliveryError::Later(_))));
}

#[test]
fn a_connection_that_breaks_after_the_message_leaves_it_uncertain() {
    let relay = Relay::start(Script { hang_up_at: Some("."), ..Script::default() });
    assert!(matches!(send(&relay, SmtpTls::None, None), Err(DeliveryError::Unknown(_))));
    assert!(relay.message().is_some(), "the relay had the whole message");
}

#[test]
fn nobody_listening_is_a_matter_of_later() {
    let relay = Relay::start(Script::default());
    let port = relay.port;
    drop(relay);
    let sent = Mailer::new(&settings(port, SmtpTls::None, None)).unwrap().send(&letter());
    assert!(matches!(sent, Err(DeliveryError::Later(_))));
}

#[test]
fn starttls_and_tls_from_the_start_work_with_the_offices_own_certificate() {
    let folder = tempfile::tempdir().unwrap();
    for (tls, at_once) in [(SmtpTls::Starttls, false), (SmtpTls::Implicit, true)] {
        let (relay, ca) = Relay::start_with_tls(Script::default(), at_once, folder.path());
        send(&relay, tls, Some(&ca)).unwrap();
        assert!(relay.message().is_some_and(|message| message.contains("Message-ID")));
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let (relay, _) = Relay::start_with_tls(Script::default(), false, folder.path());
    assert!(matches!(send(&relay, SmtpTls::Starttls, None), Err(DeliveryError::Later(_))));
    assert_eq!(relay.message(), None);
}

#[test]
fn a_relay_without_tls_gets_nothing_when_tls_is_required() {
    let relay = Relay::start(Script::default());
    assert!(matches!(send(&relay, SmtpTls::Starttls, None), Err(DeliveryError::Later(_))));
    assert_eq!(relay.message(), None);
}

#[test]
fn an_address_that_is_none_is_final_and_no_connection_is_made() {
    let relay = Relay::start(Script::default());
    let mut wrong = letter();
    wrong.to = "gmina bez adresu".into();
    let sent = Mailer::new(&settings(relay.port, SmtpTls::None, None)).unwrap().send(&wrong);
    assert!(matches!(sent, Err(DeliveryError::Never(_))));
}

#[test]
fn a_sender_with_polish_letters_in_the_name_is_taken() {
    let mut settings = settings(1, SmtpTls::None, None);
    settings.from = "Mazowieckie Centrum – ankieta (ŻÓŁW) <ankieta@miernik.example>".into();
    assert!(Mailer::new(&settings).is_ok());
    settings.from = "bez adresu".into();
    assert!(Mailer::new(&settings).is_err());
}
