//! The parts of a document put together: the content inside a template, or inside our own bare one.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::markup::{attribute, escape};

use super::package::{Package, TYPES, relations_of, target_of};
use super::place::Place;
use super::styles::Styles;
use super::writer::{Ids, Lists, Writer, field};
use super::xml::{MAIN, Tree};
use super::{DocxError, WriteError, bound, pictures};

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const KINDS: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

const OWN_STYLES: &str = include_str!("base/styles.xml");
const OWN_FOOTNOTES: &str = include_str!("base/footnotes.xml");
const OWN_NUMBERING: &str = include_str!("base/numbering.xml");

/// What is added to relationships and content types.
struct Additions {
    relations: String,
    kinds: String,
}

pub(super) fn assemble(document: &Document, template: Option<&[u8]>) -> Result<Vec<u8>, WriteError> {
    let mut package = match template {
        Some(bytes) => Package::read(bytes)?,
        None => bare(),
    };
    if bound::find(&package).is_some() {
        return Err(WriteError::Filled);
    }
    let main = package.main_part()?;
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut added = Additions { relations: String::new(), kinds: String::new() };
    let styles = styles(&mut package, &main, &folder, &mut added)?;
    let numbering = part_of(&package, &main, "numbering")?;
    let footnotes = part_of(&package, &main, "footnotes")?;
    let text = package.text(&main)?.to_owned();
    let place = Place::find(&text)?;
    let ids = ids(&package, &text, footnotes.as_deref())?;
    let lists = lists(&package, numbering.as_deref())?;
    let mut writer = Writer::new(document, &styles, &place.pages, ids, lists);
    writer.names_language = !styles.text.contains(&format!("w:lang w:val=\"{}\"", document.language));
    writer.plain = place.style.as_deref().map(crate::markup::escape);
    if template.is_some() {
        notice(&mut writer);
    } else {
        frame(&mut writer, &mut package);
        title(&mut writer);
    }
    writer.blocks();
    let text = filled(&mut writer, &text, &place);
    package.put(&main, text);
    put_footnotes(&mut package, &folder, &writer, footnotes, &mut added)?;
    put_numbering(&mut package, &folder, writer.lists, numbering, &mut added)?;
    put_pictures(&mut package, &folder, &writer, &mut added)?;
    put_numbers(&mut package, &folder, document, &writer, &mut added);
    put_properties(&mut package, document, &mut added)?;
    finish(&mut package, &main, &added)?;
    Ok(package.write())
}

/// Our own document without content.
fn bare() -> Package {
    let mut package = Package::new();
    package.put(TYPES, include_str!("base/content-types.xml"));
    package.put("_rels/.rels", include_str!("base/relations.xml"));
    package.put("word/document.xml", include_str!("base/document.xml"));
    package.put("word/_rels/document.xml.rels", include_str!("base/document-relations.xml"));
    package.put("word/styles.xml", OWN_STYLES);
    package.put("word/settings.xml", include_str!("base/settings.xml"));
    package.put("word/fontTable.xml", include_str!("base/fonts.xml"));
    package.put("word/theme/theme1.xml", include_str!("base/theme.xml"));
    package
}

/// The part that the main part is related to by this kind.
fn part_of(package: &Package, main: &str, kind: &str) -> Result<Option<String>, DocxError> {
    let name = relations_of(main);
    if !package.has(&name) {
        return Ok(None);
    }
    let tree = Tree::read(&name, package.text(&name)?)?;
    let target = tree.all("Relationship").find_map(|element| {
        let found = tree.attribute(element, "Type")?;
        found.ends_with(&format!("/{kind}")).then(|| tree.attribute(element, "Target")).flatten()
    });
    let part = target.map(|target| target_of(main, &target));
    Ok(part.filter(|part| package.has(part)))
}

fn styles(
    package: &mut Package,
    main: &str,
    folder: &str,
    added: &mut Additions,
) -> Result<Styles, WriteError> {
    let Some(name) = part_of(package, main, "styles")? else {
        let name = format!("{folder}styles.xml");
        added.relation("rIdStyleLiczb", "styles", "styles.xml");
        added.kind(&name, &format!("{WORD}.styles+xml"));
        package.put(&name, OWN_STYLES);
        return Ok(Styles::merge(OWN_STYLES, OWN_STYLES)?);
    };
    let theirs = package.text(&name)?;
    uses_our_prefix(&name, theirs)?;
    let styles = Styles::merge(theirs, OWN_STYLES)?;
    package.put(&name, styles.text.clone());
    Ok(styles)
}

fn uses_our_prefix(part: &str, text: &str) -> Result<(), WriteError> {
    let root = Tree::read(part, text)?.elements[0].start.clone();
    if text[root].contains(&format!("xmlns:w=\"{}\"", MAIN[0])) {
        Ok(())
    } else {
        Err(WriteError::Unusual(format!("the prefix w is missing in {part}")))
    }
}

/// The largest value of an attribute with a number, and what is behind it is free.
fn largest(text: &str, attribute: &str) -> u32 {
    let values = text.match_indices(attribute).filter_map(|(at, _)| {
        let rest = &text[at + attribute.len()..];
        rest.split('"').next()?.parse::<u32>().ok()
    });
    values.filter(|value| *value < 1_000_000_000).max().unwrap_or(0)
}

fn ids(package: &Package, text: &str, footnotes: Option<&str>) -> Result<Ids, WriteError> {
    let footnotes = footnotes.map(|name| package.text(name)).transpose()?.unwrap_or(OWN_FOOTNOTES);
    let mut controls = BTreeSet::new();
    let parts = package.names().filter(|name| name.ends_with(".xml")).map(str::to_owned).collect::<Vec<_>>();
    for part in parts {
        let Ok(text) = package.text(&part) else { continue };
        for (at, mark) in text.match_indices("<w:id w:val=\"") {
            controls.extend(text[at + mark.len()..].split('"').next().and_then(|id| id.parse::<u32>().ok()));
        }
    }
    Ok(Ids {
        bookmark: largest(text, "w:id=\"") + 1,
        drawing: largest(text, " id=\"") + 1,
        footnote: largest(footnotes, "w:id=\"") + 1,
        controls,
    })
}

fn lists(package: &Package, numbering: Option<&str>) -> Result<Lists, WriteError> {
    let text = numbering.map(|name| package.text(name)).transpose()?.unwrap_or(OWN_NUMBERING);
    let bullets = largest(text, "w:numId=\"").max(largest(text, "w:abstractNumId=\"")) + 1;
    Ok(Lists { bullets, first: bullets + 1, used: 0 })
}

fn notice(writer: &mut Writer<'_>) {
    let document = writer.document;
    if let Some(notice) = &document.properties.notice {
        writer.start_paragraph(None, "");
        let run = writer.run(notice, "<w:b/><w:bCs/>");
        writer.push(&format!("{run}</w:p>"));
    }
}

fn title(writer: &mut Writer<'_>) {
    let style = writer.styles.id("Title").to_owned();
    writer.start_paragraph(Some(&style), "");
    let run = writer.run(&writer.document.title, "");
    writer.push(&format!("{run}</w:p>"));
}

/// Header and footer of our own document: edition and warning above, hash and page number below.
fn frame(writer: &mut Writer<'_>, package: &mut Package) {
    let document = writer.document;
    let [edition, hash] = document.own_numbers();
    let start = |name: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{name} xmlns:w=\"{}\" xmlns:r=\"{OFFICE}\">",
            MAIN[0]
        )
    };
    let style = writer.styles.id("Header").to_owned();
    writer.start_paragraph(Some(&style), "");
    if !edition.text.is_empty() {
        writer.control(&edition, "");
    }
    if let Some(notice) = &document.properties.notice {
        let between = if edition.text.is_empty() { "" } else { " · " };
        let run = format!("{}{}", writer.run(between, ""), writer.run(notice, "<w:b/><w:bCs/>"));
        writer.push(&run);
    }
    let header = std::mem::take(&mut writer.out);
    package.put("word/header1.xml", format!("{}{header}</w:p></w:hdr>", start("hdr")));
    let style = writer.styles.id("Footer").to_owned();
    writer.start_paragraph(Some(&style), "");
    if !hash.text.is_empty() {
        let run = writer.run("Skrót liczb: ", "");
        writer.push(&run);
        writer.control(&hash, "");
        let run = writer.run(" · ", "");
        writer.push(&run);
    }
    let one = writer.run("1", "");
    let pages = format!(
        "{}{}{}{}",
        writer.run("strona ", ""),
        field(" PAGE ", &one, false),
        writer.run(" z ", ""),
        field(" NUMPAGES ", &one, false)
    );
    writer.push(&pages);
    let footer = std::mem::take(&mut writer.out);
    package.put("word/footer1.xml", format!("{}{footer}</w:p></w:ftr>", start("ftr")));
}

/// The template's text with the content in its place.
fn filled(writer: &mut Writer<'_>, text: &str, place: &Place) -> String {
    let turned = writer.orientation != place.pages.own();
    match &place.last {
        Some(setup) if turned => {
            let last = place.pages.setup(writer.orientation);
            [
                &text[..place.range.start],
                &writer.out,
                &text[place.range.end..setup.start],
                &last,
                &text[setup.end..],
            ]
            .concat()
        }
        _ => {
            writer.section(place.pages.own());
            [&text[..place.range.start], &writer.out, &text[place.range.end..]].concat()
        }
    }
}

fn put_footnotes(
    package: &mut Package,
    folder: &str,
    writer: &Writer<'_>,
    existing: Option<String>,
    added: &mut Additions,
) -> Result<(), WriteError> {
    if writer.footnotes.is_empty() && existing.is_some() {
        return Ok(());
    }
    let name = match existing {
        Some(name) => name,
        None => {
            let name = format!("{folder}footnotes.xml");
            added.relation("rIdPrzypisy", "footnotes", "footnotes.xml");
            added.kind(&name, &format!("{WORD}.footnotes+xml"));
            package.put(&name, OWN_FOOTNOTES);
            name
        }
    };
    let text = package.text(&name)?;
    uses_our_prefix(&name, text)?;
    let markup: String = writer.footnotes.iter().map(|(_, markup)| markup.as_str()).collect();
    let text = before_the_end(&name, text, &markup)?;
    package.put(&name, text);
    Ok(())
}

/// Bullets, and for every numbered list a numbering that begins at 1.
fn put_numbering(
    package: &mut Package,
    folder: &str,
    lists: Lists,
    existing: Option<String>,
    added: &mut Additions,
) -> Result<(), WriteError> {
    let name = match existing {
        Some(name) => name,
        None => {
            let name = format!("{folder}numbering.xml");
            added.relation("rIdWyliczenia", "numbering", "numbering.xml");
            added.kind(&name, &format!("{WORD}.numbering+xml"));
            package.put(&name, OWN_NUMBERING);
            name
        }
    };
    let text = package.text(&name)?;
    uses_our_prefix(&name, text)?;
    let level = |format: &str, sign: &str| {
        format!(
            "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
             <w:lvlText w:val=\"{sign}\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"425\" w:hanging=\"425\"/></w:pPr></w:lvl>"
        )
    };
    let (bullets, numbered) = (lists.bullets, lists.first);
    let kinds = format!(
        "<w:abstractNum w:abstractNumId=\"{bullets}\">{}</w:abstractNum><w:abstractNum w:abstractNumId=\"{numbered}\">{}</w:abstractNum>",
        level("bullet", "•"),
        level("decimal", "%1.")
    );
    let mut numbers = format!("<w:num w:numId=\"{bullets}\"><w:abstractNumId w:val=\"{bullets}\"/></w:num>");
    for number in numbered..numbered + lists.used {
        numbers.push_str(&format!(
            "<w:num w:numId=\"{number}\"><w:abstractNumId w:val=\"{numbered}\"/><w:lvlOverride w:ilvl=\"0\">\
             <w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
        ));
    }
    let tree = Tree::read(&name, text)?;
    let first = tree.children(0).find(|child| tree.is(*child, "num") || tree.is(*child, "numIdMacAtCleanup"));
    let last = tree.children(0).find(|child| tree.is(*child, "numIdMacAtCleanup"));
    let end = tree.elements[0].end.start;
    let kinds_at = first.map_or(end, |first| tree.elements[first].start.start);
    let numbers_at = last.map_or(end, |last| tree.elements[last].start.start);
    let text =
        [&text[..kinds_at], &kinds, &text[kinds_at..numbers_at], &numbers, &text[numbers_at..]].concat();
    package.put(&name, text);
    Ok(())
}

fn put_pictures(
    package: &mut Package,
    folder: &str,
    writer: &Writer<'_>,
    added: &mut Additions,
) -> Result<(), WriteError> {
    let tree_text = package.text(TYPES)?.to_lowercase();
    for (number, (svg, png)) in (1..).zip(&writer.media.files) {
        for (kind, ending, content) in [("Svg", "svg", svg.as_bytes()), ("Png", "png", png.as_slice())] {
            let file = format!("media/liczby-rysunek{number}.{ending}");
            package.put(&format!("{folder}{file}"), content);
            added.relation(&pictures::relation(number, kind), "image", &file);
        }
    }
    if !writer.media.files.is_empty() {
        for (ending, kind) in [("svg", "image/svg+xml"), ("png", "image/png")] {
            if !tree_text.contains(&format!("extension=\"{ending}\"")) {
                added.kinds.push_str(&format!(
                    "<Default xmlns=\"{KINDS}\" Extension=\"{ending}\" ContentType=\"{kind}\"/>"
                ));
            }
        }
    }
    Ok(())
}

fn put_numbers(
    package: &mut Package,
    folder: &str,
    document: &Document,
    writer: &Writer<'_>,
    added: &mut Additions,
) {
    let number =
        (1..).find(|number| !package.has(&format!("customXml/item{number}.xml"))).expect("a free number");
    package.put(
        &format!("customXml/item{number}.xml"),
        bound::part(&document.numbers(), &writer.uses, &writer.media.drawn),
    );
    package.put(&format!("customXml/itemProps{number}.xml"), bound::item_properties());
    package.put(
        &format!("customXml/_rels/item{number}.xml.rels"),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"{RELATIONS}\">\
             <Relationship Id=\"rId1\" Type=\"{OFFICE}/customXmlProps\" Target=\"itemProps{number}.xml\"/></Relationships>"
        ),
    );
    let up = "../".repeat(folder.matches('/').count());
    added.relation("rIdLiczby", "customXml", &format!("{up}customXml/item{number}.xml"));
    added.kind(
        &format!("customXml/itemProps{number}.xml"),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    );
}

/// Title, language and date of the document.
fn put_properties(
    package: &mut Package,
    document: &Document,
    added: &mut Additions,
) -> Result<(), WriteError> {
    const CORE: &str = "docProps/core.xml";
    let properties = &document.properties;
    let made = properties.made.map(|made| {
        let shown = made.format("%Y-%m-%dT%H:%M:%SZ");
        format!(
            "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{shown}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{shown}</dcterms:modified>"
        )
    });
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>\
         <dc:creator>{}</dc:creator><dc:description>{}</dc:description><dc:language>{}</dc:language>{}</cp:coreProperties>",
        escape(&document.title),
        escape(&properties.subject),
        escape(&properties.organisation),
        escape(&format!("{} · skrót liczb: {}", properties.edition, properties.hash)),
        escape(&document.language),
        made.unwrap_or_default()
    );
    let existing = package.names().any(|name| name == CORE);
    package.put(CORE, text);
    if !existing {
        added.kind(CORE, "application/vnd.openxmlformats-package.core-properties+xml");
        let relation =
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
        let root = package.text("_rels/.rels")?;
        let markup = format!(
            "<Relationship xmlns=\"{RELATIONS}\" Id=\"rIdWlasciwosci\" Type=\"{relation}\" Target=\"{CORE}\"/>"
        );
        let text = before_the_end("_rels/.rels", root, &markup)?;
        package.put("_rels/.rels", text);
    }
    Ok(())
}

fn finish(package: &mut Package, main: &str, added: &Additions) -> Result<(), WriteError> {
    let name = relations_of(main);
    let empty = format!("<Relationships xmlns=\"{RELATIONS}\"></Relationships>");
    let relations = if package.has(&name) { package.text(&name)? } else { &empty };
    let relations = before_the_end(&name, relations, &added.relations)?;
    package.put(&name, relations);
    // A template becomes a document.
    let kinds = package
        .text(TYPES)?
        .replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
    let kinds = before_the_end(TYPES, &kinds, &added.kinds)?;
    package.put(TYPES, kinds);
    Ok(())
}

/// The text of a part with markup added at the end of its root.
fn before_the_end(part: &str, text: &str, markup: &str) -> Result<String, DocxError> {
    let tree = Tree::read(part, text)?;
    let root = &tree.elements[0];
    if !root.is_empty() {
        return Ok([&text[..root.end.start], markup, &text[root.end.start..]].concat());
    }
    let start = &text[root.start.clone()];
    let name = start.trim_start_matches('<').split(|c: char| c.is_ascii_whitespace() || c == '/').next();
    let open = start.trim_end_matches('>').trim_end_matches('/');
    Ok([
        &text[..root.start.start],
        open,
        ">",
        markup,
        "</",
        name.unwrap_or_default(),
        ">",
        &text[root.start.end..],
    ]
    .concat())
}

impl Additions {
    fn relation(&mut self, id: &str, kind: &str, target: &str) {
        self.relations.push_str(&format!(
            "<Relationship xmlns=\"{RELATIONS}\" Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{}\"/>",
            attribute(target)
        ));
    }

    fn kind(&mut self, part: &str, kind: &str) {
        self.kinds
            .push_str(&format!("<Override xmlns=\"{KINDS}\" PartName=\"/{part}\" ContentType=\"{kind}\"/>"));
    }
}
