//! One respondent's whole way: from the link over every section to the confirmation, with every page that a browser
//! without JavaScript fetches. Figures of other systems beside it come from elsewhere, not from this run.

use std::sync::atomic::{AtomicUsize, Ordering};

use miernik::clock::SeededRandom;
use miernik::demo::synthetic::{self, Office, Page, Script};

use super::browser::{Browser, Refusals, encoded};
use super::figures::{Spread, heading, millis, row};
use super::ground::{Ground, Kind};
use super::places::{self, Filled, Place};
use super::postgres::Cluster;
use super::{Effort, crowd};

const CROWDS: [usize; 2] = [1, 16];
/// The most ways per second that places are prepared for.
const MOST: usize = 400;

pub(crate) fn measure(kind: Kind, cluster: &Cluster, effort: Effort) {
    let ground = Ground::lay(kind, cluster, "ways");
    let scripts = scripts(&ground);
    let offices = places::add(&ground, MOST * 3 * effort.rounds * CROWDS.len(), Filled::Empty);
    let server = ground.serve();
    let refusals = Refusals::default();
    let (next, requests) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let mut cells = vec![Vec::new(); CROWDS.len()];
    for _ in 0..effort.rounds {
        for (clients, cell) in CROWDS.iter().zip(&mut cells) {
            let clients = vec![(); *clients];
            cell.push(crowd::run(clients, effort.seconds, |()| {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(place) = offices.get(number) else { return false };
                let sent =
                    walk(Browser::at(&server.address, &refusals), place, &scripts[number % scripts.len()]);
                requests.fetch_add(sent, Ordering::Relaxed);
                true
            }));
        }
    }
    let walked = next.load(Ordering::Relaxed).min(offices.len());
    heading(&format!("whole ways, {}", kind.name()), &["clients", "ways per second", "p50 ms", "p99 ms"]);
    for (clients, cell) in CROWDS.iter().zip(&cells) {
        row(&[
            clients.to_string(),
            Spread::of(cell.iter().map(|pace| pace.per_second)).shown(1),
            Spread::of(cell.iter().map(|pace| millis(pace.p50))).shown(1),
            Spread::of(cell.iter().map(|pace| millis(pace.p99))).shown(1),
        ]);
    }
    println!(
        "\n{} requests a way on average; {} answers „busy”, tried again.",
        requests.load(Ordering::Relaxed) / walked.max(1),
        refusals.count()
    );
}

/// The scripts of the demo's local governments that send.
fn scripts(ground: &Ground) -> Vec<Script> {
    let issued = ground.service().issued(&ground.edition()).unwrap();
    let office = |form: &str| -> Vec<Office> {
        let own = issued.iter().map(|one| &one.invitation).filter(|invitation| invitation.form_id == form);
        own.map(|i| Office { code: i.unit_code.clone(), name: i.unit_name.clone(), kind: i.kind.clone() })
            .collect()
    };
    let all = synthetic::scripts(&office("jst"), &office("up"), &SeededRandom::new(1));
    all.into_iter().filter(|script| script.form == "jst" && script.sent).collect()
}

/// Walks and gives the number of requests.
fn walk(mut browser: Browser, place: &Place, script: &Script) -> usize {
    assert_eq!(browser.get(&place.link).status, 200);
    assert_eq!(browser.post(&place.link, "").location, "/ankieta");
    assert_eq!(browser.get("/ankieta").status, 200);
    for page in &script.pages {
        fill(&mut browser, page);
    }
    let check = browser.get("/ankieta/sprawdz");
    let (rev, inv, csrf) = (check.hidden("_rev"), check.hidden("_inv"), check.hidden("_csrf"));
    let form = encoded([("_rev", rev.as_str()), ("_inv", &inv), ("_csrf", &csrf)]);
    assert_eq!(browser.post("/ankieta/wyslij", &form).location, "/ankieta/potwierdzenie");
    let done = browser.get("/ankieta/potwierdzenie");
    assert!(done.status == 200 && done.text().contains("data-number"));
    6 + 2 * script.pages.len()
}

fn fill(browser: &mut Browser, page: &Page) {
    let path = format!("/ankieta/czesc/{}", page.section);
    let drawn = browser.get(&path);
    let hidden: Vec<(&str, String)> =
        ["_rev", "_page", "_inv", "_csrf"].into_iter().map(|name| (name, drawn.hidden(name))).collect();
    let hidden = hidden.iter().map(|(name, value)| (*name, value.as_str()));
    let typed = page.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let saved = browser.post(&path, &encoded(hidden.chain(typed).chain([("_next", "1")])));
    assert_eq!(saved.status, 303, "{path}: {}", saved.text());
}
