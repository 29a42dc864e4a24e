//! What authors of forms are told: every problem at once, with its place.

use std::path::{Path, PathBuf};

use form::{load, problem};

fn broken() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms/broken");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map_while(Result::ok)
        .map(|file| file.path())
        .collect();
    files.sort();
    files
}

#[test]
fn broken_forms_are_told_with_place_line_and_help() {
    for path in broken() {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let loaded = load(&name, &text);
        assert!(loaded.questionnaire.is_none(), "{name} must not load");
        insta::assert_snapshot!(name, problem::render_all(&loaded.problems, &text));
    }
}

#[test]
fn problems_come_sorted_by_place() {
    for path in broken() {
        let text = std::fs::read_to_string(&path).unwrap();
        let places: Vec<_> = load("f", &text).problems.iter().map(|found| (found.line, found.col)).collect();
        assert!(places.is_sorted(), "{}", path.display());
    }
}

#[test]
fn a_problem_as_json_has_the_documented_keys() {
    let loaded = load("f.toml", "[settings]\nform_id = 'a'\nversion = '1'\nform_title = 'T'\n");
    insta::assert_json_snapshot!("problem_as_json", loaded.problems);
}
