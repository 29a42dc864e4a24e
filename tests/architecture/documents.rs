//! Documents: what they point to exists.

use crate::none;
use crate::tree::{File, files, root};

/// Beginnings of paths from the root of the repository.
const PLACES: [&str; 11] = [
    "src/",
    "crates/",
    "docs/",
    "tests/",
    "forms/",
    "migrations/",
    "templates/",
    "static/",
    "benches/",
    "docker/",
    ".ci/",
];

/// The text without fenced blocks.
fn prose(text: &str) -> String {
    text.split("```").step_by(2).collect()
}

/// Targets of links, without those to other sites and to places on the same page.
fn links(text: &str) -> Vec<String> {
    let found = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let inside = found.filter(|target| {
        !target.contains("://") && !target.starts_with(['#', '<']) && !target.starts_with("mailto:")
    });
    inside.filter_map(|target| target.split('#').next()).map(str::to_owned).collect()
}

/// Paths in inline code, without patterns.
fn paths(text: &str) -> Vec<String> {
    let spans = text.split('`').skip(1).step_by(2);
    let paths = spans.filter(|span| PLACES.iter().any(|place| span.starts_with(place)));
    let plain = paths.filter(|span| !span.contains(['*', '{', '<', ' ', '…', '\n']));
    plain.map(|span| span.trim_end_matches([':', ',']).to_owned()).collect()
}

/// Names of tests in inline code: sentences of at least four words.
fn tests(text: &str) -> Vec<&str> {
    let spans = text.split('`').skip(1).step_by(2);
    let name = |span: &&str| span.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    spans.filter(name).filter(|span| span.matches('_').count() >= 3).collect()
}

fn unknown_tests(documents: &[File], sources: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for document in documents {
        let prose = prose(&document.text);
        let missing = tests(&prose).into_iter().filter(|name| {
            let declared = format!("fn {name}");
            !sources.iter().any(|source| crate::tree::has_word(&source.text, &declared))
        });
        found.extend(missing.map(|name| format!("{}: there is no test {name}", document.path)));
    }
    found
}

fn dangling(documents: &[File]) -> Vec<String> {
    let mut found = Vec::new();
    for document in documents {
        let prose = prose(&document.text);
        let folder = root().join(&document.path).parent().unwrap().to_path_buf();
        let lost = links(&prose).into_iter().filter(|target| !folder.join(target).exists());
        found.extend(lost.map(|target| format!("{}: the link to {target} leads nowhere", document.path)));
        let lost = paths(&prose).into_iter().filter(|path| !root().join(path).exists());
        found.extend(lost.map(|path| format!("{}: there is no {path}", document.path)));
    }
    found
}

#[test]
fn documents_mention_only_files_that_exist() {
    none(&dangling(&files(&["md"])));
    let bad = [File::new(
        "docs/x.md",
        "[a](no-such-page.md) and `src/no_such_file.rs`, not ```\n`src/fenced.rs`\n``` this",
    )];
    assert_eq!(dangling(&bad).len(), 2);
    let fine = [File::new(
        "docs/x.md",
        "[a](../README.md#top), [b](https://x.example/y), `src/*.rs`, `src/web/{area}`",
    )];
    assert_eq!(dangling(&fine), [""; 0]);
}

#[test]
fn documents_name_only_tests_that_exist() {
    none(&unknown_tests(&files(&["md"]), &files(&["rs"])));
    let sources = [File::new("src/x.rs", "fn what_is_here_can_be_named() {}")];
    let text = "`what_is_here_can_be_named`, `what_is_not_here_can_not`, `two_words`, `MIERNIK_A_B_C`";
    assert_eq!(unknown_tests(&[File::new("x.md", text)], &sources).len(), 1);
}

#[test]
fn every_decision_has_its_number_its_parts_and_its_line_in_the_list() {
    let list = std::fs::read_to_string(root().join("docs/adr/README.md")).unwrap();
    let decisions = files(&["md"]).into_iter().filter(|file| {
        file.path.strip_prefix("docs/adr/").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()))
    });
    let mut found = Vec::new();
    for (number, file) in (1..).zip(decisions) {
        let name = file.path.trim_start_matches("docs/adr/");
        let first = file.text.lines().next().unwrap_or_default();
        if !name.starts_with(&format!("{number:04}-")) || !first.starts_with(&format!("# {number}. ")) {
            found.push(format!("{}: expected to be number {number}", file.path));
        }
        for part in ["## Context", "## Decision", "## Consequences", "## Evidence"] {
            if !file.text.contains(&format!("\n{part}\n")) {
                found.push(format!("{}: no {part}", file.path));
            }
        }
        if !list.contains(&format!("]({name})")) {
            found.push(format!("docs/adr/README.md: does not list {name}"));
        }
    }
    none(&found);
}
