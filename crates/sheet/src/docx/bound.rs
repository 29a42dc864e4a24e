//! The part of a document that holds its numbers, and the binding of a control to one of them.

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

/// The tag of a control: the key, or its beginning and a hash where it is too long for Word.
pub(super) fn tag(key: &str) -> String {
    if key.chars().count() <= MOST_TAG {
        return key.to_owned();
    }
    let start: String = key.chars().take(MOST_TAG - 17).collect();
    format!("{start}~{}", short_hash(key))
}

/// Properties of a control bound to the number.
pub(super) fn properties(number: &Number, id: u32) -> String {
    format!(
        "<w:sdtPr><w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/><w:id w:val=\"{id}\"/><w:lock w:val=\"contentLocked\"/>\
         <w:dataBinding w:prefixMappings=\"xmlns:m=&#39;{NAMESPACE}&#39;\" \
         w:xpath=\"/m:liczby[1]/m:liczba[@klucz=&#39;{}&#39;][1]\" w:storeItemID=\"{STORE}\"/><w:text/></w:sdtPr>",
        attribute(&shortened(&printable(&number.title).replace('\n', " "), MOST_TAG)),
        attribute(&tag(&number.key)),
        attribute(&number.key),
    )
}

/// The key that a binding leads to.
pub(super) fn key_of(xpath: &str) -> Option<&str> {
    let (_, rest) = xpath.split_once("@klucz=")?;
    let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    rest[1..].split(quote).next()
}

/// Our part.
pub(super) fn part(numbers: &BTreeMap<String, Number>, uses: &BTreeMap<String, usize>) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<m:liczby xmlns:m=\"{NAMESPACE}\">"
    );
    for (key, count) in uses {
        let Some(number) = numbers.get(key) else { continue };
        let _ = write!(
            out,
            "<m:liczba klucz=\"{}\" nazwa=\"{}\" razy=\"{count}\">{}</m:liczba>",
            attribute(key),
            attribute(&number.title),
            escape(&number.text)
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

/// The numbers of our part, with the bytes between the tags of each.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<(Stored, usize)>, DocxError> {
    let tree = Tree::read(name, text)?;
    let places = (0..tree.elements.len()).filter(|place| tree.elements[*place].name == "liczba");
    let stored = places.filter_map(|place| {
        let element = &tree.elements[place];
        let stored = Stored {
            key: tree.attribute(element, "klucz")?,
            title: tree.attribute(element, "nazwa").unwrap_or_default(),
            text: tree.characters(place),
            uses: tree.attribute(element, "razy").and_then(|uses| uses.parse().ok()).unwrap_or(1),
        };
        Some((stored, place))
    });
    Ok(stored.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_keys_get_a_short_tag_and_the_path_keeps_the_whole() {
        assert_eq!(tag("jst.media_jst.share"), "jst.media_jst.share");
        let key = "jst.".repeat(40);
        assert_eq!(tag(&key).chars().count(), 64);
        assert_ne!(tag(&key), tag(&format!("{key}x")));
        let number = Number { key: key.clone(), text: "1".into(), title: "a\"b".into() };
        let path = properties(&number, 7).replace("&#39;", "'");
        assert_eq!(key_of(&path), Some(key.as_str()));
        assert_eq!(key_of("/x[1]"), None);
    }
}
