//! Answers of an earlier edition in the words of a newer one.

use std::collections::BTreeMap;

use super::lists::sources;
use super::pairs::{self, Pair};
use crate::answers::{Raw, RawRow};
use crate::model::{ChoiceList, Comparable, Kind, Model, Question};
use crate::polish::{read_date, read_number};

/// What of an earlier edition's answers can stand beside the questions of a newer one. Questions are found by `id`
/// (and `was`); personal ones never, and none that the newer edition calls `comparable = "no"`.
#[derive(Debug, Clone, Default)]
pub struct Carry {
    single: Vec<Field>,
    lists: Vec<List>,
}

/// Answers of an earlier edition under the names of a newer one, as canonical texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Before {
    /// Outside lists, by question; the places of a rank are joined by spaces.
    pub single: BTreeMap<String, String>,
    /// Entries by list, with the ids that they had.
    pub rows: BTreeMap<String, Vec<RawRow>>,
}

impl Before {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.single.is_empty() && self.rows.is_empty()
    }
}

#[derive(Debug, Clone)]
struct Field {
    old: String,
    new: String,
    kind: Kind,
    /// For a question with choices: the names of the newer edition by those of the older, in list order.
    choices: Option<Heirs>,
}

#[derive(Debug, Clone)]
struct List {
    old: String,
    new: String,
    fields: Vec<Field>,
}

/// New names of choices by their old name. A choice that was split or dropped has none.
#[derive(Debug, Clone)]
struct Heirs {
    names: BTreeMap<String, String>,
    order: Vec<String>,
}

impl Carry {
    /// Finds what can be carried over.
    #[must_use]
    pub fn new(old: &Model, new: &Model) -> Self {
        let same = old.settings.version == new.settings.version;
        let mut carry = Self::default();
        for pair in pairs::pair(old, new) {
            let Pair::Both(before, after) = pair else { continue };
            let Some(field) = field(old, before, new, after, same) else { continue };
            match (&before.repeat, &after.repeat) {
                (None, None) => carry.single.push(field),
                (Some(from), Some(to)) => carry.list(from, to).push(field),
                _ => {}
            }
        }
        carry
    }

    fn list(&mut self, old: &str, new: &str) -> &mut Vec<Field> {
        let place = self.lists.iter().position(|list| list.old == old && list.new == new);
        let place = place.unwrap_or_else(|| {
            self.lists.push(List { old: old.to_owned(), new: new.to_owned(), fields: Vec::new() });
            self.lists.len() - 1
        });
        &mut self.lists[place].fields
    }

    /// The final answers of a submission in the words of the newer edition.
    #[must_use]
    pub fn answers(&self, old: &Raw) -> Before {
        let single = self.single.iter().filter_map(|field| {
            let text = field.text(&old.fields)?;
            Some((field.new.clone(), text))
        });
        let mut before = Before { single: single.collect(), rows: BTreeMap::new() };
        for list in &self.lists {
            let rows = old.repeats.get(&list.old).into_iter().flatten();
            let rows: Vec<RawRow> = rows.filter_map(|row| list.row(row)).collect();
            if !rows.is_empty() {
                before.rows.insert(list.new.clone(), rows);
            }
        }
        before
    }
}

impl List {
    fn row(&self, old: &RawRow) -> Option<RawRow> {
        let mut fields = BTreeMap::new();
        for field in &self.fields {
            let Some(text) = field.text(&old.fields) else { continue };
            fields.insert(field.new.clone(), text);
        }
        (!fields.is_empty()).then(|| RawRow { id: old.id.clone(), fields })
    }
}

impl Field {
    /// The answer, if there is one that the newer edition can read.
    fn text(&self, fields: &BTreeMap<String, String>) -> Option<String> {
        let text = match self.kind {
            Kind::Rank(_) => rank(&self.old, fields)?,
            _ => fields.get(&self.old).filter(|text| !text.trim().is_empty())?.clone(),
        };
        match (&self.kind, &self.choices) {
            (_, Some(heirs)) => heirs.names(&text, matches!(self.kind, Kind::SelectMultiple(_))),
            (Kind::Integer | Kind::Decimal, None) => read_number(&text).is_ok().then_some(text),
            (Kind::Date, None) => read_date(&text).is_ok().then_some(text),
            _ => Some(text),
        }
    }
}

fn rank(name: &str, fields: &BTreeMap<String, String>) -> Option<String> {
    let places = (1..).map_while(|place| fields.get(&format!("{name}.{place}")));
    let names: Vec<&str> = places.map(String::as_str).collect();
    (!names.is_empty()).then(|| names.join(" "))
}

impl Heirs {
    fn new(old: &ChoiceList, new: &ChoiceList, same: bool) -> Self {
        let known = |choice: &&crate::model::Choice| {
            !choice.dont_know && (same || choice.comparable != Some(Comparable::No))
        };
        let mut names = BTreeMap::new();
        for before in old.choices.iter().filter(|choice| !choice.dont_know) {
            let continues = |choice: &&crate::model::Choice| match same {
                true => choice.name == before.name,
                false => sources(choice).contains(&before.name.as_str()),
            };
            let mut heirs = new.choices.iter().filter(continues);
            if let (Some(heir), None) = (heirs.next().filter(known), heirs.next()) {
                names.insert(before.name.clone(), heir.name.clone());
            }
        }
        Self { names, order: new.choices.iter().map(|choice| choice.name.clone()).collect() }
    }

    /// All names or nothing: half of an answer would be another answer.
    fn names(&self, text: &str, sorted: bool) -> Option<String> {
        let names: Option<Vec<&String>> = text.split_whitespace().map(|name| self.names.get(name)).collect();
        let mut names = names.filter(|names| !names.is_empty())?;
        if sorted {
            names.sort_by_key(|name| self.order.iter().position(|other| other == *name));
            names.dedup();
        }
        Some(names.into_iter().map(String::as_str).collect::<Vec<_>>().join(" "))
    }
}

fn field(old: &Model, before: &Question, new: &Model, after: &Question, same: bool) -> Option<Field> {
    let apart = before.personal || after.personal;
    if apart || (!same && after.comparable == Some(Comparable::No)) || !fits(&before.kind, &after.kind) {
        return None;
    }
    let lists = old.list_of(before).zip(new.list_of(after));
    Some(Field {
        old: before.name.clone(),
        new: after.name.clone(),
        kind: after.kind.clone(),
        choices: lists.map(|(old, new)| Heirs::new(old, new, same)),
    })
}

/// Whether an answer of one kind can stand beside a question of another.
fn fits(old: &Kind, new: &Kind) -> bool {
    match (old, new) {
        (Kind::Rank(_), _) | (_, Kind::Rank(_)) => old.word() == new.word(),
        (Kind::SelectMultiple(_), Kind::SelectOne(_)) => false,
        _ if old.list().is_some() || new.list().is_some() => old.list().is_some() && new.list().is_some(),
        _ if old.is_number() && new.is_number() => true,
        _ => old.word() == new.word(),
    }
}
