//! The names of a form, as expressions and texts see them.

use std::collections::HashMap;

use super::draft::{Draft, Record};
use super::kinds::RowKind;
use super::near;
use super::report::{Finding, Report};
use super::rows::{Entry, Rows};
use super::values::truth;
use super::{codes, texts};
use crate::expr::{Meaning, Named, Names, Type};
use crate::model::Kind;

/// All names with what they stand for.
pub(super) struct Form<'a> {
    pub(super) rows: &'a Rows,
    draft: &'a Draft,
    by_name: HashMap<&'a str, usize>,
    lines: Vec<usize>,
    /// Types of calculations as far as they are known.
    pub(super) types: HashMap<usize, Type>,
}

impl<'a> Form<'a> {
    /// Files the names; reports bad and repeated ones.
    pub(super) fn new(report: &mut Report<'_>, rows: &'a Rows, draft: &'a Draft) -> Self {
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        // Names that differ only in case would be one column in a spreadsheet's eyes.
        let mut folded: HashMap<String, usize> = HashMap::new();
        for (place, entry) in rows.entries.iter().enumerate() {
            check_name(report, entry);
            if entry.name.is_empty() {
                continue;
            }
            if let Some(first) = folded.insert(entry.name.to_lowercase(), place) {
                let (line, _) = report.source.at(rows.entries[first].record.span_of("name").start);
                let message = format!("nazwa „{}” stoi już w wierszu {line}", entry.name);
                let finding = Finding::new(codes::SAME_NAME, entry.record.span_of("name"), message);
                report.add(
                    finding
                        .help("nazwa musi być jedna w całej ankiecie, także bez względu na wielkość liter.")
                        .about(&entry.name),
                );
            }
            by_name.entry(&entry.name).or_insert(place);
        }
        let lines = rows.entries.iter().map(|entry| report.source.at(entry.record.span_of("name").start).0);
        Self { rows, draft, by_name, lines: lines.collect(), types: HashMap::new() }
    }

    /// The entry of this name.
    pub(super) fn entry(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The language that is shown: the default one, or the only one.
    pub(super) fn language(&self) -> Option<&'a str> {
        self.draft.language.as_deref()
    }

    /// The kind of the question of this name.
    pub(super) fn kind(&self, name: &str) -> Option<&'a Kind> {
        match &self.rows.entries[self.entry(name)?].kind {
            RowKind::Question(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether there is a repeat of this name.
    pub(super) fn is_repeat(&self, name: &str) -> bool {
        self.entry(name).is_some_and(|entry| self.rows.entries[entry].kind == RowKind::BeginRepeat)
    }

    /// The repeats' names.
    pub(super) fn repeats(&self) -> impl Iterator<Item = &'a str> {
        let repeats = self.rows.entries.iter().filter(|entry| entry.kind == RowKind::BeginRepeat);
        repeats.map(|entry| entry.name.as_str())
    }

    /// Name of the repeat around an entry.
    pub(super) fn repeat_of(&self, entry: usize) -> Option<&'a str> {
        self.rows.entries[entry].repeat.map(|repeat| self.rows.entries[repeat].name.as_str())
    }

    /// Whether the question of this name holds contact details.
    pub(super) fn is_personal(&self, name: &str) -> bool {
        let record = self.entry(name).map(|entry| &self.rows.entries[entry].record);
        record.and_then(|record| record.text("personal")).and_then(truth).unwrap_or(false)
    }

    /// Names of the lists.
    pub(super) fn lists(&self) -> impl Iterator<Item = &'a str> {
        self.draft.choices.iter().map(|list| list.name.as_str())
    }

    /// The choices of a list.
    pub(super) fn choices(&self, list: &str) -> Option<&'a [Record]> {
        self.draft.choices.iter().find(|found| found.name == list).map(|found| found.choices.as_slice())
    }

    /// Whether a question offers the list or codes its answers with it.
    pub(super) fn uses_list(&self, list: &str) -> bool {
        self.offers_list(list)
            || self.rows.entries.iter().any(|entry| entry.record.text("coding") == Some(list))
    }

    /// Whether respondents see the list.
    pub(super) fn offers_list(&self, list: &str) -> bool {
        self.rows.entries.iter().any(|entry| match &entry.kind {
            RowKind::Question(kind) => kind.list() == Some(list),
            _ => false,
        })
    }

    fn meaning(&self, entry: usize) -> Meaning {
        match &self.rows.entries[entry].kind {
            RowKind::BeginRepeat => Meaning::Repeat,
            RowKind::Question(kind) => match kind {
                Kind::Text | Kind::Acknowledge => Meaning::Value(Type::Text),
                Kind::Integer | Kind::Decimal => Meaning::Value(Type::Number),
                Kind::Date => Meaning::Value(Type::Date),
                Kind::SelectOne(_) => Meaning::Value(Type::Choice),
                Kind::SelectMultiple(_) | Kind::Rank(_) => Meaning::Value(Type::Choices),
                Kind::Note => Meaning::Note,
                Kind::Calculate => Meaning::Value(self.types.get(&entry).copied().unwrap_or(Type::Any)),
            },
            _ => Meaning::Group,
        }
    }

    /// Whether the question may be left unanswered: not required, or not always asked.
    fn optional(&self, entry: usize) -> bool {
        let record = &self.rows.entries[entry].record;
        if record.get("calculation").is_some() {
            return false;
        }
        let mut around = Some(entry);
        while let Some(place) = around {
            if self.rows.entries[place].record.get("relevant").is_some() {
                return true;
            }
            around = self.rows.entries[place].parent;
        }
        let dont_know = record.text("dont_know").and_then(truth).unwrap_or(false);
        dont_know || record.text("required").and_then(truth) != Some(true)
    }
}

fn check_name(report: &mut Report<'_>, entry: &Entry) {
    let span = entry.record.span_of("name");
    if entry.name.is_empty() {
        report.add(Finding::new(
            codes::NO_NAME,
            entry.record.span_of("type"),
            "w tym wierszu brak klucza name",
        ));
    } else if !crate::answers::is_name(&entry.name) {
        let help = match entry.name.strip_prefix('_') {
            Some(rest) => format!("podkreślenie na początku ma znaczenie dla stron; proszę wpisać „{rest}”."),
            None => "nazwa zaczyna się od litery i składa z liter bez znaków diakrytycznych, cyfr i _, najwyżej 64 znaki."
                .to_owned(),
        };
        let message = format!("„{}” nie może być nazwą", entry.name);
        report.add(Finding::new(codes::BAD_NAME, span, message).help(help).about(&entry.name));
    }
}

impl texts::Insertable for Form<'_> {
    fn has_value(&self, name: &str) -> bool {
        let known = self.entry(name).is_some_and(|entry| matches!(self.meaning(entry), Meaning::Value(_)));
        known || self.rows.dropped.iter().any(|dropped| dropped == name)
    }

    fn in_another_repeat(&self, name: &str, owner: &str) -> bool {
        let repeat = |name: &str| self.entry(name).and_then(|entry| self.repeat_of(entry));
        matches!((repeat(name), repeat(owner)), (Some(inserted), Some(own)) if inserted != own)
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let nearest = near(name, self.by_name.keys().copied().filter(|name| self.has_value(name)))?;
        Some(format!("„{nearest}” (wiersz {})", self.lines[self.entry(nearest)?]))
    }
}

/// The names as seen from one expression.
pub(super) struct View<'a> {
    pub(super) form: &'a Form<'a>,
    /// The entry it belongs to; none for measures, from which nothing is later.
    pub(super) from: Option<usize>,
}

impl Names for View<'_> {
    fn named(&self, name: &str) -> Option<Named<'_>> {
        let form = self.form;
        let Some(entry) = form.entry(name) else {
            let dropped = form.rows.dropped.iter().any(|dropped| dropped == name);
            return dropped.then(|| Named::new(Meaning::Value(Type::Any)));
        };
        let list = form.kind(name).and_then(Kind::list);
        let choices = list.and_then(|list| form.choices(list)).unwrap_or_default();
        Some(Named {
            meaning: form.meaning(entry),
            choices: choices.iter().filter_map(|choice| choice.text("name")).collect(),
            list,
            repeat: form.repeat_of(entry),
            later: self.from.is_some_and(|from| entry > from),
            optional: form.optional(entry),
            place: Some(format!("wiersz {}", form.lines[entry])),
        })
    }

    fn all(&self) -> Vec<&str> {
        self.form
            .rows
            .entries
            .iter()
            .map(|entry| entry.name.as_str())
            .filter(|name| !name.is_empty())
            .collect()
    }

    fn columns(&self) -> Option<Vec<&str>> {
        let entry = self.from?;
        let RowKind::Question(kind) = &self.form.rows.entries[entry].kind else {
            return None;
        };
        let choices = self.form.choices(kind.list()?)?;
        let mut columns: Vec<&str> =
            choices.iter().flat_map(|choice| &choice.cells).map(|cell| cell.key.as_str()).collect();
        columns.sort_unstable();
        columns.dedup();
        Some(columns)
    }
}
