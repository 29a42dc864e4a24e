//! `responses export | import | map`

mod import;

use std::io;

use sheet::Profile;

use super::args::{ExportArgs, FileFormat, ResponsesAction};
use super::open::{Opening, edition_name};
use super::{Failure, Outcome};
use crate::service::export::{ExportError, Folder, Format, Wanted};

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
    }
}

/// A folder that is not empty was given wrongly; a full disk was not.
fn unwritable(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::input(error.to_string()),
        _ => Failure::Cannot(anyhow::Error::new(error).context("nie można zapisać plików eksportu")),
    }
}
