//! Putting the parts together: a service from settings, and a running process.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;

use store::{Address, MigrateError, Migrated, OpenError, Options, Store};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::clock::{Clock, Random, SystemClock, SystemRandom};
use crate::config::Settings;
use crate::jobs::worker::Worker;
use crate::mail::Mailer;
use crate::service::Service;
use crate::service::keyring::{self, KeyFileError};

/// Opens the database that the settings name. Does not migrate it.
///
/// # Errors
/// With a sentence for the administrator.
pub fn open_store(settings: &Settings) -> anyhow::Result<Store> {
    Store::open(&settings.database, Options::default()).map_err(|error| unusable(&settings.database, &error))
}

/// A service on the machine's clock and randomness, with its keys verified against the database.
///
/// # Errors
/// With a sentence for the administrator.
pub fn service(settings: Settings, environment: &BTreeMap<String, String>) -> anyhow::Result<Service> {
    service_with(settings, environment, Arc::new(SystemClock), Arc::new(SystemRandom))
}

/// The same on another clock and randomness.
///
/// # Errors
/// With a sentence for the administrator.
pub fn service_with(
    settings: Settings,
    environment: &BTreeMap<String, String>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
) -> anyhow::Result<Service> {
    let store = open_store(&settings)?;
    let keys = keyring::load(&settings.keys, environment.get(keyring::VARIABLE).map(String::as_str))
        .map_err(|error| lost(&store, error))?;
    let service = Service::new(store, settings, keys, clock, random);
    service.verify_keys()?;
    Ok(service)
}

/// Where the database knows keys, a new one is no way out: only the old files open what was made with them.
fn lost(store: &Store, error: KeyFileError) -> anyhow::Error {
    let known = store.read("known_keys", |tx| tx.link_key_list()).unwrap_or_default();
    let live: Vec<String> = known
        .into_iter()
        .filter(|key| key.retired_at.is_none())
        .map(|key| format!("{}.key", key.id))
        .collect();
    match error {
        KeyFileError::Missing(folder) if !live.is_empty() => anyhow::anyhow!(
            "brak klucza odnośników w folderze {}, a ta baza go używa. Proszę przywrócić z kopii zapasowej: {}. Nowy klucz nie będzie do niej pasował",
            folder.display(),
            live.join(", ")
        ),
        other => other.into(),
    }
}

/// Serves until SIGINT or SIGTERM: pages, and the outbox beside them. Prints `listening …` once it accepts.
///
/// # Errors
/// When the address is taken or another process serves the same SQLite file.
pub fn serve(service: Arc<Service>, listener: TcpListener, announce: impl FnOnce(u16)) -> anyhow::Result<()> {
    let exclusive =
        service.store.hold_exclusively().map_err(|error| anyhow::anyhow!(held_sentence(&error)))?;
    let port = listener.local_addr()?.port();
    let mailer = Mailer::new(&service.settings.mail)?;
    let worker = Worker::start(Arc::clone(&service), mailer)?;
    let system = actix_web::rt::System::new();
    // Whoever reads the announcement may end the process at once, so the signals are watched before it.
    let watched = system.block_on(async { Watched::begin() });
    announce(port);
    let served = system.block_on(crate::web::serve(Arc::clone(&service), listener, watched.one()));
    worker.stop();
    // What was acknowledged is committed; closing writes the journal back into the file.
    service.store.close();
    drop(exclusive);
    Ok(served?)
}

/// SIGTERM and SIGINT, noticed from the moment this exists.
struct Watched {
    terminate: std::io::Result<Signal>,
    interrupt: std::io::Result<Signal>,
}

impl Watched {
    fn begin() -> Self {
        Self { terminate: signal(SignalKind::terminate()), interrupt: signal(SignalKind::interrupt()) }
    }

    /// Ends when one of the two has come.
    async fn one(self) {
        let (Ok(mut terminate), Ok(mut interrupt)) = (self.terminate, self.interrupt) else {
            // Without handlers the process ends at the signal, which loses nothing that was acknowledged.
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

/// Brings a database to the schema of this program.
///
/// # Errors
/// With a sentence for the administrator; the database is as it was.
pub fn migrate(url: &str) -> anyhow::Result<Migrated> {
    store::migrate(url).map_err(|error| match error {
        MigrateError::Open(error) => unusable(url, &error),
        MigrateError::Failed(cause) => {
            anyhow::anyhow!("zmiana bazy {} nie powiodła się i została cofnięta: {cause}", shown(url))
        }
        MigrateError::Dangling(places) => anyhow::anyhow!(
            "zmiana bazy {} została cofnięta, bo zostawiłaby wiersze bez tego, do czego się odwołują: {}",
            shown(url),
            places.join(", ")
        ),
    })
}

/// Why a database cannot be used, as a sentence for the administrator.
pub(crate) fn unusable(url: &str, error: &OpenError) -> anyhow::Error {
    anyhow::anyhow!(open_sentence(url, error))
}

fn open_sentence(url: &str, error: &OpenError) -> String {
    let database = shown(url);
    match error {
        OpenError::Url => format!(
            "ustawienie database: „{database}” nie jest adresem bazy. Proszę podać postgres://… albo ścieżkę pliku kończącą się na .db"
        ),
        OpenError::Missing(path) => {
            format!("nie ma pliku bazy {}. Proszę utworzyć ją poleceniem: miernik migrate", path.display())
        }
        OpenError::Unreachable(cause) => {
            // The database's own words may go over several lines.
            let cause = cause.split_whitespace().collect::<Vec<_>>().join(" ");
            let ask = match url.contains("://") {
                true => "Proszę sprawdzić adres i czy serwer bazy działa",
                false => "Proszę sprawdzić ścieżkę i prawa do folderu",
            };
            format!("baza {database} nie odpowiada: {}. {ask}", cause.trim_end_matches(['.', '?']))
        }
        OpenError::Outdated(missing) => format!(
            "baza {database} jest starsza niż ten program (brakuje: {}). Proszę wykonać: miernik migrate",
            missing.join(", ")
        ),
        OpenError::ProgramTooOld { needed, this } => format!(
            "baza {database} wymaga programu w wersji {needed} lub nowszej, a to jest {this}. Proszę zaktualizować program"
        ),
        other => format!("nie można otworzyć bazy {database}: {other}"),
    }
}

fn held_sentence(error: &OpenError) -> String {
    match error {
        OpenError::Held(path) => format!(
            "bazę {} obsługuje już inny proces miernik serve. Proszę go najpierw zatrzymać",
            path.display()
        ),
        OpenError::Lock { path, cause } => format!(
            "nie można utworzyć pliku blokady {}: {cause}. Proszę sprawdzić prawa do folderu",
            path.display()
        ),
        other => other.to_string(),
    }
}

/// A database address without a password.
pub(crate) fn shown(url: &str) -> String {
    match Address::parse(url) {
        Ok(Address::Sqlite(path)) => path.display().to_string(),
        Ok(server) => server.to_string(),
        Err(_) => url.to_owned(),
    }
}
