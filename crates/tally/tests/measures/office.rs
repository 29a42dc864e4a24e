//! Offices with their answers, as plain values from which both the program and the tests' own counting start.

use std::collections::BTreeMap;

use form::{Context, Evaluation, Questionnaire, Raw, RawRow};
use tally::{Contribution, Counted, Stratum, UnitKey, contribute};
use uuid::Uuid;

/// An answer that may be missing or "don't know".
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Told<T> {
    Nothing,
    Unknown,
    Value(T),
}

/// What one office answered. What its gate hides stays in it and must not be counted.
#[derive(Clone, Debug)]
pub(crate) struct Office {
    pub(crate) number: u8,
    pub(crate) powiat: &'static str,
    pub(crate) media_czy: Told<bool>,
    pub(crate) artykuly: Told<u16>,
    pub(crate) media: Vec<Medium>,
    pub(crate) potrzeby: Option<String>,
}

/// One row of the list of media.
#[derive(Clone, Debug)]
pub(crate) struct Medium {
    pub(crate) nazwa: Told<String>,
    pub(crate) rodzaje: Vec<&'static str>,
    /// In tenths.
    pub(crate) zasieg: Option<u16>,
}

pub(crate) fn questionnaire() -> Questionnaire {
    let loaded = form::load("form.toml", include_str!("form.toml"));
    let problems: Vec<_> = loaded.problems.iter().map(|problem| &problem.message).collect();
    loaded.questionnaire.unwrap_or_else(|| panic!("{problems:?}"))
}

fn tell(fields: &mut BTreeMap<String, String>, question: &str, told: Told<String>) {
    match told {
        Told::Nothing => None,
        Told::Unknown => fields.insert(format!("{question}.nw"), "1".to_owned()),
        Told::Value(text) => fields.insert(question.to_owned(), text),
    };
}

impl<T> Told<T> {
    pub(crate) fn value(&self) -> Option<&T> {
        match self {
            Told::Value(value) => Some(value),
            _ => None,
        }
    }

    fn text(&self, print: impl Fn(&T) -> String) -> Told<String> {
        match self {
            Told::Nothing => Told::Nothing,
            Told::Unknown => Told::Unknown,
            Told::Value(value) => Told::Value(print(value)),
        }
    }
}

impl Medium {
    fn raw(&self, office: u8, place: usize) -> RawRow {
        let mut fields = BTreeMap::new();
        tell(&mut fields, "nazwa", self.nazwa.clone());
        if !self.rodzaje.is_empty() {
            fields.insert("rodzaje".to_owned(), self.rodzaje.join(" "));
        }
        if let Some(tenths) = self.zasieg {
            fields.insert("zasieg".to_owned(), format!("{},{}", tenths / 10, tenths % 10));
        }
        RawRow { id: format!("r{office:03}x{place:03}"), fields }
    }
}

impl Office {
    /// Whether the questions behind the gate are asked.
    pub(crate) fn asked(&self) -> bool {
        self.media_czy == Told::Value(true)
    }

    pub(crate) fn evaluation(&self, questionnaire: &Questionnaire) -> Evaluation {
        let mut raw = Raw::default();
        let yes_no = |yes: &bool| if *yes { "tak".to_owned() } else { "nie".to_owned() };
        tell(&mut raw.fields, "media_czy", self.media_czy.text(yes_no));
        tell(&mut raw.fields, "artykuly", self.artykuly.text(u16::to_string));
        if let Some(text) = &self.potrzeby {
            raw.fields.insert("potrzeby".to_owned(), text.clone());
        }
        let rows = self.media.iter().enumerate().map(|(place, medium)| medium.raw(self.number, place));
        raw.repeats.insert("medium".to_owned(), rows.collect());
        let (typed, problems) = form::read(&questionnaire.model, &raw);
        assert!(problems.is_empty(), "{problems:?}");
        form::evaluate(&questionnaire.model, &typed, &Context::on("2025-02-01".parse().expect("a date")))
    }

    pub(crate) fn counted<'a>(&self, form: &'a Questionnaire, evaluation: &'a Evaluation) -> Counted<'a> {
        Counted {
            response: Uuid::from_u128(u128::from(self.number)),
            unit: UnitKey { sort: vec![self.number], name: format!("Gmina {}", self.number) },
            stratum: Stratum::from([("powiat".to_owned(), self.powiat.to_owned())]),
            model: &form.model,
            evaluation,
        }
    }

    pub(crate) fn contribution(&self, form: &Questionnaire) -> Contribution {
        contribute(&form.plan, &self.counted(form, &self.evaluation(form)))
    }
}
