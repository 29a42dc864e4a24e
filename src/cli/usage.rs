//! A command line that cannot be read: a value that its option does not take is wrong input (1), anything else, such as
//! an unknown option, is a command that could not run (2).

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Prints what is wrong, or the help that was asked for.
pub(super) fn refused(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => {
            eprintln!("{}", sentence(error));
            ExitCode::from(1)
        }
        _ => {
            // Standard output or error may be closed; nothing is left to say then.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
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
