//! What the operating system says, in Polish and in one place: its own words are English or depend on the machine.

use std::io::{Error, ErrorKind};

/// Why something could not be read, written or reached, without a full stop.
#[must_use]
pub fn io(error: &Error) -> String {
    let known = match error.kind() {
        ErrorKind::NotFound => "nie ma takiego pliku ani folderu",
        ErrorKind::PermissionDenied => "brak uprawnień",
        ErrorKind::AlreadyExists => "coś o tej nazwie już istnieje",
        ErrorKind::IsADirectory => "to jest folder, a nie plik",
        ErrorKind::NotADirectory => "część ścieżki jest plikiem, a nie folderem",
        ErrorKind::DirectoryNotEmpty => "folder nie jest pusty",
        ErrorKind::ReadOnlyFilesystem => "dysk jest tylko do odczytu",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "na dysku nie ma miejsca",
        ErrorKind::FileTooLarge => "plik jest za duży",
        ErrorKind::InvalidFilename => "to nie może być nazwa pliku",
        ErrorKind::AddrInUse => "adres i port są zajęte",
        ErrorKind::AddrNotAvailable => "ten komputer nie ma takiego adresu",
        ErrorKind::ConnectionRefused => "połączenie odrzucone",
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => "połączenie zerwane",
        ErrorKind::TimedOut => "minął czas oczekiwania",
        ErrorKind::BrokenPipe => "odbiorca przestał czytać",
        ErrorKind::InvalidData if error.raw_os_error().is_none() && error.get_ref().is_none() => {
            "plik nie jest zapisany w UTF-8"
        }
        _ => return other(error),
    };
    // Errors of our own carry their own sentence.
    if error.get_ref().is_some() { error.to_string() } else { known.to_owned() }
}

fn other(error: &Error) -> String {
    match error.raw_os_error() {
        Some(number) => format!("błąd systemu operacyjnego nr {number}"),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_polish_and_sentences_of_our_own_stay() {
        let missing = std::fs::read("/nonexistent/file").unwrap_err();
        assert_eq!(io(&missing), "nie ma takiego pliku ani folderu");
        let folder = std::fs::read("/").unwrap_err();
        assert_eq!(io(&folder), "to jest folder, a nie plik");
        let text = std::io::read_to_string(&b"\xff"[..]).unwrap_err();
        assert_eq!(io(&text), "plik nie jest zapisany w UTF-8");
        assert_eq!(
            io(&Error::new(ErrorKind::AlreadyExists, "folder „x” już istnieje")),
            "folder „x” już istnieje"
        );
        assert_eq!(io(&Error::from_raw_os_error(4095)), "błąd systemu operacyjnego nr 4095");
    }
}
