//! Styles by what they are for. A template's own are taken by their built-in names, whatever the language of the Word that
//! wrote them; what is missing is added.

use std::collections::{BTreeMap, BTreeSet};

use super::DocxError;
use super::xml::Tree;

/// What our paragraphs, runs and tables need, and what those are based on; each is the id in our own styles.
pub(super) const NEEDED: [&str; 26] = [
    "Normal",
    "TableNormal",
    "Title",
    "Heading1",
    "Heading2",
    "Heading3",
    "Heading4",
    "Caption",
    "FootnoteText",
    "FootnoteReference",
    "Hyperlink",
    "ListBullet",
    "ListNumber",
    "TOCHeading",
    "TOC1",
    "TOC2",
    "TOC3",
    "TOC4",
    "TableofFigures",
    "Header",
    "Footer",
    "TableGrid",
    "TekstTabeli",
    "NaglowekTabeli",
    "NotaPodTabela",
    "Rysunek",
];

/// The ids of styles in the document that is written.
#[derive(Debug)]
pub(super) struct Styles {
    ids: BTreeMap<&'static str, String>,
    /// The template's styles with ours added.
    pub(super) text: String,
}

impl Styles {
    /// Finds the needed styles in `theirs` by name and adds those of `ours` that are missing.
    pub(super) fn merge(theirs: &str, ours: &str) -> Result<Self, DocxError> {
        let own = named(&Tree::read("styles.xml", ours)?);
        let tree = Tree::read("word/styles.xml", theirs)?;
        let found = named(&tree);
        let taken: BTreeSet<&str> = found.values().map(|style| style.id.as_str()).collect();
        let mut ids = BTreeMap::new();
        let mut added = String::new();
        for id in NEEDED {
            let (name, style) =
                own.iter().find(|(_, style)| style.id == id).expect("our own styles hold what is needed");
            if let Some(their) = found.get(name) {
                ids.insert(id, their.id.clone());
                continue;
            }
            let free = if taken.contains(id) { format!("{id}Dokumentu") } else { id.to_owned() };
            let named =
                style.source.replacen(&format!("w:styleId=\"{id}\""), &format!("w:styleId=\"{free}\""), 1);
            // What a template's paragraphs and tables are by default stays its own.
            added.push_str(&named.replacen(" w:default=\"1\"", "", 1));
            ids.insert(id, free);
        }
        let added = based_on_theirs(&added, &own, &found);
        let end = tree.elements[0].end.start;
        Ok(Self { ids, text: format!("{}{added}{}", &theirs[..end], &theirs[end..]) })
    }

    /// The id of the style in the document.
    pub(super) fn id(&self, ours: &'static str) -> &str {
        self.ids.get(ours).map_or(ours, String::as_str)
    }

    /// The id of a heading's style.
    pub(super) fn heading(&self, level: u8) -> &str {
        self.id(["Heading1", "Heading2", "Heading3", "Heading4"][usize::from(level.clamp(1, 4)) - 1])
    }

    /// The id of the style of an entry in a list of headings.
    pub(super) fn entry(&self, level: u8) -> &str {
        self.id(["TOC1", "TOC2", "TOC3", "TOC4"][usize::from(level.clamp(1, 4)) - 1])
    }
}

struct Style {
    id: String,
    source: String,
}

/// Styles by kind and name, both in small letters.
fn named(tree: &Tree<'_>) -> BTreeMap<(String, String), Style> {
    let places = (0..tree.elements.len()).filter(|place| tree.is(*place, "style"));
    let styles = places.filter_map(|place| {
        let element = &tree.elements[place];
        let name = tree.attribute(&tree.elements[tree.child(place, "name")?], "val")?;
        let kind = tree.attribute(element, "type").unwrap_or_else(|| "paragraph".to_owned());
        let id = tree.attribute(element, "styleId")?;
        let source = tree.text[element.whole()].to_owned();
        Some(((kind, name.to_lowercase()), Style { id, source }))
    });
    styles.collect()
}

/// In added styles, names of our styles that the template has under another id are replaced.
fn based_on_theirs(
    added: &str,
    own: &BTreeMap<(String, String), Style>,
    found: &BTreeMap<(String, String), Style>,
) -> String {
    let mut added = added.to_owned();
    for (name, style) in own {
        let Some(their) = found.get(name).filter(|their| their.id != style.id) else { continue };
        for element in ["basedOn", "next", "link"] {
            let ours = format!("<w:{element} w:val=\"{}\"/>", style.id);
            added = added.replace(&ours, &format!("<w:{element} w:val=\"{}\"/>", their.id));
        }
    }
    added
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = include_str!("base/styles.xml");

    #[test]
    fn whatever_a_template_lacks_is_added_with_what_it_is_based_on() {
        let start = &OURS[..OURS.find("<w:style ").unwrap()];
        let theirs = format!(
            "{start}<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normalny\"><w:name w:val=\"normal\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"Caption\"><w:name w:val=\"Inny\"/></w:style></w:styles>"
        );
        let styles = Styles::merge(&theirs, OURS).unwrap();
        assert_eq!((styles.id("Normal"), styles.id("Caption")), ("Normalny", "CaptionDokumentu"));
        let tree = Tree::read("styles.xml", &styles.text).unwrap();
        let ids: BTreeSet<String> =
            tree.all("style").filter_map(|style| tree.attribute(style, "styleId")).collect();
        assert_eq!(ids.len(), tree.all("style").count());
        for element in ["basedOn", "next", "link"] {
            for used in tree.all(element).filter_map(|element| tree.attribute(element, "val")) {
                assert!(ids.contains(&used), "{element} {used}");
            }
        }
        assert_eq!(styles.text.matches("w:default=\"1\"").count(), 1);
    }

    #[test]
    fn our_own_styles_need_nothing_more() {
        assert_eq!(Styles::merge(OURS, OURS).unwrap().text, OURS);
    }
}
