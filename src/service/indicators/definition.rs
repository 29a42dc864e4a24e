//! From the words of the programme file to those of the computation. The two crates do not know each other.

use survey::programme::{self as file, Amount, Indicator, IndicatorRule, IndicatorVersion, PlanOf};
use tally::indicator::{Base, Comparison, Definition, Kind, Plan, Rule, Style, TargetReading};

/// The definition that a declaration means.
pub(super) fn definition(
    indicator: &Indicator,
    version: &IndicatorVersion,
    programme: Option<&IndicatorRule>,
) -> Definition {
    let kind = kind(indicator.kind);
    let target = version.target.as_ref();
    let readings = target.map_or(&[][..], |target| &target.readings);
    let reading = |reading: &file::ReadingOf| {
        Some(TargetReading { meaning: reading.meaning.clone(), target: reading.value.number()?.clone() })
    };
    Definition {
        kind,
        rule: rule(version.rule),
        default_rule: programme.map_or(Rule::Net, |programme| rule(programme.rule)),
        comparison: match version.comparison {
            file::Comparison::AtLeast => Comparison::AtLeast,
            file::Comparison::AtMost => Comparison::AtMost,
            file::Comparison::Equal => Comparison::Equal,
        },
        base: match version.base.as_ref().map(|base| base.value.number().cloned()) {
            None => Base::Absent,
            Some(None) => Base::NoData,
            Some(Some(number)) => Base::Number(number),
        },
        target: target.and_then(|target| target.value.as_ref()).and_then(Amount::number).cloned(),
        readings: readings.iter().filter_map(reading).collect(),
        since: version.since,
        plan: plan(version),
        redefined: version.redefined,
        style: Style { percent: kind == Kind::Share, places: indicator.places },
    }
}

/// The rule of the computation.
pub(super) fn rule(rule: file::Rule) -> Rule {
    match rule {
        file::Rule::Net => Rule::Net,
        file::Rule::Gross => Rule::Gross,
        file::Rule::ZeroBase => Rule::ZeroBase,
        file::Rule::Yoy => Rule::YearOnYear,
        file::Rule::Threshold => Rule::Threshold,
        file::Rule::Survey => Rule::Survey,
        file::Rule::None => Rule::None,
    }
}

fn kind(kind: file::Kind) -> Kind {
    match kind {
        file::Kind::Sum => Kind::Sum,
        file::Kind::Distinct => Kind::Distinct,
        file::Kind::Level => Kind::Level,
        file::Kind::Share => Kind::Share,
        file::Kind::Deliverable => Kind::Deliverable,
        file::Kind::Duration => Kind::Duration,
    }
}

/// A line only where one is declared.
fn plan(version: &IndicatorVersion) -> Option<Plan> {
    match version.plan.as_ref()? {
        PlanOf::Points(_) => version.plan_points().map(Plan::Points),
        PlanOf::Named(_) => {
            let from = version.base.as_ref()?.year?;
            let to = version.target.as_ref()?.year?;
            Some(Plan::Linear { from, to })
        }
    }
}
