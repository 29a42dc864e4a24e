//! Measures as files: the JSON document and the CSV table in two profiles.

use form::number::Rational;
use form::plan::{Base, Function};
use serde::Serialize;
use sheet::{Column, Decimal, Profile, Table, Value};
use tally::Figure;

use super::coding::files::{Counted, counted};
use super::measures::{FormReading, Measures};

/// The measures and the codes of open answers.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    measures: Measures,
    codes: Vec<Counted<'a>>,
}

/// The document that [`json`] writes. Of a base that is too small for a percentage it has the counts and no share.
pub fn document(measures: &Measures) -> impl Serialize {
    let mut told = measures.clone();
    for found in &mut told.measures {
        found.reading.share = found.reading.percentage(measures.smallest_base).cloned();
    }
    Document { measures: told, codes: counted(measures) }
}

/// The JSON document, one line, UTF-8.
///
/// # Panics
/// Never: the document has string keys and finite numbers only.
#[must_use]
pub fn json(measures: &Measures) -> Vec<u8> {
    let mut text = serde_json::to_vec(&document(measures)).expect("a document of texts and finite numbers");
    text.push(b'\n');
    text
}

/// One row per measure; a table of frequencies has one row per choice.
///
/// # Panics
/// Never: every row has as many cells as there are columns.
#[must_use]
pub fn csv(measures: &Measures, profile: Profile) -> Vec<u8> {
    sheet::write_csv(&table(measures, profile), profile).expect("rows as wide as the header")
}

/// The table that [`csv`] writes: with words for people in the profile for Excel, with codes as open data.
#[must_use]
pub fn table(measures: &Measures, profile: Profile) -> Table {
    let rows = measures.measures.iter().flat_map(|reading| rows(measures, reading, profile));
    Table { columns: columns(), rows: rows.collect() }
}

fn columns() -> Vec<Column> {
    [
        ("Edycja", "edycja"),
        ("Stan liczenia", "stan_liczenia"),
        ("Uwaga o danych", "uwaga_o_danych"),
        ("Ankieta", "ankieta"),
        ("Miernik", "miernik"),
        ("Opis", "opis"),
        ("Sposób liczenia", "sposob_liczenia"),
        ("Odpowiedź (kod)", "odpowiedz_kod"),
        ("Odpowiedź", "odpowiedz"),
        ("Wartość", "wartosc"),
        ("Licznik", "licznik"),
        ("Podstawa", "podstawa"),
        ("Rodzaj podstawy", "rodzaj_podstawy"),
        ("Udział", "udzial"),
        ("Z odpowiedzią", "z_odpowiedzia"),
        ("Brak odpowiedzi", "brak_odpowiedzi"),
        ("Nie wiem", "nie_wiem"),
        ("Nie dotyczy", "nie_dotyczy"),
        ("Wiersze raportu", "wiersze_raportu"),
        ("Zastrzeżenie", "zastrzezenie"),
        ("Zamrożony stan (SHA-256)", "zamrozony_stan"),
    ]
    .map(|(title, name)| Column::named(title, name))
    .into()
}

fn rows(measures: &Measures, reading: &FormReading, profile: Profile) -> Vec<Vec<Value>> {
    let row = |choice, value| row(measures, reading, profile, choice, value);
    match &reading.reading.value {
        Figure::Nothing => vec![row(None, Value::Empty)],
        Figure::Number(number) => vec![row(None, decimal(number))],
        Figure::Frequencies(choices) => choices
            .iter()
            .map(|choice| row(Some((&choice.code, &choice.label)), count(Some(choice.count))))
            .collect(),
        // Open texts never leave this way; how many there are does.
        Figure::Texts(texts) => vec![row(None, count(Some(texts.len() as u64)))],
    }
}

fn row(
    measures: &Measures,
    found: &FormReading,
    profile: Profile,
    choice: Option<(&str, &str)>,
    value: Value,
) -> Vec<Value> {
    let reading = &found.reading;
    let share = reading.percentage(measures.smallest_base).map_or(Value::Empty, decimal);
    vec![
        text(&measures.edition),
        Value::Integer(measures.as_of.seq),
        measures.notice.map_or(Value::Empty, text),
        text(&found.form),
        text(&reading.name),
        text(&reading.label),
        text(function_word(reading.function, profile)),
        choice.map_or(Value::Empty, |(code, _)| text(code)),
        choice.map_or(Value::Empty, |(_, label)| text(label)),
        value,
        count(reading.numerator),
        count(reading.denominator),
        reading.base_kind.map_or(Value::Empty, |base| text(base_word(base, profile))),
        share,
        count(reading.answered),
        count(reading.missing),
        count(reading.dont_know),
        count(reading.not_relevant),
        text(&reading.rows.join(" ")),
        reading.caveat.as_deref().map_or(Value::Empty, text),
        measures.state.as_ref().map_or(Value::Empty, |state| text(&state.hash)),
    ]
}

/// How a table names a function: by its code only where programs read it.
#[must_use]
pub fn function_word(function: Function, profile: Profile) -> &'static str {
    match profile {
        Profile::ExcelPl => function.polish(),
        Profile::OpenData => function.name(),
    }
}

/// The same for what a base counts.
#[must_use]
pub fn base_word(base: Base, profile: Profile) -> &'static str {
    match profile {
        Profile::ExcelPl => base.polish(),
        Profile::OpenData => base.name(),
    }
}

pub(super) fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// A cell that is empty where there are no words.
pub(super) fn maybe(words: Option<&str>) -> Value {
    words.filter(|words| !words.is_empty()).map_or(Value::Empty, text)
}

pub(super) fn count(number: Option<u64>) -> Value {
    number.and_then(|number| i64::try_from(number).ok()).map_or(Value::Empty, Value::Integer)
}

/// Half-up at six places as in the JSON document, without zeros at the end.
pub(super) fn decimal(number: &Rational) -> Value {
    Decimal::parse(&plain(number)).map_or(Value::Empty, Value::Decimal)
}

/// A number for reading by people and programs: half-up at six places, a decimal point, no zeros at the end.
#[must_use]
pub fn plain(number: &Rational) -> String {
    let text = form::number::half_up(number, 6);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}
