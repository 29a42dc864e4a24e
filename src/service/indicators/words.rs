//! Indicators in Polish: rules, warnings, footnotes. The one place of these sentences.

use std::cmp::Ordering;

use form::number::Rational;
use form::polish;
use store::{ValueSource, ValueState};
use survey::programme::{BaseOf, IndicatorVersion, PlanOf, TargetOf};
use tally::indicator::{Assessment, Mark, OfYear, Rule, Span, Style, Trouble, Warning, percent};

use super::{Entry, IndicatorSheet};

/// What a rule is called, with its formula.
#[must_use]
pub const fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Net => "netto: osiągnięto / (cel − baza)",
        Rule::Gross => "brutto: (baza + osiągnięto) / cel",
        Rule::ZeroBase => "bez bazy: osiągnięto / cel",
        Rule::YearOnYear => "rok do roku: wzrost wobec poprzedniego roku / cel",
        Rule::Threshold => "próg: wartość roku wobec celu",
        Rule::Survey => "badanie co 5 lat",
        Rule::None => "bez stopnia realizacji",
    }
}

/// The same in one word, for narrow columns.
#[must_use]
pub const fn rule_word(rule: Rule) -> &'static str {
    match rule {
        Rule::Net => "netto",
        Rule::Gross => "brutto",
        Rule::ZeroBase => "bez bazy",
        Rule::YearOnYear => "rok do roku",
        Rule::Threshold => "próg",
        Rule::Survey => "badanie",
        Rule::None => "brak",
    }
}

/// A footnote about a number.
#[must_use]
pub const fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Incomplete => "Dane mogą być niekompletne (k).",
        Mark::DefinitionChanged => "Zmieniła się definicja: lata nie są w pełni porównywalne (M).",
        Mark::NoData => "Dla części lat albo dla wartości bazowej nie ma danych (b.d.).",
    }
}

/// The number of the year, or why there is none.
#[must_use]
pub fn of_year(found: &Assessment, style: Style) -> String {
    match &found.of_year {
        OfYear::Number(number) => style.print(number),
        OfYear::NoData => "b.d.".into(),
        OfYear::NotEntered => "nie wpisano".into(),
        OfYear::NotMeasured => "nie mierzono".into(),
    }
}

/// Numerator and denominator as the report prints them: `502 z 1 036`; the sum alone where there is no degree.
#[must_use]
pub fn achieved(found: &Assessment, style: Style) -> String {
    match (&found.achieved, &found.needed, &found.cumulative) {
        (Some(achieved), Some(needed), _) => {
            format!("{} z {}", style.print_difference(achieved), style.print_difference(needed))
        }
        (_, _, Some(sum)) => style.print(sum),
        _ => "–".into(),
    }
}

/// `54 (2020 r.)`, `b.d.`, `–`
#[must_use]
pub fn base(base: Option<&BaseOf>, style: Style) -> String {
    let Some(base) = base else { return "–".into() };
    let number = base.value.number().map_or_else(|| "b.d.".into(), |number| style.print(number));
    with_year(number, base.year)
}

/// `1 090`, `wzrost o 10%`, `771 (2030 r.)`
#[must_use]
pub fn target(target: Option<&TargetOf>, style: Style) -> String {
    let Some(target) = target else { return "–".into() };
    with_year(target_words(target, style), target.year)
}

/// What is declared in plain words: `wartość bazowa 2021: 0; cel 2025: 40`.
#[must_use]
pub fn base_and_target(version: &IndicatorVersion, style: Style) -> String {
    let of = |what: &str, year: Option<i32>| match year {
        Some(year) => format!("{what} {year}"),
        None => what.to_owned(),
    };
    let base = version.base.as_ref().map(|one| {
        let number = one.value.number().map_or_else(|| "b.d.".into(), |number| style.print(number));
        format!("{}: {number}", of("wartość bazowa", one.year))
    });
    let target =
        version.target.as_ref().map(|one| format!("{}: {}", of("cel", one.year), target_words(one, style)));
    let base = base.unwrap_or_else(|| "bez wartości bazowej".into());
    format!("{base}; {}", target.unwrap_or_else(|| "bez celu".into()))
}

fn target_words(target: &TargetOf, style: Style) -> String {
    let number = target.value.as_ref().and_then(|value| value.number()).map(|number| style.print(number));
    target.text.clone().or(number).unwrap_or_else(|| "–".into())
}

fn with_year(words: String, year: Option<i32>) -> String {
    match year {
        Some(year) => format!("{words} ({year} r.)"),
        None => words,
    }
}

/// How far it is to the target: `brakuje 534`, `o 2 powyżej celu`, `cel osiągnięty`.
#[must_use]
pub fn distance(found: &Assessment, style: Style) -> String {
    let (Some(distance), Some(met)) = (&found.distance, found.met) else { return "–".into() };
    let (side, amount) = apart(distance);
    let amount = style.print_difference(&amount);
    match (met, side) {
        (_, Ordering::Equal) => "cel osiągnięty dokładnie".into(),
        (true, Ordering::Greater) => format!("cel osiągnięty ({amount} mniej)"),
        (true, Ordering::Less) => format!("o {amount} powyżej celu"),
        (false, _) => format!("brakuje {amount}"),
    }
}

/// On which side of zero a number lies, and how far from it.
fn apart(number: &Rational) -> (Ordering, Rational) {
    let side = number.cmp(&Rational::from_integer(0.into()));
    (side, if side == Ordering::Less { -number } else { number.clone() })
}

/// The declared path against what was achieved; says so where none is declared.
#[must_use]
pub fn plan(sheet: &IndicatorSheet, found: &Assessment, year: i32) -> String {
    if sheet.version.plan.is_none() {
        return "brak planu: Program nie podaje wartości pośrednich".into();
    }
    let achieved = found.points.iter().rev().find_map(|point| point.position.as_ref());
    let (Some(planned), Some(achieved)) = (&found.planned, achieved) else {
        return format!("plan nie obejmuje {year} r. albo nie ma wartości");
    };
    let (side, gap) = apart(&(achieved - planned));
    let against = match side {
        Ordering::Greater => format!("o {} powyżej planu", sheet.print(&gap)),
        Ordering::Less => format!("o {} poniżej planu", sheet.print(&gap)),
        Ordering::Equal => "zgodnie z planem".into(),
    };
    format!(
        "na koniec {year} r. planowano {}, osiągnięto {}: {against}",
        sheet.print(planned),
        sheet.print(achieved)
    )
}

/// A warning as a sentence.
#[must_use]
pub fn warning(warning: &Warning, style: Style) -> String {
    let shown = |degree: &Option<Rational>| degree.as_ref().map_or_else(|| "–".to_owned(), percent);
    match warning {
        Warning::OtherRule { rule: own, default, degree, by_default } => format!(
            "Zasada inna niż zasada Programu: stopień {} policzono {}, a według zasady Programu ({}) wynosi {}.",
            shown(degree),
            rule_word(*own),
            rule_word(*default),
            shown(by_default)
        ),
        Warning::MissedYear { year, change, target } => format!(
            "W {year} r. celu nie osiągnięto: zmiana wobec poprzedniego roku wyniosła {}, a miała wynieść {}.",
            style.print_difference(change),
            style.print_difference(target)
        ),
        Warning::NoDataAsZero { spans, base } => no_data(spans, *base),
        Warning::MissingYears { years } => {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            format!("Nie wpisano żadnej wartości za: {}. Suma może być za mała.", years.join(", "))
        }
        Warning::OnlyIncreases { span, counted, cumulative, balance } => format!(
            "Liczone są tylko wzrosty: za {span} r. wpisano {} (narastająco {}), a saldo wynosi {}.",
            style.print(counted),
            style.print(cumulative),
            style.print(balance)
        ),
        Warning::IncompletePart { span, part, note } => incomplete(*span, part, note.as_deref()),
        Warning::MayRepeat { cumulative, spans } => format!(
            "Suma {} z {spans} okresów może liczyć te same podmioty kilka razy: potrzebna jest liczba różnych podmiotów.",
            style.print(cumulative)
        ),
        Warning::AmbiguousTarget { readings } => {
            let readings: Vec<String> = readings
                .iter()
                .map(|reading| {
                    let degree = reading.degree.as_ref();
                    let degree =
                        degree.map_or_else(String::new, |degree| format!(", stopień {}", percent(degree)));
                    format!("{}: {}{degree}", reading.meaning, style.print(&reading.target))
                })
                .collect();
            format!("Cel można odczytać inaczej: {}.", readings.join("; "))
        }
        Warning::DiffersElsewhere { span, here, there, name, place, degree } => format!(
            "Ten sam fakt ma w raporcie dwie liczby: tu {} ({span}), a {name} ({place}): {}; z tą liczbą stopień wyniósłby {}.",
            style.print(here),
            style.print(there),
            shown(degree)
        ),
        Warning::NothingToReach => {
            "Cel jest równy wartości bazowej albo wynosi 0, więc stopnia realizacji nie ma.".into()
        }
    }
}

fn no_data(spans: &[Span], base: bool) -> String {
    let spans: Vec<String> = spans.iter().map(ToString::to_string).collect();
    match (spans.is_empty(), base) {
        (true, _) => "Wartości bazowej nie ma (b.d.), a stopień liczy ją jako 0.".into(),
        (false, false) => {
            format!("Braku danych (b.d.) za {} nie widać w sumie: liczy się jak 0.", spans.join(", "))
        }
        (false, true) => format!(
            "Braku danych (b.d.) za {} nie widać w sumie, a brakująca wartość bazowa liczy się jako 0.",
            spans.join(", ")
        ),
    }
}

fn incomplete(span: Span, part: &str, note: Option<&str>) -> String {
    let of = if part.is_empty() { String::new() } else { format!(", {part}") };
    match note {
        Some(note) => format!("Dane niekompletne ({span}{of}): {}", sentence(note)),
        None => format!("Nie wpisano części sumy ({span}{of}), więc suma może być za mała."),
    }
}

/// With a full stop at the end.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// Why values cannot be put together.
#[must_use]
pub fn trouble(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Overlap(one, two) => format!("Ten sam rok jest wpisany dwa razy: {one} i {two}."),
        Trouble::WholeAndParts(span) => format!("{span}: wartość wpisano jako całość i w częściach."),
        Trouble::AcrossTheStart(span) => {
            format!("Okres {span} zaczyna się przed pierwszym liczonym rokiem.")
        }
    }
}

/// The number of an entry.
#[must_use]
pub fn entered(entry: &Entry, style: Style) -> String {
    if entry.row.state == ValueState::Withdrawn {
        return "wycofano".into();
    }
    let typed = entry.row.number.as_deref().filter(|_| entry.row.source != ValueSource::Measure);
    let quotient =
        typed.and_then(|text| text.split_once('/')).map(|(part, whole)| format!("{part} / {whole} = "));
    match &entry.number {
        Some(number) => quotient.unwrap_or_default() + &style.print(number),
        None if entry.hidden => "nie podaje się".into(),
        None => "b.d.".into(),
    }
}

/// Where an entry comes from, in words.
#[must_use]
pub fn source(entry: &Entry, style: Style) -> String {
    let row = &entry.row;
    let mut words = Vec::new();
    if let (ValueSource::Measure, Some(measure)) = (row.source, &row.measure) {
        words.push(format!("miara {measure} edycji {}", entry.edition.as_deref().unwrap_or("–")));
        if let Some(bound) = &entry.bound {
            words.push(format!("przy powiązaniu było {}", style.print(bound)));
        }
    }
    words.extend(document(entry));
    if words.is_empty() { "–".into() } else { words.join(", ") }
}

/// The document that an entry comes from, in words.
#[must_use]
pub fn documents(entry: &Entry) -> String {
    let words: Vec<String> = document(entry).collect();
    if words.is_empty() { "–".into() } else { words.join(", ") }
}

fn document(entry: &Entry) -> impl Iterator<Item = String> {
    let row = &entry.row;
    let accessed = row.accessed_on.map(|day| format!("dostęp {}", polish::date_short(day)));
    let file = row.file.as_ref().map(|file| format!("plik {file}"));
    [row.document.clone(), row.page.clone(), accessed, file].into_iter().flatten()
}

/// Who entered something: a login, the command line, the demo.
#[must_use]
pub fn author(entry: &Entry) -> String {
    match entry.row.author.split_once(':') {
        Some((_, login)) => login.to_owned(),
        None if entry.row.author == crate::service::audit::COMMAND => "polecenie".into(),
        None => entry.row.author.clone(),
    }
}

/// What brought a declaration about.
#[must_use]
pub fn resolution(version: &IndicatorVersion) -> Option<String> {
    let resolution = version.resolution.as_ref()?;
    let date = resolution.date.as_ref().map_or_else(String::new, |date| format!(" z dnia {date}"));
    Some(format!("{} Uchwała: {}{date}.", resolution.what, resolution.number))
}

/// The declared path in words.
#[must_use]
pub fn declared_plan(version: &IndicatorVersion) -> String {
    match &version.plan {
        None => "brak planu".into(),
        Some(PlanOf::Named(_)) => "liniowo od roku wartości bazowej do roku celu".into(),
        Some(PlanOf::Points(points)) => {
            let points: Vec<String> =
                points.iter().map(|point| format!("{}: {}", point.year, point.value.text())).collect();
            points.join(", ")
        }
    }
}
