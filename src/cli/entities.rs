//! `entities import`

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sheet::{Column, Profile, Table, Value};
use survey::entities::{List, OUTCOME_COLUMNS, Outcome as RowOutcome, outcome_row};

use super::open::Opening;
use super::units::write;
use super::{Failure, Outcome};
use crate::service::entities::{ImportedList, NewList};

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
    let file = &arguments.file;
    let list = List::parse(&arguments.list).ok_or_else(|| {
        let known: Vec<&str> = List::ALL.iter().map(|list| list.as_str()).collect();
        Failure::input(format!("--list: nie ma listy „{}”. Są: {}", arguments.list, known.join(", ")))
    })?;
    let bytes = std::fs::read(file)
        .map_err(|error| Failure::input(format!("{}: nie można odczytać pliku ({error})", file.display())))?;
    let file_name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
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
    let imported = service.entities_import("command", &programme, &new, arguments.dry_run)?;
    if let Some(report) = &arguments.report {
        write(Some(report), &report_csv(&imported.outcomes)?)?;
    }
    summarise(&imported, arguments.dry_run);
    Ok(())
}

fn report_csv(outcomes: &[RowOutcome]) -> Result<Vec<u8>, Failure> {
    let table = Table {
        columns: OUTCOME_COLUMNS.map(|column| Column::named(column, column)).into(),
        rows: outcomes.iter().map(|outcome| outcome_row(outcome).map(Value::Text).into()).collect(),
    };
    Ok(sheet::write_csv(&table, Profile::OpenData)?)
}

fn summarise(imported: &ImportedList, dry_run: bool) {
    eprintln!("{}", imported.guessed);
    let mut counts = BTreeMap::new();
    for outcome in &imported.outcomes {
        *counts.entry(outcome.verdict.polish()).or_insert(0u32) += 1;
    }
    for (words, count) in counts {
        eprintln!("{count:>6}  {words}");
    }
    eprintln!(
        "{}",
        match (dry_run, imported.stored) {
            (true, _) => "próba: niczego nie zapisano",
            (false, true) => "lista zapisana",
            (false, false) => "ta sama lista była już wczytana: niczego nie zmieniono",
        }
    );
}
