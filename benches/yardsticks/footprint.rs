//! What the service takes: time to start, memory, size, and bytes on the wire of the first pages.

use std::collections::BTreeSet;

use super::Effort;
use super::browser::{Browser, Refusals};
use super::figures::{Spread, heading, millis, row};
use super::ground::{Ground, Kind};
use super::postgres::Cluster;
use super::server::Server;

/// Starts that are timed.
const STARTS: usize = 7;

pub(crate) fn measure(kind: Kind, cluster: &Cluster, _: Effort) {
    let ground = Ground::lay(kind, cluster, "footprint");
    let (mut starts, mut idle) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let server = ground.serve();
        starts.push(millis(server.started_in));
        std::thread::sleep(std::time::Duration::from_millis(300));
        idle.push(mebibytes(server.resident()));
    }
    let server = ground.serve();
    pages(&ground, &server);
    heading(&format!("footprint, {}", kind.name()), &["what", "value"]);
    let binary = std::fs::metadata(env!("CARGO_BIN_EXE_miernik")).unwrap().len();
    row(&["start to `listening`, ms".into(), Spread::of(starts).shown(0)]);
    row(&["memory idle, MiB".into(), Spread::of(idle).shown(1)]);
    row(&["memory after the pages above, MiB".into(), format!("{:.1}", mebibytes(server.resident()))]);
    row(&["binary, MiB".into(), format!("{:.1}", mebibytes(binary / 1_024))]);
}

#[expect(clippy::cast_precision_loss, reason = "a size in KiB")]
fn mebibytes(kibibytes: u64) -> f64 {
    kibibytes as f64 / 1_024.0
}

/// The first pages as a browser with an empty cache gets them: each page once, its files the first time only.
fn pages(ground: &Ground, server: &Server) {
    let mut browser = Browser::at(&server.address, &Refusals::default());
    browser.gzip = true;
    let open = ground.demo.report.respondents.iter().find(|office| office.state == "open").unwrap();
    let link = format!("/a/{}", open.link.rsplit('/').next().unwrap_or_default());
    let mut seen = BTreeSet::new();
    heading("bytes on the wire, gzip", &["page", "page itself", "its files", "requests"]);
    for (name, path) in [
        ("landing `/`", "/"),
        ("start page `/a/{token}`", link.as_str()),
        ("list of sections `/ankieta`", "/ankieta"),
        ("first section", "/ankieta/czesc/kontakt"),
        ("gate questions", "/ankieta/czesc/bramki"),
    ] {
        if path == "/ankieta" {
            browser.post(&link, "");
        }
        let page = browser.get(path);
        assert_eq!(page.status, 200, "{name}");
        browser.gzip = false;
        let files = files(&browser.get(path).text());
        browser.gzip = true;
        let new: Vec<String> = files.into_iter().filter(|file| seen.insert(file.clone())).collect();
        let bytes: usize = new.iter().map(|file| browser.get(file).wire).sum();
        row(&[name.into(), page.wire.to_string(), bytes.to_string(), (1 + new.len()).to_string()]);
    }
}

/// Addresses of stylesheets, scripts and pictures in a page.
fn files(html: &str) -> Vec<String> {
    let parts = html.split(['"', '\'']).filter(|part| part.starts_with("/static/"));
    parts.map(str::to_owned).collect()
}
