//! The page of codes tells of every code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use regex::Regex;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn codes_in(text: &str, pattern: &str) -> BTreeSet<String> {
    let pattern = Regex::new(pattern).expect("the pattern is right");
    pattern.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_code_that_the_crate_can_report_is_explained_and_no_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let used = codes_in(&text, r#"pub const [A-Z_]+: &str = "([FW]\d{3})";"#);
    assert!(used.len() > 50, "the declarations of codes were not found");
    let page = std::fs::read_to_string(root.join("../../docs/form-codes.md")).unwrap();
    assert_eq!(codes_in(&page, r"(?m)^\| ([FW]\d{3}) \|"), used);
}

#[test]
fn no_code_is_written_outside_the_declarations() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let declared = codes_in(&text, r#"pub const [A-Z_]+: &str = "([FW]\d{3})";"#);
        let before_tests = text.split("#[cfg(test)]").next().unwrap();
        let written = codes_in(before_tests, r#""([FW]\d{3})""#);
        assert_eq!(declared, written, "{}", file.display());
    }
}
