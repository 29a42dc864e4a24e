//! What the TOML reader says about a file that is no questionnaire, in Polish: settings, the programme file.

use crate::load::explain_syntax;

/// What is wrong with `text`, with line, column and the line itself where the error has a place.
///
/// The reader speaks English; what it says about the shape of values is put into Polish here, what it says about the
/// syntax where questionnaires are read. Words of our own readers stay as they are.
#[must_use]
pub fn toml_sentence(error: &toml::de::Error, text: &str) -> String {
    // A key that has no place in the text, as in variables, follows in a second line: in `mail.pause_ms`.
    let said = error.to_string();
    let key = said.lines().rev().find_map(|line| line.strip_prefix("in `")?.strip_suffix('`'));
    let what = match text.parse::<toml::Table>() {
        Err(_) => explain_syntax(error.message()),
        Ok(_) => shape(error.message()).unwrap_or_else(|| error.message().to_owned()),
    };
    let Some(span) = error.span().filter(|_| !text.is_empty()) else {
        return key.map_or_else(|| what.clone(), |key| format!("{key}: {what}"));
    };
    let before = text.get(..span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let source = text.lines().nth(line - 1).unwrap_or_default();
    format!("wiersz {line}, kolumna {column}: {what}\n{line:>5} | {source}")
}

/// What serde says about a value that is not as expected.
fn shape(message: &str) -> Option<String> {
    if let Some(key) = message.strip_prefix("missing field ") {
        return Some(format!("brakuje klucza {}", quoted(key)));
    }
    if let Some(key) = message.strip_prefix("duplicate field ") {
        return Some(format!("klucz {} stoi tu drugi raz", quoted(key)));
    }
    for (start, what) in [("unknown field ", "nieznany klucz"), ("unknown variant ", "nieznana wartość")] {
        let Some((found, expected)) = message.strip_prefix(start).and_then(|rest| rest.split_once(", "))
        else {
            continue;
        };
        let known: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        return Some(format!("{what} {}. Możliwe: {}", quoted(found), known.join(", ")));
    }
    for start in ["invalid type: ", "invalid value: ", "invalid length "] {
        let Some((found, expected)) =
            message.strip_prefix(start).and_then(|rest| rest.split_once(", expected "))
        else {
            continue;
        };
        return Some(format!("jest tu {}, a ma być {}", kind(found), wanted(expected)));
    }
    None
}

fn quoted(name: &str) -> String {
    format!("„{}”", name.trim_matches('`'))
}

/// `string "chwila"`, `integer `5``: what stands there.
fn kind(found: &str) -> String {
    const KINDS: [(&str, &str); 8] = [
        ("string", "tekst"),
        ("integer", "liczba całkowita"),
        ("floating point", "liczba z ułamkiem"),
        ("boolean", "prawda albo fałsz"),
        ("sequence", "lista"),
        ("map", "tabela"),
        ("unit", "nic"),
        ("datetime", "data"),
    ];
    let named = KINDS.iter().find_map(|(word, polish)| Some((polish, found.strip_prefix(word)?)));
    let Some((polish, value)) = named else { return found.to_owned() };
    let value = value.trim_matches([' ', '`', '"']);
    if value.is_empty() { (*polish).to_owned() } else { format!("{polish} „{value}”") }
}

fn wanted(expected: &str) -> String {
    const WANTED: [(&str, &str); 5] = [
        ("a string", "tekst w cudzysłowie"),
        ("a boolean", "true albo false"),
        ("a sequence", "lista w nawiasach [ ]"),
        ("a map", "tabela"),
        ("struct ", "tabela"),
    ];
    const INTEGERS: [&str; 9] = ["u8", "u16", "u32", "u64", "usize", "i32", "i64", "isize", "i16"];
    if INTEGERS.contains(&expected) {
        return "liczba całkowita z dozwolonego zakresu".into();
    }
    let known = WANTED.iter().find(|(word, _)| expected.starts_with(word));
    known.map_or_else(|| expected.to_owned(), |(_, polish)| (*polish).to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Sample {
        name: String,
        #[serde(default)]
        count: u16,
        #[serde(default)]
        names: BTreeMap<String, String>,
        way: Option<Way>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Way {
        File,
        Smtp,
    }

    fn told(text: &str) -> String {
        toml_sentence(&toml::from_str::<Sample>(text).unwrap_err(), text)
    }

    #[test]
    fn every_mistake_has_its_place_and_its_polish_words() {
        let said = told("name = \"a\"\nnmae = 3\n");
        assert_eq!(
            said,
            "wiersz 2, kolumna 1: nieznany klucz „nmae”. Możliwe: name, count, names, way\n    2 | nmae = 3"
        );
        for (text, expected) in [
            ("name = 5", "wiersz 1, kolumna 8: jest tu liczba całkowita „5”, a ma być tekst w cudzysłowie"),
            (
                "name = \"a\"\ncount = \"x\"",
                "wiersz 2, kolumna 9: jest tu tekst „x”, a ma być liczba całkowita",
            ),
            ("name = \"a\"\ncount = -1", "a ma być liczba całkowita z dozwolonego zakresu"),
            ("name = \"a\"\nnames = true", "jest tu prawda albo fałsz „true”, a ma być tabela"),
            ("name = \"a\"\nway = \"poczta\"", "nieznana wartość „poczta”. Możliwe: file, smtp"),
            ("count = 5", "brakuje klucza „name”"),
            ("name =", "nie da się odczytać jako TOML"),
            ("to nie jest TOML", "nie da się odczytać jako TOML"),
        ] {
            assert!(told(text).contains(expected), "{text}: {}", told(text));
        }
    }

    #[test]
    fn a_key_without_a_place_is_named() {
        let table: toml::Table = "name = \"a\"\ncount = \"chwila\"".parse().unwrap();
        let error = table.try_into::<Sample>().unwrap_err();
        let said = toml_sentence(&error, "");
        assert!(said.starts_with("count: jest tu tekst „chwila”"), "{said}");
    }
}
