//! The part of a document that holds its numbers, and the binding of a control to one of them.
//!
//! The binding goes by position: Word takes nothing more surely, and LibreOffice, when it saves a document, keeps
//! positions but neither the attributes of our part nor the tags of controls. So the part has elements only.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::document::Number;
use crate::markup::{attribute, escape, printable, short_hash, shortened};

use super::DocxError;
use super::package::Package;
use super::xml::Tree;

/// The namespace of our part.
pub(super) const NAMESPACE: &str = "urn:miernik:liczby:1";
/// The name by which Word finds our part.
pub(super) const STORE: &str = "{5C1B8E0A-7D0F-4F3C-9A4E-6D1A2B7C9E31}";
/// Characters that Word takes in a tag and in a title of a control.
const MOST_TAG: usize = 64;

/// One number of our part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) text: String,
    /// How many controls were written with it.
    pub(super) uses: usize,
}

/// What our part remembers of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Drawn {
    /// The id of its figure.
    pub(super) key: String,
    /// Its caption.
    pub(super) title: String,
    /// Fingerprints of what was written.
    pub(super) svg: String,
    pub(super) png: String,
    /// The text for people who cannot see it, as it was written.
    pub(super) description: String,
}

/// The elements of our part that hold what is remembered of a picture and changes with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct DrawnAt {
    pub(super) svg: usize,
    pub(super) png: usize,
    pub(super) description: usize,
}

/// The tag of a control: the key, or its beginning and a hash where it is too long for Word.
pub(super) fn tag(key: &str) -> String {
    if key.chars().count() <= MOST_TAG {
        return key.to_owned();
    }
    let start: String = key.chars().take(MOST_TAG - 17).collect();
    format!("{start}~{}", short_hash(key))
}

/// Properties of a control bound to the number at this position of our part, counted from 1.
pub(super) fn properties(number: &Number, position: usize, id: u32) -> String {
    format!(
        "<w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/><w:id w:val=\"{id}\"/><w:lock w:val=\"contentLocked\"/>\
         <w:dataBinding w:prefixMappings=\"xmlns:m=&#39;{NAMESPACE}&#39;\" \
         w:xpath=\"/m:liczby[1]/m:liczba[{position}]/m:tekst[1]\" w:storeItemID=\"{STORE}\"/><w:text/></w:sdtPr>",
        attribute(&shortened(&printable(&number.title).replace('\n', " "), MOST_TAG)),
        attribute(&tag(&number.key)),
    )
}

/// The position that a binding leads to, counted from 1.
pub(super) fn position_of(xpath: &str) -> Option<usize> {
    let (_, rest) = xpath.split_once(":liczba[")?;
    rest.split(']').next()?.parse().ok()
}

/// Our part: the numbers in the order of their keys, then the pictures.
pub(super) fn part(
    numbers: &BTreeMap<String, Number>,
    uses: &BTreeMap<String, usize>,
    drawn: &[Drawn],
) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    let _ = write!(out, "<m:liczby xmlns:m=\"{NAMESPACE}\">");
    for (key, number) in numbers {
        let count = uses.get(key).copied().unwrap_or(0);
        let (key, title, text) = (escape(key), escape(&number.title), escape(&number.text));
        let _ = write!(
            out,
            "<m:liczba><m:klucz>{key}</m:klucz><m:nazwa>{title}</m:nazwa><m:razy>{count}</m:razy><m:tekst>{text}</m:tekst></m:liczba>"
        );
    }
    for one in drawn {
        let (key, title, description) = (escape(&one.key), escape(&one.title), escape(&one.description));
        let _ = write!(
            out,
            "<m:rysunek><m:klucz>{key}</m:klucz><m:nazwa>{title}</m:nazwa><m:svg>{}</m:svg><m:png>{}</m:png><m:opis>{description}</m:opis></m:rysunek>",
            one.svg, one.png
        );
    }
    out.push_str("</m:liczby>");
    out
}

/// What Word wants to know of our part.
pub(super) fn item_properties() -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<ds:datastoreItem ds:itemID=\"{STORE}\" \
         xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs>\
         <ds:schemaRef ds:uri=\"{NAMESPACE}\"/></ds:schemaRefs></ds:datastoreItem>"
    )
}

/// The name of our part in a package, whatever Word called it.
pub(super) fn find(package: &Package) -> Option<String> {
    let items = package.names().filter(|name| name.starts_with("customXml/") && name.ends_with(".xml"));
    let ours = items.into_iter().find(|name| {
        let Ok(text) = package.text(name) else { return false };
        text.contains(NAMESPACE) && Tree::read(name, text).is_ok_and(|tree| tree.elements[0].name == "liczby")
    });
    ours.map(str::to_owned)
}

/// The numbers of our part in their order, each with the place of the element that holds its text.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<(Stored, usize)>, DocxError> {
    let tree = Tree::read(name, text)?;
    let places = tree.children(0).filter(|place| tree.elements[*place].name == "liczba");
    let stored = places.map(|place| {
        let child = |name: &str| tree.children(place).find(|child| tree.elements[*child].name == name);
        let said = |name: &str| child(name).map(|child| tree.characters(child)).unwrap_or_default();
        let broken = || DocxError::Broken { part: name.to_owned(), why: "a number has no text".to_owned() };
        let stored = Stored {
            key: said("klucz"),
            title: said("nazwa"),
            text: said("tekst"),
            uses: said("razy").parse().unwrap_or(1),
        };
        Ok((stored, child("tekst").ok_or_else(broken)?))
    });
    stored.collect()
}

/// The pictures of our part with the places of what changes; what another program broke is left out.
pub(super) fn drawn(tree: &Tree<'_>) -> Vec<(Drawn, DrawnAt)> {
    let places = tree.children(0).filter(|place| tree.elements[*place].name == "rysunek");
    let found = places.filter_map(|place| {
        let child = |name: &str| tree.children(place).find(|child| tree.elements[*child].name == name);
        let at = DrawnAt { svg: child("svg")?, png: child("png")?, description: child("opis")? };
        let drawn = Drawn {
            key: tree.characters(child("klucz")?),
            title: child("nazwa").map(|title| tree.characters(title)).unwrap_or_default(),
            svg: tree.characters(at.svg),
            png: tree.characters(at.png),
            description: tree.characters(at.description),
        };
        Some((drawn, at))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_keys_get_a_short_tag_and_a_binding_leads_back_to_its_position() {
        assert_eq!(tag("jst.media_jst.share"), "jst.media_jst.share");
        let key = "jst.".repeat(40);
        assert_eq!(tag(&key).chars().count(), 64);
        assert_ne!(tag(&key), tag(&format!("{key}x")));
        let number = Number { key, text: "1".into(), title: "a\"b".into() };
        assert_eq!(position_of(&properties(&number, 12, 7)), Some(12));
        assert_eq!(position_of("/x[1]"), None);
    }
}
