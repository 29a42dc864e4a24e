//! Numbers in texts: bound to their keys, with the footnotes that their flags ask for.

use sheet::document::{Cell, Inline, Number};
use tally::{Bit, Part};

use super::Material;
use crate::service::figures::{Figure, Flag};
use crate::service::measures::Told;
use crate::service::notebook::{Bit as Written, Fact, is_measure};

/// What stands in the chapter for a number that there is not. „b.d.” would be the end of a sentence that it ends, and
/// the sentence would have none after another number was put in its place.
const NO_DATA: &str = "brak danych";

/// Writes numbers.
pub(super) struct Cite<'a> {
    material: &'a Material,
}

impl<'a> Cite<'a> {
    pub(super) fn new(material: &'a Material) -> Self {
        Self { material }
    }

    fn figure(&self, key: &str) -> Option<&'a Figure> {
        self.material.figures.figures.get(key)
    }

    /// The number of a key, with footnotes; a dash where there is none.
    pub(super) fn number(&self, key: &str) -> Vec<Inline> {
        match self.figure(key) {
            Some(figure) => cited(key, figure),
            None => vec![bound(key, "–", key)],
        }
    }

    /// The number of a key where it is, without footnotes, for tables that have their notes below.
    pub(super) fn bare(&self, key: &str) -> Vec<Inline> {
        without_notes(self.number(key))
    }

    /// A number that only the chapter prints, bound under a key of its own.
    pub(super) fn own(&self, key: &str, title: &str, text: &str) -> Inline {
        bound(key, text, title)
    }

    /// The same as a cell.
    pub(super) fn own_cell(&self, key: &str, title: &str, text: &str) -> Cell {
        Cell::of(vec![self.own(key, title, text)])
    }

    /// Whether there is a number under a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.figure(key).is_some()
    }

    /// A sentence of the surveys.
    pub(super) fn told(&self, told: &Told) -> Vec<Inline> {
        let bits = told.bits.iter().flat_map(|bit| match bit {
            Bit::Words(words) => vec![Inline::text(words.clone())],
            Bit::Number { measure, part, text } => self.measured(&told.form, measure, *part, text),
        });
        bits.collect()
    }

    /// A number of a measure; with decimal places that no figure has, under a key of its own.
    fn measured(&self, form: &str, measure: &str, part: Part, text: &str) -> Vec<Inline> {
        let key = match part {
            Part::Value => format!("{form}.{measure}"),
            Part::Share(0) => format!("{form}.{measure}.share"),
            Part::Share(places) => format!("{form}.{measure}.share.{places}"),
        };
        match self.figure(&key) {
            Some(figure) => cited(&key, figure),
            None => vec![bound(&key, text, measure)],
        }
    }

    /// Words of the notebook; names between braces are facts and measures.
    pub(super) fn written(&self, bits: &[Written]) -> Vec<Inline> {
        let pieces = bits.iter().flat_map(|bit| match bit {
            Written::Words(words) => vec![Inline::text(words.clone())],
            Written::Name(measure) if is_measure(measure) => self.number(measure),
            Written::Name(slug) => self.fact_number(slug),
        });
        pieces.collect()
    }

    /// The number of a fact. One that was written after the state was frozen is not among its numbers.
    fn fact_number(&self, slug: &str) -> Vec<Inline> {
        let key = format!("fakt.{slug}");
        if self.has(&key) {
            return self.number(&key);
        }
        let fact = self.material.notebook.fact(slug);
        match fact.and_then(Fact::number) {
            Some(number) => {
                let late = "Liczba wpisana do notatnika po zamrożeniu stanu.";
                vec![bound(&key, &tally::printed(&number), slug), footnote(late)]
            }
            None => vec![Inline::text("–")],
        }
    }

    /// The sentence of a fact with its number bound and its source in a footnote.
    pub(super) fn fact(&self, slug: &str, fact: &Fact) -> Vec<Inline> {
        let sentence = fact.sentence();
        let mut inlines = Vec::new();
        for bit in crate::service::notebook::bits(&sentence) {
            match bit {
                Written::Words(words) => inlines.push(Inline::text(words)),
                Written::Name(name) if name == "liczba" => inlines.extend(self.fact_number(slug)),
                Written::Name(name) if name == "jednostka" => inlines.push(Inline::text(fact.unit_word())),
                Written::Name(_) => inlines.push(Inline::text(fact.days())),
            }
        }
        inlines.extend(fact.footnote().map(|text| footnote(&text)));
        inlines
    }
}

/// A number with a footnote for each of its flags.
fn cited(key: &str, figure: &Figure) -> Vec<Inline> {
    let mut inlines = vec![bound(key, &figure.text, &figure.label)];
    inlines.extend(figure.flags.iter().map(|flag| footnote(flag_words(*flag))));
    inlines
}

fn bound(key: &str, text: &str, title: &str) -> Inline {
    Inline::Number(Number { key: key.to_owned(), text: in_chapter(text).to_owned(), title: title.to_owned() })
}

/// A number as the chapter prints it: no number at all is written out.
pub(super) fn in_chapter(text: &str) -> &str {
    if text == tally::NO_DATA { NO_DATA } else { text }
}

/// The same without footnotes.
pub(super) fn without_notes(content: Vec<Inline>) -> Vec<Inline> {
    content.into_iter().filter(|inline| !matches!(inline, Inline::Footnote(_))).collect()
}

fn footnote(text: &str) -> Inline {
    Inline::Footnote(vec![vec![Inline::text(text)]])
}

/// What a flag means to a reader.
pub(super) fn flag_words(flag: Flag) -> &'static str {
    match flag {
        Flag::Incomplete => "Dane niekompletne: liczba może jeszcze wzrosnąć (k).",
        Flag::DefinitionChanged => {
            "Pytanie lub sposób liczenia zmieniły się, więc liczby nie można porównywać z wcześniejszymi latami (M)."
        }
        Flag::NoData => "Brak danych za część okresu (b.d.).",
    }
}
