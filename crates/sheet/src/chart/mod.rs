//! Charts as SVG: readable in black and white, with a title and a description, every number as the text that the caller
//! gives. The same input gives the same bytes. Geometry is in floating point; nothing printed comes from it.

mod bars;
mod curve;
mod series;

use crate::svg::Fill;

pub use bars::{Bar, Bars, Group, Groups, Mark};
pub use curve::{Curve, Day, Event};
pub use series::{Plan, Point, Series, Shape, Target};

/// The width of every chart in pixels.
const WIDTH: f64 = 720.0;

/// Fills of groups and series: neighbours differ by 3 : 1 or by marks, and all have an outline.
const FILLS: [Fill; 4] = [
    Fill::Plain("#0b4f8a"),
    Fill::Lines("#d6e6f4", "#0b4f8a"),
    Fill::Plain("#4a4a4a"),
    Fill::Dots("#ffffff", "#1b1b1b"),
];

/// The largest of the values, at least a little over 0, so that a chart of zeros can be drawn.
fn largest(values: impl Iterator<Item = f64>) -> f64 {
    values.filter(|value| value.is_finite()).fold(f64::MIN_POSITIVE, f64::max)
}

/// A value between 0 and the largest as a part of a length.
fn scaled(value: f64, largest: f64, length: f64) -> f64 {
    if value.is_finite() { (value.max(0.0) / largest * length).min(length) } else { 0.0 }
}
