//! What changed in each question.

use std::collections::BTreeMap;

use super::lists::{self, ListChange};
use super::pairs::{Pair, id_of};
use super::years::Years;
use super::{Change, Class, QuestionDiff, Side, What};
use crate::Questionnaire;
use crate::expr::Expr;
use crate::model::{ChoiceList, Comparable, Kind, Model, Question, Text};

/// All questions that can be followed.
pub(super) fn compare(
    old: &Questionnaire,
    new: &Questionnaire,
    pairs: &[Pair<'_>],
    years: &Years,
    renames: &BTreeMap<&str, &str>,
) -> Vec<QuestionDiff> {
    let one = |pair: &Pair<'_>| match *pair {
        Pair::Both(before, after) => {
            let lists = lists_of(&old.model, before, &new.model, after, years);
            both(before, after, parts(before, after, years, renames), &lists)
        }
        Pair::New(after) => alone(after, Class::New, after.change_note.clone()),
        Pair::Gone(before) => {
            let retired = new.plan.retired.iter().find(|row| row.id == id_of(before));
            alone(before, Class::Removed, retired.map(|row| row.reason.clone()))
        }
    };
    pairs.iter().map(one).collect()
}

/// Changed texts, unit, type and calculation.
pub(super) fn parts(
    old: &Question,
    new: &Question,
    years: &Years,
    renames: &BTreeMap<&str, &str>,
) -> Vec<Change> {
    let text = |text: Option<&Text>| text.map(Text::plain).unwrap_or_default();
    let expression = |expr: Option<&Expr>| expr.map(|expr| expr.root().to_string()).unwrap_or_default();
    let sides = [
        (What::Label, old.label.plain(), new.label.plain()),
        (What::Hint, text(old.hint.as_ref()), text(new.hint.as_ref())),
        (What::Guidance, text(old.guidance_hint.as_ref()), text(new.guidance_hint.as_ref())),
        (What::Unit, old.unit.clone().unwrap_or_default(), new.unit.clone().unwrap_or_default()),
        (What::Type, old.kind.word().to_owned(), new.kind.word().to_owned()),
        (
            What::Expression,
            renamed(&expression(old.calculation.as_ref()), renames),
            expression(new.calculation.as_ref()),
        ),
    ];
    changed(sides, years)
}

/// The parts that are not the same.
pub(super) fn changed<const N: usize>(sides: [(What, String, String); N], years: &Years) -> Vec<Change> {
    let changed = sides.into_iter().filter(|(_, old, new)| !years.same(old, new));
    changed.map(|(what, old, new)| Change { what, old, new }).collect()
}

/// An expression with the questions' new names.
pub(super) fn renamed(expression: &str, renames: &BTreeMap<&str, &str>) -> String {
    let mut text = String::new();
    let mut rest = expression;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(&format!("{before}${{{}}}", renames.get(name).unwrap_or(&name)));
        rest = tail;
    }
    text + rest
}

/// Changes of the choices; none where one of the two offers no choices.
pub(super) fn lists_of<'a>(
    old: &'a Model,
    before: &Question,
    new: &'a Model,
    after: &Question,
    years: &Years,
) -> Vec<ListChange<'a>> {
    let lists: Option<(&ChoiceList, &ChoiceList)> = old.list_of(before).zip(new.list_of(after));
    lists.map(|(old, new)| lists::changes(old, new, years)).unwrap_or_default()
}

fn both(old: &Question, new: &Question, mut changes: Vec<Change>, lists: &[ListChange<'_>]) -> QuestionDiff {
    changes.extend(lists.iter().map(choices));
    let marked = lists.iter().filter_map(ListChange::comparable).max();
    QuestionDiff {
        id: id_of(new).to_owned(),
        class: class(old, new, &changes),
        calculated: new.kind == Kind::Calculate,
        old: Some(side(old)),
        new: Some(side(new)),
        changes,
        comparable: new.comparable.or(marked),
        note: new.change_note.clone(),
    }
}

fn class(old: &Question, new: &Question, changes: &[Change]) -> Class {
    let has = |what: What| changes.iter().any(|change| change.what == what);
    if has(What::Type) {
        Class::Type
    } else if changes.iter().any(|change| change.what != What::Choice) {
        Class::Wording
    } else if has(What::Choice) {
        Class::List
    } else if new.comparable.is_some_and(|comparable| comparable != Comparable::Yes) {
        Class::Definition
    } else if old.name == new.name {
        Class::Unchanged
    } else {
        Class::Renamed
    }
}

fn alone(question: &Question, class: Class, note: Option<String>) -> QuestionDiff {
    let here = Some(side(question));
    let (old, new) = if class == Class::New { (None, here) } else { (here, None) };
    QuestionDiff {
        id: id_of(question).to_owned(),
        class,
        calculated: question.kind == Kind::Calculate,
        old,
        new,
        changes: Vec::new(),
        comparable: question.comparable.filter(|_| class == Class::New),
        note,
    }
}

fn side(question: &Question) -> Side {
    Side { name: question.name.clone(), label: question.label.plain() }
}

fn choices(change: &ListChange<'_>) -> Change {
    let new: Vec<String> = change.new.iter().map(|choice| choice.label.plain()).collect();
    let old = change.old.map(|choice| choice.label.plain()).unwrap_or_default();
    Change { what: What::Choice, old, new: new.join("; ") }
}
