//! New pictures in a document that people have edited: only a picture that is byte by byte what was written is exchanged.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::document::Figure;
use crate::markup::{attribute, escape, hex, printable};
use crate::picture::Picture;

use super::DocxError;
use super::bound::{self, Drawn, DrawnAt};
use super::package::{Package, relations_of, target_of};
use super::pictures::png;
use super::xml::Tree;

/// A picture of a document that was written here, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redrawn {
    /// The id of its figure.
    pub key: String,
    /// Its caption, as it was written.
    pub title: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// There is nothing to do: it says the same as before, or it is gone and not needed any more.
    Same,
    /// It was exchanged, and so was the text for people who cannot see it.
    Exchanged,
    /// It was exchanged, but somebody had written another text for people who cannot see it, which stays.
    OwnDescription,
    /// Nothing in the document is what was written: it was deleted, replaced or saved in another way.
    NotFound,
    /// Somebody cut it.
    Cropped,
    /// The office saved one of its files in another format.
    Recoded,
    /// There is no such picture any more.
    NoMore,
}

/// Bytes to be replaced in a text.
type Edit = (Range<usize>, String);

/// What changes for pictures.
#[derive(Debug, Default)]
pub(super) struct Redrawing {
    /// Whole parts: pictures.
    pub(super) parts: BTreeMap<String, Vec<u8>>,
    /// Edits of the parts with text: sizes and descriptions.
    pub(super) edits: BTreeMap<String, Vec<Edit>>,
    /// Edits of our own part.
    pub(super) own: Vec<Edit>,
    /// What is to be said.
    pub(super) told: Vec<Redrawn>,
}

/// A picture that a document shows.
struct Shown {
    /// The part whose text shows it.
    part: String,
    /// Its files: the picture, and the same as SVG.
    files: Vec<String>,
    is_cropped: bool,
    /// Start tags with its size, and with its description.
    sizes: Vec<Sized>,
    descriptions: Vec<Described>,
}

struct Sized {
    tag: Range<usize>,
    width: u64,
    height: u64,
}

struct Described {
    tag: Range<usize>,
    text: String,
}

/// The name by which the bytes of a picture are known again.
pub(super) fn fingerprint(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(bytes)[..16])
}

/// Looks for every picture that was written and exchanges what may be exchanged.
pub(super) fn redraw(
    package: &Package,
    texts: &[String],
    own: &Tree<'_>,
    figures: &[&Figure],
) -> Result<Redrawing, DocxError> {
    let mut shown = Vec::new();
    for part in texts {
        shown.extend(shown_in(package, part)?);
    }
    let mut done = Redrawing::default();
    for (written, at) in &bound::drawn(own) {
        let figure = figures.iter().find(|figure| figure.id.as_deref() == Some(&written.key));
        let here: Vec<&Shown> = shown.iter().filter(|one| is_what(package, one, written)).collect();
        let fate = match figure {
            None if here.is_empty() => Fate::Same,
            None => Fate::NoMore,
            Some(figure) if fingerprint(printable(&figure.svg).as_bytes()) == written.svg => Fate::Same,
            Some(_) if here.is_empty() => Fate::NotFound,
            Some(_) if here.iter().any(|one| one.is_cropped) => Fate::Cropped,
            Some(figure) => exchange(package, &here, (written, *at, own), figure, &mut done),
        };
        done.told.push(Redrawn { key: written.key.clone(), title: written.title.clone(), fate });
    }
    Ok(done)
}

/// Whether a picture is the one that was written: one of its files has the same bytes.
fn is_what(package: &Package, shown: &Shown, written: &Drawn) -> bool {
    shown
        .files
        .iter()
        .filter_map(|file| package.bytes(file))
        .map(fingerprint)
        .any(|print| print == written.svg || print == written.png)
}

fn exchange(
    package: &Package,
    here: &[&Shown],
    (written, at, own): (&Drawn, DrawnAt, &Tree<'_>),
    figure: &Figure,
    done: &mut Redrawing,
) -> Fate {
    let Ok(picture) = Picture::read(&figure.svg) else { return Fate::NoMore };
    let (svg, png) = (printable(&figure.svg).into_bytes(), png(&figure.svg, picture));
    let files: BTreeSet<&String> = here.iter().flat_map(|one| &one.files).collect();
    let is_png = |file: &str| package.bytes(file).is_some_and(|bytes| bytes.starts_with(PNG));
    if files.iter().any(|file| !is_png(file) && !file.ends_with(".svg")) {
        return Fate::Recoded;
    }
    for file in files {
        done.parts.insert(file.clone(), if is_png(file) { png.clone() } else { svg.clone() });
    }
    let description = printable(&figure.alternative);
    let mut is_own = false;
    for one in here {
        let edits = done.edits.entry(one.part.clone()).or_default();
        edits.extend(
            one.sizes.iter().filter_map(|size| resized(package.text(&one.part).ok()?, size, picture)),
        );
        for described in &one.descriptions {
            if same(&described.text, &written.description) {
                edits.extend(redescribed(
                    package.text(&one.part).unwrap_or_default(),
                    described,
                    &description,
                ));
            } else if !same(&described.text, &description) {
                is_own = true;
            }
        }
    }
    let said = [(at.svg, fingerprint(&svg)), (at.png, fingerprint(&png)), (at.description, description)];
    done.own.extend(said.map(|(place, text)| super::refresh::inside(own, place, &escape(&text))));
    if is_own { Fate::OwnDescription } else { Fate::Exchanged }
}

const PNG: &[u8] = b"\x89PNG";

/// Whether two descriptions say the same; offices break lines as they like.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// The tag with the height that the new proportions ask for, where they are others. What would be higher than most
/// pages becomes narrower instead.
fn resized(text: &str, size: &Sized, picture: Picture) -> Option<Edit> {
    const MOST_HEIGHT: u64 = 7_200_000;
    let (across, down) = (u64::from(picture.width), u64::from(picture.height));
    let (mut width, mut height) = (size.width, size.width * down / across);
    let most = size.height.max(MOST_HEIGHT);
    if height > most {
        (width, height) = (most * across / down, most);
    }
    // Rounding is no new proportion.
    if height.abs_diff(size.height) * 100 <= size.height {
        return None;
    }
    let tag = &text[size.tag.clone()];
    let tag = with_attribute(tag, "cx", &width.to_string())?;
    Some((size.tag.clone(), with_attribute(&tag, "cy", &height.to_string())?))
}

fn redescribed(text: &str, described: &Described, description: &str) -> Option<Edit> {
    let tag = &text[described.tag.clone()];
    Some((described.tag.clone(), with_attribute(tag, "descr", &attribute(description))?))
}

/// A start tag with another value of an attribute that it has. `value` is escaped.
fn with_attribute(tag: &str, name: &str, value: &str) -> Option<String> {
    let starts = tag.match_indices(name).map(|(at, _)| at);
    let mut starts = starts.filter(|at| tag[..*at].ends_with(|c: char| c.is_ascii_whitespace()));
    let (from, to) = starts.find_map(|at| {
        let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let from = tag.len() - rest.len() + 1;
        let length = tag[from..].find(mark)?;
        Some((from, from + length))
    })?;
    Some(format!("{}{value}{}", &tag[..from], &tag[to..]))
}

/// The pictures that a part shows; those that were deleted with changes tracked are not shown.
fn shown_in(package: &Package, part: &str) -> Result<Vec<Shown>, DocxError> {
    let relations = relations_of(part);
    if !package.has(&relations) {
        return Ok(Vec::new());
    }
    let targets = targets(package, part, &relations)?;
    let tree = Tree::read(part, package.text(part)?)?;
    let is_removed =
        |place: usize| tree.around(place).any(|outer| tree.is(outer, "del") || tree.is(outer, "moveFrom"));
    let drawings = (0..tree.elements.len()).filter(|place| tree.is(*place, "drawing") && !is_removed(*place));
    Ok(drawings.map(|place| shown(&tree, part, place, &targets)).collect())
}

/// What the relations of a part lead to, by their ids.
fn targets(package: &Package, part: &str, relations: &str) -> Result<BTreeMap<String, String>, DocxError> {
    let tree = Tree::read(relations, package.text(relations)?)?;
    let all = tree.all("Relationship");
    let found = all.filter_map(|element| {
        let target = target_of(part, &tree.attribute(element, "Target")?);
        Some((tree.attribute(element, "Id")?, target)).filter(|(_, target)| package.has(target))
    });
    Ok(found.collect())
}

fn shown(tree: &Tree<'_>, part: &str, drawing: usize, targets: &BTreeMap<String, String>) -> Shown {
    let mut shown = Shown {
        part: part.to_owned(),
        files: Vec::new(),
        is_cropped: false,
        sizes: Vec::new(),
        descriptions: Vec::new(),
    };
    // A group of pictures is somebody's own work.
    if tree.inner(drawing).filter(|place| tree.elements[*place].name == "blip").count() != 1 {
        return shown;
    }
    for place in tree.inner(drawing) {
        let element = &tree.elements[place];
        let number = |name: &str| tree.attribute(element, name).and_then(|text| text.parse::<u64>().ok());
        match element.name {
            "blip" | "svgBlip" => {
                let target = tree.attribute(element, "embed").and_then(|id| targets.get(&id));
                shown.files.extend(target.cloned());
            }
            "srcRect" => {
                shown.is_cropped |= ["l", "t", "r", "b"].iter().any(|side| cut(tree.attribute(element, side)))
            }
            "extent" | "ext" => {
                let size = number("cx").zip(number("cy"));
                shown.sizes.extend(size.map(|(width, height)| Sized {
                    tag: element.start.clone(),
                    width,
                    height,
                }));
            }
            "docPr" | "cNvPr" => {
                let text = tree.attribute(element, "descr");
                shown.descriptions.extend(text.map(|text| Described { tag: element.start.clone(), text }));
            }
            _ => {}
        }
    }
    shown
}

fn cut(side: Option<String>) -> bool {
    side.is_some_and(|side| !matches!(side.as_str(), "" | "0"))
}
