//! The document of measures inside a frozen state: stored as JSON, read back with the exact numbers of the figures.

use std::collections::BTreeMap;
use std::sync::Arc;

use form::number::Rational;
use form::plan::{Base, Function};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::FrozenState;
use tally::{Figure as Counted, Frequency, Reading};

use crate::service::Refused;
use crate::service::coding::tables::CodeTable;
use crate::service::figures::Figures;
use crate::service::measures::{FormCounts, FormReading, Measures, SYNTHETIC_NOTICE, StateMark};

/// The document of this moment as a state keeps it. Answers in people's own words stay out: they are no numbers, and a
/// state is kept for ever.
pub(super) fn stored(measures: &Measures) -> String {
    let mut kept = measures.clone();
    for found in &mut kept.measures {
        if let Counted::Texts(texts) = &mut found.reading.value {
            texts.clear();
        }
    }
    kept.as_of.frozen = true;
    let codes = &measures.codes;
    serde_json::to_string(&Kept { measures: &kept, codes }).expect("a document of texts and finite numbers")
}

/// The document with the tables of codes, which the measures' own document leaves out.
#[derive(Serialize)]
struct Kept<'a> {
    #[serde(flatten)]
    measures: &'a Measures,
    codes: &'a [CodeTable],
}

#[derive(Deserialize)]
struct Stored {
    forms: BTreeMap<String, FormCounts>,
    measures: Vec<StoredReading>,
    #[serde(default)]
    codes: Vec<CodeTable>,
}

#[derive(Deserialize)]
struct StoredReading {
    form: String,
    name: String,
    label: String,
    #[serde(rename = "fn")]
    function: String,
    value: Value,
    numerator: Option<u64>,
    denominator: Option<u64>,
    base: Option<u64>,
    base_kind: Option<String>,
    share_text: Option<String>,
    answered: Option<u64>,
    missing: Option<u64>,
    dont_know: Option<u64>,
    not_relevant: Option<u64>,
    rows: Vec<String>,
    caveat: Option<String>,
}

/// The measures of a state.
///
/// # Errors
/// [`Refused::Unreadable`] for a document of a program that wrote it otherwise.
pub(super) fn read(state: &FrozenState, figures: &Figures) -> Result<Measures, Refused> {
    let unreadable = |cause: String| Refused::Unreadable { what: "frozen state", cause };
    let stored: Stored = serde_json::from_str(&state.measures).map_err(|e| unreadable(e.to_string()))?;
    let readings = stored.measures.into_iter().map(|stored| reading(stored, figures).map_err(unreadable));
    Ok(Measures {
        edition: figures.edition.clone(),
        as_of: figures.as_of,
        state: Some(mark(state)),
        synthetic: figures.synthetic,
        notice: figures.synthetic.then_some(SYNTHETIC_NOTICE),
        forms: stored.forms,
        smallest_base: 0,
        smallest_group: 0,
        is_published: false,
        measures: readings.collect::<Result<_, _>>()?,
        codes: stored.codes,
    })
}

/// What an export says about the state that it was made from.
pub(super) fn mark(state: &FrozenState) -> StateMark {
    StateMark {
        name: state.name.clone(),
        kind: state.kind,
        label: state.label.clone(),
        hash: state.hash.clone(),
        at: state.created_at,
        program: state.program.clone(),
    }
}

fn reading(stored: StoredReading, figures: &Figures) -> Result<FormReading, String> {
    let key = format!("{}.{}", stored.form, stored.name);
    let exact = |key: &str| figures.figures.get(key).and_then(|figure| figure.value.clone());
    let function = Function::parse(&stored.function).ok_or_else(|| stored.function.clone())?;
    let base_kind = stored.base_kind.as_deref().and_then(Base::parse);
    let value = value(&stored.value, function, exact(&key))?;
    let parts = stored.numerator.zip(stored.base).filter(|(part, whole)| *whole > 0 && part <= whole);
    let share = parts.filter(|_| value != Counted::Nothing);
    let share = share.map(|(part, whole)| Rational::new(part.into(), whole.into()));
    Ok(FormReading {
        form: stored.form,
        reading: Reading {
            value,
            name: stored.name,
            label: stored.label,
            function,
            numerator: stored.numerator,
            denominator: stored.denominator,
            base: stored.base,
            base_kind,
            share,
            entries: exact(&format!("{key}.entries"))
                .and_then(|entries| entries.to_integer().try_into().ok()),
            share_text: stored.share_text,
            answered: stored.answered,
            missing: stored.missing,
            dont_know: stored.dont_know,
            not_relevant: stored.not_relevant,
            rows: stored.rows,
            caveat: stored.caveat,
            unreadable: None,
            zero: None,
        },
        notes: figures
            .figures
            .get(&key)
            .into_iter()
            .flat_map(|figure| &figure.flags)
            .map(|flag| (*flag, String::new()))
            .collect(),
        may_leave: true,
    })
}

fn value(stored: &Value, function: Function, exact: Option<Rational>) -> Result<Counted, String> {
    match (stored, function, exact) {
        (_, Function::List, _) => Ok(Counted::Texts(Vec::<Arc<str>>::new())),
        (Value::Array(choices), _, _) => {
            { choices.iter().map(frequency).collect::<Option<_>>().map(Counted::Frequencies) }
                .ok_or_else(|| stored.to_string())
        }
        (_, _, Some(exact)) => Ok(Counted::Number(exact)),
        (Value::Null, _, None) => Ok(Counted::Nothing),
        (other, _, None) => Err(format!("{other} is not among the figures")),
    }
}

fn frequency(choice: &Value) -> Option<Frequency> {
    Some(Frequency {
        code: choice.get("code")?.as_str()?.to_owned(),
        label: choice.get("label")?.as_str()?.to_owned(),
        count: choice.get("count")?.as_u64()?,
    })
}
