//! Questionnaires of two years.

use std::path::{Path, PathBuf};

use form::{Problem, Questionnaire, load, problem};

/// The text of a form of the tests.
pub(crate) fn text(name: &str) -> String {
    std::fs::read_to_string(folder("tests/forms").join(name)).expect("the form can be read")
}

pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The questionnaire, which must have no errors.
pub(crate) fn loaded(name: &str, text: &str) -> Questionnaire {
    let loaded = load(name, text);
    loaded.questionnaire.unwrap_or_else(|| panic!("{}", problem::render_all(&loaded.problems, text)))
}

/// The questionnaire of 2024.
pub(crate) fn old() -> Questionnaire {
    loaded("jst-2024.toml", &text("jst-2024.toml"))
}

/// What is told about the form of 2025 after some of its texts were replaced.
pub(crate) fn problems(changes: &[(&str, &str)]) -> (Vec<Problem>, String) {
    let mut new = text("jst-2025.toml");
    for (from, to) in changes {
        assert!(new.contains(from), "{from}");
        new = new.replacen(from, to, 1);
    }
    (form::check_against(&old(), &loaded("jst-2025.toml", &new)), new)
}
