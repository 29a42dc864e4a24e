//! `/panel/{programme}/{edition}/porownanie`: the numbers of an edition beside those of earlier ones.
use askama::Template;
use form::number::Rational;
use form::polish;

use super::report_row::ReportRow;
use super::spark::Spark;
use super::table::Table;
use crate::service::compare::{
    Compared, Comparison, Point, Series, Since, cut_words, inside_words, missing_words,
};
use crate::service::known_totals::Given;
use crate::service::measure_tables::plain;
use crate::web::pages::layout::{Layout, Link};

/// The page of a comparison.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/years.html")]
pub struct YearsPage {
    /// Surroundings.
    pub layout: Layout,
    /// Whose answers are compared, in a sentence.
    pub view: &'static str,
    /// The other view and the choice of editions.
    pub views: Vec<Link>,
    /// Which editions can be compared.
    pub editions: Vec<Link>,
    /// How many answered in each edition.
    pub coverage: Table,
    /// The same numbers in other formats.
    pub downloads: Vec<Link>,
    /// Rows of the report, in order.
    pub parts: Vec<YearsPart>,
    /// Questions that are asked no more.
    pub retired: Table,
    /// Where numbers of earlier years are given.
    pub known: String,
    /// Whether there is no edition to compare with.
    pub alone: bool,
    /// Of a smaller number no change in percent is told.
    pub smallest_base: u64,
}

/// One row of the report.
#[derive(Debug, Clone)]
pub struct YearsPart {
    /// The row.
    pub row: ReportRow,
    /// Headers of the columns of numbers, the oldest edition first.
    pub editions: Vec<String>,
    /// Numbers.
    pub lines: Vec<YearLine>,
    /// Footnotes, counted from 1.
    pub notes: Vec<String>,
}

impl YearsPart {
    /// A row of the report with its series of a comparison; `charts` is the beginning of the addresses of their charts.
    pub fn new(
        (row, title): (&str, &str),
        comparison: &Comparison,
        series: &[&Series],
        charts: &str,
    ) -> YearsPart {
        let slug = |edition: &Compared| edition.edition.split('/').next_back().unwrap_or_default().to_owned();
        let mut part = YearsPart {
            row: ReportRow::new(row, title),
            editions: comparison.editions.iter().map(slug).collect(),
            lines: Vec::new(),
            notes: Vec::new(),
        };
        for one in series {
            let line = YearLine::new(one, comparison, &mut part.notes, charts);
            part.lines.push(line);
        }
        part
    }

    /// A series as a chart of its own, with a break drawn as a break.
    pub fn chart(series: &Series) -> String {
        let title = match &series.choice {
            Some(choice) => format!("{}: {}", series.label, choice.label),
            None => series.label.clone(),
        };
        let points = series.points.iter().map(|point| sheet::chart::Point {
            label: point.edition.split('/').next_back().unwrap_or_default().to_owned(),
            value: point.value.as_ref().and_then(|value| plain(value).parse().ok()),
            text: point.value.as_ref().map_or_else(|| "–".into(), number),
            breaks: point.cut.is_some(),
        });
        let chart = sheet::chart::Series {
            description: super::spark::words(&title, &series.points),
            name: title.clone(),
            title,
            shape: sheet::chart::Shape::Line,
            points: points.collect(),
            plan: None,
            target: None,
            break_text: "zmiana definicji (M)".into(),
        };
        chart.draw()
    }

    fn note_id(&self, place: &usize) -> String {
        format!("u-{}-{place}", self.row.id())
    }
}

/// One number through the editions.
#[derive(Debug, Clone)]
pub struct YearLine {
    /// What it says.
    pub label: String,
    /// One line of a table of frequencies: which answer.
    pub choice: Option<String>,
    /// Which questionnaire it comes from.
    pub form: String,
    /// One number per edition.
    pub values: Vec<YearValue>,
    /// The change since the edition before the newest.
    pub change: String,
    /// The same in percent, or in percentage points of a share.
    pub relative: String,
    /// The footnote of a change that only the panel shows.
    pub change_note: Option<usize>,
    /// The line; none where there are no two numbers.
    pub spark: Option<Spark>,
    /// Where the same line stands as a whole chart.
    pub chart: String,
    /// Numbers of other years that were given with their source.
    pub known: Vec<String>,
}

/// One number of one edition.
#[derive(Debug, Clone)]
pub struct YearValue {
    /// The number, or a dash.
    pub text: String,
    /// Share and base in brackets.
    pub base: String,
    /// Whether the line breaks before this edition.
    pub broken: bool,
    /// The footnotes.
    pub notes: Vec<usize>,
}

impl YearLine {
    fn new(series: &Series, comparison: &Comparison, notes: &mut Vec<String>, charts: &str) -> YearLine {
        let inside = |point: &Point| {
            let told = |inside| inside_words(inside, comparison.view, comparison.rules.smallest_group);
            point.inside.filter(|_| point.value.is_some()).map(told)
        };
        let values: Vec<YearValue> =
            series.points.iter().map(|point| value(point, inside(point), notes)).collect();
        let change = series.points.last().and_then(|point| point.change.as_ref());
        let hidden = series.points.iter().rev().take(2).find_map(inside).filter(|_| change.is_some());
        let broken = series.points.last().is_some_and(|point| point.cut.is_some());
        let what = series.choice.as_ref().map_or(&series.label, |choice| &choice.label);
        YearLine {
            label: series.label.clone(),
            choice: series.choice.as_ref().map(|choice| choice.label.clone()),
            form: series.form.clone(),
            values,
            change: change_words(change, broken),
            relative: relative_words(change),
            change_note: hidden.map(|words| noted(words, notes)),
            spark: Spark::new(what, &series.points),
            chart: chart_address(series, charts),
            known: series.known.iter().map(known_words).collect(),
        }
    }
}

fn chart_address(series: &Series, charts: &str) -> String {
    let code = series.choice.as_ref().map(|choice| format!("&k={}", choice.code.replace(' ', "+")));
    format!("{charts}m={}.{}{}", series.form, series.name, code.unwrap_or_default())
}

/// The number of a footnote; the same words stand once.
fn noted(words: String, notes: &mut Vec<String>) -> usize {
    let known = notes.iter().position(|note| *note == words);
    known.unwrap_or_else(|| {
        notes.push(words);
        notes.len() - 1
    }) + 1
}

fn value(point: &Point, inside: Option<String>, notes: &mut Vec<String>) -> YearValue {
    let words = point.missing.as_ref().map(missing_words).or_else(|| point.cut.as_ref().map(cut_words));
    let own = words.into_iter().chain(inside).map(|words| noted(words, notes)).collect();
    let base = match (&point.share_text, point.base) {
        (Some(share), Some(base)) => format!("{share}; n\u{a0}=\u{a0}{}", polish::integer(base)),
        _ => String::new(),
    };
    YearValue {
        text: point.value.as_ref().map_or_else(|| "–".into(), number),
        base,
        broken: point.cut.is_some(),
        notes: own,
    }
}

fn known_words(given: &Given) -> String {
    let value = given.value.as_ref().map_or_else(|| "b.d.".into(), number);
    format!("{}: {value} – liczba podana ({})", given.years(), given.source())
}

/// A number as it is printed: whole ones without decimals, others with two.
pub(super) fn number(value: &Rational) -> String {
    if value.is_integer() { polish::integer(value.to_integer()) } else { polish::decimal(value, 2) }
}

/// A change with its sign; "M" where the definition changed.
fn change_words(change: Option<&Since>, broken: bool) -> String {
    let Some(change) = change else { return if broken { "M" } else { "–" }.into() };
    let words = signed(&change.absolute, number);
    if broken { format!("{words} (M)") } else { words }
}

fn relative_words(change: Option<&Since>) -> String {
    let Some(change) = change else { return "–".into() };
    let percent = change.relative.as_ref().map(|part| signed(part, |part| polish::percent(part, 0)));
    let points = change
        .points
        .as_ref()
        .map(|points| format!("{} p.\u{a0}proc.", signed(points, |p| polish::decimal(p, 1))));
    let words: Vec<String> = percent.into_iter().chain(points).collect();
    if words.is_empty() { "–".into() } else { words.join("; ") }
}

fn signed(value: &Rational, print: impl Fn(&Rational) -> String) -> String {
    let zero = Rational::from_integer(0.into());
    match value.cmp(&zero) {
        std::cmp::Ordering::Greater => format!("+{}", print(value)),
        std::cmp::Ordering::Less => format!("−{}", print(&-value)),
        std::cmp::Ordering::Equal => print(value),
    }
}
