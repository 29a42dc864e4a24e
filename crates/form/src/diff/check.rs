//! What a new edition fails to say about its changes.

use std::collections::BTreeMap;

use super::lists::{self, ListChange};
use super::pairs::{self, Pair, id_of};
use super::years::{Years, year_of};
use super::{What, codes, questions};
use crate::Questionnaire;
use crate::expr::closest;
use crate::load::Place;
use crate::model::{ChoiceList, Question};
use crate::problem::{Problem, Severity};

/// Everything that `new` should say about its differences from `old`, sorted by place; the places are in `new`.
#[must_use]
pub fn check_against(old: &Questionnaire, new: &Questionnaire) -> Vec<Problem> {
    let mut checker = Checker::new(old, new);
    checker.settings();
    let pairs = pairs::pair(&old.model, &new.model);
    let renames = pairs::renames(&pairs);
    for pair in &pairs {
        match *pair {
            Pair::Both(before, after) => checker.both(before, after, &renames),
            Pair::New(after) => checker.was_of_new(after),
            Pair::Gone(before) => checker.gone(before, &pairs),
        }
    }
    checker.retired();
    checker.finish()
}

struct Checker<'a> {
    old: &'a Questionnaire,
    new: &'a Questionnaire,
    years: Years,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn new(old: &'a Questionnaire, new: &'a Questionnaire) -> Self {
        let years = Years::new(&old.model.settings.version, &new.model.settings.version);
        Self { old, new, years, problems: Vec::new() }
    }

    /// `form_id` stays, and `previous` names the version that is compared.
    fn settings(&mut self) {
        let (old, new) = (&self.old.model.settings, &self.new.model.settings);
        if old.form_id != new.form_id {
            let message =
                format!("to inna ankieta: form_id „{}”, a wcześniej „{}”", new.form_id, old.form_id);
            let help = "form_id jest takie samo w każdym roku; porównuje się dwie edycje jednej ankiety.";
            self.add(codes::OTHER_FORM, self.new.places.settings.value("form_id"), message, help, None);
        }
        let Some(previous) = &new.previous else { return };
        if *previous != old.version && year_of(previous) != year_of(&old.version) {
            let message = format!("previous = „{previous}”, a porównano z wersją „{}”", old.version);
            let help = "proszę porównać z edycją z klucza previous albo go poprawić.";
            self.add(codes::OTHER_FORM, self.new.places.settings.value("previous"), message, help, None);
        }
    }

    fn both(&mut self, old: &Question, new: &Question, renames: &BTreeMap<&str, &str>) {
        self.name(old, new);
        if new.since.is_some() {
            let message =
                format!("pytanie „{}” ma since, a było już w edycji {}", id_of(new), self.version());
            let help = "since stoi tylko przy nowych pytaniach; proszę je usunąć albo nadać pytaniu nowe id.";
            self.at_value(codes::OLD_SINCE, new, "since", message, help);
        }
        self.parts(old, new, renames);
        if let (Some(before), Some(after)) = (self.old.model.list_of(old), self.new.model.list_of(new)) {
            self.list(before, after, new);
        }
    }

    /// The name of the column, and what `was` says about it.
    fn name(&mut self, old: &Question, new: &Question) {
        match &new.was {
            Some(was) if *was != old.name => {
                let message = format!(
                    "was = „{was}”, a w edycji {} to pytanie nazywa się „{}”",
                    self.version(),
                    old.name
                );
                let help = format!(
                    "proszę wpisać was = \"{}\" albo usunąć ten klucz, jeśli nazwa się nie zmieniła.",
                    old.name
                );
                self.at_value(codes::WRONG_WAS, new, "was", message, &help);
            }
            None if new.name != old.name => {
                let message = format!(
                    "pytanie „{}” nazywało się w edycji {} „{}”",
                    id_of(new),
                    self.version(),
                    old.name
                );
                let help = format!("proszę dopisać was = \"{}\".", old.name);
                self.at_value(codes::RENAMED, new, "name", message, &help);
            }
            _ => {}
        }
    }

    /// A new question has no old name.
    fn was_of_new(&mut self, new: &Question) {
        let Some(was) = &new.was else { return };
        let message = match self.old.model.question(was) {
            Some(other) => format!(
                "was = „{was}”, ale w edycji {} to pytanie ma inne id: „{}”",
                self.version(),
                id_of(other)
            ),
            None => format!("was = „{was}”, a w edycji {} nie ma pytania o tej nazwie", self.version()),
        };
        let names = self.old.model.questions().map(|question| question.name.as_str());
        let help = match closest(was, names).filter(|name| name != was) {
            Some(name) => format!("czy chodziło o „{name}”?"),
            None => "pytanie z dawną nazwą zachowuje id; nowe pytanie ma since, a nie was.".to_owned(),
        };
        self.at_value(codes::WRONG_WAS, new, "was", message, &help);
    }

    fn parts(&mut self, old: &Question, new: &Question, renames: &BTreeMap<&str, &str>) {
        if new.comparable.is_some() {
            return;
        }
        let changes = questions::parts(old, new, &self.years, renames);
        let Some(first) = changes.iter().find(|change| change.what != What::Type).or(changes.first()) else {
            return;
        };
        let message = format!(
            "{} pytania „{}” względem edycji {}, a brak klucza comparable",
            changed(first.what),
            id_of(new),
            self.version()
        );
        let help = format!(
            "było: „{}”. Proszę dopisać comparable = \"yes\", \"partial\" albo \"no\" oraz change_note.",
            first.old
        );
        let places = self.new.places.survey.get(&new.name);
        let place = places.map(|row| row.key(key(first.what))).unwrap_or_default();
        self.add(codes::UNEXPLAINED, place, message, &help, Some(new));
    }

    fn list(&mut self, old: &ChoiceList, new: &ChoiceList, question: &Question) {
        for choice in &new.choices {
            let unknown = |name: &&str| choice.was.is_some() && old.choice(name).is_none();
            for name in lists::sources(choice).into_iter().filter(unknown) {
                let message = format!(
                    "was = „{name}”, a w edycji {} lista „{}” nie ma takiej odpowiedzi",
                    self.version(),
                    old.name
                );
                let known: Vec<&str> = old.choices.iter().map(|choice| choice.name.as_str()).collect();
                let help = format!("są: {}.", known.join(", "));
                let place = self.choice_place(new, &choice.name, "was");
                self.add(codes::UNKNOWN_CHOICE, place, message, &help, Some(question));
            }
        }
        if question.comparable.is_some() {
            return;
        }
        for change in lists::changes(old, new, &self.years).iter().filter(|change| !change.explained) {
            self.list_change(change, new, question);
        }
    }

    fn list_change(&mut self, change: &ListChange<'_>, list: &ChoiceList, question: &Question) {
        let (message, place) = match (change.old, change.new.first()) {
            (Some(gone), None) => {
                let type_place = self.new.places.survey.get(&question.name).map(|row| row.value("type"));
                (
                    format!("z listy „{}” zniknęła odpowiedź „{}”", list.name, gone.name),
                    type_place.unwrap_or_default(),
                )
            }
            (None, Some(added)) => {
                let message = format!("lista „{}” ma nową odpowiedź „{}”", list.name, added.name);
                (message, self.choice_place(list, &added.name, "name"))
            }
            (Some(old), Some(first)) => {
                let message = format!(
                    "zmieniła się odpowiedź „{}” listy „{}”, a brak klucza comparable",
                    old.name, list.name
                );
                (message, self.choice_place(list, &first.name, "label"))
            }
            (None, None) => return,
        };
        let help = "proszę dopisać comparable (i was, jeśli to dawna odpowiedź) przy odpowiedzi albo comparable i \
                    change_note przy pytaniu.";
        self.add(codes::UNEXPLAINED_LIST, place, message, help, Some(question));
    }

    fn gone(&mut self, old: &Question, pairs: &[Pair<'_>]) {
        let id = id_of(old);
        if self.new.plan.retired.iter().any(|row| row.id == id) {
            return;
        }
        let message = format!("zniknęło pytanie „{id}” (w edycji {} „{}”)", self.version(), old.name);
        let fresh = pairs.iter().filter_map(|pair| match pair {
            Pair::New(question) => Some(id_of(question)),
            Pair::Both(..) | Pair::Gone(_) => None,
        });
        let near =
            closest(id, fresh).map(|near| format!("czy chodzi o „{near}”? id się nie zmienia. Jeśli nie, "));
        let help = format!(
            "{}proszę dopisać [[retired]] z kluczami id, name i reason albo przywrócić pytanie.",
            near.unwrap_or_default()
        );
        self.add(codes::VANISHED, self.new.places.settings.value("previous"), message, &help, None);
    }

    fn retired(&mut self) {
        let (old, new) = (self.old, self.new);
        let known = |id: &str| {
            pairs::by_id(&old.model, id).is_some() || old.plan.retired.iter().any(|row| row.id == id)
        };
        for row in new.plan.retired.iter().filter(|row| !known(&row.id)) {
            let message = format!("wycofane pytanie „{}” nie stało w edycji {}", row.id, self.version());
            let ids = old.model.questions().filter_map(|question| question.id.as_deref());
            let help = closest(&row.id, ids).map(|id| format!("czy chodziło o „{id}”?"));
            let help =
                help.unwrap_or_else(|| "proszę sprawdzić id albo usunąć ten wiersz [[retired]].".to_owned());
            let place = new.places.retired.get(&row.id).map(|places| places.value("id")).unwrap_or_default();
            self.add(codes::UNKNOWN_RETIRED, place, message, &help, None);
        }
    }

    fn version(&self) -> &'a str {
        &self.old.model.settings.version
    }

    fn choice_place(&self, list: &ChoiceList, choice: &str, key: &str) -> Place {
        let row = self.new.places.choices.get(&(list.name.clone(), choice.to_owned()));
        row.map(|row| row.value(key)).unwrap_or_default()
    }

    fn at_value(&mut self, code: &'static str, question: &Question, key: &str, message: String, help: &str) {
        let place = self.new.places.survey.get(&question.name).map(|row| row.value(key));
        self.add(code, place.unwrap_or_default(), message, help, Some(question));
    }

    fn add(
        &mut self,
        code: &'static str,
        at: Place,
        message: String,
        help: &str,
        question: Option<&Question>,
    ) {
        self.problems.push(Problem {
            code,
            severity: Severity::Error,
            file: self.new.places.file.clone(),
            line: Some(at.line),
            col: Some(at.col),
            end_col: Some(at.end_col),
            sheet: None,
            cell: None,
            question: question.map(|question| question.name.clone()),
            message,
            help: Some(help.to_owned()),
        });
    }

    /// Sorted by place; a list that several questions use is told about once.
    fn finish(mut self) -> Vec<Problem> {
        let key = |problem: &Problem| (problem.line, problem.col, problem.code, problem.message.clone());
        self.problems.sort_by_key(key);
        self.problems.dedup_by(|a, b| key(a) == key(b));
        self.problems
    }
}

/// What a change of this part is called.
fn changed(what: What) -> &'static str {
    match what {
        What::Hint => "zmieniła się podpowiedź",
        What::Guidance => "zmieniło się wyjaśnienie",
        What::Unit => "zmieniła się jednostka miary",
        What::Type => "zmienił się typ",
        What::Expression => "zmieniło się obliczenie",
        _ => "zmieniła się treść",
    }
}

/// The key of the survey row that holds a part.
fn key(what: What) -> &'static str {
    match what {
        What::Hint => "hint",
        What::Guidance => "guidance_hint",
        What::Unit => "unit",
        What::Type | What::Choice => "type",
        What::Expression => "calculation",
        _ => "label",
    }
}
