//! The series of an indicator as a chart, against its plan and its target: the same in the panel and in documents.

use form::number::{Rational, nearest};
use sheet::chart::{Plan, Point, Series, Shape, Target};
use tally::indicator::{self, Assessment, Rule};

use super::{IndicatorSheet, words};

impl IndicatorSheet {
    /// What its series shows.
    #[must_use]
    pub fn series_words(&self) -> &'static str {
        match (self.definition.kind.adds_up(), self.counts_base()) {
            (true, true) => "wartość narastająco razem z bazą",
            (true, false) => "wartość narastająco",
            (false, _) => "wartość w kolejnych latach",
        }
    }

    /// The values that are drawn: at least two years, of which one has a number.
    #[must_use]
    pub fn drawn(&self) -> Option<&[indicator::Point]> {
        let points = &self.found.as_ref().ok()?.points;
        let known = points.iter().any(|point| point.position.is_some());
        (known && points.len() > 1).then_some(points)
    }

    /// The chart; none of less than two years.
    #[must_use]
    pub fn picture(&self) -> Option<Series> {
        let (found, at) = (self.found.as_ref().ok()?, self.drawn()?);
        let print = |point: &indicator::Point| {
            point.position.as_ref().map_or_else(|| "b.d.".to_owned(), |number| self.print(number))
        };
        let said: Vec<String> = at.iter().map(|point| format!("{}: {}", point.span, print(point))).collect();
        let (plan, target) = (self.plan_line(found, at), self.target_line(found));
        let lines = plan.iter().map(|plan| &plan.name).chain(target.iter().map(|target| &target.name));
        let described: Vec<String> = [said.join("; ")].into_iter().chain(lines.cloned()).collect();
        let points = at.iter().enumerate().map(|(place, point)| Point {
            label: point.span.to_string(),
            value: point.position.as_ref().map(nearest),
            text: print(point),
            breaks: place > 0 && self.redefined(&at[place - 1]),
        });
        Some(Series {
            title: format!("{}. {} – {}", self.declared.code, self.declared.name, self.series_words()),
            description: format!("{}.", described.join("; ").trim_end_matches('.')),
            shape: if self.definition.kind.adds_up() { Shape::Columns } else { Shape::Line },
            name: self.series_words().to_owned(),
            points: points.collect(),
            plan,
            target,
            break_text: "zmiana definicji (M)".to_owned(),
        })
    }

    fn redefined(&self, point: &indicator::Point) -> bool {
        self.values.iter().any(|value| value.span == point.span && value.redefined)
    }

    /// The declared path at the end of the years that are drawn.
    fn plan_line(&self, found: &Assessment, at: &[indicator::Point]) -> Option<Plan> {
        let planned: Vec<Option<Rational>> =
            at.iter().map(|point| found.planned_by(point.span.to())).collect();
        let (year, last) = (at.last()?.span.to(), planned.iter().flatten().last()?);
        let name = format!("plan, na koniec {year} r.: {}", self.print(last));
        Some(Plan { name, values: planned.iter().map(|number| number.as_ref().map(nearest)).collect() })
    }

    /// The denominator of the degree for sums, the target itself for levels; a change from year to year has no level.
    fn target_line(&self, found: &Assessment) -> Option<Target> {
        let definition = &self.definition;
        let declared = words::target(self.version.target.as_ref(), definition.style);
        let (number, name) = match (definition.kind.adds_up(), definition.rule) {
            (_, Rule::YearOnYear | Rule::None) => return None,
            (true, _) if found.needed != definition.target => {
                let needed = found.needed.as_ref()?;
                (needed, format!("do osiągnięcia bez bazy: {} (cel: {declared})", self.print(needed)))
            }
            _ => (definition.target.as_ref()?, format!("cel: {declared}")),
        };
        Some(Target { name, value: nearest(number) })
    }
}
