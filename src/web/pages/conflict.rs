//! The page shown when two people changed the same answer: both values, and a choice between them.
use askama::Template;
use form::answers::Path;
use form::model::Model;
use survey::merge::Conflict;

use super::layout::Layout;
use super::parts::{Carried, Hidden};
use super::words::{field_title, field_words};

/// The conflict page. Everything that did not conflict is already saved.
#[derive(Debug, Clone, Template)]
#[template(path = "respondent/conflict.html")]
pub struct ConflictPage {
    /// Surroundings.
    pub layout: Layout,
    /// Address of the section; the choice is sent there.
    pub action: String,
    /// Hidden fields; `_rev` and `_page` are those of the page that was posted.
    pub hidden: Hidden,
    /// The answers in question.
    pub contested: Vec<Contested>,
}

/// One answer, or one entry of a list, with two values.
#[derive(Debug, Clone)]
pub struct Contested {
    /// Name of the decision: `_keep.{name}`.
    pub name: String,
    /// Printed number.
    pub number: String,
    /// The question's text.
    pub label: String,
    /// The value typed on this page, in words; none when it was emptied.
    pub mine: Option<String>,
    /// The value saved meanwhile by somebody else, in words; none when it was emptied.
    pub theirs: Option<String>,
    /// The inputs that repeat what this page wanted, and `_theirs.{name}`, sent along with the choice.
    pub carried: Vec<Carried>,
}

impl Contested {
    /// Puts a conflict into words.
    pub fn new(model: &Model, conflict: &Conflict) -> Contested {
        let name = conflict.name();
        match conflict {
            Conflict::Field { path, mine, theirs } => {
                let (number, label) = field_title(model, path);
                Contested {
                    number,
                    label,
                    mine: field_words(model, path, mine),
                    theirs: field_words(model, path, theirs),
                    carried: vec![
                        carried(path, mine),
                        Carried { name: format!("_theirs.{name}"), value: theirs.clone() },
                    ],
                    name,
                }
            }
            Conflict::RemovedHere { row, theirs } => {
                let (number, label) = field_title(model, &Path::Question(row.repeat.clone()));
                Contested {
                    number,
                    label,
                    mine: Some("usunąć wpis".into()),
                    theirs: listed(model, theirs),
                    carried: vec![Carried { name: "_remove".into(), value: name.clone() }],
                    name,
                }
            }
            Conflict::RemovedThere { row, mine } => {
                let (number, label) = field_title(model, &Path::Question(row.repeat.clone()));
                Contested {
                    number,
                    label,
                    mine: listed(model, mine),
                    theirs: Some("wpis usunięty".into()),
                    carried: mine.iter().map(|(path, text)| carried(path, text)).collect(),
                    name,
                }
            }
        }
    }
}

fn carried(path: &Path, value: &str) -> Carried {
    Carried { name: path.to_string(), value: value.into() }
}

/// The filled fields of an entry, one per line.
fn listed(model: &Model, fields: &[(Path, String)]) -> Option<String> {
    let lines: Vec<String> = fields
        .iter()
        .filter_map(|(path, text)| {
            let words = field_words(model, path, text)?.replace('\n', ", ");
            Some(format!("{}: {words}", field_title(model, path).1))
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
