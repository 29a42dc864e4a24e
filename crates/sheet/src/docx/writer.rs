//! The blocks of a document as the markup of its text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::document::{
    Block, Contents, Document, Figure, Heading, Inline, Label, Number, Orientation, plain,
};
use crate::markup::{escape, short_hash};

use super::pictures::Media;
use super::place::Pages;
use super::styles::Styles;

/// The document while it is written.
pub(super) struct Writer<'a> {
    pub(super) document: &'a Document,
    pub(super) labels: BTreeMap<String, Label>,
    pub(super) styles: &'a Styles,
    pub(super) pages: &'a Pages,
    /// The style of plain paragraphs; without one that which the document has by default.
    pub(super) plain: Option<String>,
    pub(super) orientation: Orientation,
    pub(super) out: String,
    /// Whether every run says its language, because the template's is another.
    pub(super) names_language: bool,
    /// Footnotes by their numbers.
    pub(super) footnotes: Vec<(u32, String)>,
    pub(super) media: Media,
    /// The position of each number in our part, counted from 1.
    positions: BTreeMap<String, usize>,
    /// How many controls each number has.
    pub(super) uses: BTreeMap<String, usize>,
    pub(super) ids: Ids,
    /// Identifiers of numbering: the bullets, then one per numbered list.
    pub(super) lists: Lists,
    pub(super) headings: usize,
    pub(super) tables: usize,
    pub(super) figures: usize,
    /// Set after a table or a figure, so that the next paragraph keeps its distance.
    pub(super) needs_distance: bool,
    breaks: usize,
}

/// The next free identifiers in the document.
#[derive(Debug, Clone)]
pub(super) struct Ids {
    pub(super) bookmark: u32,
    pub(super) drawing: u32,
    pub(super) footnote: u32,
    pub(super) controls: std::collections::BTreeSet<u32>,
}

/// Numbering that our lists use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lists {
    pub(super) bullets: u32,
    /// The first of those for numbered lists.
    pub(super) first: u32,
    pub(super) used: u32,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        document: &'a Document,
        styles: &'a Styles,
        pages: &'a Pages,
        ids: Ids,
        lists: Lists,
    ) -> Self {
        Self {
            document,
            labels: document.labels(),
            styles,
            pages,
            plain: None,
            orientation: pages.own(),
            out: String::new(),
            names_language: false,
            footnotes: Vec::new(),
            media: Media::default(),
            positions: document.numbers().into_keys().zip(1..).collect(),
            uses: BTreeMap::new(),
            ids,
            lists,
            headings: 0,
            tables: 0,
            figures: 0,
            needs_distance: false,
            breaks: 0,
        }
    }

    pub(super) fn push(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    pub(super) fn blocks(&mut self) {
        let document = self.document;
        for block in &document.blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(content) => self.paragraph(None, "", content),
            Block::Note(content) => self.note(content),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => self.push("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            Block::Section(orientation) => self.section(*orientation),
            Block::Contents(contents) => self.contents_of(contents),
        }
    }

    /// A paragraph in one of our styles with further properties.
    pub(super) fn paragraph(&mut self, style: Option<&'static str>, properties: &str, content: &'a [Inline]) {
        let style = style.map(|style| self.styles.id(style).to_owned()).or_else(|| self.plain.clone());
        self.start_paragraph(style.as_deref(), properties);
        self.inlines(content);
        self.push("</w:p>");
    }

    /// Begins a paragraph; `properties` stand in the order of the schema, after the style.
    pub(super) fn start_paragraph(&mut self, style: Option<&str>, properties: &str) {
        let style = style.map(|style| format!("<w:pStyle w:val=\"{style}\"/>")).unwrap_or_default();
        let distance = match std::mem::take(&mut self.needs_distance) {
            true if properties.is_empty() => "<w:spacing w:before=\"200\"/>",
            _ => "",
        };
        if style.is_empty() && properties.is_empty() && distance.is_empty() {
            self.push("<w:p>");
        } else {
            self.push(&format!("<w:p><w:pPr>{style}{properties}{distance}</w:pPr>"));
        }
    }

    pub(super) fn note(&mut self, content: &'a [Inline]) {
        self.needs_distance = false;
        self.paragraph(Some("NotaPodTabela"), "", content);
        self.needs_distance = true;
    }

    fn heading(&mut self, heading: &'a Heading) {
        self.headings += 1;
        self.needs_distance = false;
        let style = self.styles.heading(heading.level).to_owned();
        self.start_paragraph(Some(&style), "");
        let entry = entry_name(self.headings);
        let mut names = vec![entry];
        names.extend(heading.id.as_deref().map(place_name));
        let starts = self.start_places(&names);
        self.inlines(&heading.text);
        self.end_places(starts);
        self.push("</w:p>");
    }

    /// Begins places of these names here and gives their numbers.
    pub(super) fn start_places(&mut self, names: &[String]) -> Vec<u32> {
        let mut numbers = Vec::new();
        for name in names {
            let number = self.ids.bookmark;
            self.ids.bookmark += 1;
            self.push(&format!("<w:bookmarkStart w:id=\"{number}\" w:name=\"{}\"/>", escape(name)));
            numbers.push(number);
        }
        numbers
    }

    pub(super) fn end_places(&mut self, numbers: Vec<u32>) {
        for number in numbers.into_iter().rev() {
            self.push(&format!("<w:bookmarkEnd w:id=\"{number}\"/>"));
        }
    }

    fn list(&mut self, ordered: bool, items: &'a [Vec<Inline>]) {
        let (style, number) = if ordered {
            self.lists.used += 1;
            ("ListNumber", self.lists.first + self.lists.used - 1)
        } else {
            ("ListBullet", self.lists.bullets)
        };
        self.needs_distance = false;
        let numbering = format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{number}\"/></w:numPr>");
        for item in items {
            self.paragraph(Some(style), &numbering, item);
        }
    }

    /// The caption stands above, as that of a table does: what must stay together then begins with text, which every
    /// office keeps with what follows.
    fn figure(&mut self, figure: &'a Figure) {
        self.figures += 1;
        let label = Label { word: crate::document::FIGURE, number: self.figures };
        self.caption(&label, figure.id.as_deref(), &figure.caption);
        let style = self.styles.id("Rysunek").to_owned();
        self.start_paragraph(Some(&style), if figure.notes.is_empty() { "" } else { "<w:keepNext/>" });
        let size = self.pages.text_size(self.orientation);
        let title = plain(&figure.caption, &self.labels);
        let drawing = self.media.drawing(figure, title, size, self.ids.drawing);
        self.ids.drawing += 1;
        self.push(&drawing);
        self.push("</w:p>");
        self.needs_distance = true;
        figure.notes.iter().for_each(|note| self.note(note));
    }

    /// „Tabela 3. Treść”, with the number as a field that counts by itself.
    pub(super) fn caption(&mut self, label: &Label, id: Option<&str>, content: &'a [Inline]) {
        let style = self.styles.id("Caption").to_owned();
        self.needs_distance = false;
        self.start_paragraph(Some(&style), "<w:keepNext/>");
        let entry =
            format!("_Toc{}{:05}", if label.word == crate::document::TABLE { 8 } else { 9 }, label.number);
        let whole = self.start_places(&[entry]);
        let names: Vec<String> = id.map(place_name).into_iter().collect();
        let starts = self.start_places(&names);
        let before = format!("{}\u{A0}", label.word);
        let run = self.run(&before, "");
        self.push(&run);
        let number = self.run(&label.number.to_string(), "");
        let field = field(&format!(" SEQ {} \\* ARABIC ", label.word), &number, false);
        self.push(&field);
        self.end_places(starts);
        let run = self.run(". ", "");
        self.push(&run);
        self.inlines(content);
        self.end_places(whole);
        self.push("</w:p>");
    }

    /// Ends the pages so far and turns those that follow.
    pub(super) fn section(&mut self, orientation: Orientation) {
        if orientation == self.orientation {
            return;
        }
        let mut setup = self.pages.setup(self.orientation);
        if self.breaks > 0 {
            setup = without(without(setup, "titlePg"), "pgNumType");
        }
        self.breaks += 1;
        self.push(&format!(
            "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{setup}</w:pPr></w:p>"
        ));
        self.orientation = orientation;
        self.needs_distance = false;
    }

    fn contents_of(&mut self, contents: &Contents) {
        self.needs_distance = false;
        super::contents::write(self, contents);
    }

    /// A control bound to the number.
    pub(super) fn control(&mut self, number: &Number, run_properties: &str) {
        let count = self.uses.entry(number.key.clone()).or_insert(0);
        *count += 1;
        let id = control_id(&format!("{} {count}", number.key), &mut self.ids.controls);
        let run = self.run(&number.text, run_properties);
        let position =
            self.positions.get(&number.key).copied().expect("the numbers of the document were counted");
        let properties = super::bound::properties(number, position, id);
        self.push(&format!("<w:sdt>{properties}<w:sdtContent>{run}</w:sdtContent></w:sdt>"));
    }
}

/// A free identifier of a control that is the same for the same document.
pub(super) fn control_id(seed: &str, taken: &mut std::collections::BTreeSet<u32>) -> u32 {
    let hash = u32::from_str_radix(&short_hash(seed)[..8], 16).expect("eight hexadecimal digits");
    let free =
        (0..).map(|step: u32| (hash.wrapping_add(step) & 0x7FFF_FFFF).max(1)).find(|id| taken.insert(*id));
    free.expect("there are more numbers than controls")
}

/// A field with what it shows so far; a dirty one is computed anew when Word opens the document.
pub(super) fn field(instruction: &str, shown: &str, is_dirty: bool) -> String {
    let dirty = if is_dirty { " w:dirty=\"true\"" } else { "" };
    let mut out = format!("<w:r><w:fldChar w:fldCharType=\"begin\"{dirty}/></w:r>");
    let _ =
        write!(out, "<w:r><w:instrText xml:space=\"preserve\">{}</w:instrText></w:r>", escape(instruction));
    let _ = write!(out, "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{shown}");
    out.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    out
}

/// The name of the place that the list of headings leads to.
pub(super) fn entry_name(heading: usize) -> String {
    format!("_Toc7{heading:05}")
}

/// An id as the name of a place: a letter, then at most 39 letters, digits or `_`.
pub(super) fn place_name(id: &str) -> String {
    let fits = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.len() <= 40
        && id.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_');
    if fits { id.to_owned() } else { format!("m_{}", short_hash(id)) }
}

/// The page setup without an empty element of this name.
fn without(setup: String, name: &str) -> String {
    let Some(start) = setup.find(&format!("<w:{name}")) else { return setup };
    let Some(end) = setup[start..].find("/>") else { return setup };
    format!("{}{}", &setup[..start], &setup[start + end + 2..])
}
