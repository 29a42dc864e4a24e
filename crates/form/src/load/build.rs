//! From checked rows to the model.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{self, Shape};
use super::draft::Record;
use super::expressions::Expressions;
use super::kinds::RowKind;
use super::names::Form;
use super::report::Report;
use super::values::whole;
use super::{question, settings, texts};
use crate::model::{
    ChoiceList, Compiled, Group, Item, Kind, Model, Node, NodeRef, Repeat, RepeatRef, Section, Slot, Text,
};

/// What is built up while walking the tree.
pub(super) struct Builder<'a, 'r, 's> {
    pub(super) form: &'a Form<'a>,
    pub(super) report: &'r mut Report<'s>,
    pub(super) choices: BTreeMap<String, Arc<ChoiceList>>,
    pub(super) expressions: Vec<Expressions>,
    compiled: Compiled,
    /// Node of each entry.
    nodes: Vec<usize>,
    /// Printed number of the section or repeat, and the last position given in it.
    counters: Vec<(String, u32)>,
}

/// The model, without its order of evaluation.
pub(super) fn model(
    report: &mut Report<'_>,
    form: &Form<'_>,
    expressions: Vec<Expressions>,
    choices: BTreeMap<String, Arc<ChoiceList>>,
    settings_row: &Record,
) -> (Model, Compiled) {
    let compiled = Compiled::default();
    let settings = settings::read(report, settings_row);
    let nodes = vec![0; form.rows.entries.len()];
    let mut builder = Builder { form, report, choices, expressions, compiled, nodes, counters: Vec::new() };
    let sections = builder.sections();
    let Builder { choices, compiled, .. } = builder;
    (Model { settings, sections, choices, compiled: Arc::default() }, compiled)
}

impl Builder<'_, '_, '_> {
    fn sections(&mut self) -> Vec<Section> {
        let tops = self
            .form
            .rows
            .inside(None)
            .filter(|top| self.form.rows.entries[*top].kind == RowKind::BeginGroup);
        let mut sections = Vec::new();
        for (place, entry) in tops.collect::<Vec<_>>().into_iter().enumerate() {
            sections.push(self.section(entry, place));
        }
        sections
    }

    fn section(&mut self, entry: usize, place: usize) -> Section {
        let number = (place + 1).to_string();
        let record = &self.form.rows.entries[entry].record;
        let relevant = self.expressions[entry].remove("relevant");
        self.node(entry, place, NodeRef::Group, relevant.clone());
        self.counters.push((number.clone(), 0));
        let items = self.items(entry, place);
        self.counters.pop();
        Section {
            name: self.form.rows.entries[entry].name.clone(),
            number,
            label: self.label(record),
            hint: self.text(record, "hint"),
            relevant,
            dont_know: super::values::yes(self.report, record, "dont_know"),
            report_row: record.owned("report_row"),
            items,
            extra: record.others(&columns::known(Shape::Group)),
        }
    }

    fn items(&mut self, parent: usize, section: usize) -> Vec<Item> {
        let inside: Vec<usize> = self.form.rows.inside(Some(parent)).collect();
        inside.into_iter().map(|entry| self.item(entry, section)).collect()
    }

    fn item(&mut self, entry: usize, section: usize) -> Item {
        match self.form.rows.entries[entry].kind.clone() {
            RowKind::Question(kind) => self.question(entry, section, kind),
            RowKind::BeginRepeat | RowKind::EndRepeat => self.repeat(entry, section),
            RowKind::BeginGroup | RowKind::EndGroup => Item::Group(Box::new(self.group(entry, section))),
        }
    }

    fn group(&mut self, entry: usize, section: usize) -> Group {
        let record = &self.form.rows.entries[entry].record;
        let relevant = self.expressions[entry].remove("relevant");
        self.node(entry, section, NodeRef::Group, relevant.clone());
        let items = self.items(entry, section);
        Group {
            name: self.form.rows.entries[entry].name.clone(),
            label: self.text(record, "label").unwrap_or_default(),
            hint: self.text(record, "hint"),
            relevant,
            dont_know: super::values::yes(self.report, record, "dont_know"),
            appearance: record.owned("appearance"),
            items,
            extra: record.others(&columns::known(Shape::Group)),
        }
    }

    fn repeat(&mut self, entry: usize, section: usize) -> Item {
        let record = &self.form.rows.entries[entry].record;
        let relevant = self.expressions[entry].remove("relevant");
        let repeat_number = self.compiled.repeats.len();
        let node = self.node(entry, section, NodeRef::Repeat(repeat_number), relevant.clone());
        let mut repeat = Repeat {
            name: self.form.rows.entries[entry].name.clone(),
            number: self.next_number(),
            label: self.heading(record),
            hint: self.text(record, "hint"),
            guidance_hint: self.text(record, "guidance_hint"),
            relevant,
            repeat_count: self.expressions[entry].remove("repeat_count"),
            min: whole(self.report, record, "min"),
            max: whole(self.report, record, "max"),
            report_row: record.owned("report_row"),
            section: self.section_name(entry),
            items: Vec::new(),
            extra: record.others(&columns::known(Shape::Repeat)),
        };
        question::check_count(self.report, self.form, record);
        question::check_limits(self.report, record, repeat.min, repeat.max);
        self.compiled.repeats.push(RepeatRef {
            repeat: Arc::new(repeat.clone()),
            node,
            questions: Vec::new(),
        });
        self.counters.push((repeat.number.clone(), 0));
        repeat.items = self.items(entry, section);
        self.counters.pop();
        let repeat = Arc::new(repeat);
        self.compiled.repeats[repeat_number].repeat = Arc::clone(&repeat);
        Item::Repeat(repeat)
    }

    fn question(&mut self, entry: usize, section: usize, kind: Kind) -> Item {
        let number = if kind.is_asked() { self.next_number() } else { String::new() };
        let question = Arc::new(question::read(self, entry, kind, number));
        let place = self.compiled.questions.len();
        let node = self.node(entry, section, NodeRef::Question(place), question.relevant.clone());
        let repeat = self.compiled.nodes[node].repeat;
        let around = self.dont_know_around(entry);
        let in_holder = self.next_place(repeat, place);
        self.compiled.slots.push(Slot {
            node,
            repeat,
            place: in_holder,
            list: question.kind.list().and_then(|list| self.choices.get(list)).cloned(),
            dont_know_key: format!("{}.nw", question.name),
            dont_know: question.dont_know || !around.0.is_empty() || !around.1.is_empty(),
            dont_know_around: around,
        });
        self.compiled.questions.push(Arc::clone(&question));
        Item::Question(question)
    }

    /// The place of a question in its repeat, or among those outside repeats.
    fn next_place(&mut self, repeat: Option<usize>, question: usize) -> usize {
        match repeat {
            None => {
                self.compiled.single += 1;
                self.compiled.single - 1
            }
            Some(repeat) => {
                let questions = &mut self.compiled.repeats[repeat].questions;
                questions.push(question);
                questions.len() - 1
            }
        }
    }

    /// Keys of "don't know" of sections and groups around a question: outside repeats, and in the entry.
    fn dont_know_around(&self, entry: usize) -> (Vec<String>, Vec<String>) {
        let (mut outside, mut inside) = (Vec::new(), Vec::new());
        let mut around = self.form.rows.entries[entry].parent;
        while let Some(place) = around {
            let found = &self.form.rows.entries[place];
            let offered = found.record.text("dont_know").and_then(super::values::truth).unwrap_or(false);
            if offered && found.kind == RowKind::BeginGroup {
                let keys = if found.repeat.is_some() { &mut inside } else { &mut outside };
                keys.push(format!("{}.nw", found.name));
            }
            around = found.parent;
        }
        (outside, inside)
    }

    fn node(
        &mut self,
        entry: usize,
        section: usize,
        holder: NodeRef,
        relevant: Option<crate::expr::Expr>,
    ) -> usize {
        let found = &self.form.rows.entries[entry];
        let place = self.compiled.nodes.len();
        let parent = found.parent.map(|parent| self.nodes[parent]);
        let repeat = found.repeat.and_then(|repeat| match self.compiled.nodes[self.nodes[repeat]].holder {
            NodeRef::Repeat(repeat) => Some(repeat),
            _ => None,
        });
        self.compiled.nodes.push(Node { holder, parent, section, repeat, relevant });
        self.compiled.names.entry(found.name.clone()).or_insert(place);
        self.nodes[entry] = place;
        place
    }

    fn next_number(&mut self) -> String {
        let Some((around, last)) = self.counters.last_mut() else {
            return String::new();
        };
        *last += 1;
        format!("{around}.{last}")
    }

    pub(super) fn section_name(&self, entry: usize) -> String {
        self.form.rows.entries[self.form.rows.entries[entry].section].name.clone()
    }

    pub(super) fn text(&mut self, record: &Record, key: &str) -> Option<Text> {
        texts::text(self.report, self.form, record, key, self.form.language())
    }

    /// The label of a repeat, which may be missing.
    fn heading(&mut self, record: &Record) -> Text {
        self.text(record, "label").unwrap_or_else(|| {
            question::no_heading(self.report, record);
            Text::default()
        })
    }

    pub(super) fn label(&mut self, record: &Record) -> Text {
        self.text(record, "label").unwrap_or_else(|| {
            question::no_label(self.report, record);
            Text::default()
        })
    }
}
