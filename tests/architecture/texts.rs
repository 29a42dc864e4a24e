//! What no file may be or say.

use crate::none;
use crate::tree::{File, files};

/// Longer files do two things.
const MOST_LINES: usize = 600;

/// Words that say nothing about what is inside.
const EMPTY_WORDS: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "manager"];

/// What introduces a name.
const DECLARATIONS: [&str; 8] = ["struct ", "enum ", "trait ", "type ", "mod ", "fn ", "const ", "static "];

/// How a lint is silenced; put together for the same reason as below.
const SILENCED: [&str; 2] = [concat!("#[", "allow("), concat!("#![", "allow(")];

/// Marks of unfinished work, put together here so that this file does not hold them.
const UNFINISHED: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("HA", "CK")];

fn too_long(files: &[File]) -> Vec<String> {
    let long = files.iter().filter(|file| file.text.lines().count() > MOST_LINES);
    long.map(|file| format!("{}: {} lines", file.path, file.text.lines().count())).collect()
}

/// Names of files, folders and declared items, in words of lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c == '-' || c == '.' || c.is_uppercase() {
            words.push(String::new());
        }
        if c.is_alphanumeric() {
            words.last_mut().expect("never empty").extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_empty_name(name: &str) -> bool {
    words(name).iter().any(|word| EMPTY_WORDS.contains(&word.as_str()))
}

/// A type or file whose last word is "data"; functions may be whole sentences.
fn ends_in_data(name: &str) -> bool {
    let words = words(name);
    words.len() > 1 && words.last().is_some_and(|last| last == "data")
}

fn declared(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line =
        line.strip_prefix("pub(").and_then(|rest| rest.split_once(") ")).map_or(line, |(_, rest)| rest);
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = ["async ", "const fn "].iter().fold(line, |line, word| match *word {
        "const fn " if line.starts_with(word) => &line["const ".len()..],
        _ => line.strip_prefix(word).unwrap_or(line),
    });
    let rest = DECLARATIONS.iter().find_map(|word| line.strip_prefix(word))?;
    Some(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
}

fn empty_names(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources {
        let path = file.path.trim_end_matches(".rs").split('/');
        found.extend(
            path.filter(|part| is_empty_name(part) || ends_in_data(part))
                .map(|part| format!("{}: {part}", file.path)),
        );
        for (line, text) in file.text.lines().enumerate() {
            let Some(name) = declared(text) else { continue };
            let is_type = name.starts_with(char::is_uppercase);
            if is_empty_name(name) || (is_type && ends_in_data(name)) {
                found.push(format!("{}:{}: {name}", file.path, line + 1));
            }
        }
    }
    found
}

fn unfinished(files: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (line, text) in file.text.lines().enumerate() {
            if UNFINISHED.iter().any(|mark| crate::tree::has_word(text, mark)) {
                found.push(format!("{}:{}: {}", file.path, line + 1, text.trim()));
            }
        }
    }
    found
}

fn without_reason(sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources {
        let code = file.code();
        for (at, _) in SILENCED.iter().flat_map(|silenced| code.match_indices(silenced)) {
            let attribute = code[at..].split(']').next().unwrap_or_default();
            if !attribute.contains("reason =") {
                found.push(format!("{}: {attribute}]", file.path));
            }
        }
    }
    found
}

#[test]
fn no_source_file_is_longer_than_600_lines() {
    none(&too_long(&files(&["rs", "html", "css", "js", "mjs", "sql", "sh"])));
    assert_eq!(too_long(&[File::new("src/x.rs", &"x\n".repeat(601))]).len(), 1);
    assert_eq!(too_long(&[File::new("src/x.rs", &"x\n".repeat(600))]), [""; 0]);
}

#[test]
fn every_name_says_what_is_behind_it() {
    none(&empty_names(&files(&["rs"])));
    let bad = [
        File::new("src/web/page_utils.rs", ""),
        File::new(
            "src/x.rs",
            "pub(crate) struct SessionManager;\nconst fn common_part() {}\npub struct UnitData;",
        ),
    ];
    assert_eq!(empty_names(&bad).len(), 4);
    let fine = [File::new(
        "crates/survey/tests/data/x.rs",
        "fn rows_are_no_data() {}\nstruct Data;\nlet helper = 1;",
    )];
    assert_eq!(empty_names(&fine), [""; 0]);
}

#[test]
fn nothing_is_left_unfinished() {
    none(&unfinished(&files(&["rs", "toml", "md", "html", "css", "js", "mjs", "sql", "sh"])));
    let bad = File::new("src/x.rs", &format!("// {}: later\nlet {}_list = 1;", UNFINISHED[0], UNFINISHED[0]));
    assert_eq!(unfinished(&[bad]).len(), 1);
}

#[test]
fn a_lint_is_never_silenced_without_a_reason() {
    none(&without_reason(&files(&["rs"])));
    let attribute = format!("{}dead_code)]", SILENCED[0]);
    assert_eq!(without_reason(&[File::new("src/x.rs", &attribute)]).len(), 1);
}
