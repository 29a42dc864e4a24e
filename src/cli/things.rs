//! `things export`

use clap::Subcommand;

use super::files::{IntoFolder, write};
use super::open::{Opening, edition_name};
use super::{COMMAND, Outcome};

/// The files: decisions about entries, and what was told apart.
const FILES: [&str; 2] = ["laczenie.csv", "rozne.csv"];

#[derive(Debug, Subcommand)]
pub(super) enum ThingsAction {
    /// Zapisuje wszystkie decyzje o tym, co jest tą samą pozycją, a co nie, do folderu
    ///
    /// laczenie.csv: wiersz na decyzję o wpisie (połączenie, wydzielenie, potwierdzenie, cofnięcie). Z kilku decyzji
    /// o jednym wpisie obowiązuje ta o najwyższym numerze; pusty klucz znaczy, że wpis liczy się znów tak, jak brzmi.
    /// rozne.csv: pary uznane za różne. Z tych plików i z responses export można policzyć różne pozycje od nowa. Są
    /// w nich wpisy z nazwami jednostek: są tylko do pracy wewnątrz urzędu.
    #[command(after_help = "Przykład: miernik things export --edition mazowsze/2024 -o laczenie")]
    Export(IntoFolder),
}

/// Runs the command.
pub(super) fn run(opening: &Opening<'_>, action: ThingsAction) -> Outcome {
    match action {
        ThingsAction::Export(into) => export(opening, &into),
    }
}

fn export(opening: &Opening<'_>, into: &IntoFolder) -> Outcome {
    let name = edition_name(&into.edition)?;
    let service = opening.service()?;
    let decided = service.things_decided(&name)?;
    let counts = [decided.entries.rows.len(), decided.apart.rows.len()];
    into.claim()?;
    service.audit_export(&name, COMMAND, "things")?;
    for (file, table) in FILES.into_iter().zip([decided.entries, decided.apart]) {
        write(Some(&into.output.join(file)), &sheet::write_csv(&table, into.profile())?)?;
    }
    eprintln!(
        "uwaga: pliki zawierają wpisy z nazwami jednostek. Są tylko do pracy wewnątrz urzędu; proszę ich nie \
         przekazywać i usunąć po pracy"
    );
    eprintln!(
        "zapisano decyzje o wpisach: {}, o parach różnych pozycji: {} ({})",
        counts[0],
        counts[1],
        into.output.display()
    );
    Ok(())
}
