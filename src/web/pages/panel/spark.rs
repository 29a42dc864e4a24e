//! A small line through the editions. The numbers stand beside it in the table, so the picture says them once more in
//! words for those who do not see it.
use askama::Template;
use form::number::Rational;

use super::years::number;
use crate::service::compare::{OUTSIDE, Point};

/// Size of the picture.
const WIDTH: u32 = 150;
const HEIGHT: u32 = 44;
/// Room for the points at the edges.
const EDGE: u32 = 8;

/// A line with a point per edition, drawn as broken where the series is.
#[derive(Debug, Clone, Template)]
#[template(path = "panel/spark.html")]
pub struct Spark {
    /// What it shows, in words.
    pub words: String,
    /// Runs of the line, each as the points of a polyline.
    pub runs: Vec<String>,
    /// The points, each with whether only the panel shows its number.
    pub dots: Vec<(u32, u32, bool)>,
    /// Where the line breaks.
    pub breaks: Vec<u32>,
}

// The template escapes its only text.
impl askama::filters::HtmlSafe for Spark {}

impl Spark {
    /// The line of a series; none where fewer than two editions have a number.
    pub(super) fn new(label: &str, points: &[Point]) -> Option<Spark> {
        let known: Vec<(usize, &Rational)> = points
            .iter()
            .enumerate()
            .filter_map(|(place, point)| Some((place, point.value.as_ref()?)))
            .collect();
        if known.len() < 2 {
            return None;
        }
        let zero = Rational::from_integer(0.into());
        let most = known.iter().map(|(_, value)| *value).max().filter(|most| **most > zero).cloned();
        let least = known.iter().map(|(_, value)| *value).min().filter(|least| **least < zero).cloned();
        let least = least.unwrap_or_else(|| zero.clone());
        let span = most.unwrap_or(zero) - &least;
        let spot =
            |place: usize, value: &Rational| (across(place, points.len()), up(&(value - &least), &span));
        let mut spark =
            Spark { words: words(label, points), runs: Vec::new(), dots: Vec::new(), breaks: Vec::new() };
        let mut run: Vec<(usize, (u32, u32))> = Vec::new();
        for (place, value) in known {
            let next = run.last().is_some_and(|(last, _)| last + 1 == place);
            if !next || points[place].cut.is_some() {
                spark.end(&mut run);
            }
            let at = spot(place, value);
            spark.dots.push((at.0, at.1, points[place].inside.is_some()));
            run.push((place, at));
        }
        spark.end(&mut run);
        let broken = points.iter().enumerate().skip(1).filter(|(_, point)| point.cut.is_some());
        spark.breaks = broken
            .map(|(place, _)| across(place, points.len()).midpoint(across(place - 1, points.len())))
            .collect();
        Some(spark)
    }

    fn end(&mut self, run: &mut Vec<(usize, (u32, u32))>) {
        if run.len() > 1 {
            let spots: Vec<String> = run.iter().map(|(_, (x, y))| format!("{x},{y}")).collect();
            self.runs.push(spots.join(" "));
        }
        run.clear();
    }
}

fn across(place: usize, places: usize) -> u32 {
    let (place, last) = (place as u32, places.saturating_sub(1).max(1) as u32);
    EDGE + (WIDTH - 2 * EDGE) * place / last
}

/// Height over the bottom, from the top of the picture as SVG counts.
fn up(above: &Rational, span: &Rational) -> u32 {
    let room = Rational::from_integer((HEIGHT - 2 * EDGE).into());
    let zero = Rational::from_integer(0.into());
    let over = if *span == zero { zero } else { above / span * room };
    let over: u32 = over.round().to_integer().try_into().unwrap_or(0);
    HEIGHT - EDGE - over.min(HEIGHT - 2 * EDGE)
}

/// A line in words.
pub(super) fn words(label: &str, points: &[Point]) -> String {
    let said = points.iter().map(|point| {
        let year = point.edition.split('/').next_back().unwrap_or_default();
        let value = point.value.as_ref().map_or_else(|| "brak liczby".into(), number);
        let broken = if point.cut.is_some() { ", zmiana definicji" } else { "" };
        let inside = point.inside.filter(|_| point.value.is_some());
        let inside = inside.map_or_else(String::new, |_| format!(", {OUTSIDE}"));
        format!("{year}: {value}{broken}{inside}")
    });
    format!("{label}. {}.", said.collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use form::diff::Cut;
    use form::model::Comparable;
    use form::number::Rational;

    use super::Spark;
    use crate::service::compare::Point;

    fn point(edition: &str, value: Option<i64>, broken: bool) -> Point {
        let cut = broken.then(|| Cut { comparable: Comparable::No, notes: vec!["Inaczej.".into()] });
        let value = value.map(|value| Rational::from_integer(value.into()));
        Point { edition: edition.into(), value, cut, ..Point::default() }
    }

    #[test]
    fn a_break_is_drawn_as_a_break() {
        let points = [
            point("p/2023", Some(0), false),
            point("p/2024", Some(10), false),
            point("p/2025", Some(5), true),
        ];
        let spark = Spark::new("Media", &points).unwrap();
        assert_eq!(spark.runs, ["8,36 75,8"], "the line ends before the break");
        assert_eq!((spark.dots.len(), spark.breaks.as_slice()), (3, [108].as_slice()));
        assert_eq!(spark.words, "Media. 2023: 0; 2024: 10; 2025: 5, zmiana definicji.");
    }

    #[test]
    fn a_year_without_a_number_leaves_a_gap() {
        let points =
            [point("p/2023", Some(4), false), point("p/2024", None, false), point("p/2025", Some(4), false)];
        let spark = Spark::new("Media", &points).unwrap();
        assert_eq!((spark.runs.len(), spark.dots.len()), (0, 2));
        assert!(Spark::new("Media", &points[..2]).is_none());
    }
}
