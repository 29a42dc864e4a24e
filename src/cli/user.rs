//! `user add`

use std::io::Read;

use clap::Subcommand;
use store::Role;

use super::open::Opening;
use super::{Failure, Outcome};

#[derive(Debug, Subcommand)]
pub(super) enum UserAction {
    /// Dodaje osobę; hasło ze standardowego wejścia
    ///
    /// Osoba dostaje dostęp do programów, które są już w bazie, więc najpierw trzeba utworzyć edycję.
    #[command(
        after_help = "Przykład: printf '%s' \"$HASLO\" | miernik user add anna --role administrator --password-stdin"
    )]
    Add {
        /// Login
        login: String,
        /// Rola: administrator albo analyst; w panelu mogą dziś to samo
        #[arg(long, default_value = "administrator")]
        role: String,
        /// Czyta hasło ze standardowego wejścia; co najmniej 12 znaków
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Adds a person.
pub(super) fn run(opening: &Opening<'_>, action: UserAction) -> Outcome {
    let UserAction::Add { login, role, password_stdin } = action;
    if !password_stdin {
        return Err(Failure::input("hasło podaje się na standardowym wejściu: --password-stdin"));
    }
    let role = Role::parse(&role)
        .ok_or_else(|| Failure::input(format!("nie ma roli „{role}” (są: administrator, analyst)")))?;
    let mut password = String::new();
    std::io::stdin().lock().read_to_string(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    opening.service()?.user_add(&login, password, role)?;
    Ok(())
}
