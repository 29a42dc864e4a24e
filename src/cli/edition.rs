//! `edition create | open | close | freeze | unfreeze | verify | states | erratum`

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use store::{FrozenState, StateKind};

use super::files::write;
use super::open::{Opening, edition_name};
use super::{COMMAND, Failure, Outcome};
use crate::forms::ProgrammeFiles;
use crate::service::editions::Calendar;
use crate::service::states::{Change, Freezing, Verified};
use crate::service::unsent::Unsent;
use crate::service::{EditionName, Service};

#[derive(Debug, Subcommand)]
pub(super) enum EditionAction {
    /// Tworzy edycję (i program, jeśli go jeszcze nie ma) z folderu ankiet
    #[command(
        after_help = "Przykład: miernik edition create mazowsze/2024 --forms forms/mazowsze --opens 2025-01-17 --closes 2025-02-25"
    )]
    Create {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Folder programu z programme.toml; bez tego pliki z wnętrza programu
        #[arg(long, value_name = "FOLDER")]
        forms: Option<PathBuf>,
        /// Pierwszy dzień wypełniania; bez tego z programme.toml
        #[arg(long, value_name = "RRRR-MM-DD")]
        opens: Option<chrono::NaiveDate>,
        /// Ostatni dzień wypełniania; bez tego z programme.toml
        #[arg(long, value_name = "RRRR-MM-DD")]
        closes: Option<chrono::NaiveDate>,
    },
    /// Otwiera: zamraża wersję ankiet, kopiuje operat, tworzy zaproszenia i dostępy
    #[command(after_help = "Przykład: miernik edition open mazowsze/2024 --forms forms/mazowsze")]
    Open {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Folder programu z ankietami; bez tego pliki z wnętrza programu
        #[arg(long, value_name = "FOLDER")]
        forms: Option<PathBuf>,
    },
    /// Wczytuje programme.toml jeszcze raz: znak pisma, klauzulę, cele; zamrożone ankiety i operat zostają
    #[command(after_help = "Przykład: miernik edition update mazowsze/2024 --forms forms/mazowsze")]
    Update {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Folder programu z programme.toml; bez tego pliki z wnętrza programu
        #[arg(long, value_name = "FOLDER")]
        forms: Option<PathBuf>,
    },
    /// Zamyka: od tej chwili można tylko czytać. Wypisuje ankiety kompletne, ale niewysłane: nie będą policzone
    #[command(after_help = "Przykład: miernik edition close mazowsze/2024")]
    Close {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
    },
    /// Zamraża wszystkie liczby pod nazwą i sumą kontrolną; do odmrożenia edycja nie przyjmuje ankiet
    ///
    /// Stan zostaje na zawsze i nie można go zmienić. Pod jedną nazwą jest zawsze jeden stan.
    #[command(after_help = "Przykład: miernik edition freeze mazowsze/2024 --label \"dla RKRES\"")]
    Freeze {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Po co jest ten stan; widać to w panelu i w dokumentach
        #[arg(long)]
        label: String,
        /// Dla kogo jest ten stan
        #[arg(long, value_enum, default_value_t = StateKindArg::Rkres)]
        kind: StateKindArg,
        /// Nazwa w adresach i poleceniach; bez tego powstaje z opisu („dla RKRES” daje dla-rkres)
        #[arg(long, value_name = "NAZWA")]
        state: Option<String>,
    },
    /// Odmraża edycję: znów przyjmuje ankiety; zamrożone stany zostają
    #[command(after_help = "Przykład: miernik edition unfreeze mazowsze/2024")]
    Unfreeze {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
    },
    /// Liczy wszystko jeszcze raz i porównuje z zamrożonym stanem; niczego nie zmienia
    ///
    /// Kończy się kodem 0, gdy liczby są te same co do bajta albo różnią się tylko opisy, a kodem 1, gdy jakaś liczba
    /// jest dziś inna. Bez --state porównuje wszystkie stany edycji.
    #[command(after_help = "Przykład: miernik edition verify mazowsze/2024 --state dla-rkres")]
    Verify {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Nazwa stanu; bez tego wszystkie
        #[arg(long, value_name = "NAZWA")]
        state: Option<String>,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Wypisuje zamrożone stany edycji
    #[command(after_help = "Przykład: miernik edition states mazowsze/2024")]
    States {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Wynik jako JSON
        #[arg(long)]
        json: bool,
    },
    /// Ogłasza erratę: powód i listę liczb, które różnią dwa zamrożone stany
    #[command(
        after_help = "Przykład: miernik edition erratum mazowsze/2024 --from dla-rkres --to opublikowany --reason \"Późna ankieta\""
    )]
    Erratum {
        /// Program i edycja, np. mazowsze/2024
        edition: String,
        /// Stan poprawiany
        #[arg(long, value_name = "NAZWA")]
        from: String,
        /// Stan poprawiony
        #[arg(long, value_name = "NAZWA")]
        to: String,
        /// Powód
        #[arg(long)]
        reason: String,
    },
}

/// Dla kogo jest zamrożony stan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StateKindArg {
    /// Regionalny Komitet Rozwoju Ekonomii Społecznej
    Rkres,
    /// Zarząd Województwa
    Board,
    /// Opublikowany raport
    Published,
}

/// Runs one of them.
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
        EditionAction::Update { edition, forms } => {
            let name = edition_name(&edition)?;
            opening.service()?.edition_update(&name, &ProgrammeFiles::named(forms.as_deref()))?;
        }
        EditionAction::Close { edition } => {
            let unsent = opening.service()?.edition_close(&edition_name(&edition)?)?;
            write(None, left(&unsent).as_bytes())?;
        }
        EditionAction::Freeze { edition, label, kind, state } => {
            let wish = Freezing { name: state, kind: of(kind), label };
            let frozen = opening.service()?.freeze(&edition_name(&edition)?, &wish, COMMAND)?;
            write(None, format!("{}\n", described(&frozen.row)).as_bytes())?;
            eprintln!("edycja {edition} jest zamrożona: do odmrożenia nikt nie wyśle ani nie wycofa ankiety");
        }
        EditionAction::Unfreeze { edition } => {
            opening.service()?.unfreeze(&edition_name(&edition)?, COMMAND)?;
        }
        EditionAction::Verify { edition, state, json } => {
            return verify(&opening.service()?, &edition_name(&edition)?, state, json);
        }
        EditionAction::States { edition, json } => {
            return states(&opening.service()?.states(&edition_name(&edition)?)?, json);
        }
        EditionAction::Erratum { edition, from, to, reason } => {
            let service = opening.service()?;
            let found = service.erratum_add(&edition_name(&edition)?, (&from, &to), &reason, COMMAND)?;
            let text = format!("errata {}: {from} → {to}\n{}\n", found.row.no, lines(&found.changes));
            write(None, text.as_bytes())?;
        }
    }
    Ok(())
}

/// Who had only the last button left to press, and how many had begun.
fn left(unsent: &Unsent) -> String {
    let mut text = format!("kompletne, ale niewysłane (nie liczą się): {}\n", unsent.complete.len());
    for one in &unsent.complete {
        text += &format!("{}\t{}\t{}\n", one.unit_code, one.unit_name, one.form);
    }
    text + &format!("zaczęte i niekompletne: {}\n", unsent.incomplete)
}

fn of(kind: StateKindArg) -> StateKind {
    match kind {
        StateKindArg::Rkres => StateKind::Rkres,
        StateKindArg::Board => StateKind::Board,
        StateKindArg::Published => StateKind::Published,
    }
}

fn described(state: &FrozenState) -> String {
    let at = state.created_at.to_utc().format("%Y-%m-%d %H:%M:%S UTC");
    format!(
        "{}\t{}\t{}\tstan liczenia {}\t{at}\tmiernik {}\tSHA-256 {}",
        state.name,
        state.kind.as_str(),
        state.label,
        state.seq,
        state.program,
        state.hash
    )
}

fn states(states: &[FrozenState], json: bool) -> Outcome {
    if json {
        let list: Vec<_> = states
            .iter()
            .map(|state| {
                serde_json::json!({
                    "name": state.name, "kind": state.kind.as_str(), "label": state.label, "seq": state.seq,
                    "hash": state.hash, "program": state.program, "actor": state.actor, "at": state.created_at,
                })
            })
            .collect();
        return write(None, format!("{}\n", serde_json::Value::from(list)).as_bytes());
    }
    let lines = states.iter().map(|state| described(state) + "\n");
    write(None, lines.collect::<String>().as_bytes())
}

/// Compares every wanted state with what comes out now.
fn verify(service: &Service, name: &EditionName, state: Option<String>, json: bool) -> Outcome {
    let wanted = match state {
        Some(state) => vec![state],
        None => service.states(name)?.into_iter().map(|state| state.name).collect(),
    };
    if wanted.is_empty() {
        return Err(Failure::input(format!("edycja {name} nie ma zamrożonych stanów")));
    }
    let mut found = Vec::new();
    for state in &wanted {
        found.push(service.verify(name, state)?);
    }
    let text = match json {
        true => serde_json::to_string(&found)? + "\n",
        false => found.iter().map(|verified| told(verified) + "\n").collect(),
    };
    write(None, text.as_bytes())?;
    let differ: Vec<String> = found
        .iter()
        .filter(|verified| !verified.changes.is_empty())
        .map(|verified| format!("stan {}: innych liczb jest {}", verified.state, verified.changes.len()))
        .collect();
    if differ.is_empty() { Ok(()) } else { Err(Failure::Input(differ)) }
}

fn told(verified: &Verified) -> String {
    let chapter = match &verified.chapter {
        Some(hash) => format!("rozdział SHA-256 {hash}"),
        None => "bez rozdziału: stan powstał, zanim program zaczął go zamrażać".to_owned(),
    };
    let head = format!("{}: SHA-256 {}, {chapter}", verified.state, verified.hash);
    if verified.same {
        return format!("{head} – te same liczby co do bajta");
    }
    let mut text = format!(
        "{head}, dziś {} (stan liczenia {} → {}, miernik {} → {})",
        verified.hash_now, verified.seq, verified.seq_now, verified.program, verified.program_now
    );
    if verified.changes.is_empty() {
        text += "\nwszystkie liczby są te same";
    } else {
        text += "\n";
        text += &lines(&verified.changes);
    }
    for key in &verified.reworded {
        text += &format!("\n{key}: inny opis");
    }
    text
}

/// One changed number per line: key, old and new value, what it says.
fn lines(changes: &[Change]) -> String {
    let none = || "brak".to_owned();
    let line = |change: &Change| {
        let (old, new) = (change.old.clone().unwrap_or_else(none), change.new.clone().unwrap_or_else(none));
        format!("{}: {old} → {new}  {}", change.key, change.label)
    };
    changes.iter().map(line).collect::<Vec<_>>().join("\n")
}
