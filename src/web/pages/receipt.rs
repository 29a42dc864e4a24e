//! What an office keeps: the confirmation, its own copy, the blank form.
use askama::Template;
use form::model::{Item, Kind, Model, Question, Text};

use super::check::CheckSection;
use super::condition::condition_words;
use super::layout::Layout;
use super::parts::Fact;

/// `/ankieta/potwierdzenie`: the questionnaire was received.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/confirmation.html")]
pub struct ConfirmationPage {
    /// Surroundings.
    pub layout: Layout,
    /// Number of the confirmation.
    pub number: String,
    /// When it was received: „17 stycznia 2025 r., godz. 12:34”.
    pub received: String,
    /// Until when it can be corrected, in words; none after closing.
    pub correct_until: Option<String>,
    /// Address to which a receipt was sent, masked; none when there is no address.
    pub receipt_to: Option<String>,
}

/// `/ankieta/kopia`: the answers as they were received, for the office's files.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/copy.html")]
pub struct CopyPage {
    /// Surroundings.
    pub layout: Layout,
    /// Number, time, office, version and the like.
    pub facts: Vec<Fact>,
    /// The answers by section.
    pub sections: Vec<CheckSection>,
}

/// `/ankieta/wzor`: all questions with their conditions in words, to print and pass around.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/blank.html")]
pub struct BlankPage {
    /// Surroundings.
    pub layout: Layout,
    /// The last day in words.
    pub deadline: String,
    /// The questions by section.
    pub sections: Vec<BlankSection>,
}

/// A section of the blank form.
#[derive(Debug, Clone)]
pub struct BlankSection {
    /// Printed number.
    pub number: String,
    /// Heading.
    pub label: String,
    /// Text under the heading.
    pub hint: Option<String>,
    /// When the section is asked.
    pub condition: Option<String>,
    /// The questions, those of groups and lists included.
    pub questions: Vec<BlankQuestion>,
}

/// A question of the blank form.
#[derive(Debug, Clone, Default)]
pub struct BlankQuestion {
    /// Printed number.
    pub number: String,
    /// The question's text.
    pub label: String,
    /// Whether it is the heading of a group or list.
    pub heading: bool,
    /// Whether it only says something and asks nothing.
    pub note: bool,
    /// Whether it may be left out.
    pub optional: bool,
    /// When it is asked.
    pub condition: Option<String>,
    /// Help and what counts.
    pub hints: Vec<String>,
    /// The choices that can be ticked.
    pub choices: Vec<String>,
    /// What to write: „liczba całkowita”, „jedna odpowiedź” and the like.
    pub how: &'static str,
    /// Whether there is room to write.
    pub room: bool,
}

/// All questions of a questionnaire with their conditions in words.
pub fn blank_sections(model: &Model) -> Vec<BlankSection> {
    let sections = model.sections.iter().map(|section| {
        let mut questions = Vec::new();
        list(model, &section.items, &mut questions);
        BlankSection {
            number: section.number.clone(),
            label: section.label.plain(),
            hint: section.hint.as_ref().map(Text::plain),
            condition: section.relevant.as_ref().map(|expr| condition_words(model, expr)),
            questions,
        }
    });
    sections.collect()
}

fn list(model: &Model, items: &[Item], found: &mut Vec<BlankQuestion>) {
    for item in items {
        match item {
            Item::Question(question) => found.extend(blank_question(model, question)),
            Item::Group(group) => {
                found.push(BlankQuestion {
                    label: group.label.plain(),
                    heading: true,
                    condition: group.relevant.as_ref().map(|expr| condition_words(model, expr)),
                    hints: group.hint.iter().map(Text::plain).collect(),
                    ..BlankQuestion::default()
                });
                list(model, &group.items, found);
            }
            Item::Repeat(repeat) => {
                found.push(BlankQuestion {
                    number: repeat.number.clone(),
                    label: repeat.label.plain(),
                    heading: true,
                    condition: repeat.relevant.as_ref().map(|expr| condition_words(model, expr)),
                    hints: repeat.hint.iter().chain(&repeat.guidance_hint).map(Text::plain).collect(),
                    how: "Lista: pytania poniżej powtarzają się dla każdego wpisu.",
                    ..BlankQuestion::default()
                });
                list(model, &repeat.items, found);
            }
        }
    }
}

fn blank_question(model: &Model, question: &Question) -> Option<BlankQuestion> {
    let label = question.label.plain();
    if question.kind == Kind::Calculate || label.is_empty() {
        return None;
    }
    let listed =
        model.list_of(question).map(|list| list.choices.iter().map(|choice| choice.label.plain()).collect());
    Some(BlankQuestion {
        number: question.number.clone(),
        label,
        heading: false,
        note: question.kind == Kind::Note,
        optional: question.required.is_none() && question.kind.is_asked(),
        condition: question.relevant.as_ref().map(|expr| condition_words(model, expr)),
        hints: question.hint.iter().chain(&question.guidance_hint).map(Text::plain).collect(),
        choices: listed.unwrap_or_default(),
        how: how(&question.kind),
        room: matches!(question.kind, Kind::Text | Kind::Integer | Kind::Decimal | Kind::Date),
    })
}

fn how(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "odpowiedź słowna",
        Kind::Integer => "liczba całkowita",
        Kind::Decimal => "liczba",
        Kind::Date => "data, na przykład 14.02.2025",
        Kind::SelectOne(_) => "jedna odpowiedź",
        Kind::SelectMultiple(_) => "dowolna liczba odpowiedzi",
        Kind::Rank(_) => "odpowiedzi w kolejności ważności",
        Kind::Acknowledge => "potwierdzenie",
        Kind::Note | Kind::Calculate => "",
    }
}
