//! Posted fields in words: which question a name belongs to and how a typed value reads.
use form::answers::{AnswerProblem, Path};
use form::model::{Kind, Model};

use super::control::choice_words;
use super::drawing::Answers;
use super::parts::Fact;

/// Number and text of what an input belongs to: „2.2”, „Ile artykułów …”. The number may be empty.
pub fn field_title(model: &Model, path: &Path) -> (String, String) {
    let (about, suffix) = match path.key() {
        key if key.starts_with("_why.") => (key.trim_start_matches("_why.").parse().ok(), " – wyjaśnienie"),
        key if key.starts_with("_ok.") => (key.trim_start_matches("_ok.").parse().ok(), " – sprawdzone"),
        key if key.ends_with(".nw") => (Some(path.clone()), " – nie wiem / brak danych"),
        _ => (Some(path.clone()), ""),
    };
    let name = about.as_ref().map_or(path.key(), Path::question);
    let place =
        path.key().split_once('.').map(|(_, place)| place).filter(|place| place.parse::<u32>().is_ok());
    let (number, label) = title_of(model, name);
    match place {
        Some(place) => (number, format!("{label} – {place}. miejsce")),
        None => (number, label + suffix),
    }
}

fn title_of(model: &Model, name: &str) -> (String, String) {
    if let Some(question) = model.question(name) {
        return (question.number.clone(), question.label.plain());
    }
    if let Some(repeat) = model.repeat(name) {
        return (repeat.number.clone(), repeat.label.plain());
    }
    match model.section(name) {
        Some(section) => (section.number.clone(), section.label.plain()),
        None => (String::new(), name.to_owned()),
    }
}

/// What is wrong with an answer, beginning with the number of the question, so that the summary on top can be read
/// on its own: „Pytanie 2.2. Proszę wpisać odpowiedź.”.
pub(super) fn problem_words(answers: Answers<'_>, problem: &AnswerProblem) -> String {
    let (number, _) = title_of(answers.model, problem.path.question());
    let place = match &problem.path {
        Path::Question(_) => None,
        Path::Row { repeat, row, .. } => answers.evaluation.rows(repeat).iter().position(|id| id == row),
    };
    match (number.as_str(), place) {
        ("", _) => problem.message.clone(),
        (number, None) => format!("Pytanie {number}. {}", problem.message),
        (number, Some(place)) => format!("Pytanie {number}, wpis {}. {}", place + 1, problem.message),
    }
}

/// A typed value as people read it; none when it is empty.
pub fn field_words(model: &Model, path: &Path, text: &str) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    let key = path.key();
    if key.ends_with(".nw") || key.starts_with("_ok.") {
        return Some("zaznaczono".into());
    }
    let Some(question) = model.question(path.question()) else { return Some(text.into()) };
    if question.kind == Kind::Acknowledge {
        return Some("potwierdzono".into());
    }
    choice_words(model, question, text).or_else(|| Some(text.into()))
}

/// What was typed on a page that could not be saved, for people: the pairs of a POST without the page's own fields.
pub fn typed_facts(model: &Model, pairs: &[(String, String)]) -> Vec<Fact> {
    let typed = pairs.iter().filter(|(_, value)| !value.trim().is_empty());
    typed
        .filter_map(|(name, value)| {
            let path: Path = name.parse().ok()?;
            let value = field_words(model, &path, value.trim())?;
            let (number, label) = field_title(model, &path);
            let term = if number.is_empty() { label } else { format!("{number}. {label}") };
            Some(Fact { term, value })
        })
        .collect()
}
