//! Measures through the editions: which number of an earlier edition says the same, and where the line breaks.

use super::groups::{self, Group};
use super::links::{self, Between, Cut, Edition, Missing};
use crate::plan::Function;

/// A measure of the newest edition followed back through the earlier ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its name in the newest edition.
    pub name: String,
    /// The earlier editions, the nearest first.
    pub steps: Vec<Step>,
    /// For a table of frequencies: its rows. Otherwise none.
    pub groups: Vec<Group>,
}

/// A measure in one earlier edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The measure that says the same there, or why there is none.
    pub measure: Result<String, Missing>,
    /// What changed between that edition and the next newer one; none where the line goes on.
    pub cut: Option<Cut>,
}

/// Follows every measure of the newest edition back. `editions` begins with the newest.
///
/// Measures are the same when they read the same questions by `id`, count in the same way and are a part of the same
/// base; the same name alone is not enough.
#[must_use]
pub fn threads(editions: &[Edition<'_>]) -> Vec<Thread> {
    let Some(newest) = editions.first() else { return Vec::new() };
    let between: Vec<Between<'_>> = editions.windows(2).map(|pair| Between::new(pair[1], pair[0])).collect();
    newest.plan.measures.iter().map(|measure| thread(&measure.name, *newest, &between)).collect()
}

fn thread(name: &str, newest: Edition<'_>, between: &[Between<'_>]) -> Thread {
    let mut steps = Vec::new();
    let mut choices = Vec::new();
    let mut found: Result<String, Missing> = Ok(name.to_owned());
    for pair in between {
        let cut = match &found {
            Ok(name) => {
                let link = pair.link(name);
                found = link.measure;
                choices.push(link.choices);
                link.cut
            }
            // Where the line has ended nothing older can be reached.
            Err(_) => None,
        };
        steps.push(Step { measure: found.clone(), cut });
    }
    let list = frequencies(name, newest);
    let groups = list.map(|list| groups::rows(&list, &choices, between.len())).unwrap_or_default();
    Thread { name: name.to_owned(), steps, groups }
}

/// Codes and labels of the choices that a table of frequencies counts; none for any other measure.
fn frequencies(name: &str, newest: Edition<'_>) -> Option<Vec<(String, String)>> {
    let measure = newest.plan.measure(name).filter(|m| m.function == Function::Frequencies)?;
    let list = links::list_of(newest.model, measure)?;
    let counted = list.choices.iter().filter(|choice| !choice.dont_know);
    Some(counted.map(|choice| (choice.name.clone(), choice.label.plain())).collect())
}
