//! The demo: a whole campaign in one folder, played through the same use cases as the web.
//!
//! The register, the programme and the questionnaires are real; addresses and answers are invented and marked so in the
//! data. Results depend on nothing but the seed; dates follow the day of the run.

mod campaign;
mod coding;
mod folder;
mod indicators;
mod lists;
mod notebook;
mod report;
pub mod synthetic;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app;
use crate::clock::{Clock, ManualClock, Random, SeededRandom, SystemClock, SystemRandom};
use crate::config::Settings;
use crate::forms::ProgrammeFiles;
use crate::mail::Mailer;
use crate::service::{EditionName, Refused, Service, editions, keyring};
use crate::words;

pub use folder::FolderError;
pub use report::{Panel, Report, Respondent};

/// What the demo is asked for.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// Its folder; may exist if it is empty.
    pub dir: PathBuf,
    /// Port on 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// Whether it will be served; without that the port need not be free.
    pub serves: bool,
    /// The same seed gives the same campaign.
    pub seed: u64,
    /// Another database than an SQLite file in the folder.
    pub database: Option<String>,
    /// The programme's files.
    pub files: ProgrammeFiles,
}

/// A prepared demo.
pub struct Demo {
    /// Everything to print.
    pub report: Report,
    /// The service on the machine's clock, ready to serve.
    pub service: Service,
    /// The socket that the addresses name, where it will be served.
    pub listener: Option<TcpListener>,
}

/// The edition that the demo plays.
pub(crate) fn edition() -> EditionName {
    EditionName { programme: "mazowsze".into(), edition: "2024".into() }
}

/// Prepares the demo; progress goes to standard error.
///
/// # Errors
/// When a questionnaire is wrong, the folder is not empty, the port is taken or something cannot be written. Nothing
/// stays in the folder then.
pub fn prepare(wishes: &Wishes) -> anyhow::Result<Demo> {
    editions::check(&edition(), &wishes.files)?;
    let claimed = folder::claim(&wishes.dir)?;
    let prepared = bind(wishes).and_then(|place| prepare_in(&claimed.dir, wishes, place));
    if prepared.is_err() {
        claimed.abandon();
    }
    prepared
}

/// The port that addresses name and, where somebody will connect to it, its socket.
fn bind(wishes: &Wishes) -> anyhow::Result<(u16, Option<TcpListener>)> {
    if !wishes.serves && wishes.port != 0 {
        return Ok((wishes.port, None));
    }
    let listener = TcpListener::bind(("127.0.0.1", wishes.port)).map_err(|error| {
        Refused::input(format!(
            "port {} na 127.0.0.1 nie jest wolny ({}). Proszę podać inny: --port 0",
            wishes.port,
            words::io(&error)
        ))
    })?;
    Ok((listener.local_addr()?.port(), Some(listener).filter(|_| wishes.serves)))
}

fn prepare_in(dir: &Path, wishes: &Wishes, place: (u16, Option<TcpListener>)) -> anyhow::Result<Demo> {
    let (port, listener) = place;
    let url = format!("http://127.0.0.1:{port}");
    let now = SystemClock.now();
    let clock = ManualClock::at(now);
    let random = SeededRandom::new(wishes.seed);
    let (config, settings) = folder::settings(dir, &url, wishes.database.as_deref())?;
    keyring::create(&settings.keys, now.to_utc().date_naive(), &random)?;
    app::migrate(&settings.database)?;
    let files = wishes.files.clone().invented();
    let played = play(&settings, &files, clock, random.clone())?;
    let service =
        app::service_with(settings, &Default::default(), Arc::new(SystemClock), Arc::new(SystemRandom))?;
    let measures = service.measures(&edition())?;
    let report = report::report(dir, &config, &service.settings, played, measures);
    Ok(Demo { report, service, listener })
}

/// Plays the campaign up to this moment.
fn play(
    settings: &Settings,
    files: &ProgrammeFiles,
    clock: ManualClock,
    random: SeededRandom,
) -> anyhow::Result<campaign::Played> {
    let dice: Arc<dyn Random> = Arc::new(random);
    let service =
        app::service_with(settings.clone(), &Default::default(), Arc::new(clock.clone()), Arc::clone(&dice))?;
    let mailer = Mailer::new(&settings.mail)?;
    let played = campaign::Campaign::new(&service, files, &mailer, &clock, &*dice).play()?;
    service.store.close();
    Ok(played)
}
