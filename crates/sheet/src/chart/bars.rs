//! Bars that lie, one below the other.

use crate::svg::{Anchor, Drawing, Fill, QUIET, SIZE, shown, width_of, wrapped};

use super::{FILLS, WIDTH, largest, scaled};

/// Bars with their bases: how many of how many.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What the chart is called.
    pub title: String,
    /// What it says, for people who cannot see it.
    pub description: String,
    /// The bars from top to bottom.
    pub bars: Vec<Bar>,
    /// The value that takes the whole width; without it the largest value or base.
    pub most: Option<f64>,
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// Its length; negative ones are drawn as 0.
    pub value: f64,
    /// What it is a part of: a pale bar behind it.
    pub base: Option<f64>,
    /// The number as it is printed: „35 z 40 (88%)”.
    pub text: String,
}

/// Bars side by side in groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Groups {
    /// What the chart is called.
    pub title: String,
    /// What it says, for people who cannot see it.
    pub description: String,
    /// What stands side by side, at most four.
    pub series: Vec<String>,
    /// The groups from top to bottom.
    pub groups: Vec<Group>,
    /// The value that takes the whole width; without it the largest.
    pub most: Option<f64>,
}

/// A group of bars.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What it is.
    pub label: String,
    /// One place per series; without a mark only „–” stands there.
    pub marks: Vec<Option<Mark>>,
}

/// A value and how it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Its size; negative ones are drawn as 0.
    pub value: f64,
    /// How it is printed.
    pub text: String,
}

/// Characters of a line of a label, and the room for labels.
const LABEL: usize = 30;
const LEFT: f64 = 240.0;
const LINE: f64 = 17.0;

impl Bars {
    /// The chart.
    pub fn draw(&self) -> String {
        let labels: Vec<Vec<String>> = self.bars.iter().map(|bar| wrapped(&bar.label, LABEL, 3)).collect();
        let heights: Vec<f64> =
            labels.iter().map(|lines| (lines.len() as f64 * LINE).max(26.0) + 10.0).collect();
        let height = heights.iter().sum::<f64>() + 20.0;
        let mut drawing = Drawing::new(WIDTH, height, &self.title, &self.description);
        let most = self.most.unwrap_or_else(|| {
            largest(self.bars.iter().flat_map(|bar| [bar.value, bar.base.unwrap_or(0.0)]))
        });
        let texts = self.bars.iter().map(|bar| width_of(&bar.text, SIZE)).fold(0.0, f64::max);
        let length = (WIDTH - LEFT - texts - 30.0).max(80.0);
        let mut y = 10.0;
        for ((bar, lines), height) in self.bars.iter().zip(&labels).zip(heights) {
            label(&mut drawing, lines, y, height);
            let top = y + height / 2.0 - 10.0;
            let long = scaled(bar.value, most, length);
            let base = bar.base.map_or(0.0, |base| scaled(base, most, length));
            if base > 0.0 {
                drawing.rectangle(LEFT, top, base, 20.0, Fill::Plain("#e6eef6"));
            }
            if long > 0.0 {
                drawing.rectangle(LEFT, top, long, 20.0, FILLS[0]);
            }
            drawing.text(LEFT + base.max(long) + 8.0, top + 15.0, Anchor::Start, &bar.text);
            y += height;
        }
        axis(&mut drawing, 10.0, y);
        drawing.finish()
    }
}

impl Groups {
    /// The chart.
    pub fn draw(&self) -> String {
        let count = self.series.len().clamp(1, FILLS.len());
        let labels: Vec<Vec<String>> =
            self.groups.iter().map(|group| wrapped(&group.label, LABEL, 4)).collect();
        let own = count as f64 * 22.0;
        let heights: Vec<f64> =
            labels.iter().map(|lines| (lines.len() as f64 * LINE).max(own) + 14.0).collect();
        let legend = legend_height(&self.series);
        let height = heights.iter().sum::<f64>() + legend + 20.0;
        let mut drawing = Drawing::new(WIDTH, height, &self.title, &self.description);
        draw_legend(&mut drawing, &self.series);
        let marks = || self.groups.iter().flat_map(|group| group.marks.iter().take(count).flatten());
        let most = self.most.unwrap_or_else(|| largest(marks().map(|mark| mark.value)));
        let texts = marks().map(|mark| width_of(&mark.text, SIZE)).fold(20.0, f64::max);
        let length = (WIDTH - LEFT - texts - 30.0).max(80.0);
        let mut y = legend + 10.0;
        let top = y;
        for ((group, lines), height) in self.groups.iter().zip(&labels).zip(heights) {
            label(&mut drawing, lines, y, height);
            let first = y + (height - own) / 2.0;
            for (place, fill) in FILLS.iter().enumerate().take(count) {
                let bar = first + place as f64 * 22.0;
                let mark = group.marks.get(place).and_then(Option::as_ref);
                let long = mark.map_or(0.0, |mark| scaled(mark.value, most, length));
                if long > 0.0 {
                    drawing.rectangle(LEFT, bar, long, 18.0, *fill);
                }
                let text = mark.map_or("–", |mark| mark.text.as_str());
                drawing.text(LEFT + long + 8.0, bar + 14.0, Anchor::Start, text);
            }
            y += height;
        }
        axis(&mut drawing, top, y);
        drawing.finish()
    }
}

fn label(drawing: &mut Drawing, lines: &[String], y: f64, height: f64) {
    let first = y + (height - lines.len() as f64 * LINE) / 2.0 + 13.0;
    for (place, line) in lines.iter().enumerate() {
        drawing.text(LEFT - 10.0, first + place as f64 * LINE, Anchor::End, line);
    }
}

fn axis(drawing: &mut Drawing, top: f64, bottom: f64) {
    drawing.line((LEFT, top), (LEFT, bottom), QUIET, &format!(" stroke-width=\"{}\"", shown(1.5)));
}

/// Where each entry of a legend stands.
fn legend_places(names: &[String]) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (10.0, 22.0);
    let mut places = Vec::new();
    for name in names {
        let width = 26.0 + width_of(name, SIZE) + 24.0;
        if x > 10.0 && x + width > WIDTH {
            (x, y) = (10.0, y + 22.0);
        }
        places.push((x, y));
        x += width;
    }
    places
}

fn legend_height(names: &[String]) -> f64 {
    legend_places(names).last().map_or(0.0, |(_, y)| y + 12.0)
}

fn draw_legend(drawing: &mut Drawing, names: &[String]) {
    for ((name, (x, y)), fill) in names.iter().zip(legend_places(names)).zip(FILLS) {
        drawing.key(x, y, fill, name);
    }
}
