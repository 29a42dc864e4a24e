//! The elements of a part with the bytes they stand on, so that a change can leave everything else as it is.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::DocxError;

/// The main namespace, as Word writes it and in its strict form.
pub(super) const MAIN: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
/// Elements within one another.
const MOST_DEPTH: usize = 500;

/// An element.
#[derive(Debug, Clone)]
pub(super) struct Element<'a> {
    /// Its name without prefix.
    pub(super) name: &'a str,
    /// Whether it belongs to the main namespace.
    pub(super) is_main: bool,
    /// The bytes of its start tag, or of the whole when it is empty.
    pub(super) start: Range<usize>,
    /// The bytes of its end tag; behind the start tag when it is empty.
    pub(super) end: Range<usize>,
    /// The place of the element around it.
    pub(super) parent: Option<usize>,
}

impl Element<'_> {
    /// The bytes from its first to its last.
    pub(super) fn whole(&self) -> Range<usize> {
        self.start.start..self.end.end
    }

    /// The bytes between its tags.
    pub(super) fn inside(&self) -> Range<usize> {
        self.start.end..self.end.start
    }

    /// Whether it is written as one empty tag.
    pub(super) fn is_empty(&self) -> bool {
        self.end.is_empty()
    }
}

/// The elements of a part in the order in which they begin.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) elements: Vec<Element<'a>>,
}

impl<'a> Tree<'a> {
    /// Reads a part. Entities of its own are refused.
    pub(super) fn read(part: &str, text: &'a str) -> Result<Self, DocxError> {
        let broken = |why: String| DocxError::Broken { part: part.to_owned(), why };
        if text.starts_with('\u{FEFF}') {
            return Err(broken("a byte order mark was left in".to_owned()));
        }
        let mut reader = NsReader::from_str(text);
        let mut elements: Vec<Element<'a>> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut from = 0;
        loop {
            let (resolved, event) =
                reader.read_resolved_event().map_err(|error| broken(error.to_string()))?;
            let is_main = matches!(resolved, ResolveResult::Bound(name) if MAIN.contains(&name.0));
            let is_start = matches!(event, Event::Start(_));
            let is_end = matches!(event, Event::End(_));
            let is_empty = matches!(event, Event::Empty(_));
            let is_over = matches!(event, Event::Eof);
            if matches!(event, Event::DocType(_)) {
                return Err(broken("it declares a document type".to_owned()));
            }
            let to = usize::try_from(reader.buffer_position()).expect("a part fits into memory");
            if is_start || is_empty {
                elements.push(Element {
                    name: local_name(&text[from..to]),
                    is_main,
                    start: from..to,
                    end: to..to,
                    parent: open.last().copied(),
                });
            }
            if is_start {
                open.push(elements.len() - 1);
                if open.len() > MOST_DEPTH {
                    return Err(broken("its elements are nested too deeply".to_owned()));
                }
            }
            if is_end && let Some(place) = open.pop() {
                elements[place].end = from..to;
            }
            if is_over {
                break;
            }
            from = to;
        }
        if open.is_empty() && !elements.is_empty() {
            Ok(Self { text, elements })
        } else {
            Err(broken("it ends too early".to_owned()))
        }
    }

    /// All elements of a name, whatever their namespace.
    pub(super) fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b Element<'a>> {
        self.elements.iter().filter(move |element| element.name == name)
    }

    /// The value of an attribute by its name without prefix.
    pub(super) fn attribute(&self, element: &Element<'_>, name: &str) -> Option<String> {
        let source = &self.text[element.start.clone()];
        let content = source.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/');
        let length = content.find(|c: char| c.is_ascii_whitespace()).unwrap_or(content.len());
        let tag = BytesStart::from_content(content, length);
        let found =
            tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }

    /// Places of the children of the element at `place`.
    pub(super) fn children(&self, place: usize) -> impl Iterator<Item = usize> {
        self.inner(place).filter(move |inner| self.elements[*inner].parent == Some(place))
    }

    /// Places of all elements inside the element at `place`.
    pub(super) fn inner(&self, place: usize) -> std::ops::Range<usize> {
        let end = self.elements[place].end.start;
        let inside = self.elements[place + 1..].partition_point(|element| element.start.start < end);
        place + 1..place + 1 + inside
    }

    /// The child of this name in the main namespace.
    pub(super) fn child(&self, place: usize, name: &str) -> Option<usize> {
        self.children(place).find(|child| self.is(*child, name))
    }

    /// Whether the element at `place` has this name in the main namespace.
    pub(super) fn is(&self, place: usize, name: &str) -> bool {
        self.elements[place].is_main && self.elements[place].name == name
    }

    /// Places of the elements around the element at `place`, from inside.
    pub(super) fn around(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.elements[place].parent, |outer| self.elements[*outer].parent)
    }

    /// The characters between the tags of an element that holds only text.
    pub(super) fn characters(&self, place: usize) -> String {
        let source = &self.text[self.elements[place].inside()];
        if let Some(plain) = source.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>")) {
            return plain.to_owned();
        }
        quick_xml::escape::unescape(source).map_or_else(|_| source.to_owned(), |text| text.into_owned())
    }
}

fn local_name(tag: &str) -> &str {
    let name =
        tag.trim_start_matches('<').split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').next();
    let name = name.unwrap_or_default();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
