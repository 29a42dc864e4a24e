//! Counts of codes as files: a part of the JSON document of measures, and a table.

use form::number::Rational;
use form::{CodeKind, polish};
use serde::Serialize;
use sheet::{Column, Profile, Table, Value};
use tally::{CodeReading, json_number};

use super::super::measure_tables::{count, decimal, text};
use super::super::measures::Measures;
use super::tables::CodeTable;

/// The codes of one question in the JSON document.
#[derive(Serialize)]
pub(in crate::service) struct Counted<'a> {
    form: &'a str,
    question: &'a str,
    label: &'a str,
    frame: &'a str,
    responses: u64,
    answered: u64,
    coded: u64,
    off_topic: u64,
    illegible: u64,
    smallest_base: u64,
    codes: Vec<Code<'a>>,
    themes: Vec<Code<'a>>,
}

/// A code or a theme, which has neither kind nor themes.
#[derive(Serialize)]
struct Code<'a> {
    code: &'a str,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<CodeKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    themes: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retired: Option<bool>,
    count: u64,
    #[serde(serialize_with = "json_number")]
    of_answered: Option<Rational>,
    #[serde(serialize_with = "json_number")]
    of_all: Option<Rational>,
}

/// The codes of every coded question, in the order of questionnaires and questions.
pub(in crate::service) fn counted(measures: &Measures) -> Vec<Counted<'_>> {
    measures.codes.iter().map(|table| of_question(table, measures.smallest_base)).collect()
}

fn of_question(table: &CodeTable, smallest_base: u64) -> Counted<'_> {
    let reading = &table.reading;
    let of = |code, label, count| {
        let [of_answered, of_all] = shares(reading, (count, CodeKind::default()), smallest_base);
        Code { code, label, kind: None, themes: None, retired: None, count, of_answered, of_all }
    };
    let codes = reading.codes.iter().map(|code| Code {
        kind: Some(code.kind),
        themes: Some(&code.themes),
        retired: Some(code.retired),
        of_answered: shares(reading, (code.count, code.kind), smallest_base)[0].clone(),
        ..of(&code.code, &code.label, code.count)
    });
    Counted {
        form: &table.form,
        question: &reading.question,
        label: &reading.label,
        frame: &reading.frame,
        responses: reading.responses,
        answered: reading.answered,
        coded: reading.coded,
        off_topic: reading.off_topic,
        illegible: reading.illegible,
        smallest_base,
        codes: codes.collect(),
        themes: reading.themes.iter().map(|theme| of(&theme.code, &theme.label, theme.count)).collect(),
    }
}

/// A count as a part of the responses whose answer says something and of all; none where they are so few that a percent
/// would only look exact, nor of what says nothing as a part of what does.
fn shares(
    reading: &CodeReading,
    (count, kind): (u64, CodeKind),
    smallest_base: u64,
) -> [Option<Rational>; 2] {
    let saying = reading.saying() >= smallest_base && !kind.says_nothing();
    [
        reading.of_saying(count).filter(|_| saying),
        reading.of_all(count).filter(|_| reading.responses >= smallest_base),
    ]
}

/// The table in a profile.
///
/// # Panics
/// Never: every row has as many cells as there are columns.
#[must_use]
pub fn csv(measures: &Measures, profile: Profile) -> Vec<u8> {
    sheet::write_csv(&table(measures), profile).expect("rows as wide as the header")
}

/// A row per code and per theme of every coded question, with the bases beside.
#[must_use]
pub fn table(measures: &Measures) -> Table {
    let columns = [
        ("Edycja", "edycja"),
        ("Stan liczenia", "stan_liczenia"),
        ("Uwaga o danych", "uwaga_o_danych"),
        ("Ankieta", "ankieta"),
        ("Pytanie", "pytanie"),
        ("Opis", "opis"),
        ("Klucz kodowy", "klucz"),
        ("Rodzaj", "rodzaj"),
        ("Kod", "kod"),
        ("Kategoria", "kategoria"),
        ("Tematy", "tematy"),
        ("Liczba jednostek", "liczba_jednostek"),
        ("Z odpowiedzią", "z_odpowiedzia"),
        ("Z odpowiedzią, która ma kod", "z_kodem"),
        ("Złożone ankiety", "zlozone"),
        ("Udział wśród odpowiedzi na temat", "udzial_odpowiadajacych"),
        ("Udział wśród wszystkich", "udzial_wszystkich"),
        ("Zamrożony stan (SHA-256)", "zamrozony_stan"),
    ];
    Table {
        columns: columns.map(|(title, name)| Column::named(title, name)).into(),
        rows: measures.codes.iter().flat_map(|table| rows(measures, table)).collect(),
    }
}

fn rows(measures: &Measures, table: &CodeTable) -> Vec<Vec<Value>> {
    let reading = &table.reading;
    let codes = reading.codes.iter().map(|code| {
        let words = (word(code.kind), code.code.as_str(), code.label.as_str(), code.themes.join(" "));
        row(measures, table, words, (code.count, code.kind))
    });
    let themes = reading.themes.iter().map(|theme| {
        row(
            measures,
            table,
            ("temat", &theme.code, &theme.label, String::new()),
            (theme.count, CodeKind::default()),
        )
    });
    codes.chain(themes).collect()
}

fn row(
    measures: &Measures,
    table: &CodeTable,
    (kind, code, label, themes): (&str, &str, &str, String),
    number: (u64, CodeKind),
) -> Vec<Value> {
    let reading = &table.reading;
    let maybe = |words: &str| if words.is_empty() { Value::Empty } else { text(words) };
    let [of_answered, of_all] = shares(reading, number, measures.smallest_base);
    vec![
        text(&measures.edition),
        Value::Integer(measures.as_of.seq),
        measures.notice.map_or(Value::Empty, text),
        text(&table.form),
        text(&reading.question),
        text(&reading.label),
        text(&reading.frame),
        text(kind),
        text(code),
        text(label),
        maybe(&themes),
        count(Some(number.0)),
        count(Some(reading.answered)),
        count(Some(reading.coded)),
        count(Some(reading.responses)),
        of_answered.as_ref().map_or(Value::Empty, decimal),
        of_all.as_ref().map_or(Value::Empty, decimal),
        measures.state.as_ref().map_or(Value::Empty, |state| text(&state.hash)),
    ]
}

fn word(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Topic => "kod",
        CodeKind::Other => "kod: inne",
        CodeKind::OffTopic => "kod: nie na temat",
        CodeKind::Illegible => "kod: nieczytelne",
    }
}

/// One line per coded question, for reading: the bases, then each code with its count.
pub fn lines(measures: &Measures) -> impl Iterator<Item = String> {
    measures.codes.iter().map(|table| {
        let reading = &table.reading;
        let given = reading.codes.iter().filter(|code| code.count > 0);
        let codes: Vec<String> =
            given.map(|code| format!("{} {}", code.code, polish::integer(code.count))).collect();
        let codes = if codes.is_empty() { "–".to_owned() } else { codes.join(", ") };
        format!("{:<4} {:<32} {codes}  kody; {}", table.form, reading.question, table.base_words())
    })
}
