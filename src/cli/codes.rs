//! `codes export | import`

use std::path::{Path, PathBuf};

use clap::Subcommand;
use sheet::Profile;

use super::files::{IntoFolder, read_named, write};
use super::open::{Opening, edition_name};
use super::{COMMAND, Failure, Outcome};
use crate::service::coding::transfer::Outcome as RowResult;

#[derive(Debug, Subcommand)]
pub(super) enum CodesAction {
    /// Zapisuje klucze kodowe (pliki .toml) i zakodowane odpowiedzi (kodowanie.csv) do folderu
    ///
    /// Pliki kluczy mają postać plików z folderu ankiet i mogą je zastąpić. Plik kodowanie.csv zawiera odpowiedzi
    /// własnymi słowami z nazwami jednostek: jest tylko do pracy wewnątrz urzędu.
    #[command(after_help = "Przykład: miernik codes export --edition mazowsze/2024 -o kody")]
    Export(IntoFolder),
    /// Wczytuje kody odpowiedzi z pliku CSV lub XLSX; albo wszystkie wiersze, albo żaden
    ///
    /// Kolumny: ankieta, pytanie, kod_jednostki, kody (rozdzielone spacją lub przecinkiem), a w listach także wpis.
    /// Wiersz bez kodów niczego nie zmienia. Jeśli jest kolumna odpowiedz, jej treść musi być taka jak w bazie.
    #[command(
        after_help = "Przykład: miernik codes import kodowanie.csv --edition mazowsze/2024 --dry-run --report wynik.csv"
    )]
    Import {
        /// Plik CSV albo XLSX
        file: PathBuf,
        /// Program i edycja
        #[arg(long)]
        edition: String,
        /// Tylko pokazuje, co by się stało
        #[arg(long)]
        dry_run: bool,
        /// Wynik dla każdego wiersza pliku
        #[arg(long, value_name = "PLIK")]
        report: Option<PathBuf>,
    },
}

/// The file with the answers and their codes.
const CODINGS: &str = "kodowanie.csv";

/// Runs one of the two.
pub(super) fn run(opening: &Opening<'_>, action: CodesAction) -> Outcome {
    match action {
        CodesAction::Export(into) => export(opening, &into),
        CodesAction::Import { file, edition, dry_run, report } => {
            import(opening, &edition, &file, dry_run, report.as_deref())
        }
    }
}

fn export(opening: &Opening<'_>, into: &IntoFolder) -> Outcome {
    let name = edition_name(&into.edition)?;
    let service = opening.service()?;
    let frames = service.frames_as_files(&name)?;
    let table = service.codes_table(&name)?;
    let codings = sheet::write_csv(&table, into.profile())?;
    into.claim()?;
    for (file, text) in &frames {
        write(Some(&into.output.join(file)), text.as_bytes())?;
    }
    write(Some(&into.output.join(CODINGS)), &codings)?;
    service.audit_export(&name, COMMAND, "codes")?;
    eprintln!(
        "uwaga: {CODINGS} zawiera odpowiedzi własnymi słowami z nazwami jednostek. Jest tylko do pracy wewnątrz \
         urzędu; proszę go nie przekazywać i usunąć po pracy"
    );
    eprintln!(
        "zapisano klucze kodowe: {}, odpowiedzi: {} ({})",
        frames.len(),
        table.rows.len(),
        into.output.display()
    );
    Ok(())
}

fn import(
    opening: &Opening<'_>,
    edition: &str,
    file: &Path,
    dry_run: bool,
    report: Option<&Path>,
) -> Outcome {
    let name = edition_name(edition)?;
    let (shown, bytes) = read_named(file)?;
    let imported = opening.service()?.codes_import(&name, COMMAND, &bytes, &shown, dry_run)?;
    if let Some(report) = report {
        write(Some(report), &sheet::write_csv(&imported.report(), Profile::OpenData)?)?;
    }
    let mut counts = std::collections::BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &imported.rows {
        *counts.entry(row.outcome.word()).or_insert(0u32) += 1;
        if let RowResult::Wrong(why) = &row.outcome {
            wrong.push(format!("{shown}:{}: {why}", row.line));
        }
    }
    for (words, count) in counts {
        eprintln!("{count:>6}  {words}");
    }
    if !wrong.is_empty() {
        wrong.push("niczego nie zapisano: najpierw proszę poprawić te wiersze".into());
        return Err(Failure::Input(wrong));
    }
    match dry_run {
        true => eprintln!("próba: niczego nie zapisano"),
        false => eprintln!("zmieniono kody odpowiedzi: {}", imported.changed),
    }
    Ok(())
}
