//! What the name of an input means in a questionnaire.

use form::answers::Path;
use form::model::{ChoiceList, Group, Item, Kind, Model, Question};

/// A field that a page of the questionnaire may post.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// Name of the section in which it stands.
    pub section: &'a str,
    /// How its values are read.
    pub input: Input<'a>,
    /// Whether it goes to the contact details instead of the draft.
    pub personal: bool,
    /// Shown only; what a POST says of it is passed over.
    pub read_only: bool,
}

/// How the values of an input are read.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// One text.
    Text,
    /// Any number of choices of a list.
    Many(&'a ChoiceList),
    /// A checkbox with this value.
    Tick(&'static str),
}

/// Finds the field of an address; `None` when no page of the questionnaire has such an input.
pub fn field<'a>(model: &'a Model, path: &Path) -> Option<Field<'a>> {
    if let Path::Question(key) = path {
        if let Some(about) = key.strip_prefix("_ok.") {
            return warned(model, about).map(|found| Field { input: Input::Tick("1"), ..found });
        }
        if let Some(about) = key.strip_prefix("_why.") {
            return warned(model, about).map(|found| Field { input: Input::Text, ..found });
        }
    }
    let (name, suffix) =
        path.key().split_once('.').map_or((path.key(), None), |(name, rest)| (name, Some(rest)));
    let repeat = match path {
        Path::Question(_) => None,
        Path::Row { repeat, .. } => Some(repeat.as_str()),
    };
    match model.question(name) {
        Some(question) => of_question(model, question, repeat, suffix),
        None if suffix == Some("nw") => of_group(model, name, repeat),
        None => None,
    }
}

fn of_question<'a>(
    model: &'a Model,
    question: &'a Question,
    repeat: Option<&str>,
    suffix: Option<&str>,
) -> Option<Field<'a>> {
    if question.repeat.as_deref() != repeat || !question.kind.is_asked() {
        return None;
    }
    let input = match (suffix, &question.kind) {
        (None, Kind::Rank(_)) => return None,
        (None, Kind::SelectMultiple(_)) => Input::Many(model.list_of(question)?),
        (None, Kind::Acknowledge) => Input::Tick("OK"),
        (None, _) => Input::Text,
        (Some("nw"), _) if question.dont_know => Input::Tick("1"),
        (Some(place), Kind::Rank(_)) if is_place(model, question, place) => Input::Text,
        (Some(_), _) => return None,
    };
    let (personal, read_only) = (question.personal, question.read_only);
    Some(Field { section: &question.section, input, personal, read_only })
}

fn is_place(model: &Model, question: &Question, place: &str) -> bool {
    let choices = model.list_of(question).map_or(0, |list| list.choices.len());
    let places = question.max.map_or(choices, |max| usize::try_from(max).unwrap_or(choices));
    place.parse().is_ok_and(|place| (1..=places).contains(&place))
}

/// The one „don't know” of a section or group.
fn of_group<'a>(model: &'a Model, name: &str, repeat: Option<&str>) -> Option<Field<'a>> {
    let section = model.section_of(name).or_else(|| model.section(name))?;
    let offered = match repeat {
        None if section.name == name => section.dont_know,
        None => group(&section.items, name).is_some_and(|group| group.dont_know),
        Some(repeat) => group(&model.repeat(repeat)?.items, name).is_some_and(|group| group.dont_know),
    };
    let tick = Input::Tick("1");
    offered.then_some(Field { section: &section.name, input: tick, personal: false, read_only: false })
}

/// The group of this name, at any depth but not inside a repeat of `items`.
fn group<'a>(items: &'a [Item], name: &str) -> Option<&'a Group> {
    let groups = items.iter().filter_map(|item| -> Option<&Group> {
        match item {
            Item::Group(found) => Some(found),
            Item::Question(_) | Item::Repeat(_) => None,
        }
    });
    groups
        .into_iter()
        .find_map(|found| if found.name == name { Some(found) } else { group(&found.items, name) })
}

/// What a confirmed warning is about: a question, or a repeat with too many rows.
fn warned<'a>(model: &'a Model, about: &str) -> Option<Field<'a>> {
    let path: Path = about.parse().ok()?;
    if let Some(repeat) = model.repeat(path.key()) {
        let section = &repeat.section;
        return Some(Field { section, input: Input::Text, personal: false, read_only: false });
    }
    if path.key().contains('.') || path.key().starts_with('_') {
        return None;
    }
    let question = model.question(path.key())?;
    let repeat = match &path {
        Path::Question(_) => None,
        Path::Row { repeat, .. } => Some(repeat.as_str()),
    };
    let asked = question.kind.is_asked() && question.repeat.as_deref() == repeat;
    let personal = question.personal;
    asked.then_some(Field { section: &question.section, input: Input::Text, personal, read_only: false })
}
