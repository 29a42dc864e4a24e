//! What the library that reads the command line would say in English, said in Polish: help, and why a command line
//! cannot be read. A value that its option does not take is wrong input (1), anything else, such as an unknown option,
//! is a command that could not run (2).

use std::io::Write;
use std::process::ExitCode;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What stands for a value in help where the library would print the name of a field.
const VALUES: [(&str, &str); 21] = [
    ("CODE", "KOD"),
    ("DOCUMENT", "DOKUMENT"),
    ("EDITION", "PROGRAM/EDYCJA"),
    ("EXPR", "WYRAŻENIE"),
    ("FILE", "PLIK"),
    ("KIND", "KTO"),
    ("LABEL", "OPIS"),
    ("NAME", "NAZWA"),
    ("NEW", "NOWY"),
    ("NOTE", "UWAGA"),
    ("OLD", "STARY"),
    ("PAGE", "STRONA"),
    ("PART", "CZĘŚĆ"),
    ("PATHS", "ŚCIEŻKA"),
    ("PROGRAMME", "PROGRAM"),
    ("REASON", "POWÓD"),
    ("ROLE", "ROLA"),
    ("SEED", "LICZBA"),
    ("UNITS", "KTO"),
    ("VALUE", "WARTOŚĆ"),
    ("WAVE", "FALA"),
];

/// The library's own words in help. A phrase stands before those that it contains.
const WORDS: [(&str, &str); 15] = [
    ("Print this message or the help of the given subcommand(s)", "Pokazuje pomoc wskazanego polecenia"),
    ("Print help (see a summary with '-h')", "Pokazuje tę pomoc (krótszą: -h)"),
    ("Print help (see more with '--help')", "Pokazuje tę pomoc (dłuższą: --help)"),
    ("Print help", "Pokazuje tę pomoc"),
    ("Print version", "Pokazuje wersję"),
    ("Usage:", "Użycie:"),
    ("\nCommands:\n", "\nPolecenia:\n"),
    ("\nArguments:\n", "\nArgumenty:\n"),
    ("\nOptions:\n", "\nOpcje:\n"),
    ("Possible values:", "Możliwe wartości:"),
    ("[default:", "[domyślnie:"),
    ("[env:", "[zmienna:"),
    ("[OPTIONS]", "[OPCJE]"),
    ("<COMMAND>", "<POLECENIE>"),
    ("[COMMAND]", "[POLECENIE]"),
];

/// The command and those below it with Polish names of values.
pub(super) fn in_polish(command: Command) -> Command {
    let named = |argument: clap::Arg| {
        let shown = argument.get_value_names().and_then(<[_]>::first).map(ToString::to_string);
        match VALUES.iter().find(|(field, _)| Some(*field) == shown.as_deref()) {
            Some((_, name)) => argument.value_name(*name),
            None => argument,
        }
    };
    command.mut_args(named).mut_subcommands(in_polish)
}

/// Prints what is wrong, or the help that was asked for.
pub(super) fn refused(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => {
            eprintln!("{}", sentence(error));
            ExitCode::from(1)
        }
        kind => {
            let text = match unreadable(error) {
                Some(why) => format!("{why}. Więcej powie --help.\n"),
                None => WORDS
                    .iter()
                    .fold(error.render().to_string(), |text, (theirs, ours)| text.replace(theirs, ours)),
            };
            // Standard output or error may be closed; nothing is left to say then.
            let _ = match kind {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                    std::io::stdout().write_all(text.as_bytes())
                }
                _ => std::io::stderr().write_all(text.as_bytes()),
            };
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}

/// Why a command line cannot be read; none for help and for what happens too rarely to have its own sentence.
fn unreadable(error: &clap::Error) -> Option<String> {
    let all = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let like = |kind| match all(kind) {
        similar if similar.is_empty() => String::new(),
        similar => format!("; podobne: {similar}"),
    };
    let invalid = all(ContextKind::InvalidArg);
    Some(match error.kind() {
        ErrorKind::UnknownArgument => {
            format!("nie ma opcji ani argumentu „{invalid}”{}", like(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let wrong = all(ContextKind::InvalidSubcommand);
            format!("nie ma polecenia „{wrong}”{}", like(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("brakuje: {invalid}"),
        ErrorKind::ArgumentConflict => match all(ContextKind::PriorArg) {
            other if other.is_empty() => return None,
            other if other == invalid => format!("opcję „{invalid}” można podać tylko raz"),
            other => format!("opcji „{invalid}” nie można podać razem z „{other}”"),
        },
        _ => return None,
    })
}

/// `--opens 2025-02-31: …`, with what may be given where the option knows it.
fn sentence(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let (option, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let option = option.split_whitespace().next().unwrap_or_default().to_owned();
    let expected = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(known)) if !known.is_empty() => format!("możliwe: {}", known.join(", ")),
        _ => expected(error),
    };
    if value.is_empty() {
        return format!("{option}: brakuje wartości. {}", capital(&expected));
    }
    format!("{option} {value}: to nie jest właściwa wartość. {}", capital(&expected))
}

/// What kind of value the option takes, told by the error that its reader gave.
fn expected(error: &clap::Error) -> String {
    let Some(source) = std::error::Error::source(error) else {
        return "proszę sprawdzić pisownię (--help pokazuje przykład)".into();
    };
    if source.is::<chrono::ParseError>() {
        return "proszę podać datę z kalendarza w postaci RRRR-MM-DD".into();
    }
    let said = source.to_string();
    let range = said.split_once(" is not in ").map(|(_, range)| range.replace("..=", "–"));
    match range {
        Some(range) => format!("proszę podać liczbę całkowitą z zakresu {range}"),
        None if source.is::<std::num::ParseIntError>() => "proszę podać liczbę całkowitą".into(),
        // Readers of our own speak Polish.
        None => said,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
