//! `report`

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::files::{read, write};
use super::open::{Opening, edition_name};
use super::{COMMAND, Failure, Outcome};
use crate::service::report::{
    Bundle, Refreshed, ReportError, Told, UpdateError, Wish, edition_of, not_refreshed, refused, unusable,
};
use crate::service::{EditionName, Service};

#[derive(Debug, Args)]
pub(super) struct ReportArgs {
    /// Program i edycja; przy --update wystarczy sam dokument
    #[arg(long)]
    pub edition: Option<String>,
    /// Folder wynikowy (nowy albo pusty), a przy --update nowy plik .docx
    #[arg(short, long, value_name = "FOLDER|PLIK")]
    pub output: PathBuf,
    /// Własny szablon .docx z akapitem {{ROZDZIAL}} w miejscu treści
    #[arg(long, value_name = "PLIK", conflicts_with = "update")]
    pub template: Option<PathBuf>,
    /// Liczby zamrożonego stanu, a nie bieżące
    #[arg(long, value_name = "NAZWA")]
    pub state: Option<String>,
    /// Dodaje do tabele.xlsx odpowiedzi wszystkich pytań poza odpowiedziami własnymi słowami: tylko do pracy wewnątrz
    /// urzędu. Bez tego są tylko pytania z publish = "unit"
    #[arg(long, conflicts_with = "update")]
    pub with_answers: bool,
    /// Rozdział zapisany wcześniej: odświeża w nim same liczby i wypisuje, co się zmieniło
    #[arg(long, value_name = "PLIK")]
    pub update: Option<PathBuf>,
    /// Przy --update: spis zmian jako JSON
    #[arg(long, requires = "update")]
    pub json: bool,
}

/// Makes a report, or refreshes the numbers of one.
pub(super) fn run(opening: &Opening<'_>, args: &ReportArgs) -> Outcome {
    match &args.update {
        Some(document) => update(opening, args, document),
        None => make(opening, args),
    }
}

fn make(opening: &Opening<'_>, args: &ReportArgs) -> Outcome {
    let name =
        args.edition.as_deref().ok_or_else(|| Failure::input("proszę podać --edition, np. mazowsze/2024"))?;
    let name = edition_name(name)?;
    if args.output.exists() && fs::read_dir(&args.output)?.next().is_some() {
        return Err(Failure::input(format!(
            "folder {} nie jest pusty. Proszę podać nowy albo pusty",
            args.output.display()
        )));
    }
    let template = args.template.as_deref().map(read).transpose()?;
    let wish = Wish { state: args.state.clone(), template, answers: args.with_answers, only: None };
    if args.with_answers {
        eprintln!(
            "uwaga: tabele.xlsx zawiera odpowiedzi jednostek. Jest tylko do pracy wewnątrz urzędu; proszę go nie przekazywać"
        );
    }
    let bundle = opening.service()?.report(&name, &wish, COMMAND).map_err(failed)?;
    write_folder(&args.output, &bundle)?;
    let paths = bundle.files.keys().map(|path| format!("{}\n", args.output.join(path).display()));
    write(None, paths.collect::<String>().as_bytes())?;
    eprintln!("raport {name}: policzono do zdarzenia nr {}, SHA-256 {}", bundle.seq, bundle.hash);
    Ok(())
}

fn failed(error: ReportError) -> Failure {
    match refused(&error) {
        Some(line) => Failure::input(line),
        None => match error {
            ReportError::Refused(refused) => refused.into(),
            other => Failure::Cannot(other.into()),
        },
    }
}

/// The folder appears whole or not at all.
fn write_folder(target: &Path, bundle: &Bundle) -> Result<(), Failure> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let partial = target.with_file_name(format!("{name}.niepelny"));
    let written = write_into(&partial, bundle).and_then(|()| {
        if target.exists() {
            fs::remove_dir(target)?;
        }
        fs::rename(&partial, target)
    });
    written.map_err(|error| {
        // Half a report is worse than none.
        let _ = fs::remove_dir_all(&partial);
        Failure::Cannot(anyhow::Error::new(error).context("nie można zapisać plików raportu"))
    })
}

fn write_into(folder: &Path, bundle: &Bundle) -> std::io::Result<()> {
    for (path, bytes) in &bundle.files {
        let path = folder.join(path);
        if let Some(around) = path.parent() {
            fs::create_dir_all(around)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(())
}

fn update(opening: &Opening<'_>, args: &ReportArgs, document: &Path) -> Outcome {
    let bytes = read(document)?;
    if args.output.exists() {
        let what = args.output.display();
        return Err(Failure::input(format!(
            "{what} już istnieje, a niczego nie nadpisujemy. Proszę podać inną nazwę (-o)"
        )));
    }
    let name = match &args.edition {
        Some(name) => edition_name(name)?,
        None => made_from(&bytes, document)?,
    };
    let refreshed = refresh(&opening.service()?, &name, args, document, &bytes)?;
    let mut out = fs::File::create_new(&args.output)?;
    out.write_all(&refreshed.bytes)?;
    let text = match args.json {
        true => serde_json::to_string(&refreshed.told)? + "\n",
        false => told(&refreshed.told),
    };
    write(None, text.as_bytes())
}

fn made_from(bytes: &[u8], document: &Path) -> Result<EditionName, Failure> {
    let found = edition_of(bytes).map_err(|error| unusable_at(document, &unusable(&error)))?;
    found.ok_or_else(|| unusable_at(document, "nie mówi, z której edycji powstał; proszę podać --edition"))
}

fn refresh(
    service: &Service,
    name: &EditionName,
    args: &ReportArgs,
    document: &Path,
    bytes: &[u8],
) -> Result<Refreshed, Failure> {
    service.report_update(name, args.state.as_deref(), bytes, COMMAND).map_err(|error| {
        match (not_refreshed(&error, name), error) {
            (None, UpdateError::Refused(refused)) => refused.into(),
            (why, error) => unusable_at(document, &why.unwrap_or_else(|| error.to_string())),
        }
    })
}

fn unusable_at(document: &Path, why: &str) -> Failure {
    Failure::input(format!("{}: {why}", document.display()))
}

/// For reading: every change, then what somebody has to look at.
fn told(told: &Told) -> String {
    let mut lines = vec![format!("Edycja {}, SHA-256 liczb {}", told.edition, told.hash)];
    if told.changes.is_empty() {
        lines.push("Żadna liczba w dokumencie się nie zmieniła.".into());
    }
    for change in &told.changes {
        lines.push(format!("{}: {} → {}  {}", change.key, change.old, change.new, change.title));
        lines.push(format!("    {}", change.sentence.split_whitespace().collect::<Vec<_>>().join(" ")));
        lines.extend(change.doubts.iter().map(|doubt| format!("    DO SPRAWDZENIA: {doubt}")));
    }
    lines.extend(
        told.pictures.iter().map(|picture| format!("Rysunek „{}”: {}", picture.title, picture.remark)),
    );
    for (what, numbers) in told.lists() {
        lines.push(format!("{what}:"));
        lines.extend(numbers.iter().map(|one| match one.places.as_str() {
            "" => format!("    {}  {}", one.key, one.title),
            places => format!("    {}  {}: {places}", one.key, one.title),
        }));
    }
    lines.join("\n") + "\n"
}
