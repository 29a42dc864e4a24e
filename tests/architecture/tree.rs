//! The files of the repository.

use std::path::Path;

/// One text file, by its path from the root of the repository.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub path: String,
    pub text: String,
}

impl File {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// The text without lines that are only a comment.
    pub(crate) fn code(&self) -> String {
        let lines = self.text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Whether the program is built from this file, rather than a test or a benchmark.
    pub(crate) fn is_source(&self) -> bool {
        self.path.starts_with("src/") || (self.path.starts_with("crates/") && self.path.contains("/src/"))
    }

    /// The part of the root package that the file belongs to: `web` of `src/web/post.rs`, `app` of `src/app.rs`.
    pub(crate) fn part(&self) -> Option<&str> {
        let rest = self.path.strip_prefix("src/")?;
        rest.split('/').next().map(|first| first.trim_end_matches(".rs"))
    }
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders that hold nothing of ours: builds, packages, results of runs.
const NOT_OURS: [&str; 4] = ["target", "node_modules", "results", "miernik-demo"];

/// All files with one of these endings, in the order of their paths.
pub(crate) fn files(endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    walk(root(), &mut |path| {
        if path.extension().is_some_and(|ending| endings.iter().any(|e| ending == *e)) {
            let shown = path.strip_prefix(root()).unwrap().to_str().unwrap();
            found.push(File::new(shown, &std::fs::read_to_string(path).unwrap()));
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no file ends in {endings:?}");
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !path.is_dir() {
            visit(&path);
        } else if !name.starts_with('.') && !NOT_OURS.contains(&name) {
            walk(&path, visit);
        }
    }
}

/// Whether `word` stands in `text` on its own, not as a part of a longer name.
pub(crate) fn has_word(text: &str, word: &str) -> bool {
    let of_name = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(of_name) && !after.is_some_and(of_name)
    })
}
