//! Which control a question is answered with, filled with the draft.
use std::borrow::Cow;

use form::answers::{Path, RawRow};
use form::model::{Kind, Model, Question, Repeat};
use form::polish;

use super::drawing::Answers;
use super::field::{Choice, Control, Line};

/// In an entry of a list more choices than this are folded into a menu, so that ten entries stay one readable page.
const CROWDED: usize = 6;

/// The control of a question, or nothing for a calculation: its name is for the report. What people should see of it
/// stands in a note. `place` is that of the stored entry.
pub(super) fn of(
    answers: Answers<'_>,
    question: &Question,
    path: &Path,
    place: Option<usize>,
) -> Option<Control> {
    let typed = answers.raw.get(path).unwrap_or_default();
    let shown = answers.evaluation.shown(&question.name, place);
    Some(match &question.kind {
        Kind::Note => Control::Note,
        Kind::Calculate => return None,
        _ if question.read_only => Control::Shown(shown.unwrap_or_else(|| "–".into())),
        Kind::Text if question.appearance.as_deref() == Some("multiline") => Control::Area(typed.into()),
        Kind::Text => Control::Line(text_line(question, typed)),
        Kind::Integer => Control::Line(line(typed, Some("numeric"), "s")),
        Kind::Decimal => Control::Line(line(typed, Some("decimal"), "s")),
        Kind::Date => Control::Line(line(typed, None, "s")),
        Kind::SelectOne(_) => one(answers, question, place, typed),
        Kind::SelectMultiple(_) => Control::Boxes(many(answers, question, place, typed)),
        Kind::Rank(_) => places(answers, question, path, place),
        Kind::Acknowledge => Control::Tick(!typed.is_empty()),
    })
}

fn line(typed: &str, inputmode: Option<&'static str>, width: &'static str) -> Line {
    Line { value: typed.into(), kind: "text", inputmode, autocomplete: None, width }
}

/// What an answer looks like, where the questionnaire gives no hint of its own.
pub(super) fn example(kind: &Kind) -> Option<String> {
    (*kind == Kind::Date).then(|| "Na przykład 14.02.2025.".into())
}

/// Contact details carry their purpose, so that browsers can fill them in.
fn text_line(question: &Question, typed: &str) -> Line {
    let mut line = line(typed, None, "");
    if !question.personal {
        return line;
    }
    let name = question.name.to_lowercase();
    let named = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    line.width = "l";
    if named(&["mail"]) {
        (line.kind, line.autocomplete) = ("email", Some("email"));
    } else if named(&["tel"]) {
        (line.kind, line.autocomplete, line.width) = ("tel", Some("tel"), "m");
    } else if named(&["imie", "nazwisko", "osoba"]) {
        line.autocomplete = Some("name");
    }
    line
}

fn one(answers: Answers<'_>, question: &Question, place: Option<usize>, typed: &str) -> Control {
    let mut choices = offered(answers, question, place, |name| name == typed);
    let crowded = question.repeat.is_some() && choices.len() > CROWDED;
    if crowded || question.appearance.as_deref() == Some("minimal") {
        return Control::Menu(choices);
    }
    // Without a script a radio cannot be unticked, so an answer that may be missing needs a way back.
    if question.required.is_none() && !typed.is_empty() {
        choices.push(Choice {
            name: String::new(),
            label: "Bez odpowiedzi".into(),
            chosen: false,
            apart: true,
        });
    }
    Control::Radios(choices)
}

fn many(answers: Answers<'_>, question: &Question, place: Option<usize>, typed: &str) -> Vec<Choice> {
    offered(answers, question, place, |name| typed.split(' ').any(|chosen| chosen == name))
}

fn places(answers: Answers<'_>, question: &Question, path: &Path, stored: Option<usize>) -> Control {
    let length = answers.model.list_of(question).map_or(0, |list| list.choices.len());
    let places = question.max.map_or(length, |max| max as usize).min(length);
    let menus = (1..=places).map(|place| {
        let key = path.beside(&format!("{}.{place}", question.name));
        let typed = answers.raw.get(&key).unwrap_or_default();
        offered(answers, question, stored, |name| name == typed)
    });
    Control::Places(menus.collect())
}

/// The choices that the filter leaves, each ticked or not.
fn offered(
    answers: Answers<'_>,
    question: &Question,
    place: Option<usize>,
    chosen: impl Fn(&str) -> bool,
) -> Vec<Choice> {
    let listed = answers.evaluation.choices(&question.name, place);
    let choices = listed.into_iter().map(|choice| Choice {
        name: choice.name.clone(),
        label: choice.label.render(answers.evaluation, None),
        chosen: chosen(&choice.name),
        apart: choice.exclusive || choice.dont_know,
    });
    choices.collect()
}

/// Whether one of the choices means "don't know", so that no tick of its own is needed.
pub(super) fn offers_dont_know(model: &Model, question: &Question) -> bool {
    model.list_of(question).is_some_and(|list| list.choices.iter().any(|choice| choice.dont_know))
}

/// Last year's answer in words.
pub(super) fn previous(answers: Answers<'_>, question: &Question) -> Option<String> {
    let text = answers.evaluation.context().previous.get(&question.name)?;
    Some(answer_words(answers.model, question, text))
}

/// A canonical text as people read it.
fn answer_words(model: &Model, question: &Question, text: &str) -> String {
    let words = match question.kind {
        Kind::Acknowledge => Some("potwierdzono".to_owned()),
        Kind::Integer | Kind::Decimal => polish::read_number(text).ok().map(|number| polish::typed(&number)),
        Kind::Date => polish::read_date(text).ok().map(polish::date_short),
        _ => choice_words(model, question, text).map(|labels| labels.replace('\n', "; ")),
    };
    let words = words.unwrap_or_else(|| text.to_owned());
    match &question.unit {
        Some(unit) => format!("{words} {unit}"),
        None => words,
    }
}

/// The answers of an entry in the order of its questions.
pub(super) fn row_words(model: &Model, repeat: &Repeat, row: &RawRow) -> String {
    let questions = repeat.questions().into_iter();
    let words = questions.filter_map(|q| row.fields.get(&q.name).map(|text| answer_words(model, q, text)));
    words.collect::<Vec<_>>().join(", ")
}

/// The labels of chosen names, one per line; none when the question offers no choices.
pub(super) fn choice_words(model: &Model, question: &Question, names: &str) -> Option<String> {
    let list = model.list_of(question)?;
    let label = |name: &str| {
        list.choice(name)
            .map_or_else(|| Cow::Owned(name.to_owned()), |choice| Cow::Owned(choice.label.plain()))
    };
    let labels: Vec<Cow<'_, str>> = names.split_whitespace().map(label).collect();
    Some(labels.join("\n"))
}
