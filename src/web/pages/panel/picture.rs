//! A drawn chart or map inside a page; its numbers stand in the table beside it.
use std::fmt;

/// A picture with its caption.
#[derive(Debug, Clone)]
pub struct Picture {
    /// What it shows.
    pub caption: String,
    /// The drawing.
    pub svg: Svg,
}

/// An SVG as `sheet` draws it: every text in it is escaped, and it has a title and a description of its own.
#[derive(Debug, Clone)]
pub struct Svg(String);

impl Svg {
    /// The drawing of a chart.
    #[must_use]
    pub fn bars(chart: &sheet::chart::Bars) -> Self {
        Self(chart.draw())
    }

    /// The drawing of a response curve.
    #[must_use]
    pub fn curve(chart: &sheet::chart::Curve) -> Self {
        Self(chart.draw())
    }

    /// The drawing of a series of years.
    #[must_use]
    pub fn series(chart: &sheet::chart::Series) -> Self {
        Self(chart.draw())
    }

    /// The drawing of a map.
    #[must_use]
    pub fn map(map: &sheet::map::Choropleth) -> Self {
        Self(map.draw())
    }
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// Drawings escape every text that they are given.
impl askama::filters::HtmlSafe for Svg {}
