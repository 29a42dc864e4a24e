//! Maps of the Mazowieckie voivodeship by gmina and by powiat.
//!
//! What an area shows is decided by the caller: an area without a shade looks the same whatever the reason, so that
//! neither those who did not answer nor small numbers can be told apart.

use std::collections::BTreeMap;

use crate::svg::{Anchor, Drawing, Fill, INK, shown, width_of};

const GMINY: &str = include_str!("mazowieckie-gminy.txt");
const POWIATY: &str = include_str!("mazowieckie-powiaty.txt");

/// Units of the boundaries across, and the height that belongs to them.
const UNITS: f64 = 10_000.0;
const UNITS_HIGH: f64 = 10_430.0;
const WIDTH: f64 = 720.0;
const MARGIN: f64 = 8.0;

/// The areas of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// 314 gminy, by the first six digits of their TERYT code.
    Gmina,
    /// 37 powiaty and 5 cities with powiat rights, by the first four digits.
    Powiat,
}

/// A map of classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choropleth {
    /// What it is called.
    pub title: String,
    /// What it says, for people who cannot see it.
    pub description: String,
    /// Its areas.
    pub level: Level,
    /// What the classes are, from low to high, at most five: „10–20%”.
    pub classes: Vec<String>,
    /// What areas without a shade are: „brak danych lub mniej niż 5”.
    pub nothing: String,
    /// The shades by code; areas that are not here have none.
    pub shades: BTreeMap<String, Shade>,
}

/// What an area shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shade {
    /// The place of its class in the list.
    pub class: usize,
    /// Its number as it is printed, in the area where there is room.
    pub text: String,
}

/// Classes from low to high: two that follow each other differ by 3 : 1 or by marks.
const SHADES: [Fill; 5] = [
    Fill::Plain("#eef4fa"),
    Fill::Dots("#d6e6f4", "#0b4f8a"),
    Fill::Plain("#5b92c4"),
    Fill::Lines("#5b92c4", "#082f52"),
    Fill::Plain("#082f52"),
];
/// The first of the shades that a dark border is lost on.
const DARK: usize = 3;
const NOTHING: Fill = Fill::Crossed("#ffffff", "#767676");

/// An area with its rings of corners.
struct Area<'a> {
    code: &'a str,
    name: &'a str,
    rings: Vec<Vec<(f64, f64)>>,
}

/// The codes and names of the areas of a map, in the order of codes.
pub fn areas(level: Level) -> Vec<(&'static str, &'static str)> {
    lines(level).filter_map(|line| parts(line).map(|(code, name, _)| (code, name))).collect()
}

impl Choropleth {
    /// The map with its legend.
    pub fn draw(&self) -> String {
        let map_height = (WIDTH - 2.0 * MARGIN) * UNITS_HIGH / UNITS + 2.0 * MARGIN;
        let shown_classes = self.classes.len().min(SHADES.len());
        let height = map_height + 24.0 * (shown_classes + 1) as f64 + 10.0;
        let mut drawing = Drawing::new(WIDTH, height, &self.title, &self.description);
        let areas: Vec<Area<'_>> = lines(self.level).filter_map(area).collect();
        for area in &areas {
            self.fill(&mut drawing, area);
        }
        let text_size = if self.level == Level::Powiat { 12.0 } else { 8.0 };
        drawing.push(&format!(
            "<g font-size=\"{text_size}\" stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\" stroke-linejoin=\"round\">"
        ));
        for area in &areas {
            self.number(&mut drawing, area, text_size);
        }
        drawing.push("</g>");
        let mut y = map_height + 18.0;
        for (class, fill) in self.classes.iter().zip(SHADES) {
            drawing.key(MARGIN, y, fill, class);
            y += 24.0;
        }
        drawing.key(MARGIN, y, NOTHING, &self.nothing);
        drawing.finish()
    }

    fn shade(&self, code: &str) -> Option<&Shade> {
        self.shades.get(code).filter(|shade| shade.class < self.classes.len().min(SHADES.len()))
    }

    /// The area with its borders: dark, and within dark shades a white line beside it.
    fn fill(&self, drawing: &mut Drawing, area: &Area<'_>) {
        let shade = self.shade(area.code);
        let fill = drawing.fill(shade.map_or(NOTHING, |shade| SHADES[shade.class]));
        let said = shade.map_or(self.nothing.as_str(), |shade| shade.text.as_str());
        let mut path = String::new();
        for ring in &area.rings {
            let mut from = (i64::MIN, i64::MIN);
            for (place, corner) in ring.iter().enumerate() {
                let corner_tenths = ((corner.0 * 10.0).round() as i64, (corner.1 * 10.0).round() as i64);
                if corner_tenths != from {
                    let sign = if place == 0 { 'M' } else { 'L' };
                    path.push_str(&format!("{sign}{} {}", shown(corner.0), shown(corner.1)));
                    from = corner_tenths;
                }
            }
            path.push('Z');
        }
        let (width, inner) = if self.level == Level::Powiat { (2.0, 0.8) } else { (1.2, 0.5) };
        let title = crate::markup::escape(&format!("{}: {said}", area.name));
        let (width, inner) = (shown(width), shown(inner));
        let light = if shade.is_some_and(|shade| shade.class >= DARK) {
            format!("<path d=\"{path}\" fill=\"none\" stroke=\"#fff\" stroke-width=\"{inner}\"/>")
        } else {
            String::new()
        };
        drawing.push(&format!(
            "<g><title>{title}</title><path d=\"{path}\" fill=\"{fill}\" fill-rule=\"evenodd\" stroke=\"{INK}\" \
             stroke-width=\"{width}\" stroke-linejoin=\"round\"/>{light}</g>"
        ));
    }

    fn number(&self, drawing: &mut Drawing, area: &Area<'_>, size: f64) {
        let Some(shade) = self.shade(area.code) else { return };
        let (x, y, room) = roomiest(&area.rings);
        if width_of(&shade.text, size) < room * 2.6 {
            drawing.text(x, y + size * 0.35, Anchor::Middle, &shade.text);
        }
    }
}

fn lines(level: Level) -> impl Iterator<Item = &'static str> {
    let text = match level {
        Level::Gmina => GMINY,
        Level::Powiat => POWIATY,
    };
    text.lines().filter(|line| !line.starts_with('#'))
}

fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let (code, rest) = line.split_once(';')?;
    let (name, rings) = rest.split_once(';')?;
    Some((code, name, rings))
}

fn area(line: &'static str) -> Option<Area<'static>> {
    let (code, name, rings) = parts(line)?;
    Some(Area { code, name, rings: rings.split('|').map(ring).collect() })
}

/// A ring: its first corner, then the step to each further one.
fn ring(text: &str) -> Vec<(f64, f64)> {
    let scale = (WIDTH - 2.0 * MARGIN) / UNITS;
    let (mut x, mut y) = (0_i32, 0_i32);
    let corners = text.split(',').filter_map(|pair| {
        let (right, down) = pair.split_once(' ')?;
        x += right.parse::<i32>().ok()?;
        y += down.parse::<i32>().ok()?;
        Some((f64::from(x) * scale + MARGIN, f64::from(y) * scale + MARGIN))
    });
    corners.collect()
}

/// Pairs of corners that follow each other, the last and the first too.
fn sides(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1)).take(ring.len())
}

/// The place inside an area that is farthest from its borders, holes among them, out of a grid; and how far it is.
fn roomiest(rings: &[Vec<(f64, f64)>]) -> (f64, f64, f64) {
    const STEPS: u8 = 16;
    let corners = || rings.iter().flatten();
    let (left, right) = extent(corners().map(|corner| corner.0));
    let (top, bottom) = extent(corners().map(|corner| corner.1));
    let mut best = (left, top, 0.0);
    for row in 1..STEPS {
        let y = top + (bottom - top) * f64::from(row) / f64::from(STEPS);
        for column in 1..STEPS {
            let x = left + (right - left) * f64::from(column) / f64::from(STEPS);
            if is_inside(rings, (x, y)) {
                let all = rings.iter().flat_map(|ring| sides(ring));
                let room = all.map(|(a, b)| distance((x, y), a, b)).fold(f64::MAX, f64::min);
                if room > best.2 {
                    best = (x, y, room);
                }
            }
        }
    }
    best
}

fn extent(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

/// Whether a line from the place to the right crosses borders an odd number of times.
fn is_inside(rings: &[Vec<(f64, f64)>], (x, y): (f64, f64)) -> bool {
    let crossed = rings
        .iter()
        .flat_map(|ring| sides(ring))
        .filter(|(a, b)| (a.1 > y) != (b.1 > y) && x < a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0));
    crossed.count() % 2 == 1
}

fn distance(place: (f64, f64), a: (f64, f64), b: (f64, f64)) -> f64 {
    let (along, up) = (b.0 - a.0, b.1 - a.1);
    let length = along * along + up * up;
    let part = if length > 0.0 { ((place.0 - a.0) * along + (place.1 - a.1) * up) / length } else { 0.0 };
    let part = part.clamp(0.0, 1.0);
    (place.0 - a.0 - part * along).hypot(place.1 - a.1 - part * up)
}
