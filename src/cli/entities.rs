//! `entities import`

use std::collections::BTreeMap;

use sheet::{Column, Profile, Table, Value};
use survey::entities::{List, OUTCOME_COLUMNS, Outcome as RowOutcome, outcome_row};

use super::args::{EntitiesAction, EntitiesImport};
use super::open::Opening;
use super::units::write;
use super::{Failure, Outcome};
use crate::service::entities::{ImportedList, NewList};

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
