//! Secrets stand neither in the database nor in the log.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::{LOGIN, Office, Outbox, PASSWORD, TestApp, on_both_databases};

on_both_databases! {
    Small:
    a_dump_of_the_database_holds_no_usable_secret,
    the_log_holds_no_secret_and_nobody_s_address,
}

/// Everything that the process has logged since the first of these tests began.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// The log is of the process, so it is listened to once; more is logged than any service would.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let log = Log::default();
    let filter =
        EnvFilter::new("info,miernik=trace,store=trace,survey=trace,actix_web=debug,actix_http=debug");
    tracing_subscriber::fmt().with_ansi(false).with_env_filter(filter).with_writer(log.clone()).init();
    log
});

/// The part of a link or code that is no selector, without hyphens.
fn secret_parts(office: &Office) -> [String; 2] {
    let token = office.link.strip_prefix("/a/").unwrap();
    [token[12..].to_owned(), office.code.replace('-', "")[4..].to_owned()]
}

/// Everything that people do, so that every secret has been used once; gives the secrets.
fn everything(app: &TestApp) -> Vec<(&'static str, String)> {
    app.upload_addresses("1401022;Promna;urzad@promna.example");
    app.service.invite(&app.edition, "zaproszenie", "start", false).unwrap();
    let office = app.office("Promna");
    let begun = office.browser.post(&office.link, &[]);
    let cookie = |page: &crate::harness::Page| {
        let set = page.header("set-cookie").unwrap();
        set.split([';', '=']).nth(1).unwrap().to_owned()
    };
    let mut secrets = vec![("session", cookie(&begun))];
    office.save("kontakt", &[("kontakt_email", "anna@promna.example")]).location();
    office.answer("nie", "1");
    office.enter_code(&office.code).location();
    let mut wrong = office.link.clone();
    wrong.truncate(wrong.len() - 3);
    office.get(&wrong).with_status(404);
    let anna = app.analyst();
    secrets.push(("panel session", cookie(&anna.log_in(LOGIN, PASSWORD))));
    anna.log_in(LOGIN, "nie to hasło");
    app.program().measures();
    Outbox::new(&app.service.settings.mail).send_all(app);
    let [link, code] = secret_parts(&office);
    secrets.extend([
        ("link", link),
        ("code", code),
        ("password", PASSWORD.into()),
        ("API key", app.api_key.clone()),
    ]);
    secrets.push(("hyphenated code", office.code.clone()));
    secrets
}

fn holds(text: &str, secret: &str) -> bool {
    text.to_uppercase().contains(&secret.to_uppercase())
}

fn a_dump_of_the_database_holds_no_usable_secret(app: &TestApp) {
    let secrets = everything(app);
    let mut all = secrets;
    for issued in app.service.issued(&app.edition).unwrap() {
        let office = Office::of(app, &issued);
        all.extend(secret_parts(&office).map(|part| ("link or code", part)));
    }
    let dump = app.database.dump();
    assert!(dump.iter().any(|(table, rows)| table == "outbox" && rows.len() == 2));
    for (table, rows) in dump {
        for (kind, secret) in &all {
            assert!(!rows.iter().any(|row| holds(row, secret)), "the {kind} stands in {table}");
        }
    }
}

fn the_log_holds_no_secret_and_nobody_s_address(app: &TestApp) {
    LazyLock::force(&LOG);
    let mut secrets = everything(app);
    secrets.extend([
        ("person", "anna@promna.example".to_owned()),
        ("person", "urzad@promna.example".to_owned()),
    ]);
    let log = String::from_utf8(LOG.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("/a/{token}"), "requests are logged by their pattern: {log}");
    for (kind, secret) in secrets {
        assert!(!holds(&log, &secret), "the {kind} stands in the log");
    }
}
