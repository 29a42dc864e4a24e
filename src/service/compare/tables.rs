//! A comparison as files: the JSON document and the CSV table in two profiles.

use form::diff::{Cut, Missing};
use form::model::Comparable;
use form::number::Rational;
use sheet::{Column, Decimal, Profile, Table, Value};

use super::{Comparison, Inside, Point, Series, View};
use crate::service::known_totals::Given;
use crate::service::measure_tables::{base_word, count, function_word, plain, text};

/// The JSON document, one line, UTF-8.
///
/// # Panics
/// Never: the document has string keys and finite numbers only.
#[must_use]
pub fn json(comparison: &Comparison) -> Vec<u8> {
    let mut text = serde_json::to_vec(comparison).expect("a document of texts and finite numbers");
    text.push(b'\n');
    text
}

/// One row per number and edition.
///
/// # Panics
/// Never: every row has as many cells as there are columns.
#[must_use]
pub fn csv(comparison: &Comparison, profile: Profile) -> Vec<u8> {
    let rows = comparison.series.iter().flat_map(|series| {
        let answered = series.points.iter().map(move |point| row(comparison, series, point, profile));
        answered.chain(series.known.iter().map(move |given| given_row(comparison, series, given, profile)))
    });
    let table = Table { columns: columns(), rows: rows.collect() };
    sheet::write_csv(&table, profile).expect("rows as wide as the header")
}

fn columns() -> Vec<Column> {
    [
        ("Widok", "widok"),
        ("Uwaga o danych", "uwaga_o_danych"),
        ("Ankieta", "ankieta"),
        ("Miernik", "miernik"),
        ("Opis", "opis"),
        ("Sposób liczenia", "sposob_liczenia"),
        ("Odpowiedź (kod)", "odpowiedz_kod"),
        ("Odpowiedź", "odpowiedz"),
        ("Edycja", "edycja"),
        ("Miernik w tej edycji", "miernik_edycji"),
        ("Złożone ankiety", "zlozone"),
        ("Zaproszone jednostki", "zaproszone"),
        ("Wartość", "wartosc"),
        ("Licznik", "licznik"),
        ("Podstawa", "podstawa"),
        ("Rodzaj podstawy", "rodzaj_podstawy"),
        ("Udział", "udzial"),
        ("Zmiana od poprzedniej edycji", "zmiana"),
        ("Zmiana względna", "zmiana_wzgledna"),
        ("Zmiana udziału w punktach procentowych", "zmiana_udzialu_pp"),
        ("Znak", "znak"),
        ("Uwaga", "uwaga"),
    ]
    .map(|(title, name)| Column::named(title, name))
    .into()
}

fn row(comparison: &Comparison, series: &Series, point: &Point, profile: Profile) -> Vec<Value> {
    let edition = comparison.editions.iter().find(|edition| edition.edition == point.edition);
    let counts = edition.and_then(|edition| edition.forms.get(&series.form));
    let change = point.change.as_ref();
    vec![
        text(view_word(comparison.view)),
        comparison.notice.map_or(Value::Empty, text),
        text(&series.form),
        text(&series.name),
        text(&series.label),
        text(function_word(series.function, profile)),
        series.choice.as_ref().map_or(Value::Empty, |choice| text(&choice.code)),
        series.choice.as_ref().map_or(Value::Empty, |choice| text(&choice.label)),
        text(&point.edition),
        point.measure.as_deref().map_or(Value::Empty, text),
        count(counts.map(|counts| counts.submitted)),
        count(counts.map(|counts| counts.invited)),
        decimal(point.value.as_ref()),
        count(point.numerator),
        count(point.base),
        series.base_kind.map_or(Value::Empty, |base| text(base_word(base, profile))),
        decimal(point.share.as_ref()),
        decimal(change.map(|change| &change.absolute)),
        decimal(change.and_then(|change| change.relative.as_ref())),
        decimal(change.and_then(|change| change.points.as_ref())),
        point.cut.as_ref().map_or(Value::Empty, |_| text("M")),
        note(point).map_or(Value::Empty, |note| text(&note)),
    ]
}

/// A number that was given with its source: no response stands behind it.
fn given_row(comparison: &Comparison, series: &Series, given: &Given, profile: Profile) -> Vec<Value> {
    let point = Point { edition: given.years(), value: given.value.clone(), ..Point::default() };
    let mut row = row(comparison, series, &point, profile);
    let places = row.len();
    row[places - 2] = text("podana");
    let value = if given.value.is_none() { "b.d.; " } else { "" };
    row[places - 1] = text(&format!("{value}{}", given.source()));
    row
}

/// The view in a table for programs.
fn view_word(view: View) -> &'static str {
    match view {
        View::All => "wszystkie",
        View::SameUnits => "te-same",
    }
}

/// Why a number of the panel is not outside; a footnote there.
#[must_use]
pub fn inside_words(inside: Inside, view: View, smallest_group: u64) -> String {
    let why = match (inside, view) {
        (Inside::Few, View::All) => format!("mniej niż {smallest_group} urzędów"),
        (Inside::Few, View::SameUnits) => {
            format!("mniej niż {smallest_group} urzędów w tej grupie albo w tym, co zostaje po jej odjęciu")
        }
        (Inside::Unpublished, _) => "pytanie nie jest przeznaczone do publikacji".to_owned(),
    };
    format!("{OUTSIDE}: {why}")
}

/// What is said of a number that only the panel shows.
pub const OUTSIDE: &str = "poza panelem ukryte";

/// Why a number is left out of what leaves the panel.
const HIDDEN: &str = "Liczby nie podaje się: dotyczy zbyt małej grupy jednostek albo pozwala ją wyliczyć.";

/// What is to be said about a point.
fn note(point: &Point) -> Option<String> {
    let hidden = point.hidden.then(|| HIDDEN.to_owned());
    hidden.or_else(|| point.missing.as_ref().map(missing_words)).or_else(|| point.cut.as_ref().map(cut_words))
}

/// Why an edition has no number.
#[must_use]
pub fn missing_words(missing: &Missing) -> String {
    match missing {
        Missing::NotAsked(Some(since)) => format!("Pytanie zadawane od {since} r."),
        Missing::NotAsked(None) => "W tej edycji nie było takiej odpowiedzi.".into(),
        Missing::Different => "W tej edycji liczono to inaczej, więc nie ma czego porównać.".into(),
        Missing::NotCounted => "W tej edycji tego nie liczono.".into(),
    }
}

/// Why a line breaks.
#[must_use]
pub fn cut_words(cut: &Cut) -> String {
    let how = match cut.comparable {
        Comparable::No => "Nieporównywalne z poprzednią edycją.",
        _ => "Porównywalne tylko częściowo.",
    };
    format!("{how} {}", cut.notes.join(" "))
}

fn decimal(number: Option<&Rational>) -> Value {
    number.and_then(|number| Decimal::parse(&plain(number)).ok()).map_or(Value::Empty, Value::Decimal)
}
