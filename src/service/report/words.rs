//! What is said to people about documents that cannot be used; the one place for these sentences.

use sheet::docx::{DocxError, Fate, WriteError};

use super::{ReportError, UpdateError};
use crate::service::EditionName;

/// Why a .docx that somebody gave cannot be refreshed.
#[must_use]
pub fn unusable(error: &DocxError) -> String {
    match error {
        DocxError::NotADocument => "plik nie jest dokumentem Worda (.docx)".into(),
        DocxError::Locked => {
            "dokument jest chroniony hasłem albo zapisany w starym formacie .doc. Proszę go zapisać jako .docx bez hasła".into()
        }
        DocxError::Macros => "dokument zawiera makra. Proszę go zapisać jako zwykły .docx".into(),
        DocxError::TooLarge { bytes, limit } => {
            format!("plik ma {bytes} bajtów, a czytamy najwyżej {limit}")
        }
        DocxError::Unpacked { .. } => "dokument po rozpakowaniu jest zbyt duży".into(),
        DocxError::Broken { part, why } => format!("nie da się odczytać części {part} dokumentu: {why}"),
        DocxError::NotOurs => {
            "w dokumencie nie ma liczb powiązanych z Miernikiem. Odświeżać można tylko dokument zapisany przez miernik report"
                .into()
        }
    }
}

/// Why a document was not refreshed, for whoever gave it; none when it is not about the document.
#[must_use]
pub fn not_refreshed(error: &UpdateError, name: &EditionName) -> Option<String> {
    match error {
        UpdateError::Refused(_) => None,
        UpdateError::Document(error) => Some(unusable(error)),
        UpdateError::OtherEdition(other) => Some(format!("dokument powstał z edycji {other}, a nie {name}")),
    }
}

/// Whether a picture shows the new numbers, and what is said of it; none where there is nothing to say.
pub(super) fn of_picture(fate: Fate) -> Option<(bool, &'static str)> {
    match fate {
        Fate::Same => None,
        Fate::Exchanged => Some((true, "odświeżony")),
        Fate::OwnDescription => {
            Some((true, "odświeżony; opis alternatywny ktoś napisał sam, więc proszę go sprawdzić"))
        }
        Fate::NotFound => Some((
            false,
            "nieodświeżony, bo w dokumencie nie ma go takiego, jaki powstał: ktoś go usunął albo zastąpił",
        )),
        Fate::Cropped => Some((false, "nieodświeżony, bo ktoś go przyciął")),
        Fate::Recoded => Some((false, "nieodświeżony, bo program biurowy zapisał go w innym formacie")),
        Fate::NoMore => {
            Some((false, "nieodświeżony, bo edycja nie ma już takiego rysunku; proszę go usunąć"))
        }
    }
}

/// Why there is no report, for whoever asked for it; none when it is not about what they gave.
#[must_use]
pub fn refused(error: &ReportError) -> Option<String> {
    let ReportError::Document(error) = error else { return None };
    match error {
        WriteError::Template(error) => Some(format!("szablon: {}", unusable(error))),
        WriteError::Place { found } => Some(format!(
            "szablon musi mieć w tekście dokładnie jeden akapit {{{{ROZDZIAL}}}} albo jedną kontrolkę ROZDZIAL; jest ich {found}"
        )),
        WriteError::Unusual(what) => {
            Some(format!("szablon nie jest zapisany jako zwykły .docx ({what}). Proszę go zapisać w Wordzie jeszcze raz"))
        }
        WriteError::Filled => Some(
            "szablon jest już wypełnionym rozdziałem. Żeby odświeżyć w nim liczby, służy miernik report --update".into(),
        ),
        WriteError::Mistakes(_) | WriteError::Numbers(_) => None,
    }
}
