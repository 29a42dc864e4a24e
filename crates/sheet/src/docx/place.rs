//! The place in a template that the content goes to, and the pages it stands on.

use crate::document::Orientation;

use super::xml::{MAIN, Tree};
use super::{PLACE, WriteError};

/// Twentieths of a point.
const MARGIN: u32 = 1417;
const A4: (u32, u32) = (11_906, 16_838);

/// The place and what is around it.
#[derive(Debug)]
pub(super) struct Place {
    /// The bytes that the content takes the place of.
    pub(super) range: std::ops::Range<usize>,
    /// The style of its paragraph, which our plain paragraphs take too.
    pub(super) style: Option<String>,
    /// The pages that the place is on.
    pub(super) pages: Pages,
    /// The bytes of the page setup behind the place, when nothing else is behind it.
    pub(super) last: Option<std::ops::Range<usize>>,
}

/// A page setup.
#[derive(Debug, Clone)]
pub(super) struct Pages {
    /// The setup as it stands in the template; empty when there is none.
    source: String,
    width: u32,
    height: u32,
    left: u32,
    right: u32,
    vertical: u32,
}

impl Place {
    pub(super) fn find(text: &str) -> Result<Self, WriteError> {
        let tree = Tree::read("document.xml", text)?;
        ordinary(&tree)?;
        let body = tree.child(0, "body").ok_or(WriteError::Place { found: 0 })?;
        let found: Vec<usize> = tree.children(body).filter(|child| is_place(&tree, *child)).collect();
        let [place] = found[..] else { return Err(WriteError::Place { found: found.len() }) };
        let whole = tree.elements[place].whole();
        let setup = (0..tree.elements.len()).find(|other| {
            tree.is(*other, "sectPr")
                && tree.elements[*other].start.start >= whole.start
                && !tree.around(*other).any(|outer| tree.elements[outer].name == "sectPrChange")
        });
        let pages = setup.map_or_else(Pages::usual, |setup| Pages::read(&tree, setup));
        let behind: Vec<usize> =
            tree.children(body).filter(|child| tree.elements[*child].start.start >= whole.end).collect();
        let last = match behind[..] {
            [only] if tree.is(only, "sectPr") => Some(tree.elements[only].whole()),
            _ => None,
        };
        Ok(Self { range: whole, style: style_of(&tree, place), pages, last })
    }
}

/// The style of the paragraph at the place, or of the first one in it.
fn style_of(tree: &Tree<'_>, place: usize) -> Option<String> {
    let paragraph = std::iter::once(place).chain(tree.inner(place)).find(|inner| tree.is(*inner, "p"))?;
    let style = tree.child(tree.child(paragraph, "pPr")?, "pStyle")?;
    tree.attribute(&tree.elements[style], "val")
}

/// Our markup uses the prefixes `w` and `r`.
fn ordinary(tree: &Tree<'_>) -> Result<(), WriteError> {
    let root = &tree.elements[0];
    let start = &tree.text[root.start.clone()];
    let declares = |prefix: &str, name: &str| {
        start.contains(&format!("xmlns:{prefix}=\"{name}\""))
            || start.contains(&format!("xmlns:{prefix}='{name}'"))
    };
    if start.contains(MAIN[1]) {
        return Err(WriteError::Unusual("strict Open XML".to_owned()));
    }
    if root.name != "document" || !declares("w", MAIN[0]) {
        return Err(WriteError::Unusual("the prefix w is missing".to_owned()));
    }
    Ok(())
}

fn is_place(tree: &Tree<'_>, place: usize) -> bool {
    if tree.is(place, "p") {
        let texts = tree.inner(place).filter(|inner| tree.is(*inner, "t"));
        let text: String = texts.map(|inner| tree.characters(inner)).collect();
        return text.trim() == format!("{{{{{PLACE}}}}}");
    }
    let properties = tree.is(place, "sdt").then(|| tree.child(place, "sdtPr")).flatten();
    properties.is_some_and(|properties| {
        tree.children(properties).any(|child| {
            (tree.is(child, "tag") || tree.is(child, "alias"))
                && tree.attribute(&tree.elements[child], "val").as_deref() == Some(PLACE)
        })
    })
}

impl Pages {
    fn usual() -> Self {
        let vertical = A4.1 - 2 * MARGIN;
        Self { source: String::new(), width: A4.0, height: A4.1, left: MARGIN, right: MARGIN, vertical }
    }

    fn read(tree: &Tree<'_>, place: usize) -> Self {
        let number = |child: &str, attribute: &str, usual: u32| {
            let child = tree.child(place, child);
            let value = child.and_then(|child| tree.attribute(&tree.elements[child], attribute));
            value.and_then(|value| value.parse::<u32>().ok()).filter(|value| *value < 40_000).unwrap_or(usual)
        };
        let (width, height) = (number("pgSz", "w", A4.0), number("pgSz", "h", A4.1));
        let margins = number("pgMar", "top", MARGIN) + number("pgMar", "bottom", MARGIN);
        Self {
            source: tree.text[tree.elements[place].whole()].to_owned(),
            width,
            height,
            left: number("pgMar", "left", MARGIN),
            right: number("pgMar", "right", MARGIN),
            vertical: height.saturating_sub(margins).max(1000),
        }
    }

    /// How the pages of the place itself lie.
    pub(super) fn own(&self) -> Orientation {
        if self.width > self.height { Orientation::Landscape } else { Orientation::Portrait }
    }

    /// Width and height of the text on pages that lie so, in twentieths of a point.
    pub(super) fn text_size(&self, orientation: Orientation) -> (u32, u32) {
        let margins = self.left + self.right;
        let vertical_margins = self.height.saturating_sub(self.vertical);
        let (width, height) = self.page(orientation);
        (width.saturating_sub(margins).max(1000), height.saturating_sub(vertical_margins).max(1000))
    }

    fn page(&self, orientation: Orientation) -> (u32, u32) {
        let (short, long) = (self.width.min(self.height), self.width.max(self.height));
        match orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        }
    }

    /// The setup for pages that lie so, with the template's headers, footers and margins.
    pub(super) fn setup(&self, orientation: Orientation) -> String {
        let (width, height) = self.page(orientation);
        let lies = match orientation {
            Orientation::Portrait => "",
            Orientation::Landscape => " w:orient=\"landscape\"",
        };
        let size = format!("<w:pgSz w:w=\"{width}\" w:h=\"{height}\"{lies}/>");
        if self.source.is_empty() {
            return format!("<w:sectPr>{size}</w:sectPr>");
        }
        let Some(start) = self.source.find("<w:pgSz") else {
            return self.source.replacen("</w:sectPr>", &format!("{size}</w:sectPr>"), 1);
        };
        let tag_end = self.source[start..].find('>').map_or(self.source.len(), |end| start + end + 1);
        let rest = self.source[tag_end..].trim_start_matches("</w:pgSz>");
        format!("{}{size}{rest}", &self.source[..start])
    }
}
