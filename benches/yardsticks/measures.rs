//! All measures of an edition: counted for the first time by a process that has just started, and after one more
//! submission; beside one pass of hand-written SQL that takes the main numbers of one questionnaire from the same rows.

use std::time::{Duration, Instant};

use form::Raw;
use miernik::clock::{Clock, SystemClock};
use miernik::service::Service;
use store::{NewSubmission, StoreError};
use survey::{Scope, SubmissionId};

use super::Effort;
use super::answers::{self, Answered};
use super::duckdb;
use super::exports::{self, Export};
use super::figures::{Spread, heading, millis, row};
use super::ground::{Ground, Kind};
use super::pass::{compare, pass};
use super::places::{self, Filled, Place};
use super::postgres::Cluster;
use super::server::resident;

/// Changes whose effect on the measures is timed.
const CHANGES: usize = 31;
const TOGETHER: usize = 1_000;
const SUBMISSION: &str = "019a0000-0004-7000-8000-";

/// What was measured over one number of responses, for the table that sets the sizes side by side.
pub(crate) struct Measured {
    responses: u64,
    first: f64,
    change: Spread,
    sql: Spread,
    grown: u64,
    exports: [Export; 2],
}

/// One table of all sizes.
pub(crate) fn side_by_side(kind: Kind, measured: &[Measured]) {
    let columns = [
        "responses",
        "one pass of SQL, ms",
        "first computation, ms",
        "beside the pass",
        "after one change, ms",
        "grown while counting, MiB",
        "CSV, s",
        "peak, MiB",
        "XLSX, s",
        "peak, MiB",
    ];
    heading(&format!("measures and exports by number of responses, {}", kind.name()), &columns);
    for one in measured {
        let [csv, xlsx] = one.exports;
        row(&[
            one.responses.to_string(),
            one.sql.shown(0),
            format!("{:.0}", one.first),
            format!("{:.1}", one.first / one.sql.median),
            one.change.shown(1),
            one.grown.to_string(),
            format!("{:.1}", csv.seconds),
            csv.peak.to_string(),
            format!("{:.1}", xlsx.seconds),
            xlsx.peak.to_string(),
        ]);
    }
}

pub(crate) fn measure(kind: Kind, cluster: &Cluster, effort: Effort, responses: usize) -> Measured {
    let ground = Ground::lay(kind, cluster, &format!("measures_{responses}"));
    let all = answers::of(&ground);
    let loading = Instant::now();
    let offices = places::add(&ground, responses, Filled::Empty);
    for (at, chunk) in offices.chunks(TOGETHER).enumerate() {
        send(&ground, chunk, &all, at * TOGETHER, 1);
    }
    let loading = loading.elapsed();
    let settings = ground.service().settings.clone();
    let service = miernik::app::service(settings, &Default::default()).unwrap();
    let empty = resident("self");
    let (first, took) = timed(|| service.measures(&ground.edition()).unwrap());
    let grown = resident("self").saturating_sub(empty) / 1_024;
    let sql = Spread::of((0..effort.rounds).map(|_| {
        let (pass, took) = timed(|| pass(kind, &ground));
        compare(&first, &pass);
        millis(took)
    }));
    let changes = Spread::of((0..CHANGES).map(|change| after_one(&service, &ground, &offices, &all, change)));
    let title = format!("measures over {responses} more responses, {}", kind.name());
    heading(&title, &["what", "ms", "beside the SQL pass"]);
    let ratio = |own: f64| format!("{:.3}", own / sql.median);
    row(&[
        format!("{} measures, first computation", first.measures.len()),
        format!("{:.0}", millis(took)),
        ratio(millis(took)),
    ]);
    row(&["all of them after one change".into(), changes.shown(2), ratio(changes.median)]);
    row(&["one pass of SQL over 11 numbers".into(), sql.shown(0), "1".into()]);
    println!(
        "\nStoring the responses in bulk took {:.0} s; the process grew by {grown} MiB while counting.",
        loading.as_secs_f64()
    );
    let (folder, exports) =
        exports::measure(&ground, &format!("{responses} more responses, {}", kind.name()));
    if effort.duckdb {
        let changed = service.measures(&ground.edition()).unwrap();
        compare(&changed, &duckdb::measure(&folder, effort));
    }
    let responses = first.forms.values().map(|counts| counts.submitted).sum();
    Measured { responses, first: millis(took), change: changes, sql, grown, exports }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let from = Instant::now();
    let value = work();
    (value, from.elapsed())
}

/// Milliseconds that the measures take after one office has sent again.
fn after_one(service: &Service, ground: &Ground, offices: &[Place], all: &[Answered], change: usize) -> f64 {
    let place = &offices[(change * 7_919) % offices.len()];
    send(ground, std::slice::from_ref(place), all, change, 2);
    let (measures, took) = timed(|| service.measures(&ground.edition()).unwrap());
    assert!(measures.as_of.seq > 0);
    millis(took)
}

/// Files submissions past HTTP, as the service would store them.
fn send(ground: &Ground, places: &[Place], all: &[Answered], from: usize, rev: i64) {
    let (programme, edition) = ground.service().edition(&ground.edition()).unwrap();
    let scope = programme.scope();
    let rows: Vec<NewSubmission> = (from..)
        .zip(places)
        .map(|(number, place)| {
            let answered = &all[number % all.len()];
            NewSubmission {
                id: SubmissionId(places::id(SUBMISSION, submission_number(place, rev))),
                edition_id: edition.id,
                invitation_id: place.invitation,
                form_version_id: answered.version,
                answers: own_words(&answered.sent, number),
                context: answered.context.clone(),
                access_id: Some(place.access),
                draft_rev: rev,
                at: SystemClock.now(),
            }
        })
        .collect();
    let stored = ground.service().store.write("bench_send", move |tx| -> Result<(), StoreError> {
        for new in &rows {
            tx.submission_insert(Scope::invitation(scope.programme, new.invitation_id), new)?;
        }
        Ok(())
    });
    stored.unwrap();
}

/// The number of the place, apart for each revision.
fn submission_number(place: &Place, rev: i64) -> usize {
    let text = place.invitation.to_string();
    let number = usize::from_str_radix(&text[text.len() - 12..], 16).unwrap();
    number + usize::try_from(rev).unwrap() * 0x1000_0000
}

/// Every tenth office names other media, so that the distinct ones are many.
fn own_words(answers: &Raw, number: usize) -> Raw {
    let mut answers = answers.clone();
    for entry in answers.repeats.get_mut("medium").into_iter().flatten() {
        if let Some(name) = entry.fields.get_mut("medium_nazwa") {
            *name = format!("{name} {}", number / 10);
        }
    }
    answers
}
