//! The answers as files: how long it takes and how much memory, whatever their number.

use std::path::PathBuf;
use std::time::Instant;

use miernik::service::export::{Folder, Format, Wanted};
use sheet::Profile;

use super::figures::{heading, row};
use super::ground::Ground;
use super::server::resident;

/// Writes the answers of one questionnaire as CSV and gives the folder, which goes away with the ground.
pub(crate) fn measure(ground: &Ground, title: &str) -> PathBuf {
    heading(
        &format!("answers as CSV, {title}"),
        &["responses", "seconds", "responses per second", "MiB written", "process grew by, MiB"],
    );
    let target = ground.path("eksport");
    let mut folder = Folder::begin(&target, Format::Csv(Profile::OpenData)).unwrap();
    let (before, began) = (resident("self"), Instant::now());
    let wanted = Wanted { form: "jst", open_text: true };
    let exported = ground.service().export_responses(&ground.edition(), wanted, &mut folder).unwrap();
    folder.finish().unwrap();
    let took = began.elapsed().as_secs_f64();
    let grown = resident("self").saturating_sub(before) / 1_024;
    let written: u64 =
        std::fs::read_dir(&target).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a rate of at most some millions")]
    let rate = exported.responses as f64 / took;
    row(&[
        exported.responses.to_string(),
        format!("{took:.2}"),
        format!("{rate:.0}"),
        format!("{}", written / 1_048_576),
        grown.to_string(),
    ]);
    target
}
