//! Why a number has to be read with care, in the words of its footnotes.

use std::collections::BTreeSet;

use form::Model;
use form::expr::Expr;
use form::model::{Comparable, Question};
use form::plan::{Function, Measure};
use form::polish;
use tally::{Figure, Reading};

use super::figures::Flag;

/// The flags of a measure with their footnotes.
pub(super) fn notes(model: &Model, measure: &Measure, reading: &Reading) -> Vec<(Flag, String)> {
    let mut notes = Vec::new();
    notes.extend(no_data(reading).map(|text| (Flag::NoData, text)));
    notes.extend(incomplete(measure, reading).map(|text| (Flag::Incomplete, text)));
    notes.extend(changed(model, measure).map(|text| (Flag::DefinitionChanged, text)));
    notes
}

fn no_data(reading: &Reading) -> Option<String> {
    match (&reading.value, reading.base) {
        (Figure::Nothing, _) => Some("Brak danych: nikt nie podał wartości.".into()),
        (_, Some(0)) => Some("Brak danych: w podstawie nie ma żadnej ankiety, więc nie ma odsetka.".into()),
        _ => None,
    }
}

/// Something that adds up lacks what was asked and not given; a share says so by its base.
fn incomplete(measure: &Measure, reading: &Reading) -> Option<String> {
    if !matches!(measure.function, Function::Sum | Function::Distinct) {
        return None;
    }
    let lacking = reading.missing.unwrap_or_default() + reading.dont_know.unwrap_or_default();
    let words = polish::plural_of(lacking, "ankiety, w której", "ankiet, w których", "ankiet, w których");
    (lacking > 0).then(|| {
        format!(
            "Liczba niepełna: nie obejmuje {} {words} pytanie zadano, a wartości nie podano.",
            polish::integer(lacking)
        )
    })
}

/// A question that it depends on is not, or only in part, comparable with the edition before.
fn changed(model: &Model, measure: &Measure) -> Option<String> {
    let mut notes: Vec<String> = Vec::new();
    for question in questions(model, measure) {
        let words = match question.comparable {
            Some(Comparable::No) => "nieporównywalne",
            Some(Comparable::Partial) => "częściowo porównywalne",
            _ => continue,
        };
        let why = question.change_note.as_deref().unwrap_or_default();
        notes.push(
            format!("pytanie {} jest {words} z poprzednią edycją. {why}", question.number)
                .trim_end()
                .to_owned(),
        );
    }
    (!notes.is_empty()).then(|| format!("Zmiana definicji: {}", notes.join(" ")))
}

/// The questions of a measure and those that its calculations are made of, in the order of the questionnaire.
pub(super) fn questions<'a>(model: &'a Model, measure: &Measure) -> Vec<&'a Question> {
    let parts = [&measure.of, &measure.filter];
    let mut waiting: Vec<String> =
        parts.into_iter().flatten().flat_map(Expr::references).map(str::to_owned).collect();
    let mut known = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        let Some(question) = model.question(&name) else { continue };
        if known.insert(name) {
            let calculation = question.calculation.iter().flat_map(Expr::references);
            waiting.extend(calculation.map(str::to_owned));
        }
    }
    model.questions().filter(|question| known.contains(&question.name)).collect()
}
