//! The service with a real server in front of it.

use std::collections::HashMap;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::JoinHandle;

use chrono::TimeDelta;
use miernik::clock::{Clock, ManualClock, SeededRandom};
use miernik::config::Settings;
use miernik::forms::ProgrammeFiles;
use miernik::service::editions::Calendar;
use miernik::service::invitations::Issued;
use miernik::service::programmes::Known;
use miernik::service::register::Imported;
use miernik::service::{EditionName, Service};
use store::{Draft, Options, Role, Store, Submission, Tx};
use survey::Timestamp;
use survey::access::{Key, KeyId, KeyRing};
use tokio::sync::oneshot;

use super::database::{Database, Kind};
use super::{Analyst, Office, Program};

/// Who may enter the panel.
pub(crate) const LOGIN: &str = "anna";
/// Her password.
pub(crate) const PASSWORD: &str = "cztery zielone kaczki";

/// What stands in the database when a test begins: an opened edition, a person of the panel, an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Ground {
    /// The small programme of the fixtures.
    Small,
    /// The same, with answers said to be made up.
    Synthetic,
    /// The programme that ships with the service.
    Shipped,
}

impl Ground {
    fn files(self) -> ProgrammeFiles {
        match self {
            Self::Shipped => ProgrammeFiles::Shipped,
            Self::Small | Self::Synthetic => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/proba");
                ProgrammeFiles::Folder(folder)
            }
        }
    }

    fn edition(self) -> EditionName {
        let programme = if self == Self::Shipped { "mazowsze" } else { "proba" };
        EditionName { programme: programme.into(), edition: "2024".into() }
    }
}

/// A ground laid out once for all tests that run at the same time.
struct Template {
    database: Database,
    api_key: String,
}

type Templates = Mutex<HashMap<(Kind, Ground), Weak<Template>>>;

/// The templates in use. Weak, so that the last test removes them.
static TEMPLATES: std::sync::LazyLock<Templates> = std::sync::LazyLock::new(Templates::default);

/// One service under test.
pub(crate) struct TestApp {
    pub(crate) service: Arc<Service>,
    pub(crate) clock: ManualClock,
    pub(crate) edition: EditionName,
    pub(crate) address: String,
    pub(crate) database: Database,
    pub(crate) kind: Kind,
    pub(crate) api_key: String,
    _server: Server,
    _template: Arc<Template>,
}

impl TestApp {
    /// A fresh database and a server over it; it is nine o'clock on the fourth day of the edition.
    pub(crate) fn start(kind: Kind, ground: Ground) -> Self {
        Self::start_with(kind, ground, |_| {})
    }

    /// The same with other settings.
    pub(crate) fn start_with(kind: Kind, ground: Ground, change: impl FnOnce(&mut Settings)) -> Self {
        Self::start_over(kind, ground, change, Options::default())
    }

    /// The same with other settings and another store.
    pub(crate) fn start_over(
        kind: Kind,
        ground: Ground,
        change: impl FnOnce(&mut Settings),
        options: Options,
    ) -> Self {
        let template = template(kind, ground);
        let database = template.database.copy();
        let clock = ManualClock::at(moment("2025-01-20T08:00:00Z"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut settings = Settings { public_url: address.clone(), ..Settings::default() };
        settings.office.person = "Anna Przykładowa".into();
        settings.office.phone = "22 000 00 00".into();
        change(&mut settings);
        let service = Arc::new(service(&database, settings, &clock, 2, options));
        let server = Server::start(&service, listener);
        let api_key = template.api_key.clone();
        let edition = ground.edition();
        Self {
            service,
            clock,
            edition,
            address,
            database,
            kind,
            api_key,
            _server: server,
            _template: template,
        }
    }

    /// A second instance over the same database, without a server.
    pub(crate) fn second_service(&self) -> Service {
        service(&self.database, self.service.settings.clone(), &self.clock, 3, Options::default())
    }

    /// A second instance with a server of its own; gives its address. It runs as long as the value lives.
    pub(crate) fn second_instance(&self) -> (Server, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        (Server::start(&Arc::new(self.second_service()), listener), address)
    }

    /// Moves the clock on.
    pub(crate) fn wait(&self, step: TimeDelta) {
        self.clock.advance(step);
    }

    /// Moves the clock to a moment such as `2025-02-25T23:00:00Z`.
    pub(crate) fn wait_until(&self, at: &str) {
        self.clock.set(moment(at));
    }

    /// The programme of the edition.
    pub(crate) fn programme(&self) -> Arc<Known> {
        self.service.programme(&self.edition.programme).unwrap()
    }

    /// What the office of a unit got.
    pub(crate) fn issued(&self, unit: &str) -> Issued {
        let all = self.service.issued(&self.edition).unwrap();
        all.into_iter().find(|issued| issued.invitation.unit_name == unit).unwrap()
    }

    /// The scope and id of one invitation.
    pub(crate) fn scope(&self, unit: &str) -> (survey::Scope, survey::InvitationId) {
        let id = self.issued(unit).invitation.id;
        (survey::Scope::invitation(self.programme().row.id, id), id)
    }

    /// The draft of a unit, if it has one.
    pub(crate) fn draft(&self, unit: &str) -> Option<Draft> {
        let (scope, id) = self.scope(unit);
        self.service.store.read("test", |tx| tx.draft_find(scope, id)).unwrap()
    }

    /// What the draft of a unit holds under a name; empty when nothing.
    pub(crate) fn drafted(&self, unit: &str, name: &str) -> String {
        let draft = self.draft(unit).unwrap();
        draft.answers.get(&name.parse().unwrap()).unwrap_or_default().to_owned()
    }

    /// The values of a question in all rows of a list, in order.
    pub(crate) fn listed(&self, unit: &str, repeat: &str, question: &str) -> Vec<String> {
        let rows = self.draft(unit).unwrap().answers.repeats.remove(repeat).unwrap_or_default();
        rows.into_iter().map(|mut row| row.fields.remove(question).unwrap_or_default()).collect()
    }

    /// The submissions of a unit, the newest first.
    pub(crate) fn submissions(&self, unit: &str) -> Vec<Submission> {
        let (scope, id) = self.scope(unit);
        self.service.store.read("test", |tx| tx.submission_list(scope, id)).unwrap()
    }

    /// Gives units their addresses, as an upload of the register does.
    pub(crate) fn upload_addresses(&self, rows: &str) -> Imported {
        let file = format!("TERYT;Nazwa;E-mail\n{rows}\n");
        self.service.units_import(&self.programme(), file.as_bytes(), "adresy.csv", false).unwrap()
    }

    /// Withdraws the newest submission of a unit that counts.
    pub(crate) fn withdraw(&self, unit: &str) {
        let (scope, now) = (self.programme().scope(), self.clock.now());
        let newest = self.submissions(unit).into_iter().find(|sent| sent.withdrawn_at.is_none()).unwrap();
        let edition = self.service.edition(&self.edition).unwrap().1.id;
        let withdraw = move |tx: &mut Tx<'_>| tx.submission_withdraw(scope, edition, newest.id, now);
        assert!(self.service.store.write("test", withdraw).unwrap().is_some());
    }

    /// An office with its own browser.
    pub(crate) fn office(&self, unit: &str) -> Office {
        Office::of(self, &self.issued(unit))
    }

    /// An office that has pressed the button of the start page.
    pub(crate) fn office_inside(&self, unit: &str) -> Office {
        let office = self.office(unit);
        office.begin();
        office
    }

    /// Stores the programme again with something in place of its `[figures]`; the usual limits where that names none.
    pub(crate) fn rules(&self, added: &str) {
        // A programme is read again when it was stored at another moment.
        self.wait(TimeDelta::seconds(1));
        let source = include_str!("../fixtures/proba/programme.toml");
        let (source, _) = source.split_once("[figures]").unwrap();
        self.service.programme_put(&format!("{source}\n{added}"), false).unwrap();
    }

    /// Somebody at the panel's door.
    pub(crate) fn analyst(&self) -> Analyst {
        Analyst::at(&self.address)
    }

    /// A program with a good key.
    pub(crate) fn program(&self) -> Program {
        Program::with_key(self, &self.api_key)
    }
}

/// The moment of an RFC 3339 text.
fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The key that every link and code of these tests is derived from.
pub(crate) fn link_key() -> Key {
    Key::new(KeyId::parse("2025-01-02-00").unwrap(), [7; 32])
}

fn service(
    database: &Database,
    settings: Settings,
    clock: &ManualClock,
    seed: u64,
    options: Options,
) -> Service {
    let store = Store::open(&database.url, options).unwrap();
    let service = Service::new(
        store,
        settings,
        KeyRing::new(link_key(), []),
        Arc::new(clock.clone()),
        Arc::new(SeededRandom::new(seed)),
    );
    service.verify_keys().unwrap();
    service
}

fn template(kind: Kind, ground: Ground) -> Arc<Template> {
    let mut templates = TEMPLATES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = templates.get(&(kind, ground)).and_then(Weak::upgrade) {
        return known;
    }
    let made = Arc::new(lay_out(kind, ground));
    templates.insert((kind, ground), Arc::downgrade(&made));
    made
}

fn lay_out(kind: Kind, ground: Ground) -> Template {
    let database = Database::new(kind);
    store::migrate(&database.url).unwrap();
    let clock = ManualClock::at(moment("2025-01-10T08:00:00Z"));
    let service = service(&database, Settings::default(), &clock, 1, Options::default());
    let (name, files) = (ground.edition(), ground.files());
    service.edition_create(&name, &files, Calendar::default(), ground == Ground::Synthetic).unwrap();
    service.edition_open(&name, &files).unwrap();
    service.user_add(LOGIN, PASSWORD, Role::Analyst).unwrap();
    let api_key = service.api_key_add(&name.programme, "test").unwrap().reveal();
    service.store.close();
    drop(service);
    database.leave_alone();
    Template { database, api_key }
}

/// The server's thread.
pub(crate) struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Serves until the value is dropped.
    pub(crate) fn start(service: &Arc<Service>, listener: TcpListener) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let service = Arc::clone(service);
        let thread = std::thread::spawn(move || {
            let until = async move {
                // An error means that the test has gone, which also ends the server.
                let _ = stopped.await;
            };
            actix_web::rt::System::new().block_on(miernik::web::serve(service, listener, until)).unwrap();
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        // A second panic while a test fails would hide the first one.
        if !std::thread::panicking() {
            assert!(ended.is_none_or(|ended| ended.is_ok()), "the server panicked");
        }
    }
}
