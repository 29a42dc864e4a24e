//! `/panel/{programme}/{edition}/liczby`: the numbers of an edition by row of the report.
use askama::Template;
use form::plan::Base;
use tally::{Figure, Reading};

use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

/// The page of the numbers.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/numbers.html")]
pub struct NumbersPage {
    /// Surroundings.
    pub layout: Layout,
    /// Invited, submitted, state of counting.
    pub facts: Vec<Fact>,
    /// The same numbers in other formats.
    pub downloads: Vec<Link>,
    /// Rows of the report, in order.
    pub parts: Vec<ReportPart>,
}

/// One row of the report.
#[derive(Debug, Clone)]
pub struct ReportPart {
    /// Number of the row, such as `1.3`; empty for measures that feed none.
    pub row: String,
    /// What the row is about.
    pub title: String,
    /// Sentences with their numbers filled in.
    pub sentences: Vec<String>,
    /// The measures of the row.
    pub numbers: Vec<NumberRow>,
}

impl ReportPart {
    /// Id of the heading, which the list of rows leads to.
    fn anchor(&self) -> String {
        let row = if self.row.is_empty() { "pozostale" } else { &self.row };
        format!("w-{row}")
    }

    fn heading(&self) -> String {
        match (self.row.is_empty(), self.title.is_empty()) {
            (true, _) => "Pozostałe liczby".into(),
            (false, true) => format!("Wiersz {}", self.row),
            (false, false) => format!("Wiersz {}. {}", self.row, self.title),
        }
    }
}

/// One measure in words. A dash stands where a figure has no meaning.
#[derive(Debug, Clone)]
pub struct NumberRow {
    /// Name of the measure.
    pub name: String,
    /// Which questionnaire it comes from.
    pub form: String,
    /// What it says.
    pub label: String,
    /// The value; for frequencies and lists the number of lines.
    pub value: String,
    /// Lines of a frequency table or of a list of answers.
    pub lines: Vec<String>,
    /// Responses behind the value.
    pub numerator: String,
    /// Responses in the base.
    pub base: String,
    /// Which responses the base is.
    pub base_name: &'static str,
    /// The share.
    pub share: String,
    /// Responses with a value, without an answer, with "don't know", not asked.
    pub statuses: [String; 4],
    /// A footnote.
    pub caveat: Option<String>,
}

impl NumberRow {
    /// Puts a reading into words.
    pub fn new(form: &str, reading: &Reading) -> NumberRow {
        let statuses = [reading.answered, reading.missing, reading.dont_know, reading.not_relevant];
        NumberRow {
            name: reading.name.clone(),
            form: form.into(),
            label: reading.label.clone(),
            value: value_words(&reading.value),
            lines: lines(&reading.value),
            numerator: count(reading.numerator),
            base: count(reading.base),
            base_name: reading.base_kind.map_or("", base_words),
            share: reading.share_text.clone().unwrap_or_else(|| "–".into()),
            statuses: statuses.map(count),
            caveat: reading.caveat.clone(),
        }
    }
}

fn count(number: Option<u64>) -> String {
    number.map_or_else(|| "–".into(), form::polish::integer)
}

/// What a base is called beside its number.
fn base_words(base: Base) -> &'static str {
    match base {
        Base::All => "wszystkie złożone ankiety",
        Base::Relevant => "ankiety, w których zadano pytanie",
        Base::Answered => "ankiety z odpowiedzią",
        Base::Sent => "zaproszenia niewycofane",
    }
}

fn value_words(figure: &Figure) -> String {
    match figure {
        Figure::Nothing => "–".into(),
        Figure::Number(value) if value.is_integer() => form::polish::integer(value.to_integer()),
        Figure::Number(value) => form::polish::decimal(value, 2),
        Figure::Frequencies(frequencies) => count(Some(frequencies.iter().map(|one| one.count).sum())),
        Figure::Texts(texts) => count(Some(texts.len() as u64)),
    }
}

fn lines(figure: &Figure) -> Vec<String> {
    match figure {
        Figure::Nothing | Figure::Number(_) => Vec::new(),
        Figure::Frequencies(frequencies) => {
            frequencies.iter().map(|one| format!("{}: {}", one.label, one.count)).collect()
        }
        Figure::Texts(texts) => texts.iter().map(|text| text.to_string()).collect(),
    }
}
