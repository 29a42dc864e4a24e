//! A document as one accessible page that needs nothing else: no script, its own small stylesheet, pictures inside.

mod inlines;
mod tables;

use std::collections::BTreeMap;

use crate::document::{Block, Contents, Document, FIGURE, Figure, Label, Mistake, TABLE, plain};
use crate::markup::{escape, printable};
use crate::picture::Picture;

use inlines::Footnotes;
pub(crate) use inlines::is_safe;

/// What a number means; the page lists it and every number with this key leads to it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Definition {
    /// The key of the number.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// What is to be said, each with a label: „Pytanie”, „Podstawa”, „Wersja”.
    pub lines: Vec<(String, String)>,
}

const STYLE: &str = include_str!("page.css");

/// The document as a page. Headings begin one level lower, below the title.
///
/// # Errors
/// All [`Mistake`]s of the document.
pub fn write(document: &Document, definitions: &[Definition]) -> Result<String, Vec<Mistake>> {
    let mut mistakes = document.mistakes();
    mistakes.extend(document.pictures().filter_map(|figure| Picture::read(&figure.svg).err()));
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Page::new(document, definitions).written())
}

/// The page while it is written.
struct Page<'a> {
    document: &'a Document,
    definitions: &'a [Definition],
    labels: BTreeMap<String, Label>,
    out: String,
    /// How often each number was printed so far.
    printed: BTreeMap<&'a str, usize>,
    footnotes: Footnotes<'a>,
    headings: usize,
    tables: usize,
    figures: usize,
}

impl<'a> Page<'a> {
    fn new(document: &'a Document, definitions: &'a [Definition]) -> Self {
        Self {
            document,
            definitions,
            labels: document.labels(),
            out: String::new(),
            printed: BTreeMap::new(),
            footnotes: Footnotes::default(),
            headings: 0,
            tables: 0,
            figures: 0,
        }
    }

    fn push(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn written(mut self) -> String {
        self.head();
        for block in &self.document.blocks {
            self.block(block);
        }
        self.push("</main>\n");
        self.write_footnotes();
        self.write_definitions();
        self.foot();
        self.out
    }

    fn head(&mut self) {
        let title = escape(&self.document.title);
        let language = escape(&self.document.language);
        let head = format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
             </head>\n<body>\n<a class=\"skip\" href=\"#tresc\">Przejdź do treści</a>\n<header>\n<h1>{title}</h1>\n"
        );
        self.push(&head);
        let properties = &self.document.properties;
        let lines = [&properties.organisation, &properties.edition];
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            self.push(&format!("<p>{}</p>\n", escape(line)));
        }
        if let Some(notice) = &properties.notice {
            self.push(&format!("<p class=\"notice\"><strong>{}</strong></p>\n", escape(notice)));
        }
        self.push("</header>\n<main id=\"tresc\">\n");
    }

    fn foot(&mut self) {
        self.push("<footer>\n");
        let properties = &self.document.properties;
        if !properties.hash.is_empty() {
            self.push(&format!("<p>Skrót liczb: <code>{}</code></p>\n", escape(&properties.hash)));
        }
        if let Some(made) = properties.made {
            let shown = made.format("%Y-%m-%d %H:%M");
            self.push(&format!(
                "<p>Utworzono <time datetime=\"{}\">{shown} UTC</time></p>\n",
                made.to_rfc3339()
            ));
        }
        self.push("</footer>\n</body>\n</html>\n");
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading(heading) => {
                self.headings += 1;
                let level = heading.level.clamp(1, 4) + 1;
                let id = heading_id(heading.id.as_deref(), self.headings);
                self.push(&format!("<h{level} id=\"{id}\">"));
                self.inlines(&heading.text);
                self.push(&format!("</h{level}>\n"));
            }
            Block::Paragraph(content) => self.paragraph("<p>", content),
            Block::Note(content) => self.paragraph("<p class=\"note\">", content),
            Block::List { ordered, items } => {
                let name = if *ordered { "ol" } else { "ul" };
                self.push(&format!("<{name}>\n"));
                for item in items {
                    self.push("<li>");
                    self.inlines(item);
                    self.push("</li>\n");
                }
                self.push(&format!("</{name}>\n"));
            }
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => self.figure(figure),
            Block::PageBreak => self.push("<div class=\"page\"></div>\n"),
            Block::Section(_) => {}
            Block::Contents(contents) => self.contents(contents),
        }
    }

    fn paragraph(&mut self, start: &str, content: &'a [crate::document::Inline]) {
        self.push(start);
        self.inlines(content);
        self.push("</p>\n");
    }

    fn figure(&mut self, figure: &'a Figure) {
        self.figures += 1;
        let label = Label { word: FIGURE, number: self.figures };
        let id = caption_id(figure.id.as_deref(), &label);
        self.push(&format!("<figure id=\"{id}\">\n<figcaption id=\"{id}-podpis\">{}. ", label.text()));
        self.inlines(&figure.caption);
        let alternative = escape(&figure.alternative);
        self.push(&format!(
            "</figcaption>\n<div class=\"picture\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-podpis\">\n\
             <div role=\"img\" aria-label=\"{alternative}\">"
        ));
        self.push(&printable(Picture::without_declaration(&figure.svg)));
        self.push("</div>\n</div>\n</figure>\n");
        for note in &figure.notes {
            self.paragraph("<p class=\"note\">", note);
        }
    }

    fn contents(&mut self, contents: &Contents) {
        let (title, entries) = match contents {
            Contents::Headings { title, levels } => (title, self.heading_entries(*levels)),
            Contents::Tables { title } => (title, self.caption_entries(TABLE)),
            Contents::Figures { title } => (title, self.caption_entries(FIGURE)),
        };
        let title = escape(title);
        self.push(&format!("<nav aria-label=\"{title}\">\n<p class=\"contents\">{title}</p>\n<ul>\n"));
        for (level, id, text) in entries {
            self.push(&format!("<li class=\"level-{level}\"><a href=\"#{id}\">{}</a></li>\n", escape(&text)));
        }
        self.push("</ul>\n</nav>\n");
    }

    fn heading_entries(&self, levels: u8) -> Vec<(u8, String, String)> {
        let headings = self.document.blocks.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        let entries = headings.zip(1..).map(|(heading, number)| {
            let id = heading_id(heading.id.as_deref(), number);
            (heading.level.clamp(1, 4), id, plain(&heading.text, &self.labels))
        });
        entries.filter(|(level, ..)| *level <= levels).collect()
    }

    fn caption_entries(&self, word: &'static str) -> Vec<(u8, String, String)> {
        let captions = self.document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) if word == TABLE => Some((&table.id, &table.caption)),
            Block::Figure(figure) if word == FIGURE => Some((&figure.id, &figure.caption)),
            _ => None,
        });
        let entries = captions.zip(1..).map(|((id, caption), number)| {
            let label = Label { word, number };
            let text = format!("{}. {}", label.text(), plain(caption, &self.labels));
            (1, caption_id(id.as_deref(), &label), text)
        });
        entries.collect()
    }

    fn write_definitions(&mut self) {
        if self.definitions.is_empty() {
            return;
        }
        self.push("<section aria-labelledby=\"definicje\">\n<h2 id=\"definicje\">Definicje liczb</h2>\n");
        for definition in self.definitions {
            let (key, title) = (escape(&definition.key), escape(&definition.title));
            self.push(&format!(
                "<div class=\"definition\" id=\"d-{key}\" tabindex=\"-1\">\n<h3>{title}</h3>\n<dl>\n"
            ));
            for (label, text) in &definition.lines {
                self.push(&format!("<dt>{}</dt><dd>{}</dd>\n", escape(label), escape(text)));
            }
            self.push(&format!("<dt>Klucz</dt><dd><code>{key}</code></dd>\n</dl>\n"));
            let uses = self.printed.get(definition.key.as_str()).copied().unwrap_or(0);
            if uses > 0 {
                let links = (1..=uses).map(|place| {
                    let name = format!("{title}: miejsce {place} w tekście");
                    format!("<a href=\"#l-{key}-{place}\" aria-label=\"{name}\">{place}</a>")
                });
                let links = links.collect::<Vec<_>>().join(", ");
                self.push(&format!("<p>Wróć do tekstu: {links}</p>\n"));
            }
            self.push("</div>\n");
        }
        self.push("</section>\n");
    }
}

fn heading_id(id: Option<&str>, number: usize) -> String {
    id.map_or_else(|| format!("naglowek-{number}"), escape)
}

fn caption_id(id: Option<&str>, label: &Label) -> String {
    id.map_or_else(|| format!("{}-{}", label.word.to_lowercase(), label.number), escape)
}
