//! The notebook of an edition: facts of the year, entered once, and what is written about each row of the report.
//! Every save is a new version over the one that was read; nothing is lost when two people save at once.

mod fact;
mod row;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use form::plan::Function;
use serde::de::DeserializeOwned;
use serde_json::json;
use store::{Edition, FactVersion, RowState, RowVersion, StoreError, Tx};
use survey::programme::Programme;
use survey::{EditionId, Scope, Timestamp};

pub use fact::{Fact, FactSource};
pub use row::{RowNote, SourceNote, is_measure};
pub use text::{Bit, Paragraph, bits, paragraphs};

use super::figures::Figure;
use super::programmes::Known;
use super::states::{is_short_name, short_name};
use super::{EditionName, Refused, Service};

/// What a state of an action is called.
#[must_use]
pub fn state_words(state: RowState) -> &'static str {
    match state {
        RowState::Planned => "planowane",
        RowState::InProgress => "w toku",
        RowState::Done => "zrealizowane",
        RowState::Continuous => "realizowane na bieżąco",
        RowState::NotStarted => "nierozpoczęte",
        RowState::Dropped => "zaniechane",
    }
}

/// Something that was written, with who and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<T> {
    /// Counts from 1.
    pub rev: i32,
    /// What was written.
    pub content: T,
    /// Who wrote it.
    pub actor: String,
    /// When.
    pub at: Timestamp,
}

/// All versions of one thing, the oldest first; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History<T>(Vec<Version<T>>);

impl<T> History<T> {
    /// The version that holds.
    ///
    /// # Panics
    /// Never: a history begins with a version.
    #[must_use]
    pub fn newest(&self) -> &Version<T> {
        self.0.last().expect("a history begins with a version")
    }

    /// All versions, the newest first.
    pub fn versions(&self) -> impl Iterator<Item = &Version<T>> {
        self.0.iter().rev()
    }
}

/// Everything that is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notebook {
    /// Facts by their short names.
    pub facts: BTreeMap<String, History<Fact>>,
    /// Rows by their codes.
    pub rows: BTreeMap<String, History<RowNote>>,
}

impl Notebook {
    /// The fact as it holds, unless it was withdrawn.
    #[must_use]
    pub fn fact(&self, slug: &str) -> Option<&Fact> {
        self.facts.get(slug).map(|history| &history.newest().content).filter(|fact| !fact.withdrawn)
    }

    /// Facts that hold, with their short names.
    pub fn facts(&self) -> impl Iterator<Item = (&str, &Fact)> {
        let all = self.facts.iter().map(|(slug, history)| (slug.as_str(), &history.newest().content));
        all.filter(|(_, fact)| !fact.withdrawn)
    }

    /// What is written about a row; none while nobody wrote anything.
    #[must_use]
    pub fn row(&self, code: &str) -> Option<&RowNote> {
        self.rows.get(code).map(|history| &history.newest().content)
    }

    /// Codes of the rows that a fact stands in.
    #[must_use]
    pub fn places_of(&self, slug: &str) -> Vec<&str> {
        let uses = |note: &RowNote| note.facts().any(|name| name == slug);
        let rows = self.rows.iter().filter(|(_, history)| uses(&history.newest().content));
        rows.map(|(code, _)| code.as_str()).collect()
    }

    /// The numbers of the facts: `fakt.{slug}`.
    pub fn figures(&self) -> impl Iterator<Item = (String, Figure)> {
        self.facts().filter_map(|(slug, fact)| {
            let number = fact.number()?;
            Some((format!("fakt.{slug}"), Figure::number(fact.event.clone(), &number)))
        })
    }
}

/// How a save ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved<T> {
    /// It holds now, as this version.
    Stored(i32),
    /// It says what was written before.
    Same,
    /// Somebody else wrote this since; nothing was stored.
    Overtaken(Version<T>),
}

impl Service {
    /// The notebook of an edition.
    ///
    /// # Errors
    /// [`Refused::UnknownEdition`].
    pub fn notebook(&self, name: &EditionName) -> Result<Notebook, Refused> {
        let (programme, edition) = self.edition(name)?;
        self.store.read("notebook", |tx| read_notebook(tx, programme.scope(), edition.id))
    }

    /// Saves a fact over the version `rev`; 0 makes a new one, whose short name comes from the event where none is given.
    ///
    /// # Errors
    /// [`Refused::Input`] with everything that is wrong.
    pub fn fact_save(
        &self,
        name: &EditionName,
        slug: Option<&str>,
        rev: i32,
        fact: &Fact,
        actor: &str,
    ) -> Result<(String, Saved<Fact>), Refused> {
        let (programme, edition) = self.edition(name)?;
        let (scope, edition) = (programme.scope(), edition.id);
        let book = self.notebook(name)?;
        let fact = fact.checked()?;
        let slug = slug.map_or_else(|| free_name(&book, &fact.event), str::to_owned);
        if !is_short_name(&slug) {
            return Err(Refused::input("proszę podać nazwę wydarzenia lub liczby"));
        }
        if fact.withdrawn && !book.places_of(&slug).is_empty() {
            let rows = book.places_of(&slug).join(", ");
            return Err(Refused::input(format!(
                "fakt stoi w wierszach {rows}; proszę go tam najpierw odznaczyć"
            )));
        }
        if let Some(settled) = settled(book.facts.get(&slug), rev, &fact) {
            return Ok((slug, settled));
        }
        let row = FactVersion {
            slug: slug.clone(),
            rev: rev + 1,
            content: json!(fact),
            actor: actor.to_owned(),
            created_at: self.now(),
        };
        let note =
            self.note(actor, "notebook.fact", name.to_string(), json!({ "fact": slug, "rev": row.rev }));
        let stored = self.store.write("fact_save", move |tx| -> Result<(), StoreError> {
            tx.notebook_fact_insert(scope, edition, &row)?;
            tx.audit_append(scope, &note)
        });
        match stored {
            Ok(()) => Ok((slug, Saved::Stored(rev + 1))),
            Err(error) if error.is_taken("notebook_fact") => {
                let theirs = self.notebook(name)?.facts.remove(&slug);
                let theirs = theirs.ok_or_else(|| Refused::Overtaken("fakt".into()))?;
                Ok((slug, Saved::Overtaken(theirs.newest().clone())))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Names under which texts may cite measures: those that have one number, and their shares.
    fn citable(
        &self,
        tx: &mut Tx<'_>,
        programme: &Known,
        edition: &Edition,
    ) -> Result<BTreeSet<String>, Refused> {
        let mut names = BTreeSet::new();
        for source in self.sources(tx, programme, edition)? {
            let numbers = source.plan.measures.iter();
            let numbers =
                numbers.filter(|one| !matches!(one.function, Function::Frequencies | Function::List));
            for measure in numbers {
                let name = format!("{}.{}", source.form, measure.name);
                names.extend((measure.function == Function::Share).then(|| format!("{name}.share")));
                names.insert(name);
            }
        }
        Ok(names)
    }

    /// Saves what is written about a row of the report over the version `rev`; 0 where nothing was written.
    ///
    /// # Errors
    /// [`Refused::NotThere`] for a row that the programme does not have, [`Refused::Input`] with everything that is
    /// wrong.
    pub fn row_save(
        &self,
        name: &EditionName,
        code: &str,
        rev: i32,
        note: &RowNote,
        actor: &str,
    ) -> Result<Saved<RowNote>, Refused> {
        let (programme, edition) = self.edition(name)?;
        let measures = self.store.read("citable", |tx| self.citable(tx, &programme, &edition))?;
        let (scope, edition) = (programme.scope(), edition.id);
        if !programme.declared.actions.iter().any(|action| action.code == code) {
            return Err(Refused::NotThere(format!("{name}, wiersz {code}")));
        }
        let book = self.notebook(name)?;
        let (sources, surveyed) = sources(&programme.declared);
        let note = note.checked(&row::Known { book: &book, sources, surveyed, measures })?;
        if let Some(settled) = settled(book.rows.get(code), rev, &note) {
            return Ok(settled);
        }
        let row = RowVersion {
            code: code.to_owned(),
            rev: rev + 1,
            state: note.state,
            content: json!(note),
            actor: actor.to_owned(),
            created_at: self.now(),
        };
        let trail =
            self.note(actor, "notebook.row", name.to_string(), json!({ "row": code, "rev": row.rev }));
        let stored = self.store.write("row_save", move |tx| -> Result<(), StoreError> {
            tx.notebook_row_insert(scope, edition, &row)?;
            tx.audit_append(scope, &trail)
        });
        match stored {
            Ok(()) => Ok(Saved::Stored(rev + 1)),
            Err(error) if error.is_taken("notebook_row") => {
                let theirs = self.notebook(name)?.rows.remove(code);
                let theirs = theirs.ok_or_else(|| Refused::Overtaken("wiersz".into()))?;
                Ok(Saved::Overtaken(theirs.newest().clone()))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// What can be told without storing: nothing changed, or somebody was faster.
fn settled<T: PartialEq + Clone>(known: Option<&History<T>>, rev: i32, mine: &T) -> Option<Saved<T>> {
    match known.map(History::newest) {
        Some(newest) if newest.content == *mine => Some(Saved::Same),
        Some(newest) if newest.rev != rev => Some(Saved::Overtaken(newest.clone())),
        _ => None,
    }
}

/// A short name that no fact has.
fn free_name(book: &Notebook, event: &str) -> String {
    let name = short_name(event).chars().take(60).collect::<String>();
    let name = name.trim_end_matches('-').to_owned();
    let free = |name: &String| !book.facts.contains_key(name);
    let numbered = (2..).map(|n| format!("{name}-{n}"));
    let mut names = std::iter::once(name.clone()).chain(numbered);
    names.find(free).unwrap_or(name)
}

/// Codes of the programme's sources, and of those that a questionnaire collects.
fn sources(programme: &Programme) -> (Vec<&str>, Vec<&str>) {
    let codes = |only_surveyed: bool| {
        let sources = programme.sources.iter().filter(|source| !only_surveyed || source.form.is_some());
        sources.map(|source| source.code.as_str()).collect()
    };
    (codes(false), codes(true))
}

/// All versions of everything, as one snapshot has them.
pub(super) fn read_notebook(tx: &mut Tx<'_>, scope: Scope, edition: EditionId) -> Result<Notebook, Refused> {
    let mut book = Notebook::default();
    for row in tx.notebook_fact_list(scope, edition)? {
        let version = version(row.rev, row.content, row.actor, row.created_at)?;
        push(&mut book.facts, row.slug, version);
    }
    for row in tx.notebook_row_list(scope, edition)? {
        let version = version(row.rev, row.content, row.actor, row.created_at)?;
        push(&mut book.rows, row.code, version);
    }
    Ok(book)
}

fn push<T>(all: &mut BTreeMap<String, History<T>>, name: String, version: Version<T>) {
    all.entry(name).or_insert_with(|| History(Vec::new())).0.push(version);
}

fn version<T: DeserializeOwned>(
    rev: i32,
    content: serde_json::Value,
    actor: String,
    at: Timestamp,
) -> Result<Version<T>, Refused> {
    let unreadable = |e: serde_json::Error| Refused::Unreadable { what: "notebook", cause: e.to_string() };
    Ok(Version { rev, content: serde_json::from_value(content).map_err(unreadable)?, actor, at })
}

/// A text as people typed it: trimmed, without control characters, not too long.
fn cleaned(what: &str, text: &str, longest: usize, wrong: &mut Vec<String>) -> String {
    match form::answers::clean(text) {
        Ok(text) if text.chars().count() <= longest => text,
        Ok(text) => {
            wrong.push(format!("{what}: proszę skrócić do {longest} znaków"));
            text
        }
        Err(_) => {
            wrong.push(format!("{what}: zawiera znak, którego nie można zapisać"));
            String::new()
        }
    }
}
