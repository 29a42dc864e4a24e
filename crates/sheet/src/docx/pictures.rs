//! Figures: the SVG for offices that show it, a PNG drawn from it for the others.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::document::Figure;
use crate::markup::{attribute, printable};
use crate::picture::Picture;

use super::bound::Drawn;
use super::redraw::fingerprint;

/// English metric units of a pixel and of a twentieth of a point.
const EMU_OF_PIXEL: u64 = 9525;
const EMU_OF_TWIP: u64 = 635;
/// Pixels of the PNG for one of the picture, so that print stays sharp.
const SCALE: f32 = 2.0;
/// The part of a page's text, in tenths, that a picture may take in height, so that its caption stays with it.
const MOST_HEIGHT: u64 = 8;

/// A few weights of one open font, cut to the letters of European languages; no font of the machine is asked for, so that
/// the same figure gives the same PNG everywhere.
const FONT: &[u8] = include_bytes!("fallback.ttf");

/// The pictures of a document, in order.
#[derive(Debug, Default)]
pub(super) struct Media {
    /// Each as SVG and PNG.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// What is remembered of those whose figures have an id, so that they are known again in a document that comes back.
    pub(super) drawn: Vec<Drawn>,
}

/// The relationship of a picture's SVG or PNG.
pub(super) fn relation(number: usize, kind: &str) -> String {
    format!("rIdRysunek{number}{kind}")
}

impl Media {
    /// The markup of a figure no larger than the text of its page, in twentieths of a point.
    pub(super) fn drawing(&mut self, figure: &Figure, title: String, text: (u32, u32), id: u32) -> String {
        let picture = Picture::read(&figure.svg).expect("pictures were checked before");
        let (svg, png) = (printable(&figure.svg), png(&figure.svg, picture));
        self.drawn.extend(figure.id.as_ref().map(|key| Drawn {
            key: key.clone(),
            title,
            svg: fingerprint(svg.as_bytes()),
            png: fingerprint(&png),
            description: printable(&figure.alternative),
        }));
        self.files.push((svg, png));
        let number = self.files.len();
        let (width, height) =
            (u64::from(picture.width) * EMU_OF_PIXEL, u64::from(picture.height) * EMU_OF_PIXEL);
        let most_width = u64::from(text.0) * EMU_OF_TWIP;
        let most_height = u64::from(text.1) * EMU_OF_TWIP * MOST_HEIGHT / 10;
        let (width, height) = fitted((width, height), (most_width, most_height));
        let (png, svg) = (relation(number, "Png"), relation(number, "Svg"));
        let name = format!("Rysunek {number}");
        let description = attribute(&printable(&figure.alternative));
        format!(
            "<w:r><w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
             <wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{description}\"/><wp:cNvGraphicFramePr/>\
             <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
             <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
             <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr>\
             <pic:cNvPr id=\"{id}\" name=\"{name}\" descr=\"{description}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
             <a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:embed=\"{png}\">\
             <a:extLst><a:ext uri=\"{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}\">\
             <asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"{svg}\"/>\
             </a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
             <a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
             </wp:inline></w:drawing></w:r>"
        )
    }
}

/// The size in the same proportions that fits.
fn fitted((width, height): (u64, u64), (most_width, most_height): (u64, u64)) -> (u64, u64) {
    let (width, height) =
        if width > most_width { (most_width, height * most_width / width) } else { (width, height) };
    if height > most_height { (width * most_height / height, most_height) } else { (width, height) }
}

/// The picture as PNG; a white one when it cannot be drawn.
pub(super) fn png(svg: &str, picture: Picture) -> Vec<u8> {
    let scaled = |pixels: u32| (pixels * SCALE as u32).clamp(1, 8000);
    let mut image = Pixmap::new(scaled(picture.width), scaled(picture.height)).expect("a size over 0");
    image.fill(resvg::tiny_skia::Color::WHITE);
    let mut options = Options { font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let fonts = options.fontdb_mut();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_sans_serif_family("DejaVu Sans");
    if let Ok(tree) = Tree::from_str(svg, &options) {
        let across = scaled(picture.width) as f32 / picture.width as f32;
        let down = scaled(picture.height) as f32 / picture.height as f32;
        resvg::render(&tree, Transform::from_scale(across, down), &mut image.as_mut());
    }
    image.encode_png().expect("memory takes every byte")
}
