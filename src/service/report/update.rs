//! New numbers in a chapter that people have edited: what changed, and which sentences no longer fit.

use std::collections::{BTreeMap, BTreeSet};

use form::number::Rational;
use form::polish;
use serde::Serialize;
use sheet::docx::{self, BoundNumber, DocxError, Part};

use super::Material;
use super::files::texts;
use super::fitting::{Forms, doubts};
use super::words::of_picture;
use crate::service::{EditionName, Refused, Service};

/// A refreshed document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refreshed {
    /// The file.
    pub bytes: Vec<u8>,
    /// What is to be said about it.
    pub told: Told,
}

/// What changed in a document, and what somebody has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// `programme/edition`.
    pub edition: String,
    /// SHA-256 of the numbers that stand in it now.
    pub hash: String,
    /// Numbers that changed, in the order in which they stand.
    pub changes: Vec<Changed>,
    /// Keys in the document that are no numbers of the edition any more; they stay as they were.
    pub missing: Vec<String>,
    /// Keys whose controls somebody has deleted.
    pub deleted: Vec<String>,
    /// Numbers of which somebody has deleted some places and left others.
    pub fewer: Vec<Fewer>,
    /// Keys with more controls than were written: copies, refreshed like the others.
    pub duplicated: Vec<String>,
    /// Keys of controls that hold another one; left alone.
    pub nested: Vec<String>,
    /// Keys of numbers that a new chapter would have and the document has nowhere: rows of tables, new facts.
    pub added: Vec<String>,
    /// What the numbers of these lists are, by key.
    pub titles: BTreeMap<String, String>,
    /// Pictures that changed or that somebody has to look at.
    pub pictures: Vec<PictureTold>,
}

/// A number that something is to be said about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// What it is; its key where nobody knows.
    pub title: String,
    /// Its key.
    pub key: String,
    /// Where it still stands; empty where that does not matter.
    pub places: String,
}

/// A number that stands at fewer places than were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fewer {
    /// Its key.
    pub key: String,
    /// How many places are left.
    pub left: usize,
    /// How many were written.
    pub written: usize,
    /// The paragraphs in which it still stands.
    pub paragraphs: Vec<String>,
}

/// What became of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PictureTold {
    /// Its id.
    pub key: String,
    /// Its caption.
    pub title: String,
    /// Whether it shows the new numbers now.
    pub refreshed: bool,
    /// What is to be said of it.
    pub remark: &'static str,
}

impl Told {
    /// Keeps those titles that its lists need.
    fn with_titles(mut self, mut titles: BTreeMap<String, String>) -> Self {
        let fewer = self.fewer.iter().map(|one| &one.key);
        let listed = [&self.missing, &self.deleted, &self.duplicated, &self.nested, &self.added];
        let keys: BTreeSet<&String> = listed.into_iter().flatten().chain(fewer).collect();
        titles.retain(|key, title| keys.contains(key) && !title.is_empty());
        self.titles = titles;
        self
    }

    /// What to say about numbers, each with those it is true of; sentences that are true of none are left out.
    #[must_use]
    pub fn lists(&self) -> Vec<(&'static str, Vec<Mentioned>)> {
        let named = |keys: &[String]| keys.iter().map(|key| self.mentioned(key)).collect::<Vec<_>>();
        let fewer =
            self.fewer.iter().map(|one| Mentioned { places: one.places(), ..self.mentioned(&one.key) });
        let all = [
            ("Liczby, których edycja już nie ma (zostały bez zmian)", named(&self.missing)),
            ("Liczby usunięte z dokumentu", named(&self.deleted)),
            (
                "Liczby usunięte z niektórych miejsc: jeśli ktoś wpisał je tam ręcznie, nie odświeżą się",
                fewer.collect(),
            ),
            ("Liczby, które ktoś powielił (odświeżone wszystkie)", named(&self.duplicated)),
            ("Liczby, w których ktoś zagnieździł inne (zostały bez zmian)", named(&self.nested)),
            ("Liczby, które są w nowym rozdziale, a w tym dokumencie jeszcze ich nie ma", named(&self.added)),
        ];
        all.into_iter().filter(|(_, numbers)| !numbers.is_empty()).collect()
    }

    fn mentioned(&self, key: &str) -> Mentioned {
        let title = self.titles.get(key).map_or(key, String::as_str);
        let title = match key.ends_with(".share") {
            true => format!("{title} (odsetek)"),
            false => title.to_owned(),
        };
        Mentioned { title, key: key.to_owned(), places: String::new() }
    }
}

impl Fewer {
    fn places(&self) -> String {
        let places =
            self.paragraphs.iter().map(|paragraph| format!("„{paragraph}”")).collect::<Vec<_>>().join("; ");
        format!("miejsc {} z {}, zostało w: {places}", self.left, self.written)
    }
}

/// A number that changed at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its key.
    pub key: String,
    /// What it says.
    pub title: String,
    /// Where: `text`, `footnote`, `header`, `footer`.
    pub place: &'static str,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// The paragraph as it is now.
    pub sentence: String,
    /// Why the sentence may not fit any more; empty when nothing was found.
    pub doubts: Vec<String>,
}

/// Why a document was not refreshed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// The use case refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// It is no document, or not one of ours.
    #[error(transparent)]
    Document(#[from] DocxError),
    /// It was made from another edition.
    #[error("made from {0}")]
    OtherEdition(String),
}

/// The edition that a document of ours was made from.
///
/// # Errors
/// When it is no document, or not one of ours.
pub fn edition_of(bytes: &[u8]) -> Result<Option<EditionName>, DocxError> {
    Ok(docx::origin(bytes)?.edition.trim().parse().ok())
}

impl Service {
    /// Puts the numbers of this moment, or of a frozen state, into a document that was made before, for whoever takes it
    /// along.
    ///
    /// # Errors
    /// [`UpdateError`].
    pub fn report_update(
        &self,
        name: &EditionName,
        state: Option<&str>,
        bytes: &[u8],
        actor: &str,
    ) -> Result<Refreshed, UpdateError> {
        let refreshed = self.report_preview(name, state, bytes)?;
        self.audit_export(name, actor, "odświeżony rozdział")?;
        Ok(refreshed)
    }

    /// The same to look at: what would change.
    ///
    /// # Errors
    /// [`UpdateError`].
    pub fn report_preview(
        &self,
        name: &EditionName,
        state: Option<&str>,
        bytes: &[u8],
    ) -> Result<Refreshed, UpdateError> {
        if let Some(other) = edition_of(bytes)?.filter(|other| other != name) {
            return Err(UpdateError::OtherEdition(other.to_string()));
        }
        let (material, document) = self.chapter(name, state)?;
        let numbers = texts(&material, &document);
        let updated = docx::update(bytes, &numbers, &document.pictures().collect::<Vec<_>>())?;
        let now = docx::numbers(&updated.bytes)?;
        let known: BTreeSet<&String> = now.iter().map(|number| &number.key).chain(&updated.deleted).collect();
        let printed = document.numbers();
        let mut titles = updated.titles;
        titles.extend(printed.iter().map(|(key, number)| (key.clone(), number.title.clone())));
        let figures = &material.figures.figures;
        titles.extend(figures.iter().map(|(key, figure)| (key.clone(), figure.label.clone())));
        let added: Vec<String> = printed.into_keys().filter(|key| !known.contains(key)).collect();
        let forms = Forms::of(&material);
        Ok(Refreshed {
            told: Told {
                edition: name.to_string(),
                hash: material.hash.clone(),
                changes: changed(&updated.changes, &now, &forms, &material),
                added,
                pictures: pictures(&updated.pictures),
                missing: updated.missing,
                fewer: fewer(&updated.fewer, &now),
                deleted: updated.deleted,
                duplicated: updated.duplicated,
                nested: updated.nested,
                titles: BTreeMap::new(),
            }
            .with_titles(titles),
            bytes: updated.bytes,
        })
    }
}

/// Edition and hash stand in headers and footers, which programs write anew as they like.
fn fewer(found: &BTreeMap<String, (usize, usize)>, now: &[BoundNumber]) -> Vec<Fewer> {
    let own = found.iter().filter(|(key, _)| !key.starts_with(OF_DOCUMENT));
    let told = own.map(|(key, (left, written))| Fewer {
        key: key.clone(),
        left: *left,
        written: *written,
        paragraphs: now.iter().filter(|one| one.key == *key).map(|one| one.paragraph.clone()).collect(),
    });
    told.collect()
}

fn pictures(redrawn: &[docx::Redrawn]) -> Vec<PictureTold> {
    let told = redrawn.iter().filter_map(|one| {
        let (refreshed, remark) = of_picture(one.fate)?;
        Some(PictureTold { key: one.key.clone(), title: one.title.clone(), refreshed, remark })
    });
    told.collect()
}

/// What a document says of itself: which edition, which state, up to which event.
const OF_DOCUMENT: &str = "dokument.";

/// The changes with what may not fit. What the document says of itself changes with every refresh and is no news.
fn changed(
    changes: &[docx::Change],
    now: &[BoundNumber],
    forms: &Forms,
    material: &Material,
) -> Vec<Changed> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut told = Vec::new();
    for change in changes.iter().filter(|change| !change.key.starts_with(OF_DOCUMENT)) {
        // The same key can stand at several places; they come in the same order in both lists.
        let places: Vec<&BoundNumber> =
            now.iter().filter(|number| number.key == change.key && number.part == change.part).collect();
        let turn = seen.entry(&change.key).or_default();
        let standing = places.iter().filter(|number| number.paragraph == change.after).nth(
            told.iter()
                .filter(|one: &&Changed| one.key == change.key && one.sentence == change.after)
                .count(),
        );
        let standing = standing.or_else(|| places.get(*turn)).copied();
        *turn += 1;
        let title = material.figures.figures.get(&change.key).map(|figure| figure.label.clone());
        told.push(Changed {
            key: change.key.clone(),
            title: title.unwrap_or_else(|| change.title.clone()),
            place: place(change.part),
            old: change.old.clone(),
            new: change.new.clone(),
            sentence: change.after.clone(),
            doubts: standing.map(|number| doubts(&change.old, number, forms)).unwrap_or_default(),
        });
    }
    told
}

fn place(part: Part) -> &'static str {
    match part {
        Part::Body => "text",
        Part::Note => "footnote",
        Part::Header => "header",
        Part::Footer => "footer",
    }
}

/// A number as it is printed, exact again; none for dashes and dates.
pub(super) fn read(text: &str) -> Option<Rational> {
    let plain = text.trim().trim_end_matches('%').trim_end();
    let (negative, digits) = match plain.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest),
        None => (false, plain),
    };
    let number = polish::read_number(digits).ok()?;
    Some(if negative { -number } else { number })
}
