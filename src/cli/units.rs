//! `units import | export`

use std::path::{Path, PathBuf};

use clap::Subcommand;
use sheet::{Column, Profile, Table, Value};
use store::OpenError;
use survey::register::{REPORT_COLUMNS, report_row};

use super::files::write;
use super::open::Opening;
use super::{Failure, Outcome, uploads};
use crate::forms::ProgrammeFiles;
use crate::service::Service;
use crate::service::register::{self, Imported};

#[derive(Debug, Subcommand)]
pub(super) enum UnitsAction {
    /// Wczytuje rejestr z pliku CSV lub XLSX; albo wszystko przyjęte, albo nic
    #[command(after_help = "Przykład: miernik units import jst.xlsx --dry-run --report wynik.csv")]
    Import {
        /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
        file: PathBuf,
        /// Program, do którego należą jednostki
        #[arg(long, default_value = "mazowsze")]
        programme: String,
        /// Tylko pokazuje, co by się stało
        #[arg(long)]
        dry_run: bool,
        /// Wynik dla każdego wiersza pliku
        #[arg(long, value_name = "PLIK")]
        report: Option<PathBuf>,
    },
    /// Zapisuje rejestr do pliku CSV
    #[command(after_help = "Przykład: miernik units export -o rejestr.csv")]
    Export {
        /// Program
        #[arg(long, default_value = "mazowsze")]
        programme: String,
        /// Plik wynikowy; bez niego wynik trafia na standardowe wyjście
        #[arg(short, long, value_name = "PLIK")]
        output: Option<PathBuf>,
    },
}

/// Runs one of the two.
pub(super) fn run(opening: &Opening<'_>, action: UnitsAction) -> Outcome {
    match action {
        UnitsAction::Import { file, programme, dry_run, report } => {
            import(opening, &file, &programme, dry_run, report.as_deref())
        }
        UnitsAction::Export { programme, output } => export(opening, &programme, output),
    }
}

fn import(
    opening: &Opening<'_>,
    file: &Path,
    programme: &str,
    dry_run: bool,
    report: Option<&Path>,
) -> Outcome {
    let (name, bytes) = uploads::read(file)?;
    let imported = match (dry_run, database_is_ready(opening)?) {
        // Outcomes depend on the file and the register alone, so a dry run needs no database.
        (true, false) => {
            let units = register::shipped_units(&ProgrammeFiles::Shipped)?;
            register::classify(&bytes, &name, &register::known_of(&units))?
        }
        (dry_run, _) => import_into(&opening.service()?, programme, &bytes, &name, dry_run)?,
    };
    if let Some(report) = report {
        let rows = imported.outcomes.iter().map(report_row);
        write(Some(report), &uploads::report_csv(REPORT_COLUMNS, rows)?)?;
    }
    let changed = format!("zmieniono adresy jednostek: {}", imported.changed);
    let end = if dry_run { uploads::DRY } else { &changed };
    let outcomes = imported.outcomes.iter().map(|outcome| outcome.outcome.polish());
    uploads::summarise(&imported.guessed, outcomes, |words| words, Some(end));
    Ok(())
}

/// Whether there is a migrated database to look at; one that cannot be reached is an error, not a missing one.
fn database_is_ready(opening: &Opening<'_>) -> Result<bool, Failure> {
    let database = opening.settings()?.database;
    match store::Store::open(&database, store::Options::default()) {
        Ok(_) => Ok(true),
        Err(OpenError::Missing(_) | OpenError::Outdated(_)) => Ok(false),
        Err(error) => Err(crate::app::unusable(&database, &error).into()),
    }
}

fn import_into(
    service: &Service,
    programme: &str,
    bytes: &[u8],
    name: &str,
    dry_run: bool,
) -> Result<Imported, Failure> {
    let known = match service.programme(programme) {
        Ok(known) => known,
        // The first command of a new installation may be the import: the programme then comes from the shipped files.
        Err(_) if programme == "mazowsze" && !dry_run => {
            let files = ProgrammeFiles::Shipped;
            let source = files.read("programme.toml")?;
            let known = service.programme_put(&source, false)?;
            service.register_put(&known, &files)?;
            known
        }
        Err(_) if programme == "mazowsze" => {
            let units = register::shipped_units(&ProgrammeFiles::Shipped)?;
            return Ok(register::classify(bytes, name, &register::known_of(&units))?);
        }
        Err(error) => return Err(error.into()),
    };
    Ok(service.units_import(&known, bytes, name, dry_run)?)
}

fn export(opening: &Opening<'_>, programme: &str, output: Option<PathBuf>) -> Outcome {
    let service = opening.service()?;
    let known = service.programme(programme)?;
    let names =
        ["kod", "nazwa", "rodzaj", "powiat", "nuts3", "nuts2", "obowiazuje_od", "obowiazuje_do", "email"];
    let mut table = Table { columns: names.map(|name| Column::named(name, name)).into(), rows: Vec::new() };
    for (unit, addresses) in service.units(&known)? {
        let emails: Vec<&str> = addresses.iter().map(|address| address.email.as_str()).collect();
        for period in &unit.periods {
            table.rows.push(vec![
                Value::Text(unit.full_code(period)),
                Value::Text(period.name.clone()),
                Value::Text(period.kind.as_str().to_owned()),
                maybe(period.powiat.as_deref()),
                maybe(period.nuts3.as_deref()),
                maybe(period.nuts2.as_deref()),
                period.from.map_or(Value::Empty, Value::Date),
                period.to.map_or(Value::Empty, Value::Date),
                maybe(Some(emails.join(" ").as_str()).filter(|text| !text.is_empty())),
            ]);
        }
    }
    write(output.as_deref(), &sheet::write_csv(&table, Profile::OpenData)?)
}

fn maybe(text: Option<&str>) -> Value {
    text.map_or(Value::Empty, |text| Value::Text(text.to_owned()))
}
