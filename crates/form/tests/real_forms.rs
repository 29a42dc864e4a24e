//! Whole questionnaires load without a complaint.

use std::path::Path;

use form::{load, problem};

fn problems_of(path: &Path) -> String {
    let text = std::fs::read_to_string(path).expect("the form can be read");
    let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
    if form::is_frame(&text) {
        let loaded = form::load_frame(&name, &text);
        assert_eq!(loaded.frame.is_some(), loaded.problems.is_empty(), "{:?}", loaded.problems);
        return problem::render_all(&loaded.problems, &text);
    }
    let loaded = load(&name, &text);
    assert_eq!(loaded.questionnaire.is_some(), loaded.problems.is_empty(), "{:?}", loaded.problems);
    problem::render_all(&loaded.problems, &text)
}

fn clean_in(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).expect("the folder can be read").map_while(Result::ok);
    let paths = files.map(|file| file.path());
    let forms: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    assert!(!forms.is_empty());
    for form in forms {
        assert_eq!(problems_of(&form), "", "{}", form.display());
    }
}

#[test]
fn the_questionnaires_of_mazowieckie_have_no_problems() {
    for year in ["2024", "2025"] {
        clean_in(&format!("../../forms/mazowsze/{year}"));
    }
}

#[test]
fn two_years_of_one_questionnaire_have_no_problems() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms");
    for year in ["jst-2024.toml", "jst-2025.toml"] {
        assert_eq!(problems_of(&folder.join(year)), "");
    }
}
