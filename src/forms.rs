//! Where a programme's files come from: a folder, or the ones shipped inside the program.

use std::path::{Path, PathBuf};

use crate::words;

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
    /// The same with invented values where the office has something left to fill in: for the demo.
    Invented(Box<Self>),
}

/// What the programme file leaves to the office, and what the demo says instead.
const INVENTED: [(&str, &str); 6] = [
    ("DO UZUPEŁNIENIA (znak pisma)", "POKAZ.0701.1.2025"),
    ("DO UZUPEŁNIENIA (adres siedziby)", "ul. Przykładowa 1, 00-000 Warszawa (pokaz)"),
    ("DO UZUPEŁNIENIA (inspektor ochrony danych)", "Jan Przykładowy, iod@mcps.example (pokaz)"),
    (
        "DO UZUPEŁNIENIA (przepis, z którego wynika zadanie).",
        "Przepis, z którego wynika zadanie, wskazuje tu urząd (pokaz).",
    ),
    ("umów powierzenia. DO UZUPEŁNIENIA.", "umów powierzenia (pokaz)."),
    (
        "DO UZUPEŁNIENIA (okres przechowywania danych osoby do kontaktu)",
        "Okres przechowywania danych osoby do kontaktu podaje tu urząd (pokaz).",
    ),
];

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

    /// The same files with invented values where something is left to fill in.
    #[must_use]
    pub fn invented(self) -> Self {
        Self::Invented(Box::new(self))
    }

    /// How messages name the file.
    pub fn place(&self, name: &str) -> String {
        match self {
            Self::Folder(folder) => folder.join(name).display().to_string(),
            Self::Shipped => format!("forms/mazowsze/{name}"),
            Self::Invented(files) => files.place(name),
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
                std::fs::read_to_string(folder.join(name)).map_err(|error| failed(words::io(&error)))
            }
            Self::Invented(files) => {
                let text = files.read(name)?;
                Ok(INVENTED.iter().fold(text, |text, (blank, invented)| text.replace(blank, invented)))
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

    #[test]
    fn every_sum_that_the_short_way_enters_has_a_measure_of_what_came_that_way() {
        let mut entered = 0;
        for (name, text) in
            SHIPPED.iter().filter(|(name, _)| name.ends_with("jst.toml") || name.ends_with("up.toml"))
        {
            if form::is_frame(text) {
                continue;
            }
            let questionnaire = form::load(name, text).questionnaire.unwrap();
            let calculated =
                questionnaire.model.questions().filter_map(|question| question.calculation.as_ref());
            for source in calculated
                .map(form::expr::Expr::source)
                .filter(|source| source.contains("_sposob} = 'lista'"))
            {
                // if(${x_sposob} = 'lista', …, ${x_razem}): the last name is what was given instead of the list.
                let given = source.trim_end_matches(')').rsplit(", ").next().unwrap();
                let mut sums = questionnaire
                    .plan
                    .measures
                    .iter()
                    .filter(|measure| measure.function == form::Function::Sum);
                let counted = sums.any(|measure| measure.of.as_ref().is_some_and(|of| of.source() == given));
                assert!(counted, "{name}: no measure sums {given}");
                entered += 1;
            }
        }
        assert!(entered > 20, "{entered}");
    }

    #[test]
    fn the_demo_leaves_nothing_to_fill_in_where_letters_and_the_clause_say_it() {
        let text = ProgrammeFiles::Shipped.invented().read("programme.toml").unwrap();
        let programme = survey::programme::Programme::parse(&text).unwrap();
        let clause = format!("{:?}", programme.privacy);
        assert!(!clause.contains("DO UZUPE"), "{clause}");
        assert!(programme.editions.iter().all(|edition| !edition.letter_number.contains("DO UZUPE")));
    }
}
