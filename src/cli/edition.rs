//! `edition create | open | close`

use super::Outcome;
use super::args::EditionAction;
use super::open::{Opening, edition_name};
use crate::forms::ProgrammeFiles;
use crate::service::editions::Calendar;

/// Runs one of the three.
pub(super) fn run(opening: &Opening<'_>, action: EditionAction) -> Outcome {
    match action {
        EditionAction::Create { edition, forms, opens, closes } => {
            let name = edition_name(&edition)?;
            let files = ProgrammeFiles::named(forms.as_deref());
            let made = opening.service()?.edition_create(&name, &files, Calendar { opens, closes }, false)?;
            eprintln!("edycja {name}: wypełnianie od {} do {}", made.opens_on, made.closes_on);
        }
        EditionAction::Open { edition, forms } => {
            let name = edition_name(&edition)?;
            let files = ProgrammeFiles::named(forms.as_deref());
            for (form, count) in opening.service()?.edition_open(&name, &files)?.invitations {
                eprintln!("ankieta {form}: zaproszenia {count}");
            }
        }
        EditionAction::Close { edition } => opening.service()?.edition_close(&edition_name(&edition)?)?,
    }
    Ok(())
}
