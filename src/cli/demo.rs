//! `demo`

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::measures::text;
use super::open::Opening;
use super::serve::announce;
use super::{Failure, Outcome};
use crate::app;
use crate::demo::{self, Demo, FolderError, Report, Wishes};
use crate::forms::ProgrammeFiles;

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Folder pokazu; może istnieć, jeśli jest pusty
    #[arg(long, default_value = "miernik-demo", value_name = "FOLDER")]
    pub dir: PathBuf,
    /// Port na 127.0.0.1; 0 wybiera wolny
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Kończy po przygotowaniu, bez uruchamiania usługi
    #[arg(long)]
    pub once: bool,
    /// Wynik jako jeden dokument JSON
    #[arg(long)]
    pub json: bool,
    /// Ziarno: te same liczby, te same odpowiedzi
    #[arg(long, default_value_t = 2024)]
    pub seed: u64,
    /// Folder programu z ankietami; bez tego pliki z wnętrza programu
    #[arg(long, value_name = "FOLDER")]
    pub forms: Option<PathBuf>,
}

/// Prepares the demo, prints what it made, and serves unless asked not to.
pub(super) fn run(opening: &Opening<'_>, args: &DemoArgs) -> Outcome {
    let wishes = Wishes {
        dir: args.dir.clone(),
        port: args.port,
        serves: !args.once,
        seed: args.seed,
        database: opening.flags.database.clone(),
        files: ProgrammeFiles::named(args.forms.as_deref()),
    };
    let Demo { report, service, listener } = demo::prepare(&wishes).map_err(unusable_folder)?;
    print(&report, args.json)?;
    match listener {
        Some(listener) => app::serve(Arc::new(service), listener, |_| accepts(&report, args.json))?,
        None => service.store.close(),
    }
    Ok(())
}

/// Says that it accepts. With `--json` standard output is one document, so that goes to standard error.
fn accepts(report: &Report, json: bool) {
    match json {
        true => eprintln!("listening {}", report.url),
        false => announce(&report.url),
    }
}

/// A folder that is not empty is the visitor's to mend, everything else the machine's.
fn unusable_folder(error: anyhow::Error) -> Failure {
    match error.downcast::<FolderError>() {
        Ok(not_empty @ FolderError::NotEmpty(_)) => Failure::input(not_empty.to_string()),
        Ok(other) => Failure::Cannot(other.into()),
        Err(other) => other.into(),
    }
}

fn print(report: &Report, json: bool) -> Outcome {
    let text = if json { serde_json::to_string_pretty(report)? + "\n" } else { words(report) };
    let mut output = std::io::stdout().lock();
    output.write_all(text.as_bytes())?;
    Ok(output.flush()?)
}

fn words(report: &Report) -> String {
    let mut words = text(&report.measures);
    words += "\nAdresy do kliknięcia:\n";
    if let Some(open) = report.first_open() {
        words += &format!("  ankieta ({}): {}\n", open.unit, open.link);
    }
    words += &format!(
        "  panel: {} (login: {}, hasło: {})\n  skrzynka nadawcza: {}\n",
        report.panel.url, report.panel.login, report.panel.password, report.outbox
    );
    words += &format!("\nUstawienia dla innych poleceń: --config {}\n", report.config);
    words
}
