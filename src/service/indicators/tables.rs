//! Indicators as files: one JSON document with everything a recount needs, and a CSV table in two profiles.

use form::number::Rational;
use serde_json::{Map, Value as Json, json};
use sheet::{Column, Decimal, Profile, Table, Value};
use store::{ValueSource, ValueState};
use survey::programme::{Amount, IndicatorVersion, PlanOf};
use tally::indicator::{Assessment, Mark, OfYear, percent};

use super::{Entry, IndicatorSheet, Indicators, words};
use crate::service::measure_tables::{maybe, plain, text};
use crate::service::measures::SYNTHETIC_NOTICE;

/// The JSON document, one line, UTF-8. Numbers are exact fractions as texts: `251/518`.
///
/// # Panics
/// Never: the document has texts as keys.
#[must_use]
pub fn json(indicators: &Indicators) -> Vec<u8> {
    let mut document = json!({
        "edition": indicators.edition,
        "year": indicators.year,
        "as_of": indicators.as_of,
        "synthetic": indicators.synthetic,
        "rule": indicators.rule,
        "indicators": indicators.indicators.iter().map(sheet).collect::<Vec<_>>(),
    });
    if indicators.synthetic {
        document["notice"] = json!(SYNTHETIC_NOTICE);
    }
    let mut text = serde_json::to_vec(&document).expect("a document of texts and whole numbers");
    text.push(b'\n');
    text
}

fn sheet(sheet: &IndicatorSheet) -> Json {
    let mut found = Map::new();
    let declared = &sheet.declared;
    found.insert("code".into(), json!(declared.code));
    found.insert("goal".into(), json!(declared.goal));
    found.insert("name".into(), json!(declared.name));
    found.insert("unit".into(), json!(declared.unit));
    found.insert("kind".into(), json!(declared.kind));
    found.insert("places".into(), json!(declared.places));
    found.insert("declaration".into(), declaration(&sheet.version));
    found.insert("values".into(), sheet.history.iter().map(entry).collect());
    let (result, troubles) = match &sheet.found {
        Ok(assessed) => (result(sheet, assessed), Vec::new()),
        Err(troubles) => (Json::Null, troubles.iter().map(words::trouble).collect()),
    };
    found.insert("result".into(), result);
    found.insert("troubles".into(), json!(troubles));
    Json::Object(found)
}

fn declaration(version: &IndicatorVersion) -> Json {
    let base = version.base.as_ref().map(|base| {
        json!({ "value": amount(&base.value), "text": base.value, "year": base.year, "note": base.note })
    });
    let target = version.target.as_ref().map(|target| {
        let readings = target.readings.iter();
        let readings: Vec<Json> = readings
            .map(|reading| json!({ "value": amount(&reading.value), "meaning": reading.meaning }))
            .collect();
        json!({
            "value": target.value.as_ref().and_then(amount),
            "text": target.text,
            "year": target.year,
            "readings": readings,
        })
    });
    let plan = version.plan.as_ref().map(|plan| match plan {
        PlanOf::Named(name) => json!(name),
        PlanOf::Points(points) => {
            points.iter().map(|point| json!({ "year": point.year, "value": amount(&point.value) })).collect()
        }
    });
    json!({
        "from": version.from,
        "to": version.to,
        "rule": version.rule,
        "comparison": version.comparison,
        "base": base,
        "target": target,
        "since": version.since,
        "redefined": version.redefined,
        "next_survey": version.next_survey,
        "plan": plan,
        "parts": version.parts,
        "source": version.source,
        "beside": version.beside,
        "resolution": version.resolution,
        "note": version.note,
    })
}

fn amount(amount: &Amount) -> Option<String> {
    amount.number().map(ToString::to_string)
}

fn exact(number: &Option<Rational>) -> Option<String> {
    number.as_ref().map(ToString::to_string)
}

/// Who entered it stays in the panel: names of people never leave with the numbers.
fn entry(entry: &Entry) -> Json {
    let row = &entry.row;
    json!({
        "no": row.no,
        "from": row.year_from,
        "to": row.year_to,
        "part": row.part,
        "state": row.state,
        "current": entry.current,
        "number": exact(&entry.number),
        "source": row.source,
        "measure": row.measure,
        "edition": entry.edition,
        "bound": row.number.as_ref().filter(|_| row.source == ValueSource::Measure),
        "document": row.document,
        "page": row.page,
        "accessed": row.accessed_on,
        "file": row.file,
        "incomplete": row.incomplete,
        "redefined": row.redefined,
        "note": row.note,
        "reason": row.reason,
        "at": row.created_at.to_string(),
    })
}

fn result(sheet: &IndicatorSheet, found: &Assessment) -> Json {
    let (state, of_year) = match &found.of_year {
        OfYear::Number(number) => ("number", Some(number.to_string())),
        OfYear::NoData => ("no_data", None),
        OfYear::NotEntered => ("not_entered", None),
        OfYear::NotMeasured => ("not_measured", None),
    };
    let changes: Vec<Json> = found
        .changes
        .iter()
        .map(|one| {
            let change = one.change.to_string();
            json!({ "year": one.year, "change": change, "degree": exact(&one.degree), "met": one.met })
        })
        .collect();
    let warnings: Vec<Json> = found
        .warnings
        .iter()
        .map(|one| json!({ "code": one.code(), "text": words::warning(one, sheet.definition.style) }))
        .collect();
    json!({
        "state": state,
        "of_year": of_year,
        "cumulative": exact(&found.cumulative),
        "achieved": exact(&found.achieved),
        "needed": exact(&found.needed),
        "degree": exact(&found.degree),
        "degree_text": found.degree.as_ref().map(percent),
        "by_default": exact(&found.by_default),
        "by_default_text": found.by_default.as_ref().map(percent),
        "distance": exact(&found.distance),
        "met": found.met,
        "planned": exact(&found.planned),
        "changes": changes,
        "steps": found.steps,
        "flags": found.marks.iter().map(|mark| flag(*mark)).collect::<Vec<_>>(),
        "warnings": warnings,
    })
}

const fn flag(mark: Mark) -> &'static str {
    match mark {
        Mark::Incomplete => "incomplete",
        Mark::DefinitionChanged => "definition_changed",
        Mark::NoData => "no_data",
    }
}

/// One row per indicator.
///
/// # Panics
/// Never: every row has as many cells as there are columns.
#[must_use]
pub fn csv(indicators: &Indicators, profile: Profile) -> Vec<u8> {
    let rows = indicators.indicators.iter().map(|sheet| row(indicators, sheet)).collect();
    sheet::write_csv(&Table { columns: columns(), rows }, profile).expect("rows as wide as the header")
}

fn columns() -> Vec<Column> {
    [
        ("Edycja", "edycja"),
        ("Rok", "rok"),
        ("Uwaga o danych", "uwaga_o_danych"),
        ("Cel szczegółowy", "cel_szczegolowy"),
        ("Wskaźnik", "wskaznik"),
        ("Nazwa", "nazwa"),
        ("Jednostka miary", "jednostka_miary"),
        ("Zasada", "zasada"),
        ("Wartość bazowa", "wartosc_bazowa"),
        ("Rok wartości bazowej", "rok_wartosci_bazowej"),
        ("Cel", "cel"),
        ("Treść celu", "tresc_celu"),
        ("Rok celu", "rok_celu"),
        ("Wartość za rok", "wartosc_za_rok"),
        ("Narastająco", "narastajaco"),
        ("Do osiągnięcia", "do_osiagniecia"),
        ("Stopień realizacji", "stopien_realizacji"),
        ("Stopień drukowany", "stopien_drukowany"),
        ("Stopień według zasady Programu", "stopien_wedlug_zasady_programu"),
        ("Pozostaje do celu", "pozostaje_do_celu"),
        ("Cel osiągnięty", "cel_osiagniety"),
        ("Oznaczenia", "oznaczenia"),
        ("Ostrzeżenia", "ostrzezenia"),
    ]
    .map(|(title, name)| Column::named(title, name))
    .into()
}

fn row(indicators: &Indicators, sheet: &IndicatorSheet) -> Vec<Value> {
    let (declared, version) = (&sheet.declared, &sheet.version);
    let (base, target) = (version.base.as_ref(), version.target.as_ref());
    let found = sheet.found.as_ref().ok();
    let part = |of: fn(&Assessment) -> &Option<Rational>| decimal(found.and_then(|found| of(found).as_ref()));
    let of_year = found.and_then(|found| match &found.of_year {
        OfYear::Number(number) => Some(number),
        _ => None,
    });
    let warnings = match &sheet.found {
        Ok(found) => {
            found.warnings.iter().map(|one| words::warning(one, sheet.definition.style)).collect::<Vec<_>>()
        }
        Err(troubles) => troubles.iter().map(words::trouble).collect(),
    };
    let met = found.and_then(|found| found.met).map(|met| if met { "tak" } else { "nie" });
    let marks = found.map(|found| found.marks.iter().map(|mark| flag(*mark)).collect::<Vec<_>>().join(" "));
    vec![
        text(&indicators.edition),
        Value::Integer(indicators.year.into()),
        if indicators.synthetic { text(SYNTHETIC_NOTICE) } else { Value::Empty },
        Value::Integer(declared.goal.into()),
        text(&declared.code),
        text(&declared.name),
        text(&declared.unit),
        text(words::rule_word(sheet.definition.rule)),
        decimal(base.and_then(|base| base.value.number())),
        year(base.and_then(|base| base.year)),
        decimal(target.and_then(|target| target.value.as_ref()?.number())),
        maybe(target.and_then(|target| target.text.as_deref())),
        year(target.and_then(|target| target.year)),
        decimal(of_year),
        part(|found| &found.cumulative),
        part(|found| &found.needed),
        part(|found| &found.degree),
        maybe(found.and_then(|found| found.degree.as_ref().map(percent)).as_deref()),
        part(|found| &found.by_default),
        part(|found| &found.distance),
        maybe(met),
        maybe(marks.as_deref()),
        maybe(Some(warnings.join(" ").as_str())),
    ]
}

fn year(year: Option<i32>) -> Value {
    year.map_or(Value::Empty, |year| Value::Integer(year.into()))
}

/// Half-up at six places, without zeros at the end.
fn decimal(number: Option<&Rational>) -> Value {
    number.and_then(|number| Decimal::parse(&plain(number)).ok()).map_or(Value::Empty, Value::Decimal)
}

/// The values that hold, in the columns that an import reads.
///
/// # Panics
/// Never: every row has as many cells as there are columns.
#[must_use]
pub fn values_csv(indicators: &Indicators, profile: Profile) -> Vec<u8> {
    let current = indicators.indicators.iter().flat_map(|sheet| {
        let manual = |entry: &&Entry| entry.current && entry.row.source != ValueSource::Measure;
        sheet.history.iter().filter(manual).map(value_row)
    });
    let columns = super::import::COLUMNS.map(|name| Column::named(name, name)).into();
    sheet::write_csv(&Table { columns, rows: current.collect() }, profile)
        .expect("rows as wide as the header")
}

fn value_row(entry: &Entry) -> Vec<Value> {
    let row = &entry.row;
    debug_assert!(row.state == ValueState::Entered, "a withdrawn value does not hold");
    vec![
        text(&row.code),
        text(&entry.span.key()),
        maybe(Some(&row.part)),
        text(&typed(row.number.as_deref())),
        maybe(row.document.as_deref()),
        maybe(row.page.as_deref()),
        row.accessed_on.map_or(Value::Empty, Value::Date),
        if row.incomplete { text("tak") } else { Value::Empty },
        maybe(row.note.as_deref()),
        maybe(row.reason.as_deref()),
    ]
}

/// A stored number as people type it.
fn typed(number: Option<&str>) -> String {
    number.map_or_else(|| Amount::NO_DATA.to_owned(), |number| number.replace('.', ","))
}
