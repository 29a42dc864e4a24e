//! Answers of earlier years from another tool.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use form::Model;
use survey::intake::{ALIKE, REPORT_COLUMNS};
use survey::programme::Programme;

use super::super::files::{read_text, write};
use super::super::open::{Opening, edition_name};
use super::super::{Failure, Outcome, uploads};
use crate::forms::ProgrammeFiles;
use crate::service::Service;
use crate::service::intake::File;

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
    pub file: PathBuf,
    /// Program i edycja; edycja musi być otwarta albo zamknięta, a jej liczby niezamrożone
    #[arg(long)]
    pub edition: String,
    /// Ankieta, np. jst albo up
    #[arg(long, value_name = "ANKIETA")]
    pub form: String,
    /// Mapa: która kolumna jest którym pytaniem
    #[arg(long, value_name = "PLIK")]
    pub map: PathBuf,
    /// Tylko pokazuje, co by się stało
    #[arg(long)]
    pub dry_run: bool,
    /// Wynik dla każdego wiersza pliku
    #[arg(long, value_name = "PLIK")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MapArgs {
    /// Plik CSV (UTF-8 albo Windows-1250) lub XLSX
    pub file: PathBuf,
    /// Ankieta, np. jst albo up
    #[arg(long, value_name = "ANKIETA")]
    pub form: String,
    /// Program i edycja z bazy; bez tego ankieta najnowszej edycji, którą opisuje program
    #[arg(long)]
    pub edition: Option<String>,
    /// Jak bardzo nagłówek musi być podobny do pytania, od 1 do 100; mniej daje więcej propozycji, także błędnych
    #[arg(long, value_name = "LICZBA", default_value_t = ALIKE, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub likeness: u8,
    /// Plik wynikowy; bez niego wynik trafia na standardowe wyjście
    #[arg(short, long, value_name = "PLIK")]
    pub output: Option<PathBuf>,
}

/// `responses import`
pub(super) fn run(opening: &Opening<'_>, args: &ImportArgs) -> Outcome {
    let name = edition_name(&args.edition)?;
    let (file, bytes) = uploads::read(&args.file)?;
    let map = read_text(&args.map)?;
    let file = File { name: &file, bytes: &bytes, map: &map };
    let imported = opening.service()?.responses_import(&name, &args.form, file, args.dry_run)?;
    if let Some(report) = &args.report {
        let rows = imported.outcomes.iter().map(|outcome| outcome.report_row());
        write(Some(report), &uploads::report_csv(REPORT_COLUMNS, rows)?)?;
    }
    let stored = format!("zapisano odpowiedzi: {}", imported.stored);
    let end = if args.dry_run { uploads::DRY } else { &stored };
    let outcomes = imported.outcomes.iter().map(|outcome| outcome.verdict);
    uploads::summarise(&imported.guessed, outcomes, |verdict| verdict.polish(), Some(end));
    Ok(())
}

/// `responses map`
pub(super) fn map(opening: &Opening<'_>, args: &MapArgs) -> Outcome {
    let (file, bytes) = uploads::read(&args.file)?;
    let model = match &args.edition {
        Some(edition) => opening.service()?.questionnaire_of(&edition_name(edition)?, &args.form)?,
        None => shipped(&args.form)?,
    };
    let file = File { name: &file, bytes: &bytes, map: "" };
    let map = Service::responses_map(&model, file, args.likeness)?;
    let said =
        "# Propozycja z podobieństwa nagłówków. Proszę sprawdzić każdą kolumnę i dopisać brakujące.\n\n";
    let text = toml::to_string(&map)?;
    write(args.output.as_deref(), format!("{said}{text}").as_bytes())
}

/// The questionnaire of the newest edition that the shipped programme declares.
fn shipped(form: &str) -> Result<Arc<Model>, Failure> {
    let files = ProgrammeFiles::Shipped;
    let programme = Programme::parse(&files.read("programme.toml")?)?;
    let newest = programme.editions.iter().filter(|edition| edition.files.contains_key(form));
    let newest = newest.max_by_key(|edition| edition.period_from);
    let file = newest.map(|edition| &edition.files[form]);
    let file = file.ok_or_else(|| Failure::input(format!("program nie ma ankiety „{form}”")))?;
    let loaded = form::load(&files.place(file), &files.read(file)?);
    let questionnaire =
        loaded.questionnaire.ok_or_else(|| Failure::input(format!("{file}: ankieta ma błędy")))?;
    Ok(Arc::new(questionnaire.model))
}
