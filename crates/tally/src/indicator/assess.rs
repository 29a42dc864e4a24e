//! A definition and its values put together.

use std::collections::BTreeSet;

use form::number::Rational;
use num_traits::Zero;

use super::degree::{self, quotient};
use super::plan::{self, Planned};
use super::print::percent;
use super::span::Span;
use super::value::{Beside, Role, Value};
use super::warning::{Mark, ReadingDegree, Warning};
use super::{Base, Definition, Rule};

/// Everything that can be said of an indicator as of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The number of the year itself.
    pub of_year: OfYear,
    /// The sum over all years that count; none for kinds that are not summed and without any number.
    pub cumulative: Option<Rational>,
    /// Numerator of the degree.
    pub achieved: Option<Rational>,
    /// Denominator of the degree.
    pub needed: Option<Rational>,
    /// The degree of realisation, exact; 1 is 100%.
    pub degree: Option<Rational>,
    /// The degree by the programme's rule, where the indicator's own rule is another one.
    pub by_default: Option<Rational>,
    /// What is still to be reached; zero or beyond when [`Assessment::met`].
    pub distance: Option<Rational>,
    /// Whether the target is reached; none without a target or a number.
    pub met: Option<bool>,
    /// The computation, one line per step.
    pub steps: Vec<String>,
    /// Changes from year to year, for [`Rule::YearOnYear`].
    pub changes: Vec<YearChange>,
    /// Values in the order of years, with the running sum.
    pub points: Vec<Point>,
    /// Corners of the declared path; empty when none is declared.
    pub path: Vec<Planned>,
    /// What should have been reached by the end of the year, by that path.
    pub planned: Option<Rational>,
    /// Why the numbers have to be read with care.
    pub marks: BTreeSet<Mark>,
    /// Traps.
    pub warnings: Vec<Warning>,
}

impl Assessment {
    /// What should have been reached by the end of a year, by the declared path; none before it begins and without one.
    #[must_use]
    pub fn planned_by(&self, year: i32) -> Option<Rational> {
        plan::at(&self.path, year)
    }
}

/// The number of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfYear {
    /// It is known.
    Number(Rational),
    /// It was looked for, and there is no data.
    NoData,
    /// Nobody has entered it.
    NotEntered,
    /// It is measured in other years.
    NotMeasured,
}

/// How much a year differs from the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearChange {
    /// The later year.
    pub year: i32,
    /// Its number less that of the year before.
    pub change: Rational,
    /// The change by the target.
    pub degree: Option<Rational>,
    /// Whether the change reaches the target.
    pub met: bool,
}

/// One value of the series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Of which years.
    pub span: Span,
    /// Its number.
    pub number: Option<Rational>,
    /// What was achieved by then, as the planned path measures it.
    pub position: Option<Rational>,
}

/// Why values cannot be put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// A year would be counted twice.
    Overlap(Span, Span),
    /// A span is entered both as a whole and in parts.
    WholeAndParts(Span),
    /// A span begins before the first year that counts and ends after it.
    AcrossTheStart(Span),
}

/// Puts values together as of a year: what ends later is left out. The order of `values` does not matter.
///
/// # Errors
/// Every [`Trouble`] of the values that count.
pub fn assess(
    definition: &Definition,
    values: &[Value],
    besides: &[Beside],
    year: i32,
) -> Result<Assessment, Vec<Trouble>> {
    let mut counted: Vec<&Value> = values.iter().filter(|value| value.span.to() <= year).collect();
    counted.sort_by_key(|value| value.span);
    let troubles = troubles(&counted, definition.since);
    if !troubles.is_empty() {
        return Err(troubles);
    }
    counted.retain(|value| definition.since.is_none_or(|since| value.span.from() >= since));
    let mut found = Series { definition, values: counted, year }.assessment();
    let series: Vec<&Value> = values.iter().collect();
    found.compare(definition, &series, besides, year);
    found.read_target_otherwise(definition);
    Ok(found)
}

fn troubles(values: &[&Value], since: Option<i32>) -> Vec<Trouble> {
    let doubled = values.iter().filter(|value| value.is_doubled());
    let mut found: Vec<Trouble> = doubled.map(|value| Trouble::WholeAndParts(value.span)).collect();
    let across = |span: &Span| since.is_some_and(|since| span.from() < since && span.to() >= since);
    let spans = values.iter().map(|value| value.span);
    found.extend(spans.filter(across).map(Trouble::AcrossTheStart));
    for (place, first) in values.iter().enumerate() {
        let later = values[place + 1..].iter().filter(|second| first.span.overlaps(second.span));
        found.extend(later.map(|second| Trouble::Overlap(first.span, second.span)));
    }
    found
}

/// The values that count, in the order of years.
struct Series<'a> {
    definition: &'a Definition,
    values: Vec<&'a Value>,
    year: i32,
}

impl Series<'_> {
    fn assessment(&self) -> Assessment {
        let mut found = Assessment {
            of_year: self.of_year(),
            cumulative: self.cumulative(),
            achieved: None,
            needed: None,
            degree: None,
            by_default: None,
            distance: None,
            met: None,
            steps: Vec::new(),
            changes: Vec::new(),
            points: self.points(),
            path: plan::path(self.definition),
            planned: None,
            marks: BTreeSet::new(),
            warnings: Vec::new(),
        };
        found.planned = plan::at(&found.path, self.year);
        self.marks(&mut found);
        match self.definition.rule {
            Rule::YearOnYear => self.year_on_year(&mut found),
            Rule::Threshold => self.threshold(&mut found),
            _ => self.by_rule(&mut found),
        }
        self.traps(&mut found);
        found
    }

    fn of_year(&self) -> OfYear {
        match self.values.iter().find(|value| value.span.year() == Some(self.year)) {
            Some(value) => value.number().map_or(OfYear::NoData, OfYear::Number),
            None if self.definition.rule == Rule::Survey => OfYear::NotMeasured,
            None => OfYear::NotEntered,
        }
    }

    fn cumulative(&self) -> Option<Rational> {
        let numbers = self.values.iter().filter_map(|value| value.number());
        numbers.reduce(|sum, number| sum + number).filter(|_| self.definition.kind.adds_up())
    }

    /// What the degree is about: the sum of years, or the newest level.
    fn amount(&self) -> Option<Rational> {
        match self.definition.kind.adds_up() {
            true => self.cumulative(),
            false => self.values.last().and_then(|value| value.number()),
        }
    }

    fn points(&self) -> Vec<Point> {
        let mut sum = Rational::zero();
        let point = |value: &&Value| {
            let number = value.number();
            if self.definition.kind.adds_up() {
                sum += number.clone().unwrap_or_else(Rational::zero);
            } else if let Some(number) = &number {
                sum = number.clone();
            }
            let position = number.as_ref().map(|_| plan::position(self.definition, &sum));
            Point { span: value.span, number, position }
        };
        self.values.iter().map(point).collect()
    }

    /// Years that should have a value and have none.
    fn gaps(&self) -> Vec<i32> {
        if matches!(self.definition.rule, Rule::Survey | Rule::None) || !self.definition.kind.adds_up() {
            return Vec::new();
        }
        let first = self.definition.since.or_else(|| self.values.first().map(|value| value.span.from()));
        let known = |year: &i32| self.values.iter().any(|value| value.span.holds(*year));
        first.map_or_else(Vec::new, |first| (first..=self.year).filter(|year| !known(year)).collect())
    }

    fn marks(&self, found: &mut Assessment) {
        let definition = self.definition;
        found.marks = self.values.iter().flat_map(|value| value.marks()).collect();
        let before = |year: i32| self.values.iter().any(|value| value.span.from() < year);
        if definition.redefined.is_some_and(before) {
            found.marks.insert(Mark::DefinitionChanged);
        }
        if definition.base == Base::NoData || !self.gaps().is_empty() {
            found.marks.insert(Mark::NoData);
        }
    }

    fn by_rule(&self, found: &mut Assessment) {
        let definition = self.definition;
        found.steps.extend(self.sum_step());
        let (Some(amount), Some(target)) = (self.amount(), definition.target.as_ref()) else { return };
        let position = plan::position(definition, &amount);
        let Some(own) = degree::degree(definition, definition.rule, target, &amount) else { return };
        found.steps.push(own.step);
        found.distance = Some(&own.needed - &own.achieved);
        found.met = Some(self.is_met(&position, target));
        found.achieved = Some(own.achieved);
        found.needed = Some(own.needed);
        if own.degree.is_none() {
            found.warnings.push(Warning::NothingToReach);
        }
        found.degree = own.degree;
        self.other_rule(found, target, &amount);
    }

    /// Sums compare with the target together with their base, whatever rule gives the degree.
    fn is_met(&self, position: &Rational, target: &Rational) -> bool {
        let definition = self.definition;
        let with_base = match (definition.kind.adds_up(), definition.rule, definition.base.number()) {
            (true, Rule::Net | Rule::Survey, Some(base)) => base + position,
            _ => position.clone(),
        };
        definition.comparison.holds(&with_base, target)
    }

    fn other_rule(&self, found: &mut Assessment, target: &Rational, amount: &Rational) {
        let (rule, default) = (self.definition.rule, self.definition.default_rule);
        let base_counts = self.definition.base.number().is_some_and(|base| !base.is_zero());
        let alike = matches!(rule, Rule::Net | Rule::Gross | Rule::ZeroBase);
        if rule == default || !alike || !base_counts {
            return;
        }
        let other = degree::degree(self.definition, default, target, amount);
        found.by_default = other.and_then(|other| other.degree);
        found.warnings.push(Warning::OtherRule {
            rule,
            default,
            degree: found.degree.clone(),
            by_default: found.by_default.clone(),
        });
    }

    /// `36 (2021–2023) + 16 (2024) = 52`
    fn sum_step(&self) -> Option<String> {
        let style = self.definition.style;
        let sum = self.cumulative()?;
        let shown = |value: &&Value| {
            let number = value.number().map_or_else(|| "b.d.".to_owned(), |number| style.print(&number));
            format!("{number} ({})", value.span)
        };
        let terms: Vec<String> = self.values.iter().map(shown).collect();
        Some(format!("{} = {}", terms.join(" + "), style.print(&sum)))
    }

    fn year_on_year(&self, found: &mut Assessment) {
        let Some(target) = self.definition.target.clone() else { return };
        for pair in self.values.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let next = before.span.year().zip(after.span.year()).filter(|(one, two)| one + 1 == *two);
            let (Some((_, year)), Some(old), Some(new)) = (next, before.number(), after.number()) else {
                continue;
            };
            found.steps.push(self.change_step(&old, &new, &target, year));
            let change = new - old;
            let met = self.definition.comparison.holds(&change, &target);
            if !met && year < self.year {
                let (change, target) = (change.clone(), target.clone());
                found.warnings.push(Warning::MissedYear { year, change, target });
            }
            found.changes.push(YearChange { year, degree: quotient(&change, &target), change, met });
        }
        let Some(own) = found.changes.last().filter(|change| change.year == self.year).cloned() else {
            return;
        };
        found.distance = Some(&target - &own.change);
        found.met = Some(own.met);
        found.degree = own.degree;
        found.achieved = Some(own.change);
        found.needed = Some(target);
    }

    /// `2024: (3 861 − 3 763) / 45 = 98 / 45 = 217,78%`
    fn change_step(&self, old: &Rational, new: &Rational, target: &Rational, year: i32) -> String {
        let style = self.definition.style;
        let change = new - old;
        let quotient = quotient(&change, target).as_ref().map_or_else(|| "–".to_owned(), percent);
        let [change, below] = [&change, target].map(|number| style.print_difference(number));
        let [new, old] = [new, old].map(|number| style.print(number));
        format!("{year}: ({new} − {old}) / {below} = {change} / {below} = {quotient}")
    }

    fn threshold(&self, found: &mut Assessment) {
        let OfYear::Number(number) = &found.of_year else { return };
        let definition = self.definition;
        let shown = self
            .values
            .iter()
            .find(|value| value.span.year() == Some(self.year))
            .and_then(|value| value.parts.first()?.shown.clone());
        let mut step = shown.map_or_else(String::new, |shown| format!("{shown} = "));
        step += &definition.style.print(number);
        if let Some(target) = &definition.target {
            let met = definition.comparison.holds(number, target);
            let sign = definition.comparison.sign();
            let word = if met { "" } else { "nie " };
            step += &format!("; {word}{sign} {}", definition.style.print(target));
            found.distance = Some(target - number);
            found.met = Some(met);
        }
        found.steps.push(step);
    }

    fn traps(&self, found: &mut Assessment) {
        let adds = self.definition.kind.adds_up();
        let without: Vec<Span> =
            self.values.iter().filter(|value| value.number().is_none()).map(|value| value.span).collect();
        let base = self.definition.base == Base::NoData && found.degree.is_some();
        if (adds && found.cumulative.is_some() && !without.is_empty()) || base {
            found
                .warnings
                .push(Warning::NoDataAsZero { spans: if adds { without } else { Vec::new() }, base });
        }
        let years = self.gaps();
        if !years.is_empty() {
            found.warnings.push(Warning::MissingYears { years });
        }
        for value in &self.values {
            let noted = value.parts.iter().filter(|part| part.incomplete.is_some());
            let noted = noted.map(|part| (part.name.clone(), part.incomplete.clone()));
            let missing = value.missing.iter().map(|name| (name.clone(), None));
            found.warnings.extend(noted.chain(missing).map(|(part, note)| Warning::IncompletePart {
                span: value.span,
                part,
                note,
            }));
        }
        let spans = self.values.iter().filter(|value| value.number().is_some()).count();
        if let (super::Kind::Distinct, Some(cumulative), 2..) =
            (self.definition.kind, &found.cumulative, spans)
        {
            found.warnings.push(Warning::MayRepeat { cumulative: cumulative.clone(), spans });
        }
    }
}

impl Assessment {
    /// Compares values with the numbers beside them.
    fn compare(&mut self, definition: &Definition, values: &[&Value], besides: &[Beside], year: i32) {
        for beside in besides.iter().filter(|beside| beside.span.to() <= year) {
            let Some(value) = values.iter().find(|value| value.span == beside.span) else { continue };
            let warning = match &beside.role {
                Role::Balance => self.balance(value, beside),
                Role::SameFact { part, place } => self.same_fact(definition, value, beside, part, place),
            };
            self.warnings.extend(warning);
        }
    }

    fn balance(&self, value: &Value, beside: &Beside) -> Option<Warning> {
        let counted = value.number().filter(|counted| *counted > beside.number)?;
        let cumulative = self.cumulative.clone()?;
        Some(Warning::OnlyIncreases {
            span: beside.span,
            counted,
            cumulative,
            balance: beside.number.clone(),
        })
    }

    fn same_fact(
        &self,
        definition: &Definition,
        value: &Value,
        beside: &Beside,
        part: &str,
        place: &str,
    ) -> Option<Warning> {
        let here = value.parts.iter().find(|own| own.name == part)?.number.clone()?;
        if here == beside.number {
            return None;
        }
        let amount = self.cumulative.as_ref().map(|sum| sum - &here + &beside.number);
        let degree = amount.zip(definition.target.as_ref()).and_then(|(amount, target)| {
            degree::degree(definition, definition.rule, target, &amount)?.degree
        });
        Some(Warning::DiffersElsewhere {
            span: beside.span,
            here,
            there: beside.number.clone(),
            name: beside.name.clone(),
            place: place.to_owned(),
            degree,
        })
    }

    fn read_target_otherwise(&mut self, definition: &Definition) {
        if definition.readings.is_empty() {
            return;
        }
        let newest = || self.points.last().and_then(|point| point.number.clone());
        let amount = if definition.kind.adds_up() { self.cumulative.clone() } else { newest() };
        let readings = definition.readings.iter().map(|reading| ReadingDegree {
            meaning: reading.meaning.clone(),
            target: reading.target.clone(),
            degree: amount.as_ref().and_then(|amount| {
                degree::degree(definition, definition.rule, &reading.target, amount)?.degree
            }),
        });
        self.warnings.push(Warning::AmbiguousTarget { readings: readings.collect() });
    }
}
