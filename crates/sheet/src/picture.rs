//! What a document must know of an SVG: its size, and that it is nothing but a picture.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::document::Mistake;

/// The size of a picture in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Picture {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// Elements that run something or bring something from elsewhere.
const FORBIDDEN: [&str; 5] = ["script", "foreignObject", "iframe", "image", "use"];

impl Picture {
    /// Reads the size, and refuses what is not well formed, runs something or points outside.
    pub(crate) fn read(svg: &str) -> Result<Self, Mistake> {
        let refused = || Mistake::NoPicture(crate::markup::shortened(svg, 60));
        let mut reader = Reader::from_str(svg);
        let mut size = None;
        loop {
            match reader.read_event().map_err(|_| refused())? {
                Event::Start(element) | Event::Empty(element) => {
                    if size.is_none() {
                        size = Some(size_of(&element).ok_or_else(refused)?);
                    }
                    if !is_harmless(&element) {
                        return Err(refused());
                    }
                }
                Event::DocType(_) | Event::PI(_) => return Err(refused()),
                Event::Eof => return size.ok_or_else(refused),
                _ => {}
            }
        }
    }

    /// The SVG without an XML declaration, as it stands inside another document.
    pub(crate) fn without_declaration(svg: &str) -> &str {
        svg.find("<svg").map_or(svg, |start| &svg[start..])
    }
}

fn size_of(element: &BytesStart<'_>) -> Option<Picture> {
    if element.local_name().as_ref() != "svg" {
        return None;
    }
    let number = |name: &str| -> Option<u32> {
        let value = element.try_get_attribute(name).ok()??;
        let text = &*value.value;
        text.strip_suffix("px").unwrap_or(text).parse().ok().filter(|size| (1..=20_000).contains(size))
    };
    Some(Picture { width: number("width")?, height: number("height")? })
}

fn is_harmless(element: &BytesStart<'_>) -> bool {
    let inside = |value: &str| value.starts_with("#");
    !FORBIDDEN.contains(&element.local_name().as_ref())
        && element.attributes().all(|attribute| {
            attribute.is_ok_and(|attribute| {
                let name = attribute.key.local_name();
                !name.as_ref().starts_with("on") && (name.as_ref() != "href" || inside(&attribute.value))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_a_size() {
        let svg = "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"90px\"><path d=\"M0 0\"/></svg>";
        assert_eq!(Picture::read(svg), Ok(Picture { width: 640, height: 90 }));
        assert!(Picture::without_declaration(svg).starts_with("<svg"));
    }

    #[test]
    fn what_is_more_than_a_picture_is_refused() {
        for inside in [
            "<script>x()</script>",
            "<rect onclick=\"x()\"/>",
            "<a href=\"javascript:x()\"/>",
            "<image href=\"#a\"/>",
            "<p>",
        ] {
            let svg = format!("<svg width=\"1\" height=\"1\">{inside}</svg>");
            assert!(matches!(Picture::read(&svg), Err(Mistake::NoPicture(_))), "{inside}");
        }
        for whole in [
            "",
            "text",
            "<svg width=\"1\"/>",
            "<svg width=\"0\" height=\"5\"/>",
            "<html width=\"1\" height=\"1\"/>",
        ] {
            assert!(Picture::read(whole).is_err(), "{whole}");
        }
    }
}
