//! `edition create | open | close | freeze | unfreeze | verify | states | erratum`

use store::{FrozenState, StateKind};

use super::args::{EditionAction, StateKindArg};
use super::open::{Opening, edition_name};
use super::units::write;
use super::{COMMAND, Failure, Outcome};
use crate::forms::ProgrammeFiles;
use crate::service::editions::Calendar;
use crate::service::states::{Change, Freezing, Verified};
use crate::service::{EditionName, Service};

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
        EditionAction::Close { edition } => opening.service()?.edition_close(&edition_name(&edition)?)?,
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
    let head = format!("{}: SHA-256 {}", verified.state, verified.hash);
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
