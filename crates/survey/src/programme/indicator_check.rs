//! What does not fit together in the declaration of an indicator.

use std::collections::BTreeSet;

use form::number::Rational;

use super::indicator::{Amount, Indicator, IndicatorRule, IndicatorVersion, Kind, PlanOf, Rule};

/// Names that the rest of the file declares.
pub(super) struct Declared<'a> {
    pub(super) goals: &'a BTreeSet<u32>,
    pub(super) forms: &'a BTreeSet<&'a str>,
}

/// Every inconsistency of all indicators, each with where it stands.
pub(super) fn inconsistencies(
    rule: Option<&IndicatorRule>,
    indicators: &[Indicator],
    declared: &Declared<'_>,
) -> Vec<String> {
    let mut found = Vec::new();
    match rule.map(|rule| rule.rule) {
        None if !indicators.is_empty() => {
            found
                .push("indicator_rule: programu nie opisuje żadna zasada liczenia stopnia realizacji".into());
        }
        Some(Rule::Net | Rule::Gross) | None => {}
        Some(_) => found.push("indicator_rule.rule: zasadą programu może być net albo gross".into()),
    }
    let mut codes = BTreeSet::new();
    for indicator in indicators {
        if !codes.insert(indicator.code.as_str()) {
            found.push(format!("indicators[{}]: ten kod jest zadeklarowany dwa razy", indicator.code));
        }
        let troubles = of_indicator(indicator, declared);
        found.extend(troubles.into_iter().map(|(place, what)| {
            format!(
                "indicators[{}]{}{place}: {what}",
                indicator.code,
                if place.is_empty() { "" } else { "." }
            )
        }));
    }
    found
}

type Found = Vec<(String, String)>;

fn of_indicator(indicator: &Indicator, declared: &Declared<'_>) -> Found {
    let mut found = Found::new();
    let mut say = |place: &str, what: String| found.push((place.to_owned(), what));
    if !is_code(&indicator.code) {
        say("code", "kod składa się z liter, cyfr i kropek".into());
    }
    if !declared.goals.contains(&indicator.goal) {
        say("goal", format!("nie ma celu {}", indicator.goal));
    }
    if indicator.places > 6 {
        say("places", "najwyżej 6 miejsc po przecinku".into());
    }
    if indicator.versions.is_empty() {
        say("versions", "potrzebna jest co najmniej jedna wersja".into());
    }
    for (place, version) in indicator.versions.iter().enumerate() {
        let earlier = &indicator.versions[..place];
        if version.to.is_some_and(|to| to < version.from) {
            say(&format!("versions[{}]", version.from), "to jest wcześniej niż from".into());
        }
        let clash = |other: &&IndicatorVersion| {
            other.from <= version.to.unwrap_or(i32::MAX) && version.from <= other.to.unwrap_or(i32::MAX)
        };
        if let Some(other) = earlier.iter().find(clash) {
            let what = format!("obowiązuje w tych samych latach co wersja od {}", other.from);
            say(&format!("versions[{}]", version.from), what);
        }
    }
    for version in &indicator.versions {
        let troubles = of_version(indicator.kind, version, declared);
        found.extend(
            troubles.into_iter().map(|(place, what)| (format!("versions[{}].{place}", version.from), what)),
        );
    }
    found
}

fn of_version(kind: Kind, version: &IndicatorVersion, declared: &Declared<'_>) -> Found {
    let mut found = Found::new();
    found.extend(of_rule(kind, version));
    found.extend(of_plan(version));
    found.extend(of_parts(version));
    for (place, name) in version.measures().filter(|(_, name)| !declared.forms.contains(name.form.as_str())) {
        found.push((
            format!("{place}: {name}"),
            format!("ankieta „{}” nie jest nigdzie zadeklarowana", name.form),
        ));
    }
    found
}

/// Which base and target a rule needs.
fn of_rule(kind: Kind, version: &IndicatorVersion) -> Found {
    let mut found = Found::new();
    let mut say = |place: &str, what: &str| found.push((place.to_owned(), what.to_owned()));
    let base = version.base.as_ref().map(|base| &base.value);
    let target = version.target.as_ref();
    let number = target.and_then(|target| target.value.as_ref()).and_then(Amount::number);
    let needs_target =
        matches!(version.rule, Rule::Net | Rule::Gross | Rule::ZeroBase | Rule::Yoy | Rule::Threshold);
    if needs_target && number.is_none() {
        say("target", "ta zasada potrzebuje celu podanego liczbą");
    }
    if matches!(version.rule, Rule::Net | Rule::Gross) && base.is_none() {
        say("base", "ta zasada potrzebuje wartości bazowej (liczby albo „b.d.”)");
    }
    if version.rule == Rule::ZeroBase && base.and_then(Amount::number).is_some_and(|base| *base != zero()) {
        say("base", "przy zasadzie zero_base wartością bazową może być tylko 0 albo „b.d.”");
    }
    if version.rule == Rule::Net && number.is_some() && base.and_then(Amount::number) == number {
        say("target", "cel równy wartości bazowej nie zostawia niczego do osiągnięcia");
    }
    if version.rule == Rule::Yoy && !matches!(kind, Kind::Level | Kind::Share | Kind::Duration) {
        say("rule", "wzrost z roku na rok ma sens tylko dla stanów (level, share, duration)");
    }
    if version.next_survey.is_some() && version.rule != Rule::Survey {
        say("next_survey", "rok badania podaje się tylko przy zasadzie survey_5y");
    }
    if target.is_some_and(|target| target.value.is_none() && target.text.is_none()) {
        say("target", "cel nie ma ani liczby, ani treści");
    }
    found
}

fn of_plan(version: &IndicatorVersion) -> Found {
    let mut found = Found::new();
    let mut say = |what: &str| found.push(("plan".to_owned(), what.to_owned()));
    let Some(plan) = &version.plan else { return found };
    if matches!(version.rule, Rule::Yoy | Rule::Threshold | Rule::None) {
        say("ta zasada nie ma planowanej ścieżki");
    }
    match plan {
        PlanOf::Named(name) if name == "linear" => {
            let from = version.base.as_ref().and_then(|base| base.year);
            let to = version.target.as_ref().and_then(|target| target.year);
            match (from, to) {
                (Some(from), Some(to)) if from < to => {}
                (Some(_), Some(_)) => say("rok celu musi być późniejszy niż rok wartości bazowej"),
                _ => say("ścieżka liniowa potrzebuje roku wartości bazowej i roku celu"),
            }
        }
        PlanOf::Named(name) => say(&format!("„{name}”: ścieżką jest \"linear\" albo lista punktów")),
        PlanOf::Points(points) => {
            if points.is_empty() || points.windows(2).any(|pair| pair[0].year >= pair[1].year) {
                say("punkty muszą iść w kolejności lat, każdy rok raz");
            }
            if points.iter().any(|point| point.value.number().is_none()) {
                say("punkt ścieżki musi być liczbą");
            }
        }
    }
    found
}

fn of_parts(version: &IndicatorVersion) -> Found {
    let mut found = Found::new();
    let mut codes = BTreeSet::new();
    let parts = version.parts.iter().map(|part| ("parts", part.code.as_str()));
    let beside = version.beside.iter().map(|beside| ("beside", beside.code.as_str()));
    for (place, code) in parts.chain(beside) {
        if !is_slug(code) {
            found.push((
                format!("{place}[{code}]"),
                "kod składa się z małych liter, cyfr i podkreśleń".into(),
            ));
        }
        if !codes.insert(code) {
            found.push((format!("{place}[{code}]"), "ten kod jest zadeklarowany dwa razy".into()));
        }
    }
    for beside in &version.beside {
        let known = beside.part.as_deref().is_none_or(|part| version.part(part).is_some());
        if !known {
            found.push((format!("beside[{}].part", beside.code), "nie ma takiej części".into()));
        }
    }
    found
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'.')
}

fn is_slug(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_')
}

fn zero() -> Rational {
    Rational::from_integer(0.into())
}
