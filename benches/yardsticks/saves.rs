//! Section saves: a page with a list of media is posted with three changed fields, answered with a redirect once the
//! change is durable. In between stand HTTP, the session, merging, evaluating before and after, and drawing the page.

use super::answers::{self, Answered};
use super::browser::{Browser, Refusals, encoded};
use super::crowd::{self, Pace};
use super::figures::{Spread, heading, millis, row};
use super::ground::{Ground, Kind};
use super::places::{self, Filled, Place};
use super::postgres::Cluster;
use super::{Effort, pgbench, raw_sqlite};

/// How many clients at the same time.
pub(crate) const CROWDS: [usize; 3] = [1, 16, 64];
const SECTION: &str = "media";

/// An office that saves the same section again and again.
struct Writer {
    browser: Browser,
    place: Place,
    rev: u64,
    fields: Vec<(String, String)>,
}

pub(crate) fn measure(kind: Kind, cluster: &Cluster, effort: Effort) {
    let ground = Ground::lay(kind, cluster, "saves");
    let all = answers::of(&ground);
    let answered = answers::with_media(&all);
    // Every round begins with drafts that nobody has saved to.
    let offices = places::add(&ground, 64 * effort.rounds * CROWDS.len(), Filled::Complete(answered));
    let before = raw_sqlite::copy(&ground, kind);
    let server = ground.serve();
    let mut cells = vec![Vec::new(); CROWDS.len()];
    let mut raw = Vec::new();
    let refusals = Refusals::default();
    let mut fresh = offices.chunks(64);
    for _ in 0..effort.rounds {
        for (clients, cell) in CROWDS.iter().zip(&mut cells) {
            let places = &fresh.next().unwrap()[..*clients];
            let writers = places
                .iter()
                .map(|place| Writer::new(Browser::at(&server.address, &refusals), place, answered))
                .collect();
            let pace = crowd::run(writers, effort.seconds, Writer::save);
            let reference = match kind {
                Kind::Sqlite => None,
                Kind::Postgres => Some(pgbench::saves(&ground, answered, *clients, effort.seconds)),
            };
            cell.push((pace, reference));
        }
        if let Some(before) = &before {
            raw.push(raw_sqlite::saves(before, &ground, effort.seconds));
        }
    }
    report(kind, "section saves", &cells, &raw);
    println!("\n{} answers „busy”, tried again.", refusals.count());
}

/// Prints one row for each size of the crowd, beside pgbench with as many clients or beside one raw connection.
pub(crate) fn report(kind: Kind, what: &str, cells: &[Vec<(Pace, Option<f64>)>], raw: &[f64]) {
    let reference = if kind == Kind::Sqlite { "one raw connection /s" } else { "pgbench /s" };
    heading(
        &format!("{what}, {}", kind.name()),
        &["clients", "per second", "p50 ms", "p99 ms", reference, "ratio"],
    );
    for (clients, cell) in CROWDS.iter().zip(cells) {
        let own = Spread::of(cell.iter().map(|(pace, _)| pace.per_second));
        let other = if raw.is_empty() {
            Spread::of(cell.iter().filter_map(|(_, reference)| *reference))
        } else {
            Spread::of(raw.iter().copied())
        };
        row(&[
            clients.to_string(),
            own.shown(0),
            Spread::of(cell.iter().map(|(pace, _)| millis(pace.p50))).shown(2),
            Spread::of(cell.iter().map(|(pace, _)| millis(pace.p99))).shown(2),
            other.shown(0),
            format!("{:.2}", own.median / other.median),
        ]);
    }
}

impl Writer {
    fn new(browser: Browser, place: &Place, answered: &Answered) -> Self {
        let browser = browser.with_session(&place.session);
        Self { browser, place: place.clone(), rev: 1, fields: fields(answered) }
    }

    /// Changes three fields and posts the whole page.
    fn save(&mut self) -> bool {
        let count = self.rev;
        let mut left = 3;
        for (name, value) in &mut self.fields {
            if left > 0 && name.ends_with(".medium_nazwa") {
                *value = format!("Tygodnik Gminny {count}");
                left -= 1;
            }
        }
        let (rev, page) = (self.rev.to_string(), format!("{:016x}", self.rev));
        let hidden =
            [("_rev", &*rev), ("_page", &page), ("_inv", &self.place.signed), ("_csrf", &self.place.csrf)];
        let shown = self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let form = encoded(hidden.into_iter().chain(shown).chain([("_next", "1")]));
        let reply = self.browser.post(&format!("/ankieta/czesc/{SECTION}"), &form);
        assert_eq!(reply.status, 303, "{}", reply.text());
        self.rev += 1;
        true
    }
}

/// The inputs of the section as a browser would post them.
fn fields(answered: &Answered) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    let way = "media_sposob";
    fields.extend(answered.draft.fields.get(way).map(|value| (way.to_owned(), value.clone())));
    for entry in answered.draft.repeats.get("medium").into_iter().flatten() {
        for (name, value) in &entry.fields {
            fields.push((format!("medium.{}.{name}", entry.id), value.clone()));
        }
    }
    fields
}
