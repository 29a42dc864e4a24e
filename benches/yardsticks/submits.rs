//! Submissions: a complete draft is sent, answered with a redirect once it is numbered and durable, with its event,
//! its line in the audit trail and the receipt in the outbox. The service mails receipts meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::browser::{Browser, Refusals, encoded};
use super::ground::{Ground, Kind};
use super::places::{self, Filled, Place};
use super::postgres::Cluster;
use super::saves::{CROWDS, report};
use super::{Effort, answers, crowd, pgbench, raw_sqlite};

/// The most submissions per second that places are prepared for.
const MOST: f64 = 1_200.0;

pub(crate) fn measure(kind: Kind, cluster: &Cluster, effort: Effort) {
    let ground = Ground::lay(kind, cluster, "submits");
    let all = answers::of(&ground);
    let answered = answers::with_media(&all);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let in_a_round = (effort.seconds * MOST) as usize;
    let prepared = in_a_round * effort.rounds * CROWDS.len();
    let offices = places::add(&ground, prepared, Filled::Complete(answered));
    let before = raw_sqlite::copy(&ground, kind);
    let server = ground.serve();
    let (next, refusals) = (AtomicUsize::new(0), Refusals::default());
    let mut cells = vec![Vec::new(); CROWDS.len()];
    let mut raw = Vec::new();
    for _ in 0..effort.rounds {
        for (clients, cell) in CROWDS.iter().zip(&mut cells) {
            let browsers = (0..*clients).map(|_| Some(Browser::at(&server.address, &refusals))).collect();
            let pace = crowd::run(browsers, effort.seconds, |browser| {
                let place = offices.get(next.fetch_add(1, Ordering::Relaxed));
                place.is_some_and(|place| send(browser, place))
            });
            let reference = match kind {
                Kind::Sqlite => None,
                Kind::Postgres => Some(pgbench::submits(&ground, answered, *clients, effort.seconds)),
            };
            cell.push((pace, reference));
        }
        if let Some(before) = &before {
            raw.push(raw_sqlite::submits(before, &ground, effort.seconds));
        }
    }
    report(kind, "submissions", &cells, &raw);
    println!("\n{} answers „busy”, tried again.", refusals.count());
}

fn send(browser: &mut Option<Browser>, place: &Place) -> bool {
    let mut own = browser.take().unwrap().with_session(&place.session);
    let form = encoded([("_rev", "1"), ("_inv", &*place.signed), ("_csrf", &*place.csrf)]);
    let reply = own.post("/ankieta/wyslij", &form);
    assert_eq!(reply.location, "/ankieta/potwierdzenie", "{}", reply.text());
    *browser = Some(own);
    true
}
