//! A line over years as an inline picture. What it shows stands in a table beside it as well.
use form::number::{Number, Rational};

/// Room of the picture in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 40.0;

/// A picture of what was achieved over years, with the target and the planned path.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// The same in more words.
    pub description: String,
    /// Years below.
    pub years: Vec<Tick>,
    /// Numbers on the left.
    pub levels: Vec<Tick>,
    /// Points of the line: `x,y` in order, for a polyline.
    pub line: String,
    /// The points themselves with their numbers.
    pub points: Vec<Dot>,
    /// Height of the target, where there is one line for it.
    pub target: Option<Tick>,
    /// The planned path, for a polyline; empty when none is declared.
    pub path: String,
}

/// A place on an axis.
#[derive(Debug, Clone)]
pub struct Tick {
    /// Where.
    pub at: String,
    /// What it says.
    pub text: String,
}

/// A point.
#[derive(Debug, Clone)]
pub struct Dot {
    /// Across.
    pub x: String,
    /// Down.
    pub y: String,
    /// Where its number stands.
    pub above: String,
    /// Its number.
    pub text: String,
}

/// What is drawn: years with numbers and how a number is printed.
pub(super) struct Drawing<'a> {
    pub(super) title: String,
    pub(super) points: Vec<(i32, Rational)>,
    pub(super) target: Option<Rational>,
    pub(super) path: Vec<(i32, Rational)>,
    pub(super) print: &'a dyn Fn(&Rational) -> String,
}

/// Scales of the two axes.
struct Scale {
    first: f64,
    years: f64,
    low: f64,
    span: f64,
}

impl Scale {
    fn x(&self, year: i32) -> f64 {
        LEFT + (f64::from(year) - self.first) / self.years * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, number: f64) -> f64 {
        HEIGHT - BOTTOM - (number - self.low) / self.span * (HEIGHT - TOP - BOTTOM)
    }
}

impl Drawing<'_> {
    /// The picture; none while there are not two points to draw a line between.
    pub(super) fn chart(self) -> Option<Chart> {
        if self.points.len() < 2 {
            return None;
        }
        let scale = self.scale()?;
        let spot = |(year, number): &(i32, Rational)| (scale.x(*year), scale.y(size(number)));
        let polyline = |all: &[(i32, Rational)]| {
            let places = all.iter().map(|one| {
                let (x, y) = spot(one);
                format!("{x:.1},{y:.1}")
            });
            places.collect::<Vec<_>>().join(" ")
        };
        let dots = self.points.iter().map(|point| {
            let (x, y) = spot(point);
            Dot {
                x: format!("{x:.1}"),
                y: format!("{y:.1}"),
                above: format!("{:.1}", (y - 10.0).max(12.0)),
                text: (self.print)(&point.1),
            }
        });
        let described = self.points.iter().map(|(year, number)| format!("{year}: {}", (self.print)(number)));
        Some(Chart {
            description: described.collect::<Vec<_>>().join("; "),
            years: self.years(&scale),
            levels: self.levels(&scale),
            line: polyline(&self.points),
            points: dots.collect(),
            target: self.target.as_ref().map(|target| Tick {
                at: format!("{:.1}", scale.y(size(target))),
                text: format!("cel {}", (self.print)(target)),
            }),
            path: polyline(&self.path),
            title: self.title,
        })
    }

    fn scale(&self) -> Option<Scale> {
        let drawn = || self.points.iter().chain(&self.path);
        let first = drawn().map(|(year, _)| *year).min()?;
        let last = drawn().map(|(year, _)| *year).max()?;
        let numbers: Vec<f64> =
            drawn().map(|(_, number)| number).chain(&self.target).map(size).chain([0.0]).collect();
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let span = (high - low) * 1.08;
        Some(Scale {
            first: f64::from(first),
            years: f64::from((last - first).max(1)),
            low,
            span: if span > 0.0 { span } else { 1.0 },
        })
    }

    fn years(&self, scale: &Scale) -> Vec<Tick> {
        let mut years: Vec<i32> = self.points.iter().chain(&self.path).map(|(year, _)| *year).collect();
        years.sort_unstable();
        years.dedup();
        years
            .into_iter()
            .map(|year| Tick { at: format!("{:.1}", scale.x(year)), text: year.to_string() })
            .collect()
    }

    /// Zero and the highest number: what lies between stands at the points.
    fn levels(&self, scale: &Scale) -> Vec<Tick> {
        let zero = Rational::from_integer(0.into());
        let highest = self.points.iter().chain(&self.path).map(|(_, number)| number).max();
        let shown = [Some(&zero), highest];
        let tick = |number: &Rational| Tick {
            at: format!("{:.1}", scale.y(size(number))),
            text: (self.print)(number),
        };
        let mut ticks: Vec<Tick> = shown.into_iter().flatten().map(tick).collect();
        ticks.dedup_by(|one, other| one.at == other.at);
        ticks
    }
}

/// The nearest double: only places in a picture depend on it.
fn size(number: &Rational) -> f64 {
    Number::new(number.clone()).to_f64()
}
