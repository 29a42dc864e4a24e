//! `/panel/{programme}/{edition}/liczby`: the numbers of an edition by row of the report.
use askama::Template;
use form::plan::Base;
use tally::{Figure, Reading};

use crate::service::figures::share_words;
use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::report_row::ReportRow;
use super::table::Table;

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
    /// Smallest base of which a percentage is printed.
    pub smallest_base: u64,
    /// Rows of the report, in order.
    pub parts: Vec<ReportPart>,
}

/// One row of the report.
#[derive(Debug, Clone)]
pub struct ReportPart {
    /// The row.
    pub row: ReportRow,
    /// Sentences with their numbers filled in.
    pub sentences: Vec<String>,
    /// Parts with their wholes, one line each.
    pub reconciled: Vec<String>,
    /// The measures of the row.
    pub numbers: Vec<NumberRow>,
    /// Tables of codes.
    pub codes: Vec<Table>,
    /// Footnotes of the table, by their numbers.
    pub footnotes: Vec<Footnote>,
}

/// A footnote of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// Counts from 1 in each table.
    pub mark: usize,
    /// What it says.
    pub text: String,
}

impl ReportPart {
    /// A part without numbers yet.
    pub fn new(row: &str, title: &str, sentences: Vec<String>, reconciled: Vec<String>) -> ReportPart {
        ReportPart {
            row: ReportRow::new(row, title),
            sentences,
            reconciled,
            numbers: Vec::new(),
            codes: Vec::new(),
            footnotes: Vec::new(),
        }
    }

    /// Adds a measure with what is to be said of it; the same words have one footnote in a table.
    pub fn put(&mut self, mut number: NumberRow, notes: &[&str]) {
        for note in notes {
            let known = self.footnotes.iter().find(|footnote| footnote.text == *note).map(|one| one.mark);
            let mark = known.unwrap_or(self.footnotes.len() + 1);
            if known.is_none() {
                self.footnotes.push(Footnote { mark, text: (*note).to_owned() });
            }
            number.marks.push(mark);
        }
        self.numbers.push(number);
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
    /// How many answered of how many asked: `35 z 40, 88%`.
    pub coverage: String,
    /// Marks of its footnotes.
    pub marks: Vec<usize>,
    /// Where its definition and the answers behind it are.
    pub href: String,
}

impl NumberRow {
    /// Puts a reading into words. A share of a smaller base than `smallest_base` is not printed as a percentage.
    pub fn new(form: &str, reading: &Reading, smallest_base: u64) -> NumberRow {
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
            share: share_words(reading, smallest_base).unwrap_or_else(|| "–".into()),
            statuses: statuses.map(count),
            coverage: String::new(),
            marks: Vec::new(),
            href: String::new(),
        }
    }
}

fn count(number: Option<u64>) -> String {
    number.map_or_else(|| "–".into(), form::polish::integer)
}

/// How many answered of how many asked: `35 z 40, 88%`; of fewer than `smallest_base` only the counts.
pub fn coverage(answered: u64, asked: u64, smallest_base: u64) -> String {
    let turnout = tally::Turnout { name: String::new(), asked, answered };
    turnout.words(smallest_base, |rate| format!(", {rate}"))
}

/// What a base is called beside its number.
pub fn base_words(base: Base) -> &'static str {
    base.polish()
}

/// A value as it is printed; for frequencies and lists how many there are.
pub fn value_words(figure: &Figure) -> String {
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
