//! New numbers in a document that people have edited: only the characters inside the controls change.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::document::Figure;
use crate::markup::escape;

use super::bound::{self, Stored};
use super::controls::{Control, Known, Scanned, parts, scan, shown};
use super::package::Package;
use super::redraw::{Redrawn, redraw};
use super::xml::Tree;
use super::{DocxError, Part};

/// A document with new numbers, and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updated {
    /// The file.
    pub bytes: Vec<u8>,
    /// Every place where a number changed.
    pub changes: Vec<Change>,
    /// Keys in the document that the given numbers do not have; they stay as they were.
    pub missing: Vec<String>,
    /// Keys that were written and whose controls are all gone, tracked deletions included.
    pub deleted: Vec<String>,
    /// Keys that still stand somewhere, but at fewer places than were written: how many are left of how many.
    pub fewer: BTreeMap<String, (usize, usize)>,
    /// Keys with more controls than were written: copies, which are refreshed like the others.
    pub duplicated: Vec<String>,
    /// Keys of controls that hold another of our controls; such a control itself is left alone.
    pub nested: Vec<String>,
    /// What each number that was ever written is, by key.
    pub titles: BTreeMap<String, String>,
    /// What became of each picture that was written with an id.
    pub pictures: Vec<Redrawn>,
}

/// A number that changed where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// What it is, as it was written.
    pub title: String,
    /// Where it stands.
    pub part: Part,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// Its paragraph before, tracked deletions left out.
    pub before: String,
    /// Its paragraph now.
    pub after: String,
}

/// Bytes to be replaced.
type Edit = (Range<usize>, String);

/// Puts new numbers into a document: into the part that holds them and into every control bound to it, in the text, in
/// tables, notes, headers and footers. Everything else stays byte by byte. Doing it twice changes nothing more.
///
/// Pictures that the document still has as they were written are exchanged by those of `figures` with their ids.
///
/// `numbers` should hold [`EDITION_KEY`](crate::document::EDITION_KEY) and [`HASH_KEY`](crate::document::HASH_KEY) too.
///
/// # Errors
/// When the file is no document, or one without numbers of ours.
pub fn update(
    bytes: &[u8],
    numbers: &BTreeMap<String, String>,
    figures: &[&Figure],
) -> Result<Updated, DocxError> {
    let package = Package::read(bytes)?;
    let store = bound::find(&package).ok_or(DocxError::NotOurs)?;
    let text = package.text(&store)?;
    let stored = bound::read(&store, text)?;
    let own = Tree::read(&store, text)?;
    let parts = parts(&package)?;
    let names: Vec<String> = parts.iter().map(|(name, _)| name.clone()).collect();
    let mut redrawing = redraw(&package, &names, &own, figures)?;
    let mut changed = std::mem::take(&mut redrawing.parts);
    let mut keep = |name: &str, text: &str, mut edits: Vec<Edit>| {
        if !edits.is_empty() {
            edits.sort_by_key(|(range, _)| range.start);
            let mark = if package.has_mark(name) { "\u{FEFF}" } else { "" };
            changed.insert(name.to_owned(), format!("{mark}{}", applied(text, edits)).into_bytes());
        }
    };
    let mut own_edits = stored_edits(&own, &stored, numbers);
    own_edits.append(&mut redrawing.own);
    keep(&store, text, own_edits);
    let stored: Vec<Stored> = stored.into_iter().map(|(one, _)| one).collect();
    let known = Known::new(&stored);
    let mut changes = Vec::new();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    let mut framed = BTreeSet::new();
    let mut nested = BTreeSet::new();
    for (name, kind) in parts {
        let text = package.text(&name)?;
        let scanned = scan(&name, kind, text, &known)?;
        // Headers and footers are repeated from section to section; LibreOffice writes each anew.
        let is_frame = matches!(kind, Part::Header | Part::Footer);
        for control in scanned.live() {
            if !is_frame || framed.insert((kind, control.key.clone())) {
                *count.entry(control.key.clone()).or_default() += 1;
            }
            if control.holds_ours {
                nested.insert(control.key.clone());
            }
        }
        let mut new = edits(&scanned, numbers);
        new.extend(redrawing.edits.remove(&name).unwrap_or_default());
        keep(&name, text, new);
        changes.extend(changes_of(&scanned, numbers, &stored));
    }
    let of_stored = |is: &dyn Fn(&Stored, usize) -> bool| {
        let found = stored.iter().filter(|one| is(one, count.get(&one.key).copied().unwrap_or(0)));
        found.map(|one| one.key.clone()).collect()
    };
    let left = |one: &Stored| count.get(&one.key).copied().unwrap_or(0);
    let fewer = stored.iter().filter(|one| (1..one.uses).contains(&left(one)));
    Ok(Updated {
        fewer: fewer.map(|one| (one.key.clone(), (left(one), one.uses))).collect(),
        bytes: Package::rewritten(bytes, &changed)?,
        changes,
        missing: count.keys().filter(|key| !numbers.contains_key(*key)).cloned().collect(),
        deleted: of_stored(&|one, now| now == 0 && one.uses > 0),
        duplicated: of_stored(&|one, now| now > one.uses),
        nested: nested.into_iter().collect(),
        titles: stored.iter().map(|one| (one.key.clone(), one.title.clone())).collect(),
        pictures: redrawing.told,
    })
}

fn stored_edits(
    tree: &Tree<'_>,
    stored: &[(Stored, usize)],
    numbers: &BTreeMap<String, String>,
) -> Vec<Edit> {
    let changed = stored.iter().filter_map(|(one, place)| {
        let new = numbers.get(&one.key).filter(|new| **new != one.text)?;
        Some(inside(tree, *place, &escape(new)))
    });
    changed.collect()
}

/// The edit that puts this markup between the tags of an element, also when it is written as one empty tag.
pub(super) fn inside(tree: &Tree<'_>, place: usize, markup: &str) -> Edit {
    let element = &tree.elements[place];
    if !element.is_empty() {
        return (element.inside(), markup.to_owned());
    }
    let start = &tree.text[element.start.clone()];
    let open = start.trim_end_matches('>').trim_end_matches('/').trim_end();
    (element.start.clone(), format!("{open}>{markup}</{}>", full_name(start)))
}

/// The name of a tag with its prefix.
fn full_name(tag: &str) -> &str {
    let name =
        tag.trim_start_matches('<').split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').next();
    name.unwrap_or_default()
}

/// What a control should show, when that is something else than what it shows.
fn wanted<'a>(
    scanned: &Scanned<'_>,
    control: &Control,
    numbers: &'a BTreeMap<String, String>,
) -> Option<&'a str> {
    if control.is_deleted || control.holds_ours {
        return None;
    }
    let new = numbers.get(&control.key)?;
    (scanned.text_of(control) != *new || control.prompt.is_some()).then_some(new.as_str())
}

fn edits(scanned: &Scanned<'_>, numbers: &BTreeMap<String, String>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for control in &scanned.controls {
        if let Some(new) = wanted(scanned, control, numbers) {
            edits.extend(control_edits(&scanned.tree, control, new));
        }
    }
    edits
}

/// The new text goes into the first text that can be seen; other texts are emptied, signs such as tabs go.
fn control_edits(tree: &Tree<'_>, control: &Control, new: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let first = control.visible.iter().copied().find(|place| tree.is(*place, "t"));
    for place in &control.visible {
        if Some(*place) == first {
            edits.push(text_edit(tree, *place, new));
        } else if !tree.is(*place, "t") {
            edits.push((tree.elements[*place].whole(), String::new()));
        } else if !tree.elements[*place].inside().is_empty() {
            edits.push((tree.elements[*place].inside(), String::new()));
        }
    }
    if first.is_none() {
        edits.push(new_text(tree, control, new));
    }
    if let Some(prompt) = control.prompt {
        edits.push((tree.elements[prompt].whole(), String::new()));
        let run = first.and_then(|first| tree.elements[first].parent);
        let properties = run.and_then(|run| tree.child(run, "rPr"));
        let style = properties.and_then(|properties| tree.child(properties, "rStyle"));
        edits.extend(style.map(|style| (tree.elements[style].whole(), String::new())));
    }
    edits
}

/// A text with spaces at its ends needs a mark that they count.
fn text_edit(tree: &Tree<'_>, place: usize, new: &str) -> Edit {
    let element = &tree.elements[place];
    let has_mark = tree.attribute(element, "space").is_some();
    let needs_mark = new.trim_matches([' ', '\t', '\n']) != new;
    if has_mark || !needs_mark {
        return inside(tree, place, &escape(new));
    }
    let name = full_name(&tree.text[element.start.clone()]);
    (element.whole(), format!("<{name} xml:space=\"preserve\">{}</{name}>", escape(new)))
}

/// Where there is no text at all, one is made: in the last run, or in a run of its own.
fn new_text(tree: &Tree<'_>, control: &Control, new: &str) -> Edit {
    let tag = &tree.text[tree.elements[control.place].start.clone()];
    let prefix = full_name(tag).strip_suffix("sdt").unwrap_or_default();
    let text = format!("<{prefix}t xml:space=\"preserve\">{}</{prefix}t>", escape(new));
    let is_plain = |place: &usize| {
        tree.is(*place, "r")
            && !tree.around(*place).any(|outer| tree.is(outer, "del") || tree.is(outer, "moveFrom"))
    };
    if let Some(run) = tree.inner(control.content).rfind(is_plain) {
        return appended(tree, run, &text);
    }
    let run = format!("<{prefix}r>{text}</{prefix}r>");
    if let Some(paragraph) = tree.inner(control.content).find(|inner| tree.is(*inner, "p")) {
        return appended(tree, paragraph, &run);
    }
    let is_in_paragraph = tree.around(control.place).any(|outer| tree.is(outer, "p"));
    let markup = if is_in_paragraph { run } else { format!("<{prefix}p>{run}</{prefix}p>") };
    appended(tree, control.content, &markup)
}

/// The edit that puts markup before the end tag of an element.
fn appended(tree: &Tree<'_>, place: usize, markup: &str) -> Edit {
    let element = &tree.elements[place];
    if element.is_empty() {
        inside(tree, place, markup)
    } else {
        (element.end.start..element.end.start, markup.to_owned())
    }
}

fn applied(text: &str, edits: Vec<Edit>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (range, replacement) in edits {
        out.push_str(&text[from..range.start]);
        out.push_str(&replacement);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

fn changes_of(scanned: &Scanned<'_>, numbers: &BTreeMap<String, String>, stored: &[Stored]) -> Vec<Change> {
    // What each text shows afterwards, for those that change.
    let mut shown_after: BTreeMap<usize, String> = BTreeMap::new();
    for control in &scanned.controls {
        let Some(new) = wanted(scanned, control, numbers) else { continue };
        // A control without any text stands for itself.
        let nothing = [control.place];
        let places = if control.visible.is_empty() { &nothing[..] } else { &control.visible };
        for (order, place) in places.iter().enumerate() {
            shown_after.insert(*place, if order == 0 { new.to_owned() } else { String::new() });
        }
    }
    let mut changes = Vec::new();
    for control in scanned.live() {
        let Some(new) = wanted(scanned, control, numbers) else { continue };
        let old = scanned.text_of(control);
        if old == new {
            continue;
        }
        let visible = control.paragraph.map(|paragraph| scanned.visible_of(paragraph)).unwrap_or_default();
        let before = visible.iter().map(|place| shown(&scanned.tree, *place)).collect();
        let mut places = visible;
        if control.visible.is_empty() {
            places.push(control.place);
            places.sort_unstable();
        }
        let after = places.iter().map(|place| match shown_after.get(place) {
            Some(text) => text.clone(),
            None => shown(&scanned.tree, *place),
        });
        let title = stored.iter().find(|one| one.key == control.key).map(|one| one.title.clone());
        changes.push(Change {
            key: control.key.clone(),
            title: title.unwrap_or_default(),
            part: scanned.kind,
            old,
            new: new.to_owned(),
            before,
            after: after.collect(),
        });
    }
    changes
}
