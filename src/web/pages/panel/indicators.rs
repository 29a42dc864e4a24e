//! `/panel/{programme}/{edition}/wskazniki`: all indicators, and one of them with its history.
use askama::Template;
use form::number::Rational;
use form::polish;
use store::ValueState;
use survey::programme::{Indicator, IndicatorVersion};
use tally::indicator::{Assessment, Kind, Mark, percent};

use crate::service::indicators::{Entry, IndicatorSheet, Indicators, words};
use crate::web::pages::layout::{Layout, Link};
use crate::web::pages::parts::Fact;

use super::picture::{Picture, Svg};

/// The list of indicators.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/indicators.html")]
pub struct IndicatorsPage {
    /// Surroundings.
    pub layout: Layout,
    /// The year.
    pub year: i32,
    /// How the programme words its rule.
    pub rule: Option<String>,
    /// The same in other formats.
    pub downloads: Vec<Link>,
    /// The indicators.
    pub rows: Vec<IndicatorRow>,
    /// Footnotes of the table, numbered from 1.
    pub notes: Vec<&'static str>,
}

/// One indicator of the list.
#[derive(Debug, Clone)]
pub struct IndicatorRow {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where its page is.
    pub href: String,
    /// Rule in a word.
    pub rule: &'static str,
    /// Base with its year.
    pub base: String,
    /// Target with its year.
    pub target: String,
    /// Number of the year.
    pub of_year: String,
    /// Numerator of the degree with its denominator: `502 z 1 036`; the sum alone where there is no degree.
    pub achieved: String,
    /// Degree.
    pub degree: String,
    /// Degree by the programme's rule, where the own rule is another one.
    pub by_default: Option<String>,
    /// How far it is to the target.
    pub distance: String,
    /// Numbers of its footnotes.
    pub marks: Vec<usize>,
    /// Warnings as sentences.
    pub warnings: Vec<String>,
}

impl IndicatorsPage {
    /// The page of all indicators; `address` is its own.
    pub fn new(layout: Layout, address: &str, indicators: &Indicators) -> IndicatorsPage {
        let mut notes: Vec<Mark> = Vec::new();
        let rows = indicators.indicators.iter().map(|sheet| row(sheet, address, &mut notes)).collect();
        let download = |file: &str, text: &str| Link {
            href: format!("{address}/pliki/{file}"),
            text: text.into(),
            current: false,
        };
        IndicatorsPage {
            layout,
            year: indicators.year,
            rule: indicators.rule.as_ref().map(|rule| rule.note.clone()),
            downloads: vec![
                download("wskazniki-excel.csv", "CSV dla polskiego Excela"),
                download("wskazniki.csv", "CSV jako otwarte dane"),
                download("wskazniki.json", "JSON z historią wartości"),
                download("wartosci.csv", "Wartości w postaci do ponownego wczytania (CSV)"),
            ],
            rows,
            notes: notes.into_iter().map(words::mark).collect(),
        }
    }
}

/// The numbers of the footnotes of marks; new ones are added to the list.
fn numbered(marks: impl IntoIterator<Item = Mark>, notes: &mut Vec<Mark>) -> Vec<usize> {
    let mut numbers = Vec::new();
    for mark in marks {
        let known = notes.iter().position(|note| *note == mark);
        let place = known.unwrap_or_else(|| {
            notes.push(mark);
            notes.len() - 1
        });
        numbers.push(place + 1);
    }
    numbers
}

fn row(sheet: &IndicatorSheet, address: &str, notes: &mut Vec<Mark>) -> IndicatorRow {
    let style = sheet.definition.style;
    let found = sheet.found.as_ref().ok();
    let shown = |number: Option<&Rational>, print: &dyn Fn(&Rational) -> String| {
        number.map_or_else(|| "–".to_owned(), print)
    };
    IndicatorRow {
        code: sheet.declared.code.clone(),
        name: sheet.declared.name.clone(),
        href: format!("{address}/{}", sheet.declared.code),
        rule: words::rule_word(sheet.definition.rule),
        base: words::base(sheet.version.base.as_ref(), style),
        target: words::target(sheet.version.target.as_ref(), style),
        of_year: found.map_or_else(|| "–".into(), |found| words::of_year(found, style)),
        achieved: found.map_or_else(|| "–".into(), |found| words::achieved(found, style)),
        degree: shown(found.and_then(|found| found.degree.as_ref()), &percent),
        by_default: found.and_then(|found| found.by_default.as_ref().map(percent)),
        distance: found.map_or_else(|| "–".into(), |found| words::distance(found, style)),
        marks: numbered(found.iter().flat_map(|found| found.marks.iter().copied()), notes),
        warnings: warnings(sheet),
    }
}

fn warnings(sheet: &IndicatorSheet) -> Vec<String> {
    match &sheet.found {
        Ok(found) => found.warnings.iter().map(|one| words::warning(one, sheet.definition.style)).collect(),
        Err(troubles) => troubles.iter().map(words::trouble).collect(),
    }
}

/// One indicator.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/indicator.html")]
pub struct IndicatorPage {
    /// Surroundings.
    pub layout: Layout,
    /// Token against forms from elsewhere.
    pub csrf: String,
    /// Number of the newest entry that the page shows.
    pub rev: i32,
    /// Where the form goes.
    pub action: String,
    /// The way back to the list.
    pub back: String,
    /// Name of the indicator.
    pub name: String,
    /// The year.
    pub year: i32,
    /// What comes out.
    pub results: Vec<Fact>,
    /// Footnotes about the results.
    pub notes: Vec<&'static str>,
    /// The computation.
    pub steps: Vec<String>,
    /// Traps, or why nothing can be computed.
    pub warnings: Vec<String>,
    /// Base and target in plain words.
    pub in_short: String,
    /// The line against the plan.
    pub picture: Option<Picture>,
    /// Values that hold, with the running sum.
    pub series: Vec<SeriesRow>,
    /// Everything ever entered, the newest first.
    pub history: Vec<HistoryRow>,
    /// What is declared.
    pub declared: Vec<Fact>,
    /// Declarations by validity.
    pub versions: Vec<VersionRow>,
    /// Parts that a value can be entered for: code and name.
    pub parts: Vec<(String, String)>,
    /// Measures that can be bound.
    pub offers: Vec<OfferRow>,
    /// Values that can be taken away: what the form sends, and in words.
    pub current: Vec<(String, String)>,
    /// What a value looks like.
    pub example: &'static str,
}

/// A value that holds.
#[derive(Debug, Clone)]
pub struct SeriesRow {
    /// Years.
    pub years: String,
    /// Its number, with its parts where it has some.
    pub number: String,
    /// The running sum, or how it compares with the year before.
    pub position: String,
    /// What the declared path says; empty without one.
    pub planned: String,
}

/// An entry of the history.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// Its number.
    pub no: i32,
    /// Years.
    pub years: String,
    /// Part; empty for the whole.
    pub part: String,
    /// What it says.
    pub number: String,
    /// Where it comes from.
    pub source: String,
    /// Note and reason.
    pub remarks: Vec<String>,
    /// Who.
    pub author: String,
    /// When.
    pub at: String,
    /// Whether it holds.
    pub state: &'static str,
}

/// A declaration.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// Years in which it holds.
    pub years: String,
    /// Base, target, rule in words.
    pub what: String,
    /// What brought it about.
    pub resolution: String,
}

/// A measure that can be bound, or bound again.
#[derive(Debug, Clone)]
pub struct OfferRow {
    /// Years.
    pub years: String,
    /// Code of the part.
    pub part: String,
    /// Name of the part.
    pub name: String,
    /// The measure.
    pub measure: String,
    /// What it says now.
    pub number: String,
    /// What it said when it was bound; none when it is not bound yet.
    pub before: Option<String>,
}

impl IndicatorPage {
    /// The page of one indicator; `address` is that of the list.
    pub fn new(
        layout: Layout,
        address: &str,
        csrf: String,
        sheet: &IndicatorSheet,
        year: i32,
    ) -> IndicatorPage {
        let found = sheet.found.as_ref().ok();
        IndicatorPage {
            layout,
            csrf,
            rev: sheet.rev,
            action: format!("{address}/{}", sheet.declared.code),
            back: address.to_owned(),
            name: sheet.declared.name.clone(),
            year,
            results: found.map_or_else(Vec::new, |found| results(sheet, found, year)),
            notes: found.iter().flat_map(|found| &found.marks).map(|mark| words::mark(*mark)).collect(),
            steps: found.map_or_else(Vec::new, |found| found.steps.clone()),
            warnings: warnings(sheet),
            in_short: words::base_and_target(&sheet.version, sheet.definition.style),
            picture: picture(sheet),
            series: found.map_or_else(Vec::new, |found| series(sheet, found)),
            history: sheet.history.iter().rev().map(|entry| history_row(sheet, entry)).collect(),
            declared: declared(sheet),
            versions: sheet.declared.versions.iter().map(|version| version_row(sheet, version)).collect(),
            parts: parts(&sheet.version),
            offers: offers(sheet, year),
            current: current(sheet),
            example: example(sheet.definition.kind),
        }
    }
}

fn fact(term: impl Into<String>, value: impl Into<String>) -> Fact {
    Fact { term: term.into(), value: value.into() }
}

fn results(sheet: &IndicatorSheet, found: &Assessment, year: i32) -> Vec<Fact> {
    let style = sheet.definition.style;
    let mut facts = vec![fact(format!("Wartość za {year} r."), words::of_year(found, style))];
    let mut add = |term: &str, value: Option<String>| facts.extend(value.map(|value| fact(term, value)));
    add("Narastająco", found.cumulative.as_ref().map(|sum| sheet.print(sum)));
    add("Osiągnięto", Some(words::achieved(found, style)).filter(|_| found.achieved.is_some()));
    add("Stopień realizacji", found.degree.as_ref().map(percent));
    add("Stopień według zasady Programu", found.by_default.as_ref().map(percent));
    add("Cel", Some(words::distance(found, style)).filter(|words| words != "–"));
    add("Plan", Some(words::plan(sheet, found, year)));
    facts
}

/// The line against the plan and the target.
fn picture(sheet: &IndicatorSheet) -> Option<Picture> {
    let series = sheet.picture()?;
    let words = format!("{}: {}", sheet.declared.code, sheet.series_words());
    let caption = match series.plan {
        Some(_) => format!("{words}. Te same liczby są w tabeli."),
        None => {
            format!("{words}. Planu nie zadeklarowano, więc nie ma jego linii. Te same liczby są w tabeli.")
        }
    };
    Some(Picture { caption, svg: Svg::series(&series) })
}

fn series(sheet: &IndicatorSheet, found: &Assessment) -> Vec<SeriesRow> {
    let style = sheet.definition.style;
    let adds = sheet.definition.kind.adds_up();
    let row = |point: &tally::indicator::Point| {
        let value = sheet.values.iter().find(|value| value.span == point.span);
        let parts: Vec<String> = value
            .iter()
            .flat_map(|value| &value.parts)
            .filter(|part| !part.name.is_empty())
            .map(|part| {
                let number = part.number.as_ref().map_or_else(|| "b.d.".into(), |number| style.print(number));
                format!("{} {number}", part.name)
            })
            .collect();
        let number = point.number.as_ref().map_or_else(|| "b.d.".into(), |number| style.print(number));
        let change = found.changes.iter().find(|change| Some(change.year) == point.span.year());
        let position = match (adds, change) {
            (true, _) => match sheet.reached_by(point) {
                (sum, Some(with_base)) => format!("{sum} (z bazą {with_base})"),
                (sum, None) => sum,
            },
            (false, Some(change)) => {
                let sign = if change.change > Rational::from_integer(0.into()) { "+" } else { "" };
                format!("{sign}{}", style.print_difference(&change.change))
            }
            (false, None) => "–".into(),
        };
        SeriesRow {
            years: point.span.to_string(),
            number: if parts.is_empty() { number } else { format!("{number} = {}", parts.join(" + ")) },
            position,
            planned: planned(sheet, found, point.span.to()),
        }
    };
    found.points.iter().map(row).collect()
}

/// What the path says of the end of a year.
fn planned(sheet: &IndicatorSheet, found: &Assessment, year: i32) -> String {
    found.planned_by(year).map_or_else(String::new, |number| sheet.print(&number))
}

fn history_row(sheet: &IndicatorSheet, entry: &Entry) -> HistoryRow {
    let row = &entry.row;
    let style = sheet.definition.style;
    let mut remarks: Vec<String> = Vec::new();
    if row.incomplete {
        remarks.push("niekompletna".into());
    }
    if row.redefined {
        remarks.push("inna definicja".into());
    }
    remarks.extend(row.note.clone());
    remarks.extend(row.reason.as_ref().map(|reason| format!("powód: {reason}")));
    HistoryRow {
        no: row.no,
        years: entry.span.to_string(),
        part: entry.name.clone(),
        number: words::entered(entry, style),
        source: words::source(entry, style),
        remarks,
        author: words::author(entry),
        at: polish::date_short(row.created_at.to_utc().date_naive()),
        state: match (entry.current, row.state) {
            (true, _) => "obowiązuje",
            (false, ValueState::Withdrawn) => "wycofanie",
            (false, ValueState::Entered) => "zastąpiona",
        },
    }
}

fn declared(sheet: &IndicatorSheet) -> Vec<Fact> {
    let style = sheet.definition.style;
    let version = &sheet.version;
    let mut facts = vec![
        fact("Jednostka miary", sheet.declared.unit.clone()),
        fact("Rodzaj", kind_words(&sheet.declared)),
        fact("Zasada", words::rule(sheet.definition.rule)),
        fact("Wartość bazowa", base_words(version, sheet)),
        fact("Cel", words::target(version.target.as_ref(), style)),
        fact("Planowana ścieżka", words::declared_plan(version)),
    ];
    facts.extend(version.next_survey.map(|year| fact("Następne badanie", format!("{year} r."))));
    facts.extend(version.note.as_ref().map(|note| fact("Uwaga", note.clone())));
    facts
}

fn base_words(version: &IndicatorVersion, sheet: &IndicatorSheet) -> String {
    let base = words::base(version.base.as_ref(), sheet.definition.style);
    match version.base.as_ref().and_then(|base| base.note.as_ref()) {
        Some(note) => format!("{base}: {note}"),
        None => base,
    }
}

fn kind_words(indicator: &Indicator) -> &'static str {
    use survey::programme::Kind;
    match indicator.kind {
        Kind::Sum => "suma: wartości kolejnych lat się dodają",
        Kind::Distinct => "suma podmiotów, które mogą się powtarzać w kolejnych latach",
        Kind::Level => "stan na koniec roku",
        Kind::Share => "udział: część całości",
        Kind::Deliverable => "produkt: jest (1) albo go nie ma (0)",
        Kind::Duration => "czas trwania",
    }
}

fn version_row(sheet: &IndicatorSheet, version: &IndicatorVersion) -> VersionRow {
    let style = sheet.definition.style;
    VersionRow {
        years: match version.to {
            Some(to) => format!("{}–{to}", version.from),
            None => format!("od {}", version.from),
        },
        what: format!("{}; plan: {}", words::base_and_target(version, style), words::declared_plan(version)),
        resolution: words::resolution(version).unwrap_or_else(|| "–".into()),
    }
}

/// The whole and every part; numbers that are only compared come last.
fn parts(version: &IndicatorVersion) -> Vec<(String, String)> {
    let whole = (String::new(), "całość".to_owned());
    let parts = version.parts.iter().map(|part| (part.code.clone(), part.name.clone()));
    let beside = version
        .beside
        .iter()
        .filter(|beside| !matches!(beside.source, survey::programme::ValueSource::Measure(_)));
    let beside = beside.map(|beside| (beside.code.clone(), format!("do porównania: {}", beside.name)));
    [whole].into_iter().chain(parts).chain(beside).collect()
}

fn offers(sheet: &IndicatorSheet, year: i32) -> Vec<OfferRow> {
    let shown = |number: &Option<Rational>| {
        number.as_ref().map_or_else(|| "b.d.".to_owned(), |number| sheet.print(number))
    };
    let new = sheet.offers.iter().map(|offer| OfferRow {
        years: year.to_string(),
        part: offer.part.clone(),
        name: offer.name.clone(),
        measure: offer.measure.to_string(),
        number: shown(&offer.number),
        before: None,
    });
    let changed = sheet.history.iter().filter(|entry| entry.current && entry.bound.is_some());
    let again = changed.map(|entry| OfferRow {
        years: entry.span.key(),
        part: entry.row.part.clone(),
        name: entry.name.clone(),
        measure: entry.row.measure.clone().unwrap_or_default(),
        number: shown(&entry.number),
        before: Some(shown(&entry.bound)),
    });
    new.chain(again).collect()
}

fn current(sheet: &IndicatorSheet) -> Vec<(String, String)> {
    let entries = sheet.history.iter().filter(|entry| entry.current);
    entries
        .map(|entry| {
            let key = format!("{} {}", entry.span.key(), entry.row.part).trim_end().to_owned();
            let name = if entry.name.is_empty() { "całość" } else { &entry.name };
            let number = words::entered(entry, sheet.definition.style);
            (key, format!("{}, {name}: {number}", entry.span))
        })
        .collect()
}

const fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Share => "68/74, 91,9% albo b.d.",
        Kind::Deliverable => "1, 0 albo b.d.",
        Kind::Sum | Kind::Distinct | Kind::Level | Kind::Duration => "238 albo b.d.",
    }
}
