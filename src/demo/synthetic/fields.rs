//! The inputs of one page in the order of the page.

use super::deal::Way;
use super::dice::Dice;

/// Names and values of the inputs of one page.
#[derive(Default)]
pub(super) struct Fields(pub(super) Vec<(String, String)>);

impl Fields {
    /// Fills one input.
    pub(super) fn put(&mut self, name: &str, value: impl Into<String>) {
        self.0.push((name.to_owned(), value.into()));
    }

    /// Ticks several boxes of one group.
    pub(super) fn tick(&mut self, name: &str, choices: &[&str]) {
        for choice in choices {
            self.put(name, *choice);
        }
    }

    /// Fills the places of a ranking, the first one first.
    pub(super) fn rank(&mut self, name: &str, choices: &[&str]) {
        for (place, choice) in choices.iter().enumerate() {
            self.put(&format!("{name}.{}", place + 1), *choice);
        }
    }

    /// Fills a number, or ticks "don't know" where there is none.
    pub(super) fn number(&mut self, name: &str, number: Option<usize>) {
        match number {
            Some(number) => self.put(name, number.to_string()),
            None => self.put(&format!("{name}.nw"), "1"),
        }
    }

    /// Chooses how the list of a section is given.
    pub(super) fn way(&mut self, section: &str, way: &Way) {
        let chosen = match way {
            Way::List(_) => "lista",
            Way::Numbers(_) => "liczby",
            Way::Unknown => "nie_wiem",
        };
        self.put(&format!("{section}_sposob"), chosen);
    }

    /// Begins a new row of a list.
    pub(super) fn row(&mut self, repeat: &str, dice: &Dice<'_>) -> Row<'_> {
        Row { prefix: format!("{repeat}.{}", dice.row_id()), fields: self }
    }
}

/// A row that is being filled.
pub(super) struct Row<'a> {
    prefix: String,
    fields: &'a mut Fields,
}

impl Row<'_> {
    /// Fills one input of the row.
    pub(super) fn put(&mut self, question: &str, value: impl Into<String>) {
        let name = self.name(question);
        self.fields.put(&name, value);
    }

    /// Ticks several boxes of one group of the row.
    pub(super) fn tick(&mut self, question: &str, choices: &[&str]) {
        let name = self.name(question);
        self.fields.tick(&name, choices);
    }

    /// Fills a number of the row, or ticks "don't know" where there is none.
    pub(super) fn number(&mut self, question: &str, number: Option<usize>) {
        let name = self.name(question);
        self.fields.number(&name, number);
    }

    /// Confirms the warning at a question of the row.
    pub(super) fn confirm(&mut self, question: &str) {
        let name = format!("_ok.{}", self.name(question));
        self.fields.put(&name, "1");
    }

    fn name(&self, question: &str) -> String {
        format!("{}.{question}", self.prefix)
    }
}
