//! A form of a few questions against which expressions are checked.

use form::expr::{Meaning, Named, Names, Type};

pub(crate) struct SmallForm;

const ALL: [&str; 14] = [
    "media_czy",
    "liczba",
    "liczba_opc",
    "kwota",
    "dzien",
    "opis",
    "rodzaje",
    "ocena",
    "medium",
    "naklad",
    "nazwa",
    "czesc",
    "uwaga",
    "pozniejsze",
];

impl Names for SmallForm {
    fn named(&self, name: &str) -> Option<Named<'_>> {
        let value = |found| Named::new(Meaning::Value(found));
        let list = |found, list, choices: &[&'static str]| Named {
            list: Some(list),
            choices: choices.to_vec(),
            ..Named::new(Meaning::Value(found))
        };
        let found = match name {
            "media_czy" => list(Type::Choice, "tak_nie", &["tak", "nie"]),
            "ocena" => list(Type::Choice, "oceny", &["1", "2", "3"]),
            "rodzaje" => list(Type::Choices, "rodzaje_dok", &["strategia", "program", "inne"]),
            "liczba" => Named { place: Some("wiersz 76".to_owned()), ..value(Type::Number) },
            "liczba_opc" | "kwota" => Named { optional: true, ..value(Type::Number) },
            "dzien" => value(Type::Date),
            "opis" => value(Type::Text),
            "medium" => Named::new(Meaning::Repeat),
            "naklad" => Named { repeat: Some("medium"), ..value(Type::Number) },
            "nazwa" => Named { repeat: Some("medium"), ..value(Type::Text) },
            "czesc" => Named::new(Meaning::Group),
            "uwaga" => Named::new(Meaning::Note),
            "pozniejsze" => Named { later: true, ..value(Type::Number) },
            _ => return None,
        };
        Some(found)
    }

    fn all(&self) -> Vec<&str> {
        ALL.to_vec()
    }

    fn unit_attributes(&self) -> Option<Vec<&str>> {
        Some(vec!["kind", "powiat"])
    }

    fn columns(&self) -> Option<Vec<&str>> {
        Some(vec!["powiat"])
    }
}
