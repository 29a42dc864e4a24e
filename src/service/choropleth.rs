//! Maps of numbers in classes, by powiat and by gmina.

use std::collections::{BTreeMap, BTreeSet};

use form::number::Rational;
use sheet::map::{Choropleth, Level, Shade, areas};
use tally::printed;

/// Most classes of a map.
const MOST: usize = 5;

/// What an area shows: its number and what is said of it, or nothing.
pub type Marked = Option<(Rational, String)>;

/// What is said of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What it is called.
    pub title: String,
    /// What it says, for people who cannot see it.
    pub description: String,
    /// What areas without a number are.
    pub nothing: String,
}

/// The map of powiats, known by their names; none where none of them lies on it.
#[must_use]
pub fn by_powiat(words: Words, powiats: &BTreeMap<String, Marked>) -> Option<Choropleth> {
    drawn(
        words,
        Level::Powiat,
        areas(Level::Powiat).into_iter().filter_map(|(code, name)| Some((code, powiats.get(name)?))),
    )
}

/// The map of gminy, known by the first six digits of their codes; none where none of them lies on it.
#[must_use]
pub fn by_gmina(words: Words, gminy: &BTreeMap<String, Marked>) -> Option<Choropleth> {
    let all = areas(Level::Gmina).into_iter();
    drawn(words, Level::Gmina, all.filter_map(|(code, _)| Some((code, gminy.get(code)?))))
}

fn drawn<'a>(
    words: Words,
    level: Level,
    known: impl Iterator<Item = (&'a str, &'a Marked)>,
) -> Option<Choropleth> {
    let known: Vec<(&str, &Marked)> = known.collect();
    if known.is_empty() {
        return None;
    }
    let marks = || known.iter().filter_map(|(code, marked)| Some((code, marked.as_ref()?)));
    let classes = classes(marks().map(|(_, (number, _))| number).collect());
    let shades = marks().filter_map(|(code, (number, text))| {
        let class = classes.iter().position(|(_, high)| number <= *high)?;
        Some(((*code).to_owned(), Shade { class, text: text.clone() }))
    });
    Some(Choropleth {
        title: words.title,
        description: words.description,
        level,
        nothing: words.nothing,
        shades: shades.collect(),
        classes: classes.iter().map(|(low, high)| between(&printed(low), &printed(high))).collect(),
    })
}

/// The lowest and highest number of each class. No class is empty and all hold about as many different numbers.
fn classes(numbers: BTreeSet<&Rational>) -> Vec<(&Rational, &Rational)> {
    let numbers: Vec<&Rational> = numbers.into_iter().collect();
    let count = numbers.len().min(MOST);
    let edge = |place: usize| place * numbers.len() / count;
    (0..count).map(|place| (numbers[edge(place)], numbers[edge(place + 1) - 1])).collect()
}

fn between(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}–{high}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words { title: "Mapa".into(), description: "Opis".into(), nothing: "nie podaje się".into() }
    }

    fn map(numbers: &[(&str, Option<i64>)]) -> Option<Choropleth> {
        let marked = |number: i64| (Rational::from_integer(number.into()), number.to_string());
        let powiats = numbers.iter().map(|(name, number)| ((*name).to_owned(), number.map(marked)));
        by_powiat(words(), &powiats.collect())
    }

    #[test]
    fn classes_are_named_by_the_numbers_in_them() {
        let names: Vec<&str> = areas(Level::Powiat).iter().map(|(_, name)| *name).take(7).collect();
        let numbers = [0, 1, 2, 3, 40, 50, 50];
        let all: Vec<_> = names.iter().zip(numbers).map(|(name, number)| (*name, Some(number))).collect();
        let drawn = map(&all).unwrap();
        assert_eq!(drawn.classes, ["0", "1", "2", "3", "40–50"]);
        assert_eq!(drawn.shades.values().map(|shade| shade.class).collect::<Vec<_>>(), [0, 1, 2, 3, 4, 4, 4]);
    }

    #[test]
    fn areas_without_a_number_cannot_be_told_from_those_that_nobody_asked() {
        let drawn = map(&[("powiat białobrzeski", Some(7)), ("Radom", None)]).unwrap();
        assert_eq!(drawn.shades.keys().collect::<Vec<_>>(), ["1401"]);
        assert_eq!(drawn, map(&[("powiat białobrzeski", Some(7))]).unwrap());
        assert_eq!(map(&[("Radom", None)]).unwrap().classes, [""; 0]);
    }

    #[test]
    fn there_is_no_map_of_places_that_are_not_on_it() {
        assert_eq!(map(&[("powiat poznański", Some(7))]), None);
        assert_eq!(map(&[]), None);
    }
}
