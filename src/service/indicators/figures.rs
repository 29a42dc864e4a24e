//! Indicators under the keys that documents are bound to.

use std::collections::BTreeSet;

use form::number::Rational;
use tally::indicator::{Mark, percent};

use super::{IndicatorSheet, Indicators};
use crate::service::figures::{Figure, Flag};

/// `wskaznik.{code}.{years}` for every value that counts; `.razem` (the sum of years), `.do_osiagniecia`,
/// `.stopien` (the degree), `.stopien_programu` (by the programme's rule, where it is another one), `.pozostaje`.
pub(in crate::service) fn figures(indicators: &Indicators) -> Vec<(String, Figure)> {
    indicators.indicators.iter().flat_map(|sheet| of_sheet(sheet, indicators.year)).collect()
}

fn of_sheet(sheet: &IndicatorSheet, year: i32) -> Vec<(String, Figure)> {
    let code = &sheet.declared.code;
    let label = |what: &str| format!("Wskaźnik {code}: {}, {what}", sheet.declared.name);
    let key = |what: &str| format!("wskaznik.{code}.{what}");
    let mut found = Vec::new();
    for value in sheet.values.iter().filter(|value| value.span.to() <= year) {
        let text = |number: &Rational| sheet.print(number);
        let figure = figure(label(&value.span.to_string()), value.number(), text, &value.marks());
        found.push((key(&value.span.key()), figure));
    }
    let Ok(assessed) = &sheet.found else { return found };
    let number = |number: &Rational| sheet.print(number);
    let difference = |number: &Rational| sheet.definition.style.print_difference(number);
    let mut put = |what: &str, words: &str, value: &Option<Rational>, print: &dyn Fn(&Rational) -> String| {
        if value.is_some() || matches!(what, "razem" | "stopien") {
            found.push((key(what), figure(label(words), value.clone(), print, &assessed.marks)));
        }
    };
    put("razem", "narastająco", &assessed.cumulative, &number);
    put("do_osiagniecia", "do osiągnięcia", &assessed.needed, &difference);
    put("stopien", "stopień realizacji", &assessed.degree, &percent);
    put("stopien_programu", "stopień realizacji według zasady Programu", &assessed.by_default, &percent);
    put("pozostaje", "pozostaje do celu", &assessed.distance, &difference);
    found
}

fn figure(
    label: String,
    value: Option<Rational>,
    print: impl Fn(&Rational) -> String,
    marks: &BTreeSet<Mark>,
) -> Figure {
    let text = match (&value, marks.contains(&Mark::NoData)) {
        (Some(number), _) => print(number),
        (None, true) => "b.d.".to_owned(),
        (None, false) => "–".to_owned(),
    };
    Figure { label, value, text, flags: marks.iter().copied().map(flag).collect() }
}

const fn flag(mark: Mark) -> Flag {
    match mark {
        Mark::Incomplete => Flag::Incomplete,
        Mark::DefinitionChanged => Flag::DefinitionChanged,
        Mark::NoData => Flag::NoData,
    }
}
