//! How answers came in, day by day.

use crate::svg::{Anchor, Drawing, INK, QUIET, SIZE, shown, width_of, wrapped};

use super::{WIDTH, largest, scaled};

/// A curve that only rises: how many there were at the end of each day.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// What the chart is called.
    pub title: String,
    /// What it says, for people who cannot see it.
    pub description: String,
    /// The days from left to right.
    pub days: Vec<Day>,
    /// What all would be, as a line with its text: „wysłano 352 zaproszenia”.
    pub total: Option<(f64, String)>,
    /// What happened on the way: reminders, the last day.
    pub events: Vec<Event>,
}

/// The end of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// „17.01”.
    pub label: String,
    /// How many there were.
    pub value: f64,
    /// How many, as printed; shown for the last day.
    pub text: String,
}

/// Something that happened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The place of the day in the list.
    pub day: usize,
    /// What it was.
    pub label: String,
}

const LEFT: f64 = 24.0;
const CHART: f64 = 240.0;
/// Characters of a line of an event.
const LABEL: usize = 22;

impl Curve {
    /// The chart.
    pub fn draw(&self) -> String {
        let top = 34.0 + self.events.len() as f64 * 18.0;
        let bottom = top + CHART;
        let mut drawing = Drawing::new(WIDTH, bottom + 40.0, &self.title, &self.description);
        let total = self.total.as_ref().map(|(value, _)| *value);
        let most = largest(self.days.iter().map(|day| day.value).chain(total));
        let last_text = self.days.last().map_or(0.0, |day| width_of(&day.text, SIZE));
        let right = WIDTH - (last_text + 20.0).max(30.0);
        let step = (right - LEFT) / self.days.len().saturating_sub(1).max(1) as f64;
        let x = |place: usize| LEFT + step * place as f64;
        let y = |value: f64| bottom - scaled(value, most, CHART);
        self.area(&mut drawing, &x, &y, bottom);
        if let Some((value, text)) = &self.total {
            let dashed = " stroke-width=\"2\" stroke-dasharray=\"7 4\"";
            drawing.line((LEFT, y(*value)), (right, y(*value)), INK, dashed);
            drawing.text(LEFT + 4.0, y(*value) - 8.0, Anchor::Start, text);
        }
        for (place, event) in self.events.iter().enumerate().filter(|(_, event)| event.day < self.days.len())
        {
            let line = 34.0 + place as f64 * 18.0;
            drawing.line(
                (x(event.day), line + 4.0),
                (x(event.day), bottom),
                INK,
                " stroke-dasharray=\"2 3\"",
            );
            let anchor = if x(event.day) > WIDTH / 2.0 { Anchor::End } else { Anchor::Start };
            let label = wrapped(&event.label, LABEL * 2, 1).concat();
            drawing.text(x(event.day), line, anchor, &label);
        }
        drawing.line((LEFT, bottom), (right, bottom), QUIET, " stroke-width=\"1.5\"");
        self.labels(&mut drawing, step, &x, bottom);
        if let Some((place, day)) = self.days.iter().enumerate().next_back() {
            drawing.text(x(place) + 8.0, y(day.value) + 5.0, Anchor::Start, &day.text);
        }
        drawing.finish()
    }

    /// Steps, because nothing is known between two days.
    fn area(&self, drawing: &mut Drawing, x: &impl Fn(usize) -> f64, y: &impl Fn(f64) -> f64, bottom: f64) {
        let Some(first) = self.days.first() else { return };
        let mut steps = format!("M{} {}", shown(x(0)), shown(y(first.value)));
        for (place, day) in self.days.iter().enumerate().skip(1) {
            steps.push_str(&format!("H{}V{}", shown(x(place)), shown(y(day.value))));
        }
        let (start, end) = (shown(x(0)), shown(bottom));
        drawing.push(&format!("<path d=\"{steps}V{end}H{start}Z\" fill=\"#d6e6f4\"/>"));
        drawing.push(&format!("<path d=\"{steps}\" fill=\"none\" stroke=\"#0b4f8a\" stroke-width=\"3\"/>"));
    }

    /// As many days as fit beside one another, the first and the last among them.
    fn labels(&self, drawing: &mut Drawing, step: f64, x: &impl Fn(usize) -> f64, bottom: f64) {
        let widest = self.days.iter().map(|day| width_of(&day.label, SIZE)).fold(30.0, f64::max) + 12.0;
        let every = ((widest / step).ceil() as usize).max(1);
        let last = self.days.len().saturating_sub(1);
        for (place, day) in self.days.iter().enumerate() {
            let is_clear = place % every == 0 && (last - place >= every || place == last);
            if is_clear || place == last {
                drawing.line((x(place), bottom), (x(place), bottom + 5.0), QUIET, "");
                drawing.text(x(place), bottom + 21.0, Anchor::Middle, &day.label);
            }
        }
    }
}
