//! Which question of one edition is which of the other.

use std::collections::BTreeMap;

use crate::model::{Kind, Model, Question};

/// A question in the editions that have it.
#[derive(Clone, Copy)]
pub(super) enum Pair<'a> {
    /// The old and the new one.
    Both(&'a Question, &'a Question),
    /// Only in the new edition.
    New(&'a Question),
    /// Only in the old edition.
    Gone(&'a Question),
}

/// Questions by `id`: those of the new edition in its order, then those that only the old one has. A question that
/// got its `id` only now is found by `was`.
pub(super) fn pair<'a>(old: &'a Model, new: &'a Model) -> Vec<Pair<'a>> {
    let here = |question| match predecessor(old, question) {
        Some(before) => Pair::Both(before, question),
        None => Pair::New(question),
    };
    let mut pairs: Vec<Pair<'a>> = followed(new).map(here).collect();
    let gone = followed(old).filter(|question| by_id(new, id_of(question)).is_none());
    pairs.extend(gone.map(Pair::Gone));
    pairs
}

/// New names of renamed questions, by the old name.
pub(super) fn renames<'a>(pairs: &[Pair<'a>]) -> BTreeMap<&'a str, &'a str> {
    let names = pairs.iter().filter_map(|pair| match pair {
        Pair::Both(old, new) => Some((old.name.as_str(), new.name.as_str())),
        Pair::New(_) | Pair::Gone(_) => None,
    });
    names.filter(|(old, new)| old != new).collect()
}

/// The question of this `id`.
pub(super) fn by_id<'a>(model: &'a Model, id: &str) -> Option<&'a Question> {
    followed(model).find(|question| id_of(question) == id)
}

/// The `id`; empty where there is none.
pub(super) fn id_of(question: &Question) -> &str {
    question.id.as_deref().unwrap_or_default()
}

/// The questions that can be followed through the years.
fn followed(model: &Model) -> impl Iterator<Item = &Question> {
    model.questions().filter(|question| question.id.is_some() && question.kind != Kind::Note)
}

fn predecessor<'a>(old: &'a Model, question: &Question) -> Option<&'a Question> {
    let named = || old.question(question.was.as_deref()?).filter(|before| before.id.is_none());
    by_id(old, id_of(question)).or_else(named)
}
