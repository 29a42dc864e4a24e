//! `responses export | import | map`

mod import;

pub(super) use import::{ImportArgs, MapArgs};

use std::io;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use sheet::Profile;

use super::args::FileFormat;
use super::open::{Opening, edition_name};
use super::{Failure, Outcome};
use crate::service::export::{ExportError, Folder, Format, Wanted};

#[derive(Debug, Subcommand)]
pub(super) enum ResponsesAction {
    /// Zapisuje liczone odpowiedzi (najnowsze niewycofane złożenia) do folderu z plikami
    ///
    /// Powstają: odpowiedzi (wiersz na złożenie), plik dla każdej listy wpisów, operat (kogo pytano i kto odpowiedział),
    /// slownik (pytania) i listy (odpowiedzi do wyboru). Obok wartości każdego pytania stoi jej status: A odpowiedź,
    /// NR brak odpowiedzi, NW nie wiem lub brak danych, ND nie dotyczy, NO nie da się odczytać. Danych kontaktowych
    /// nie ma nigdy, a odpowiedzi własnymi słowami i pytań oznaczonych publish = "never" nie ma bez --with-open-text.
    #[command(
        after_help = "Przykład: miernik responses export --edition mazowsze/2024 --form jst -o odpowiedzi-jst --format csv-excel"
    )]
    Export(ExportArgs),
    /// Wczytuje odpowiedzi zebrane innym narzędziem (CSV albo XLSX z LimeSurvey, Kobo, Excela) według mapy kolumn
    ///
    /// Każdy wiersz pliku ma wynik: ok, ok_fixed, warn_* (przyjęto z uwagą), duplicate, conflict, error. Wszystkie przyjęte
    /// wiersze zapisują się razem. Tekst, którego ankieta nie umie odczytać, zostaje zachowany i wypisany. Ten sam plik
    /// wczytany drugi raz niczego nie zmienia.
    #[command(
        after_help = "Przykład: miernik responses import ankieta-2023.csv --edition mazowsze/2024 --form jst --map mapa.toml --dry-run --report wynik.csv"
    )]
    Import(ImportArgs),
    /// Proponuje mapę kolumn na podstawie nagłówków pliku; przed użyciem trzeba ją przejrzeć
    #[command(
        after_help = "Przykład: miernik responses map ankieta-2023.csv --form jst --edition mazowsze/2024 -o mapa.toml"
    )]
    Map(MapArgs),
}

#[derive(Debug, Args)]
pub(super) struct ExportArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Ankieta, np. jst albo up
    #[arg(long, value_name = "ANKIETA")]
    pub form: String,
    /// Folder wynikowy: nowy albo pusty
    #[arg(short, long, value_name = "FOLDER")]
    pub output: PathBuf,
    /// Postać plików
    #[arg(long, value_enum, default_value_t = FileFormat::Csv)]
    pub format: FileFormat,
    /// Dodaje odpowiedzi własnymi słowami i pytania z publish = "never": tylko do pracy wewnątrz urzędu, nie do
    /// przekazywania dalej (mogą zawierać dane osób)
    #[arg(long)]
    pub with_open_text: bool,
}

/// Runs it.
pub(super) fn run(opening: &Opening<'_>, action: ResponsesAction) -> Outcome {
    match action {
        ResponsesAction::Export(args) => export(opening, &args),
        ResponsesAction::Import(args) => import::run(opening, &args),
        ResponsesAction::Map(args) => import::map(opening, &args),
    }
}

fn export(opening: &Opening<'_>, args: &ExportArgs) -> Outcome {
    let name = edition_name(&args.edition)?;
    let service = opening.service()?;
    if args.with_open_text {
        eprintln!(
            "uwaga: pliki zawierają odpowiedzi własnymi słowami i pytania nieprzeznaczone do publikacji. \
             Są tylko do pracy wewnątrz urzędu; proszę ich nie przekazywać i usunąć je po pracy"
        );
    }
    let mut folder = Folder::begin(&args.output, format(args.format)).map_err(unwritable)?;
    let wanted = Wanted { form: &args.form, open_text: args.with_open_text };
    let exported = service.export_responses(&name, wanted, &mut folder).map_err(|error| match error {
        ExportError::Refused(refused) => refused.into(),
        ExportError::Io(error) => unwritable(error),
    })?;
    folder.finish().map_err(unwritable)?;
    eprintln!("zapisano odpowiedzi: {} z {} ({})", exported.responses, exported.units, args.output.display());
    Ok(())
}

fn format(format: FileFormat) -> Format {
    match format {
        FileFormat::Csv => Format::Csv(Profile::OpenData),
        FileFormat::CsvExcel => Format::Csv(Profile::ExcelPl),
        FileFormat::Json => Format::Json,
        FileFormat::Xlsx => Format::Xlsx,
    }
}

/// A folder that is not empty was given wrongly; a full disk was not.
fn unwritable(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::input(error.to_string()),
        _ => Failure::Cannot(anyhow::Error::new(error).context("nie można zapisać plików eksportu")),
    }
}
