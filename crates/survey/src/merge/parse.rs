//! Reading a POST: names are looked up in the questionnaire, values are put into the one form in which they are kept.

use std::collections::BTreeMap;

use form::answers::{Path, clean};
use form::model::{ChoiceList, Model};

use super::names::{Field, Input, field};
use super::submitted::{Button, Keep, Side, Submitted};
use crate::access::Allowed;

/// What is wrong with a POST. Pages that the service draws never post any of it, so nothing of such a POST is saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostProblem {
    /// The questionnaire has no field of this name.
    #[error("no field is called {0}")]
    Unknown(String),
    /// The field stands in a section that this access may not save.
    #[error("{0} stands in a section that this access may not save")]
    NotAllowed(String),
    /// Two different texts for a field that takes one.
    #[error("{0} is given twice")]
    Twice(String),
    /// A value that the input never has: another one than the checkbox's, a word that no choice can be.
    #[error("{0} cannot have this value")]
    BadValue(String),
    /// A control character in a text.
    #[error("{name} holds the control character U+{:04X}", u32::from(*.character))]
    ControlCharacter {
        /// Name of the field.
        name: String,
        /// Which character.
        character: char,
    },
    /// A hidden field (`_rev`, `_page`) is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
}

/// Reads the pairs of a POST in the order of the page. Returns all problems at once.
///
/// `_csrf` and `_inv` are checked before and passed over here.
pub fn parse(
    model: &Model,
    allowed: &Allowed,
    pairs: &[(String, String)],
) -> Result<Submitted, Vec<PostProblem>> {
    let mut reader = Reader { model, allowed, problems: Vec::new(), read: Submitted::default() };
    let (mut names, mut values) = (Vec::new(), BTreeMap::<&str, Vec<&str>>::new());
    for (name, value) in pairs {
        let texts = values.entry(name).or_insert_with(|| {
            names.push(name.as_str());
            Vec::new()
        });
        texts.push(value);
    }
    for name in names {
        reader.input(name, &values[name]);
    }
    reader.shown(&values);
    for hidden in ["_rev", "_page"] {
        if !values.contains_key(hidden) {
            reader.problems.push(PostProblem::Missing(hidden));
        }
    }
    if reader.problems.is_empty() { Ok(reader.read) } else { Err(reader.problems) }
}

struct Reader<'a> {
    model: &'a Model,
    allowed: &'a Allowed,
    problems: Vec<PostProblem>,
    read: Submitted,
}

impl Reader<'_> {
    fn input(&mut self, name: &str, values: &[&str]) {
        let answer = !name.starts_with('_') || name.starts_with("_ok.") || name.starts_with("_why.");
        let result = if answer { self.answer(name, values) } else { self.own(name, values) };
        self.problems.extend(result.err());
    }

    fn answer(&mut self, name: &str, values: &[&str]) -> Result<(), PostProblem> {
        let unknown = || PostProblem::Unknown(name.to_owned());
        let path: Path = name.parse().map_err(|_| unknown())?;
        let field = field(self.model, &path).ok_or_else(unknown)?;
        if !self.allowed.permits(field.section) {
            return Err(PostProblem::NotAllowed(name.to_owned()));
        }
        if field.read_only {
            return Ok(());
        }
        let text = text_of(name, field, values)?;
        let to = if field.personal { &mut self.read.personal } else { &mut self.read.fields };
        to.push((path, text));
        Ok(())
    }

    /// The page's own fields and buttons.
    fn own(&mut self, name: &str, values: &[&str]) -> Result<(), PostProblem> {
        let [.., value] = *values else { return Ok(()) };
        let bad = || PostProblem::BadValue(name.to_owned());
        match name {
            "_csrf" | "_inv" => {}
            "_rev" => {
                let rev = value.parse::<u64>().ok().filter(|rev| i64::try_from(*rev).is_ok());
                self.read.rev = rev.ok_or_else(bad)?;
            }
            "_page" => {
                let fits =
                    (1..=32).contains(&value.len()) && value.bytes().all(|c| c.is_ascii_alphanumeric());
                self.read.page = fits.then(|| value.to_owned()).ok_or_else(bad)?;
            }
            "_save" => self.press(Button::Save),
            "_next" => self.press(Button::Next),
            "_add" => {
                self.check_repeat(name, value)?;
                self.press(Button::Add(value.to_owned()));
            }
            "_remove" | "_undo" | "_take" => {
                let row: super::RowRef = value.parse().map_err(|_| bad())?;
                self.check_repeat(name, &row.repeat)?;
                self.press(match name {
                    "_remove" => Button::Remove(row),
                    "_undo" => Button::Undo(row),
                    _ => Button::Take(row),
                });
            }
            "_copy" => {
                let path: Path = value.parse().map_err(|_| bad())?;
                self.check_question(name, &path)?;
                self.press(Button::Copy(path));
            }
            _ => return self.decision(name, value),
        }
        Ok(())
    }

    fn decision(&mut self, name: &str, value: &str) -> Result<(), PostProblem> {
        if name.starts_with("_theirs.") {
            return Ok(());
        }
        let Some(about) = name.strip_prefix("_keep.") else {
            return Err(PostProblem::Unknown(name.to_owned()));
        };
        let side = match value {
            "mine" => Side::Mine,
            "theirs" => Side::Theirs,
            _ => return Err(PostProblem::BadValue(name.to_owned())),
        };
        self.read.keep.insert(about.to_owned(), Keep { side, shown: None });
        Ok(())
    }

    fn check_repeat(&self, name: &str, repeat: &str) -> Result<(), PostProblem> {
        match self.model.repeat(repeat) {
            None => Err(PostProblem::BadValue(name.to_owned())),
            Some(found) if !self.allowed.permits(&found.section) => {
                Err(PostProblem::NotAllowed(name.to_owned()))
            }
            Some(_) => Ok(()),
        }
    }

    /// Only a question outside lists that the person may answer here has a former answer to copy.
    fn check_question(&self, name: &str, path: &Path) -> Result<(), PostProblem> {
        let question = self.model.question(path.key()).filter(|question| question.is_answerable());
        match question.filter(|question| question.repeat.is_none() && !question.personal) {
            None => Err(PostProblem::BadValue(name.to_owned())),
            Some(found) if !self.allowed.permits(&found.section) => {
                Err(PostProblem::NotAllowed(name.to_owned()))
            }
            Some(_) => Ok(()),
        }
    }

    /// A page that asks about a removed row repeats `_remove` beside its own buttons: the strongest command counts.
    fn press(&mut self, button: Button) {
        let strength = |button: &Button| match button {
            Button::Save => 0,
            Button::Next => 1,
            Button::Add(_) => 2,
            Button::Copy(_) => 3,
            Button::Take(_) => 4,
            Button::Undo(_) => 5,
            Button::Remove(_) => 6,
        };
        if self.read.button.as_ref().is_none_or(|pressed| strength(pressed) < strength(&button)) {
            self.read.button = Some(button);
        }
    }

    /// Joins `_theirs.{name}` to the decisions.
    fn shown(&mut self, values: &BTreeMap<&str, Vec<&str>>) {
        for (name, keep) in &mut self.read.keep {
            let shown = values.get(format!("_theirs.{name}").as_str()).and_then(|texts| texts.last());
            keep.shown = shown.and_then(|text| clean(text).ok());
        }
    }
}

/// The text under which the values of an input are kept.
fn text_of(name: &str, field: Field<'_>, values: &[&str]) -> Result<String, PostProblem> {
    let mut texts = Vec::with_capacity(values.len());
    for value in values {
        let text = clean(value).map_err(|control| PostProblem::ControlCharacter {
            name: name.to_owned(),
            character: control.0,
        })?;
        texts.push(text);
    }
    texts.retain(|text| !text.is_empty());
    match field.input {
        Input::Many(list) => Ok(in_list_order(list, &texts)),
        Input::Tick(value) => match texts.iter().all(|text| text == value) {
            true => Ok(texts.into_iter().next().unwrap_or_default()),
            false => Err(PostProblem::BadValue(name.to_owned())),
        },
        Input::Text => {
            texts.dedup();
            match texts.len() {
                0 => Ok(String::new()),
                1 => Ok(texts.remove(0)),
                _ => Err(PostProblem::Twice(name.to_owned())),
            }
        }
    }
}

/// Names of choices joined by a space, each once, in the order of the list; unknown ones follow as they came.
fn in_list_order(list: &ChoiceList, texts: &[String]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in texts.iter().flat_map(|text| text.split_whitespace()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| list.place_of(name).unwrap_or(usize::MAX));
    names.join(" ")
}
