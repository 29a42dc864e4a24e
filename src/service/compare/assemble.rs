//! From the readings of each edition to series.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use form::diff::{Edition as Asked, Group, Missing, Thread, threads};
use form::model::Comparable;
use form::number::Rational;
use form::plan::Function;
use survey::programme::FigureRules;
use tally::{Figure, Reading, change, publish};

use super::{Choice, Compared, Comparison, Inside, Point, Retired, Series, Side, Since, View};
use crate::service::counting::Source;
use crate::service::measures::AsOf;

/// Puts the sides (the oldest first) together.
pub(super) fn comparison(
    view: View,
    notice: Option<&'static str>,
    rules: FigureRules,
    sides: &[Side],
) -> Comparison {
    let newest = sides.last();
    let sources = newest.map(|side| side.sources.as_slice()).unwrap_or_default();
    Comparison {
        edition: newest.map(|side| side.name.to_string()).unwrap_or_default(),
        view,
        synthetic: notice.is_some(),
        notice,
        editions: sides.iter().map(compared).collect(),
        series: sources.iter().flat_map(|source| form_series(&source.form, sides)).collect(),
        retired: sources.iter().flat_map(|source| retired(&source.form, sides)).collect(),
        rules,
    }
}

fn compared(side: &Side) -> Compared {
    Compared {
        edition: side.name.to_string(),
        title: side.edition.title.clone(),
        year: side.edition.period_to.year(),
        as_of: AsOf { seq: side.edition.seq, frozen: side.edition.frozen },
        forms: side.counts.clone(),
        few_in_common: side.counts.keys().filter(|form| !side.units_may_leave(form)).cloned().collect(),
    }
}

/// All series of one questionnaire.
fn form_series(form: &str, sides: &[Side]) -> Vec<Series> {
    // The newest first, and only those that have the questionnaire.
    let with: Vec<(&Side, &Source)> =
        sides.iter().rev().filter_map(|side| Some((side, side.source(form)?))).collect();
    let asked: Vec<Asked<'_>> =
        with.iter().map(|(_, source)| Asked { model: &source.model, plan: &source.plan }).collect();
    let Some((newest, _)) = with.first() else { return Vec::new() };
    let readings: BTreeMap<&str, &Reading> = newest
        .readings
        .get(form)
        .into_iter()
        .flatten()
        .map(|reading| (reading.name.as_str(), reading))
        .collect();
    let line = |thread: Thread| {
        let Some(reading) = readings.get(thread.name.as_str()) else { return Vec::new() };
        match reading.function {
            Function::List => Vec::new(),
            Function::Frequencies => {
                let groups = thread.groups.iter();
                groups.map(|group| series(form, reading, &thread, Some(group), sides, &with)).collect()
            }
            _ => vec![series(form, reading, &thread, None, sides, &with)],
        }
    };
    threads(&asked).into_iter().flat_map(line).collect()
}

fn series(
    form: &str,
    reading: &Reading,
    thread: &Thread,
    group: Option<&Group>,
    sides: &[Side],
    with: &[(&Side, &Source)],
) -> Series {
    let mut points: Vec<Point> = Vec::new();
    for side in sides {
        let mut point = Point { edition: side.name.to_string(), ..Point::default() };
        match with.iter().position(|(other, _)| other.name == side.name) {
            None => point.missing = Some(Missing::NotCounted),
            Some(depth) => fill(&mut point, form, side, thread, group, depth),
        }
        point.change = points.last().and_then(|before| since(before, &point, side.rules.smallest_base));
        points.push(point);
    }
    Series {
        form: form.to_owned(),
        name: reading.name.clone(),
        label: reading.label.clone(),
        choice: group.map(|group| Choice {
            code: group.codes[0].iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" "),
            label: group.label.clone(),
        }),
        function: reading.function,
        base_kind: reading.base_kind,
        rows: reading.rows.clone(),
        points,
        known: Vec::new(),
    }
}

/// The number of an edition `depth` editions back.
fn fill(point: &mut Point, form: &str, side: &Side, thread: &Thread, group: Option<&Group>, depth: usize) {
    // The break between this edition and the one before it stands at the step to the one before.
    point.cut = thread.steps.get(depth).and_then(|step| step.cut.clone());
    let there = match depth {
        0 => Ok(thread.name.clone()),
        _ => thread.steps.get(depth - 1).map_or(Err(Missing::NotCounted), |step| step.measure.clone()),
    };
    let name = match there {
        Ok(name) => name,
        Err(why) => {
            point.missing = Some(why);
            return;
        }
    };
    let reading = side.readings.get(form).into_iter().flatten().find(|reading| reading.name == name);
    let Some(reading) = reading else { return };
    point.measure = Some(name);
    let measure = side.source(form).and_then(|source| Some((source, source.plan.measure(&reading.name)?)));
    let may_leave = measure.is_some_and(|(source, measure)| publish::may_leave(measure, &source.model));
    point.inside = match may_leave {
        true => (!side.may_leave(form, reading)).then_some(Inside::Few),
        false => Some(Inside::Unpublished),
    };
    point.value = match (&reading.value, group) {
        (Figure::Number(number), None) => Some(number.clone()),
        (Figure::Frequencies(_), Some(group)) => {
            let codes = group.codes.get(depth).and_then(Option::as_ref);
            if codes.is_none() {
                point.measure = None;
                point.missing = Some(Missing::NotAsked(None));
            }
            codes.filter(|_| !reading.is_unknown()).map(|codes| sum(&reading.value, codes))
        }
        _ => None,
    };
    if group.is_none() {
        point.numerator = reading.numerator;
        point.share = reading.percentage(side.rules.smallest_base).cloned();
        point.share_text = reading.share_text.clone().filter(|_| point.share.is_some());
    }
    point.base = reading.base;
}

/// The counts of several choices added up.
fn sum(figure: &Figure, codes: &BTreeSet<String>) -> Rational {
    let Figure::Frequencies(choices) = figure else { return Rational::from_integer(0.into()) };
    let counts = choices.iter().filter(|choice| codes.contains(&choice.code)).map(|choice| choice.count);
    Rational::from_integer(counts.sum::<u64>().into())
}

/// The change since the edition before; none across a break that cannot be compared over.
fn since(before: &Point, now: &Point, smallest_base: u64) -> Option<Since> {
    if now.cut.as_ref().is_some_and(|cut| cut.comparable == Comparable::No) {
        return None;
    }
    let changed = change(before.value.as_ref()?, now.value.as_ref()?, smallest_base);
    let hundred = Rational::from_integer(100.into());
    let points = before.share.as_ref().zip(now.share.as_ref()).map(|(before, now)| (now - before) * hundred);
    Some(Since::of(changed, points))
}

/// Questions that an edition retired, in the order in which that was declared.
fn retired(form: &str, sides: &[Side]) -> Vec<Retired> {
    let sources: Vec<&Source> = sides.iter().filter_map(|side| side.source(form)).collect();
    let Some((newest, earlier)) = sources.split_last() else { return Vec::new() };
    let asked = |source: &Source, id: &str| {
        let found = source.model.questions().find(|question| question.id.as_deref() == Some(id));
        found.map(|question| question.label.plain())
    };
    let mut found: Vec<Retired> = Vec::new();
    for row in sources.iter().skip(1).flat_map(|source| &source.plan.retired) {
        if asked(newest, &row.id).is_some() || found.iter().any(|known| known.id == row.id) {
            continue;
        }
        let label = earlier.iter().rev().find_map(|source| asked(source, &row.id));
        found.push(Retired {
            form: form.to_owned(),
            id: row.id.clone(),
            label: label.unwrap_or_else(|| row.name.clone()),
            reason: row.reason.clone(),
        });
    }
    found
}

impl Side {
    /// The questionnaire of this edition.
    fn source(&self, form: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.form == form)
    }
}
