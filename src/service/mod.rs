//! Use cases: load, let the pure crates decide, store. One file per verb group. No HTML, no SQL, no rules.

pub mod api_keys;
mod audit;
mod batches;
pub mod breakdowns;
pub mod choropleth;
pub mod coding;
pub mod compare;
mod counting;
pub mod cross;
pub mod cross_tables;
pub mod decisions;
pub mod definition;
pub mod editions;
pub mod entities;
pub mod entry;
pub mod error;
pub mod export;
pub mod figures;
mod flags;
pub mod gminy;
mod housekeeping;
pub mod indicators;
pub mod intake;
pub mod invitations;
pub mod keyring;
pub mod keys;
pub mod known_totals;
pub mod mapped;
pub mod measure_tables;
pub mod measures;
mod merges;
pub mod nonresponse;
pub mod notebook;
pub mod outbox;
pub mod page;
pub mod panel;
pub mod previous;
pub mod programmes;
pub mod register;
pub mod report;
pub mod respond;
pub mod seat;
pub mod states;
pub mod submit;
mod synthetic;
pub mod things;
pub mod turnout;
pub mod unsent;
pub mod versions;

use std::sync::{Arc, Mutex};

use store::Store;
use survey::Timestamp;
use survey::access::KeyRing;
use survey::throttle::{Limits, Throttle};

use crate::clock::{Clock, Random};
use crate::config::Settings;

pub use audit::COMMAND;
pub use error::Refused;

/// Everything a use case needs. Clones of the `Arc`s are cheap; there is one service per process.
pub struct Service {
    /// The database.
    pub store: Store,
    /// Settings of the installation.
    pub settings: Settings,
    /// Keys that links, codes and page fields are derived from.
    pub keys: KeyRing,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    versions: versions::Versions,
    tallies: counting::Tallies,
    throttle: Mutex<Throttle>,
    passwords: panel::Gate,
    /// How many threads count when there is much to count.
    processors: usize,
}

impl Service {
    /// A service over an open database. Keys have been verified against it before (see [`Service::verify_keys`]).
    pub fn new(
        store: Store,
        settings: Settings,
        keys: KeyRing,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Self {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            store,
            settings,
            keys,
            clock,
            random,
            versions: versions::Versions::default(),
            tallies: counting::Tallies::default(),
            throttle: Mutex::new(Throttle::new(Limits::default())),
            passwords: panel::Gate::new(processors),
            processors,
        }
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Names a request in the log: eight hexadecimal digits.
    pub fn request_id(&self) -> String {
        hex(&self.bytes::<4>())
    }

    /// A new id of any noun, ordered by time.
    pub(crate) fn id<T: From<uuid::Uuid>>(&self) -> T {
        survey::ids::uuid_v7(self.now(), self.bytes()).into()
    }

    /// Random bytes.
    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.random.fill(&mut bytes);
        bytes
    }
}

/// A programme and one of its editions, as addresses and commands name them: `mazowsze/2024`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionName {
    /// Slug of the programme.
    pub programme: String,
    /// Slug of the edition.
    pub edition: String,
}

impl std::str::FromStr for EditionName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let slug =
            |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
        match text.split_once('/') {
            Some((programme, edition)) if slug(programme) && slug(edition) => {
                Ok(Self { programme: programme.to_owned(), edition: edition.to_owned() })
            }
            _ => Err(format!(
                "„{text}” nie jest nazwą edycji. Proszę podać program i edycję, np. mazowsze/2024"
            )),
        }
    }
}

impl std::fmt::Display for EditionName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.programme, self.edition)
    }
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
