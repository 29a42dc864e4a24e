//! `entities import`

use std::path::PathBuf;

use clap::{Args, Subcommand};
use form::polish;
use survey::entities::{List, OUTCOME_COLUMNS, Verdict, outcome_row};

use super::files::write;
use super::open::Opening;
use super::{COMMAND, Failure, Outcome, uploads};
use crate::service::entities::ImportedList;
use crate::service::entities::NewList;

#[derive(Debug, Subcommand)]
pub(super) enum EntitiesAction {
    /// Wczytuje listę z pliku CSV lub XLSX; albo wszystko przyjęte, albo nic
    ///
    /// Kolumny rozpoznawane po nagłówku: nazwa, NIP, KRS, rodzaj lub forma, siedziba, status od, status do, data
    /// założenia. Kto zniknął z nowszej listy, nie traci statusu sam: w wyniku stoi propozycja, decyzja zapada w panelu.
    #[command(
        after_help = "Przykład: miernik entities import ps.xlsx --list ps --date 2024-12-31 --source \"rejestr wojewody\" --dry-run --report wynik.csv"
    )]
    Import(EntitiesImport),
}

#[derive(Debug, Args)]
pub(super) struct EntitiesImport {
    /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
    pub file: PathBuf,
    /// Która lista: ps, cis, kis, zaz, wtz, spoldzielnie-socjalne, spolki-non-profit
    #[arg(long, value_name = "LISTA")]
    pub list: String,
    /// Dzień, którego stan pokazuje lista
    #[arg(long, value_name = "RRRR-MM-DD")]
    pub date: chrono::NaiveDate,
    /// Kto ogłasza listę
    #[arg(long, value_name = "ŹRÓDŁO")]
    pub source: String,
    /// Program
    #[arg(long, default_value = "mazowsze")]
    pub programme: String,
    /// Tylko pokazuje, co by się stało
    #[arg(long)]
    pub dry_run: bool,
    /// Wynik dla każdego wiersza pliku
    #[arg(long, value_name = "PLIK")]
    pub report: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn run(opening: &Opening<'_>, action: EntitiesAction) -> Outcome {
    match action {
        EntitiesAction::Import(arguments) => import(opening, &arguments),
    }
}

fn import(opening: &Opening<'_>, arguments: &EntitiesImport) -> Outcome {
    let list = List::parse(&arguments.list).ok_or_else(|| {
        let known: Vec<&str> = List::ALL.iter().map(|list| list.as_str()).collect();
        Failure::input(format!("--list: nie ma listy „{}”. Są: {}", arguments.list, known.join(", ")))
    })?;
    let (file_name, bytes) = uploads::read(&arguments.file)?;
    let service = opening.service()?;
    let programme = service.programme(&arguments.programme)?;
    let new = NewList {
        list,
        as_of: arguments.date,
        source: &arguments.source,
        file_name: &file_name,
        bytes: &bytes,
        synthetic: programme.row.synthetic,
    };
    let imported = service.entities_import(COMMAND, &programme, &new, arguments.dry_run)?;
    if let Some(report) = &arguments.report {
        let rows = imported.outcomes.iter().map(outcome_row);
        write(Some(report), &uploads::report_csv(OUTCOME_COLUMNS, rows)?)?;
    }
    let is_refused = imported.is_refused() && !arguments.dry_run;
    let end = match (arguments.dry_run, imported.stored) {
        (true, _) => uploads::DRY,
        (false, true) => "lista zapisana",
        (false, false) => "ta sama lista była już wczytana: niczego nie zmieniono",
    };
    let outcomes = imported.outcomes.iter().map(|outcome| outcome.verdict.polish());
    uploads::summarise(&imported.guessed, outcomes, |words| words, (!is_refused).then_some(end));
    if is_refused {
        return Err(Failure::input(refused(&imported)));
    }
    Ok(())
}

/// Why nothing was taken, with every wrong row.
fn refused(imported: &ImportedList) -> String {
    let wrong = imported.outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Error);
    let lines = wrong.map(|outcome| {
        let place = outcome.line.map(|line| format!("wiersz {line}: ")).unwrap_or_default();
        format!("\n{place}{}", outcome.notes.join("; "))
    });
    let count = polish::plural_of(imported.wrong() as u64, "wiersz", "wiersze", "wierszy");
    format!(
        "nie wczytano niczego, bo {} {count} pliku nie da się przyjąć. Proszę poprawić plik i wczytać go w całości:{}",
        imported.wrong(),
        lines.collect::<String>()
    )
}
