//! The bound numbers of a document as people left it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{EDITION_KEY, HASH_KEY};

use super::bound::{self, STORE, Stored};
use super::package::Package;
use super::xml::Tree;
use super::{DocxError, Part};

/// A bound number where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundNumber {
    /// Its key.
    pub key: String,
    /// What it is, as it was written.
    pub title: String,
    /// What the control shows now.
    pub text: String,
    /// Where it stands.
    pub part: Part,
    /// The sentence around it, of what is left when tracked deletions are left out.
    pub sentence: String,
    /// The bytes of the sentence that the number takes.
    pub within: Range<usize>,
    /// The whole paragraph.
    pub paragraph: String,
}

/// Elements of a run that stand for one character.
const SIGNS: [(&str, &str); 5] =
    [("tab", "\t"), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "\u{2011}"), ("softHyphen", "\u{AD}")];

/// A control bound to one of our numbers.
#[derive(Debug)]
pub(super) struct Control {
    /// Its element.
    pub(super) place: usize,
    /// The element with its content.
    pub(super) content: usize,
    pub(super) key: String,
    /// What can be seen in it: texts and signs, without those of controls of ours inside.
    pub(super) visible: Vec<usize>,
    /// The paragraph it stands in, or that stands in it.
    pub(super) paragraph: Option<usize>,
    /// Everything in it was deleted with changes tracked.
    pub(super) is_deleted: bool,
    /// A copy for programs that cannot show a text box.
    pub(super) is_fallback: bool,
    /// Another control of ours is inside.
    pub(super) holds_ours: bool,
    /// The mark that it shows a prompt instead of a value.
    pub(super) prompt: Option<usize>,
}

/// A part with its elements and its controls of ours.
#[derive(Debug)]
pub(super) struct Scanned<'a> {
    pub(super) kind: Part,
    pub(super) tree: Tree<'a>,
    pub(super) controls: Vec<Control>,
}

/// How controls of ours are known: the keys by position, and by the tag of their controls.
#[derive(Debug)]
pub(super) struct Known {
    keys: Vec<String>,
    tags: BTreeMap<String, String>,
}

impl Known {
    pub(super) fn new(stored: &[Stored]) -> Self {
        let tags = stored.iter().map(|number| (bound::tag(&number.key), number.key.clone())).collect();
        Self { keys: stored.iter().map(|number| number.key.clone()).collect(), tags }
    }
}

/// The parts of a document that can hold numbers: text, notes, headers and footers, in this order.
pub(super) fn parts(package: &Package) -> Result<Vec<(String, Part)>, DocxError> {
    let endings = [
        (".main+xml", Part::Body),
        (".footnotes+xml", Part::Note),
        (".endnotes+xml", Part::Note),
        (".header+xml", Part::Header),
        (".footer+xml", Part::Footer),
    ];
    let kinds = package.kinds()?;
    let found = endings.iter().flat_map(|(ending, part)| {
        let of_kind = kinds.iter().filter(move |(name, kind)| {
            kind.contains("wordprocessingml") && kind.ends_with(ending) && package.has(name)
        });
        of_kind.map(|(name, _)| (name.clone(), *part))
    });
    Ok(found.collect())
}

/// Reads a part and finds its controls.
pub(super) fn scan<'a>(
    name: &str,
    kind: Part,
    text: &'a str,
    known: &Known,
) -> Result<Scanned<'a>, DocxError> {
    let tree = Tree::read(name, text)?;
    let places: Vec<usize> = (0..tree.elements.len()).filter(|place| tree.is(*place, "sdt")).collect();
    let keys: BTreeMap<usize, String> =
        places.iter().filter_map(|place| Some((*place, key(&tree, *place, known)?))).collect();
    let controls = keys.iter().filter_map(|(place, key)| control(&tree, *place, key, &keys)).collect();
    Ok(Scanned { kind, tree, controls })
}

/// The key of a control of ours, by its binding first: people may change tags.
fn key(tree: &Tree<'_>, place: usize, known: &Known) -> Option<String> {
    let properties = tree.child(place, "sdtPr")?;
    let value = |name: &str, attribute: &str| {
        tree.child(properties, name).and_then(|child| tree.attribute(&tree.elements[child], attribute))
    };
    // Newer versions of Word may write the binding in a namespace of their own.
    let binding = tree.children(properties).find(|child| tree.elements[*child].name == "dataBinding");
    if let Some(binding) = binding.map(|binding| &tree.elements[binding]) {
        let store = tree.attribute(binding, "storeItemID");
        if store.is_some_and(|store| store.eq_ignore_ascii_case(STORE)) {
            let position = bound::position_of(&tree.attribute(binding, "xpath")?)?;
            return known.keys.get(position.checked_sub(1)?).cloned();
        }
        return None;
    }
    known.tags.get(&value("tag", "val")?).cloned()
}

fn control(tree: &Tree<'_>, place: usize, key: &str, keys: &BTreeMap<usize, String>) -> Option<Control> {
    let content = tree.child(place, "sdtContent")?;
    let inner_controls: Vec<usize> = tree.inner(content).filter(|inner| keys.contains_key(inner)).collect();
    let is_own = |inner: &usize| {
        let inside = |other: &usize| tree.inner(*other).contains(inner);
        !inner_controls.iter().any(inside)
    };
    let (mut visible, mut hidden) = (Vec::new(), 0);
    for inner in tree.inner(content).filter(is_own) {
        if is_visible(tree, inner) {
            visible.push(inner);
        } else if is_sign(tree, inner) || tree.is(inner, "delText") {
            hidden += 1;
        }
    }
    let is_removed = tree.around(place).any(|outer| is_removal(tree, outer));
    let paragraph = tree
        .around(place)
        .find(|outer| tree.is(*outer, "p"))
        .or_else(|| tree.inner(content).find(|inner| tree.is(*inner, "p")));
    Some(Control {
        place,
        content,
        key: key.to_owned(),
        is_deleted: is_removed || (visible.is_empty() && hidden > 0 && inner_controls.is_empty()),
        visible,
        paragraph,
        is_fallback: is_fallback(tree, place),
        holds_ours: !inner_controls.is_empty(),
        prompt: tree.child(place, "sdtPr").and_then(|properties| tree.child(properties, "showingPlcHdr")),
    })
}

/// Whether the element stands for characters in a run.
fn is_sign(tree: &Tree<'_>, place: usize) -> bool {
    let element = &tree.elements[place];
    let in_run = element.parent.is_some_and(|parent| tree.is(parent, "r"));
    in_run && element.is_main && (element.name == "t" || SIGNS.iter().any(|(name, _)| element.name == *name))
}

fn is_removal(tree: &Tree<'_>, place: usize) -> bool {
    tree.is(place, "del") || tree.is(place, "moveFrom")
}

fn is_visible(tree: &Tree<'_>, place: usize) -> bool {
    is_sign(tree, place) && !tree.around(place).take_while(|o| !tree.is(*o, "p")).any(|o| is_removal(tree, o))
}

fn is_fallback(tree: &Tree<'_>, place: usize) -> bool {
    tree.around(place).any(|outer| tree.elements[outer].name == "Fallback")
}

/// What an element of a run shows.
pub(super) fn shown(tree: &Tree<'_>, place: usize) -> String {
    let name = tree.elements[place].name;
    let sign = SIGNS.iter().find(|(sign, _)| *sign == name);
    sign.map_or_else(|| tree.characters(place), |(_, character)| (*character).to_owned())
}

impl Scanned<'_> {
    /// What a control shows.
    pub(super) fn text_of(&self, control: &Control) -> String {
        control.visible.iter().map(|place| shown(&self.tree, *place)).collect()
    }

    /// The visible texts and signs of a paragraph, those of text boxes in it left out.
    pub(super) fn visible_of(&self, paragraph: usize) -> Vec<usize> {
        let own = |inner: &usize| {
            let nearest = self.tree.around(*inner).find(|outer| self.tree.is(*outer, "p"));
            nearest == Some(paragraph) && is_visible(&self.tree, *inner)
        };
        self.tree.inner(paragraph).filter(own).collect()
    }

    /// Controls that people see, each once.
    pub(super) fn live(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(|control| !control.is_deleted && !control.is_fallback)
    }
}

/// The bound numbers of a document in the order in which they stand, with their sentences.
///
/// # Errors
/// When the file is no document, or one without numbers of ours.
pub fn numbers(bytes: &[u8]) -> Result<Vec<BoundNumber>, DocxError> {
    let package = Package::read(bytes)?;
    let name = bound::find(&package).ok_or(DocxError::NotOurs)?;
    let stored: Vec<Stored> =
        bound::read(&name, package.text(&name)?)?.into_iter().map(|(one, _)| one).collect();
    let known = Known::new(&stored);
    let mut found = Vec::new();
    for (name, kind) in parts(&package)? {
        let scanned = scan(&name, kind, package.text(&name)?, &known)?;
        for control in scanned.live() {
            found.push(bound_number(&scanned, control, &stored));
        }
    }
    Ok(found)
}

/// What the numbers of a document come from, as its own part says; a template may show it nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The edition of its [`Properties`](crate::document::Properties).
    pub edition: String,
    /// The hash that it was made or refreshed with last.
    pub hash: String,
}

/// What the numbers of a document come from.
///
/// # Errors
/// When the file is no document, or one without numbers of ours.
pub fn origin(bytes: &[u8]) -> Result<Origin, DocxError> {
    let package = Package::read(bytes)?;
    let name = bound::find(&package).ok_or(DocxError::NotOurs)?;
    let mut origin = Origin::default();
    for (stored, _) in bound::read(&name, package.text(&name)?)? {
        match stored.key.as_str() {
            EDITION_KEY => origin.edition = stored.text,
            HASH_KEY => origin.hash = stored.text,
            _ => {}
        }
    }
    Ok(origin)
}

fn bound_number(scanned: &Scanned<'_>, control: &Control, stored: &[Stored]) -> BoundNumber {
    let mut paragraph = String::new();
    let mut within = 0..0;
    let mut has_begun = false;
    for place in control.paragraph.map(|paragraph| scanned.visible_of(paragraph)).unwrap_or_default() {
        let start = paragraph.len();
        paragraph.push_str(&shown(&scanned.tree, place));
        if control.visible.contains(&place) {
            within = if has_begun { within.start } else { start }..paragraph.len();
            has_begun = true;
        }
    }
    let sentence = sentence(&paragraph, &within);
    BoundNumber {
        title: stored
            .iter()
            .find(|one| one.key == control.key)
            .map(|one| one.title.clone())
            .unwrap_or_default(),
        key: control.key.clone(),
        text: scanned.text_of(control),
        part: scanned.kind,
        within: within.start - sentence.start..within.end - sentence.start,
        sentence: paragraph[sentence].to_owned(),
        paragraph,
    }
}

/// The bytes of the sentence around these bytes: from behind a mark that ends a sentence, a space and before a capital
/// letter, to the next such mark. An abbreviation before a name is taken for an end too.
fn sentence(paragraph: &str, within: &Range<usize>) -> Range<usize> {
    let mut ends = Vec::new();
    let characters: Vec<(usize, char)> = paragraph.char_indices().collect();
    for window in characters.windows(3) {
        let [(_, mark), (space, between), (next, capital)] = window else { continue };
        if matches!(mark, '.' | '!' | '?' | '…') && between.is_whitespace() && capital.is_uppercase() {
            ends.push((*space, *next));
        }
    }
    let start = ends.iter().rev().find(|(_, next)| *next <= within.start).map_or(0, |(_, next)| *next);
    let end =
        ends.iter().find(|(space, _)| *space >= within.end).map_or(paragraph.len(), |(space, _)| *space);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_a_mark_before_a_capital_letter() {
        let text = "Odsetek wyniósł 35%. W 2024 r. było to 40% gmin, tj. więcej. Dalej nic.";
        let at = text.find("40%").unwrap();
        assert_eq!(&text[sentence(text, &(at..at + 3))], "W 2024 r. było to 40% gmin, tj. więcej.");
        assert_eq!(&text[sentence(text, &(0..3))], "Odsetek wyniósł 35%.");
        let last = text.find("nic").unwrap();
        assert_eq!(&text[sentence(text, &(last..last + 3))], "Dalej nic.");
        assert_eq!(sentence("", &(0..0)), 0..0);
    }
}
