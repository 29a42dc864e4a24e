//! `key new | add | list | revoke`

use std::io::Write;

use clap::Subcommand;

use super::open::Opening;
use super::{Failure, Outcome};
use crate::clock::{Clock, SystemClock, SystemRandom};
use crate::service::keyring;

#[derive(Debug, Subcommand)]
pub(super) enum KeyAction {
    /// Tworzy nowy klucz odnośników (plik 0600 w folderze kluczy)
    #[command(after_help = "Przykład: miernik key new")]
    New,
    /// Dodaje klucz API; drukuje go jeden raz
    #[command(after_help = "Przykład: miernik key add --programme mazowsze --name hurtownia")]
    Add {
        /// Program
        #[arg(long)]
        programme: String,
        /// Do czego służy
        #[arg(long)]
        name: String,
    },
    /// Wypisuje klucze odnośników i klucze API (bez ich treści)
    #[command(after_help = "Przykład: miernik key list")]
    List,
    /// Unieważnia klucz API
    #[command(after_help = "Przykład: miernik key revoke --programme mazowsze --name hurtownia")]
    Revoke {
        /// Program
        #[arg(long)]
        programme: String,
        /// Nazwa klucza
        #[arg(long)]
        name: String,
    },
}

/// Runs one of the four.
pub(super) fn run(opening: &Opening<'_>, action: KeyAction) -> Outcome {
    match action {
        KeyAction::New => new(opening),
        KeyAction::Add { programme, name } => {
            let secret = opening.service()?.api_key_add(&programme, &name)?;
            print(&format!("{}\n", secret.reveal()))
        }
        KeyAction::List => list(opening),
        KeyAction::Revoke { programme, name } => {
            if opening.service()?.api_key_revoke(&programme, &name)? == 0 {
                return Err(Failure::input(format!(
                    "nie ma czynnego klucza „{name}” w programie „{programme}”"
                )));
            }
            Ok(())
        }
    }
}

fn new(opening: &Opening<'_>) -> Outcome {
    let settings = opening.settings()?;
    let today = SystemClock.now().to_utc().date_naive();
    let (key, path) = keyring::create(&settings.keys, today, &SystemRandom)?;
    eprintln!(
        "klucz {} zapisano w {}. Proszę dołączyć go do kopii zapasowej: bez niego wysłane odnośniki przestaną działać.",
        key.id(),
        path.display()
    );
    Ok(())
}

fn list(opening: &Opening<'_>) -> Outcome {
    let service = opening.service()?;
    let mut text = String::new();
    for key in service.known_keys()? {
        let state = if key.retired_at.is_some() { "wycofany" } else { "w użyciu" };
        text += &format!("odnośniki\t{}\t{}\t{state}\n", key.id, key.created_at);
    }
    for programme in service.programmes()? {
        for key in service.api_keys(&programme.row.slug)? {
            let state = if key.revoked_at.is_some() { "unieważniony" } else { "czynny" };
            text += &format!("api {}\t{}\t{}\t{state}\n", programme.row.slug, key.name, key.created_at);
        }
    }
    print(&text)
}

fn print(text: &str) -> Outcome {
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}
