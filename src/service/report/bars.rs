//! Bars beside the tables of chapter V: how many of those that answered.

use form::number::Rational;
use form::polish;
use sheet::chart::{Bar, Bars};
use sheet::document::{Block, Figure, Inline};

use crate::service::turnout::size;

/// What a chart of answers shows.
pub(super) struct Shown<'a> {
    /// The key of what is counted; it names the picture.
    pub(super) key: &'a str,
    /// What was asked.
    pub(super) title: &'a str,
    /// Answers with how many offices gave each, in the order of the table.
    pub(super) counts: Vec<(&'a str, u64)>,
    /// Offices that answered the question, where it is known.
    pub(super) answered: Option<u64>,
    /// Of fewer no percentage is printed.
    pub(super) smallest_base: u64,
}

/// The chart; none where nobody gave any of the answers, for there is nothing to draw.
pub(super) fn figure(shown: &Shown<'_>) -> Option<Block> {
    let given = || shown.counts.iter().filter(|(_, count)| *count > 0);
    let (first, most) = given().next()?;
    let text = |count: u64| words(count, shown.answered, shown.smallest_base);
    let bars = Bars {
        title: shown.title.to_owned(),
        description: format!(
            "Najczęstsza odpowiedź: {first}, {}. Wszystkie liczby są w tabeli.",
            text(*most)
        ),
        bars: given()
            .map(|(label, count)| Bar {
                label: (*label).to_owned(),
                value: size(*count),
                base: shown.answered.map(size),
                text: text(*count),
            })
            .collect(),
        most: None,
    };
    let pale = "Jaśniejszy pasek to wszystkie jednostki, które odpowiedziały na pytanie.";
    Some(Block::Figure(Figure {
        id: Some(format!("rysunek.{}", shown.key)),
        caption: vec![Inline::text(shown.title)],
        alternative: bars.description.clone(),
        svg: bars.draw(),
        notes: shown.answered.map(|_| vec![Inline::text(pale)]).into_iter().collect(),
    }))
}

/// Count first, its base, and percent where the base is large enough.
fn words(count: u64, answered: Option<u64>, smallest_base: u64) -> String {
    let Some(base) = answered.filter(|base| *base >= count) else { return polish::integer(count) };
    let counts = format!("{} z {}", polish::integer(count), polish::integer(base));
    if base == 0 || base < smallest_base {
        return counts;
    }
    format!("{counts} ({})", polish::percent(&Rational::new(count.into(), base.into()), 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(counts: &[(&'static str, u64)], answered: u64) -> Option<Figure> {
        let counts = counts.to_vec();
        let shown = Shown {
            key: "jst.potrzeby",
            title: "Czego trzeba?",
            counts,
            answered: Some(answered),
            smallest_base: 10,
        };
        match figure(&shown) {
            Some(Block::Figure(figure)) => Some(figure),
            _ => None,
        }
    }

    #[test]
    fn bars_say_how_many_of_how_many_and_a_percentage_only_of_a_large_base() {
        let figure = drawn(&[("Szkolenia", 7), ("Pieniądze", 3), ("Inne", 0)], 20).unwrap();
        assert!(figure.alternative.starts_with("Najczęstsza odpowiedź: Szkolenia, 7 z 20 (35%)"));
        assert!(figure.svg.contains("3 z 20 (15%)") && !figure.svg.contains("Inne"), "{}", figure.svg);
        let small = drawn(&[("Szkolenia", 7)], 9).unwrap();
        assert!(small.svg.contains("7 z 9") && !small.svg.contains('%'), "{}", small.svg);
    }

    #[test]
    fn nothing_is_drawn_of_answers_that_nobody_gave() {
        assert_eq!(drawn(&[("Inne", 0)], 20), None);
        assert_eq!(drawn(&[], 0), None);
    }
}
