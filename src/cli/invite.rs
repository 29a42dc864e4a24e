//! `invite` and `links`

use std::path::PathBuf;

use clap::Args;
use sheet::{Column, Profile, Table, Value};

use super::Outcome;
use super::files::{read_text, write};
use super::open::{Opening, edition_name};
use crate::service::invitations::Issued;

#[derive(Debug, Args)]
pub(super) struct InviteArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Nowa treść listu (tekst z {{POLAMI}}); zostaje zapisana. Bez tego ostatnio zapisana
    #[arg(long, value_name = "PLIK")]
    pub template: Option<PathBuf>,
    /// Nazwa fali; ta sama fala nie wyśle dwa razy tego samego
    #[arg(long, default_value = "1")]
    pub wave: String,
    /// Tylko liczy, ile listów by poszło, i wymienia jednostki bez adresu
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct LinksArgs {
    /// Program i edycja
    #[arg(long)]
    pub edition: String,
    /// Plik wynikowy; bez niego wynik trafia na standardowe wyjście
    #[arg(short, long, value_name = "PLIK")]
    pub output: Option<PathBuf>,
    /// Nowe odnośniki i kody dla jednej jednostki (kod TERYT lub kod urzędu); stare przestają działać
    #[arg(long, value_name = "KOD")]
    pub reissue: Option<String>,
    /// Unieważnia odnośnik i kod jednej jednostki
    #[arg(long, value_name = "KOD", conflicts_with = "reissue")]
    pub revoke: Option<String>,
}

/// The template that invitations are made from.
const LETTER: &str = "zaproszenie";

/// `invite`
pub(super) fn invite(opening: &Opening<'_>, args: &InviteArgs) -> Outcome {
    let name = edition_name(&args.edition)?;
    let service = opening.service()?;
    let source = args.template.as_deref().map(read_text).transpose()?;
    let wave = service.invite_with(&name, LETTER, source.as_deref(), &args.wave, args.dry_run)?;
    if args.dry_run {
        eprintln!("próba: do kolejki trafiłoby {}", wave.queued);
    } else {
        eprintln!("do kolejki dodano {}, wcześniej dodane {}", wave.queued, wave.already);
    }
    if wave.answered > 0 {
        eprintln!("bez listu, bo ankieta jest już wysłana: {}", wave.answered);
    }
    if !wave.without_address.is_empty() {
        eprintln!("bez adresu e-mail: {}", wave.without_address.len());
        for unit in &wave.without_address {
            eprintln!("  {unit}");
        }
    }
    Ok(())
}

/// `links`
pub(super) fn links(opening: &Opening<'_>, args: &LinksArgs) -> Outcome {
    let name = edition_name(&args.edition)?;
    let service = opening.service()?;
    let issued = match (&args.reissue, &args.revoke) {
        (Some(unit), _) => vec![service.reissue(&name, unit)?],
        (None, Some(unit)) => return Ok(service.revoke(&name, unit)?),
        (None, None) => service.issued(&name)?,
    };
    write(args.output.as_deref(), &sheet::write_csv(&table(&issued), Profile::OpenData)?)
}

fn table(issued: &[Issued]) -> Table {
    let names = ["unit", "name", "kind", "form", "email", "letter_code", "link"];
    let maybe = |text: &Option<String>| text.clone().map_or(Value::Empty, Value::Text);
    let rows = issued.iter().map(|one| {
        vec![
            Value::Text(one.invitation.unit_code.clone()),
            Value::Text(one.invitation.unit_name.clone()),
            Value::Text(one.invitation.kind.clone()),
            Value::Text(one.invitation.form_id.clone()),
            maybe(&one.email),
            maybe(&one.letter_code),
            maybe(&one.link),
        ]
    });
    Table { columns: names.map(|name| Column::named(name, name)).into(), rows: rows.collect() }
}
