//! The questionnaires themselves, as they were asked.

use form::model::{Item, Kind, Model, Question};
use sheet::document::{Block, Inline};

use super::{Material, ended, heading, paragraph};

/// One part per questionnaire.
pub(super) fn blocks(material: &Material) -> Vec<Block> {
    let mut blocks = Vec::new();
    for asked in &material.forms {
        let title = format!("Ankieta {}", asked.label);
        blocks.push(Block::PageBreak);
        blocks.push(heading(2, &title, &format!("ankieta-{}", asked.form)));
        blocks.push(paragraph(format!(
            "{} Wersja {}.",
            ended(&asked.model.settings.form_title),
            asked.model.settings.version
        )));
        for section in &asked.model.sections {
            let title = format!("{}. {}", section.number, section.label.plain());
            blocks.push(heading(3, &title, &format!("ankieta-{}-{}", asked.form, section.name)));
            items(&asked.model, &section.items, &mut blocks);
        }
    }
    blocks
}

fn items(model: &Model, all: &[Item], blocks: &mut Vec<Block>) {
    for item in all {
        match item {
            Item::Question(question) => blocks.extend(asked(model, question)),
            Item::Group(group) => items(model, &group.items, blocks),
            Item::Repeat(repeat) => {
                let label = format!("{} Lista: {}", repeat.number, repeat.label.plain());
                blocks.push(Block::Paragraph(vec![Inline::strong(label)]));
                items(model, &repeat.items, blocks);
            }
        }
    }
}

/// A question with its choices; what is calculated is not asked.
fn asked(model: &Model, question: &Question) -> Vec<Block> {
    match question.kind {
        Kind::Calculate => return Vec::new(),
        Kind::Note => return vec![Block::Note(vec![Inline::text(question.label.plain())])],
        _ => {}
    }
    let label = format!("{} {}", question.number, question.label.plain());
    let mut blocks = vec![Block::Paragraph(vec![Inline::text(label.trim().to_owned())])];
    let choices = model.list_of(question).map(|list| &list.choices[..]).unwrap_or_default();
    if !choices.is_empty() {
        let items = choices.iter().map(|choice| vec![Inline::text(choice.label.plain())]).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks
}
