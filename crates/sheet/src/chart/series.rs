//! Values of years against a plan and a target.

use crate::svg::{Anchor, Drawing, INK, QUIET, SIZE, shown, width_of, wrapped};

use super::{FILLS, WIDTH, largest, scaled};

/// A series of years, with breaks where what is counted changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What the chart is called.
    pub title: String,
    /// What it says, for people who cannot see it.
    pub description: String,
    /// How it is drawn.
    pub shape: Shape,
    /// The name of the series in the legend.
    pub name: String,
    /// The years from left to right.
    pub points: Vec<Point>,
    /// The line of the plan.
    pub plan: Option<Plan>,
    /// The line of the target.
    pub target: Option<Target>,
    /// What a break means, printed in the legend when there is one.
    pub break_text: String,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Points joined by lines; never across a break or a missing value.
    Line,
    /// Columns, for what adds up from year to year.
    Columns,
}

/// One year, or a span of years.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// „2024”, „2021–2023”.
    pub label: String,
    /// Its value; without one only its text stands there.
    pub value: Option<f64>,
    /// How it is printed: a number, „–”, „b.d.”.
    pub text: String,
    /// Whether what is counted changed before this year.
    pub breaks: bool,
}

/// What was planned.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its name in the legend, with the numbers that matter: „plan: 120 do 2030 r.”.
    pub name: String,
    /// A value per point, where there is one.
    pub values: Vec<Option<f64>>,
}

/// What is to be reached in the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Its name in the legend, with its number: „cel: 1 090 (2030 r.)”.
    pub name: String,
    /// Where its line lies.
    pub value: f64,
}

const LEFT: f64 = 20.0;
const CHART: f64 = 240.0;
const DASHED: &str = " stroke-width=\"2\" stroke-dasharray=\"7 4\"";
const DOTTED: &str = " stroke-width=\"2.5\" stroke-dasharray=\"12 4 2 4\"";
const BROKEN: &str = " stroke-width=\"1.5\" stroke-dasharray=\"2 3\"";

impl Series {
    /// The chart.
    pub fn draw(&self) -> String {
        let entries = self.entries();
        let top = 34.0 + entries.len() as f64 * 20.0;
        let mut drawing = Drawing::new(WIDTH, top + CHART + 54.0, &self.title, &self.description);
        for (place, (entry, text)) in entries.iter().enumerate() {
            self.entry(&mut drawing, *entry, 18.0 + place as f64 * 20.0, text);
        }
        let planned = self.plan.iter().flat_map(|plan| plan.values.iter().flatten());
        let reached = self.points.iter().filter_map(|point| point.value);
        let most = largest(reached.chain(planned.copied()).chain(self.target.iter().map(|one| one.value)));
        let bottom = top + CHART;
        drawing.line((LEFT, bottom), (WIDTH - LEFT, bottom), QUIET, " stroke-width=\"1.5\"");
        let step = (WIDTH - 2.0 * LEFT) / self.points.len().max(1) as f64;
        let x = |place: usize| LEFT + step * (place as f64 + 0.5);
        let y = |value: f64| bottom - scaled(value, most, CHART - 20.0);
        self.breaks(&mut drawing, step, top, bottom);
        if self.shape == Shape::Columns {
            for (place, value) in self.values() {
                let wide = (step * 0.5).min(70.0);
                drawing.rectangle(x(place) - wide / 2.0, y(value), wide, bottom - y(value), FILLS[0]);
            }
        }
        self.target_line(&mut drawing, &y);
        self.plan_line(&mut drawing, &x, &y);
        if self.shape == Shape::Line {
            self.lines(&mut drawing, &x, &y);
        }
        self.texts(&mut drawing, step, &x, &y, bottom);
        drawing.finish()
    }

    fn values(&self) -> impl Iterator<Item = (usize, f64)> {
        self.points.iter().enumerate().filter_map(|(place, point)| Some((place, point.value?)))
    }

    /// What the legend explains.
    fn entries(&self) -> Vec<(Entry, &str)> {
        let mut entries = vec![(Entry::Series, self.name.as_str())];
        entries.extend(self.plan.iter().map(|plan| (Entry::Plan, plan.name.as_str())));
        entries.extend(self.target.iter().map(|target| (Entry::Target, target.name.as_str())));
        if self.points.iter().any(|point| point.breaks) {
            entries.push((Entry::Break, self.break_text.as_str()));
        }
        entries
    }

    fn entry(&self, drawing: &mut Drawing, entry: Entry, y: f64, text: &str) {
        match entry {
            Entry::Series if self.shape == Shape::Columns => {
                drawing.key(LEFT, y, FILLS[0], text);
                return;
            }
            Entry::Series => {
                drawing.line((LEFT, y - 5.0), (LEFT + 20.0, y - 5.0), "#0b4f8a", " stroke-width=\"3\"");
                dot(drawing, LEFT + 10.0, y - 5.0);
            }
            Entry::Plan => drawing.line((LEFT, y - 5.0), (LEFT + 20.0, y - 5.0), INK, DASHED),
            Entry::Target => drawing.line((LEFT, y - 5.0), (LEFT + 20.0, y - 5.0), INK, DOTTED),
            Entry::Break => drawing.line((LEFT + 10.0, y - 14.0), (LEFT + 10.0, y + 2.0), INK, BROKEN),
        }
        drawing.text(LEFT + 26.0, y, Anchor::Start, text);
    }

    fn breaks(&self, drawing: &mut Drawing, step: f64, top: f64, bottom: f64) {
        for (place, _) in self.points.iter().enumerate().filter(|(_, point)| point.breaks) {
            let at = LEFT + step * place as f64;
            drawing.line((at, top - 6.0), (at, bottom), INK, BROKEN);
        }
    }

    fn target_line(&self, drawing: &mut Drawing, y: &impl Fn(f64) -> f64) {
        if let Some(target) = &self.target {
            let at = y(target.value);
            drawing.line((LEFT, at), (WIDTH - LEFT, at), "#fff", " stroke-width=\"5\"");
            drawing.line((LEFT, at), (WIDTH - LEFT, at), INK, DOTTED);
        }
    }

    fn plan_line(&self, drawing: &mut Drawing, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64) {
        let values = self.plan.iter().flat_map(|plan| plan.values.iter().enumerate());
        let known: Vec<(usize, f64)> = values.filter_map(|(place, value)| Some((place, (*value)?))).collect();
        for pair in known.windows(2) {
            let (from, to) = ((x(pair[0].0), y(pair[0].1)), (x(pair[1].0), y(pair[1].1)));
            drawing.line(from, to, "#fff", " stroke-width=\"5\"");
            drawing.line(from, to, INK, DASHED);
        }
        for (place, value) in known {
            let (x, y) = (shown(x(place) - 4.0), shown(y(value) - 4.0));
            drawing.push(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"8\" height=\"8\" fill=\"#fff\" stroke=\"{INK}\" stroke-width=\"1.5\"/>"));
        }
    }

    fn lines(&self, drawing: &mut Drawing, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64) {
        for (place, pair) in self.points.windows(2).enumerate() {
            if let (Some(one), Some(other), false) = (pair[0].value, pair[1].value, pair[1].breaks) {
                let more = " stroke-width=\"3\"";
                drawing.line((x(place), y(one)), (x(place + 1), y(other)), "#0b4f8a", more);
            }
        }
        for (place, value) in self.values() {
            dot(drawing, x(place), y(value));
        }
    }

    fn texts(
        &self,
        drawing: &mut Drawing,
        step: f64,
        x: &impl Fn(usize) -> f64,
        y: &impl Fn(f64) -> f64,
        bottom: f64,
    ) {
        let characters = ((step / width_of("x", SIZE)) as usize).max(4);
        for (place, point) in self.points.iter().enumerate() {
            let (text, above) = match point.value {
                Some(value) => (point.text.as_str(), y(value) - 10.0),
                None => (point.text.as_str(), bottom - 10.0),
            };
            halo(drawing, x(place), above, text);
            for (line, label) in wrapped(&point.label, characters, 2).iter().enumerate() {
                drawing.text(x(place), bottom + 20.0 + line as f64 * 17.0, Anchor::Middle, label);
            }
        }
    }
}

/// A line of the legend.
#[derive(Clone, Copy)]
enum Entry {
    Series,
    Plan,
    Target,
    Break,
}

fn dot(drawing: &mut Drawing, x: f64, y: f64) {
    let (x, y) = (shown(x), shown(y));
    drawing.push(&format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"#0b4f8a\" stroke=\"#fff\"/>"));
}

/// A number that stays readable where lines cross it.
fn halo(drawing: &mut Drawing, x: f64, y: f64, text: &str) {
    drawing.push("<g stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\" stroke-linejoin=\"round\">");
    drawing.text(x, y, Anchor::Middle, text);
    drawing.push("</g>");
}
