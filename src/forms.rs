//! Where a programme's files come from: a folder, or the ones shipped inside the program.

use std::path::{Path, PathBuf};

/// The shipped files of the programme of Mazowieckie, by their name below `forms/mazowsze`.
const SHIPPED: [(&str, &str); 20] = [
    ("programme.toml", include_str!("../forms/mazowsze/programme.toml")),
    ("2024/jst.toml", include_str!("../forms/mazowsze/2024/jst.toml")),
    ("2024/up.toml", include_str!("../forms/mazowsze/2024/up.toml")),
    ("2025/jst.toml", include_str!("../forms/mazowsze/2025/jst.toml")),
    ("2025/up.toml", include_str!("../forms/mazowsze/2025/up.toml")),
    ("2024/kody_problemow_jst.toml", include_str!("../forms/mazowsze/2024/kody_problemow_jst.toml")),
    ("2024/kody_potrzeb_jst.toml", include_str!("../forms/mazowsze/2024/kody_potrzeb_jst.toml")),
    ("2024/kody_problemow_up.toml", include_str!("../forms/mazowsze/2024/kody_problemow_up.toml")),
    ("2024/kody_potrzeb_up.toml", include_str!("../forms/mazowsze/2024/kody_potrzeb_up.toml")),
    ("2025/kody_problemow_jst.toml", include_str!("../forms/mazowsze/2025/kody_problemow_jst.toml")),
    ("2025/kody_potrzeb_jst.toml", include_str!("../forms/mazowsze/2025/kody_potrzeb_jst.toml")),
    ("2025/kody_problemow_up.toml", include_str!("../forms/mazowsze/2025/kody_problemow_up.toml")),
    ("2025/kody_potrzeb_up.toml", include_str!("../forms/mazowsze/2025/kody_potrzeb_up.toml")),
    ("register/jst.csv", include_str!("../forms/mazowsze/register/jst.csv")),
    ("register/up.csv", include_str!("../forms/mazowsze/register/up.csv")),
    ("mail/zaproszenie.txt", include_str!("../forms/mazowsze/mail/zaproszenie.txt")),
    ("mail/przypomnienie.txt", include_str!("../forms/mazowsze/mail/przypomnienie.txt")),
    ("mail/ostatnie-wezwanie.txt", include_str!("../forms/mazowsze/mail/ostatnie-wezwanie.txt")),
    ("mail/potwierdzenie.txt", include_str!("../forms/mazowsze/mail/potwierdzenie.txt")),
    ("mail/pismo.txt", include_str!("../forms/mazowsze/mail/pismo.txt")),
];

/// Register files of a programme, in the order in which they are read.
pub const REGISTER_FILES: [&str; 2] = ["register/jst.csv", "register/up.csv"];
/// Templates of letters, by the name under which they are stored.
pub const LETTERS: [&str; 5] =
    ["zaproszenie", "przypomnienie", "ostatnie-wezwanie", "potwierdzenie", "pismo"];

/// The files of one programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProgrammeFiles {
    /// Below a folder on disk.
    Folder(PathBuf),
    /// Inside the program.
    Shipped,
}

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {cause}")]
pub struct FileError {
    /// The file as a person would look for it.
    pub place: String,
    /// What is wrong.
    pub cause: String,
}

impl ProgrammeFiles {
    /// The folder when one was named, else the shipped files.
    pub fn named(folder: Option<&Path>) -> Self {
        folder.map_or(Self::Shipped, |folder| Self::Folder(folder.to_path_buf()))
    }

    /// How messages name the file.
    pub fn place(&self, name: &str) -> String {
        match self {
            Self::Folder(folder) => folder.join(name).display().to_string(),
            Self::Shipped => format!("forms/mazowsze/{name}"),
        }
    }

    /// The text of a file by its name below the programme's folder.
    ///
    /// # Errors
    /// [`FileError`] when the file is missing or not UTF-8.
    pub fn read(&self, name: &str) -> Result<String, FileError> {
        let failed = |cause: String| FileError { place: self.place(name), cause };
        match self {
            Self::Folder(folder) => {
                std::fs::read_to_string(folder.join(name)).map_err(|error| failed(error.to_string()))
            }
            Self::Shipped => SHIPPED
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, text)| (*text).to_owned())
                .ok_or_else(|| failed("nie ma takiego pliku w programie".into())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_the_shipped_programme_names_is_shipped() {
        let shipped = ProgrammeFiles::Shipped;
        let programme =
            survey::programme::Programme::parse(&shipped.read("programme.toml").unwrap()).unwrap();
        let forms = programme.editions.iter().flat_map(|edition| edition.files.values().cloned());
        let letters = LETTERS.iter().map(|letter| format!("mail/{letter}.txt"));
        let registers = REGISTER_FILES.iter().map(|file| (*file).to_owned());
        let missing: Vec<String> =
            forms.chain(letters).chain(registers).filter(|file| shipped.read(file).is_err()).collect();
        assert_eq!(missing, Vec::<String>::new());
    }
}
