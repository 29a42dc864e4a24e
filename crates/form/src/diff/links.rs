//! One measure in two neighbouring editions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::groups::ChoiceLink;
use super::lists::{self, sources};
use super::pairs::{self, Pair};
use super::questions;
use super::years::Years;
use crate::expr::Expr;
use crate::model::{Choice, ChoiceList, Comparable, Model, Question};
use crate::plan::{Function, Measure, Plan};

/// One edition of a questionnaire, as series are drawn through it.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// What respondents saw.
    pub model: &'a Model,
    /// What is counted.
    pub plan: &'a Plan,
}

/// A break in a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// `Partial` or `No`: whether the two sides can be held against each other at all.
    pub comparable: Comparable,
    /// Why, in the words of the questionnaire's author; never empty.
    pub notes: Vec<String>,
}

/// Why an edition has no number to compare with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A question that the measure reads was asked later for the first time; since when, as it says itself.
    NotAsked(Option<String>),
    /// A measure of the same name counts something else: another function, base or question.
    Different,
    /// Nobody counted it.
    NotCounted,
}

/// What became of a measure.
pub(super) struct Link {
    pub(super) measure: Result<String, Missing>,
    pub(super) cut: Option<Cut>,
    pub(super) choices: Vec<ChoiceLink>,
}

/// The questions that a measure reads, those behind calculations included, in document order.
pub(super) fn reads<'a>(model: &'a Model, measure: &Measure) -> Vec<&'a Question> {
    let mut names = direct(measure);
    loop {
        let inner: Vec<String> = model
            .questions()
            .filter(|question| names.contains(&question.name))
            .flat_map(|question| question.calculation.iter().flat_map(Expr::references))
            .map(str::to_owned)
            .filter(|name| !names.contains(name))
            .collect();
        if inner.is_empty() {
            break;
        }
        names.extend(inner);
    }
    model.questions().filter(|question| names.contains(&question.name)).collect()
}

/// The list that a table of frequencies counts: the choices of its question, or the code frame of an open one.
pub(super) fn list_of<'a>(model: &'a Model, measure: &Measure) -> Option<&'a ChoiceList> {
    let question = model.question(measure.question.as_deref()?)?;
    let frame = question.coding.as_ref().and_then(|list| model.choices.get(list));
    frame.map(AsRef::as_ref).or_else(|| model.list_of(question))
}

/// Names in the expressions of a measure.
fn direct(measure: &Measure) -> BTreeSet<String> {
    let expressions = [measure.of.as_ref(), measure.filter.as_ref()];
    expressions.into_iter().flatten().flat_map(Expr::references).map(str::to_owned).collect()
}

/// Two neighbouring editions and which question of one is which of the other.
pub(super) struct Between<'a> {
    old: Edition<'a>,
    new: Edition<'a>,
    pairs: Vec<Pair<'a>>,
    years: Years,
    /// Names of the old edition in the words of the new one; what is gone has a name that no question can have.
    names: BTreeMap<&'a str, String>,
    /// Two runs of one version: what the questionnaire says about its predecessor is not about them.
    same: bool,
}

impl<'a> Between<'a> {
    pub(super) fn new(old: Edition<'a>, new: Edition<'a>) -> Self {
        let pairs = pairs::pair(old.model, new.model);
        let years = Years::new(&old.model.settings.version, &new.model.settings.version);
        let mut names: BTreeMap<&str, String> =
            old.model.questions().map(|question| (question.name.as_str(), gone(&question.name))).collect();
        for pair in &pairs {
            let Pair::Both(before, after) = *pair else { continue };
            names.insert(&before.name, after.name.clone());
            if let (Some(list), Some(now)) = (before.repeat.as_deref(), &after.repeat) {
                names.insert(list, now.clone());
            }
        }
        for (before, after) in without_id(old.model, new.model) {
            names.insert(before, after.to_owned());
        }
        let same = old.model.settings.version == new.model.settings.version;
        Self { old, new, pairs, years, names, same }
    }

    /// Finds the measure of the old edition that says the same as one of the new.
    pub(super) fn link(&self, name: &str) -> Link {
        let nothing = |why| Link { measure: Err(why), cut: None, choices: Vec::new() };
        let Some(measure) = self.new.plan.measure(name) else { return nothing(Missing::NotCounted) };
        match self.counterpart(measure) {
            Err(why) => nothing(why),
            Ok(found) => Link {
                cut: self.cut(found, measure),
                choices: self.choices(found, measure),
                measure: Ok(found.name.clone()),
            },
        }
    }

    /// The measure that counts the same way, reads the same questions and has the same base: the one with the same
    /// condition, else the one with the same name.
    fn counterpart(&self, measure: &Measure) -> Result<&'a Measure, Missing> {
        let wanted = direct(measure);
        let alike = |other: &&Measure| {
            other.function == measure.function
                && other.base == measure.base
                && self.list(other.over.as_deref()) == measure.over
                && self.translated(other) == wanted
        };
        let all = self.old.plan.measures.iter();
        let alike: Vec<&Measure> = all.filter(alike).collect();
        let exact = alike.iter().find(|other| self.same_expressions(other, measure));
        let named = || alike.iter().find(|other| other.name == measure.name);
        match exact.or_else(named) {
            Some(found) => Ok(found),
            None => Err(self.missing(measure)),
        }
    }

    fn missing(&self, measure: &Measure) -> Missing {
        let read = reads(self.new.model, measure);
        let fresh = self.pairs.iter().find_map(|pair| match pair {
            Pair::New(question) if read.iter().any(|other| other.name == question.name) => Some(question),
            _ => None,
        });
        match (fresh, self.old.plan.measure(&measure.name)) {
            (Some(question), _) => Missing::NotAsked(question.since.clone()),
            (None, Some(_)) => Missing::Different,
            (None, None) => Missing::NotCounted,
        }
    }

    fn list(&self, name: Option<&str>) -> Option<String> {
        name.map(|name| self.names.get(name).cloned().unwrap_or_else(|| name.to_owned()))
    }

    fn translated(&self, measure: &Measure) -> BTreeSet<String> {
        direct(measure).iter().filter_map(|name| self.list(Some(name))).collect()
    }

    fn same_expressions(&self, old: &Measure, new: &Measure) -> bool {
        let text = |expr: Option<&Expr>| expr.map(|expr| expr.root().to_string()).unwrap_or_default();
        let names: BTreeMap<&str, &str> = self.names.iter().map(|(old, new)| (*old, new.as_str())).collect();
        let same = |old: Option<&Expr>, new: Option<&Expr>| {
            let old = questions::renamed(&text(old), &names);
            self.years.same(&self.renamed_choices(&old), &text(new))
        };
        same(old.of.as_ref(), new.of.as_ref()) && same(old.filter.as_ref(), new.filter.as_ref())
    }

    /// Choices that only got another name, in the words of the new edition.
    fn renamed_choices(&self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.same {
            return text;
        }
        for (old, new) in self.lists() {
            for choice in &new.choices {
                let [was] = sources(choice)[..] else { continue };
                let heirs = new.choices.iter().filter(|other| sources(other).contains(&was)).count();
                if was != choice.name && heirs == 1 && old.choice(was).is_some() {
                    text = text.replace(&format!("'{was}'"), &format!("'{}'", choice.name));
                }
            }
        }
        text
    }

    /// The lists of both editions that questions of both use, each pair once.
    fn lists(&self) -> Vec<(&'a ChoiceList, &'a ChoiceList)> {
        let mut seen = BTreeSet::new();
        let both = self.pairs.iter().filter_map(|pair| match *pair {
            Pair::Both(before, after) => self.old.model.list_of(before).zip(self.new.model.list_of(after)),
            _ => None,
        });
        both.filter(|(old, new)| seen.insert((old.name.as_str(), new.name.as_str()))).collect()
    }

    /// What breaks the line between the two editions.
    fn cut(&self, old: &Measure, new: &Measure) -> Option<Cut> {
        let mut found = Found::default();
        for question in reads(self.new.model, new) {
            self.question(question, new, &mut found);
        }
        if !self.same_expressions(old, new) {
            found.add(Comparable::Partial, "Zmienił się sposób liczenia.".to_owned());
        }
        if let Some(frame) = new.question.as_deref().and_then(|name| self.new.model.question(name))
            && frame.coding.is_some()
            && let Some((old, new)) = list_of(self.old.model, old).zip(list_of(self.new.model, new))
        {
            self.choice_list(frame, old, new, &mut found);
        }
        found.cut()
    }

    /// What a question that is read says about its own change.
    fn question(&self, question: &Question, measure: &Measure, found: &mut Found) {
        let before = self.pairs.iter().find_map(|pair| match *pair {
            Pair::Both(before, after) if after.name == question.name => Some(before),
            _ => None,
        });
        let Some(before) = before else { return };
        match question.comparable.filter(|_| !self.same) {
            Some(Comparable::Yes) => return,
            Some(how) => return found.add(how, note_of(question)),
            None => {}
        }
        let renames: BTreeMap<&str, &str> =
            self.names.iter().map(|(old, new)| (*old, new.as_str())).collect();
        if !questions::parts(before, question, &self.years, &renames).is_empty() {
            found.add(Comparable::Partial, format!("Zmieniło się pytanie „{}”.", question.label.plain()));
        }
        let lists = self.old.model.list_of(before).zip(self.new.model.list_of(question));
        if let Some((old, new)) = lists.filter(|(_, new)| self.depends(measure, question, new)) {
            self.choice_list(question, old, new, found);
        }
    }

    /// Whether the number depends on which choices there are: a table of them, or a condition that names one that
    /// changed.
    fn depends(&self, measure: &Measure, question: &Question, list: &ChoiceList) -> bool {
        if measure.function == Function::Frequencies && measure.question.as_ref() == Some(&question.name) {
            return true;
        }
        let read = reads(self.new.model, measure);
        let calculations = read.iter().filter_map(|other| other.calculation.as_ref());
        let texts = [measure.of.as_ref(), measure.filter.as_ref()].into_iter().flatten().chain(calculations);
        let about = texts.filter(|expr| expr.references().any(|name| name == question.name));
        let text: String = about.map(|expr| expr.root().to_string()).collect();
        let marked = list.choices.iter().filter(|choice| choice.comparable.is_some());
        marked
            .flat_map(|choice| sources(choice).into_iter().chain([choice.name.as_str()]))
            .any(|name| text.contains(&format!("'{name}'")))
    }

    fn choice_list(&self, question: &Question, old: &ChoiceList, new: &ChoiceList, found: &mut Found) {
        if self.same {
            return;
        }
        for change in lists::changes(old, new, &self.years) {
            let how = match change.comparable() {
                Some(how) => how,
                None if change.explained => Comparable::Yes,
                None => Comparable::Partial,
            };
            if how != Comparable::Yes {
                found.add(how, list_note(question, &change));
            }
        }
    }

    /// How the choices of the two editions continue each other.
    fn choices(&self, old: &Measure, new: &Measure) -> Vec<ChoiceLink> {
        if new.function != Function::Frequencies {
            return Vec::new();
        }
        let Some((old, new)) = list_of(self.old.model, old).zip(list_of(self.new.model, new)) else {
            return Vec::new();
        };
        let known = |name: &&str| old.choice(name).is_some_and(|choice| !choice.dont_know);
        let counted = new.choices.iter().filter(|choice| !choice.dont_know);
        let before = |choice: &'a Choice| match self.same {
            true => vec![choice.name.as_str()],
            false => sources(choice),
        };
        let link = |choice: &'a Choice| ChoiceLink {
            new: choice.name.clone(),
            old: before(choice).into_iter().filter(known).map(str::to_owned).collect(),
        };
        counted.map(link).collect()
    }
}

/// A name of the old edition that has no question in the new one.
fn gone(name: &str) -> String {
    format!("{name} ")
}

/// Questions without an `id` cannot be followed through the years but by name and only where both have none.
fn without_id<'a>(old: &'a Model, new: &'a Model) -> Vec<(&'a str, &'a str)> {
    let plain = |model: &'a Model| model.questions().filter(|question| question.id.is_none());
    let same = |question: &'a Question| {
        let was = question.was.as_deref().unwrap_or(&question.name);
        let before = plain(old).find(|before| before.name == was)?;
        Some((before.name.as_str(), question.name.as_str()))
    };
    plain(new).filter_map(same).collect()
}

fn note_of(question: &Question) -> String {
    let silent = || format!("Zmieniło się pytanie „{}”.", question.label.plain());
    question.change_note.clone().unwrap_or_else(silent)
}

fn list_note(question: &Question, change: &lists::ListChange<'_>) -> String {
    let labels: Vec<String> = change.new.iter().map(|choice| choice.label.plain()).collect();
    let labels = labels.join("; ");
    let about = question.label.plain();
    match change.old {
        Some(old) if change.new.is_empty() => {
            format!("Z pytania „{about}” zniknęła odpowiedź „{}”.", old.label.plain())
        }
        Some(old) => {
            format!("W pytaniu „{about}” odpowiedź „{}” zastąpiono: „{labels}”.", old.label.plain())
        }
        None => format!("W pytaniu „{about}” doszła odpowiedź „{labels}”."),
    }
}

/// What breaks a line, gathered.
#[derive(Default)]
struct Found {
    worst: Option<Comparable>,
    notes: Vec<String>,
}

impl Found {
    fn add(&mut self, how: Comparable, note: String) {
        self.worst = self.worst.max(Some(how));
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn cut(self) -> Option<Cut> {
        self.worst.map(|comparable| Cut { comparable, notes: self.notes })
    }
}
