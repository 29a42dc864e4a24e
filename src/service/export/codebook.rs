//! The codebook: what was asked, and what the codes of choices mean.

use form::model::{Kind, Publish, Question};
use sheet::{Table, Value};

use super::layout::{Layout, is_exported};
use super::rows::{notice, notice_column, plain, text};

/// One row per question, those that are not in the tables of answers included; personal questions are not.
pub(super) fn questions(layout: &Layout<'_>) -> Table {
    let mut columns = plain([
        ("Numer części", "czesc.numer"),
        ("Część", "czesc.nazwa"),
        ("Numer pytania", "numer"),
        ("Nazwa", "nazwa"),
        ("Identyfikator stały", "id"),
        ("Typ", "typ"),
        ("Treść", "tresc"),
        ("Lista odpowiedzi", "lista"),
        ("Klucz kodowy", "klucz"),
        ("Poziom publikacji", "publikacja"),
        ("Lista wpisów", "wpisy"),
        ("Plik", "plik"),
    ]);
    columns.push(notice_column());
    let asked = layout.model.questions().filter(|question| is_exported(question));
    Table { columns, rows: asked.map(|question| row(layout, question)).collect() }
}

fn row(layout: &Layout<'_>, question: &Question) -> Vec<Value> {
    let section = layout.model.section(&question.section);
    let maybe = |words: Option<&str>| words.filter(|words| !words.is_empty()).map_or(Value::Empty, text);
    let section_label = section.map(|section| section.label.plain());
    vec![
        maybe(section.map(|section| section.number.as_str())),
        maybe(section_label.as_deref()),
        maybe(Some(&question.number)),
        text(&question.name),
        maybe(question.id.as_deref()),
        text(kind(&question.kind)),
        maybe(Some(&question.label.plain())),
        maybe(question.kind.list()),
        maybe(question.coding.as_deref()),
        text(publish(question.publish)),
        maybe(question.repeat.as_deref()),
        maybe(layout.file(question)),
        notice(layout.notice),
    ]
}

/// One row per choice of every list.
pub(super) fn choices(layout: &Layout<'_>) -> Table {
    let mut columns = plain([
        ("Lista", "lista"),
        ("Kolejność", "kolejnosc"),
        ("Kod", "kod"),
        ("Odpowiedź", "odpowiedz"),
        ("Oznacza „nie wiem”", "nie_wiem"),
        ("Wyklucza inne", "wyklucza_inne"),
    ]);
    columns.push(notice_column());
    let mut rows = Vec::new();
    for (name, list) in &layout.model.choices {
        for (place, choice) in (1..).zip(&list.choices) {
            rows.push(vec![
                text(name),
                Value::Integer(place),
                text(&choice.name),
                text(&choice.label.plain()),
                Value::Integer(choice.dont_know.into()),
                Value::Integer(choice.exclusive.into()),
                notice(layout.notice),
            ]);
        }
    }
    Table { columns, rows }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Date => "date",
        Kind::SelectOne(_) => "select_one",
        Kind::SelectMultiple(_) => "select_multiple",
        Kind::Rank(_) => "rank",
        Kind::Note => "note",
        Kind::Calculate => "calculate",
        Kind::Acknowledge => "acknowledge",
    }
}

fn publish(level: Publish) -> &'static str {
    match level {
        Publish::Never => "never",
        Publish::Aggregate => "aggregate",
        Publish::Unit => "unit",
    }
}
